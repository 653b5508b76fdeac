"""Names that a document states, by `x-client` or other generators' extensions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...document.json_values import JsonObject, is_array, is_object, text_at
from ...normalize.operations import OperationReading


@dataclass(frozen=True, slots=True)
class OperationName:
    """The resource and the method of an operation; empty where the document does not name them.

    Attributes:
        resource: The resource.
        method: The method.
        parents: The resources that the resource is below, the outermost first.
    """

    resource: str = ""
    method: str = ""
    parents: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The resource, after those that it is below."""
        return *self.parents, self.resource


def explicit_names(operation: OperationReading) -> OperationName:
    """Return the names that the document gives; those of `x-client` take priority."""
    found = list(_by_extension(operation))
    return OperationName(
        next((each.resource for each in found if each.resource), ""),
        next((each.method for each in found if each.method), ""),
    )


def _by_extension(operation: OperationReading) -> Iterator[OperationName]:
    value: JsonObject = operation.node.value
    yield OperationName(text_at(operation.client, "resource"), text_at(operation.client, "method"))
    yield OperationName(
        _group_name(value.get("x-fern-sdk-group-name")), text_at(value, "x-fern-sdk-method-name")
    )
    yield OperationName(
        _group_name(value.get("x-speakeasy-group")), text_at(value, "x-speakeasy-name-override")
    )
    yield _stainless(value.get("x-stainless-method"))
    yield OperationName("", text_at(value, "x-methodName"))


def _group_name(groups: Any) -> str:
    """Return the name of nested groups: `admin.users` or `[admin, users]`."""
    parts: list[Any] = groups if is_array(groups) else [groups]
    return ".".join(each for each in parts if isinstance(each, str))


def _stainless(method: Any) -> OperationName:
    """Read `accounts.members.list`, or an object with this path; `$client` is no resource."""
    path = text_at(method, "path") if is_object(method) else method
    if not isinstance(path, str):
        return OperationName()
    resource, _, name = path.rpartition(".")
    return OperationName("" if resource == "$client" else resource, name)
