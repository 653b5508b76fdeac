"""Media types: how a name is parsed, and what a body of each can carry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from generator.openapi.parameters import TOKEN

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
OCTETS = "application/octet-stream"

Framing: TypeAlias = Literal["events", "lines", "sequence"]
"""How a stream separates its items: server-sent events, JSON lines, or a JSON sequence."""

_MEDIA_TYPE = re.compile(rf"\s*({TOKEN})/({TOKEN})\s*(;.*)?", re.DOTALL)
_RANGES_WITH_JSON = frozenset({"*/*", "application/*"})

_FRAMINGS: Mapping[str, Framing] = {
    "text/event-stream": "events",
    "application/json-seq": "sequence",
    "application/jsonl": "lines",
    "application/jsonlines": "lines",
    "application/ndjson": "lines",
    "application/stream+json": "lines",
    "application/x-json-stream": "lines",
    "application/x-jsonl": "lines",
    "application/x-jsonlines": "lines",
    "application/x-ndjson": "lines",
}

_TEXTS = frozenset(
    {
        FORM,
        "application/csv",
        "application/ecmascript",
        "application/graphql",
        "application/javascript",
        "application/sql",
        "application/toml",
        "application/x-yaml",
        "application/yaml",
    }
)
"""Text, although the name does not begin with `text/`."""

# What people write in place of a media type.
_WORDS = {
    "application": "application/*",
    "audio": "audio/*",
    "image": "image/*",
    "video": "video/*",
    "text": "text/plain",
    "plain": "text/plain",
    "string": "text/plain",
    "html": "text/html",
    "csv": "text/csv",
    "form": "application/x-www-form-urlencoded",
    "formdata": "multipart/form-data",
    "multipart": "multipart/form-data",
    "binary": "application/octet-stream",
    "file": "application/octet-stream",
}


def essence(text: str) -> str | None:
    """Return a media type in lower case without its parameters; None if it is malformed."""
    match = _MEDIA_TYPE.fullmatch(text)
    return f"{match[1]}/{match[2]}".lower() if match else None


def resolved(text: str) -> str:
    """Return the media type that a key of `content` stands for.

    It is the key itself, unless that is a bare word such as `json`.
    """
    if essence(text) is not None or text.startswith("x-"):
        return text
    word = text.strip().strip("*./").lower()
    if not word:
        return "*/*"
    if word in _WORDS:
        return _WORDS[word]
    return f"application/{word}" if word.isalnum() else OCTETS


def is_json(kind: str) -> bool:
    """Whether a media type, as `essence` returns it, is JSON."""
    return kind.endswith(("/json", "+json"))


def includes_json(kind: str) -> bool:
    """Whether a media type or range, as `essence` returns it, is or includes JSON."""
    return is_json(kind) or kind in _RANGES_WITH_JSON


def framing(kind: str) -> Framing | None:
    """Return how the items of a media type, as `essence` returns it, are separated."""
    return _FRAMINGS.get(kind, "sequence" if kind.endswith("+json-seq") else None)


def is_text(kind: str) -> bool:
    """Whether a body of a media type, as `essence` returns it, is a string.

    JSON is not, since it is read as what it says. A stream is, where it is not read item by item.
    """
    if is_json(kind):
        return False
    is_named_so = kind.startswith("text/") or kind.endswith(("/xml", "+xml", "+yaml"))
    return is_named_so or kind in _TEXTS or framing(kind) is not None


def can_carry_structure(kind: str) -> bool:
    """Whether a body of a media type can be more than bytes: objects, fields, items, text."""
    if kind == OCTETS or kind.startswith("multipart/"):
        return True
    return includes_json(kind) or is_text(kind)


def is_schema_in_content(content: Any) -> bool:
    """Whether the value of `content` is a Media Type Object, without a media type as its key."""
    return isinstance(content, dict) and isinstance(content.get("schema"), dict)
