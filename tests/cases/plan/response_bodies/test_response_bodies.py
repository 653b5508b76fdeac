"""The Python type of a body, by media type and schema."""

from __future__ import annotations

import pytest

from generator.normalize.schemas.shapes import (
    Anything,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    Shape,
)
from generator.openapi.media_types import is_json
from generator.planning.response_bodies import (
    is_bytes,
    is_text,
    is_undescribed,
    without_alternatives,
)

TEXT, NUMBER, BYTES, ANY = (
    Scalar("string"),
    Scalar("number"),
    Scalar("string", "binary"),
    Anything(),
)
PET = Ref("Pet")


@pytest.mark.parametrize(
    ("kind", "shape", "read_as"),
    [
        ("application/json", PET, "json"),
        ("application/problem+json", PET, "json"),
        ("application/json", BYTES, "bytes"),
        ("application/jsonp", ANY, "bytes"),
        ("text/plain", TEXT, "text"),
        ("text/html", ANY, "text"),
        ("text/*", ANY, "text"),
        ("text/plain", BYTES, "bytes"),
        ("application/xml", ANY, "text"),
        ("application/atom+xml", ANY, "text"),
        ("image/xml", ANY, "text"),
        ("application/openapi+yaml", ANY, "text"),
        *(
            (f"application/{name}", ANY, "text")
            for name in ("javascript", "ecmascript", "x-www-form-urlencoded", "yaml", "x-yaml")
        ),
        *((f"application/{name}", ANY, "text") for name in ("toml", "graphql", "sql", "csv")),
        ("application/octet-stream", ANY, "bytes"),
        ("image/png", TEXT, "bytes"),
        ("application/zip", PET, "bytes"),
        ("*/*", ANY, "bytes"),
        ("image/*", ANY, "bytes"),
        ("*/*", TEXT, "text"),
        ("*/*", NUMBER, "json"),
        ("application/*", PET, "json"),
        ("*/*", BYTES, "bytes"),
    ],
)
def test_body_is_json_text_or_bytes_by_media_type_and_schema(
    kind: str, shape: Shape, read_as: str
) -> None:
    found = "bytes" if is_bytes(kind, shape) else "text" if is_text(kind, shape) else "json"
    assert found == read_as


@pytest.mark.parametrize("kind", ["application/json", "application/vnd.pets+json"])
def test_json_media_types_are_json(kind: str) -> None:
    assert is_json(kind)
    assert not is_text(kind, ANY)


JSON = ("application/json", PET)


@pytest.mark.parametrize(
    "other",
    [
        ("application/xml", PET),
        ("application/xml; charset=utf-8", MapOf(TEXT)),
        ("application/x-protobuf", PET),
        ("no media type", PET),
    ],
)
def test_other_notations_of_a_json_body_are_dropped(other: tuple[str, Shape]) -> None:
    assert without_alternatives(iter([other, JSON])) == [JSON]
    assert without_alternatives([other]) == [other]


@pytest.mark.parametrize(
    "other",
    [
        ("application/json; charset=utf-8", PET),
        ("application/hal+json", PET),
        ("text/plain", TEXT),
        ("image/png", ANY),
        ("text/csv", NUMBER),
        ("application/x-ndjson", PET),
        ("text/event-stream", PET),
    ],
)
def test_media_types_of_other_content_are_kept(other: tuple[str, Shape]) -> None:
    assert without_alternatives([JSON, other]) == [JSON, other]


def test_number_in_another_notation_than_json_is_dropped() -> None:
    """A string is kept: as JSON it has quotes."""
    number, text = ("application/json", NUMBER), ("application/vnd.a+json", TEXT)
    assert without_alternatives([number, ("text/plain", NUMBER)]) == [number]
    assert without_alternatives([text, ("text/plain", TEXT)]) == [text, ("text/plain", TEXT)]


@pytest.mark.parametrize(
    ("shape", "is_vague"),
    [
        (ANY, True),
        (TEXT, True),
        (Scalar("string", "date"), False),
        (NUMBER, False),
        (PET, False),
        (MapOf(TEXT), False),
        (OneOf((TEXT, Scalar("null"))), True),
        (OneOf((ANY, TEXT)), True),
        (OneOf((TEXT, NUMBER)), False),
        (OneOf((PET, Scalar("null"))), False),
    ],
)
def test_anything_and_strings_do_not_describe_a_body(shape: Shape, *, is_vague: bool) -> None:
    assert is_undescribed(shape) is is_vague
