"""Assignment of names to the operations of a document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ...document.diagnostics import Diagnostic
from ...normalize.operations import OperationReading
from ...python import names
from ...python.reserved import METHOD_NAMES, RESOURCE_NAMES, WALK_NAMES
from . import short
from .explicit import OperationName, explicit_names
from .identifiers import operation_id, read_identifier


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of the operations of a document.

    Attributes:
        names: The resource and the method of each operation, by its id.
        warnings: The operations whose name an earlier one has.
    """

    names: Mapping[str, OperationName]
    warnings: tuple[Diagnostic, ...]


def operation_names(
    operations: Sequence[OperationReading], rule: str, *, reserves_walks: bool = False
) -> Naming:
    """Return the resources and methods of operations.

    A name that the document states for clients is assigned first. Of several operations with one
    name, the first in the document gets it, and each later one a longer name, with a warning.

    Args:
        operations: The operations, in the document's order.
        rule: `short`, or `document` for the names that ids and tags have.
        reserves_walks: Whether `walk` and `follow` are reserved even if no operation is paged yet,
            so that a paged operation can be added without a new name for another one.
    """
    is_paged = reserves_walks or any(each.pagination is not None for each in operations)
    reserved = METHOD_NAMES | WALK_NAMES if is_paged else METHOD_NAMES
    candidates = {each.id: _candidates(each, rule, reserved) for each in operations}
    found: dict[str, OperationName] = {}
    taken: dict[tuple[str, ...], set[str]] = {}
    warnings: list[Diagnostic] = []
    for operation in sorted(operations, key=lambda each: not _is_stated(each, rule)):
        wanted = candidates[operation.id]
        used = taken.setdefault(wanted[0].path, set())
        free = [each for each in wanted if each.method not in used]
        chosen = free[0] if free else _with_number(wanted[-1], used)
        if chosen != wanted[0]:
            warnings.append(_warning(operation, wanted[0], chosen))
        used.add(chosen.method)
        found[operation.id] = chosen
    return Naming(found, tuple(warnings))


def _candidates(
    operation: OperationReading, rule: str, reserved: frozenset[str]
) -> list[OperationName]:
    """Return the Python names that an operation can have, the preferred one first."""
    explicit = explicit_names(operation)
    if rule == "document":
        resource, method = _document_names(operation)
        texts = [explicit.method or method]
    else:
        resource = explicit.resource or short.resource_text(operation)
        stated = [explicit.method] if explicit.method else []
        texts = [*stated, *short.method_texts(operation, resource)]
    resource = names.identifier(explicit.resource or resource, RESOURCE_NAMES)
    parents = () if explicit.resource else _parents(operation, rule, resource)
    return list(
        dict.fromkeys(
            OperationName(resource, names.identifier(each, reserved), parents) for each in texts
        )
    )


def _parents(operation: OperationReading, rule: str, resource: str) -> tuple[str, ...]:
    """Return the resources that a resource is below: those of the tags that its tag is below."""
    read = str if rule == "document" else short.tag_text
    found = [
        names.identifier(text, RESOURCE_NAMES) for text in map(read, operation.parents) if text
    ]
    return tuple(found[:-1] if found[-1:] == [resource] else found)


def _document_names(operation: OperationReading) -> tuple[str, str]:
    """Return the resource and the method by operationId, tag or path, as they are written.

    `resource.method` and `resource/method` are split; other ids, or made-up ones, are all method.
    """
    group, method = "", operation.id
    if operation_id(operation):
        separator = "/" if "/" in operation.id else "."
        group, _, method = operation.id.rpartition(separator)
    first = next((step for step in operation.path.split("/") if step and "{" not in step), "api")
    return group or (operation.tags[0] if operation.tags else first), method


def _is_stated(operation: OperationReading, rule: str) -> bool:
    """Whether the document states the method: by an extension, or as `resource.method`."""
    is_dotted = rule == "short" and read_identifier(operation).is_dotted
    return is_dotted or bool(explicit_names(operation).method)


def _with_number(name: OperationName, used: Collection[str]) -> OperationName:
    return replace(name, method=names.distinct([name.method], used)[0])


def _warning(
    operation: OperationReading, wanted: OperationName, chosen: OperationName
) -> Diagnostic:
    message = f"{operation.id!r} would become the method '{wanted.resource}.{wanted.method}' "
    hint = f"add 'x-client: {{resource: {wanted.resource}, method: ...}}' to name it yourself"
    node = operation.node / "operationId" if operation_id(operation) else operation.node
    return node.warning(
        "N801",
        f"{message}of an earlier operation; it is named '{chosen.method}'",
        hint,
        key=not operation_id(operation),
    )
