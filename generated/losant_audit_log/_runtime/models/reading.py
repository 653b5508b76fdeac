# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Tolerant reading of JSON as Python values, with positions of errors."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import msgspec

from ..core.errors import ResponseDecodeError
from .utc import in_utc, may_contain_timestamps, timestamp_fields

T = TypeVar("T")

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
HIDDEN = ("_raw", "_spare")  # fields of `Model` that are no members of an object

_NONE = (None, msgspec.UNSET, msgspec.NODEFAULT)  # defaults that are no values
# Patterns are compiled on first use, so that the import of the package is fast.
_LOCATION = r" - at `(?:key in )?\$(.*?)`$"
_SCALAR = rb'(?s)"(?:[^"\\]++|\\.)*+"|-?\d++(?:\.\d++)?+(?:[eE][+-]?\d++)?+'
_END_OF_TIME = rb'("9999-12-31[Tt ]23:59:59\.9{6})9+([Zz]|[+-]00:00)"'
_MOST_DIGITS = 309  # of an integer; no float has more
_STEP = r"\.([^.\[\]]+)|\[(\d+)\]|(\[\.\.\.\])"


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """The decoder of a type and its steps after decoding.

    Attributes:
        decoder: The decoder.
        names: The fields of a model that have a value only if JSON has them; empty for other types.
        optional: The fields of a model that are left out if they are None.
        timestamps: The fields of a model that may contain timestamps.
        has_timestamps: Whether a type other than a model may contain timestamps.
    """

    decoder: msgspec.json.Decoder[Any]
    names: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    timestamps: tuple[str, ...] = ()
    has_timestamps: bool = False

    def read(self, content: bytes) -> Any:
        """Read JSON as the type.

        Raises:
            ResponseDecodeError: If it does not match the type.
        """
        try:
            try:
                value: Any = self.decoder.decode(content)
            except msgspec.ValidationError as error:
                value = decode_numbers(self.decoder, content, error)
            if not content.isascii():
                content.decode()  # The decoder does not check the encoding of unknown fields.
            for name in self.timestamps:
                field = getattr(value, name)
                if field is not None and getattr(field, "tzinfo", None) is not dt.UTC:
                    msgspec.structs.force_setattr(value, name, in_utc(field))
            return in_utc(value) if self.has_timestamps else value
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, OverflowError) as error:
            raise response_decode_error(error, content) from None


@cache
def reader(kind: Any) -> Reader:
    """Return the reader of a type."""
    fields: tuple[str, ...] = getattr(kind, "__struct_fields__", ())
    defaults = [msgspec.NODEFAULT] * len(fields) + [*getattr(kind, "__struct_defaults__", ())]
    pairs: list[tuple[str, Any]] = list(zip(fields, defaults[-len(fields) :], strict=False))
    return Reader(
        decoder=msgspec.json.Decoder(kind, dec_hook=read_variant),
        names=tuple(name for name, each in pairs if each in _NONE and name not in HIDDEN),
        optional=frozenset(name for name, each in pairs if each is None),
        timestamps=timestamp_fields(kind) if fields else (),
        has_timestamps=not fields and may_contain_timestamps(kind),
    )


def read_variant(kind: Any, value: Any) -> Any:
    """Decode a value of a type that msgspec does not support: one of those in `unions`."""
    return kind.read(value)


def decode_numbers(
    decoder: msgspec.json.Decoder[T], content: bytes, error: msgspec.ValidationError
) -> T:
    """Decode JSON in which numbers such as 5.0 and 1e3 are integers.

    Args:
        decoder: The decoder.
        content: The JSON.
        error: The error to raise if that does not match the decoder's type either.
    """
    rewritten = re.sub(_SCALAR, _rewrite, content)
    try:
        if rewritten != content:
            return decoder.decode(rewritten)
    except msgspec.DecodeError:
        pass
    raise error


def _rewrite(match: re.Match[bytes]) -> bytes:
    """Return a number without its fraction if that is zero, and a timestamp that Python has."""
    token: bytes = match[0]
    if token.startswith(b'"'):
        return re.sub(_END_OF_TIME, rb'\1\2"', token)
    if token.removeprefix(b"-").isdigit():
        return token
    try:
        number = Decimal(token.decode())
    except ArithmeticError:  # The exponent is beyond every limit.
        return token
    if number.adjusted() >= _MOST_DIGITS or number != number.to_integral_value():
        return token
    return b"%d" % int(number)


def response_decode_error(error: Exception, content: bytes) -> ResponseDecodeError:
    """Return a `ResponseDecodeError` for an error of the JSON library."""
    if isinstance(error, RecursionError):
        return ResponseDecodeError("the JSON is nested too deeply", content=content)
    if isinstance(error, UnicodeDecodeError):
        return ResponseDecodeError("the body is not UTF-8", content=content)
    if isinstance(error, OverflowError):
        return ResponseDecodeError("a timestamp is out of the range of datetime", content=content)
    text = str(error)
    if not isinstance(error, msgspec.ValidationError):
        return ResponseDecodeError(f"{_description(content)}: {text}", content=content)
    location = re.search(_LOCATION, text)
    pointer = _pointer(location.group(1)) if location else ""
    reason = text[: location.start()] if location else text
    return ResponseDecodeError(f"{reason} at {pointer or '/'}", pointer=pointer, content=content)


def _description(content: bytes) -> str:
    if not content[:200].lstrip():
        return "the body is empty, not JSON"
    return "the body is HTML, not JSON" if is_html(content) else "the body is not JSON"


def is_html(content: bytes) -> bool:
    """Whether a body is an HTML page, such as an error page of a proxy or a login page."""
    start = content[:200].removeprefix(BYTE_ORDER_MARK).lstrip().lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<body"))


def _pointer(path: str) -> str:
    """Convert msgspec's path, such as `.items[0].id`, to a JSON Pointer; `*` means any key."""
    steps = (name or index or "*" for name, index, _ in re.findall(_STEP, path))
    return "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)
