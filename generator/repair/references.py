"""Repairs of references without a target."""

from __future__ import annotations

from ..document import LongChainError, UnresolvedReferenceError
from ..document.json_values import is_object
from ..lint.references import corrected_reference
from ..openapi.survey import Survey
from .edits import Edits


def repair(survey: Survey, edits: Edits) -> None:
    """Correct references that have one sensible target, and drop the others.

    Dropping happens only with `--allow-partial`: otherwise the lint has stopped generation.
    """
    for kind, node in survey.references:
        try:
            end = survey.document.follow(node).value
        except LongChainError:
            continue
        except UnresolvedReferenceError:
            end = None
        is_fitting = is_object(end) or (kind == "Schema" and isinstance(end, bool))
        if is_fitting and node.value["$ref"] != "#":
            continue
        reference = corrected_reference(survey, kind, node)
        if reference:
            edits.put(node / "$ref", reference)
        elif is_fitting or not node.value["$ref"].startswith("#"):
            continue  # A missing file stays an error, also with `--allow-partial`.
        elif kind in {"Schema", "Response", "Header", "Callback"}:
            edits.remove(node / "$ref")
        else:
            edits.remove(node)
