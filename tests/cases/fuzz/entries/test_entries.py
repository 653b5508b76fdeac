"""Entries that hold any JSON: nothing is lost or changed on the way through the client."""

from __future__ import annotations

import json
import pickle
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.json_values import is_array, is_object
from losant_audit_log import AuditLog, Client, ResponseDecodeError
from tests.support.callers import TOKEN
from tests.support.examples import AUDIT_LOG, ENTRY, ORG
from tests.support.searching import JSON, TEXTS, deep, few, many

# Fields that the document describes: others are unknown ones.
FIELDS = frozenset(field.encode_name for field in msgspec.structs.fields(AuditLog))
UNKNOWN = st.dictionaries(TEXTS.filter(lambda name: name not in FIELDS), JSON, max_size=4)


def get(body: bytes) -> AuditLog:
    """Get an entry from a service that answers with these bytes."""

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body, headers={"content-type": "application/json"})

    with httpx.Client(transport=httpx.MockTransport(answer)) as inner:
        return Client(TOKEN, http_client=inner, max_retries=0).audit_logs.get(ORG, ENTRY)


def as_read(value: Any) -> Any:
    """Give a JSON value as every decoder of doubles reads it."""
    if is_object(value):
        return {key: as_read(each) for key, each in value.items()}
    if is_array(value):
        return [as_read(each) for each in value]
    is_large = type(value) is int and not -(2**63) <= value < 2**64
    return float(value) if is_large else value


def check_round_trip(body: Any, unknown: dict[str, Any], *, is_ascii: bool) -> None:
    sent = {**AUDIT_LOG, **unknown, "requestBody": body, "responseBody": [body]}
    text = json.dumps(sent, ensure_ascii=is_ascii)
    entry = get(text.encode())
    assert entry.to_json() == text
    assert as_read(entry.to_dict()) == as_read(sent)
    assert entry.extra.keys() == unknown.keys()
    assert as_read(entry.extra) == as_read(unknown)
    assert as_read(entry.response_body) == as_read([body])
    again = pickle.loads(pickle.dumps(entry))
    assert again == entry
    assert again.to_json() == text


@given(JSON, UNKNOWN, st.booleans())
@few(60)
def test_what_is_received_is_given_as_it_came(body: Any, unknown: Any, is_ascii: Any) -> None:
    check_round_trip(body, unknown, is_ascii=is_ascii)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@given(JSON, UNKNOWN, st.booleans())
@many(10_000)
def test_what_is_received_is_given_as_it_came_thousands_of_times(
    body: Any, unknown: Any, is_ascii: Any
) -> None:
    check_round_trip(body, unknown, is_ascii=is_ascii)


@given(deep(500))
@few(10)
def test_five_hundred_levels_are_no_problem(body: Any) -> None:
    sent = {**AUDIT_LOG, "responseBody": body, "new": body}
    text = json.dumps(sent)
    entry = get(text.encode())
    assert entry.to_json() == text
    assert entry.to_dict() == sent
    assert entry.extra == {"new": body}


@pytest.mark.parametrize("levels", [1_100, 100_000])
@pytest.mark.parametrize("field", ["responseBody", "new", "id"])
def test_more_levels_than_any_decoder_goes_down_are_an_error(levels: int, field: str) -> None:
    value = "[" * levels + "]" * levels
    with pytest.raises(ResponseDecodeError):
        get(f'{{"orgId": "a", "{field}": {value}}}'.encode())


@given(st.binary(max_size=200) | TEXTS.map(str.encode))
@few(100)
def test_any_other_bytes_are_an_error(body: bytes) -> None:
    with pytest.raises(ResponseDecodeError):
        get(body)


@given(st.integers(0, 2_000), st.integers(0, 255))
@few(150)
def test_a_byte_that_fell_over_is_an_error_or_is_kept(at: int, byte: int) -> None:
    body = bytearray(json.dumps(AUDIT_LOG).encode())
    body[at % len(body)] = byte
    try:
        kept = get(bytes(body)).to_json().encode()
    except ResponseDecodeError as error:
        kept = error.content
    assert kept == bytes(body)
