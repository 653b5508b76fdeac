"""The mock's knowledge of operations: examples, statuses, media types and defaults."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from generator.planning.mock import mock_operations
from generator.planning.plan.models import Constant
from generator.planning.plan.package import Package
from generator.python.code import Code
from tests.support.planning import HEAD, plan_document

OBJECT = "schema: {type: object}"
COMPONENTS = """\
components:
  examples:
    Tom: {value: {name: Tom}}
  responses:
    Missing:
      description: No.
      content: {application/json: {schema: {type: object}, example: {why: gone}}}
  schemas:
    Pet: {type: object, properties: {name: {type: string}}, example: {name: Rex}}
    Pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
"""


def package(folder: Path, *paths: str, version: str = "3.1.0") -> Package:
    written = "".join(f"  {path}\n" for path in paths)
    head = HEAD.replace("3.1.0", version)
    return plan_document(folder, f"paths:\n{written}{COMPONENTS}", head=head)[1]


def mock_arguments(
    folder: Path, responses: str, *, method: str = "get", more: str = "", version: str = "3.1.0"
) -> str:
    """Plan `pets.get` and return the arguments of its MockOperation."""
    operation = f"{{operationId: pets.get, {more}responses: {{{responses}}}}}"
    path = f"/pets: {{{method}: {operation}}}"
    (code,) = package(folder, path, version=version).mock_operations
    return (
        code.removeprefix("Paged")
        .removeprefix("MockOperation(operation=pets.GET")
        .removeprefix(", ")
        .removesuffix(")")
    )


def answer(folder: Path, content: str) -> str:
    """Plan an operation with this content of status 200."""
    return mock_arguments(folder, f"'200': {{description: Fine., content: {{{content}}}}}")


@pytest.mark.parametrize(
    ("media", "examples"),
    [
        (f"{OBJECT}, example: {{a: 1}}", "{'example': {'a': 1}}"),
        (f"{OBJECT}, example: null", "{'example': None}"),
        (
            f"{OBJECT}, examples: {{one: {{value: {{a: 1}}}}, two: {{value: {{a: 2}}}}}}",
            "{'one': {'a': 1}, 'two': {'a': 2}}",
        ),
        (
            f"{OBJECT}, examples: {{tom: {{$ref: '#/components/examples/Tom'}}}}",
            "{'tom': {'name': 'Tom'}}",
        ),
        (
            (
                f"{OBJECT}, examples: {{far: {{externalValue: 'https://a.example.com'}}, "
                "near: {value: {a: 1}}}"
            ),
            "{'near': {'a': 1}}",
        ),
        ("schema: {$ref: '#/components/schemas/Pet'}", "{'example 1': {'name': 'Rex'}}"),
        (
            "schema: {type: object, examples: [{a: 1}, {a: 2}]}",
            "{'example 1': {'a': 1}, 'example 2': {'a': 2}}",
        ),
        (
            "schema: {type: object, example: {a: 0}, examples: [{a: 1}]}",
            "{'example 1': {'a': 0}}",
        ),
        (
            "schema: {$ref: '#/components/schemas/Pet'}, example: {name: Tom}",
            "{'example': {'name': 'Tom'}}",
        ),
    ],
)
def test_examples_come_from_the_media_type_or_its_schema(
    tmp_path: Path, media: str, examples: str
) -> None:
    """Examples in other positions are ignored."""
    assert answer(tmp_path, f"application/json: {{{media}}}") == f"examples={{'200': {examples}}}"


@pytest.mark.parametrize("media", [OBJECT, "", "schema: {type: object, examples: []}"])
def test_media_type_without_examples_has_none(tmp_path: Path, media: str) -> None:
    assert answer(tmp_path, f"application/json: {{{media}}}") == ""


@pytest.mark.parametrize(
    ("schema", "example", "value"),
    [
        ("{type: object}", '{"a": 1}', "{'a': 1}"),
        ("{type: array}", "[1]", "[1]"),
        ("{$ref: '#/components/schemas/Pets'}", "[]", "[]"),
        ("{type: [string, object]}", "{}", "{}"),
        ("{type: string}", '{"a": 1}', "'{\"a\": 1}'"),
        ("{type: object}", "{a: 1}", "'{a: 1}'"),
        ("{type: array}", "[NaN]", "'[NaN]'"),
        ("true", "[1]", "'[1]'"),
    ],
)
def test_json_in_an_example_string_is_parsed(
    tmp_path: Path, schema: str, example: str, value: str
) -> None:
    """If the schema allows the parsed value."""
    code = answer(tmp_path, f"application/json: {{schema: {schema}, example: '{example}'}}")
    assert code == f"examples={{'200': {{'example': {value}}}}}"


def test_deeply_nested_json_in_an_example_string_is_kept_as_a_string(tmp_path: Path) -> None:
    def value(levels: int) -> object:
        text = "[" * levels + "]" * levels
        code = answer(tmp_path, f"application/json: {{schema: {{type: array}}, example: '{text}'}}")
        return ast.literal_eval(code.removeprefix("examples="))["200"]["example"]

    assert isinstance(value(180), list)
    assert value(199) == "[" * 199 + "]" * 199


@pytest.mark.parametrize("text", ['["\\ud800"]', '[{"a": 1, "a": 2}]'])
def test_invalid_json_in_an_example_string_is_kept_as_a_string(tmp_path: Path, text: str) -> None:
    """A lone surrogate, or a repeated member."""
    code = answer(tmp_path, f"application/json: {{schema: {{type: array}}, example: '{text}'}}")
    assert ast.literal_eval(code.removeprefix("examples="))["200"]["example"] == text


def test_example_string_of_another_media_type_is_kept_as_a_string(tmp_path: Path) -> None:
    code = answer(tmp_path, f"application/xml: {{{OBJECT}, example: '[1]'}}")
    assert code == "examples={'200': {'example': '[1]'}}, media_type='application/xml'"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("'200'", "examples={'200': {'example': {'a': 1}}}"),
        ("'201'", "examples={'201': {'example': {'a': 1}}}, status=201"),
        ("2XX", "examples={'2XX': {'example': {'a': 1}}}"),
        ("2xx", "examples={'2XX': {'example': {'a': 1}}}"),
        ("default", "examples={'200': EXAMPLES_DEFAULT, 'default': EXAMPLES_DEFAULT}"),
        ("'404'", "examples={'404': EXAMPLES_404}, status=204, media_type=''"),
        ("5xx", "examples={'5XX': EXAMPLES_5_XX}, status=204, media_type=''"),
    ],
)
def test_examples_are_keyed_by_status(tmp_path: Path, status: str, expected: str) -> None:
    content = f"content: {{application/json: {{{OBJECT}, example: {{a: 1}}}}}}"
    assert mock_arguments(tmp_path, f"{status}: {{description: It., {content}}}") == expected


def test_extension_members_of_responses_are_ignored(tmp_path: Path) -> None:
    content = "content: {application/json: {example: {a: 1}}}"
    responses = f"x-note: {{{content}}}, '200': {{description: A., {content}}}"
    assert mock_arguments(tmp_path, responses) == "examples={'200': {'example': {'a': 1}}}"


@pytest.mark.parametrize("status", ["204", "304"])
def test_status_without_content_has_no_examples(tmp_path: Path, status: str) -> None:
    content = "content: {application/json: {example: {a: 1}}}"
    responses = f"'200': {{description: A., {content}}}, '{status}': {{description: B., {content}}}"
    assert mock_arguments(tmp_path, responses) == "examples={'200': {'example': {'a': 1}}}"


def test_response_may_be_a_reference(tmp_path: Path) -> None:
    responses = "'204': {description: A.}, '404': {$ref: '#/components/responses/Missing'}"
    assert mock_arguments(tmp_path, responses) == (
        "examples={'404': EXAMPLES_404}, status=204, media_type=''"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("text/plain: {example: Tom}", "examples={'200': {'example': 'Tom'}}, {}'text/plain'"),
        ("text/plain: {}, text/csv: {example: Tom}", "{}'text/plain'"),
        (
            "text/plain: {example: Tom}, application/json: {example: [1]}",
            "examples={'200': {'example': [1]}}",
        ),
        ("text/plain: {example: Tom}, application/json: {}", ""),
        (
            "application/json: {}, application/hal+json: {example: [1]}",
            "examples={'200': {'example': [1]}}",
        ),
        (
            "application/hal+json: {example: [1]}, application/json: {example: [2]}",
            "examples={'200': {'example': [1]}}, {}'application/hal+json'",
        ),
        ("application/json; charset=utf-8: {example: [1]}", "examples={'200': {'example': [1]}}"),
        ("'*/*': {example: [1]}", "examples={'200': {'example': [1]}}"),
        ("application/*: {example: [1]}", "examples={'200': {'example': [1]}}"),
        ("image/*: {}", "{}'image/*'"),
        ("image/png: {}", "{}'image/png'"),
    ],
)
def test_json_is_preferred_among_media_types(tmp_path: Path, content: str, expected: str) -> None:
    """Otherwise the first media type is used, with its examples."""
    assert answer(tmp_path, content) == expected.replace("{}'", "media_type='")


def test_json_is_preferred_among_success_statuses(tmp_path: Path) -> None:
    text = "'200': {description: A., content: {text/plain: {example: Tom}}}"
    json = f"'201': {{description: B., content: {{application/json: {{{OBJECT}}}}}}}"
    assert mock_arguments(tmp_path, f"{text}, {json}") == "status=201"
    assert mock_arguments(tmp_path, f"{text}, '204': {{description: C.}}") == (
        "examples={'200': {'example': 'Tom'}}, media_type='text/plain'"
    )


def test_status_range_may_be_lowercase(tmp_path: Path) -> None:
    responses = "2xx: {description: A., content: {text/plain: {example: Tom}}}"
    assert mock_arguments(tmp_path, responses) == (
        "examples={'2XX': {'example': 'Tom'}}, media_type='text/plain'"
    )


def test_errors_without_json_have_no_examples(tmp_path: Path) -> None:
    text = "content: {text/plain: {example: Tom}}"
    responses = f"'200': {{description: A., {text}}}, '404': {{description: B., {text}}}"
    assert mock_arguments(tmp_path, responses) == (
        "examples={'200': {'example': 'Tom'}}, media_type='text/plain'"
    )


def test_equal_examples_of_errors_share_a_constant(tmp_path: Path) -> None:
    def get(name: str, *why: str) -> str:
        errors = (
            f"'{status}': {{description: No., content: "
            f"{{application/json: {{{OBJECT}, example: {{why: {each}}}}}}}}}"
            for status, each in zip(("404", "409"), why, strict=True)
        )
        return (
            f"/{name}: {{get: {{operationId: pets.{name}, "
            f"responses: {{'204': {{description: A.}}, {', '.join(errors)}}}}}}}"
        )

    found = package(tmp_path, get("a", "gone", "taken"), get("b", "gone", "other"))
    assert [(each.name, each.value) for each in found.examples] == [
        ("EXAMPLES_404", "{'example': {'why': 'gone'}}"),
        ("EXAMPLES_409", "{'example': {'why': 'taken'}}"),
        ("EXAMPLES_409_2", "{'example': {'why': 'other'}}"),
    ]
    assert [
        each.partition("examples=")[2].partition(", status")[0] for each in found.mock_operations
    ] == [
        "{'404': EXAMPLES_404, '409': EXAMPLES_409}",
        "{'404': EXAMPLES_404, '409': EXAMPLES_409_2}",
    ]


def test_equal_examples_of_a_large_document_share_a_constant_named_after_the_value(
    tmp_path: Path,
) -> None:
    def get(name: str, status: str, example: str) -> str:
        content = f"{{application/json: {{{OBJECT}, example: {{name: {example}}}}}}}"
        return (
            f"/{name}: {{get: {{operationId: pets.{name}, responses: "
            f"{{'{status}': {{description: A., content: {content}}}}}}}}}"
        )

    paths = (get("a", "200", "Tom"), get("b", "200", "Rex"), get("c", "404", "Tom"))
    written = "".join(f"  {path}\n" for path in paths)
    normalized, planned = plan_document(tmp_path, f"paths:\n{written}")
    constants, operations = mock_operations(
        normalized.document, planned.resources, normalized.operations, is_large=True
    )
    assert constants == (Constant("EXAMPLE_8de57e8a", Code("{'example': {'name': 'Tom'}}")),)
    assert [each.partition("examples=")[2].partition("}")[0] for each in operations] == [
        "{'200': EXAMPLE_8de57e8a",
        "{'200': {'example': {'name': 'Rex'",
        "{'404': EXAMPLE_8de57e8a",
    ]


def test_defaults_of_parameters_have_python_names(tmp_path: Path) -> None:
    parameters = ", ".join(
        f"{{name: {name}, in: query, schema: {{{schema}}}}}"
        for name, schema in (
            ("perPage", "type: integer, default: 20"),
            ("class", "type: string, default: a"),
            ("all", "type: boolean, default: false"),
            ("name", "type: string"),
            ("since", "type: integer, default: 3"),
        )
    )
    expected = mock_arguments(
        tmp_path, "'204': {description: A.}", more=f"parameters: [{parameters}], "
    ).removesuffix(", status=204, media_type=''")
    assert expected == "defaults={'per_page': 20, 'class_': 'a', 'all': False, 'since': 3}"


PAGES = (
    "x-pagination: {style: page, request: {page: {parameter: page}}, "
    "response: {items: %s, total: /total/count}}, "
    "parameters: [{name: page, in: query, schema: {type: integer}}, "
    "{name: since, in: query, schema: {type: integer, default: 3}}], "
    "responses: {'404': {$ref: '#/components/responses/Missing'}, "
    "'200': {description: A., content: {application/json: {schema: {type: object, properties: "
    "{pets: {$ref: '#/components/schemas/Pets'}, total: {type: object}, "
    "in: {type: object, properties: {pets: {$ref: '#/components/schemas/Pets'}}}}}, "
    "examples: {%s}}}}}"
)


def page(folder: Path, *examples: str, items: str = "/pets") -> str:
    """Plan a paginated operation, and return the arguments of its mock except examples."""
    written = ", ".join(f"e{number}: {{value: {each}}}" for number, each in enumerate(examples))
    operation = f"{{operationId: pets.get, {PAGES % (items, written)}}}"
    (code,) = package(folder, f"/pets: {{get: {operation}}}").mock_operations
    return code.partition("defaults={'since_': 3}")[2].removeprefix(", ").removesuffix(")")


def test_paging_operation_is_a_paged_mock_operation(tmp_path: Path) -> None:
    operation = f"{{operationId: pets.get, {PAGES % ('/pets', 'one: {value: {pets: []}}')}}}"
    (code,) = package(tmp_path, f"/pets: {{get: {operation}}}").mock_operations
    assert code == (
        "PagedMockOperation(operation=pets.GET, pagination=pets.GET_PAGES, "
        "examples={'404': EXAMPLES_404, '200': {'one': {'pets': []}}}, defaults={'since_': 3})"
    )


@pytest.mark.parametrize(
    ("examples", "count"),
    [
        (["{pets: [{}, {}], count: 2}"], "count"),
        (["{pets: [], Count: 0}"], "Count"),
        (["{pets: [{}], page: 1, petCount: 1}"], "petCount"),
        (["{pets: [{}]}", "{pets: [{}], count: 1}"], "count"),
        (["{pets: none, count: 1}", "{pets: [{}], count: 1}"], "count"),
        (["[{}]", "{pets: [{}], count: 1}"], "count"),
        (["{pets: [{}], count: 3, n_count: 1}"], "n_count"),
    ],
)
def test_count_member_is_inferred_from_an_example(
    tmp_path: Path, examples: list[str], count: str
) -> None:
    assert page(tmp_path, *examples) == f"count='{count}'"


@pytest.mark.parametrize(
    "example",
    [
        "{pets: [{}], count: 2}",
        "{pets: [{}], count: '1'}",
        "{pets: [{}], count: true}",
        "{pets: [{}], counted: 1}",
        "{pets: [{}], countOfPets: 1}",
        "{pets: [{}], page: 1}",
        "{pets: {a: 1}, count: 1}",
        "{in: {pets: [{}], count: 1}}",
    ],
)
def test_other_members_are_no_count(tmp_path: Path, example: str) -> None:
    assert page(tmp_path, example) == ""


def test_count_may_be_outside_of_the_object_with_the_entries(tmp_path: Path) -> None:
    assert page(tmp_path, "{in: {pets: [{}]}, count: 1}", items="/in/pets") == "count='count'"


SINCE = "{name: since, in: query, schema: {type: integer, default: 3}}"
WINDOW = (
    "window: {unit: epoch-seconds, bounds: inclusive, "
    "from: {parameter: since}, to: {parameter: until}}"
)


@pytest.mark.parametrize(
    ("extension", "parameter", "selects"),
    [
        ("", "", False),
        ("order: {ties: id}", "", True),
        (WINDOW, ", {name: until, in: query, schema: {type: integer}}", True),
        (
            "",
            ", {name: filter, in: query, style: deepObject, schema: {type: object}}",
            True,
        ),
    ],
)
def test_pages_are_selected_and_sorted_if_a_parameter_can_request_it(
    tmp_path: Path, extension: str, parameter: str, *, selects: bool
) -> None:
    operation = (PAGES % ("/pets", "")).replace("/total/count}", f"/total/count}}, {extension}")
    operation = operation.replace(SINCE, f"{SINCE}{parameter}")
    (code,) = package(
        tmp_path, f"/pets: {{get: {{operationId: pets.get, {operation}}}}}"
    ).mock_operations
    assert code.startswith("PagedMockOperation(")
    assert ("select=select_entries" in code) is selects


def test_total_is_no_count_of_a_page(tmp_path: Path) -> None:
    document = PAGES.replace("/total/count", "/count") % (
        "/pets",
        "e: {value: {pets: [], count: 0}}",
    )
    operation = document.replace("total: {type: object}", "count: {type: integer}")
    (code,) = package(
        tmp_path, f"/pets: {{get: {{operationId: pets.get, {operation}}}}}"
    ).mock_operations
    assert "count=" not in code


def one(path: str, method: str = "get") -> str:
    id_ = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]"
    fine = "responses: {'204': {description: A.}}"
    return f"'{path}': {{{method}: {{operationId: pets.act, {id_}, {fine}}}}}"


LISTED = f"{{operationId: pets.list, {PAGES % ('/pets', '')}}}"


def test_operation_for_one_entry_has_the_list_operation_as_its_source(tmp_path: Path) -> None:
    found = package(tmp_path, f"/pets: {{get: {LISTED}}}", one("/pets/{id}"))
    assert found.mock_operations[1] == (
        "MockOperation(operation=pets.ACT, source='pets.list', status=204, media_type='')"
    )


@pytest.mark.parametrize(
    "paths",
    [
        (f"/pets: {{get: {LISTED}}}", one("/pets/{id}", "delete")),
        (f"/pets: {{get: {LISTED}}}", one("/pets/x{id}")),
        (f"/pets: {{get: {LISTED}}}", one("/toys/{id}")),
        (f"/pets: {{post: {LISTED}}}", one("/pets/{id}")),
        (
            "/pets: {get: {operationId: pets.list, responses: {'204': {description: A.}}}}",
            one("/pets/{id}"),
        ),
    ],
)
def test_operation_unrelated_to_a_list_has_no_source(
    tmp_path: Path, paths: tuple[str, ...]
) -> None:
    code = package(tmp_path, *paths).mock_operations[1]
    assert code == "MockOperation(operation=pets.ACT, status=204, media_type='')"


def test_values_and_serialized_values_of_openapi_3_2_are_examples(tmp_path: Path) -> None:
    examples = (
        "examples: {data: {dataValue: {a: 1}, serializedValue: '{ \"a\": 1 }'}, "
        "text: {serializedValue: '{\"a\": 2}'}, none: {externalValue: a.json}}"
    )
    found = answer(tmp_path, f"application/json: {{{OBJECT}, {examples}}}")
    assert "{'data': {'a': 1}, 'text': {'a': 2}}" in found
    text = "{schema: {type: string}, examples: {one: {serializedValue: Rex}}}"
    assert "{'one': 'Rex'}" in answer(tmp_path, f"text/plain: {text}")
    assert "Rex" not in answer(tmp_path, f"application/json: {text}")
    quoted = text.replace("Rex", "'\"Rex\"'")
    assert "{'one': 'Rex'}" in answer(tmp_path, f"application/json: {quoted}")


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        (
            "application/jsonl: {itemSchema: {$ref: '#/components/schemas/Pet'}}",
            (
                "examples={'200': {'example 1': [{'name': 'Rex'}]}}, "
                "media_type='application/jsonl', encode_stream=encode_stream"
            ),
        ),
        (
            "application/jsonl: {itemSchema: {}, examples: {a: {serializedValue: '{}'}}}",
            (
                "examples={'200': {'a': b'{}'}}, "
                "media_type='application/jsonl', encode_stream=encode_stream"
            ),
        ),
        (
            "application/jsonl: {schema: {type: object, examples: [{a: 1}]}}",
            (
                "examples={'200': {'example 1': {'a': 1}}}, "
                "media_type='application/jsonl', encode_stream=encode_stream"
            ),
        ),
        (
            "multipart/mixed: {itemSchema: {type: object}}",
            "media_type='multipart/mixed; boundary=part', encode_stream=encode_parts",
        ),
        (
            (
                "multipart/mixed: {itemSchema: {type: object}, examples: {a: {value: [1]}, "
                'b: {serializedValue: "none"}, c: {serializedValue: "--cut\\r\\n--cut--"}}}'
            ),
            (
                "examples={'200': {'a': [1], 'b': b'none', 'c': b'--cut\\r\\n--cut--'}}, "
                "media_type='multipart/mixed; boundary=cut', encode_stream=encode_parts"
            ),
        ),
    ],
)
def test_items_of_a_stream_are_one_body(tmp_path: Path, media: str, expected: str) -> None:
    responses = f"'200': {{description: A., content: {{{media}}}}}"
    assert mock_arguments(tmp_path, responses, version="3.2.0") == expected


def test_request_body_is_read_in_the_formats_of_the_document(tmp_path: Path) -> None:
    content = "text/plain: {}, application/json: {schema: {type: object}}"
    found = mock_arguments(
        tmp_path,
        "'200': {description: A., content: {application/json: {}}}",
        method="post",
        more=f"requestBody: {{content: {{{content}}}}}, ",
    )
    assert found == "read_body=body_reader(read_json_body, read_text_body)"


def test_media_type_of_the_components_is_read_where_it_is_referenced(tmp_path: Path) -> None:
    folder = tmp_path / "referenced"
    folder.mkdir()
    operation = (
        "{operationId: pets.get, responses: {'200': {content: "
        "{application/json: {$ref: '#/components/mediaTypes/Pet'}}}}}"
    )
    components = (
        "components: {mediaTypes: {Pet: {schema: {type: object, properties: "
        "{name: {type: string}}}, example: {name: Rex}}}}\n"
    )
    text = f"paths: {{/pets: {{get: {operation}}}}}\n{components}"
    found = plan_document(folder, text, head=HEAD.replace("3.1.0", "3.2.0"))[1]
    (code,) = found.mock_operations
    assert "{'example': {'name': 'Rex'}}" in code
