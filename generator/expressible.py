"""What a package cannot express, told at its place instead of left out in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.document import Node
from generator.json_types import is_object, object_at, text_at
from generator.normalise import Normalised, OperationReading

_JSON = re.compile(
    r"(application/(?:[\w.-]+\+)?json|\*/\*|application/\*)(?:;.*)?\Z", re.IGNORECASE
)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def refusals(normalised: Normalised) -> dict[str, tuple[Diagnostic, ...]]:
    """Tell why operations cannot be generated.

    Returns:
        The reasons for each such operation, by its operationId.
    """
    found = {each.id: tuple(_reasons(each, normalised)) for each in normalised.operations}
    return {operation_id: reasons for operation_id, reasons in found.items() if reasons}


def without_ignored(normalised: Normalised, warnings: Iterable[Diagnostic]) -> Normalised:
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
        for each in normalised.operations
    )
    return replace(normalised, operations=operations)


def _below(node: Node) -> Iterator[Node]:
    yield node
    for _, member in node.members():
        yield from _below(member)


def _reasons(operation: OperationReading, normalised: Normalised) -> Iterator[Diagnostic]:
    yield from _answer(operation)
    yield from _security(operation, normalised)
    yield from _headers(operation)
    style = text_at(operation.pagination or {}, "style")
    if operation.pagination is not None and style != "page":
        node = operation.node / "x-pagination" / "style"
        yield node.error("U905", f"paging by {style!r} is not supported yet", "remove x-pagination")


def _answer(operation: OperationReading) -> Iterator[Diagnostic]:
    """A method gives what a success brings, which must be JSON."""
    success = [each for each in operation.responses if each.status.startswith("2")]
    media_types = [media_type for each in success for media_type, _ in each.content]
    if not any(_JSON.match(each) for each in media_types):
        what = ", ".join(media_types) or "none"
        node = operation.node / "responses"
        message = f"a success must bring JSON; what it brings is: {what}"
        yield node.error("U902", message, _PARTIAL, key=True)


def _security(operation: OperationReading, normalised: Normalised) -> Iterator[Diagnostic]:
    """The client sends a bearer token, and nothing else."""
    schemes = object_at(object_at(normalised.document.root.value, "components"), "securitySchemes")
    if not operation.security or () in operation.security:
        return
    for alternative in operation.security:
        if all(_is_bearer(schemes.get(name)) for name, _ in alternative):
            return
    names = sorted({name for alternative in operation.security for name, _ in alternative})
    message = f"only bearer tokens can be sent yet, not what {', '.join(names)} asks for"
    yield operation.node.error("U903", message, _PARTIAL, key=True)


def _headers(operation: OperationReading) -> Iterator[Diagnostic]:
    """HTTP has no header of such a name."""
    for parameter in operation.parameters:
        if parameter.location == "header" and not _TOKEN.fullmatch(parameter.wire_name):
            message = f"no header can be named {parameter.wire_name!r}"
            yield (parameter.node / "name").error("U904", message, _PARTIAL)


def _is_bearer(scheme: object) -> bool:
    if not is_object(scheme):
        return False
    kind = text_at(scheme, "type")
    is_http = kind == "http" and text_at(scheme, "scheme").lower() == "bearer"
    return is_http or kind in {"oauth2", "openIdConnect"}


_PARTIAL = "leave the operation out with --allow-partial"
