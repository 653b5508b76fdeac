"""Date formats that the document's own examples contradict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import ValidationError, convert

from ..document import Document, Node
from ..document.json_values import is_array, is_object
from ..lint.examples import claims
from ..openapi.survey import Survey
from .edits import Edits

_DEEPEST = 30
_PARTS = ("allOf", "oneOf", "anyOf")
_FORMATS = frozenset({"date-time", "date"})


def repair(survey: Survey, edits: Edits) -> None:
    """Drop `format: date` and `format: date-time` where an example does not match it."""
    for claim in claims(survey):
        for schema, text in _dates(survey.document, claim.schema, claim.value.value, 0):
            if not is_of_format(text, schema.value["format"]):
                edits.remove(schema / "format")


def is_of_format(text: str, name: str) -> bool:
    """Whether the client decodes a string as `date`, or as `date-time` with a time zone."""
    try:
        if name == "date":
            convert(text, dt.date)
            return True
        return convert(text, dt.datetime).tzinfo is not None
    except ValidationError:
        return False


def _dates(
    document: Document, schema: Node, value: object, depth: int
) -> Iterator[tuple[Node, str]]:
    """Iterate over the strings in an example whose schema has a date format, with that schema."""
    target = document.resolve(schema)
    if target is None or not is_object(target.value) or depth > _DEEPEST:
        return
    if isinstance(value, str):
        if target.value.get("format") in _FORMATS:
            yield target, value
        return  # With `oneOf` or `anyOf` the string may be of another alternative.
    for part in (each for keyword in _PARTS for each in (target / keyword).items()):
        yield from _dates(document, part, value, depth + 1)
    for inner, member in _members(target, value):
        yield from _dates(document, inner, member, depth + 1)


def _members(schema: Node, value: object) -> Iterator[tuple[Node, object]]:
    """Iterate over the members or items of a value, with their schemas."""
    if is_object(value):
        for name, member in value.items():
            is_known = name in schema / "properties"
            inner = schema.at("properties", name) if is_known else schema / "additionalProperties"
            yield inner, member
    elif is_array(value):
        for item in value:
            yield schema / "items", item
