"""Rules about the media types of request bodies and responses (M0xx)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.document import Node
from generator.document.diagnostics import Diagnostic
from generator.document.json_values import is_array, is_object
from generator.openapi.media_types import (
    can_carry_structure,
    essence,
    is_schema_in_content,
    media_type_of_key,
)
from generator.openapi.survey import Survey


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for holder in survey.all("RequestBody", "Response", "Parameter", "Header"):
        yield from readable(holder)
        yield from supported(survey, holder)


def readable(holder: Node) -> Iterator[Diagnostic]:
    """Without a valid media type as its key, the encoding of a body is unknown."""
    for text, media in (holder / "content").members():
        if essence(text) is None and not text.startswith("x-"):
            hint = "write a type and a subtype, such as 'application/json'"
            message = f"invalid media type {text!r}"
            reading = f"it is read as {media_type_of_key(text)!r}"
            if is_schema_in_content((holder / "content").value):
                reading = "it is read as the schema of 'application/json'"
            yield media.error("M001", message, hint, key=True, reading=reading)


def supported(survey: Survey, holder: Node) -> Iterator[Diagnostic]:
    """An object in a media type that the client cannot encode or decode is handled as bytes."""
    for text, media in (holder / "content").members():
        kind = essence(text)
        if kind is None or can_carry_structure(kind) or not _is_structure(survey, media / "schema"):
            continue
        message = f"unsupported media type {text!r} for a schema of an object or a list"
        hint = "use JSON, or 'type: string' with 'format: binary' (it is handled as bytes)"
        yield media.warning("M002", message, hint, key=True)


def _is_structure(survey: Survey, schema: Node) -> bool:
    target = survey.follow(schema)
    if target is None or not is_object(target.value):
        return False
    kind = target.value.get("type")
    kinds = kind if is_array(kind) else [kind]
    return "object" in kinds or "array" in kinds or "properties" in target
