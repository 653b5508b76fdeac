"""Media types of text, and of streams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from .media_types import FORM, is_json

Framing: TypeAlias = Literal["events", "lines", "sequence"]
"""How a stream separates its items: server-sent events, JSON lines, or a JSON sequence."""

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
"""Media types of text whose names do not begin with `text/`."""


def framing(kind: str) -> Framing | None:
    """Return the framing of a media type, as `essence` returns it; None if it is not a stream."""
    return _FRAMINGS.get(kind) or ("sequence" if kind.endswith("+json-seq") else None)


def is_text(kind: str) -> bool:
    """Whether a body of a media type, as `essence` returns it, is a string.

    JSON is not a string, because it is decoded. A stream that is not read item by item is one.
    """
    if is_json(kind):
        return False
    is_named_as_text = kind.startswith("text/") or kind.endswith(("/xml", "+xml", "+yaml"))

    return is_named_as_text or kind in _TEXTS or framing(kind) is not None
