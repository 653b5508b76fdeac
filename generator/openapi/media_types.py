"""Media types: parsing, and the kinds of bodies that each can carry."""

from __future__ import annotations

import re
from typing import Any

from ..document.json_values import JsonObject, is_object
from ..runtime.core.headers import TOKEN
from ..runtime.core.media_types import FORM, HTML, JSON, OCTETS, is_json
from ..runtime.core.text_types import Framing, framing, is_text

__all__ = [
    "FORM",
    "JSON",
    "OCTETS",
    "RANGES_WITH_JSON",
    "Framing",
    "can_carry_structure",
    "essence",
    "framing",
    "includes_json",
    "is_binary",
    "is_json",
    "is_schema_in_content",
    "is_text",
    "media_type_of_key",
    "without_charset",
]

_MEDIA_TYPE = re.compile(rf"\s*({TOKEN})/({TOKEN})\s*(;.*)?", re.DOTALL)
_PARAMETER = re.compile(r""";(?:"(?:[^"\\]|\\.)*"|[^";])*""")
RANGES_WITH_JSON = frozenset({"*/*", "application/*"})
"""Ranges of media types that include JSON."""

# Words that documents use in the place of media types.
_WORDS = {
    "application": "application/*",
    "audio": "audio/*",
    "image": "image/*",
    "video": "video/*",
    "text": "text/plain",
    "plain": "text/plain",
    "string": "text/plain",
    "html": HTML,
    "csv": "text/csv",
    "form": FORM,
    "formdata": "multipart/form-data",
    "multipart": "multipart/form-data",
    "binary": OCTETS,
    "file": OCTETS,
}


def essence(text: str) -> str:
    """Return a media type in lowercase without its parameters; empty if it is malformed."""
    match = _MEDIA_TYPE.fullmatch(text)
    return f"{match[1]}/{match[2]}".lower() if match else ""


def without_charset(text: str) -> str:
    """Return a media type with its parameters except `charset`; the type is lowercase."""
    match = _MEDIA_TYPE.fullmatch(text)
    if match is None:
        return text
    parameters = [each[0].strip() for each in _PARAMETER.finditer(match[3] or "")]
    kept = [each for each in parameters if not each[1:].lstrip().lower().startswith("charset")]
    return "".join([f"{match[1]}/{match[2]}".lower(), *kept])


def media_type_of_key(text: str) -> str:
    """Return the media type of a key of `content`, with its parameters.

    That is the key itself with the type in lowercase, unless it is a bare word such as `json`.
    """
    match = _MEDIA_TYPE.fullmatch(text)
    if match is not None:
        return f"{essence(text)}{match[3] or ''}"
    if text.startswith("x-"):
        return text
    word = text.strip().strip("*./").lower()
    if not word:
        return "*/*"
    if word in _WORDS:
        return _WORDS[word]
    return f"application/{word}" if word.isalnum() else OCTETS


def includes_json(kind: str) -> bool:
    """Whether a media type or range, as `essence` returns it, is or includes JSON."""
    return is_json(kind) or kind in RANGES_WITH_JSON


def is_binary(schema: JsonObject) -> bool:
    """Whether a schema describes raw bytes in OpenAPI 3.1: a media type without an encoding."""
    media_type = schema.get("contentMediaType")
    kind = essence(media_type) if isinstance(media_type, str) else ""
    is_raw = schema.get("contentEncoding", "binary") == "binary"
    return bool(kind) and is_raw and not is_json(kind) and not is_text(kind)


def can_carry_structure(kind: str) -> bool:
    """Whether a body of a media type can be more than bytes: objects, fields, items or text."""
    if kind == OCTETS or kind.startswith("multipart/"):
        return True
    return includes_json(kind) or is_text(kind)


def is_schema_in_content(content: Any) -> bool:
    """Whether `content` is a Media Type Object itself, not a map with media types as keys."""
    return is_object(content) and is_object(content.get("schema"))
