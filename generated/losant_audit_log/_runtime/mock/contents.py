# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Response bodies of a mock, encoded by media type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from ..core.media_types import essence, is_json
from ..models.model import Model, to_wire

Entry: TypeAlias = Model | Mapping[str, Any] | bytes
"""An entry: a model, a mapping with JSON names, or bytes that are returned without validation."""

Body: TypeAlias = Model | Mapping[str, Any] | Sequence[Any] | str | bytes
"""A body: bytes are returned unchanged, other values encoded; a stream takes a list of items."""

_LINES = ("ndjson", "jsonl", "jsonlines", "stream+json", "json-stream")


def to_json(value: Model | Mapping[str, Any], where: str) -> bytes:
    """Serialize a model, or a mapping with JSON names, as JSON.

    Raises:
        InvalidArgumentError: If it is neither, or has a value that JSON cannot represent.
    """
    if isinstance(value, Model):
        return value.to_json().encode()
    if not is_mapping(value):
        kind = type(value).__name__
        raise InvalidArgumentError(f"{where}: expected a model or a mapping, got {kind}")
    try:
        return msgspec.json.encode(to_wire(value))
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InvalidArgumentError(f"{where}: cannot be serialized as JSON: {error}") from None


def encode_body(body: Any, media_type: str, where: str) -> bytes:
    """Encode a body.

    Args:
        body: The value.
        media_type: The media type.
        where: The name of the value, for messages.

    Raises:
        InvalidArgumentError: If the media type cannot represent the value.
    """
    kind = essence(media_type)
    if isinstance(body, bytes):
        return body
    if kind == "text/event-stream":
        return b"".join(_event(each, where) for each in _items(body))
    if kind.endswith(_LINES):
        return b"".join(_json(each, where) + b"\n" for each in _items(body))
    if kind.endswith("json-seq"):
        return b"".join(b"\x1e" + _json(each, where) + b"\n" for each in _items(body))
    if isinstance(body, str) and not (is_json(kind) or "*" in kind):
        return body.encode()
    return _json(body, where)


def _items(body: Any) -> Sequence[Any]:
    return body if is_sequence(body) else [body]


def _json(value: Any, where: str) -> bytes:
    if isinstance(value, Model) or is_mapping(value):
        return to_json(value, where)
    return msgspec.json.encode(to_wire(value))


def _event(value: Any, where: str) -> bytes:
    """Encode a server-sent event; an object with `data` may have `event`, `id` and `retry` too."""
    fields = dict(value) if is_mapping(value) and "data" in value else {"data": value}
    data = fields["data"]
    text = data if isinstance(data, str) else _json(data, where).decode()
    lines = [f"{name}: {fields[name]}" for name in ("event", "id", "retry") if name in fields]
    lines += [f"data: {line}" for line in text.splitlines() or [""]]
    return ("\n".join(lines) + "\n\n").encode()
