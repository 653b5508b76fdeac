"""Timestamps: sent as milliseconds, returned in UTC, with the wire form unchanged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from losant_audit_log import InvalidArgumentError
from losant_audit_log._runtime.models.decoding import decode
from losant_audit_log._runtime.models.model import Model, Timestamp
from tests.support.callers import Caller
from tests.support.examples import AUDIT_LOG, AUDIT_LOGS, ORG
from tests.support.fault_server import Faults, answer

Get = Callable[[Any], Any]
PLUS_TWO = dt.timezone(dt.timedelta(hours=2))
MOMENT = dt.datetime(2016, 6, 13, 4, 0, 0, tzinfo=dt.UTC)
MS = 1_465_790_400_000


@pytest.mark.parametrize(
    ("given", "start", "end"),
    [
        (MOMENT, MS, MS),
        (MOMENT.astimezone(PLUS_TWO), MS, MS),
        (MOMENT + dt.timedelta(microseconds=1), MS, MS + 1),
        (MOMENT + dt.timedelta(microseconds=999), MS, MS + 1),
        (MOMENT + dt.timedelta(microseconds=1000), MS + 1, MS + 1),
        (MOMENT - dt.timedelta(microseconds=1), MS - 1, MS),
        (MS, MS, MS),
        (1, 1, 1),
    ],
)
def test_start_rounds_down_and_end_rounds_up_to_milliseconds(
    faults: Faults, call: Caller, given: dt.datetime | int, start: int, end: int
) -> None:
    faults.plan(answer(200, AUDIT_LOGS))
    call(lambda client: client.audit_logs.list(ORG, start=given, end=given))
    query = parse_qs(urlsplit(faults.requests[0].target).query)
    assert query == {"start": [str(start)], "end": [str(end)]}


@pytest.mark.parametrize(
    "wrong",
    [MOMENT.replace(tzinfo=None), MOMENT.date(), 0, -1, 1.5, True, "2016-06-13T04:00:00Z", b"1"],
)
def test_value_that_is_no_timestamp_is_rejected(faults: Faults, call: Caller, wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^start: "):
        call(lambda client: client.audit_logs.list(ORG, start=wrong))
    with pytest.raises(InvalidArgumentError, match=r"^end: "):
        call(lambda client: client.audit_logs.list(ORG, end=wrong))
    assert faults.requests == []


@pytest.mark.parametrize(
    "wire",
    [
        "2016-06-13T04:00:00.000Z",
        "2016-06-13T04:00:00Z",
        "2016-06-13T06:00:00.000+02:00",
        "2016-06-13T06:00:00+02:00",
        "2016-06-12T20:30:00-07:30",
        "2016-06-13T04:00:00.000+00:00",
        "2016-06-13t04:00:00z",
    ],
)
def test_timestamps_are_decoded_in_utc_and_encoded_unchanged(
    faults: Faults, call: Caller, get: Get, wire: str
) -> None:
    body = json.dumps({**AUDIT_LOG, "creationDate": wire}).encode()
    faults.plan(answer(200, body), answer(200, b'{"items": [' + body + b"]}"))
    entries = [call(get), *call(lambda client: client.audit_logs.list(ORG)).items]
    for entry in entries:
        assert entry.creation_date == MOMENT
        assert entry.creation_date.tzinfo is dt.UTC
        assert entry.to_dict()["creationDate"] == wire
        assert entry.to_json().encode() == entry.raw == body


class Inner(Model, frozen=True):
    at: Timestamp | None = None
    more: list[Inner] | None = None


class Outer(Model, frozen=True):
    one: Inner | None = None
    many: list[Inner] | None = None
    named: dict[str, list[Timestamp]] | None = None
    name: str | None = None


def test_timestamps_in_nested_values_are_in_utc() -> None:
    at = "2016-06-13T06:00:00+02:00"
    content = {"one": {"at": at, "more": [{"at": at}]}, "many": [{"at": at}], "named": {"a": [at]}}
    outer = decode(json.dumps(content).encode(), Outer)
    assert outer.one is not None
    assert outer.many is not None
    assert outer.named is not None
    assert outer.one.more is not None
    found = [outer.one.at, outer.one.more[0].at, outer.many[0].at, *outer.named["a"]]
    assert found == [MOMENT] * 4
    assert {moment.tzinfo for moment in found if moment is not None} == {dt.UTC}
    assert outer.to_dict() == content
