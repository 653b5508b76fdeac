"""Unusual but valid JSON values, and those beyond Python's types."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

SCHEMAS = """\
    Answer:
      type: object
      properties:
        n: {type: integer}
        x: {type: number}
        t: {type: string, format: date-time}
        s: {type: string}
        many: {type: array, items: {type: integer}}
        pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Cat: {type: object, required: [kind], properties: {kind: {const: 1}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {const: 2}, name: {type: string}}}
    Typed: {type: object, properties: {a: {type: integer}}, additionalProperties: {type: integer}}
    Stated: {type: object, properties: {a: {type: integer}}, additionalProperties: true}
    Merged:
      allOf:
        - {type: object, properties: {a: {type: integer}}}
        - {type: object, additionalProperties: {type: integer}}
    Matched:
      type: object
      properties: {a: {type: integer}}
      patternProperties: {^r: {type: integer}}
    Unevaluated:
      allOf: [{type: object, properties: {a: {type: integer}}}]
      unevaluatedProperties: {type: integer}
    Unlimited: {type: object, properties: {a: {type: integer}}, unevaluatedProperties: true}
    Silent: {type: object, properties: {a: {type: integer}}}
    Closed: {type: object, properties: {a: {type: integer}}, additionalProperties: false}
    Named: {type: object, properties: {a: {type: integer}}, patternProperties: {^r: {}}}
    Required: {type: object, required: [a], properties: {a: {type: integer}}}
"""

Read = Callable[..., Any]


@pytest.fixture(scope="module")
def schemas() -> str:
    return SCHEMAS


@pytest.fixture
def read_as(pets: Any) -> Read:
    """Decodes bytes as a model."""
    decode = importlib.import_module(f"{pets.__name__}._runtime.models.decoding").decode

    def read(content: bytes, name: str = "Answer") -> Any:
        return decode(content, getattr(pets.models, name))

    return read


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"5.0", 5),
        (b"-5.000", -5),
        (b"1e3", 1000),
        (b"1E+3", 1000),
        (b"1.5e1", 15),
        (b"1500e-2", 15),
        (b"-0.0", 0),
        (b"12345678901234567890.0", 12345678901234567890),
        (b"1e300", 10**300),
    ],
)
def test_number_with_a_zero_fraction_is_an_integer(
    read_as: Read, written: bytes, expected: int
) -> None:
    content = b'{"n": %s, "s": "5.0", "x": 2.5, "many": [1, %s]}' % (written, written)
    value = read_as(content)
    assert (value.n, value.s, value.x, value.many) == (expected, "5.0", 2.5, [1, expected])
    assert type(value.n) is int
    assert value.raw == content


@pytest.mark.parametrize("written", [b"5.5", b"1e-3", b"1e400", b"1e99999999999999999999", b'"5"'])
def test_other_number_is_not_an_integer(read_as: Read, pets: Any, written: bytes) -> None:
    with pytest.raises(pets.ResponseDecodeError):
        read_as(b'{"n": %s}' % written)


def test_discriminating_constant_may_have_a_zero_fraction(read_as: Read, pets: Any) -> None:
    value = read_as(b'{"pet": {"kind": 2.0, "name": "1.0 \\" 2.0"}}')
    assert isinstance(value.pet, pets.models.Dog)
    assert value.pet.name == '1.0 " 2.0'


@pytest.mark.parametrize("written", ["9999999", "999999999999", "9999999Z"])
def test_last_timestamp_keeps_as_many_digits_as_python_has(read_as: Read, written: str) -> None:
    text = f"9999-12-31T23:59:59.{written.removesuffix('Z')}Z"
    value = read_as(json.dumps({"t": text}).encode())
    assert value.t == dt.datetime.max.replace(tzinfo=dt.UTC)
    assert value.to_dict() == {"t": text}


def test_byte_order_mark_before_json_is_ignored(read_as: Read, pets: Any) -> None:
    value = read_as(b'\xef\xbb\xbf{"n": 1, "new": 2}')
    assert (value.n, value.extra, value.to_dict()) == (1, {"new": 2}, {"n": 1, "new": 2})
    with pytest.raises(pets.ResponseDecodeError, match="empty"):
        read_as(b"\xef\xbb\xbf")
    with pytest.raises(pets.ResponseDecodeError, match="HTML"):
        read_as(b"\xef\xbb\xbf<!doctype html>")


@pytest.mark.parametrize("digits", ["9" * 5000, f"-1{'0' * 9000}"])
def test_unknown_integer_of_thousands_of_digits_is_kept(read_as: Read, digits: str) -> None:
    value = read_as(f'{{"n": 1, "new": {digits}}}'.encode())
    assert value.extra == {"new": Decimal(digits)}
    assert value.to_dict()["new"] == Decimal(digits)
    assert digits in value.to_json()
    assert repr(value.extra)
    assert pickle.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("name", ["n", "x", "t", "many", "pet"])
def test_integer_of_thousands_of_digits_in_a_field_is_a_decoding_error(
    read_as: Read, pets: Any, name: str
) -> None:
    with pytest.raises(pets.ResponseDecodeError):
        read_as(b'{"%s": %s}' % (name.encode(), b"9" * 5000))


def test_member_with_the_name_of_an_internal_field_is_unknown(read_as: Read) -> None:
    for name in ("(raw)", "(spare)", "_raw", "_spare", "raw", "extra"):
        value = read_as(json.dumps({"n": 1, name: 2}).encode())
        assert value.extra == {name: 2}
        nested = json.dumps({"pet": {"kind": 1, name: "x"}}).encode()
        assert read_as(nested).to_dict() == {"pet": {"kind": 1, name: "x"}}


@pytest.mark.parametrize(
    "name", ["Typed", "Stated", "Merged", "Matched", "Unevaluated", "Unlimited"]
)
def test_object_of_further_members_alone_is_valid_where_they_are_documented(
    read_as: Read, name: str
) -> None:
    assert read_as(b'{"red": 3}', name).extra == {"red": 3}
    assert read_as(b"{}", name).to_dict() == {}


@pytest.mark.parametrize("name", ["Silent", "Closed", "Required", "Named"])
def test_object_of_further_members_alone_is_rejected_elsewhere(
    read_as: Read, pets: Any, name: str
) -> None:
    with pytest.raises(pets.ResponseDecodeError):
        read_as(b'{"red": 3}', name)


def test_empty_object_is_valid_where_nothing_is_required(read_as: Read, pets: Any) -> None:
    assert read_as(b"{}", "Silent").a is None
    assert read_as(b" { } ", "Closed").a is None
    with pytest.raises(pets.ResponseDecodeError):
        read_as(b"{}", "Required")
