"""Entries with any JSON pass through the client without loss or change."""

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
pytestmark = pytest.mark.long

FIELDS = frozenset(field.encode_name for field in msgspec.structs.fields(AuditLog))
UNKNOWN = st.dictionaries(TEXTS.filter(lambda name: name not in FIELDS), JSON, max_size=4)


def get(body: bytes) -> AuditLog:
    """Get an entry from a service that responds with these bytes."""

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body, headers={"content-type": "application/json"})

    with httpx.Client(transport=httpx.MockTransport(answer)) as inner:
        return Client(TOKEN, http_client=inner, max_retries=0).audit_logs.get(ORG, ENTRY)


def as_read(value: Any) -> Any:
    """Return a JSON value as a decoder of doubles reads it."""
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
def test_random_entry_round_trips(body: Any, unknown: Any, is_ascii: Any) -> None:
    check_round_trip(body, unknown, is_ascii=is_ascii)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@given(JSON, UNKNOWN, st.booleans())
@many(10_000)
def test_thousands_of_random_entries_round_trip(body: Any, unknown: Any, is_ascii: Any) -> None:
    check_round_trip(body, unknown, is_ascii=is_ascii)


@given(deep(500))
@few(10)
def test_entry_with_five_hundred_levels_round_trips(body: Any) -> None:
    sent = {**AUDIT_LOG, "responseBody": body, "new": body}
    text = json.dumps(sent)
    entry = get(text.encode())
    assert entry.to_json() == text
    assert entry.to_dict() == sent
    assert entry.extra == {"new": body}


@pytest.mark.parametrize("levels", [1_100, 100_000])
@pytest.mark.parametrize("field", ["responseBody", "new", "id"])
def test_entry_with_too_many_levels_raises_a_decode_error(levels: int, field: str) -> None:
    value = "[" * levels + "]" * levels
    with pytest.raises(ResponseDecodeError):
        get(f'{{"orgId": "a", "{field}": {value}}}'.encode())


@given(st.binary(max_size=200) | TEXTS.map(str.encode))
@few(100)
def test_random_bytes_raise_a_decode_error(body: bytes) -> None:
    with pytest.raises(ResponseDecodeError):
        get(body)


@given(st.integers(0, 2_000), st.integers(0, 255))
@few(150)
def test_entry_with_a_changed_byte_is_kept_or_raises_with_the_bytes(at: int, byte: int) -> None:
    body = bytearray(json.dumps(AUDIT_LOG).encode())
    body[at % len(body)] = byte
    try:
        kept = get(bytes(body)).to_json().encode()
    except ResponseDecodeError as error:
        kept = error.content
    assert kept == bytes(body)
