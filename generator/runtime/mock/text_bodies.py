"""Decoding of strings and bytes that a mock receives as request bodies."""

from __future__ import annotations

from typing import Any

from ..arguments.parameters import BodyFormat
from .parameters import convert_strings


def read_text_body(form: BodyFormat, name: str, media_type: str, content: bytes, /) -> Any:
    """Decode and validate a string in UTF-8; in other encodings it is returned as bytes."""
    if "charset=utf-8" not in media_type:
        return content
    text = content.decode("utf-8", "replace")
    return form.schema.to_wire(convert_strings(form.schema, text), name)


def read_binary_body(_form: BodyFormat, _name: str, _media_type: str, content: bytes, /) -> bytes:
    """Return bytes unchanged."""
    return content
