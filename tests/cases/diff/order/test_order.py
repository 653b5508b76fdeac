"""Order of members, values and alternatives, and constraints without effect."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.diff.change import Impact
from generator.diff.comparison import impact, of_documents
from generator.diff.side import Side

BASE = """\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
tags: [{name: a}, {name: b}]
paths:
  /pets/{kind}/{id}:
    get:
      operationId: pets.get
      tags: [pets]
      security: [{one: []}, {two: []}, {three: []}]
      parameters:
        - {name: kind, in: path, required: true, schema: {type: string}}
        - {name: id, in: path, required: true, schema: {type: integer}}
        - {name: X-Trace, in: header, schema: {type: boolean}}
        - {name: color, in: query, schema: {type: string, enum: [black, white]}}
        - {name: size, in: query, required: true, schema: {type: integer, minimum: 1}}
      responses:
        '200':
          description: The pet.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
        '404': {description: There is none.}
    put:
      operationId: pets.replace
      parameters:
        - {name: kind, in: path, required: true, schema: {type: string}}
        - {name: id, in: path, required: true, schema: {type: integer}}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Pet'}}
      responses:
        '204': {description: Done.}
components:
  securitySchemes:
    one: {type: apiKey, in: header, name: X-One}
    two: {type: apiKey, in: header, name: X-Two}
    three: {type: http, scheme: bearer}
  schemas:
    Cat:
      type: object
      required: [kind]
      properties: {kind: {type: string}, lives: {type: integer}}
      patternProperties: {^a: {type: string}, ^b: {type: integer}}
    Dog:
      type: object
      required: [kind]
      properties: {kind: {type: string}, tricks: {type: string}}
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator:
        propertyName: kind
        mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}
"""


COLOR = "        - {name: color, in: query, schema: {type: string, enum: [black, white]}}\n"
SIZE = "        - {name: size, in: query, required: true, schema: {type: integer, minimum: 1}}\n"


def edit(*edits: tuple[str, str]) -> str:
    text = BASE
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "{kind: {type: string}, lives: {type: integer}}",
            "{lives: {type: integer}, kind: {type: string}}",
        ),
        ("enum: [black, white]", "enum: [white, black]"),
        ("{type: integer, minimum: 1}", "{type: integer, minimum: 1, exclusiveMinimum: -1}"),
        (
            "[{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]",
            "[{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}]",
        ),
        (
            "{cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}",
            "{dog: '#/components/schemas/Dog', cat: '#/components/schemas/Cat'}",
        ),
        ("{one: []}, {two: []}", "{two: []}, {one: []}"),
        ("{^a: {type: string}, ^b: {type: integer}}", "{^b: {type: integer}, ^a: {type: string}}"),
        ("tags: [{name: a}, {name: b}]", "tags: [{name: b}, {name: a}]"),
        (COLOR + SIZE, SIZE + COLOR),
        ("schema: {type: string}}", "schema: {type: string, minLength: 0}}"),
        ("schema: {type: string}}", "schema: {type: string, pattern: '.*'}}"),
        ("minimum: 1}", "exclusiveMinimum: true, minimum: 0}"),
        ("minimum: 1}", "minimum: 1, multipleOf: 1}"),
        ("lives: {type: integer}}", "lives: {type: integer}}\n      minProperties: 1"),
        ("name: X-One", "name: x-one"),
        ("{name: X-Trace, in: header", "{name: x-trace, in: header"),
        ("scheme: bearer", "scheme: Bearer"),
        ("application/json: {schema", "Application/JSON: {schema"),
        (
            "content:\n            application/json:",
            "content:\n            application/json;charset=utf-8:",
        ),
        (
            "      tags: [pets]\n",
            "      tags: [pets]\n      servers: [{url: 'https://pets.example.com/'}]\n",
        ),
    ],
)
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_order_and_constraints_without_effect_are_documentation(
    build_side: Callable[[str], Side], old: str, new: str, direction: str
) -> None:
    texts = [BASE, edit((old, new))]
    sides = [build_side(text) for text in (texts if direction == "forward" else reversed(texts))]
    found = tuple(of_documents(*sides))
    assert [each for each in found if each.impact is not Impact.DOCUMENTATION] == []


@pytest.mark.parametrize(("most", "expected"), [(2, Impact.DOCUMENTATION), (1, Impact.BREAKING)])
def test_closed_object_has_as_many_members_as_it_describes(
    build_side: Callable[[str], Side], most: int, expected: Impact
) -> None:
    closed = "tricks: {type: string}}\n      additionalProperties: false"
    before = edit(("tricks: {type: string}}", closed))
    after = edit(("tricks: {type: string}}", f"{closed}\n      maxProperties: {most}"))
    assert impact(tuple(of_documents(build_side(before), build_side(after)))) is expected


NEW_OPERATION = (
    "    put:\n",
    (
        "    delete:\n      operationId: pets.delete\n      parameters:\n"
        "        - {name: kind, in: path, required: true, schema: {type: string}}\n"
        "        - {name: id, in: path, required: true, schema: {type: integer}}\n"
        "      responses:\n        '204': {description: Done.}\n    put:\n"
    ),
)
NEW_PARAMETER = (
    "        - {name: color,",
    "        - {name: z, in: query, schema: {type: string}}\n        - {name: color,",
)


@pytest.mark.parametrize("addition", [NEW_OPERATION, NEW_PARAMETER], ids=["operation", "parameter"])
@pytest.mark.parametrize(
    "change",
    [
        ("      tags: [pets]\n", "      tags: [pets]\n      servers: [{url: https://b.test}]\n"),
        ("{cat: '#/components/schemas/Cat', dog:", "{hen: '#/components/schemas/Cat', dog:"),
        ("propertyName: kind", "propertyName: type"),
        ("{type: integer, minimum: 1}", "{type: integer, minimum: 2}"),
        ("lives: {type: integer}", "lives: {type: integer, readOnly: true}"),
        ("lives: {type: integer}", "lives: {type: integer, writeOnly: true}"),
        ("name: X-One", "name: X-Three"),
        ("lives: {type: integer}}", "lives: {type: integer}}\n      additionalProperties: false"),
    ],
)
def test_additive_change_does_not_hide_a_breaking_one(
    build_side: Callable[[str], Side], change: tuple[str, str], addition: tuple[str, str]
) -> None:
    old = build_side(BASE)
    assert impact(tuple(of_documents(old, build_side(edit(addition))))) is Impact.ADDITIVE
    assert impact(tuple(of_documents(old, build_side(edit(change))))) is Impact.BREAKING
    assert impact(tuple(of_documents(old, build_side(edit(change, addition))))) is Impact.BREAKING
