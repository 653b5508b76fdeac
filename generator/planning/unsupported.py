"""Diagnostics for constructs that a package cannot express."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..normalize import Normalized, security
from ..normalize.operations import OperationReading
from ..normalize.parameters import ParameterReading
from ..normalize.schemas.shapes import (
    Anything,
    EnumShape,
    ListOf,
    NamedShape,
    Scalar,
    Shape,
    alternatives_of,
    definition_of,
)
from ..normalize.security import SchemeReading
from ..openapi.media_types import essence, includes_json
from ..openapi.parameters import is_token
from .arguments import has_nested_values, objects_in_form
from .pagination import entry_classes, entry_shape
from .responses import successes
from .security import conflicts, is_sendable


def unsupported_operations(normalized: Normalized) -> dict[str, tuple[Diagnostic, ...]]:
    """Return the operations that cannot be generated: the reasons, by operationId."""
    schemes = security.schemes(normalized.document)
    found = {
        each.id: tuple(_reasons(each, schemes, normalized.schemas))
        for each in normalized.operations
    }
    return {operation_id: reasons for operation_id, reasons in found.items() if reasons}


def assumptions(normalized: Normalized) -> tuple[Diagnostic, ...]:
    """Return warnings where the document has no meaning in HTTP, with the reading in use."""
    nodes = (
        parameter.node
        for operation in normalized.operations
        for parameter in operation.parameters
        if objects_in_form(parameter, normalized.schemas) is not None
    )
    schemes = security.schemes(normalized.document)
    nested = (
        _nested_values(parameter)
        for operation in normalized.operations
        for parameter in operation.parameters
        if has_nested_values(parameter, normalized.schemas)
    )
    shared = (found for each in normalized.operations for found in _shared_location(each, schemes))
    merged = map(_as_one_object, normalized.merged)
    undescribed = map(_missing_description, normalized.undescribed)
    return tuple(dict.fromkeys([*map(_as_json, nodes), *nested, *shared, *merged, *undescribed]))


def _shared_location(
    operation: OperationReading, schemes: dict[str, SchemeReading]
) -> Iterator[Diagnostic]:
    """Credentials that are required together have distinct locations; one of them is sent."""
    for requirement in operation.security:
        known = [schemes[name] for name, _ in requirement if name in schemes]
        for location, names in conflicts(each for each in known if is_sendable(each)):
            together = " and ".join(map(repr, names))
            message = f"security schemes {together} are required together, but share the {location}"
            hint = "list them as alternatives; until then the one that the caller passes is sent"
            yield operation.node.warning("U911", message, hint, key=True)


def _as_one_object(alternatives: Node) -> Diagnostic:
    message = "alternatives beside other properties are read as one object with all of them"
    hint = "list all properties in each alternative; until then requests are not validated by what "
    return alternatives.warning("U912", message, f"{hint}an alternative requires", key=True)


def _missing_description(name: Node) -> Diagnostic:
    message = f"required property {name.value!r} that 'properties' does not describe"
    hint = "describe it, or remove it: until then requests are sent without it as well"
    return name.warning("U913", message, hint)


def _as_json(parameter: Node) -> Diagnostic:
    message = f"style 'form' cannot encode the objects in the array {parameter.value['name']!r}"
    hint = "use 'content: application/json' if the value is one JSON string; until then each "
    return parameter.warning("U907", message, f"{hint}object is sent as a JSON string")


def _nested_values(parameter: ParameterReading) -> Diagnostic:
    style, name = parameter.style, parameter.wire_name
    message = f"style {style!r} cannot encode nested values of {name!r}"
    hint = "use 'content: application/json'; until then they are rejected"
    return parameter.node.warning("U914", message, hint)


def without_ignored_pagination(
    normalized: Normalized, warnings: Iterable[Diagnostic]
) -> Normalized:
    """Return a document without the `x-pagination` that the lint rejected, and so ignores."""
    ignored = {each.location for each in warnings if each.code.startswith("X7")}
    operations = tuple(
        replace(each, pagination=None)
        if each.pagination is not None
        and any(
            {node.location, node.key_location} & ignored
            for node in _below(each.node / "x-pagination")
        )
        else each
        for each in normalized.operations
    )
    return replace(normalized, operations=operations)


def _below(node: Node) -> Iterator[Node]:
    yield node
    for _, member in node.members():
        yield from _below(member)


def _reasons(
    operation: OperationReading,
    schemes: dict[str, SchemeReading],
    schemas: dict[str, NamedShape],
) -> Iterator[Diagnostic]:
    yield from _security(operation, schemes)
    yield from _headers(operation)
    yield from _body(operation, schemas)
    yield from _paging(operation, schemas)


def _security(
    operation: OperationReading, schemes: dict[str, SchemeReading]
) -> Iterator[Diagnostic]:
    """At least one security requirement must be one that a client can fulfill."""
    alternatives = [[schemes.get(name) for name, _ in each] for each in operation.security]
    if not alternatives:
        return
    for each in alternatives:
        sendable = [scheme for scheme in each if scheme is not None and is_sendable(scheme)]
        if len(sendable) == len(each):
            return
    names = ", ".join(sorted({name for each in operation.security for name, _ in each}))
    message = f"cannot send the credentials of {names}: they are not just strings in the request"
    yield operation.node.error("U903", message, _PARTIAL, key=True)


def _paging(operation: OperationReading, schemas: dict[str, NamedShape]) -> Iterator[Diagnostic]:
    """The entries of a page must be objects, to have ids."""
    shapes = (
        shape
        for response in successes(operation.responses)
        for media_type, shape in response.content
        if includes_json(essence(media_type))
    )
    shape = next(shapes, Anything())
    paging = operation.pagination
    if paging is not None and not entry_classes(entry_shape(shape, paging, schemas), schemas):
        message = "'response: items' must point to an array of objects"
        yield operation.node.at("x-pagination", "response", "items").error(
            "U905", message, _PARTIAL
        )


def _headers(operation: OperationReading) -> Iterator[Diagnostic]:
    """Header names must be tokens of RFC 9110."""
    for parameter in operation.parameters:
        if parameter.location == "header" and not is_token(parameter.wire_name):
            message = f"{parameter.wire_name!r} is not a valid header name"
            yield (parameter.node / "name").error("U904", message, _PARTIAL)


def _body(operation: OperationReading, schemas: dict[str, NamedShape]) -> Iterator[Diagnostic]:
    """A form has named fields, so its schema is an object."""
    if operation.body is not None and not any(
        each.kind not in {"form", "multipart"} or _has_fields(each.shape, schemas)
        for each in operation.media
    ):
        message = f"a body in {operation.media[0].media_type} must be an object, not an array"
        node = operation.body.node / "content"
        yield node.error("U910", f"{message} or a scalar", _PARTIAL, key=True)


def _has_fields(shape: Shape, schemas: dict[str, NamedShape]) -> bool:
    """Whether an alternative of a shape may be an object."""
    found = (definition_of(each, schemas) for each in alternatives_of(shape, schemas))
    return any(not isinstance(each, ListOf | Scalar | EnumShape) for each in found)


_PARTIAL = "leave the operation out with --allow-partial"
