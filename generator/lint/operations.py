"""Operations and their paths (O3xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from generator.document import Node
from generator.document.diagnostics import Diagnostic
from generator.openapi.operations import METHODS
from generator.openapi.survey import Operation, Survey

_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_STATUS = re.compile(r"[1-5](\d\d|XX)")


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    yield from operation_ids(survey)
    yield from same_paths(survey)
    yield from methods(survey)
    for operation in survey.operations:
        yield from path_parameters(operation)
    yield from responses(survey)


def operation_ids(survey: Survey) -> Iterator[Diagnostic]:
    """The id names the method of the client; without one it is made from method and path."""
    for operation in survey.operations:
        if not operation.id:
            message = f"{operation.method.upper()} {operation.path} has no operationId"
            hint = "add one: without it the method's name is made from method and path"
            yield operation.node.warning("O301", message, hint, key=True)
    for operation, other in repeated_ids(survey):
        message = f"the operationId {operation.id!r} is already used"
        line = other.node.location.line
        hint = f"change it, or that of {other.method.upper()} {other.path} in line {line}"
        node = operation.node / "operationId"
        yield node.error("O302", message, hint, reading=UNNAMED)


UNNAMED = "the method's name is made from method and path"


def repeated_ids(survey: Survey) -> Iterator[tuple[Operation, Operation]]:
    """Give the operations whose id is that of an earlier one, and that one."""
    first: dict[str, Operation] = {}
    for operation in survey.operations:
        if operation.id and first.setdefault(operation.id, operation) is not operation:
            yield operation, first[operation.id]


def template_names(path: str) -> list[str]:
    """Give the names of the parameters in a path template."""
    return _TEMPLATE.findall(path)


def path_parameters(operation: Operation) -> Iterator[Diagnostic]:
    """Every name in a path needs a value, and every path parameter a place."""
    wanted = template_names(operation.path)
    declared = _declared(operation)
    for name in dict.fromkeys(wanted):
        if name not in declared:
            near = get_close_matches(name, [each for each in declared if each not in wanted], n=1)
            hint = f"rename the parameter {near[0]!r}" if near else "add it, with 'in: path'"
            message = f"the path has {{{name}}}, but no path parameter {name!r} is declared"
            reading = "the nearest parameter is taken" if near else "it is any text"
            yield operation.node.error("O303", message, hint, key=True, reading=reading)
    for name, parameter in declared.items():
        if name not in wanted:
            near = get_close_matches(name, [each for each in wanted if each not in declared], n=1)
            hint = f"did you mean {near[0]!r}?" if near else "remove it, or add it to the path"
            message = f"the path {operation.path!r} has no {{{name}}}"
            reading = "it is taken for that" if near else "it is left out"
            yield (parameter / "name").error("O304", message, hint, reading=reading)
    for name in dict.fromkeys(wanted):
        if wanted.count(name) > 1:
            message = f"{{{name}}} stands in the path more than once"
            yield operation.path_item.warning("O308", message, "use each name once", key=True)


def path_names(operation: Operation) -> tuple[list[str], list[Node]]:
    """Give the names of a path that are not declared, and path parameters that it has not."""
    wanted, declared = template_names(operation.path), _declared(operation)
    missing = [name for name in dict.fromkeys(wanted) if name not in declared]
    return missing, [node for name, node in declared.items() if name not in wanted]


def _declared(operation: Operation) -> dict[str, Node]:
    return {
        each.value["name"]: each
        for each in operation.parameters
        if each.value.get("in") == "path" and isinstance(each.value.get("name"), str)
    }


def same_paths(survey: Survey) -> Iterator[Diagnostic]:
    """Paths that differ only in the names of their parameters are the same to a server.

    Each operation still says what is sent, so that one can read on.
    """
    first: dict[str, str] = {}
    for path, item in (survey.document.root / "paths").members():
        other = first.setdefault(_TEMPLATE.sub("{}", path), path)
        if other != path and not path.startswith("x-"):
            message = f"this path and {other!r} differ only in the names of parameters"
            yield item.warning("O305", message, "write both as one path item", key=True)


def methods(survey: Survey) -> Iterator[Diagnostic]:
    """A method in upper case would be lost, and with it an operation."""
    for item in survey.all("PathItem"):
        for operation, method, is_free in odd_methods(item):
            message = f"the method {operation.pointer[-1]!r} is not written in lower case"
            hint, reading = f"write {method!r}", "it is read so"
            if not is_free:
                message = f"{message}, and {method!r} is there as well"
                hint, reading = "remove one of the two", "it is left out"
            yield operation.error(
                "O306", message, hint, key=True, reading=reading, is_lossy=not is_free
            )


def odd_methods(item: Node) -> Iterator[tuple[Node, str, bool]]:
    """Give operations whose method is not in lower case, that, and whether it is still free."""
    taken = {name for name, _ in item.members() if name in METHODS}
    for name, operation in item.members():
        method = name.lower()
        if name not in METHODS and method in METHODS:
            yield operation, method, method not in taken
            taken.add(method)


def is_status(text: str) -> bool:
    """Whether a key among responses is one that OpenAPI knows, in lower case too."""
    return text == "default" or text.startswith("x-") or bool(_STATUS.fullmatch(text.upper()))


def responses(survey: Survey) -> Iterator[Diagnostic]:
    """Answers are told apart by their status, and there is always at least one."""
    for operation in survey.operations:
        answers = operation.node / "responses"
        empty = "responses" in operation.node and answers.value in ({}, [])
        absent = "responses" not in operation.node and survey.document.version == (3, 0)
        if empty or absent:
            message = f"{operation.method.upper()} {operation.path} names no response"
            hint = "add at least one: without it nothing is known of an answer"
            yield operation.node.warning("O307", message, hint, key=True)
    for answers in survey.all("Responses"):
        for status, response in answers.members():
            if status != "default" and not status.startswith("x-"):
                if not is_status(status):
                    message = f"{status!r} is no status code"
                    hint = "write a code such as '200', a range such as '5XX', or 'default'"
                    reading = "it is ignored"
                    yield response.error("O309", message, hint, key=True, reading=reading)
                elif status != status.upper():
                    hint = f"write {status.upper()!r}"
                    message = f"the range {status!r} is not written in upper case"
                    yield response.warning("O309", message, hint, key=True)
