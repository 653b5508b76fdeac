"""Responses of operations: decoding, return type, and the Accept header."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.planning.plan.operations import Operation, Resource
from tests.support.planning import HEAD, plan_document

Plan = Callable[..., Resource]
PET = "{$ref: '#/components/schemas/Pet'}"
TOY = "{$ref: '#/components/schemas/Toy'}"
EITHER = f"{{anyOf: [{PET}, {TOY}]}}"
TEXT = "{type: string}"
TAGS = "{type: array, items: {type: string}}"
COUNTS = "{type: object, additionalProperties: {type: integer}}"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Plans the resource of an operation with some responses."""

    def make(*responses: str, method: str = "get") -> Resource:
        document = f"""\
security: []
paths:
  /pets: {{{method}: {{operationId: pets.act, responses: {{{", ".join(responses)}}}}}}}
  /other: {{get: {{operationId: pets.find, responses: {{{", ".join(responses)}}}}}}}
components:
  schemas:
    Pet: {{type: object, properties: {{name: {TEXT}}}}}
    Toy: {{type: object, properties: {{name: {TEXT}}}}}
    Color: {{type: string, enum: [red, green]}}
    Size: {{type: integer, enum: [1, 2]}}
    Told: {{type: object, required: [data], properties: {{data: {PET}, event: {TEXT}}}}}
"""
        _, package = plan_document(tmp_path, document, head=HEAD.replace("3.1.0", "3.2.0"))
        (resource,) = package.resources
        return resource

    return make


def response(*content: str, status: str = "200") -> str:
    """Write a response with some content, each a media type and a schema."""
    listed = ", ".join(
        f"'{kind}': {{schema: {schema}}}"
        for kind, schema in (each.split(" ", maxsplit=1) for each in content)
    )
    return f"'{status}': {{description: Fine., content: {{{listed}}}}}"


def empty(status: str) -> str:
    return f"'{status}': {{description: Done.}}"


def act(resource: Resource) -> Operation:
    return resource.operations[0]


def call_text(operation: Operation) -> str:
    """Return the response arguments of an Operation."""
    _, _, text = operation.call.partition("parameters=(), ")
    return text.removesuffix(")").replace(", security=()", "")


def choices(*each: str) -> str:
    """Write a OneOfResponses from entries of a status, a media type and a reader."""
    written = ", ".join(
        f"ResponseOption(status='{status}', media_type='{kind}', response={answer})"
        for status, kind, answer in (one.split(" ") for one in each)
    )
    return f"response=OneOfResponses(choices=({written}))"


@pytest.mark.parametrize(
    ("schema", "answer"),
    [
        (PET, "JsonResponse(models.Pet)"),
        ("{type: integer}", "JsonResponse(int)"),
        ("{type: number}", "JsonResponse(float)"),
        ("{type: boolean}", "JsonResponse(bool)"),
        (TAGS, "JsonResponse(list[str])"),
        (f"{{type: array, items: {PET}}}", "JsonResponse(list[models.Pet])"),
        (COUNTS, "JsonResponse(dict[str, int])"),
        ("{type: array, items: {type: [string, integer]}}", "JsonResponse(list[str | int])"),
        ("{$ref: '#/components/schemas/Size'}", "JsonResponse(int)"),
    ],
)
def test_json_of_a_class_is_a_json_response(plan: Plan, schema: str, answer: str) -> None:
    found = act(plan(response(f"application/json {schema}")))
    assert call_text(found) == f"response={answer}"
    assert found.returns == found.async_returns == answer.removeprefix("JsonResponse(")[:-1]
    assert found.response_type == ""


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("{type: 'null'}", "None"),
        ("{type: string, format: date-time}", "Timestamp"),
        (f"{{anyOf: [{TAGS}, {COUNTS}]}}", "list[str] | dict[str, int]"),
        (f"{{anyOf: [{COUNTS}, {TAGS}]}}", "dict[str, int] | list[str]"),
    ],
)
def test_json_of_another_type_is_a_json_value_response(plan: Plan, schema: str, kind: str) -> None:
    found = act(plan(response(f"application/json {schema}")))
    assert call_text(found) == f"response=JsonValueResponse({kind})"
    assert found.returns == found.async_returns == found.response_type == kind


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("{}", "Any"),
        (TEXT, "str"),
        ("{type: string, minLength: 1}", "str"),
        ("{type: [string, 'null']}", "str | None"),
    ],
)
def test_json_that_may_be_no_json_is_an_undescribed_response(
    plan: Plan, schema: str, kind: str
) -> None:
    found = act(plan(response(f"application/json {schema}")))
    assert call_text(found) == f"response=UndescribedResponse({kind})"
    assert found.returns == found.async_returns == found.response_type == kind


@pytest.mark.parametrize(
    ("documented", "expected", "redirects"),
    [
        (["302"], "str | None", "302,"),
        (["307", "default"], "str | None", "307,"),
        (["3XX"], "str | None", "301, 302, 303, 307, 308"),
        (["303", "204"], "None", "303,"),
    ],
)
def test_redirects_that_the_document_promises_are_part_of_the_operation(
    plan: Plan, documented: list[str], expected: str, redirects: str
) -> None:
    found = act(plan(*map(empty, documented)))
    assert found.returns == found.async_returns == expected
    assert found.response_type == ""
    reader = "EmptyResponse" if expected == "None" else "RedirectResponse"
    assert f"response={reader}(), redirects=({redirects})" in found.call


@pytest.mark.parametrize("status", ["304", "300", "305", "306"])
def test_other_statuses_of_3xx_are_no_redirects(plan: Plan, status: str) -> None:
    found = act(plan(empty(status)))
    assert found.returns == "None"
    assert "redirects" not in found.call


def test_json_of_an_open_enumeration_is_read_by_an_alias(plan: Plan) -> None:
    found = act(plan(response("application/json {$ref: '#/components/schemas/Color'}")))
    assert call_text(found) == "response=JsonValueResponse(ActResponse)"
    assert found.returns == "Open[models.Color]"


def test_union_response_gets_an_alias(plan: Plan) -> None:
    resource = plan(response(f"application/json {EITHER}"))
    found = act(resource)
    assert call_text(found) == "response=JsonValueResponse(ActResponse)"
    assert found.returns == "Variant[models.Pet | models.Toy]"
    assert [(each.name, each.value) for each in resource.aliases] == [
        ("ActResponse", "Variant[models.Pet | models.Toy]")
    ]


def test_list_of_unions_gets_an_alias(plan: Plan) -> None:
    found = act(plan(response(f"application/json {{type: array, items: {EITHER}}}")))
    assert call_text(found) == "response=JsonResponse(ActResponse)"
    assert found.returns == "list[Variant[models.Pet | models.Toy]]"


def test_several_union_responses_get_distinct_aliases(plan: Plan) -> None:
    dates = "{type: array, items: {type: [string, 'null'], format: date}}"
    moments = "{type: array, items: {type: string, format: date-time}}"
    resource = plan(
        response(f"application/json {EITHER}"),
        response(f"application/json {{anyOf: [{dates}, {moments}]}}", status="201"),
    )
    assert call_text(act(resource)) == choices(
        "200 application/json JsonValueResponse(ActResponse)",
        "201 application/json JsonValueResponse(ActResponse2)",
    )
    assert resource.aliases[1].value == "Either[list[dt.date | None] | list[Timestamp]]"


@pytest.mark.parametrize(
    ("content", "answer", "kind"),
    [
        (f"text/csv {TEXT}", "TextResponse(media_type='text/csv')", "str"),
        (f"TEXT/HTML;level=1 {TEXT}", "TextResponse(media_type='text/html')", "str"),
        ("image/png {}", "BinaryResponse(media_type='image/png')", "bytes"),
        ("image/* {}", "BinaryResponse(media_type='image/*')", "bytes"),
    ],
)
def test_text_and_binary_responses_have_their_media_type(
    plan: Plan, content: str, answer: str, kind: str
) -> None:
    found = act(plan(response(content)))
    accept = content.partition(" ")[0].lower()
    assert call_text(found) == f"response={answer}, accept='{accept}'"
    assert (found.returns, found.async_returns, found.response_type) == (kind, kind, "")


@pytest.mark.parametrize(
    ("content", "answer", "item"),
    [
        (f"application/jsonl {PET}", "JsonLines(models.Pet)", "models.Pet"),
        (f"application/x-ndjson {TAGS}", "JsonLines(str)", "str"),
        (f"application/json-seq {PET}", "JsonSequence(models.Pet)", "models.Pet"),
        (
            "application/jsonl {type: [string, integer]}",
            "JsonLines[str | int](str | int)",
            "str | int",
        ),
        (f"text/event-stream {PET}", "Events(models.Pet)", "Event[models.Pet]"),
        (
            "text/event-stream {$ref: '#/components/schemas/Told'}",
            "Events(models.Pet)",
            "Event[models.Pet]",
        ),
        ("text/event-stream {type: integer}", "Events(int)", "Event[int]"),
        (f"text/event-stream {TEXT}", "TextEvents()", "Event[str]"),
        ("text/event-stream {}", "TextEvents()", "Event[str]"),
        ("text/event-stream {type: string, format: date-time}", "TextEvents()", "Event[str]"),
        (f"application/jsonl {TEXT}", "JsonLines(str)", "str"),
    ],
)
def test_streaming_media_types_are_streams_of_their_items(
    plan: Plan, content: str, answer: str, item: str
) -> None:
    found = act(plan(response(content)))
    kind = content.partition(" ")[0]
    assert call_text(found) == f"response={answer}, accept='{kind}', streams=('{kind}',)"
    assert found.returns == found.response_type == f"Stream[{item}]"
    assert found.async_returns == f"AsyncStream[{item}]"


def test_stream_of_union_items_gets_an_alias(plan: Plan) -> None:
    found = act(plan(response(f"text/event-stream {EITHER}")))
    assert call_text(found).startswith("response=Events[ActResponse](ActResponse), ")
    assert found.returns == "Stream[Event[Variant[models.Pet | models.Toy]]]"


@pytest.mark.parametrize(
    ("responses", "method"),
    [
        ([empty("204")], "get"),
        ([empty("200"), empty("201")], "get"),
        ([empty("404")], "get"),
        ([empty("default")], "get"),
        ([response(f"application/json {PET}")], "head"),
    ],
)
def test_responses_without_a_body_return_none(
    plan: Plan, responses: list[str], method: str
) -> None:
    found = act(plan(*responses, method=method))
    assert (found.returns, found.async_returns, found.response_type) == ("None", "None", "")
    assert "EmptyResponse()" in call_text(found)
    assert "accept" not in call_text(found)


def test_default_response_is_a_success_if_there_is_no_other(plan: Plan) -> None:
    default = response(f"application/json {PET}", status="default")
    success = choices(
        "default application/json JsonResponse(models.Pet)",
        "204  EmptyResponse()",
        "205  EmptyResponse()",
    )
    assert call_text(act(plan(default))) == success
    assert call_text(act(plan(empty("404"), default))).startswith(success)
    assert call_text(act(plan(default, empty("204")))) == (
        "response=EmptyResponse(), errors={'default': models.Pet}"
    )


def test_json_comes_first_and_empty_responses_last(plan: Plan) -> None:
    found = act(
        plan(
            empty("202"),
            response(f"text/plain {TEXT}", f"application/json {PET}"),
            response(f"application/json {TOY}", status="201"),
        )
    )
    assert (
        call_text(found)
        == choices(
            "200 application/json JsonResponse(models.Pet)",
            "201 application/json JsonResponse(models.Toy)",
            "200 text/plain TextResponse()",
            "202  EmptyResponse()",
        )
        + ", accept='application/json, text/plain;q=0.8'"
    )
    assert found.returns == found.response_type == "models.Pet | models.Toy | str | None"


def test_responses_decoded_alike_are_merged(plan: Plan) -> None:
    found = act(
        plan(
            response(f"application/json {PET}", f"application/json;charset=utf-8 {PET}"),
            response(f"application/hal+json {PET}", status="201"),
        )
    )
    assert call_text(found) == (
        "response=JsonResponse(models.Pet), accept='application/json, application/hal+json;q=0.8'"
    )
    assert (found.returns, found.response_type) == ("models.Pet", "")


def test_equal_responses_are_one_choice(plan: Plan) -> None:
    found = act(
        plan(
            response(f"application/json {PET}", f"application/json;charset=utf-8 {PET}"),
            empty("204"),
        )
    )
    assert call_text(found) == choices(
        "200 application/json JsonResponse(models.Pet)", "204  EmptyResponse()"
    )


def test_return_type_with_any_is_any(plan: Plan) -> None:
    found = act(
        plan(response("application/json {}"), response(f"application/json {PET}", status="201"))
    )
    assert found.returns == "Any"


def test_none_comes_last_in_a_return_type(plan: Plan) -> None:
    found = act(
        plan(
            response("application/json {type: [string, 'null']}"),
            response(f"application/json {PET}", status="201"),
        )
    )
    assert found.returns == "str | models.Pet | None"


def test_streams_and_bytes_may_be_alternatives_of_a_value(plan: Plan) -> None:
    found = act(
        plan(
            response(f"application/jsonl {PET}", f"application/json {TAGS}", "text/csv {}"),
            response("image/png {}", status="203"),
        )
    )
    assert call_text(found) == (
        choices(
            "200 application/json JsonResponse(list[str])",
            "200 application/jsonl JsonLines(models.Pet)",
            "200 text/csv TextResponse(media_type='text/csv')",
            "203 image/png BinaryResponse(media_type='image/png')",
        )
        + ", accept='application/json, application/jsonl;q=0.8, text/csv;q=0.7, image/png;q=0.6'"
        ", streams=('application/jsonl',)"
    )
    assert found.returns == "list[str] | Stream[models.Pet] | str | bytes"
    assert found.async_returns == "list[str] | AsyncStream[models.Pet] | str | bytes"


@pytest.mark.parametrize(
    ("content", "accept"),
    [
        ([f"application/json {PET}"], ""),
        ([f"*/* {PET}"], "application/json, */*;q=0.9"),
        ([f"application/* {PET}"], "application/json, application/*;q=0.9"),
        (["*/* {}"], "*/*"),
        ([f"*/* {TEXT}"], "*/*"),
        (["*/* {}", f"application/json {PET}"], "application/json, */*;q=0.8"),
        ([f"application/hal+json {PET}"], "application/hal+json"),
        (
            [f"text/{letter} {TEXT}" for letter in "abcdefghij"],
            (
                "text/a, text/b;q=0.8, text/c;q=0.7, text/d;q=0.6, text/e;q=0.5, text/f;q=0.4, "
                "text/g;q=0.3, text/h;q=0.2, text/i;q=0.1, text/j;q=0.1"
            ),
        ),
    ],
)
def test_accept_header_lists_media_types_by_preference(
    plan: Plan, content: list[str], accept: str
) -> None:
    _, _, found = call_text(act(plan(response(*content)))).partition("accept=")
    assert found.strip("'") == accept


def test_error_bodies_have_types_by_status(plan: Plan) -> None:
    found = act(
        plan(
            empty("204"),
            response(f"application/json {PET}", status="404"),
            response(
                f"application/json {PET}",
                f"application/problem+json {TOY}",
                f"application/vnd.pets+json {PET}",
                f"application/xml {TOY}",
                f"text/plain {TEXT}",
                status="409",
            ),
            response(f"text/plain {TEXT}", status="410"),
            response(f"application/json;charset=utf-8 {EITHER}", status="5XX"),
        )
    )
    assert call_text(found) == (
        "response=EmptyResponse(), errors={'404': models.Pet, '409': (models.Pet, models.Toy), "
        "'5XX': ActError}"
    )


FILE = "{type: string, contentMediaType: image/png}"
PREFIX = "prefixEncoding: [{contentType: application/json}, {contentType: image/png}]"
MIXED = "multipart/mixed"


@pytest.mark.parametrize(
    ("media", "item", "parts"),
    [
        ("itemSchema: {}", "Any", "further=PartKind(type=Any, kinds=('json', 'text', 'bytes'))"),
        (f"itemSchema: {PET}", "models.Pet", "further=PartKind(type=models.Pet)"),
        (f"itemSchema: {FILE}", "bytes", "further=PartKind(type=Any, kinds=('bytes',))"),
        (
            f"itemSchema: {{anyOf: [{PET}, {TEXT}, {FILE}]}}",
            "models.Pet | str | bytes",
            "further=PartKind(type=models.Pet, kinds=('json', 'text', 'bytes'))",
        ),
        (
            f"schema: {{type: array, prefixItems: [{PET}, {FILE}], items: false}}, {PREFIX}",
            "models.Pet | bytes",
            (
                "further=None, "
                "prefix=(PartKind(type=models.Pet), PartKind(type=Any, kinds=('bytes',)))"
            ),
        ),
    ],
)
def test_multipart_response_is_read_part_by_part(
    plan: Plan, media: str, item: str, parts: str
) -> None:
    content = f"'200': {{description: Fine., content: {{'{MIXED}; v=1': {{{media}}}}}}}"
    found = act(plan(content))
    assert f"response=Parts[{item}]({parts})" in found.call
    assert f"accept='{MIXED}; v=1', streams=('{MIXED}',)" in found.call
    assert found.returns == found.response_type == f"Stream[StreamedPart[{item}]]"
    assert found.async_returns == f"Async{found.returns}"


def test_parts_and_a_value_are_read_by_their_statuses(plan: Plan) -> None:
    media = f"'{MIXED}': {{itemSchema: {FILE}}}"
    parts = f"'200': {{description: Fine., content: {{{media}}}}}"
    found = act(plan(parts, response(f"application/json {PET}", status="201")))
    assert "(status='201', media_type='application/json', response=JsonResponse(" in found.call
    assert f"(status='200', media_type='{MIXED}', response=Parts[bytes](" in found.call
    assert found.returns == "models.Pet | Stream[StreamedPart[bytes]]"


def test_first_parts_that_are_unions_have_an_alias(plan: Plan) -> None:
    schema = f"{{type: array, prefixItems: [{{anyOf: [{PET}, {TOY}]}}], items: false}}"
    media = f"{{schema: {schema}, prefixEncoding: [{{}}]}}"
    resource = plan(f"'200': {{description: Fine., content: {{{MIXED}: {media}}}}}")
    assert [each.name for each in resource.aliases] == ["ActResponse"]
    assert "prefix=(PartKind(type=ActResponse)" in act(resource).call


def test_data_and_items_of_parts_that_are_unions_have_aliases(plan: Plan) -> None:
    media = f"{{itemSchema: {{anyOf: [{PET}, {TOY}, {TEXT}]}}}}"
    resource = plan(f"'200': {{description: Fine., content: {{{MIXED}: {media}}}}}")
    union = "Variant[models.Pet | models.Toy]"
    assert [(each.name, each.value) for each in resource.aliases] == [
        ("ActResponse", union),
        ("ActResponse2", f"{union} | str"),
    ]
    assert (
        "response=Parts[ActResponse2](further=PartKind(type=ActResponse, kinds=('json', 'text')))"
        in act(resource).call
    )


@pytest.mark.parametrize(
    ("content", "others", "empty_statuses"),
    [
        (f"application/json {PET}", (), ["204", "205"]),
        (f"application/json {PET}", (empty("205"),), ["205", "204"]),
        ("application/json {}", (), []),
        (f"text/plain {TEXT}", (), []),
    ],
)
def test_range_of_json_includes_statuses_without_content(
    plan: Plan, content: str, others: tuple[str, ...], empty_statuses: list[str]
) -> None:
    found = act(plan(response(content, status="2XX"), *others))
    written = [
        f"ResponseOption(status='{status}', media_type='', response=EmptyResponse())"
        for status in empty_statuses
    ]
    assert ", ".join(written) in found.call
    assert found.call.count("EmptyResponse()") == len(written)
    assert ("None" in found.returns) is bool(written)
