"""What lets programs try things out: the check of a connection, and the mock for their tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.document import Document, Node
from generator.document.json_reader import read_json
from generator.document.json_values import (
    JsonObject,
    array_at,
    is_array,
    is_object,
    object_at,
    text_at,
)
from generator.document.positions import UnreadableError
from generator.normalize import OperationReading
from generator.normalize.schemas.kinds import kinds
from generator.openapi.media_types import JSON, essence, includes_json
from generator.planning.arguments import argument_names
from generator.planning.plan.models import Constant
from generator.planning.plan.operations import Check, Operation, Resource
from generator.planning.responses import successes
from generator.python import names
from generator.python.code import Code, construct, expression
from generator.runtime.mock.examples import MockOperation
from generator.runtime.mock.pages import PagedMockOperation


def check(
    root: JsonObject, resources: Iterable[Resource], readings: Iterable[OperationReading]
) -> Check | None:
    """Plan the check of a connection, if the document names what to try."""
    wanted = text_at(object_at(object_at(root, "info"), "x-client"), "check")
    security = next((each.security for each in readings if each.id == wanted), ())
    schemes = object_at(object_at(root, "components"), "securitySchemes")
    formats = [
        text_at(object_at(schemes, scheme), "bearerFormat")
        for option in security
        for scheme, _ in option
    ]
    for resource in resources:
        for operation in resource.operations:
            if operation.id == wanted:
                paging = operation.pagination
                return Check(
                    operation=operation,
                    resource=resource.name,
                    tried=paging.name if paging is not None else operation.constant,
                    token_format=next(filter(None, formats), ""),
                )
    return None


def served(
    document: Document, resources: Iterable[Resource], readings: Iterable[OperationReading]
) -> tuple[tuple[Constant, ...], tuple[Code, ...]]:
    """Plan the mock: what each operation answers by the document's examples.

    Returns:
        Constants for the examples that operations share, and an expression for each operation.
    """
    by_id = {each.id: each for each in readings}
    pairs = [
        (resource, operation, by_id[operation.id])
        for resource in resources
        for operation in resource.operations
    ]
    lists = {
        reading.path: reading.id
        for _, _, reading in pairs
        if reading.pagination is not None and reading.method == "get"
    }
    shared = _Shared()
    operations = tuple(
        _served(f"{resource.name}.", operation, reading, _answers(document, reading, shared), lists)
        for resource, operation, reading in pairs
    )
    return shared.constants(), operations


def _served(
    module: str,
    operation: Operation,
    reading: OperationReading,
    examples: dict[str, JsonObject | Code],
    lists: dict[str, str],
) -> Code:
    paging = operation.pagination
    prefix, _, last = reading.path.rpartition("/")
    is_one = reading.method == "get" and re.fullmatch(r"\{[^{}]*\}", last) is not None
    python_names = argument_names(reading.parameters, paged=reading.pagination is not None)
    status, media_type = _shown_success(reading)
    kind: type[MockOperation] = MockOperation
    paged: dict[str, Any] = {}
    counted: dict[str, Any] = {}
    if paging is not None:
        kind = PagedMockOperation
        paged = {"pagination": Code(f"{module}{paging.name}")}
        counted = {"count": _count(reading, examples)}
    return construct(
        kind,
        operation=Code(f"{module}{operation.constant}"),
        **paged,
        examples=examples,
        defaults={
            name: parameter.default
            for name, parameter in zip(python_names, reading.parameters, strict=True)
            if parameter.default is not None
        },
        **counted,
        source=lists.get(prefix, "") if is_one else "",
        status=status,
        media_type=media_type,
        read_body=Code("read_body") if reading.body is not None else None,
    )


def _answers(
    document: Document, reading: OperationReading, shared: _Shared
) -> dict[str, JsonObject | Code]:
    """Give an operation's examples by status; those of errors by the names of constants."""
    return {
        status: named if status.startswith("2") else shared.constant(status, named)
        for status, named in _examples(document, reading)
    }


class _Shared:
    """Examples of errors; those that several operations share are written once."""

    def __init__(self) -> None:
        self._names: dict[Code, str] = {}

    def constant(self, status: str, named: JsonObject) -> Code:
        """Give the constant for the examples of a status."""
        written = expression(named)
        if written not in self._names:
            wanted = names.constant_name(f"examples {status}")
            self._names[written] = names.distinct([wanted], list(self._names.values()))[0]
        return Code(self._names[written])

    def constants(self) -> tuple[Constant, ...]:
        """Give the constants that were needed."""
        return tuple(Constant(name, written) for written, name in self._names.items())


def _examples(document: Document, reading: OperationReading) -> Iterator[tuple[str, JsonObject]]:
    """Give the examples of an operation's answers, by status and name."""
    for status, node in (reading.node / "responses").members():
        response = document.resolve(node)
        if status.startswith("x-") or response is None:
            continue
        for media_type, media in (response / "content").members():
            named = dict(_named(document, media))
            if includes_json(essence(media_type) or ""):
                named = {name: _told(document, media, value) for name, value in named.items()}
            is_success = (status.upper(), media_type) == _success_media(reading)
            if named and (includes_json(essence(media_type) or "") or is_success):
                yield (status if status == "default" else status.upper()), named
                break


def _success_media(reading: OperationReading) -> tuple[str, str]:
    """Give the success that a mock answers: JSON if there is any, else the first one."""
    found = [
        (response.status, media_type)
        for response in successes(reading.responses)
        for media_type, _ in (response.content or (("", None),))
    ]
    found.sort(key=lambda each: not includes_json(essence(each[1]) or ""))
    return found[0] if found else ("204", "")


def _shown_success(reading: OperationReading) -> tuple[int, str]:
    status, media_type = _success_media(reading)
    kind = essence(media_type) or ""
    if includes_json(kind) and "*" in kind:
        kind = JSON
    return int(status) if status.isdecimal() else 200, kind


def _named(document: Document, media: Node) -> list[tuple[str, Any]]:
    """Give the examples of a body: its own, else those of its schema."""
    found: list[tuple[str, Any]] = []
    if "example" in media:
        found.append(("example", (media / "example").value))
    for name, each in (media / "examples").members():
        example = document.resolve(each)
        if example is not None and "value" in example:
            found.append((name, (example / "value").value))
    schema = document.resolve(media / "schema") if not found else None
    if schema is not None and is_object(schema.value):
        values = array_at(schema.value, "examples")
        values = [schema.value["example"]] if "example" in schema else values
        found = [(f"example {number}", value) for number, value in enumerate(values, 1)]
    return found


def _told(document: Document, media: Node, value: Any) -> Any:
    """Give what a text says in JSON, where that is no text: many write examples so."""
    schema = document.resolve(media / "schema")
    if not isinstance(value, str) or schema is None or not is_object(schema.value):
        return value
    if not {"object", "array"} & set(kinds(schema.value)):
        return value
    try:
        told, is_suspicious = read_json(value)
    except UnreadableError:
        return value
    return value if is_suspicious else told


def _count(reading: OperationReading, examples: dict[str, JsonObject | Code]) -> str:
    """Give the member of a page that counts its entries, as an example shows."""
    says = object_at(reading.pagination or {}, "response")
    for page in (
        page for named in examples.values() if is_object(named) for page in named.values()
    ):
        items: Any = page
        for step in text_at(says, "items").split("/")[1:]:
            items = items.get(step) if is_object(items) else None
        if is_object(page) and is_array(items):
            for name, value in page.items():
                counts = [each.lower() for each in names.words(name)[-1:]] == ["count"] and type(
                    value
                ) is int
                if counts and value == len(items) and f"/{name}" not in says.values():
                    return name
    return ""
