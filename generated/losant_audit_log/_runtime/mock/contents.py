# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Response bodies of a mock, encoded by media type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping
from ..core.media_types import essence, is_json
from ..models.model import Model, to_wire

Entry: TypeAlias = Model | Mapping[str, Any] | bytes
"""An entry: a model, a mapping with JSON names, or bytes that are returned without validation."""

Body: TypeAlias = Model | Mapping[str, Any] | Sequence[Any] | str | bytes
"""A body: bytes are returned unchanged, other values encoded; a stream takes a list of items."""


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
    if isinstance(body, str) and not (is_json(kind) or "*" in kind):
        return body.encode()
    return value_to_json(body, where)


def value_to_json(value: Any, where: str) -> bytes:
    """Serialize any value as JSON."""
    if isinstance(value, Model) or is_mapping(value):
        return to_json(value, where)
    return msgspec.json.encode(to_wire(value))
