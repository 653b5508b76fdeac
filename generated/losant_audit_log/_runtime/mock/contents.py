# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Bodies of a mock: values, as the media type of an answer writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from ..core.media_types import essence, is_json
from ..models.model import Model

Entry: TypeAlias = Model | Mapping[str, Any] | bytes
"""An entry: a model, a mapping in wire form, or bytes that are given as they are, fit or not."""

Body: TypeAlias = Model | Mapping[str, Any] | Sequence[Any] | str | bytes
"""A body: bytes as they are, else what the media type of the answer writes; of a stream, a list."""

_LINES = ("ndjson", "jsonl", "jsonlines", "stream+json", "json-stream")


def to_json(value: Model | Mapping[str, Any], where: str) -> bytes:
    """Write a model, or a mapping in wire form, as JSON.

    Raises:
        InvalidArgumentError: If it is neither, or holds what JSON has not.
    """
    if isinstance(value, Model):
        return value.to_json().encode()
    if not is_mapping(value):
        kind = type(value).__name__
        raise InvalidArgumentError(f"{where}: a model or a mapping is needed, not {kind}")
    try:
        return msgspec.json.encode(value, enc_hook=Model.to_dict)
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InvalidArgumentError(f"{where}: it is no JSON: {error}") from None


def written(body: Any, media_type: str, where: str) -> bytes:
    """Write a body.

    Args:
        body: What it says.
        media_type: How it is written.
        where: What to call it in a message.

    Raises:
        InvalidArgumentError: If it cannot be written so.
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
    return msgspec.json.encode(value, enc_hook=Model.to_dict)


def _event(value: Any, where: str) -> bytes:
    """Write a server-sent event; an object with `data` may say its name and id as well."""
    fields = dict(value) if is_mapping(value) and "data" in value else {"data": value}
    data = fields["data"]
    text = data if isinstance(data, str) else _json(data, where).decode()
    lines = [f"{name}: {fields[name]}" for name in ("event", "id", "retry") if name in fields]
    lines += [f"data: {line}" for line in text.splitlines() or [""]]
    return ("\n".join(lines) + "\n\n").encode()
