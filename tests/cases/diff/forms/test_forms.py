"""Changes of forms, whose members have encodings of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.diff.change import Impact
from generator.diff.comparison import of_documents
from generator.diff.side import Side
from tests.support.editing import replaced_once

FORM = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
paths:
  /pets:
    post:
      operationId: pets.add
      requestBody:
        content:
          MEDIA_TYPE:
            schema:
              type: object
              required: [name]
              additionalProperties: false
              properties:
                name: {type: string, maxLength: 20}
                tags: {type: array, items: {type: string}}
                owner: {type: object, properties: {id: {type: string}}}
            encoding:
              tags: {style: pipeDelimited, explode: false}
              owner:
                contentType: application/json
                headers: {X-A: {schema: {const: a}}, X-B: {schema: {const: b}}}
      responses:
        '204': {description: Added.}
"""
TAGS = "tags: {style: pipeDelimited, explode: false}\n"


def changes(
    build_side: Callable[[str], Side], media_type: str, *edits: tuple[str, str]
) -> dict[str, Impact]:
    """Return the impacts of the changes of a form by their rules, without documentation."""
    text = FORM.replace("MEDIA_TYPE", media_type)
    edited = text
    for old, new in edits:
        edited = replaced_once(edited, old, new)
    found = of_documents(build_side(text), build_side(edited))
    return {each.rule: each.impact for each in found if each.impact is not Impact.DOCUMENTATION}


@pytest.mark.parametrize("media_type", ["multipart/form-data", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize(
    ("rule", "edits"),
    [
        (
            "request-property-added",
            [("tags: {type", "note: {type: string}\n                tags: {type")],
        ),
        (
            "request-property-added",
            [
                ("tags: {type", "notes: {type: array, items: {}}\n                tags: {type"),
                (TAGS, f"notes: {{style: pipeDelimited}}\n              {TAGS}"),
            ],
        ),
        ("request-constraint-loosened", [("maxLength: 20", "maxLength: 30")]),
        ("request-property-optional", [("              required: [name]\n", "")]),
        (
            "request-type-widened",
            [("additionalProperties: false", "additionalProperties: {type: string}")],
        ),
    ],
    ids=["field", "field-with-encoding", "constraint", "optional", "open"],
)
def test_additive_change_of_a_form_is_not_breaking(
    build_side: Callable[[str], Side], media_type: str, rule: str, edits: list[tuple[str, str]]
) -> None:
    assert changes(build_side, media_type, *edits) == {rule: Impact.ADDITIVE}


@pytest.mark.parametrize("media_type", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_encoding_of_a_known_member_is_compared_beside_a_new_one(
    build_side: Callable[[str], Side], media_type: str
) -> None:
    found = changes(
        build_side,
        media_type,
        ("tags: {type", "notes: {type: array, items: {}}\n                tags: {type"),
        (TAGS, "notes: {style: pipeDelimited}\n"),
    )
    assert found == {
        "request-property-added": Impact.ADDITIVE,
        "body-encoding-changed": Impact.BREAKING,
    }


@pytest.mark.parametrize("media_type", ["multipart/form-data", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize(
    "edits",
    [
        [
            ("X-A: {schema: {const: a}}, X-B", "X-B"),
            ("const: b}}", "const: b}}, x-a: {schema: {const: a}}"),
        ],
        [
            (f"              {TAGS}", ""),
            ("      responses:", f"              {TAGS}      responses:"),
        ],
        [
            ("                tags: {type: array, items: {type: string}}\n", ""),
            (
                "                name:",
                "                tags: {type: array, items: {type: string}}\n                name:",
            ),
        ],
    ],
    ids=["headers", "encodings", "members"],
)
def test_order_of_members_and_headers_of_a_form_is_no_change(
    build_side: Callable[[str], Side], media_type: str, edits: list[tuple[str, str]]
) -> None:
    assert changes(build_side, media_type, *edits) == {}
