"""Repairs of objects: wrong types, missing fields, fields of Swagger 2.0."""

from __future__ import annotations

from ..document.json_values import is_object
from ..openapi.coercions import coerce
from ..openapi.media_types import JSON, is_schema_in_content
from ..openapi.survey import Survey
from .edits import Edits


def repair(survey: Survey, edits: Edits) -> None:
    """Coerce values of wrong types, and add missing fields that have one usual value."""
    _wrong_types(survey, edits)
    if survey.document.root.value.get("info") is None:
        edits.put(survey.document.root / "info", {})
    for server in survey.all("Server"):
        if server.value.get("url") is None:
            edits.put(server / "url", "/")
    _contents(survey, edits)


def _contents(survey: Survey, edits: Edits) -> None:
    """Convert the content of bodies to the form of OpenAPI 3."""
    for holder in survey.all("Response", "RequestBody", "Parameter", "Header"):
        content = holder / "content"
        if is_schema_in_content(content.value):
            edits.put(content, {JSON: content.value})
    for holder in survey.all("Response", "RequestBody"):
        if "content" not in holder and is_object((holder / "schema").value):
            schema = (holder / "schema").value
            edits.put(holder / "content", {JSON: {"schema": schema}})
            edits.remove(holder / "schema")
    for body in survey.all("RequestBody"):
        if body.value.get("content") is None:
            edits.put(body / "content", {})


def _wrong_types(survey: Survey, edits: Edits) -> None:
    for mismatch in survey.mismatches:
        if mismatch.what != "type" or not mismatch.node.pointer:
            continue
        coerced = coerce(mismatch.node.value, mismatch.alternatives)
        if coerced is not None:
            edits.put(mismatch.node, coerced)
        elif edits.partial and not mismatch.lenient:
            edits.remove(mismatch.node)
