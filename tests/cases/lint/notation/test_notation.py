"""Syntax of documents: JSON, and YAML 1.2 limited to JSON values."""

from __future__ import annotations

from typing import Any

import pytest

from generator.document.parsing import parse


def read(text: str) -> Any:
    parsed = parse(text.encode(), "openapi.yaml")
    assert parsed.problems == ()
    return parsed.data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("1:30", "1:30"),
        ("2026-01-31", "2026-01-31"),
        ("~", None),
        ("TRUE", True),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("-1.5e3", -1500.0),
        ("!!str 12", "12"),
        ("'12'", "12"),
    ],
)
def test_plain_scalar_is_read_by_the_yaml_1_2_core_schema(text: str, value: object) -> None:
    data = read(f"a: {text}\n")
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: *b\n", (1, 4), "unknown alias 'b'"),
        ("a: 1\n---\nb: 2\n", (2, 1), "contains a second YAML document"),
        ("a: 1e999\n", (1, 4), "1e999 is too large"),
        ("a: .inf\n", (1, 4), "expected a finite number, got .inf"),
        (f"a: {'9' * 5000}\n", (1, 4), "a number has more than 4300 digits"),
        (f"a: 0x{'f' * 4000}\n", (1, 4), "a number has more than 4300 digits"),
        ("a: !!binary QQ==\n", (1, 4), "unsupported YAML tag 'tag:yaml.org,2002:binary'"),
        ('{"a":\n 1e999}', (2, 2), "expected a finite JSON number, got 1e999"),
        ('{"a": NaN}', (1, 7), "expected a finite JSON number, got NaN"),
        ('{"a": %s}' % ("9" * 5000), (1, 7), "a number has more than 4300 digits"),
        ('{"a": }', (1, 7), "invalid JSON"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_syntax_error_has_a_position_and_a_hint(
    text: str, place: tuple[int, int], message: str
) -> None:
    [problem] = parse(text.encode(), "openapi.yaml").problems
    assert problem.code in {"S101", "S103"}
    assert message in problem.message
    assert (problem.location.line, problem.location.column) == place
    assert problem.hint


def test_hint_for_an_alias_inside_of_its_own_anchor_is_a_reference() -> None:
    [problem] = parse(b"a: &a {b: [*a]}\n", "openapi.yaml").problems
    assert problem.hint == "write a $ref: an alias cannot be inside of its own anchor"


def test_yaml_merge_key_adds_missing_members() -> None:
    data = read("base: &b {a: 1, c: 3}\nmore: &m {c: 4, d: 5}\nx: {<<: [*b, *m], a: 2}\n")
    assert data["x"] == {"a": 2, "c": 3, "d": 5}


def test_yaml_merge_key_without_an_object_is_a_member() -> None:
    assert read("x: {<<: 1, a: 2}\n") == {"x": {"<<": 1, "a": 2}}


@pytest.mark.parametrize("key", ["'<<'", '"<<"', "!!str <<", "? |-\n    <<\n  "])
def test_merge_key_that_is_quoted_is_an_ordinary_key(key: str) -> None:
    assert read(f"x:\n  {key}: {{a: 1}}\n  b: 2\n") == {"x": {"<<": {"a": 1}, "b": 2}}


@pytest.mark.parametrize("levels", [181, 100_000])
@pytest.mark.parametrize("text", ["{}", "a: {}"], ids=["JSON", "YAML"])
def test_excessive_nesting_is_a_problem(text: str, levels: int) -> None:
    nested = text.replace("{}", "[" * levels + "]" * levels)
    [problem] = parse(nested.encode(), "openapi.yaml").problems
    assert problem.code == "S104"
    assert read(text.replace("{}", "[" * 179 + "]" * 179))


def test_lone_surrogate_is_reported_at_its_position() -> None:
    [problem] = parse(b'{"a":\n "\\ud800"}', "openapi.json").problems
    assert (problem.code, problem.location.line, problem.location.column) == ("S101", 2, 2)
    assert read('{"a": "\\ud83d\\ude00"}') == {"a": "😀"}
