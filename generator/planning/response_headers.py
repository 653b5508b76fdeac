"""The headers of answers, as classes."""

from __future__ import annotations

from generator.normalize import OperationReading
from generator.planning.annotations import optional
from generator.planning.plan.models import Field, Model
from generator.planning.responses import AnswerPlanner, by_precedence, successes
from generator.python import names
from generator.python.reserved import HEADER_NAMES


def plan_headers(operation: OperationReading, method: str, answers: AnswerPlanner) -> Model | None:
    """Plan the class of the headers that a success has, if the document describes any.

    Args:
        operation: The operation.
        method: Its method's name.
        answers: Writes types.
    """
    found = {
        each.wire_name.lower(): each
        for response in reversed(successes(by_precedence(operation.responses)))
        for each in reversed(response.headers)
    }
    headers = list(reversed(found.values()))
    wanted = names.distinct(names.identifier(each.wire_name, HEADER_NAMES) for each in headers)
    fields = tuple(
        Field(
            name=name,
            wire_name=each.wire_name,
            explicit=name != each.wire_name,
            annotation=optional(answers.value(each.shape)),
            required=False,
            doc=_doc(each.doc, deprecated=each.deprecated),
        )
        for name, each in zip(wanted, headers, strict=True)
    )
    text = f"Headers of the answers of `{operation.id}`."
    if not fields:
        return None
    name = answers.class_name(f"{names.class_name(method)}Headers")
    return Model(name, text, renames=False, fields=fields, expected=())


def _doc(doc: str, *, deprecated: bool) -> str:
    text = doc or "See the API's documentation."
    return f"Deprecated. {text}" if deprecated else text
