"""Repairs of unknown types and of circular alternatives."""

from __future__ import annotations

from ..lint.schemas import circular_alternatives, type_nodes
from ..openapi.schema_types import TYPES, type_of
from ..openapi.survey import Survey
from .edits import Edits


def repair(survey: Survey, edits: Edits) -> None:
    """Replace a word such as `int` by its type; drop an unknown one, which allows any value.

    An alternative that leads to its own schema is dropped, because it allows nothing more.
    """
    for _, option in circular_alternatives(survey):
        edits.remove(option)
    for schema in survey.all("Schema"):
        for node in type_nodes(schema):
            if not isinstance(node.value, str) or node.value in TYPES:
                continue
            known = type_of(node.value)
            if known is None:
                edits.remove(node)
                continue
            edits.put(node, known[0])
            if known[1] and "format" not in schema:
                edits.put(schema / "format", known[1])
