"""Schemas of types that JSON does not have."""

from __future__ import annotations

from generator.lint.schemas import type_nodes
from generator.openapi.schema_types import TYPES, type_of
from generator.openapi.survey import Survey
from generator.repair.edits import Edits


def mend(survey: Survey, edits: Edits) -> None:
    """Write the type that is meant; what means none may be anything."""
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
