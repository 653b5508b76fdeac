"""Operations of the test mock: their examples, defaults and status codes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..document import Document, Node
from ..document.json_reader import read_json
from ..document.json_values import (
    JsonObject,
    array_at,
    is_array,
    is_object,
    object_at,
    text_at,
)
from ..document.positions import UnreadableError
from ..normalize.multipart import is_sequence
from ..normalize.operations import OperationReading
from ..normalize.request_bodies import BodyReading, Kind
from ..normalize.schemas.kinds import kinds
from ..openapi.examples import example_values
from ..openapi.media_types import JSON, essence, framing, includes_json
from ..openapi.operations import has_content
from ..python import code, names
from ..python.code import Code, construct, expression
from ..runtime.mock.bodies import FormatReader, body_reader, read_json_body
from ..runtime.mock.examples import MockOperation
from ..runtime.mock.form_bodies import read_form_body
from ..runtime.mock.multipart_bodies import read_multipart_body
from ..runtime.mock.pages import PagedMockOperation
from ..runtime.mock.parts import encode_parts
from ..runtime.mock.selection import select_entries
from ..runtime.mock.sequence_bodies import read_items_body, read_parts_body
from ..runtime.mock.streams import encode_stream
from ..runtime.mock.text_bodies import read_binary_body, read_text_body
from .arguments import argument_names
from .plan.models import Constant
from .plan.operations import Operation, Resource
from .responses import successes

_BODY_READERS: Mapping[Kind, FormatReader] = {
    "json": read_json_body,
    "form": read_form_body,
    "multipart": read_multipart_body,
    "text": read_text_body,
    "binary": read_binary_body,
    "items": read_items_body,
    "parts": read_parts_body,
}


_BOUNDARY = "part"


def mock_operations(
    document: Document,
    resources: Iterable[Resource],
    readings: Iterable[OperationReading],
    *,
    is_large: bool,
) -> tuple[tuple[Constant, ...], tuple[Code, ...]]:
    """Return the operations of the mock, with the examples of the document as responses.

    Args:
        document: The document.
        resources: The planned resources.
        readings: Their operations in the document.
        is_large: Whether all equal examples share a constant, not only those of errors.

    Returns:
        Constants for the examples that operations share, and an expression for each operation.
    """
    by_id = {each.id: each for each in readings}
    planned = [
        (resource, operation, reading, dict(_examples(document, reading)))
        for resource in resources
        for operation in resource.operations
        for reading in (by_id[operation.id],)
    ]
    lists = {
        reading.path: reading.id
        for _, _, reading, _ in planned
        if reading.pagination is not None and reading.method == "get"
    }
    constants = _names_of_repeated(planned) if is_large else _names_of_errors(planned)
    operations = tuple(_mock_operation(each, constants, lists) for each in planned)
    return tuple(Constant(name, value) for value, name in constants.items()), operations


_Examples = dict[str, JsonObject]
"""The named examples of an operation, by status code."""

_Planned = tuple[Resource, Operation, OperationReading, _Examples]


def _names_of_errors(planned: Iterable[_Planned]) -> dict[Code, str]:
    """Return the names of constants for the examples of errors, by their values."""
    found: dict[Code, str] = {}
    for *_, examples in planned:
        for status, named in examples.items():
            if not status.startswith("2"):
                found.setdefault(expression(named), names.constant_name(f"examples {status}"))
    return _with_names(found, found.__getitem__)


def _names_of_repeated(planned: Iterable[_Planned]) -> dict[Code, str]:
    """Return the names of constants for examples of several operations, by their values.

    A name is made of the value, so that it stays when the document gains another operation.
    """
    counts = Counter(expression(named) for *_, each in planned for named in each.values())
    repeated = [value for value, count in counts.items() if count > 1]
    return _with_names(repeated, _name_of_value)


def _name_of_value(value: Code) -> str:
    return f"EXAMPLE_{hashlib.sha256(value.encode()).hexdigest()[:8]}"


def _with_names(values: Iterable[Code], wanted: Callable[[Code], str]) -> dict[Code, str]:
    return {value: name for name, value in names.distinct_pairs(values, wanted)}


def _mock_operation(
    planned: _Planned, constants: Mapping[Code, str], lists: dict[str, str]
) -> Code:
    """Return the expression for an operation.

    Args:
        planned: The operation, with its resource, its reading and its examples.
        constants: The names of constants for examples, by their values.
        lists: The ids of paginated operations by path; the mock looks up single entries in them.
    """
    resource, operation, reading, examples = planned
    module, paging = f"{resource.name}.", operation.pagination
    prefix, _, last = reading.path.rpartition("/")
    is_one = reading.method == "get" and re.fullmatch(r"\{[^{}]*\}", last) is not None
    python_names = argument_names(reading.parameters, reading.pagination)
    status, media_type = _success(reading)
    is_multipart = any(
        media_type == essence(part.media_type) for each in reading.responses for part in each.parts
    )
    encode = encode_parts if is_multipart else encode_stream if framing(media_type) else None
    kind: type[MockOperation] = MockOperation
    paged: dict[str, Any] = {}
    counted: dict[str, Any] = {}
    if paging is not None:
        kind = PagedMockOperation
        paged = {"pagination": Code(f"{module}{paging.name}")}
        counted = {"count": _count_member(reading, examples), "select": _selection(reading)}
    values = {each: expression(named) for each, named in examples.items()}
    return construct(
        kind,
        operation=Code(f"{module}{operation.constant}"),
        **paged,
        examples={each: Code(constants.get(value, value)) for each, value in values.items()},
        defaults={
            name: parameter.default
            for name, parameter in zip(python_names, reading.parameters, strict=True)
            if parameter.default is not None
        },
        **counted,
        source=lists.get(prefix, "") if is_one else "",
        status=status,
        media_type=f"{media_type}; boundary={_boundary(examples)}" if is_multipart else media_type,
        encode_stream=code.name(encode.__name__) if encode else None,
        read_body=None if reading.body is None else _body_reader(reading.body),
    )


def _boundary(examples: _Examples) -> str:
    """Return the boundary of the first serialized example of parts, or a usual one."""
    values = (value for named in examples.values() for value in named.values())
    serialized = (value.decode() for value in values if isinstance(value, bytes))
    found = (re.match(r"--([\w'()+,./:=?-]+)\r?\n", each) for each in serialized)
    return next((match[1] for match in found if match is not None), _BOUNDARY)


def _body_reader(body: BodyReading) -> Code:
    """Return the function that decodes a request body: only its formats need run-time modules."""
    readers = ", ".join(_BODY_READERS[each.kind].__name__ for each in body.media)
    return Code(f"{body_reader.__name__}({readers})")


def _selection(reading: OperationReading) -> Code | None:
    """Return the function that selects and sorts entries, if a parameter can ask for it."""
    is_sorted = not {"order", "window"}.isdisjoint(reading.pagination or {})
    is_filtered = any(each.style == "deepObject" for each in reading.parameters)
    return code.name(select_entries.__name__) if is_sorted or is_filtered else None


def _examples(document: Document, reading: OperationReading) -> Iterator[tuple[str, JsonObject]]:
    """Iterate over status codes and the named examples of their responses."""
    success = _success_media(reading)
    for status, node in (reading.node / "responses").members():
        response = document.resolve(node)
        if status.startswith("x-") or response is None or not has_content(status):
            continue
        for media_type, media in (response / "content").members():
            named = dict(named_examples(document, media))
            if includes_json(essence(media_type)):
                named = {name: _parse(document, media, value) for name, value in named.items()}
            is_success = (status.upper(), media_type) == success
            if named and (includes_json(essence(media_type)) or is_success):
                if status == success[0] == "default":  # It describes successes and errors.
                    yield "200", named
                yield (status if status == "default" else status.upper()), named
                break


def _success_media(reading: OperationReading) -> tuple[str, str]:
    """Return the status and media type of the mock's success: JSON if possible, else the first."""
    found = [
        (response.status, media_type)
        for response in successes(reading.responses)
        for media_type, _ in (response.content or (("", None),))
    ]
    found.sort(key=lambda each: not includes_json(essence(each[1])))
    return found[0] if found else ("204", "")


def _success(reading: OperationReading) -> tuple[int, str]:
    """Return the status code and media type of the mock's success, with ranges resolved."""
    status, media_type = _success_media(reading)
    kind = essence(media_type)
    if includes_json(kind) and "*" in kind:
        kind = JSON
    return int(status) if status.isdecimal() else 200, kind


def named_examples(document: Document, media: Node) -> list[tuple[str, Any]]:
    """Return the named examples of a body, or else of its schema."""
    found: list[tuple[str, Any]] = []
    if "example" in media:
        found.append(("example", (media / "example").value))
    kind = essence(str(media.pointer[-1]))
    is_json, is_stream = includes_json(kind), framing(kind) is not None or is_sequence(kind, media)
    for name, each in (media / "examples").members():
        example = document.follow(each)
        values = example_values(example, is_json=is_json, is_stream=is_stream)
        found += [(name, value) for value in values]
    if found:
        return found
    if is_stream and "itemSchema" in media:  # All examples of an item are one body.
        items = _schema_examples(document, media / "itemSchema")
        return [("example 1", items)] if items else []
    values = _schema_examples(document, media / "schema")
    return [(f"example {number}", value) for number, value in enumerate(values, 1)]


def _schema_examples(document: Document, node: Node) -> list[Any]:
    """Return the examples of a schema."""
    schema = document.resolve(node)
    if schema is None or not is_object(schema.value):
        return []
    return [schema.value["example"]] if "example" in schema else array_at(schema.value, "examples")


def _parse(document: Document, media: Node, value: Any) -> Any:
    """Parse an example that is a string of JSON although its schema is an object or an array.

    Many documents write their examples as strings. Other values are returned unchanged.
    """
    schema = document.resolve(media / "schema")
    if not isinstance(value, str) or schema is None or not is_object(schema.value):
        return value
    if not {"object", "array"} & set(kinds(schema.value)):
        return value
    try:
        parsed, is_suspicious = read_json(value)
    except UnreadableError:
        return value
    return value if is_suspicious else parsed


def _count_member(reading: OperationReading, examples: _Examples) -> str:
    """Return the member of a page that counts its entries, by an example; empty if none does."""
    says = object_at(reading.pagination or {}, "response")
    for page in (page for named in examples.values() for page in named.values()):
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
