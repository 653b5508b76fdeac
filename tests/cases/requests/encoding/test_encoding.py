"""Encoding of values in each location, and values that cannot be encoded."""

from __future__ import annotations

import re
from typing import Any

import pytest

from losant_audit_log import InvalidArgumentError
from losant_audit_log._runtime.arguments import encoding
from losant_audit_log._runtime.arguments.deep_objects import DeepObject
from losant_audit_log._runtime.arguments.parameters import Parameter

Written = list[tuple[str, str]]


def query(value: Any, **options: Any) -> Written:
    return encoding.query_pairs(Parameter("a_", "a", "query", **options), value)


def deep(value: Any, arrays: str = "indices") -> Written:
    return query(value, encoding=DeepObject(arrays))


def path(value: Any, **options: Any) -> str:
    return encoding.path_segment(Parameter("a_", "a", "path", **options), value)


def header(value: Any, **options: Any) -> str:
    return encoding.header_value(Parameter("a_", "a", "header", **options), value)


def cookie(value: Any, **options: Any) -> list[str]:
    return encoding.cookie_pairs(Parameter("a_", "a", "cookie", **options), value)


@pytest.mark.parametrize(
    ("value", "arrays", "written"),
    [
        ({"b": 1, "c": {"d": True}}, "indices", [("a[b]", "1"), ("a[c][d]", "true")]),
        ({"b": [1, [2]]}, "indices", [("a[b][0]", "1"), ("a[b][1][0]", "2")]),
        ({"b": [1, {"c": 2}]}, "either", [("a[b][]", "1"), ("a[b][1][c]", "2")]),
        ({"b": [1, [2]]}, "either", [("a[b][]", "1"), ("a[b][1][]", "2")]),
        ({"b": [1, 2]}, "brackets", [("a[b][]", "1"), ("a[b][]", "2")]),
        ({"b": [1, 2]}, "repeat", [("a[b]", "1"), ("a[b]", "2")]),
        ({"b": [{"c": 1}, {"c": 2}]}, "brackets", [("a[b][][c]", "1"), ("a[b][][c]", "2")]),
        (
            {"b": [{"c": 1, "d": 2}, {"d": 3, "c": 4}]},
            "brackets",
            [("a[b][][c]", "1"), ("a[b][][d]", "2"), ("a[b][][d]", "3"), ("a[b][][c]", "4")],
        ),
        ({"X": "ü&="}, "indices", [("a[X]", "%C3%BC%26%3D")]),
    ],
)
def test_deep_object_is_encoded_with_brackets(value: Any, arrays: str, written: Written) -> None:
    assert deep(value, arrays) == written


NOT_APART = "a_: the list is ambiguous without indices (x-deep-object)"


@pytest.mark.parametrize(
    ("value", "arrays"),
    [
        ([[1]], "brackets"),
        ([[1]], "repeat"),
        ([{"c": 1}], "repeat"),
        ([{"c": 1}, {"d": 1}], "brackets"),
        ([{"c": 1}, {"d": 1, "c": 2}], "brackets"),
        ([{"c": 1}, {}], "brackets"),
        ([1, {"c": 1}, {"d": 2}], "brackets"),
    ],
)
def test_ambiguous_items_of_a_deep_object_are_rejected(value: Any, arrays: str) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^{re.escape(NOT_APART)}$"):
        deep({"b": value}, arrays)


EMPTY = "must not be empty, because it would not be sent; omit it instead"
NESTED = "a_: its style cannot encode nested values"
BRACKETS = "is empty or has a bracket"

NO_OBJECTS: list[tuple[Any, str]] = [
    ({"b": []}, f"a_[b]: {EMPTY}"),
    ({"b": [1, {}]}, f"a_[b][1]: {EMPTY}"),
    ({}, f"a_: {EMPTY}"),
    ({"": 1}, f"a_: the member name '' {BRACKETS}"),
    ({"b[": 1}, f"a_: the member name 'b[' {BRACKETS}"),
    ({"b]": 1}, f"a_: the member name 'b]' {BRACKETS}"),
    ({"b": "\ud800"}, "a_: an unpaired surrogate cannot be encoded as UTF-8"),
]


@pytest.mark.parametrize(("value", "why"), NO_OBJECTS)
def test_invalid_deep_object_is_rejected(value: Any, why: str) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^{re.escape(why)}$"):
        deep(value)


RGB = {"R": 1, "G,": 2}


@pytest.mark.parametrize(
    ("value", "options", "written"),
    [
        ("b c", {}, [("a", "b%20c")]),
        (["x,y", 2], {}, [("a", "x%2Cy"), ("a", "2")]),
        (["x,y", 2], {"explode": False}, [("a", "x%2Cy,2")]),
        (RGB, {}, [("R", "1"), ("G,", "2")]),
        (RGB, {"explode": False}, [("a", "R,1,G%2C,2")]),
        ([1, 2], {"explode": False, "style": "spaceDelimited"}, [("a", "1%202")]),
        ([1, 2], {"explode": False, "style": "pipeDelimited"}, [("a", "1%7C2")]),
        ("a/b,c&d+e f#%", {"allow_reserved": True}, [("a", "a/b,c%26d%2Be%20f%23%25")]),
        (["/,", ";"], {"allow_reserved": True, "explode": False}, [("a", "/%2C,;")]),
        (":/?@!$'()*,;=", {"allow_reserved": True}, [("a", ":/?@!$'()*,;=")]),
    ],
)
def test_query_parameter_is_encoded_by_style(
    value: Any, options: dict[str, Any], written: Written
) -> None:
    assert query(value, **options) == written


@pytest.mark.parametrize(
    ("value", "options", "written"),
    [
        ("b/c", {}, "b%2Fc"),
        (["b", "c,d"], {}, "b,c%2Cd"),
        (RGB, {"explode": False}, "R,1,G%2C,2"),
        ({"R=": 1}, {"explode": False}, "R%3D,1"),
        ({"R": 1, "G": 2}, {}, "R=1,G=2"),
        ("b", {"style": "label"}, ".b"),
        (["b", "c"], {"style": "label"}, ".b.c"),
        (["b", "c"], {"style": "label", "explode": False}, ".b,c"),
        ({"R": 1, "G": 2}, {"style": "label"}, ".R=1.G=2"),
        ("", {"style": "matrix"}, ";a"),
        (["b", ""], {"style": "matrix"}, ";a=b;a"),
        ({"R/": 1}, {"style": "matrix"}, ";R%2F=1"),
        (3, {}, "3"),
    ],
)
def test_path_parameter_is_encoded_by_style(
    value: Any, options: dict[str, Any], written: str
) -> None:
    assert path(value, **options) == written


@pytest.mark.parametrize(
    ("value", "options", "why"),
    [
        *((text, {}, f"a_: {text!r} cannot be a path segment") for text in ("", ".", "..")),
        ([""], {}, "a_: [''] cannot be a path segment"),
        ("\ud800", {}, "a_: an unpaired surrogate cannot be encoded as UTF-8"),
        (
            {"\ud800": 1},
            {"style": "matrix"},
            "a_: an unpaired surrogate cannot be encoded as UTF-8",
        ),
        (["x.y"], {"style": "label"}, "a_: 'x.y' must not contain the delimiter '.'"),
        ({"R=": 1}, {}, "a_: 'R=' must not contain the delimiter '='"),
        ([[1]], {}, NESTED),
        ([{"b": 1}], {}, NESTED),
        ([], {}, f"a_: {EMPTY}"),
        ({}, {}, f"a_: {EMPTY}"),
        ([], {"explode": False}, f"a_: {EMPTY}"),
    ],
)
def test_invalid_path_parameter_is_rejected(value: Any, options: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^{re.escape(why)}$"):
        path(value, **options)


@pytest.mark.parametrize("style", ["spaceDelimited", "pipeDelimited"])
def test_delimiter_inside_an_item_is_rejected(style: str) -> None:
    delimiter = {"spaceDelimited": " ", "pipeDelimited": "|"}[style]
    long = f"{'x' * 50}{delimiter}"
    why = f"a_: {'x' * 40!r} must not contain the delimiter {delimiter!r}"
    with pytest.raises(InvalidArgumentError, match=f"^{re.escape(why)}$"):
        query([long], style=style, explode=False)


@pytest.mark.parametrize(
    ("value", "options", "written"),
    [
        ("b, c=ü", {}, "b, c=ü"),
        (["b", "c d"], {}, "b,c d"),
        ({"R": "x y", "G": 2}, {}, "R=x y,G=2"),
        ({"R": 1}, {"explode": False}, "R,1"),
        (True, {}, "true"),
    ],
)
def test_header_parameter_is_encoded(value: Any, options: dict[str, Any], written: str) -> None:
    assert header(value, **options) == written


@pytest.mark.parametrize("value", [["b,c"], {"R": "b,c"}, {"R,": 1}])
def test_comma_inside_a_header_item_is_rejected(value: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"must not contain the delimiter ','$"):
        header(value)


@pytest.mark.parametrize(
    ("value", "options", "written"),
    [
        ('b c;d,"e\\', {}, ["a=b%20c%3Bd%2C%22e%5C"]),
        ("!#$&'*+-.^_`|~()/:<=>?@[]{}", {}, ["a=!#$&'*+-.^_`|~()/:<=>?@[]{}"]),
        (["b", 2], {}, ["a=b", "a=2"]),
        (["b", 2], {"explode": False}, ["a=b,2"]),
        ({"R(": 1}, {}, ["R%28=1"]),
        ({"!#$&'*+-.^_`|~": 1}, {}, ["!#$&'*+-.^_`|~=1"]),
    ],
)
def test_cookie_parameter_is_encoded(
    value: Any, options: dict[str, Any], written: list[str]
) -> None:
    assert cookie(value, **options) == written


def test_cookie_name_with_a_lone_surrogate_is_rejected() -> None:
    with pytest.raises(InvalidArgumentError, match=r"^a_: an unpaired surrogate"):
        cookie({"\ud800": 1})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"),
        (False, "false"),
        (None, ""),
        (0, "0"),
        (1.5, "1.5"),
        (7.0, "7"),
        (-2.0, "-2"),
        (1e22, "1e+22"),
        ("7.0", "7.0"),
    ],
)
def test_scalar_has_one_textual_form(value: Any, written: str) -> None:
    assert encoding.scalar(value) == written


def test_number_with_too_many_digits_is_rejected() -> None:
    with pytest.raises(InvalidArgumentError, match=r"^the number has too many digits to be sent$"):
        encoding.scalar(10**5000)


def test_json_text_is_compact() -> None:
    value = {"a": ["ü", 1.5, None]}
    assert encoding.json_string(value, "a_") == '{"a":["ü",1.5,null]}'
    assert encoding.json_string(value, "a_", only_ascii=True) == '{"a":["\\u00fc",1.5,null]}'


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("\ud800", "a_: an unpaired surrogate cannot be encoded as UTF-8"),
        (float("nan"), "a_: cannot be serialized as JSON: "),
        ({1j: 1}, "a_: cannot be serialized as JSON: "),
        (b"", "a_: cannot be serialized as JSON: "),
    ],
)
def test_value_that_is_no_json_is_rejected(value: Any, why: str) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^{re.escape(why)}"):
        encoding.json_string(value, "a_")


def test_query_string_escapes_names() -> None:
    assert encoding.query_string([("a b", "1"), ("c&", "%20")]) == "a%20b=1&c%26=%20"
    with pytest.raises(InvalidArgumentError, match=r"^'\\ud800': an unpaired surrogate"):
        encoding.query_string([("\ud800", "1")])
