"""Answers: what a body is read as, and what is refused.

A bad answer never looks like an empty one: whatever is not what the document promises raises
`ResponseDecodeError` with its place and its bytes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from .errors import ResponseDecodeError
from .model import Model, wire_names
from .utc import in_utc, may_hold_moments

T = TypeVar("T")

_PLACE = re.compile(r" - at `(?:key in )?\$(.*?)`$")
_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|(\[\.\.\.\])")


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
    decoder, has_moments = _decoder(cast("Any", kind))
    try:
        value: T = decoder.decode(content)
        if not content.isascii():
            content.decode()  # The decoder does not look at what is in unknown fields.
        if has_moments:
            in_utc(value)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, OverflowError) as error:
        raise explained(error, content) from None
    if isinstance(value, Model):
        check_recognised(value, content)
        msgspec.structs.force_setattr(value, "_raw", content)
    return value


def check_recognised(model: Model, raw: bytes) -> None:
    """Refuse an object that has none of the document's fields.

    Such an object decodes, since nearly no field is required, but it is an answer to something
    else.

    Raises:
        ResponseDecodeError: If that is so.
    """
    fields = type(model).__struct_fields__
    for name in fields:
        if name != "_raw" and getattr(model, name) is not None:
            return
    if len(fields) > 1 and wire_names(type(model)).isdisjoint(_MEMBERS.decode(raw)):
        message = f"the object has none of the fields of {type(model).__name__}"
        raise ResponseDecodeError(message, content=raw)


@cache
def _decoder(kind: Any) -> tuple[msgspec.json.Decoder[Any], bool]:
    """Give the decoder of a type, and whether there may be moments in what it gives."""
    return msgspec.json.Decoder(kind), may_hold_moments(kind)


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
    start = content[:200].lstrip().lower()
    if not start:
        return "the body is empty, not JSON"
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<body")):
        return "the body is HTML, not JSON"
    return "the body is not JSON"


def _pointer(place: str) -> str:
    """Turn msgspec's path, such as `.items[0].id`, into a JSON Pointer; `*` stands for any key."""
    steps = (name or index or "*" for name, index, _ in _STEP.findall(place))
    return "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)
