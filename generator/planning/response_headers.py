"""The headers of answers, as classes."""

from __future__ import annotations

from generator.normalize import OperationReading
from generator.planning.annotations import optional
from generator.planning.plan.models import Field, Model
from generator.planning.responses import AnswerPlanner, by_precedence, successes
from generator.python import names


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
    reserved = names.TYPES | {"read", "dt"}
    wanted = names.distinct(names.identifier(each.wire_name, reserved) for each in headers)
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
    name = f"{names.class_name(method)}Headers"
    return Model(name, text, renames=False, fields=fields, expected=()) if fields else None


def _doc(doc: str, *, deprecated: bool) -> str:
    text = doc or "See the API's documentation."
    return f"Deprecated. {text}" if deprecated else text
