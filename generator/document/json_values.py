"""Free-form JSON, as documents hold it, and the two questions that are asked of a node."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeGuard

JsonObject: TypeAlias = dict[str, Any]
Pointer: TypeAlias = tuple[str | int, ...]


def is_object(node: object) -> TypeGuard[JsonObject]:
    """Whether a node is a JSON object."""
    return isinstance(node, dict)


def is_array(node: object) -> TypeGuard[list[Any]]:
    """Whether a node is a JSON array."""
    return isinstance(node, list)


def object_at(node: JsonObject, key: str) -> JsonObject:
    """Give a member that is an object, or an empty object."""
    value = node.get(key)
    return value if is_object(value) else {}


def array_at(node: JsonObject, key: str) -> list[Any]:
    """Give a member that is an array, or an empty array."""
    value = node.get(key)
    return value if is_array(value) else []


def text_at(node: JsonObject, key: str) -> str:
    """Give a member that is a text, or an empty text."""
    value = node.get(key)
    return value if isinstance(value, str) else ""


def pointer_text(pointer: Pointer) -> str:
    """Write a JSON Pointer (RFC 6901)."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in pointer)


def parse_pointer(text: str) -> Pointer:
    """Read a JSON Pointer (RFC 6901); list positions stay texts.

    Raises:
        ValueError: If the text is neither empty nor starts with a slash.
    """
    if not text:
        return ()
    if not text.startswith("/"):
        message = f"a JSON Pointer starts with a slash: {text!r}"
        raise ValueError(message)
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/"))
