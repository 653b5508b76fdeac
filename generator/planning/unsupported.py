"""What a package cannot express, told at its place instead of left out in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.document import Node
from generator.document.diagnostics import Diagnostic
from generator.normalize import Normalized, OperationReading, security
from generator.normalize.schemas.shapes import Anything, NamedShape
from generator.normalize.security import SchemeReading
from generator.openapi.media_types import essence, includes_json
from generator.openapi.parameters import is_token
from generator.planning.arguments import objects_in_form
from generator.planning.pagination import entry_of
from generator.planning.responses import successes
from generator.planning.security import is_sendable, is_together


def refusals(normalized: Normalized) -> dict[str, tuple[Diagnostic, ...]]:
    """Tell why operations cannot be generated.

    Returns:
        The reasons for each such operation, by its operationId.
    """
    schemes = security.schemes(normalized.document)
    found = {
        each.id: tuple(_reasons(each, schemes, normalized.schemas))
        for each in normalized.operations
    }
    return {operation_id: reasons for operation_id, reasons in found.items() if reasons}


def assumptions(normalized: Normalized) -> tuple[Diagnostic, ...]:
    """Tell where OpenAPI does not say how something is sent, and how it is."""
    nodes = (
        parameter.node
        for operation in normalized.operations
        for parameter in operation.parameters
        if objects_in_form(parameter, normalized.schemas) is not None
    )
    return tuple(dict.fromkeys(_as_json(node) for node in nodes))


def _as_json(parameter: Node) -> Diagnostic:
    message = f"the style 'form' cannot write the objects in the list {parameter.value['name']!r}"
    hint = "describe it by 'content: application/json' if it is one JSON text; until then each "
    return parameter.warning("U907", message, f"{hint}object is sent as its JSON text")


def without_ignored(normalized: Normalized, warnings: Iterable[Diagnostic]) -> Normalized:
    """Leave out what the lint said is ignored: paging that is not described as it must be."""
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
    yield from _paging(operation, schemas)


def _security(
    operation: OperationReading, schemes: dict[str, SchemeReading]
) -> Iterator[Diagnostic]:
    """One of the ways to be allowed must be one that a client can go."""
    ways = [[schemes.get(name) for name, _ in each] for each in operation.security]
    if not ways:
        return
    for way in ways:
        known = [each for each in way if each is not None and is_sendable(each)]
        if len(known) == len(way) and is_together(known):
            return
    names = ", ".join(sorted({name for each in operation.security for name, _ in each}))
    message = f"what {names} asks for cannot be sent: it is more than a text in the request"
    yield operation.node.error("U903", message, _PARTIAL, key=True)


def _paging(operation: OperationReading, schemas: dict[str, NamedShape]) -> Iterator[Diagnostic]:
    """What pages are made of are objects, each of which can be told from the others."""
    answers = (
        shape
        for response in successes(operation.responses)
        for media_type, shape in response.content
        if includes_json(essence(media_type) or "")
    )
    answer = next(answers, Anything())
    paging = operation.pagination
    if paging is not None and entry_of(answer, paging, schemas) is None:
        message = "'response: items' must lead to a list of objects"
        yield (operation.node / "x-pagination").error("U905", message, _PARTIAL, key=True)


def _headers(operation: OperationReading) -> Iterator[Diagnostic]:
    """HTTP has no header of such a name."""
    for parameter in operation.parameters:
        if parameter.location == "header" and not is_token(parameter.wire_name):
            message = f"no header can be named {parameter.wire_name!r}"
            yield (parameter.node / "name").error("U904", message, _PARTIAL)


_PARTIAL = "leave the operation out with --allow-partial"
