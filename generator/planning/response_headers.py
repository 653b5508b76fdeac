"""Classes for response headers."""

from __future__ import annotations

from ..normalize.operations import OperationReading
from ..python import names
from ..python.reserved import HEADER_NAMES
from .plan.models import Field, Model
from .responses import ResponsePlanner, by_precedence, successes
from .types.annotations import optional


def plan_headers(
    operation: OperationReading, method: str, planner: ResponsePlanner
) -> Model | None:
    """Return the class of the headers of successful responses, or None if none is documented.

    Args:
        operation: The operation.
        method: The name of its method.
        planner: The planner of the responses of the resource.
    """
    found = {
        each.wire_name.lower(): each
        for response in reversed(successes(by_precedence(operation.responses)))
        for each in reversed(response.headers)
    }
    headers = reversed(found.values())
    fields = tuple(
        Field(
            name=name,
            wire_name=each.wire_name,
            has_explicit_name=name != each.wire_name,
            annotation=optional(planner.header_type(each.shape)),
            required=False,
            doc=_doc(each.doc, deprecated=each.deprecated),
        )
        for name, each in names.distinct_pairs(
            headers, lambda each: names.identifier(each.wire_name, HEADER_NAMES)
        )
    )
    text = f"Response headers of `{operation.id}`."
    if not fields:
        return None
    name = planner.class_name(f"{names.class_name(method)}Headers")
    return Model(name, text, is_camel_case=False, fields=fields, expected=())


def _doc(doc: str, *, deprecated: bool) -> str:
    return f"Deprecated. {doc}".strip() if deprecated else doc
