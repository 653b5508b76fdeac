"""Plan of the connection check."""

from __future__ import annotations

from collections.abc import Iterable

from ..document.json_values import JsonObject, object_at, text_at
from ..normalize.operations import OperationReading
from .plan.operations import ConnectionCheck, Resource


def check(
    root: JsonObject, resources: Iterable[Resource], readings: Iterable[OperationReading]
) -> ConnectionCheck | None:
    """Return the plan of the connection check, or None if the document names no operation for it.

    Args:
        root: The root of the document.
        resources: The planned resources.
        readings: The operations of the document.
    """
    operation_id = text_at(object_at(object_at(root, "info"), "x-client"), "check")
    security = next((each.security for each in readings if each.id == operation_id), ())
    schemes = object_at(object_at(root, "components"), "securitySchemes")
    formats = [
        text_at(object_at(schemes, scheme), "bearerFormat")
        for option in security
        for scheme, _ in option
    ]
    for resource in resources:
        for operation in resource.operations:
            if operation.id == operation_id:
                paging = operation.pagination
                return ConnectionCheck(
                    operation=operation,
                    resource=resource.name,
                    constant=paging.name if paging is not None else operation.constant,
                    token_format=next(filter(None, formats), ""),
                )
    return None
