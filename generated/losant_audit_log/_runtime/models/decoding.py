# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Answers: what a body is read as, and what is refused.

A bad answer never looks like an empty one: whatever is not what the document promises raises
`ResponseDecodeError` with its place and its bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, TypeVar

import msgspec

from ..core.errors import ResponseDecodeError
from .model import Model, fields, read_variant, wire_names
from .utc import in_utc, may_hold_moments, moment_fields

T = TypeVar("T")

_PLACE = re.compile(r" - at `(?:key in )?\$(.*?)`$")
_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|(\[\.\.\.\])")


class _Reader(msgspec.Struct, frozen=True, kw_only=True):
    """How a type is decoded.

    Attributes:
        decoder: Its decoder.
        is_model: Whether it is a model.
        fields: The model's fields, its bytes left out.
        moments: The model's fields that may hold moments.
        is_mixed: Whether another type may hold moments.
    """

    decoder: msgspec.json.Decoder[Any]
    is_model: bool
    fields: tuple[str, ...]
    moments: tuple[str, ...]
    is_mixed: bool


_READERS: dict[Any, _Reader] = {}


def decode(content: bytes, kind: type[T]) -> T:
    """Read a body as what the document promises.

    Args:
        content: The whole body.
        kind: The type to read it as.

    Returns:
        The value; a model keeps its bytes.

    Raises:
        ResponseDecodeError: If the body is anything else.
    """
    reader = _READERS.get(kind) or _make_reader(kind)
    try:
        value: Any = reader.decoder.decode(content)
        if not content.isascii():
            content.decode()  # The decoder does not look at what is in unknown fields.
        for name in reader.moments:
            held = getattr(value, name)
            if held is not None and getattr(held, "tzinfo", None) is not dt.UTC:
                msgspec.structs.force_setattr(value, name, in_utc(held))
        if reader.is_mixed:
            value = in_utc(value)
        result: T = value
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, OverflowError) as error:
        raise explained(error, content) from None
    if reader.is_model or isinstance(value, Model):
        for name in reader.fields:
            if getattr(value, name) is not None:
                break
        else:
            _check_recognised(value, content)
        msgspec.structs.force_setattr(value, "_raw", content)
    return result


def _check_recognised(model: Model, raw: bytes) -> None:
    """Refuse an object that has none of the document's fields, not even as null.

    Such an object decodes, since nearly no field is required, but it is an answer to something
    else.
    """
    names = wire_names(type(model))
    try:
        members = _MEMBERS.decode(raw)
    except RecursionError as error:  # The model was decoded a call further up.
        raise explained(error, raw) from None
    if names and names.isdisjoint(members):
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
        moments=moment_fields(kind) if is_model else (),
        is_mixed=not is_model and may_hold_moments(kind),
    )
    return _READERS[kind]


def explained(error: Exception, content: bytes) -> ResponseDecodeError:
    """Give our error for one of the JSON library."""
    if isinstance(error, RecursionError):
        return ResponseDecodeError("the JSON is nested too deeply", content=content)
    if isinstance(error, UnicodeDecodeError):
        return ResponseDecodeError("the body is not UTF-8", content=content)
    if isinstance(error, OverflowError):
        return ResponseDecodeError("a moment is out of the range of datetime", content=content)
    text = str(error)
    if not isinstance(error, msgspec.ValidationError):
        return ResponseDecodeError(f"{_looks_like(content)}: {text}", content=content)
    place = _PLACE.search(text)
    pointer = _pointer(place.group(1)) if place else ""
    reason = text[: place.start()] if place else text
    return ResponseDecodeError(f"{reason} at {pointer or '/'}", pointer=pointer, content=content)


def _looks_like(content: bytes) -> str:
    if not content[:200].lstrip():
        return "the body is empty, not JSON"
    return "the body is HTML, not JSON" if is_html(content) else "the body is not JSON"


def is_html(content: bytes) -> bool:
    """Whether a body is a page for people, such as proxies and login screens give."""
    start = content[:200].lstrip().lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<body"))


def _pointer(place: str) -> str:
    """Turn msgspec's path, such as `.items[0].id`, into a JSON Pointer; `*` stands for any key."""
    steps = (name or index or "*" for name, index, _ in _STEP.findall(place))
    return "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)
