"""Formats that the document's own examples do not have: what they are of is plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import ValidationError, convert

from generator.document import Document, Node
from generator.document.json_values import is_array, is_object
from generator.lint.examples import claims
from generator.openapi.survey import Survey
from generator.repair.edits import Edits

_DEEPEST = 30
_PARTS = ("allOf", "oneOf", "anyOf")
_FORMATS = frozenset({"date-time", "date"})


def mend(survey: Survey, edits: Edits) -> None:
    """Take dates for texts where an example shows that they are written in another way."""
    for claim in claims(survey):
        for schema, text in _texts(survey.document, claim.schema, claim.value.value, 0):
            if not is_of_format(text, schema.value["format"]):
                edits.remove(schema / "format")


def is_of_format(text: str, name: str) -> bool:
    """Whether the client reads a text as a date, or as a date with time and zone."""
    try:
        if name == "date":
            convert(text, dt.date)
            return True
        return convert(text, dt.datetime).tzinfo is not None
    except ValidationError:
        return False


def _texts(
    document: Document, schema: Node, value: object, depth: int
) -> Iterator[tuple[Node, str]]:
    """Give the texts in an example whose schemas name such a format, with these schemas."""
    target = document.resolve(schema)
    if target is None or not is_object(target.value) or depth > _DEEPEST:
        return
    if isinstance(value, str):
        if target.value.get("format") in _FORMATS:
            yield target, value
        return  # Of several kinds of texts it may be another one.
    for part in (each for keyword in _PARTS for each in (target / keyword).items()):
        yield from _texts(document, part, value, depth + 1)
    for inner, member in _members(target, value):
        yield from _texts(document, inner, member, depth + 1)


def _members(schema: Node, value: object) -> Iterator[tuple[Node, object]]:
    """Give what is in a value, and the schemas that it is to compare."""
    if is_object(value):
        for name, member in value.items():
            is_known = name in schema / "properties"
            inner = schema.at("properties", name) if is_known else schema / "additionalProperties"
            yield inner, member
    elif is_array(value):
        for item in value:
            yield schema / "items", item
