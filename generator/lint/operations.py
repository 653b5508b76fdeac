"""Operations and their paths (O3xx)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from difflib import get_close_matches

from ..document import Node, UnresolvedReferenceError
from ..document.diagnostics import Diagnostic
from ..document.json_values import Pointer, is_object
from ..openapi.operations import METHODS, TEMPLATE_EXPRESSION, has_content, sent_method
from ..openapi.parameters import is_token
from ..openapi.survey import Operation, Survey

_BODILESS = ("trace", "get", "head", "delete")  # The first one in any version of OpenAPI.
_STATUS = re.compile(r"[1-5](\d\d|XX)")


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    yield from operation_ids(survey)
    yield from same_paths(survey)
    yield from methods(survey)
    yield from additional_methods(survey)
    yield from tag_parents(survey)
    declared = [(each / "name").value for each in (survey.document.root / "tags").items()]
    known = {name for name in declared if isinstance(name, str)}
    for operation in survey.operations:
        yield from path_parameters(operation)
        yield from request_body(survey, operation)
        yield from tags(operation, known)
    yield from responses(survey)
    yield from links(survey)
    yield from incoming_requests(survey)


def operation_ids(survey: Survey) -> Iterator[Diagnostic]:
    """The operationId names the client's method; without one, HTTP method and path do."""
    for operation in survey.operations:
        if not operation.id:
            message = f"{sent_method(operation.method)} {operation.path} has no operationId"
            hint = "add one; without it the name is derived from the HTTP method and the path"
            yield operation.node.warning("O301", message, hint, key=True)
    for operation, other in duplicate_operation_ids(survey):
        message = f"duplicate operationId {operation.id!r}"
        line = other.node.location.line
        hint = f"change it, or that of {sent_method(other.method)} {other.path} in line {line}"
        node = operation.node / "operationId"
        yield node.error("O302", message, hint, reading=UNNAMED)
    yield from incoming_ids(survey)


def incoming_ids(survey: Survey) -> Iterator[Diagnostic]:
    """The operationIds of webhooks and callbacks are unique among those of all operations."""
    first = {each.id: each.node.location for each in reversed(survey.operations)}
    for node in incoming_operations(survey):
        id_ = node / "operationId"
        earlier = first.setdefault(str(id_.value), node.location)
        if isinstance(id_.value, str) and earlier != node.location:
            message = f"duplicate operationId {id_.value!r}"
            hint = f"change it, or that in {earlier.file}:{earlier.line}"
            yield id_.error("O302", message, hint, reading="it names no method")


def incoming_operations(survey: Survey) -> Iterator[Node]:
    """Iterate over the operations that are not below a path: those of webhooks and callbacks."""
    known = {each.node for each in survey.operations}
    yield from (each for each in survey.all("Operation") if each not in known)


UNNAMED = "the name is derived from the HTTP method and the path"


def duplicate_operation_ids(survey: Survey) -> Iterator[tuple[Operation, Operation]]:
    """Iterate over operations with the operationId of an earlier one, and that one."""
    first: dict[str, Operation] = {}
    for operation in survey.operations:
        if operation.id and first.setdefault(operation.id, operation) is not operation:
            yield operation, first[operation.id]


def template_names(path: str) -> list[str]:
    """Return the names of the parameters in a path template."""
    return TEMPLATE_EXPRESSION.findall(path)


def path_parameters(operation: Operation) -> Iterator[Diagnostic]:
    """Each parameter in a path template is declared, and each declared path parameter is in it."""
    wanted = template_names(operation.path)
    declared = _path_parameters(operation)
    for name in dict.fromkeys(wanted):
        if name not in declared:
            near = get_close_matches(name, [each for each in declared if each not in wanted], n=1)
            hint = f"rename the parameter {near[0]!r}" if near else "declare it with 'in: path'"
            message = f"undeclared path parameter {name!r}"
            reading = f"{near[0]!r} is used for it" if near else "it is any string"
            yield operation.node.error("O303", message, hint, key=True, reading=reading)
    for name, parameter in declared.items():
        if name not in wanted:
            near = get_close_matches(name, [each for each in wanted if each not in declared], n=1)
            message = f"path parameter {name!r} is not in the path {operation.path!r}"
            hint = f"add {{{name}}} to the path, or {_removal(operation, parameter)}"
            hint = f"did you mean {near[0]!r}?" if near else hint
            reading = f"it is used for {near[0]!r}" if near else "it is omitted"
            yield (parameter / "name").error("O304", message, hint, reading=reading)
    for name in dict.fromkeys(wanted):
        if wanted.count(name) > 1:
            message = f"duplicate parameter {{{name}}} in the path"
            hint = "use each name once in a path"
            yield operation.path_items[-1].warning("O308", message, hint, key=True)


def _removal(operation: Operation, parameter: Node) -> str:
    """Return how to remove a parameter from one operation only: others may share it."""
    inside = parameter.pointer[: len(operation.node.pointer)]
    if inside == operation.node.pointer:
        return "remove the parameter"
    items = [each.pointer for each in operation.path_items]
    if any(parameter.pointer[: len(each)] == each for each in items):
        return "move it to the operations of this path that have it"
    return "remove the reference to it from this operation or path; others may use the parameter"


def unmatched_path_parameters(operation: Operation) -> tuple[list[str], list[Node]]:
    """Return the undeclared names in a path, and the path parameters that are not in it."""
    wanted, declared = template_names(operation.path), _path_parameters(operation)
    missing = [name for name in dict.fromkeys(wanted) if name not in declared]
    return missing, [node for name, node in declared.items() if name not in wanted]


def _path_parameters(operation: Operation) -> dict[str, Node]:
    return {
        each.value["name"]: each
        for each in operation.parameters
        if each.value.get("in") == "path" and isinstance(each.value.get("name"), str)
    }


def same_paths(survey: Survey) -> Iterator[Diagnostic]:
    """Paths that differ only in parameter names are the same path to a server."""
    first: dict[str, str] = {}
    for path, item in (survey.document.root / "paths").members():
        other = first.setdefault(TEMPLATE_EXPRESSION.sub("{}", path), path)
        if other != path and not path.startswith("x-"):
            message = f"paths {path!r} and {other!r} differ only in parameter names"
            hint, reading = "merge them into one path item", "all their operations are generated"
            yield item.error("O305", message, hint, key=True, reading=reading)


def methods(survey: Survey) -> Iterator[Diagnostic]:
    """An HTTP method that is not in lowercase would be ignored, and its operation with it."""
    for item in survey.all("PathItem"):
        for operation, method, is_free in non_lowercase_methods(item):
            message = f"the method {operation.pointer[-1]!r} must be lowercase"
            hint, reading = f"write {method!r}", f"it is read as {method!r}"
            if not is_free:
                message = f"{message}, and the path item has {method!r} as well"
                hint, reading = "remove one of the two", "it is omitted"
            yield operation.error(
                "O306", message, hint, key=True, reading=reading, is_lossy=not is_free
            )


def additional_methods(survey: Survey) -> Iterator[Diagnostic]:
    """The method of an additional operation is a token of HTTP that is no field of path items."""
    for item in survey.all("PathItem"):
        for name, operation in (item / "additionalOperations").members():
            method = name.lower()
            if method in METHODS:
                is_free = method not in item
                message = f"the method {name!r} of an additional operation is a field of path items"
                hint, reading = f"write the field {method!r}", f"it is read as {method!r}"
                if not is_free:
                    message = f"{message}, and the path item has {method!r} as well"
                    hint, reading = "remove one of the two", "it is omitted"
                yield operation.error(
                    "O316", message, hint, key=True, reading=reading, is_lossy=not is_free
                )
            elif not is_token(name):
                message = f"the method {name!r} of an additional operation is no token of HTTP"
                hint = "write a method such as 'COPY'"
                reading = "it is omitted"
                yield operation.error(
                    "O316", message, hint, key=True, reading=reading, is_lossy=True
                )


def non_lowercase_methods(item: Node) -> Iterator[tuple[Node, str, bool]]:
    """Iterate over operations whose method is not lowercase, the method, and whether it is free."""
    taken = {name for name, _ in item.members() if name in METHODS}
    for name, operation in item.members():
        method = name.lower()
        if name not in METHODS and method in METHODS:
            yield operation, method, method not in taken
            taken.add(method)


def request_body(survey: Survey, operation: Operation) -> Iterator[Diagnostic]:
    """OpenAPI 3.0 ignores request bodies of methods for which HTTP defines none."""
    method, is_old = operation.method, survey.document.version == (3, 0)
    if "requestBody" in operation.node and method in (_BODILESS if is_old else _BODILESS[:1]):
        message = (
            f"{method.upper()} {operation.path} has a request body, which HTTP does not define"
        )
        hint = "use another method, or describe the values by parameters"
        reading = "it is sent as documented"
        body = operation.node / "requestBody"
        yield body.error("O311", message, hint, key=True, reading=reading)


def tags(operation: Operation, known: set[str]) -> Iterator[Diagnostic]:
    """In a document that declares tags, an undeclared one is mostly misspelled."""
    for tag in (operation.node / "tags").items():
        if known and isinstance(tag.value, str) and tag.value not in known:
            near = get_close_matches(tag.value, sorted(known), n=1)
            hint = f"did you mean {near[0]!r}?" if near else "declare it in 'tags' of the document"
            yield tag.warning("O313", f"undeclared tag {tag.value!r}", hint)


def tag_parents(survey: Survey) -> Iterator[Diagnostic]:
    """A tag is below another declared tag, without a circle of parents."""
    tags_ = [*(survey.document.root / "tags").items()]
    parents = {str((each / "name").value): each / "parent" for each in tags_ if "parent" in each}
    declared = {str((each / "name").value) for each in tags_}
    for name, parent in parents.items():
        above = str(parent.value)
        if above not in declared:
            near = get_close_matches(above, sorted(declared), n=1)
            hint = f"did you mean {near[0]!r}?" if near else "declare it in 'tags' of the document"
            message = f"undeclared parent {above!r} of the tag {name!r}"
            yield parent.error("O317", message, hint, reading="it is ignored")
            continue
        seen: set[str] = set()
        while above in parents and above not in seen:
            seen.add(above)
            above = str(parents[above].value)
        if name in seen:
            message = f"the tag {name!r} is below itself"
            hint, reading = "remove one of the parents", "it has no parent"
            yield parent.error("O317", message, hint, reading=reading)


def links(survey: Survey) -> Iterator[Diagnostic]:
    """A link names an operation of the document, or has a reference to one."""
    ids = {operation.id for operation in survey.operations}
    pointers = {operation.node.pointer for operation in survey.operations}
    for link in survey.all("Link"):
        name, reference = (link / "operationId").value, (link / "operationRef").value
        if name is None and reference is None:
            node, message = link, "a link without 'operationId' and 'operationRef'"
        elif isinstance(name, str) and name not in ids:
            node, message = link / "operationId", f"unknown operationId {name!r} in a link"
        elif isinstance(reference, str) and _is_elsewhere(survey, link, reference, pointers):
            node, message = (
                link / "operationRef",
                f"{reference!r} in a link is not an operation of the document",
            )
        else:
            continue
        near = get_close_matches(str(name), sorted(ids), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "write the operationId of an operation"
        yield node.error("O312", message, hint, reading="links are not read")


def _is_elsewhere(
    survey: Survey, link: Node, reference: str, operations: Container[Pointer]
) -> bool:
    """Whether a reference within the document does not lead to an operation."""
    if not reference.startswith("#/"):
        return False
    try:
        return survey.document.target(reference, link.source).pointer not in operations
    except UnresolvedReferenceError:
        return True


def incoming_requests(survey: Survey) -> Iterator[Diagnostic]:
    """The API sends the requests of webhooks and callbacks; clients can only decode them."""
    holders = [survey.document.root / "webhooks"]
    holders += [each / "callbacks" for each in survey.all("Operation")]
    for holder in holders:
        if holder.value and is_object(holder.value):
            name = holder.pointer[-1]
            hint = "nothing is missing if the models of their bodies are all that is needed"
            message = f"{name!r} are generated as models only, because the API sends these requests"
            yield holder.warning("O315", message, hint, key=True)


def is_status(text: str) -> bool:
    """Whether a key of `responses` is a status code, a range in any case, `default` or `x-`."""
    return text == "default" or text.startswith("x-") or bool(_STATUS.fullmatch(text.upper()))


def responses(survey: Survey) -> Iterator[Diagnostic]:
    """An operation has at least one response, each with a status code, a range or `default`."""
    named = {each.node: f"{sent_method(each.method)} {each.path}" for each in survey.operations}
    for node in (*named, *incoming_operations(survey)):
        empty = "responses" in node and (node / "responses").value in ({}, [])
        absent = "responses" not in node and survey.document.version == (3, 0)
        if empty or absent:
            message = f"{named.get(node, 'the operation')} has no responses"
            hint = "add at least one; without it the type of the response is unknown"
            reading = "any response is accepted, and its content is not read"
            yield node.error("O307", message, hint, key=True, reading=reading)
    for declared in survey.all("Responses"):
        for status, response in declared.members():
            if status != "default" and not status.startswith("x-"):
                if not is_status(status):
                    message = f"invalid status code {status!r}"
                    hint = "write a code such as '200', a range such as '5XX', or 'default'"
                    reading = "it is ignored"
                    yield response.error("O309", message, hint, key=True, reading=reading)
                elif status != status.upper():
                    hint = f"write {status.upper()!r}"
                    message = f"the status code range {status!r} must be uppercase"
                    yield response.warning("O309", message, hint, key=True)
            yield from without_content(survey, status, response)


def without_content(survey: Survey, status: str, response: Node) -> Iterator[Diagnostic]:
    """Responses of some status codes have no content (RFC 9110), so it is not read."""
    target = survey.follow(response)
    if target is not None and (target / "content").value and not has_content(status):
        message = f"the response {status!r} has 'content', but HTTP allows none; it is ignored"
        yield response.warning("O310", message, "remove 'content'", key=True)
