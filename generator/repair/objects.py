"""Objects whose fields are of a wrong type, missing, or written where they stood in Swagger 2.0."""

from __future__ import annotations

from generator.document.json_values import is_object
from generator.openapi.coercions import converted
from generator.openapi.media_types import JSON, is_schema_in_content
from generator.openapi.survey import Survey
from generator.repair.edits import Edits


def mend(survey: Survey, edits: Edits) -> None:
    """Convert what can be converted, and fill in what has one usual value."""
    _wrong_types(survey, edits)
    if survey.document.root.value.get("info") is None:
        edits.put(survey.document.root / "info", {})
    for server in survey.all("Server"):
        if server.value.get("url") is None:
            edits.put(server / "url", "/")
    _contents(survey, edits)


def _contents(survey: Survey, edits: Edits) -> None:
    """Write the content of bodies as OpenAPI 3 has it."""
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
    for misfit in survey.misfits:
        if misfit.what != "type" or not misfit.node.pointer:
            continue
        meant = converted(misfit.node.value, misfit.alternatives)
        if meant is not None:
            edits.put(misfit.node, meant)
        elif edits.partial and not misfit.lenient:
            edits.remove(misfit.node)
