"""References that lead nowhere."""

from __future__ import annotations

from generator.document import LongChainError, UnresolvedReferenceError
from generator.document.json_values import is_object
from generator.lint.references import corrected_reference
from generator.openapi.survey import Survey
from generator.repair.edits import Edits


def mend(survey: Survey, edits: Edits) -> None:
    """Let a reference name what it means; one that means nothing says nothing.

    The latter is only read so where parts may be left out: elsewhere it has stopped everything.
    """
    for kind, node in survey.references:
        try:
            end = survey.document.follow(node).value
        except LongChainError:
            continue
        except UnresolvedReferenceError:
            end = None
        if is_object(end) or (kind == "Schema" and isinstance(end, bool)):
            continue
        reference = corrected_reference(survey, kind, node)
        if reference:
            edits.put(node / "$ref", reference)
        elif not node.value["$ref"].startswith("#"):
            continue  # Another file, which is not to be had, is no slip of the pen.
        elif kind in {"Schema", "Response", "Header", "Callback"}:
            edits.remove(node / "$ref")
        else:
            edits.remove(node)
