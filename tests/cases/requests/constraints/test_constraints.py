"""Constraints of the document are enforced before anything is sent."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /values:
    post:
      operationId: values.send
      parameters: [{name: where, in: query, content: {application/json: {schema: {}}}}]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties:
                between: {type: number, exclusiveMinimum: 0, exclusiveMaximum: 10}
                least: {type: number, minimum: 1}
                dozens: {type: integer, multipleOf: 12}
                tenths: {type: number, multipleOf: 0.1}
                grade: {type: integer, enum: [1, 2]}
                nothing: {type: 'null'}
                flag: {type: boolean}
                agreed: {type: boolean, const: true}
                ratio: {type: number, enum: [0.5, 2]}
                moment: {type: string, format: date-time}
                day: {type: string, format: date}
                different: {type: array, uniqueItems: true, items: {}}
                any: {}
                pair:
                  type: array
                  prefixItems: [{type: string}, {type: integer, minimum: 1}]
                  items: {type: boolean}
                  minItems: 2
                only: {type: array, prefixItems: [{type: string}], items: false}
                never: false
                short: {type: string, minLength: 1.0, maxLength: 2e0}
                code: {$ref: '#/components/schemas/Alias'}
                part: {allOf: [{$ref: '#/components/schemas/ShortCode'}, {minLength: 2}]}
                empty: {type: array, items: false}
                open:
                  type: object
                  properties: {id: {type: string}, x-id: {type: string}}
                  patternProperties: {'^x-': {type: string, maxLength: 3}, 'y$': {type: integer}}
                  additionalProperties: {type: boolean}
                sealed:
                  allOf: [{type: object, properties: {a: {type: string}}}]
                  properties: {b: {type: string}}
                  patternProperties: {'^x-': {type: string}, 'Id$': {type: string}}
                  unevaluatedProperties: false
                unevaluated:
                  allOf: [{type: object, properties: {a: {type: string}}}]
                  unevaluatedProperties: {type: integer}
                named:
                  type: object
                  patternProperties: {'^x-': {type: string}}
                  additionalProperties: {type: integer}
                every: {type: object, patternProperties: {'': {type: integer}}}
      responses:
        '200': {description: Ok., content: {application/json: {schema: {type: object}}}}
components:
  schemas:
    Pet: {type: object, properties: {born: {type: string, format: date-time}}}
    Alias: {$ref: '#/components/schemas/ShortCode', description: The same.}
    ShortCode: {$ref: '#/components/schemas/Code', maxLength: 3}
    Code: {type: string, pattern: '^[A-Z]+$'}
"""
HUGE = 10**400  # No float holds it.

FIT: list[tuple[str, Any]] = [
    ("between", 0.5),
    ("least", HUGE),
    ("dozens", -24),
    ("dozens", 12 * HUGE),
    ("tenths", 0.3),
    ("tenths", 0.1 + 0.2),
    ("tenths", -7),
    ("tenths", 1.7e308),
    ("tenths", HUGE),
    ("grade", 2),
    ("grade", 2.0),
    ("dozens", 1.2e3),
    ("pair", ["a", 1]),
    ("pair", ["a", 1, True, False]),
    ("only", ["a"]),
    ("only", []),
    ("empty", []),
    ("named", {"a": 1, "x-a": "text"}),
    ("every", {"a": 1}),
    ("nothing", None),
    ("flag", False),
    ("agreed", True),
    ("ratio", 2),
    ("moment", "2024-01-31T12:00:00+01:00"),
    ("moment", "9999-12-31T23:59:59.9999999Z"),
    ("day", "2024-01-31"),
    ("different", [1, True, "1", [1], [True], {"a": 1}, {"a": True}, None]),
]


def short_id(value: Any) -> str:
    return ascii(value)[:20]


@pytest.mark.parametrize(("name", "value"), FIT, ids=short_id)
def test_value_within_the_constraints_is_sent(
    call_sync: PackageCaller, server: Server, name: str, value: Any
) -> None:
    call_sync(lambda client: client.values.send(body={name: value}))
    assert json.loads(server.last.body) == {name: value}


FORBIDDEN: list[tuple[str, Any, str]] = [
    ("between", 0, "expected more than 0"),
    ("between", 10, "expected less than 10"),
    ("between", float("nan"), "expected a finite number"),
    ("between", True, r"expected an int or float, got True \(bool\)"),
    ("least", -HUGE, "expected at least 1"),
    ("dozens", 18, "expected a multiple of 12"),
    ("dozens", 12 * 10**15 + 1, "expected a multiple of 12"),
    ("tenths", 0.25, r"expected a multiple of 0\.1"),
    ("grade", 3, "expected one of 1, 2"),
    ("grade", 3.0, "expected one of 1, 2"),
    ("dozens", 1.5, r"expected an int, got 1\.5 \(float\)"),
    ("dozens", float("inf"), r"expected an int, got inf \(float\)"),
    ("never", "a", r"value matches none of the allowed schemas \(there are none\)"),
    ("pair", ["a"], "expected at least 2 items"),
    ("short", "abc", "expected at most 2 characters"),
    ("code", "ABCD", "expected at most 3 characters"),
    ("code", "abc", r"expected a str that matches \^\[A-Z\]\+\$, got"),
    ("sealed", {"c": 1}, r"known: 'a', 'b', '\^x-', 'Id\$'"),
    ("part", "ABCD", "expected at most 3 characters"),
    ("part", "A", "expected at least 2 characters"),
    ("part", "abc", "expected a str that matches"),
    ("nothing", 0, r"expected None, got 0 \(int\)"),
    ("flag", 1, r"expected a bool, got 1 \(int\)"),
    ("agreed", False, "expected one of True"),
    ("ratio", 1, r"expected one of 0\.5, 2"),
    ("moment", "today", "expected an RFC 3339 date-time"),
    ("moment", "2024-01-31T12:00:00", "expected a timezone-aware datetime"),
    ("moment", 1_706_702_400, r"expected a timezone-aware datetime, got 1706702400 \(int\)"),
    ("day", "2024-02-30", "expected a date such as 2024-01-31"),
    ("day", dt.datetime(2024, 1, 31, tzinfo=dt.UTC), r"expected a date, got .* \(datetime\)"),
    ("different", [1, 2, 1], "expected items without duplicates"),
    ("different", [1, 1.0], "expected items without duplicates"),
    ("different", [{"a": [1], "b": 2}, {"b": 2, "a": [1]}], "expected items without duplicates"),
]


@pytest.mark.parametrize(("name", "value", "reason"), FORBIDDEN, ids=short_id)
def test_value_outside_the_constraints_is_rejected_with_the_reason(
    call_sync: PackageCaller, server: Server, pets: Any, *, name: str, value: Any, reason: str
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=rf"body\.{name}: .*{reason}"):
        call_sync(lambda client: client.values.send(body={name: value}))
    assert server.requests == []


def test_schema_of_an_empty_pattern_is_that_of_every_member(
    call_sync: PackageCaller, server: Server, pets: Any
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=r"body\.every\.a: expected an int"):
        call_sync(lambda client: client.values.send(body={"every": {"a": "text"}}))
    assert server.requests == []


def test_model_is_accepted_for_any_value(
    call_sync: PackageCaller, server: Server, pets: Any
) -> None:
    noon = dt.datetime(2024, 1, 2, 12, tzinfo=dt.UTC)
    call_sync(lambda client: client.values.send(body={"any": [pets.Pet(born=noon)]}))
    assert json.loads(server.last.body) == {"any": [{"born": "2024-01-02T12:00:00Z"}]}


@pytest.mark.parametrize("value", [object(), float, {1: object()}], ids=["object", "type", "key"])
def test_model_with_a_value_that_is_no_json_is_rejected(
    call_sync: PackageCaller, server: Server, pets: Any, value: Any
) -> None:
    with pytest.raises(
        pets.InvalidArgumentError, match=r"body\.any: expected fields with JSON values"
    ):
        call_sync(lambda client: client.values.send(body={"any": pets.Pet(born=value)}))
    assert server.requests == []


def test_unknown_number_that_cannot_be_sent_is_rejected_with_its_place(
    call_sync: PackageCaller, server: Server, pets: Any
) -> None:
    pet = pets.Pet.from_json(b'{"name": [%s]}' % (b"9" * 5000))
    with pytest.raises(pets.InvalidArgumentError, match=r"any\.name\[0\]: expected a JSON value"):
        call_sync(lambda client: client.values.send(body={"any": pet}))
    assert server.requests == []


def test_deeply_nested_parameter_is_rejected(
    call_sync: PackageCaller, server: Server, pets: Any
) -> None:
    deep: Any = []
    for _ in range(2_000):
        deep = [deep]
    with pytest.raises(pets.InvalidArgumentError, match="where: the value is nested too deeply"):
        call_sync(lambda client: client.values.send(body={}, where=deep))
    assert server.requests == []


@pytest.mark.parametrize(
    "body",
    [
        {"open": {"id": "long enough", "x-a": "abc", "my": 3, "other": True}},
        {"named": {"x-a": "a", "b": 3}},
    ],
)
def test_property_is_validated_by_the_pattern_of_its_name(
    call_sync: PackageCaller, server: Server, body: dict[str, Any]
) -> None:
    call_sync(lambda client: client.values.send(body=body))
    assert json.loads(server.last.body) == body


@pytest.mark.parametrize(
    "value", [{"x-a": "long"}, {"x-id": "long"}, {"x-a": 3}, {"my": "a"}, {"other": 3}, {"x-y": 3}]
)
def test_property_that_violates_the_pattern_of_its_name_is_rejected(
    call_sync: PackageCaller, pets: Any, server: Server, value: dict[str, Any]
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=rf"open\.{next(iter(value))}"):
        call_sync(lambda client: client.values.send(body={"open": value}))
    assert server.requests == []


def test_unevaluated_properties_are_rejected_where_the_document_forbids_them(
    call_sync: PackageCaller, pets: Any, server: Server
) -> None:
    call_sync(lambda client: client.values.send(body={"sealed": {"a": "1", "b": "2"}}))
    with pytest.raises(pets.InvalidArgumentError, match=r"sealed: .* 'c'; known: 'a', 'b', '.x-'"):
        call_sync(lambda client: client.values.send(body={"sealed": {"c": "3"}}))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            {"unevaluated": {"a": "b", "c": "d"}},
            "body.unevaluated.c: expected an int, got 'd' (str)",
        ),
        ({"pair": [1, "a"]}, "body.pair[0]: expected a str, got 1 (int)"),
        ({"pair": ["a", 0]}, "body.pair[1]: expected at least 1, got 0"),
        ({"pair": ["a", 1, "b"]}, "body.pair[2]: expected a bool, got 'b' (str)"),
        (
            {"only": ["a", "b"]},
            "body.only[1]: value matches none of the allowed schemas (there are none)",
        ),
        (
            {"empty": [1]},
            "body.empty[0]: value matches none of the allowed schemas (there are none)",
        ),
        ({"named": {"x-a": 1}}, "body.named.x-a: expected a str, got 1 (int)"),
        ({"named": {"a": "text"}}, "body.named.a: expected an int, got 'text' (str)"),
    ],
    ids=short_id,
)
def test_message_names_the_place_of_a_forbidden_item_or_member(
    call_sync: PackageCaller, body: dict[str, Any], reason: str
) -> None:
    with pytest.raises(call_sync.package.InvalidArgumentError) as caught:
        call_sync(lambda client: client.values.send(body=body))
    assert reason in str(caught.value)
