"""What the bodies of answers are in Python, by their media types."""

from __future__ import annotations

from collections.abc import Iterable

from generator.lint import media_types
from generator.normalize.schemas.shapes import Anything, Scalar, Shape

_TEXTS = frozenset(
    {
        "application/xml",
        "application/javascript",
        "application/ecmascript",
        "application/x-www-form-urlencoded",
        "application/yaml",
        "application/x-yaml",
        "application/toml",
        "application/graphql",
        "application/sql",
        "application/csv",
    }
)


def kept(content: Iterable[tuple[str, Shape]]) -> list[tuple[str, Shape]]:
    """Leave out other notations of what comes as JSON, too, such as XML."""
    content = list(content)
    has_json = any(is_json(media_types.essence(kind) or "") for kind, _ in content)
    shapes = {shape for kind, shape in content if is_json(media_types.essence(kind) or "")}
    return [
        (kind, shape)
        for kind, shape in content
        if not has_json or not _is_notation(media_types.essence(kind) or kind, shape, shapes)
    ]


def _is_notation(kind: str, shape: Shape, others: set[Shape]) -> bool:
    if is_json(kind) or media_types.framing(kind) or isinstance(shape, Anything):
        return False
    return not isinstance(shape, Scalar) or (shape in others and shape.type != "string")


def is_json(kind: str) -> bool:
    """Whether a media type is JSON itself."""
    return kind.endswith(("/json", "+json"))


def is_bytes(kind: str, shape: Shape) -> bool:
    """Whether a body is read as bytes."""
    if isinstance(shape, Scalar) and shape.format == "binary":
        return True
    if is_json(kind):
        return False
    if "*" in kind and not kind.startswith("text/"):
        return isinstance(shape, Anything)
    return not is_text(kind, shape)


def is_text(kind: str, shape: Shape) -> bool:
    """Whether a body is read as a text."""
    if "*" in kind:
        is_text = isinstance(shape, Scalar) and shape.type == "string"
        return is_text or kind.startswith("text/")
    is_xml = kind.endswith(("+xml", "/xml", "+yaml"))
    return not is_json(kind) and (kind.startswith("text/") or is_xml or kind in _TEXTS)
