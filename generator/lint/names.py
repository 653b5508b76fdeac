"""Names that would meet in Python (N8xx)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.document import Node
from generator.document.diagnostics import Diagnostic
from generator.lint.operations import UNNAMED
from generator.openapi.survey import Operation, Survey
from generator.python.names import LONGEST, can_be_field, class_name, identifier


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    yield from methods(survey)
    yield from classes(survey)
    for schema in survey.all("Schema"):
        if "properties" in schema:
            yield from fields(schema)
    for operation in survey.operations:
        yield from parameters(operation)


def method_name(operation: Operation) -> tuple[str, str]:
    """Give resource and method of an operation that has an id.

    `x-client` says both; else the id does, divided at its last point or slash; else the first tag
    is the resource.
    """
    resource, _, method = operation.id.replace("/", ".").rpartition(".")
    if not resource:
        tag = next((operation.node / "tags").items(), None)
        resource = tag.value if tag and isinstance(tag.value, str) else ""
    told = operation.node / "x-client"
    resource, method = (
        value if isinstance(value := (told / key).value, str) else derived
        for key, derived in (("resource", resource), ("method", method))
    )
    return identifier(resource) if resource else "", identifier(method)


def methods(survey: Survey) -> Iterator[Diagnostic]:
    """Two operations cannot be one method of one resource."""
    for operation, other, name in meeting_methods(survey, is_cut=True):
        shown = ".".join(filter(None, name))
        message = f"{operation.id!r} and {other.id!r} would both be the method {shown!r}"
        hint = "change one operationId, or add 'x-client: {resource: ..., method: ...}'"
        node = operation.node / "operationId"
        if _is_cut(name):
            yield node.warning("N801", message, hint)
        else:
            yield node.error("N801", message, hint, reading=UNNAMED)


def meeting_methods(
    survey: Survey, *, is_cut: bool = False
) -> Iterator[tuple[Operation, Operation, tuple[str, str]]]:
    """Give the operations whose method an earlier one has, that one, and resource and method.

    Args:
        survey: The document.
        is_cut: Whether those count as well that only their ends tell apart, which are cut off.
    """
    first: dict[tuple[str, str], Operation] = {}
    for operation in survey.operations:
        if not operation.id:
            continue
        name = method_name(operation)
        other = first.setdefault(name, operation)
        if other is not operation and other.id != operation.id and (is_cut or not _is_cut(name)):
            yield operation, other, name


def _is_cut(name: tuple[str, str]) -> bool:
    return len(name[1]) >= LONGEST - 1


def classes(survey: Survey) -> Iterator[Diagnostic]:
    """Two models of one class name: the second gets a number, which is hard to read."""
    members = (survey.document.root / "components" / "schemas").members()
    for node, name, other in _meeting(members, class_name):
        message = f"the schemas {node.pointer[-1]!r} and {other!r} would both be the class {name!r}"
        yield node.warning("N802", message, _NUMBERED, key=True)


def fields(schema: Node) -> Iterator[Diagnostic]:
    """Two properties of one field name: the second gets a number."""
    for name, node in (schema / "properties").members():
        if not can_be_field(name):
            hint = "rename it; otherwise its value is only found in `extra` and `raw`"
            yield node.warning(
                "N805", f"no field can stand for the property {name!r}", hint, key=True
            )
    for node, name, other in _meeting((schema / "properties").members(), identifier):
        message = (
            f"the properties {node.pointer[-1]!r} and {other!r} would both be the field {name!r}"
        )
        yield node.warning("N803", message, _NUMBERED, key=True)


def parameters(operation: Operation) -> Iterator[Diagnostic]:
    """Two parameters of one name and location; in different places the place tells them apart."""
    by_place: dict[str, list[tuple[str, Node]]] = {}
    for parameter in operation.parameters:
        written = parameter / "name"
        by_place.setdefault(parameter.value["in"], []).append((written.value, written))
    for named in by_place.values():
        for node, name, other in _meeting(named, identifier):
            message = (
                f"the parameters {node.value!r} and {other!r} would both be the argument {name!r}"
            )
            yield node.warning("N804", message, _NUMBERED)


_NUMBERED = "rename one; otherwise this one gets a number"


def _meeting(
    named: Iterable[tuple[str, Node]], python_name: Callable[[str], str]
) -> Iterator[tuple[Node, str, str]]:
    """Give the nodes whose Python name is taken, that name, and the name that took it."""
    first: dict[str, str] = {}
    for name, node in named:
        other = first.setdefault(python_name(name), name)
        if other != name:
            yield node, python_name(name), other
