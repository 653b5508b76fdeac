"""Operations as we read them, compared with those of openapi-python-client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...document import Node
from ...document.diagnostics import Diagnostic
from ...document.json_values import text_at
from ...normalize import Normalized
from ...normalize.operations import OperationReading
from ...openapi.operations import operations_of, parameters_of
from ...openapi.parameters import parameter_key
from ..libraries.operations import LibraryOperation, read_operations

_LIBRARY = "openapi-python-client"
_HINT = "compare both with the document; report the one that misreads it"
_UNREAD = "nothing in it is compared; compare the package with the document yourself"


def compare_operations(normalized: Normalized) -> Iterator[Diagnostic]:
    """Compare method and path, parameters, request body and status codes of all operations."""
    document = normalized.document
    read = read_operations(document)
    described = {(each.path, each.method): each for each in operations_of(document)}
    ours = {(each.path, each.method): each for each in normalized.operations}
    if read.failure:
        message = f"{_LIBRARY} cannot read the document: {read.failure}"
        yield (document.root / "paths").warning("U908", message, _UNREAD, key=True)
        return
    for key, node in read.nodes.items():
        theirs = read.operations.get(key)
        if theirs is None:
            message = f"{_LIBRARY} cannot read this operation: {read.unread[key]}"
            yield node.warning("U908", message, _UNREAD, key=True)
        elif key not in ours:
            yield _warning(node, "the operation is", "absent", "present")
        else:
            parameters = parameters_of(document, described[key])
            yield from _operation(ours[key], theirs, parameters)
    for key in ours.keys() - read.nodes.keys():
        yield _warning(ours[key].node, "the operation is", "present", "absent")


def _operation(
    ours: OperationReading, theirs: LibraryOperation, parameters: list[Node]
) -> Iterator[Diagnostic]:
    """Compare two readings of an operation whose parameters are described at given places."""
    if ours.method != theirs.method:
        yield _warning(ours.node, "the method is", ours.method, theirs.method)
    if ours.path != theirs.path:
        yield _warning(ours.node, "the path is", ours.path, theirs.path)
    yield from _parameters(ours, theirs, parameters)
    in_path = [each.wire_name for each in ours.parameters if each.location == "path"]
    if sorted(in_path) == sorted(theirs.parameters["path"]) and in_path != theirs.in_path:
        both = (", ".join(in_path), ", ".join(theirs.in_path))
        yield _warning(ours.node, "the order of the path parameters is", *both)
    if (ours.body is not None) != theirs.has_body:
        both = ("absent", "present") if theirs.has_body else ("present", "absent")
        yield _warning(ours.node, "the request body is", *both)
    statuses = frozenset(each.status for each in ours.responses)
    if statuses != theirs.statuses:
        both = (_status_list(statuses), _status_list(theirs.statuses))
        yield _warning(ours.node, "the status codes of the responses are", *both)


def _parameters(
    ours: OperationReading, theirs: LibraryOperation, parameters: list[Node]
) -> Iterator[Diagnostic]:
    nodes = {
        parameter_key(text_at(each.value, "name"), text_at(each.value, "in")): each
        for each in parameters
    }
    found = {
        parameter_key(each.wire_name, each.location): each
        for each in ours.parameters
        if each.location != "querystring"
    }
    expected = {
        parameter_key(name, location): required
        for location, parameters in theirs.parameters.items()
        for name, required in parameters.items()
    }
    for name, location in dict.fromkeys([*found, *expected]):
        parameter = found.get((name, location))
        our_presence = _PRESENCE[parameter.required if parameter is not None else None]
        their_presence = _PRESENCE[expected.get((name, location))]
        if our_presence != their_presence:
            node = nodes.get((name, location), ours.node)
            yield _warning(
                node, f"the {location} parameter {name!r} is", our_presence, their_presence
            )


_PRESENCE = {None: "absent", True: "required", False: "optional"}


def _status_list(statuses: Iterable[str]) -> str:
    return ", ".join(sorted(statuses)) or "none"


def _warning(node: Node, subject: str, ours: str, theirs: str) -> Diagnostic:
    message = f"{subject} read differently: {ours} by this generator, {theirs} by {_LIBRARY}"
    return node.warning("U908", message, _HINT, key=True)
