"""Request bodies: their arguments and run-time formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.planning.plan.operations import Argument
from generator.python.code import Code
from tests.support.planning import HEAD, plan_document

PET = "{$ref: '#/components/schemas/Pet'}"
FORM = "{$ref: '#/components/schemas/Form'}"
TEXT = "{type: string}"
URLENCODED = "application/x-www-form-urlencoded"
DATA = "multipart/form-data"


class Body:
    """The plan of a request body.

    Attributes:
        arguments: The arguments of the method, by name.
        constants: The RequestBody and Parameter constants, by name.
    """

    def __init__(self, arguments: dict[str, Argument], constants: dict[str, str]) -> None:
        self.arguments = arguments
        self.constants = constants

    @property
    def types(self) -> dict[str, str]:
        """The types of the arguments."""
        return {name: each.annotation for name, each in self.arguments.items()}

    @property
    def formats(self) -> str:
        """The formats of the body."""
        code = self.constants["ACT_BODY"]
        assert code.startswith("RequestBody(formats=(")
        written = code.removeprefix("RequestBody(formats=(").removesuffix("))")
        return written.removesuffix(",")


Plan = Callable[..., Body]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Plans an operation with a body of some media types; without any, it has no body."""

    def make(*content: str, more: str = "", parameters: tuple[str, ...] = ()) -> Body:
        listed = ", ".join(f"{{name: {each}, in: query, schema: {TEXT}}}" for each in parameters)
        _, package = plan_document(
            tmp_path,
            f"""\
paths:
  /pets:
    post:
      operationId: pets.act
      parameters: [{listed}]
      {f"requestBody: {{{more} content: {{{', '.join(content)}}}}}" if content else ""}
      responses: {{'204': {{description: Done.}}}}
components:
  schemas:
    Pet: {{type: object, properties: {{name: {TEXT}}}}}
    Nullable: {{type: [string, 'null']}}
    Maybe: {{oneOf: [{TEXT}, {{type: 'null'}}]}}
    Form:
      type: object
      additionalProperties: false
      properties: {{name: {TEXT}, tags: {{type: array, items: {TEXT}}}, pet: {PET}}}
""",
            head=HEAD.replace("3.1.0", "3.2.0"),
        )
        (resource,) = package.resources
        (operation,) = resource.operations
        assert operation.positional == ()
        return Body(
            {each.name: each for each in operation.keyword},
            {each.name: each.value for each in resource.parameters},
        )

    return make


def media(kind: str, schema: str = "", encoding: str = "") -> str:
    """Write an entry of `content`."""
    members = [f"schema: {schema}"] if schema else []
    members += [f"encoding: {{{encoding}}}"] if encoding else []
    return f"'{kind}': {{{', '.join(members)}}}"


def test_operation_without_a_body_has_no_body_argument(plan: Plan) -> None:
    found = plan()
    assert (found.arguments, found.constants) == ({}, {})


def test_json_body_is_an_optional_argument(plan: Plan) -> None:
    found = plan(media("application/json", PET), more="description: Who.,")
    assert found.arguments == {
        "body": Argument(
            name="body",
            annotation=Code("models.Pet | Mapping[str, Any] | None"),
            required=False,
            doc="Who. Sent as `application/json`.",
        )
    }
    assert found.constants == {
        "ACT_BODY": (
            "RequestBody(formats=(JsonBody(media_type='application/json', "
            "schema=constraints.PET),))"
        )
    }


def test_required_body_is_a_required_argument(plan: Plan) -> None:
    found = plan(media("application/json", PET), more="required: true,")
    assert found.arguments["body"].required
    assert found.types == {"body": "models.Pet | Mapping[str, Any]"}
    assert found.constants["ACT_BODY"].endswith("),), required=True)")


@pytest.mark.parametrize(
    ("schema", "annotation"),
    [
        ("{}", "Any"),
        (TEXT, "str | None"),
        ("{type: [string, integer, 'null']}", "str | int | None"),
        ("{type: array, items: {type: [string, integer]}}", "Sequence[str | int] | None"),
        (
            (
                "{type: array, items: {anyOf: [{$ref: '#/components/schemas/Nullable'}, "
                "{type: integer}]}}"
            ),
            "Sequence[str | int | None] | None",
        ),
    ],
)
def test_optional_body_has_the_type_of_its_schema_or_none(
    plan: Plan, schema: str, annotation: str
) -> None:
    assert plan(media("application/json", schema)).types == {"body": annotation}


@pytest.mark.parametrize(
    ("schema", "annotation"),
    [
        ("{type: string}", "str"),
        ("{type: [string, 'null']}", "str | None"),
        ("{type: 'null'}", "None"),
        ("{$ref: '#/components/schemas/Maybe'}", "str | None"),
        ("{}", "Any"),
    ],
)
def test_required_body_is_none_only_where_null_is_allowed(
    plan: Plan, schema: str, annotation: str
) -> None:
    found = plan(media("application/json", schema), more="required: true,")
    assert found.types == {"body": annotation}
    assert ("nullable=True" in found.constants["ACT_BODY"]) is (annotation != "str")


@pytest.mark.parametrize(
    ("content", "written", "annotation"),
    [
        (
            media("text/plain", "{type: string, maxLength: 3}"),
            "TextBody(media_type='text/plain', schema=String(max_length=3))",
            "str | FileContent | None",
        ),
        (
            media("text/plain"),
            "TextBody(media_type='text/plain', schema=String())",
            "str | FileContent | None",
        ),
        (
            media("text/csv", "{type: integer}"),
            "TextBody(media_type='text/csv', schema=Integer())",
            "int | FileContent | None",
        ),
        (
            media("application/xml", PET),
            "TextBody(media_type='application/xml', schema=String())",
            "str | FileContent | None",
        ),
        (media("image/png"), "BinaryBody(media_type='image/png')", "FileContent | None"),
        (
            media("application/zip", TEXT),
            "BinaryBody(media_type='application/zip')",
            "FileContent | None",
        ),
    ],
)
def test_text_and_binary_bodies_have_their_formats(
    plan: Plan, content: str, written: str, annotation: str
) -> None:
    found = plan(content)
    assert (found.formats, found.types) == (written, {"body": annotation})


def test_urlencoded_form_is_a_form_body(plan: Plan) -> None:
    found = plan(media(URLENCODED, FORM))
    assert found.formats == f"FormBody(media_type='{URLENCODED}', schema=constraints.FORM)"
    assert found.types == {"body": "models.Form | Mapping[str, Any] | None"}


def test_multipart_form_is_a_multipart_body(plan: Plan) -> None:
    found = plan(media(DATA, FORM))
    assert found.formats == (
        f"MultipartBody(media_type='{DATA}', schema=Object(properties={{'name': String(), "
        "'tags': Array(items=String()), 'pet': constraints.PET}, additional=None))"
    )
    assert found.types == {"body": "models.Form | Mapping[str, Any] | None"}


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (URLENCODED, f"FormBody(media_type='{URLENCODED}', schema=Schema())"),
        (
            DATA,
            (
                f"MultipartBody(media_type='{DATA}', "
                "schema=Object(additional=FileSchema(otherwise=Schema())))"
            ),
        ),
    ],
)
def test_form_without_a_schema_is_any_mapping(plan: Plan, kind: str, written: str) -> None:
    found = plan(media(kind))
    assert (found.formats, found.types) == (written, {"body": "Mapping[str, Any] | None"})


FIELDS = [
    ("pet", "style: deepObject", "encoding=DeepObject(arrays='either')"),
    ("pet", "style: deepObject, explode: false", "encoding=DeepObject(arrays='either')"),
    ("tags", "style: pipeDelimited", "style='pipeDelimited', explode=False"),
    ("tags", "style: form, explode: false", "explode=False"),
    ("tags", "explode: false", "explode=False"),
    ("name", "allowReserved: true", "allow_reserved=True"),
]
IN_JSON = [
    ("name", f"contentType: {kind}", "media_type='application/json'")
    for kind in ("application/json", "application/hal+json", "'text/plain, text/json'")
]


@pytest.mark.parametrize(("name", "encoding", "written"), [*FIELDS, *IN_JSON])
def test_form_field_with_an_encoding_is_a_parameter(
    plan: Plan, name: str, encoding: str, written: str
) -> None:
    assert plan(media(URLENCODED, FORM, f"{name}: {{{encoding}}}")).formats == (
        f"FormBody(media_type='{URLENCODED}', schema=constraints.FORM, "
        f"fields={{'{name}': Parameter(name='body.{name}', wire_name='{name}', "
        f"location='query', {written})}})"
    )


@pytest.mark.parametrize(("name", "encoding", "written"), FIELDS)
def test_multipart_field_with_an_encoding_is_a_parameter(
    plan: Plan, name: str, encoding: str, written: str
) -> None:
    assert plan(media(DATA, FORM, f"{name}: {{{encoding}}}")).formats.endswith(
        f", parts={{'{name}': Part(field=Parameter(name='body.{name}', wire_name='{name}', "
        f"location='query', {written}))}})"
    )


def test_text_plain_encoding_of_a_string_field_is_omitted(plan: Plan) -> None:
    found = plan(media(URLENCODED, FORM, "name: {contentType: text/plain}"))
    assert "fields" not in found.formats


@pytest.mark.parametrize(
    ("encoding", "part"),
    [
        ("contentType: 'Text/CSV, text/plain'", "media_types=('text/csv', 'text/plain')"),
        ("contentType: application/json", "media_types=('application/json',)"),
        (
            "headers: {X-Kind: {schema: {const: cat}}, X-Any: {schema: {type: string}}}",
            "headers={'X-Kind': 'cat'}",
        ),
    ],
)
def test_part_has_its_media_types_and_headers(plan: Plan, encoding: str, part: str) -> None:
    found = plan(media(DATA, FORM, f"name: {{{encoding}}}"))
    assert found.formats.endswith(f", parts={{'name': Part({part})}})")


def test_part_with_a_content_media_type_is_a_file(plan: Plan) -> None:
    schema = (
        "{type: object, additionalProperties: false, properties: {"
        "photo: {contentMediaType: image/png}, table: {type: string, contentMediaType: text/csv}}}"
    )
    assert plan(media(DATA, schema)).formats == (
        f"MultipartBody(media_type='{DATA}', schema=Object(properties={{'photo': FileSchema(), "
        "'table': String()}, additional=None), parts={'photo': Part(media_types=('image/png',)), "
        "'table': Part(media_types=('text/csv',))})"
    )


def test_several_media_types_add_a_content_type_argument(plan: Plan) -> None:
    found = plan(media("text/csv", TEXT), media("application/json", PET), media("image/png"))
    assert found.types == {
        "body": "models.Pet | Mapping[str, Any] | str | FileContent | None",
        "content_type": "Literal['application/json', 'text/csv', 'image/png']",
    }
    assert found.formats == (
        "JsonBody(media_type='application/json', schema=constraints.PET), "
        "TextBody(media_type='text/csv', schema=String()), BinaryBody(media_type='image/png')"
    )
    choice = found.arguments["content_type"]
    assert (choice.required, choice.default) == (False, "'application/json'")
    assert choice.doc == "The media type of the request body."
    assert found.constants["ACT_CONTENT_TYPE"] == (
        "Parameter(name='content_type', wire_name='Content-Type', location='content-type', "
        "schema=String(enum=('application/json', 'text/csv', 'image/png')))"
    )


def test_body_that_may_be_anything_in_any_media_type_is_any(plan: Plan) -> None:
    found = plan(media("application/json", "{}"), media("text/csv", TEXT))
    assert found.types["body"] == "Any"


@pytest.mark.parametrize(
    ("content", "doc"),
    [
        ([media("image/*")], "The media type of the request body."),
        (
            [media("image/*"), media("image/png")],
            "The media type of the request body. Defaults to `image/png`.",
        ),
    ],
)
def test_media_type_range_adds_an_open_content_type_argument(
    plan: Plan, content: list[str], doc: str
) -> None:
    found = plan(*content)
    assert found.types == {"body": "FileContent | None", "content_type": "str | None"}
    choice = found.arguments["content_type"]
    assert (choice.required, choice.default, choice.doc) == (False, None, doc)
    assert found.constants["ACT_CONTENT_TYPE"].endswith(" schema=String())")


def test_media_type_repeated_by_a_range_is_no_choice(plan: Plan) -> None:
    found = plan(media("application/json", PET), media("application/*", PET))
    assert list(found.arguments) == ["body"]


def test_body_arguments_are_renamed_if_parameters_have_their_names(plan: Plan) -> None:
    content = (media("text/csv", TEXT), media("application/json", PET))
    found = plan(*content, parameters=("body", "content_type"))
    assert set(found.arguments) == {"body", "content_type", "request_body", "request_content_type"}
    assert found.constants["ACT_REQUEST_BODY"].startswith("RequestBody(name='request_body', ")
    assert found.constants["ACT_REQUEST_CONTENT_TYPE"].startswith(
        "Parameter(name='request_content_type', "
    )
    assert found.types["body"] == "str | None"


def test_body_argument_avoids_every_parameter_name(plan: Plan) -> None:
    content = media(URLENCODED, FORM, "tags: {explode: false}")
    found = plan(content, parameters=("body", "request_body"))
    assert set(found.arguments) == {"body", "request_body", "request_body2"}
    assert "name='request_body2.tags'" in found.constants["ACT_REQUEST_BODY2"]


@pytest.mark.parametrize("keywords", ["style: deepObject", "explode: false", "allowReserved: true"])
def test_style_of_a_multipart_field_is_ignored_in_openapi_3_0(
    tmp_path: Path, keywords: str
) -> None:
    body = media(DATA, "{type: object, properties: {tags: {}}}", f"tags: {{{keywords}}}")
    _, package = plan_document(
        tmp_path,
        f"""\
paths:
  /pets:
    post:
      operationId: pets.act
      requestBody: {{content: {{{body}}}}}
      responses: {{'204': {{description: Done.}}}}
""",
        head=HEAD.replace("3.1.0", "3.0.3"),
    )
    (constant,) = package.resources[0].parameters
    assert "MultipartBody(" in constant.value
    assert "parts" not in constant.value


@pytest.mark.parametrize(
    "schema",
    [
        "{oneOf: [{$ref: '#/components/schemas/Photo'}, {$ref: '#/components/schemas/Scan'}]}",
        "{$ref: '#/components/schemas/Either'}",
    ],
)
def test_file_in_a_union_of_multipart_forms_is_bytes(tmp_path: Path, schema: str) -> None:
    _, package = plan_document(
        tmp_path,
        f"""\
paths:
  /pets:
    post:
      operationId: pets.act
      requestBody: {{content: {{{DATA}: {{schema: {schema}}}}}}}
      responses: {{'204': {{description: Done.}}}}
components:
  schemas:
    Photo: {{type: object, properties: {{photo: {{type: string, format: binary}}}}}}
    Scan: {{type: object, properties: {{scan: {{type: string, format: binary}}}}}}
    Either:
      oneOf: [{{$ref: '#/components/schemas/Photo'}}, {{$ref: '#/components/schemas/Scan'}}]
""",
    )
    found = {each.name: each.annotation for model in package.models for each in model.fields}
    assert found == {"photo": "bytes | None", "scan": "bytes | None"}


LIST = f"{{type: array, items: {TEXT}}}"
FILE = "{type: string, contentMediaType: image/png}"


@pytest.mark.parametrize(
    ("content", "annotation", "formats"),
    [
        (
            f"application/jsonl: {{itemSchema: {PET}}}",
            "Iterable[{0}] | AsyncIterable[{0}] | str | FileContent | None".format(
                "models.Pet | Mapping[str, Any]"
            ),
            "ItemsBody(media_type='application/jsonl', schema=constraints.PET)",
        ),
        (
            "application/json-seq: {itemSchema: {type: [integer, 'null']}}",
            "Iterable[int | None] | AsyncIterable[int | None] | str | FileContent | None",
            (
                "ItemsBody(media_type='application/json-seq', "
                r"schema=AnyOf(options=(Integer(), Null())), separator='\x1e')"
            ),
        ),
        (
            (
                f"{DATA}: {{schema: {{type: array, prefixItems: [{PET}, {FILE}]}}, prefixEncoding: "
                "[{contentType: text/json}, {contentType: image/png}], itemEncoding: {}}"
            ),
            "Sequence[Any] | None",
            (
                f"PartsBody(media_type='{DATA}', prefix=(PartFormat(schema=constraints.PET, "
                "part=Part(media_types=('text/json',))), PartFormat(schema=FileSchema(), "
                "part=Part(media_types=('image/png',)))), "
                "further=PartFormat(schema=FileSchema(otherwise=Schema()), part=Part()))"
            ),
        ),
        (
            f"{DATA}: {{itemSchema: {{anyOf: [{PET}, {TEXT}, {{type: 'null'}}]}}}}",
            "Sequence[models.Pet | Mapping[str, Any] | str] | None",
            (
                f"PartsBody(media_type='{DATA}', further=PartFormat("
                "schema=AnyOf(options=(constraints.PET, String(), Null())), part=Part()))"
            ),
        ),
        (
            (
                f"{DATA}: {{schema: {{type: array, prefixItems: [{LIST}, {FILE}, {PET}], "
                "items: false}, prefixEncoding: [{}]}"
            ),
            (
                "Sequence[Sequence[str] | UploadFile | FileContent | models.Pet "
                "| Mapping[str, Any]] | None"
            ),
            (
                f"PartsBody(media_type='{DATA}', prefix=(PartFormat(schema=Array(items=String()), "
                "part=Part()), PartFormat(schema=FileSchema(), part=Part()), "
                "PartFormat(schema=constraints.PET, part=Part())))"
            ),
        ),
        (
            f"{DATA}: {{itemSchema: {FILE}}}",
            "Sequence[UploadFile | FileContent] | None",
            f"PartsBody(media_type='{DATA}', further=PartFormat(schema=FileSchema(), part=Part()))",
        ),
    ],
)
def test_body_of_items_or_parts_is_an_iterable_or_a_sequence(
    plan: Plan, content: str, annotation: str, formats: str
) -> None:
    found = plan(content)
    assert found.types == {"body": annotation}
    assert found.formats == formats


@pytest.mark.parametrize(
    ("media_types", "default"),
    [(["image/*"], ""), (["text/plain", "text/*"], " Defaults to `text/plain`.")],
)
def test_media_type_of_a_range_is_an_argument(
    plan: Plan, media_types: list[str], default: str
) -> None:
    found = plan(*map(media, media_types))
    assert found.arguments["content_type"] == Argument(
        name="content_type",
        annotation=Code("str | None"),
        required=False,
        doc=f"The media type of the request body.{default}",
    )
    assert found.constants["ACT_CONTENT_TYPE"].endswith("schema=String())")


@pytest.mark.parametrize(
    ("media_types", "is_by_value"),
    [
        (["application/json", DATA], True),
        ([URLENCODED, "text/plain", DATA], True),
        ([DATA, "application/octet-stream"], False),
        (["application/json", "text/plain"], False),
    ],
)
def test_media_type_may_depend_on_the_body(
    plan: Plan, media_types: list[str], *, is_by_value: bool
) -> None:
    """A body with files is sent in parts."""
    listed = ", ".join(f"'{each}'" for each in media_types)
    doc = "The media type of the request body."
    by_value = f" Defaults to `{media_types[0]}`, or to `{DATA}` for a body with files or bytes."
    found = plan(*(media(each, PET if each != "text/plain" else TEXT) for each in media_types))
    assert found.arguments["content_type"] == Argument(
        name="content_type",
        annotation=Code(f"Literal[{listed}]{' | None' if is_by_value else ''}"),
        required=False,
        doc=f"{doc}{by_value if is_by_value else ''}",
        default=None if is_by_value else Code(f"'{media_types[0]}'"),
    )


def test_field_of_another_media_type_than_json_is_a_string(plan: Plan) -> None:
    """The caller encodes it; one media type of JSON among several is enough for JSON."""
    encoding = "pet: {contentType: application/xml}, name: {contentType: 'text/csv, text/json'}"
    found = plan(media(URLENCODED, FORM, encoding))
    assert "'pet': String()}" in found.formats
    field = "Parameter(name='body.{0}', wire_name='{0}', location='query', media_type='{1}')"
    written = {"pet": "application/xml", "name": "application/json"}
    for name, media_type in written.items():
        assert f"'{name}': {field.format(name, media_type)}" in found.formats
    in_parts = plan(media(DATA, FORM, encoding.partition(", name")[0]))
    assert "'pet': FileSchema(otherwise=String())}" in in_parts.formats
    assert "parts={'pet': Part(media_types=('application/xml',))}" in in_parts.formats


def test_body_has_the_types_of_all_its_formats(plan: Plan) -> None:
    found = plan(media("application/json", FORM), f"application/jsonl: {{itemSchema: {PET}}}")
    assert found.types["body"] == (
        "models.Form | Mapping[str, Any] | Iterable[{0}] | AsyncIterable[{0}] | str "
        "| FileContent | None".format("models.Pet | Mapping[str, Any]")
    )


@pytest.mark.parametrize(
    ("required", "doc", "default"),
    [
        ("false", "None sends null; omit it to send no body.", Code("MISSING")),
        ("true", "None sends null.", None),
    ],
)
def test_null_of_an_optional_body_differs_from_no_body(
    plan: Plan, required: str, doc: str, default: Code | None
) -> None:
    kind = "application/json"
    found = plan(media(kind, "{type: [string, 'null']}"), more=f"required: {required},")
    argument = found.arguments["body"]
    assert (argument.annotation, argument.default) == ("str | None", default)
    assert argument.doc == f"{doc} Sent as `{kind}`."
    assert found.constants["ACT_BODY"].endswith(", nullable=True)")


def test_url_in_a_form_with_parts_may_be_a_file(plan: Plan) -> None:
    found = plan(media(DATA, "{type: object, properties: {name: {type: string, format: uri}}}"))
    assert "properties={'name': FileSchema(otherwise=String())}" in found.formats


def test_null_may_be_in_one_of_several_json_formats(plan: Plan) -> None:
    nullable = media("application/json", "{type: [string, 'null']}")
    found = plan(nullable, media("application/hal+json", "{type: [string, integer]}"))
    assert found.constants["ACT_BODY"].endswith(", nullable=True)")
