"""JSON values of a document: type guards, typed access and JSON Pointers."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeGuard

JsonObject: TypeAlias = dict[str, Any]
Pointer: TypeAlias = tuple[str | int, ...]


def is_object(node: object) -> TypeGuard[JsonObject]:
    """Whether a value is a JSON object."""
    return isinstance(node, dict)


def is_array(node: object) -> TypeGuard[list[Any]]:
    """Whether a value is a JSON array."""
    return isinstance(node, list)


def object_at(node: JsonObject, key: str) -> JsonObject:
    """Return a member that is an object, else an empty object."""
    value = node.get(key)
    return value if is_object(value) else {}


def array_at(node: JsonObject, key: str) -> list[Any]:
    """Return a member that is an array, else an empty array."""
    value = node.get(key)
    return value if is_array(value) else []


def text_at(node: JsonObject, key: str) -> str:
    """Return a member that is a string, else an empty string."""
    value = node.get(key)
    return value if isinstance(value, str) else ""


def pointer_text(pointer: Pointer) -> str:
    """Format a JSON Pointer (RFC 6901)."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in pointer)


def parse_pointer(text: str) -> Pointer:
    """Parse a JSON Pointer (RFC 6901); array indices stay strings.

    Raises:
        ValueError: If the text is not empty and does not start with a slash.
    """
    if not text:
        return ()
    if not text.startswith("/"):
        message = f"expected a JSON Pointer that starts with '/', got {text!r}"
        raise ValueError(message)
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/"))
