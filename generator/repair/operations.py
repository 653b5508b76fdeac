"""Repairs of operations: methods not in lowercase, duplicate names, invalid status codes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..document import Document, Node
from ..document.diagnostics import Location
from ..lint.names import colliding_methods
from ..lint.operations import duplicate_operation_ids, is_status, non_lowercase_methods
from ..openapi.operations import methods_of, operations_of
from ..openapi.survey import Survey
from .edits import Edits


def repair(survey: Survey, edits: Edits) -> None:
    """Assign each operation its own HTTP method and name; drop invalid status codes."""
    for item in survey.all("PathItem"):
        for operation, method, is_free in non_lowercase_methods(item):
            if is_free:
                edits.rename(operation, method)
            else:
                edits.remove(operation)
    colliding = [operation for operation, _ in duplicate_operation_ids(survey)]
    colliding += [operation for operation, _, _ in colliding_methods(survey)]
    for each in colliding:
        edits.remove(each.node / "operationId")
    for declared in survey.all("Responses"):
        for status, response in declared.members():
            if not is_status(status):
                edits.remove(response)


def operations_at(document: Document, locations: Iterable[Location]) -> Iterator[Node]:
    """Iterate over the operations that contain locations; over all of a path item if none does."""
    owners: list[tuple[Location, tuple[Node, ...]]] = [
        (node.key_location, ()) for _, node in document.root.members()
    ]
    owners += [(each.node.key_location, (each.node,)) for each in operations_of(document)]
    for _, item in (document.root / "paths").members():
        inside = tuple(node for _, node in methods_of(item))
        owners.append((item.key_location, inside))
    owners.sort(key=lambda each: each[0])
    starts = [start for start, _ in owners]
    seen: set[Node] = set()
    for location in locations:
        index = bisect_right(starts, location) - 1
        for node in owners[index][1] if index >= 0 else ():
            if node not in seen:
                seen.add(node)
                yield node
