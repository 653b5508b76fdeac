"""Operations as we read them, compared with those of openapi-python-client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...document import Node
from ...document.diagnostics import Diagnostic
from ...normalize import Normalized
from ...normalize.operations import OperationReading
from ...openapi.parameters import parameter_key
from ..libraries.operations import LibraryOperation, read_operations

_LIBRARY = "openapi-python-client"
_HINT = "compare both with the document; report the one that misreads it"
_UNREAD = "until then nothing is compared with it; compare it with the document yourself"


def compare_operations(normalized: Normalized) -> Iterator[Diagnostic]:
    """Compare method and path, parameters, request body and status codes of all operations."""
    read = read_operations(normalized.document)
    ours = {(each.path, each.method): each for each in normalized.operations}
    if read.failure:
        message = f"{_LIBRARY} cannot read the document: {read.failure}"
        yield (normalized.document.root / "paths").warning("U908", message, _UNREAD, key=True)
        return
    for place, node in read.nodes.items():
        theirs = read.operations.get(place)
        if theirs is None:
            message = f"{_LIBRARY} cannot read this operation: {read.unread[place]}"
            yield node.warning("U908", message, _UNREAD, key=True)
        elif place not in ours:
            yield _warning(node, "the operation is", "absent", "present")
        else:
            yield from _operation(ours[place], theirs)
    for place in ours.keys() - read.nodes.keys():
        yield _warning(ours[place].node, "the operation is", "present", "absent")


def _operation(ours: OperationReading, theirs: LibraryOperation) -> Iterator[Diagnostic]:
    if ours.method != theirs.method:
        yield _warning(ours.node, "the method is", ours.method, theirs.method)
    if ours.path != theirs.path:
        yield _warning(ours.node, "the path is", ours.path, theirs.path)
    yield from _parameters(ours, theirs)
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


def _parameters(ours: OperationReading, theirs: LibraryOperation) -> Iterator[Diagnostic]:
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
            node = parameter.node if parameter is not None else ours.node
            yield _warning(
                node, f"the {location} parameter {name!r} is", our_presence, their_presence
            )


_PRESENCE = {None: "absent", True: "required", False: "optional"}


def _status_list(statuses: Iterable[str]) -> str:
    return ", ".join(sorted(statuses)) or "none"


def _warning(node: Node, subject: str, ours: str, theirs: str) -> Diagnostic:
    message = f"{subject} {ours} as we read the document, {theirs} as {_LIBRARY} does"
    return node.warning("U908", message, _HINT, key=True)
