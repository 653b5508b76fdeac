# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Decoding of response bodies.

An invalid response is never mistaken for an empty one: everything that does not match the document
raises `ResponseDecodeError` with the location and the bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from ..core.errors import ResponseDecodeError
from ..core.service import ACCEPTS_EMPTY_OBJECTS
from .model import Model, OpenModel, fields, json_names, read_variant
from .utc import in_utc, may_contain_timestamps, timestamp_fields

T = TypeVar("T")

_LOCATION = re.compile(r" - at `(?:key in )?\$(.*?)`$")
_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SCALAR = re.compile(rb'"(?:[^"\\]++|\\.)*+"|-?\d++(?:\.\d++)?+(?:[eE][+-]?\d++)?+', re.DOTALL)
_END_OF_TIME = re.compile(rb'("9999-12-31[Tt ]23:59:59\.9{6})9+([Zz]|[+-]00:00)"')
_MOST_DIGITS = 309  # of an integer; no float has more
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|(\[\.\.\.\])")


class _Reader(msgspec.Struct, frozen=True, kw_only=True):
    """The decoder of a type and what must be done after decoding.

    Attributes:
        decoder: The decoder.
        is_model: Whether the type is a model.
        fields: The fields of a model, without its raw bytes.
        timestamps: The fields of a model that may contain timestamps.
        has_timestamps: Whether a type other than a model may contain timestamps.
    """

    decoder: msgspec.json.Decoder[Any]
    is_model: bool
    fields: tuple[str, ...]
    timestamps: tuple[str, ...]
    has_timestamps: bool


_READERS: dict[Any, _Reader] = {}


def decode(content: bytes, kind: type[T]) -> T:
    """Decode a body as a type.

    Args:
        content: The complete body.
        kind: The type.

    Returns:
        The value; a model keeps its bytes.

    Raises:
        ResponseDecodeError: If the body does not match the type.
    """
    reader = _READERS.get(kind) or _make_reader(kind)
    content = content.removeprefix(BYTE_ORDER_MARK)
    try:
        try:
            value: Any = reader.decoder.decode(content)
        except msgspec.ValidationError as error:
            value = decode_numbers(reader.decoder, content, error)
        if not content.isascii():
            content.decode()  # The decoder does not check the encoding of unknown fields.
        for name in reader.timestamps:
            field = getattr(value, name)
            if field is not None and getattr(field, "tzinfo", None) is not dt.UTC:
                msgspec.structs.force_setattr(value, name, in_utc(field))
        if reader.has_timestamps:
            value = in_utc(value)
        result: T = value
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, OverflowError) as error:
        raise response_decode_error(error, content) from None
    if reader.is_model or isinstance(value, Model):
        for name in reader.fields:
            if getattr(value, name) is not None:
                break
        else:
            _check_recognized(value, content)
        msgspec.structs.force_setattr(value, "_raw", content)
    return result


def decode_numbers(
    decoder: msgspec.json.Decoder[T], content: bytes, error: msgspec.ValidationError
) -> T:
    """Decode JSON in which numbers such as 5.0 and 1e3 are integers.

    Args:
        decoder: The decoder.
        content: The JSON.
        error: The error to raise if that does not match the decoder's type either.
    """
    rewritten = _SCALAR.sub(_rewrite, content)
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
        return _END_OF_TIME.sub(rb'\1\2"', token)
    if token.removeprefix(b"-").isdigit():
        return token
    try:
        number = Decimal(token.decode())
    except ArithmeticError:  # The exponent is beyond every limit.
        return token
    if number.adjusted() >= _MOST_DIGITS or number != number.to_integral_value():
        return token
    return b"%d" % int(number)


def _check_recognized(model: Model, raw: bytes) -> None:
    """Reject an object that has none of the model's fields, not even with the value null.

    It decodes, because hardly any field is required, but it is a different kind of object. `{}` is
    accepted, unless the document is written for this generator.
    """
    names = json_names(type(model))
    if isinstance(model, OpenModel):
        return
    try:
        members = _MEMBERS.decode(raw)
    except RecursionError as error:  # Decoding the model had one more frame of stack left.
        raise response_decode_error(error, raw) from None
    if names and names.isdisjoint(members) and (members or not ACCEPTS_EMPTY_OBJECTS):
        message = f"the object has none of the fields of {type(model).__name__}"
        raise ResponseDecodeError(message, content=raw)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _make_reader(kind: Any) -> _Reader:
    is_model = _is_model(kind)
    _READERS[kind] = _Reader(
        decoder=msgspec.json.Decoder(kind, dec_hook=read_variant),
        is_model=is_model,
        fields=tuple(fields(kind)) if is_model else (),
        timestamps=timestamp_fields(kind) if is_model else (),
        has_timestamps=not is_model and may_contain_timestamps(kind),
    )
    return _READERS[kind]


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
        return ResponseDecodeError(f"{_described(content)}: {text}", content=content)
    location = _LOCATION.search(text)
    pointer = _pointer(location.group(1)) if location else ""
    reason = text[: location.start()] if location else text
    return ResponseDecodeError(f"{reason} at {pointer or '/'}", pointer=pointer, content=content)


def _described(content: bytes) -> str:
    if not content[:200].lstrip():
        return "the body is empty, not JSON"
    return "the body is HTML, not JSON" if is_html(content) else "the body is not JSON"


def is_html(content: bytes) -> bool:
    """Whether a body is an HTML page, such as an error page of a proxy or a login page."""
    start = content[:200].removeprefix(BYTE_ORDER_MARK).lstrip().lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<body"))


def _pointer(path: str) -> str:
    """Convert msgspec's path, such as `.items[0].id`, to a JSON Pointer; `*` means any key."""
    steps = (name or index or "*" for name, index, _ in _STEP.findall(path))
    return "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)
