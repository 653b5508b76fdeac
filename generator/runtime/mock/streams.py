"""Streamed response bodies of a mock. Optional: generated code passes it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.guards import is_mapping, is_sequence
from ..core.media_types import essence
from ..core.text_types import framing
from .contents import value_to_json


def encode_stream(body: Any, media_type: str, where: str) -> bytes:
    """Encode a list of items, or a single one, as a stream.

    Args:
        body: The items; bytes are returned unchanged.
        media_type: The media type of the stream.
        where: The name of the value, for messages.

    Raises:
        InvalidArgumentError: If an item cannot be represented as JSON.
    """
    if isinstance(body, bytes):
        return body
    items: Sequence[Any] = body if is_sequence(body) else [body]
    kind = framing(essence(media_type))
    if kind == "events":
        return b"".join(_event(each, where) for each in items)
    start = b"\x1e" if kind == "sequence" else b""
    return b"".join(start + value_to_json(each, where) + b"\n" for each in items)


def _event(value: Any, where: str) -> bytes:
    """Encode a server-sent event; an object with `data` may have `event`, `id` and `retry` too."""
    fields = dict(value) if is_mapping(value) and "data" in value else {"data": value}
    data = fields["data"]
    text = data if isinstance(data, str) else value_to_json(data, where).decode()
    lines = [f"{name}: {fields[name]}" for name in ("event", "id", "retry") if name in fields]
    lines += [f"data: {line}" for line in text.splitlines() or [""]]
    return ("\n".join(lines) + "\n\n").encode()
