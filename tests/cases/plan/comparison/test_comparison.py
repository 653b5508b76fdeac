"""Comparison of our reading with those of the two generator libraries."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from datamodel_code_generator import generate as whole
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.schema.untrusted_string import UntrustedString

import generator.normalize
import generator.normalize.operations
from generator import pipeline
from generator.document import Document, Node, load
from generator.document.diagnostics import Diagnostic, DocumentError
from generator.document.json_values import JsonObject
from generator.normalize import Normalized
from generator.normalize.responses import ResponseReading
from generator.normalize.schemas import composition, kinds, reader
from generator.openapi.operations import OperationNode, operations_of, parameters_of
from generator.planning.comparison import disagreements
from generator.planning.libraries import operations, types
from tests.support.document import document
from tests.support.paths import ROOT, SPEC
from tests.support.planning import HEAD, reading
from tests.support.rich_document import rich_document

DOCUMENT = f"""{HEAD}\
security: []
paths:
  /pets/{{id}}/{{part}}:
    parameters:
      - {{name: part, in: path, required: true, schema: {{type: string}}}}
      - {{name: id, in: path, required: true, schema: {{type: string}}}}
    get:
      operationId: pets.get
      parameters:
        - {{name: size, in: query, required: true, schema: {{type: integer}}}}
        - {{name: kinds, in: query, schema: {{type: array, items: {{enum: [cat, dog]}}}}}}
      requestBody: {{content: {{application/json: {{schema: {{type: boolean}}}}}}}}
      responses:
        '200':
          description: Fine.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}
  /pets:
    get:
      operationId: pets.list
      responses: {{'204': {{description: Fine.}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {{type: string}}
        age: {{type: integer}}
        born: {{type: string, format: date-time}}
        owner: {{type: object, properties: {{name: {{type: string}}}}}}
        tags: {{type: array, items: {{type: string}}}}
        weights: {{type: object, additionalProperties: {{type: number}}}}
        color: {{type: string, enum: [red, blue, green]}}
"""
OPERATIONS, TYPES = "openapi-python-client", "datamodel-code-generator"
GET, LIST = 10, 21
"""The lines of the operations."""
PET = 26
"""The line of the schema."""


def plan_problems(folder: Path, text: str = DOCUMENT, *, strict: bool = False) -> list[Diagnostic]:
    """Plan a package of the document, and return its problems."""
    spec = folder / "openapi.yaml"
    spec.write_text(text, "utf-8")
    try:
        return [*pipeline.plan_package(spec, "pets", strict=strict)[2]]
    except DocumentError as error:
        return [*error.diagnostics]


def locations_of(problems: list[Diagnostic]) -> list[tuple[int, int, str, str]]:
    """Return place, code and message of problems."""
    return [
        (each.location.line, each.location.column, each.code, each.message) for each in problems
    ]


def without_size(document: Document, operation: OperationNode) -> list[Node]:
    """Read parameters, and lose one."""
    return [each for each in parameters_of(document, operation) if each.value["name"] != "size"]


def one_operation(document: Document) -> list[OperationNode]:
    """Read operations, and lose one."""
    return [*operations_of(document)][:1]


def no_body(*_: object) -> None:
    """Read no body."""


def other_statuses(*_: object) -> list[ResponseReading]:
    """Read other responses."""
    return [ResponseReading("404", (), "", inferred=False)]


@pytest.mark.parametrize(
    ("name", "misread", "expected"),
    [
        (
            "parameters_of",
            without_size,
            [(GET + 3, 11, "the query parameter 'size' is", "absent", "required")],
        ),
        ("operations_of", one_operation, [(LIST, 5, "the operation is", "absent", "present")]),
        ("request_body", no_body, [(GET, 5, "the request body is", "absent", "present")]),
        (
            "responses",
            other_statuses,
            [
                (GET, 5, "the status codes of the responses are", "404", "200"),
                (LIST, 5, "the status codes of the responses are", "404", "204"),
            ],
        ),
    ],
)
def test_an_operation_that_we_misread_is_a_located_warning(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    misread: Callable[..., Any],
    expected: list[tuple[int, int, str, str, str]],
) -> None:
    is_in_operations = name != "operations_of"
    module = generator.normalize.operations if is_in_operations else generator.normalize
    monkeypatch.setattr(module, name, misread)
    assert locations_of(plan_problems(tmp_path)) == [
        (
            line,
            column,
            "U908",
            f"{subject} read differently: {ours} by this generator, {other} by {OPERATIONS}",
        )
        for line, column, subject, ours, other in expected
    ]
    strict = plan_problems(tmp_path, strict=True)
    assert [(each.code, each.is_error) for each in strict] == [("U908", True)] * len(expected)


def integers_as_strings(value: JsonObject) -> list[str]:
    """Read each integer as a string."""
    return ["string" if each == "integer" else each for each in kinds.kinds(value)]


def lists_as_maps(value: JsonObject) -> list[str]:
    """Read each list as a map."""
    return ["object" if each == "array" else each for each in kinds.kinds(value)]


def fewer_values(value: JsonObject, kind: str) -> tuple[Any, ...]:
    """Read enums, and lose a value."""
    known = kinds.known_values(value, kind)
    return known if len(known) < 3 else known[:-1]


@pytest.mark.parametrize(
    ("name", "misread", "expected"),
    [
        (
            "kinds",
            integers_as_strings,
            [(GET + 3, 59, "str", "int"), (PET + 4, 14, "str", "int")],
        ),
        (
            "kinds",
            lists_as_maps,
            [
                (GET + 4, 44, "dict[str, Any]", "list[Literal['cat', 'dog']]"),
                (PET + 7, 15, "dict[str, Any]", "list[str]"),
            ],
        ),
        (
            "known_values",
            fewer_values,
            [(PET + 9, 16, "Literal['red', 'blue']", "Literal['red', 'blue', 'green']")],
        ),
        (
            "FORMATS",
            frozenset[str](),
            [(PET + 5, 15, "str", "datetime")],
        ),
    ],
)
def test_a_type_that_we_misread_is_a_located_warning(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    misread: object,
    expected: list[tuple[int, int, str, str]],
) -> None:
    monkeypatch.setattr(reader, name, misread)
    assert locations_of(plan_problems(tmp_path)) == [
        (
            line,
            column,
            "U909",
            f"the type is read differently: {ours} by this generator, {other} by {TYPES}",
        )
        for line, column, ours, other in expected
    ]
    strict = plan_problems(tmp_path, strict=True)
    assert [(each.code, each.is_error) for each in strict] == [("U909", True)] * len(expected)


def lose(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Make readers lose a property."""
    every = Node.members

    def members(node: Node) -> Any:
        is_lossy = node.pointer[-1:] == ("properties",)
        yield from (each for each in every(node) if not (is_lossy and each[0] == name))

    monkeypatch.setattr(Node, "members", members)


def read_with(monkeypatch: pytest.MonkeyPatch, change: Callable[[list[Any]], object]) -> None:
    """Change the operations of each collection as the library reads them."""
    read = GeneratorData.from_dict

    def misread(*arguments: Any, **options: Any) -> Any:
        data: Any = read(*arguments, **options)
        for collection in data.endpoint_collections_by_tag.values():
            change(collection.endpoints)
        return data

    monkeypatch.setattr("openapi_python_client.parser.GeneratorData.from_dict", misread)


def with_tags(schema: str) -> str:
    """Return the document with another schema of the tags."""
    return DOCUMENT.replace("tags: {type: array, items: {type: string}}", f"tags: {schema}")


def test_misread_items_of_a_tuple_are_a_located_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "kinds", integers_as_strings)
    text = with_tags("{type: array, prefixItems: [{type: integer}], items: false}")
    found = [
        each.message for each in plan_problems(tmp_path, text) if each.location.line == PET + 7
    ]
    assert found == [
        f"the type is read differently: list[str] by this generator, list[int] by {TYPES}"
    ]


def test_keywords_that_we_lose_beside_alternatives_are_a_located_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(_: Node, option: Node) -> Node:
        return option

    monkeypatch.setattr(composition, "_with_own_keywords", lossy)
    text = with_tags("{type: integer, anyOf: [{minimum: 1}, {maximum: 9}]}")
    assert [(each.location.line, each.code) for each in plan_problems(tmp_path, text)] == [
        (PET + 7, "U909")
    ]


def test_a_property_that_we_lose_is_a_located_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_text(DOCUMENT, "utf-8")
    normalized = pipeline.plan_package(document, "pets", strict=False)[0]
    lose(monkeypatch, "age")
    lossy = generator.normalize.normalize(normalized.document)
    monkeypatch.undo()

    def normalize(_: Document) -> Normalized:
        return lossy

    monkeypatch.setattr(generator.normalize, "normalize", normalize)
    message = "the property 'age' is read differently: absent by this generator, present by "
    assert locations_of(plan_problems(tmp_path)) == [(PET + 4, 14, "U909", message + TYPES)]


def test_a_document_that_both_read_alike_has_no_warning(tmp_path: Path) -> None:
    assert plan_problems(tmp_path, strict=True) == []


def test_union_that_contains_itself_is_read_alike(tmp_path: Path) -> None:
    loop = (
        "{anyOf: [{allOf: [{$ref: '#/components/schemas/Loop'}]}, {type: string}, {type: boolean}]}"
    )
    owned = DOCUMENT.replace(
        "name: {", "loop: {$ref: '#/components/schemas/Loop'}\n        name: {", 1
    )
    assert plan_problems(tmp_path, f"{owned}    Loop: {loop}\n") == []


def test_class_that_inherits_an_empty_one_in_two_ways_is_read_alike(tmp_path: Path) -> None:
    part = "{allOf: [{$ref: '#/components/schemas/Base'}, {properties: {%s: {type: integer}}}]}"
    both = "{allOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]}"
    schemas = f"    Base: {{type: object}}\n    Left: {part % 'a'}\n    Right: {part % 'b'}\n"
    assert plan_problems(tmp_path, f"{DOCUMENT}{schemas}    Both: {both}\n") == []


def test_our_own_document_is_read_alike() -> None:
    spec = ROOT / "spec" / "openapi.yaml"
    assert pipeline.plan_package(spec, "losant_audit_log", strict=True)[2] == ()


def test_a_document_of_nearly_everything_is_read_alike(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.json"
    spec.write_text(json.dumps(rich_document()), "utf-8")
    assert differing(spec) == []


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "tests" / "cases").rglob("*.yaml")),
    ids=lambda path: str(path.relative_to(ROOT / "tests" / "cases")),
)
def test_every_document_of_the_tests_is_read_alike(path: Path) -> None:
    assert differing(path) == []


def differing(spec: Path) -> list[Diagnostic]:
    """Return where a document is read differently; nothing if it cannot be read at all."""
    try:
        warnings = pipeline.plan_package(spec, "pets", strict=False, partial=True)[2]
    except DocumentError as error:
        warnings = error.diagnostics
    return [each for each in warnings if each.code in {"U908", "U909"}]


def test_parameters_are_in_the_order_of_the_path(tmp_path: Path) -> None:
    operation = (
        "{operationId: pets.get, parameters: [{name: size, in: query, schema: {type: integer}}], "
        "responses: {'200': {description: Fine.}}}"
    )
    read = reading(tmp_path, operation)
    assert [each.wire_name for each in read.parameters] == ["id", "part", "size"]
    library = operations.read_operations(load(tmp_path / "openapi.yaml"))
    (only,) = library.operations.values()
    assert only.in_path == ["id", "part"]


def fails(*_: object, **__: object) -> Any:
    raise ValueError("cannot be read")


def test_a_failure_of_the_reader_of_operations_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openapi_python_client.parser.GeneratorData.from_dict", fails)
    (problem,) = plan_problems(tmp_path)
    assert (problem.location.line, problem.code, problem.is_error) == (5, "U908", False)
    assert (
        "openapi-python-client cannot read the document: ValueError: cannot be" in problem.message
    )


def test_a_document_that_the_reader_of_operations_rejects_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rejects(*_: object, **__: object) -> GeneratorError:
        return GeneratorError(header="Rejected", detail="for a reason")

    monkeypatch.setattr("openapi_python_client.parser.GeneratorData.from_dict", rejects)
    (problem,) = plan_problems(tmp_path)
    message = "openapi-python-client cannot read the document: Rejected: for a reason"
    assert (problem.location.line, problem.code) == (5, "U908")
    assert problem.message.startswith(message)


def test_a_failure_of_the_reader_of_types_is_a_warning_at_its_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def generate(document: JsonObject, **options: Any) -> Any:
        if "boolean" in json.dumps(document):
            raise ValueError("no booleans")
        return whole(document, **options)

    monkeypatch.setattr(types, "generate", generate)
    message = "datamodel-code-generator cannot read this schema: ValueError: no booleans"
    assert locations_of(plan_problems(tmp_path)) == [(GET + 5, 58, "U909", message)]


@pytest.mark.parametrize("written", ["tuple[int]", "Optional[int]", "int | 3", "list[int, int]"])
def test_a_type_of_another_form_than_those_known_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    def generate(*_: Any, **__: Any) -> str:
        return f"class Inline(TypedDict):\n    f0x: {written}\n"

    monkeypatch.setattr(types, "generate", generate)
    messages = {each.message for each in plan_problems(tmp_path)}
    assert all("ValueError: unexpected annotation: " in message for message in messages)


def test_several_modules_are_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def generate(*_: Any, **__: Any) -> dict[tuple[str, ...], str]:
        return {("a.py",): "", ("b.py",): ""}

    monkeypatch.setattr(types, "generate", generate)
    messages = {each.message for each in plan_problems(tmp_path)}
    wording = "TypeError: one module was expected, not dict"
    assert messages == {f"datamodel-code-generator cannot read this schema: {wording}"}


def test_nullable_without_a_type_allows_any_value(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
        "    Pet: {type: object, properties: {owner: {nullable: true}, none: {enum: [null]}}}\n",
        "utf-8",
    )
    _, package, warnings = pipeline.plan_package(spec, "pets", strict=False)
    fields = {each.name: each.annotation for each in package.models[0].fields}
    assert fields == {"owner": "Any", "none": "None"}
    assert [each for each in warnings if each.code in {"U908", "U909"}] == []


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_alternatives_that_are_all_null_are_no_disagreement(tmp_path: Path, keyword: str) -> None:
    spec = tmp_path / "openapi.yaml"
    nothing = "{type: 'null'}"
    spec.write_text(
        "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
        f"    Pet: {{type: object, properties: {{a: {{{keyword}: [{nothing}, {nothing}]}}}}}}\n",
        "utf-8",
    )
    _, package, warnings = pipeline.plan_package(spec, "pets", strict=False)
    assert [each.annotation for each in package.models[0].fields] == ["None"]
    assert [each for each in warnings if each.code == "U909"] == []


@pytest.mark.parametrize(
    ("name", "value", "wording"),
    [
        ("method", "delete", "the method is read differently: get by this generator, delete by"),
        ("path", UntrustedString("/nowhere"), "by this generator, /nowhere by"),
    ],
)
def test_another_method_or_path_of_the_library_is_a_located_warning(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object, wording: str
) -> None:
    def change(endpoints: list[Any]) -> None:
        for endpoint in endpoints:
            setattr(endpoint, name, value)

    read_with(monkeypatch, change)
    found = [
        each
        for each in disagreements(generator.normalize.normalize(load(SPEC)))
        if wording in each.message
    ]
    assert len(found) == len(document()["paths"])
    assert {each.code for each in found} == {"U908"}
    assert all(each.location.line > 1 for each in found)


def test_order_of_path_parameters_that_the_library_reads_otherwise_is_a_located_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reverse(endpoints: list[Any]) -> None:
        for each in endpoints:
            each.path_parameters = [*reversed(each.path_parameters)]

    read_with(monkeypatch, reverse)
    readings = "id, part by this generator, part, id by openapi-python-client"
    message = f"the order of the path parameters is read differently: {readings}"
    assert locations_of(plan_problems(tmp_path)) == [(GET, 5, "U908", message)]


def test_operation_that_the_library_cannot_read_is_a_located_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_with(monkeypatch, lambda endpoints: endpoints.pop(0))
    message = "openapi-python-client cannot read this operation: "
    assert locations_of(plan_problems(tmp_path)) == [(GET, 5, "U908", message)]


def test_operation_that_the_library_misses_is_a_located_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "_METHODS", ())
    readings = "present by this generator, absent by openapi-python-client"
    message = f"the operation is read differently: {readings}"
    assert locations_of(plan_problems(tmp_path)) == [
        (GET, 5, "U908", message),
        (LIST, 5, "U908", message),
    ]


def test_property_that_the_library_loses_is_a_located_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_text(DOCUMENT, "utf-8")
    normalized = pipeline.plan_package(document, "pets", strict=False)[0]
    lose(monkeypatch, "age")
    message = "the property 'age' is read differently: present by this generator, absent by "
    assert locations_of([*disagreements(normalized)]) == [(PET + 4, 14, "U909", message + TYPES)]
