"""Operations and their paths (O3xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from generator.diagnostics import Diagnostic
from generator.outline import METHODS
from generator.rules.survey import Operation, Survey

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
    first: dict[str, Operation] = {}
    for operation in survey.operations:
        if not operation.id:
            message = f"{operation.method.upper()} {operation.path} has no operationId"
            hint = "add one: without it the method's name is made from method and path"
            yield operation.node.warning("O301", message, hint, key=True)
        elif operation.id in first:
            message = f"the operationId {operation.id!r} is already used"
            other = first[operation.id]
            line = other.node.location.line
            hint = f"change it, or that of {other.method.upper()} {other.path} in line {line}"
            yield (operation.node / "operationId").error("O302", message, hint)
        else:
            first[operation.id] = operation


def template_names(path: str) -> list[str]:
    """Give the names of the parameters in a path template."""
    return _TEMPLATE.findall(path)


def path_parameters(operation: Operation) -> Iterator[Diagnostic]:
    """Every name in a path needs a value, and every path parameter a place."""
    wanted = template_names(operation.path)
    declared = {
        each.value["name"]: each
        for each in operation.parameters
        if each.value.get("in") == "path" and isinstance(each.value.get("name"), str)
    }
    for name in dict.fromkeys(wanted):
        if name not in declared:
            near = get_close_matches(name, [each for each in declared if each not in wanted], n=1)
            hint = f"rename the parameter {near[0]!r}" if near else "add it, with 'in: path'"
            message = f"the path has {{{name}}}, but no path parameter {name!r} is declared"
            yield operation.node.error("O303", message, hint, key=True)
    for name, parameter in declared.items():
        if name not in wanted:
            near = get_close_matches(name, [each for each in wanted if each not in declared], n=1)
            hint = f"did you mean {near[0]!r}?" if near else "remove it, or add it to the path"
            message = f"the path {operation.path!r} has no {{{name}}}"
            yield (parameter / "name").error("O304", message, hint)
    for name in dict.fromkeys(wanted):
        if wanted.count(name) > 1:
            message = f"{{{name}}} stands in the path more than once"
            yield operation.path_item.warning("O308", message, "use each name once", key=True)


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
        for name, operation in item.members():
            if name not in METHODS and name.lower() in METHODS:
                message = f"the method {name!r} is not written in lower case"
                yield operation.error("O306", message, f"write {name.lower()!r}", key=True)


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
                if _STATUS.fullmatch(status.upper()) is None:
                    message = f"{status!r} is no status code"
                    hint = "write a code such as '200', a range such as '5XX', or 'default'"
                    yield response.error("O309", message, hint, key=True)
                elif status != status.upper():
                    hint = f"write {status.upper()!r}"
                    message = f"the range {status!r} is not written in upper case"
                    yield response.warning("O309", message, hint, key=True)
