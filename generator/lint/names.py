"""Collisions of Python names (N8xx)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..openapi.survey import Operation, Survey
from ..python.names import can_be_field, class_name, identifier, words
from .operations import UNNAMED


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    yield from methods(survey)
    yield from walks(survey)
    yield from resources(survey)
    yield from classes(survey)
    for schema in survey.schemas_with("properties"):
        yield from fields(schema)
    for operation in survey.operations:
        yield from parameters(operation)


def method_name(operation: Operation) -> tuple[str, str]:
    """Return the resource, and the document's name of the method, of an operation with an id.

    `x-client` names both; else the operationId, split at its last dot or slash; without a dot or
    slash the first tag is the resource.
    """
    resource, _, method = operation.id.replace("/", ".").rpartition(".")
    if not resource:
        tag = next((operation.node / "tags").items(), None)
        resource = tag.value if tag and isinstance(tag.value, str) else ""
    client = operation.node / "x-client"
    resource, method = (
        value if isinstance(value := (client / key).value, str) else derived
        for key, derived in (("resource", resource), ("method", method))
    )
    return identifier(resource) if resource else "", method


def methods(survey: Survey) -> Iterator[Diagnostic]:
    """Two operations of one resource need different method names."""
    for operation, other, name in colliding_methods(survey):
        shown = ".".join(filter(None, name))
        message = f"{operation.id!r} and {other.id!r} would both become the method {shown!r}"
        hint = "change one operationId, or add 'x-client: {resource: ..., method: ...}'"
        yield (operation.node / "operationId").error("N801", message, hint, reading=UNNAMED)


def walks(survey: Survey) -> Iterator[Diagnostic]:
    """A method that `x-client` names to walk or follow is of a paginated operation, and unique."""
    names = {each.id: method_name(each) for each in survey.operations if each.id}
    taken = {(resource, identifier(method)): id_ for id_, (resource, method) in names.items()}
    stated: list[tuple[Operation, str, Node]] = []
    for operation in survey.operations:
        resource, method = names.get(operation.id, ("", ""))
        for key in ("walk", "follow"):
            node = operation.node.at("x-client", key)
            if isinstance(node.value, str):
                stated.append((operation, resource, node))
            elif "x-pagination" in operation.node:
                own = key if identifier(method) == "list" else f"{key}_{identifier(method)}"
                taken.setdefault((resource, own), operation.id)
    for operation, resource, node in stated:
        name = identifier(node.value)
        if "x-pagination" not in operation.node:
            hint = "remove it, or describe the pagination"
            yield node.warning("N806", "an operation without 'x-pagination' has no walk", hint)
        elif (resource, name) in taken:
            message = f"{taken[resource, name]!r} already has the method {name!r}"
            yield node.warning("N806", message, "choose another name")
        taken.setdefault((resource, name), operation.id)


def resources(survey: Survey) -> Iterator[Diagnostic]:
    """In a document for this generator, the operationId, a tag or `x-client` names the resource."""
    for operation in survey.operations if survey.is_strict else ():
        if operation.id and not method_name(operation)[0]:
            message = f"no resource follows from the operationId {operation.id!r}"
            hint = "write 'resource.method', or add a tag or 'x-client: {resource: ...}'"
            yield (operation.node / "operationId").warning("O314", message, hint)


def colliding_methods(
    survey: Survey,
) -> Iterator[tuple[Operation, Operation, tuple[str, str]]]:
    """Iterate over operations with the method name of an earlier one.

    Names that differ only after the maximum length do not count.

    Yields:
        The operation, the earlier one, and the resource and the method.
    """
    first: dict[object, Operation] = {}
    for operation in survey.operations:
        if not operation.id:
            continue
        resource, method = method_name(operation)
        python_name = identifier(method)
        other = first.setdefault(
            (resource, tuple(map(str.lower, words(method))) or python_name), operation
        )
        if other is not operation and other.id != operation.id:
            yield operation, other, (resource, python_name)


def classes(survey: Survey) -> Iterator[Diagnostic]:
    """Two schemas with one class name: the second gets a number, which is hard to read."""
    members = (survey.document.root / "components" / "schemas").members()
    for node, name, other in _collisions(members, class_name):
        message = f"schemas {node.pointer[-1]!r} and {other!r} would both become the class {name!r}"
        yield node.warning("N802", message, _NUMBERED, key=True)


def fields(schema: Node) -> Iterator[Diagnostic]:
    """Two properties with one field name: the second gets a number."""
    for name, node in (schema / "properties").members():
        if not can_be_field(name):
            hint = "rename it; otherwise its value is only in `extra` and `raw`"
            message = f"the property {name!r} cannot become a field of a model"
            yield node.warning("N805", message, hint, key=True)
    for node, name, other in _collisions((schema / "properties").members(), identifier):
        message = (
            f"properties {node.pointer[-1]!r} and {other!r} would both become the field {name!r}"
        )
        yield node.warning("N803", message, _NUMBERED, key=True)


def parameters(operation: Operation) -> Iterator[Diagnostic]:
    """Two parameters of one location with one argument name; the location distinguishes others."""
    by_location: dict[str, list[tuple[str, Node]]] = {}
    for parameter in operation.parameters:
        named = parameter / "name"
        by_location.setdefault(parameter.value["in"], []).append((named.value, named))
    for group in by_location.values():
        for node, name, other in _collisions(group, identifier):
            message = (
                f"parameters {node.value!r} and {other!r} would both become the argument {name!r}"
            )
            yield node.warning("N804", message, _NUMBERED)


_NUMBERED = "rename one of them; otherwise this one gets a number appended"


def _collisions(
    named: Iterable[tuple[str, Node]], python_name: Callable[[str], str]
) -> Iterator[tuple[Node, str, str]]:
    """Iterate over nodes with the Python name of an earlier one, that name, and the earlier key."""
    first: dict[str, str] = {}
    for name, node in named:
        other = first.setdefault(python_name(name), name)
        if other != name:
            yield node, python_name(name), other
