"""Arguments of a method, each with its run-time Parameter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.planning.plan.operations import Resource
from tests.support.planning import plan_document

Plan = Callable[..., Resource]
TEXT = "schema: {type: string}"
LIST = "schema: {type: array, items: {type: string}}"
PET = "{$ref: '#/components/schemas/Pet'}"
FINE = "responses: {'200': {description: Fine.}}"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Plans the resource of an operation with some parameters."""

    def make(
        *parameters: str, path: str = "/pets", more: str = "", method: str = "get"
    ) -> Resource:
        document = f"""\
paths:
  {path}:
    {method}:
      operationId: pets.act
      parameters: [{", ".join(f"{{{each}}}" for each in parameters)}]
      {more or FINE}
components:
  schemas:
    Color: {{type: string, enum: [red, green]}}
    Seconds: {{type: integer, minimum: 0, exclusiveMaximum: 9}}
    Pet:
      type: object
      properties: {{name: {{type: string}}, at: {{type: string, format: date-time}}}}
    Name: {TEXT.removeprefix("schema: ")}
    Pets: {{type: array, items: {{$ref: '#/components/schemas/Pet'}}}}
    Tree: {{type: array, items: {{$ref: '#/components/schemas/Tree'}}}}
    Maybe: {{anyOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: 'null'}}]}}
    Loop: {{anyOf: [{{$ref: '#/components/schemas/Copy'}}, {{$ref: '#/components/schemas/Pets'}}]}}
    Copy: {{allOf: [{{$ref: '#/components/schemas/Loop'}}]}}
"""
        _, package = plan_document(tmp_path, document)
        (resource,) = package.resources
        return resource

    return make


def constants(resource: Resource) -> dict[str, str]:
    return {each.name: each.value for each in resource.parameters}


def described_parameter(plan: Plan, parameter: str, **options: str) -> str:
    """Return the Parameter of `a`, without common arguments."""
    (code,) = constants(plan(parameter, **options)).values()
    return code.removeprefix("Parameter(name='a', wire_name='a', location=").removesuffix(")")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"in: query, {TEXT}", "'query', schema=String()"),
        (f"in: header, {TEXT}", "'header', schema=String()"),
        (f"in: cookie, {TEXT}", "'cookie', schema=String()"),
        (f"in: query, {LIST}", "'query', schema=Array(items=String())"),
        (f"in: header, {LIST}", "'header', schema=Array(items=String()), explode=False"),
        (f"in: query, explode: false, {TEXT}", "'query', schema=String()"),
        (
            f"in: query, explode: false, {LIST}",
            "'query', schema=Array(items=String()), explode=False",
        ),
        (
            "in: query, explode: false, schema: {$ref: '#/components/schemas/Color'}",
            "'query', schema=constraints.COLOR",
        ),
        (
            "in: query, explode: false, schema: {$ref: '#/components/schemas/Name'}",
            "'query', schema=constraints.NAME",
        ),
        (
            "in: query, explode: false, schema: {$ref: '#/components/schemas/Pet'}",
            "'query', schema=constraints.PET, explode=False",
        ),
        (f"in: query, style: spaceDelimited, {TEXT}", "'query', schema=String()"),
        (
            f"in: query, style: pipeDelimited, {LIST}",
            "'query', schema=Array(items=String()), style='pipeDelimited', explode=False",
        ),
        (
            "in: query, style: deepObject, schema: {$ref: '#/components/schemas/Pet'}",
            "'query', schema=constraints.PET, encoding=DeepObject(arrays='either')",
        ),
        (
            (
                "in: query, style: deepObject, x-deep-object: {arrays: indices}, "
                "schema: {$ref: '#/components/schemas/Pet'}"
            ),
            "'query', schema=constraints.PET, encoding=DeepObject()",
        ),
        (
            (
                "in: querystring, content: {application/x-www-form-urlencoded: {schema: "
                f"{PET}, encoding: {{name: {{style: spaceDelimited}}, old: {{}}}}}}}}"
            ),
            (
                "'query', schema=constraints.PET, encoding=QueryString(fields={'name': "
                "Parameter(name='a.name', wire_name='name', location='query', "
                "style='spaceDelimited', explode=False)})"
            ),
        ),
        (
            f"in: querystring, content: {{application/json: {{schema: {PET}}}}}",
            "'query', schema=constraints.PET, encoding=QueryString(media_type='application/json')",
        ),
        (
            f"in: cookie, style: cookie, {TEXT}",
            "'cookie', schema=String(), encoding=CookieStyle()",
        ),
        (
            "in: query, content: {application/json: {schema: {type: array}}}",
            "'query', schema=Array(items=Schema()), media_type='application/json'",
        ),
        (
            "in: header, content: {application/json: {schema: {type: array}}}",
            "'header', schema=Array(items=Schema()), media_type='application/json'",
        ),
        (
            f"in: query, allowReserved: true, required: true, {TEXT}",
            "'query', schema=String(), required=True, allow_reserved=True",
        ),
        (
            f"in: query, allowEmptyValue: true, deprecated: true, {TEXT}",
            "'query', schema=String(), allow_empty=True, deprecated=True",
        ),
    ],
)
def test_parameter_omits_default_values(plan: Plan, written: str, shown: str) -> None:
    assert described_parameter(plan, f"name: a, {written}") == shown


MANY = f"{{type: array, maxItems: 9, items: {PET}}}"
IN_JSON = "Array(items=JsonString(schema=constraints.PET), max_items=9)"


@pytest.mark.parametrize(
    ("schema", "shown"),
    [
        (MANY, IN_JSON),
        ("{$ref: '#/components/schemas/Pets'}", "Array(items=JsonString(schema=constraints.PET))"),
        (f"{{anyOf: [{MANY}, {{type: 'null'}}]}}", IN_JSON),
        (
            f"{{type: array, items: {{anyOf: [{PET}, {{type: 'null'}}]}}}}",
            "Array(items=JsonString(schema=AnyOf(options=(constraints.PET, Null()))))",
        ),
        (
            "{type: array, items: {$ref: '#/components/schemas/Maybe'}}",
            "Array(items=JsonString(schema=constraints.MAYBE))",
        ),
        (
            "{type: array, items: {type: object, additionalProperties: {type: integer}}}",
            "Array(items=JsonString(schema=Object(additional=Integer())))",
        ),
    ],
)
def test_items_of_an_object_list_are_sent_as_json(plan: Plan, schema: str, shown: str) -> None:
    """OpenAPI does not define this: the style `form` cannot express nested objects."""
    assert (
        described_parameter(plan, f"name: a, in: query, schema: {schema}")
        == f"'query', schema={shown}"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"in: header, schema: {MANY}", "Array(items=constraints.PET, max_items=9)"),
        (
            f"in: query, content: {{application/json: {{schema: {MANY}}}}}",
            "Array(items=constraints.PET, max_items=9)",
        ),
        (f"in: query, schema: {PET}", "constraints.PET"),
        (
            f"in: query, schema: {{anyOf: [{MANY}, {{type: string}}]}}",
            "AnyOf(options=(Array(items=constraints.PET, max_items=9), String()))",
        ),
        (
            f"in: query, schema: {{type: array, items: {{anyOf: [{PET}, {{type: string}}]}}}}",
            "Array(items=AnyOf(options=(constraints.PET, String())))",
        ),
        ("in: query, schema: {type: array, items: {type: 'null'}}", "Array(items=Null())"),
        ("in: query, schema: {$ref: '#/components/schemas/Tree'}", "constraints.TREE"),
        ("in: query, schema: {$ref: '#/components/schemas/Loop'}", "constraints.LOOP"),
    ],
)
def test_other_objects_are_not_sent_as_json_items(plan: Plan, written: str, shown: str) -> None:
    found = described_parameter(plan, f"name: a, {written}").split("schema=", 1)[1]
    assert (
        found.removesuffix(", explode=False").removesuffix(", media_type='application/json'")
        == shown
    )


@pytest.mark.parametrize(
    ("style", "shown"),
    [("simple", ""), ("label", ", style='label'"), ("matrix", ", style='matrix'")],
)
def test_path_parameter_has_its_style(plan: Plan, style: str, shown: str) -> None:
    parameter = f"name: a, in: path, required: true, style: {style}, {TEXT}"
    assert described_parameter(plan, parameter, path="/pets/{a}") == (
        f"'path', schema=String(), required=True{shown}"
    )


@pytest.mark.parametrize(
    ("written", "annotation"),
    [
        (TEXT, "str | None"),
        (f"required: true, {TEXT}", "str"),
        ("schema: {type: integer}", "int | None"),
        ("schema: {type: [integer, 'null']}", "int | None"),
        ("schema: {}", "Any"),
        ("allowEmptyValue: true, schema: {type: integer}", 'int | Literal[""] | None'),
        (f"allowEmptyValue: true, {TEXT}", "str | None"),
        ("allowEmptyValue: true, schema: {type: [integer, string]}", "int | str | None"),
        ("allowEmptyValue: true, schema: {}", "Any"),
        ("schema: {$ref: '#/components/schemas/Color'}", "models.Color | None"),
        ("schema: {type: string, const: red}", "Literal['red'] | None"),
    ],
)
def test_argument_has_its_type(plan: Plan, written: str, annotation: str) -> None:
    (operation,) = plan(f"name: a, in: query, {written}").operations
    (argument,) = operation.keyword
    assert argument.annotation == annotation
    assert argument.required is ("required" in written)


def test_argument_docstring_mentions_deprecation_and_default(plan: Plan) -> None:
    (operation,) = plan(
        "name: a, in: query, description: An a, deprecated: true, schema: "
        "{type: integer, default: 3}"
    ).operations
    assert operation.keyword[0].doc == "Deprecated. An a. The server's default is 3."


def test_argument_docstring_names_parameters_of_urls_as_python_does(plan: Plan) -> None:
    (operation,) = plan(
        f"name: petNo, in: path, required: true, {TEXT}",
        f"name: orgId, in: query, {TEXT}",
        f"name: X-Own, in: header, description: Not with `petNo`; `orgId` or `X-Own`, {TEXT}",
        path="/{petNo}",
    ).operations
    assert operation.keyword[1].doc == "Not with `pet_no`; `org_id` or `X-Own`."


def test_request_body_argument_comes_after_path_arguments(plan: Plan) -> None:
    body = f"requestBody: {{required: true, content: {{text/plain: {{{TEXT}}}}}}}\n      {FINE}"
    resource = plan(
        f"name: a, in: query, {TEXT}",
        f"name: b, in: query, {TEXT}",
        f"name: id, in: path, required: true, {TEXT}",
        path="/pets/{id}",
        method="post",
        more=body,
    )
    (operation,) = resource.operations
    assert [each.name for each in operation.positional] == ["id"]
    assert [each.name for each in operation.keyword] == ["body", "a", "b"]
    assert "parameters=(ID, ACT_BODY, A, B)" in operation.call
    assert constants(resource)["ACT_BODY"].startswith("RequestBody(")


def test_parameter_has_a_typed_mapping_and_a_request_body_a_general_one(plan: Plan) -> None:
    body = f"requestBody: {{content: {{application/json: {{schema: {PET}}}}}}}\n      {FINE}"
    (operation,) = plan(
        f"name: a, in: query, style: deepObject, schema: {PET}", method="post", more=body
    ).operations
    assert [each.annotation for each in operation.keyword] == [
        "models.Pet | Mapping[str, Any] | None",
        "models.Pet | models.PetDict | None",
    ]


def test_equal_parameters_of_several_operations_share_a_constant(tmp_path: Path) -> None:
    """Different parameters of one name get distinct constants, as do operations and `REQUIRED`."""
    parameter = f"name: size, in: query, {TEXT}"
    other = "name: size, in: query, schema: {type: integer}"
    _, package = plan_document(
        tmp_path,
        f"""\
paths:
  /a: {{get: {{operationId: pets.a, parameters: [{{{parameter}}}], {FINE}}}}}
  /b: {{get: {{operationId: pets.b, parameters: [{{{parameter}}}], {FINE}}}}}
  /c: {{get: {{operationId: pets.c, parameters: [{{{other}}}], {FINE}}}}}
  /d: {{get: {{operationId: pets.d, parameters: [{{name: a, in: query, {TEXT}}}], {FINE}}}}}
  /e: {{get: {{operationId: pets.e, parameters: [{{name: required, in: query, {TEXT}}}], {FINE}}}}}
  /f: {{get: {{operationId: pets.f, parameters: [{{name: size, in: header, {TEXT}}}], {FINE}}}}}
""",
    )
    (resource,) = package.resources
    assert list(constants(resource)) == [
        "SIZE",
        "SIZE_PARAMETER",
        "A_PARAMETER",
        "REQUIRED_PARAMETER",
        "SIZE_PARAMETER2",
    ]
    assert "parameters=(SIZE,)" in resource.operations[1].call
    assert "parameters=(SIZE_PARAMETER,)" in resource.operations[2].call


def test_reserved_argument_names_get_an_underscore(plan: Plan) -> None:
    names = ["self", "options", "timeout", "deadline", "str", "class", "checkpoint"]
    resource = plan(*(f"name: {name}, in: query, {TEXT}" for name in names))
    assert [each.name for each in resource.operations[0].keyword] == [
        *(f"{name}_" for name in names[:-1]),
        "checkpoint",
    ]


def test_query_parameter_named_like_a_path_parameter_gets_a_suffix(plan: Plan) -> None:
    resource = plan(
        *(f"name: id, in: {place}, required: true, {TEXT}" for place in ("query", "path")),
        path="/pets/{id}",
    )
    (operation,) = resource.operations
    assert [each.name for each in (*operation.positional, *operation.keyword)] == ["id", "id_query"]


PAGED = (
    "x-pagination: {style: page, request: {page: {parameter: page}}, "
    "response: {items: /pets}, window: {unit: epoch-seconds, from: {parameter: since}, "
    "to: {parameter: until}, bounds: inclusive}}\n      "
    "responses: {'200': {description: Fine., content: {application/json: {schema: "
    "{type: object, properties: {pets: {type: array, items: "
    "{$ref: '#/components/schemas/Pet'}}}}}}}}"
)


def test_arguments_of_walks_are_reserved_in_paging_operations(plan: Plan) -> None:
    number = "in: query, schema: {type: integer, minimum: 0}"
    resource = plan(
        *(f"name: {name}, {number}" for name in ("page", "since", "until", "overlap", "size")),
        more=PAGED,
    )
    (operation,) = resource.operations
    assert [each.name for each in operation.keyword] == [
        "page",
        "since_",
        "until",
        "overlap_",
        "size",
    ]
    assert [each.name for each in operation.walk_arguments] == [
        "since_",
        "until",
        "overlap_",
        "size",
    ]
    assert [each.annotation for each in operation.keyword] == [
        "int | None",
        "dt.datetime | int | None",
        "dt.datetime | int | None",
        "int | None",
        "int | None",
    ]


@pytest.mark.parametrize(
    ("item", "found"),
    [("", ["self_", "lag"]), ("item: {id: /name, time: /at}, ", ["self_", "lag_"])],
)
def test_arguments_of_follows_are_reserved_in_operations_with_entries_by_time(
    plan: Plan, item: str, found: list[str]
) -> None:
    names = ("self", "lag", "page", "since", "until")
    paged = PAGED.replace("window:", f"{item}window:")
    number = "in: query, schema: {type: integer}"
    (operation,) = plan(*(f"name: {name}, {number}" for name in names), more=paged).operations
    assert [each.name for each in operation.keyword][:2] == found


@pytest.mark.parametrize(
    ("name", "found"), [("extra", ["extra", "extra_query2"]), ("a", ["a", "a_query"])]
)
def test_name_with_a_location_is_not_that_of_a_common_argument(
    plan: Plan, name: str, found: list[str]
) -> None:
    places = [f"name: {name}, in: {place}, {TEXT}" for place in ("path, required: true", "query")]
    (operation,) = plan(*places, path=f"/{{{name}}}").operations
    assert [each.name for each in (*operation.positional, *operation.keyword)] == found


def test_bounds_of_a_time_window_are_epoch_times(plan: Plan) -> None:
    number = "schema: {type: integer, minimum: 0}"
    resource = plan(
        *(f"name: {name}, in: query, {number}" for name in ("page", "since", "until")), more=PAGED
    )
    assert [each.doc for each in resource.operations[0].keyword] == [
        "",
        *["An aware datetime, or seconds."] * 2,
    ]
    found = constants(resource)
    assert "schema=EpochTime(per_second=1, minimum=0)" in found["SINCE"]
    assert "schema=EpochTime(per_second=1, round_up=True, minimum=0)" in found["UNTIL"]
    assert "schema=Integer(minimum=0)" in found["PAGE"]


@pytest.mark.parametrize(
    ("schema", "shown"),
    [
        ("{$ref: '#/components/schemas/Seconds'}", ", minimum=0, exclusive_maximum=9"),
        ("{type: [integer, 'null'], multipleOf: 5}", ", multiple_of=5"),
        ("{type: number, exclusiveMinimum: 0}", ", exclusive_minimum=0"),
        ("{type: string, minLength: 1}", ""),
        ("{}", ""),
        ("{anyOf: [{type: integer, minimum: 0}, {type: number, maximum: 9}]}", ""),
    ],
)
def test_bounds_of_a_time_window_have_the_constraints_of_their_numbers(
    plan: Plan, schema: str, shown: str
) -> None:
    bounds = [f"name: {name}, in: query, schema: {schema}" for name in ("since", "until")]
    found = constants(plan("name: page, in: query, schema: {type: integer}", *bounds, more=PAGED))
    assert f"schema=EpochTime(per_second=1{shown})" in found["SINCE"]
    assert f"schema=EpochTime(per_second=1, round_up=True{shown})" in found["UNTIL"]


def test_header_named_like_a_window_parameter_is_no_epoch_time(plan: Plan) -> None:
    resource = plan(
        "name: since, in: header, schema: {type: integer}",
        "name: until, in: query, schema: {type: integer}",
        "name: page, in: query, schema: {type: integer}",
        more=PAGED,
    )
    since = next(code for code in constants(resource).values() if "wire_name='since'" in code)
    assert "Epoch" not in since
