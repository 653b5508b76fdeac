"""Date formats that the document's own examples contradict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import ValidationError, convert

from ..document import Node
from ..document.json_values import is_array, is_object, text_at
from ..lint.examples import claims
from ..openapi.schema_types import TIME_FORMATS
from ..openapi.survey import Survey
from .edits import Edits

_PARTS = ("allOf", "oneOf", "anyOf")


def repair(survey: Survey, edits: Edits) -> None:
    """Drop `format: date` and `format: date-time` where an example does not match it."""
    for schema, text in _dates(survey):
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


def _dates(survey: Survey) -> Iterator[tuple[Node, str]]:
    """Iterate over the strings in examples whose schemas have a date format, with these schemas.

    A value is compared with a schema once, however many ways lead from one to the other, and
    however often it is written down.
    """
    same: dict[str, object] = {}
    waiting: list[tuple[Node, object]] = [
        (each.schema, same.setdefault(repr(each.value.value), each.value.value))
        for each in claims(survey)
    ]
    seen: set[tuple[int, int]] = set()
    while waiting:
        schema, value = waiting.pop()
        if not is_object(schema.value) or (id(schema.value), id(value)) in seen:
            continue
        seen.add((id(schema.value), id(value)))
        if isinstance(schema.value.get("$ref"), str):
            target = survey.document.resolve(schema)
            waiting += () if target is None else ((target, value),)
            continue
        if not isinstance(value, str):
            parts = (each for keyword in _PARTS for each in (schema / keyword).items())
            waiting += ((part, value) for part in parts)
            waiting += _members(schema, value)
        elif text_at(schema.value, "format") in TIME_FORMATS:
            yield schema, value  # With `oneOf` or `anyOf` it may be of another alternative.


def _members(schema: Node, value: object) -> Iterator[tuple[Node, object]]:
    """Iterate over the members or items of a value, with their schemas."""
    if is_object(value):
        known, other = schema / "properties", schema / "additionalProperties"
        for name, member in value.items():
            yield known / name if name in known else other, member
    elif is_array(value):
        for item in value:
            yield schema / "items", item
