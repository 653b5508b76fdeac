"""Walks raise if a service ignores parameters, repeats itself or never ends."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from typing import Any, TypeAlias

import httpx
import pytest

from losant_audit_log import (
    APIConnectionError,
    IncompleteWalkError,
    InternalServerError,
    LosantError,
    ResponseDecodeError,
)
from tests.support.drifting_log import HOUR, NOON, SECOND, YEAR, Habits, Total
from tests.support.reading import Reader

OUTSIDE = "entries outside the requested time span"


def ignoring(*names: str) -> Habits:
    return Habits(ignores=frozenset(names))


@pytest.mark.parametrize(
    ("ignored", "message"),
    [
        ("end", OUTSIDE),
        ("start", OUTSIDE),
        ("sortDirection", "did not sort the entries by timestamp"),
        ("page", None),
        ("perPage", None),
    ],
)
def test_ignored_parameter_is_harmless_or_raises(
    any_reader: Reader, ignored: str, message: str | None
) -> None:
    log = any_reader.log
    entries = log.fill(30)
    log.habits = ignoring(ignored)
    direction = "asc" if ignored == "sortDirection" else "desc"
    start, end = entries[4].time, entries[25].time
    reading = any_reader.list(sort_direction=direction, start=start, end=end, per_page=5)
    if message is None:
        assert reading.complete.ids == [each.id for each in reversed(entries[4:26])]
    else:
        assert message in str(reading.raised_error(IncompleteWalkError))


def test_end_ignored_from_the_second_page_raises(any_reader: Reader) -> None:
    any_reader.log.fill(30)
    any_reader.log.habits = ignoring("end")
    reading = any_reader.walk(per_page=5)
    assert OUTSIDE in str(reading.raised_error(IncompleteWalkError))
    assert reading.ids == any_reader.log.ids()[:5]


def test_walk_without_bounds_tolerates_a_service_that_ignores_every_parameter(
    any_reader: Reader,
) -> None:
    any_reader.log.fill(30)
    any_reader.log.habits = ignoring("start", "end", "sortDirection", "page", "perPage")
    assert any_reader.walk(per_page=5).complete.ids == any_reader.log.ids()
    any_reader.walk(per_page=5, end=NOON - HOUR).raised_error(IncompleteWalkError)


def test_page_number_ignored_in_a_dense_timestamp_raises(reader: Reader) -> None:
    for _ in range(9):
        reader.log.add(NOON - SECOND)
    reader.log.habits = ignoring("page")
    error = reader.walk(per_page=4).raised_error(IncompleteWalkError)
    assert "page 1 was requested, but the service returned page 0" in str(error)
    for number in range(1, 2000):
        reader.log.edits[number] = lambda body: body.pop("page")
    error = reader.walk(per_page=4).raised_error(IncompleteWalkError)
    assert "12 entries have the same timestamp, but the service reports 9" in str(error)


def test_start_ignored_in_a_dense_timestamp_raises(reader: Reader) -> None:
    reader.log.fill(9)
    for _ in range(9):
        reader.log.add(NOON - SECOND)
    reader.log.habits = ignoring("start")
    error = reader.walk(per_page=4).raised_error(IncompleteWalkError)
    assert OUTSIDE in str(error)


def test_endless_pages_behind_a_dense_timestamp_raise(reader: Reader) -> None:
    """The dense timestamp is returned completely, but the entries behind it are not."""
    log = reader.log
    log.fill(3)
    crowd = [log.add(NOON - SECOND).wire for _ in range(9)][-1:-5:-1]

    def again(body: dict[str, Any]) -> None:
        if "start" not in log.queries[-1]:
            body.update(items=crowd, page=None)

    log.habits = Habits(total=Total.MISSING)
    log.edits = dict.fromkeys(range(1, 3000), again)
    error = reader.walk(per_page=4).raised_error(IncompleteWalkError)
    assert str(error) == "the service returns the same page repeatedly"
    assert len(log.queries) < 1000


@pytest.mark.parametrize("total", [Total.TRUE, Total.MISSING])
def test_endless_service_raises(reader: Reader, total: Total) -> None:
    log = reader.log
    log.fill(10)
    log.habits = Habits(total=total)
    for number in range(1, 3000):
        log.edits[number] = lambda body: body.update(items=[log.entries[-1].wire] * 2)
    reader.walk(per_page=2).raised_error(IncompleteWalkError)
    assert len(log.queries) < 1000


def test_repeated_response_raises_and_the_walk_resumes(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(20)
    log.edits[3] = lambda body: body.update(items=[each.wire for each in log.entries[:-6:-1]])
    reading = any_reader.walk(per_page=5)
    assert OUTSIDE in str(reading.raised_error(IncompleteWalkError))
    assert any_reader.go_on(reading).complete.ids == log.ids()


@pytest.mark.parametrize("shown", [0, 5])
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_response_without_the_entry_returned_last_is_requested_again(
    any_reader: Reader, order: str, shown: int
) -> None:
    """Without a total, nothing else reveals the entries that the response hides."""
    log = any_reader.log
    log.habits = Habits(total=Total.MISSING)
    log.fill(20)
    expected = log.ids(ascending=order == "oldest")
    hidden = sorted(log.entries, key=lambda each: expected.index(each.id))[10 : 10 + shown]
    log.edits[3] = lambda body: body.update(items=[each.wire for each in hidden])
    assert any_reader.walk(order=order, per_page=5).complete.ids == expected


@pytest.mark.parametrize("count", [3, 4, 7])
def test_repeated_response_at_the_end_of_the_retention_raises(
    any_reader: Reader, count: int
) -> None:
    """Entries before an existing entry cannot have expired."""
    log = any_reader.log
    log.habits = Habits(expires=True)
    oldest = [log.add(NOON - YEAR + SECOND) for _ in range(count)]
    log.fill(20)

    def repeat(body: dict[str, Any]) -> None:
        body.update(items=[each.wire for each in oldest[:3]], totalCount=count + 20)

    # The second response was for the oldest entries. A page without the last entry is read twice.
    log.edits = dict.fromkeys([3, 4], repeat)
    log.hooks[5] = lambda: httpx.Response(503)
    reading = any_reader.walk(per_page=3)
    reading.raised_error(InternalServerError)
    error = any_reader.go_on(reading).raised_error(IncompleteWalkError)
    assert f"20 of {count + 23} reported entries were not returned" in str(error)


Body: TypeAlias = dict[str, Any]


def one_too_many(body: Body) -> None:
    body["totalCount"] = 21


def far_too_few(body: Body) -> None:
    body["totalCount"] = 3


def nothing(body: Body) -> None:
    body["items"] = []


def backwards(body: Body) -> None:
    body["items"].reverse()


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (one_too_many, "1 of 21 reported entries"),
        (far_too_few, "5 entries, but the service reports 3"),
        (nothing, "reports 20 entries but returns an empty page"),
        (backwards, "did not sort"),
    ],
)
def test_inconsistent_response_raises_with_report_and_checkpoint(
    any_reader: Reader, edit: Callable[[dict[str, Any]], Any], message: str
) -> None:
    entries = any_reader.log.fill(20)
    any_reader.log.edits[1] = edit
    reading = any_reader.walk(per_page=5, start=entries[0].time)
    error = reading.raised_error(IncompleteWalkError)
    assert message in str(error)
    assert (error.report, error.checkpoint) == (reading.source.report, reading.source.checkpoint)


@pytest.mark.parametrize("total", [Total.MORE, Total.LESS])
def test_wrong_totals_on_every_page_raise(any_reader: Reader, total: Total) -> None:
    any_reader.log.fill(20)
    any_reader.log.habits = Habits(total=total)
    any_reader.walk(per_page=5).raised_error(IncompleteWalkError)


# --- filters

TARGET = "57955788124b37010084c053"
OTHER = "0" * 24
FIELDS: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    (
        {"primaryTarget": [{"id": TARGET}]},
        {"primaryTargetId": TARGET.upper()},
        {"primaryTargetId": OTHER},
    ),
    (
        {"primaryTarget": [{"type": "Dashboard"}]},
        {"primaryTargetType": "Dashboard"},
        {"primaryTargetType": "Application"},
    ),
    (
        {"secondaryTarget": [{"id": TARGET}]},
        {"secondaryTargetId": TARGET},
        {"secondaryTargetId": None},
    ),
    (
        {"secondaryTarget": [{"type": "Flow"}]},
        {"secondaryTargetType": "Flow"},
        {"secondaryTargetType": "Event"},
    ),
    ({"actor": [{"id": TARGET}]}, {"actorId": TARGET}, {"actorId": OTHER}),
    ({"actor": [{"type": "User"}]}, {"actorType": "User"}, {"actorType": "Flow"}),
    ({"request": [{"resource": "flow"}]}, {"requestResource": "flow"}, {"requestResource": "org"}),
    ({"request": [{"action": "post"}]}, {"requestAction": "post"}, {"requestAction": "get"}),
    ({"responseCode": [201]}, {"responseStatus": 201}, {"responseStatus": 200}),
    (
        {"actor": [{"type": "User"}, {"type": "Flow"}]},
        {"actorType": "Flow"},
        {"actorType": "Device"},
    ),
    (
        {"actor": [{"type": "User", "id": TARGET}]},
        {"actorType": "User", "actorId": TARGET},
        {"actorType": "User", "actorId": OTHER},
    ),
    (
        {"actor": [{"type": "User"}], "responseCode": [200, 201]},
        {"actorType": "User", "responseStatus": 200},
        {"actorType": "User", "responseStatus": 404},
    ),
]


@pytest.mark.parametrize(("filter_", "fits", "does_not"), FIELDS)
def test_ignored_filter_raises(
    any_reader: Reader, filter_: dict[str, Any], fits: dict[str, Any], does_not: dict[str, Any]
) -> None:
    log = any_reader.log
    for n in range(4):
        log.add(NOON - n * SECOND, **fits)
    assert len(any_reader.walk(audit_log_filter=filter_).complete.ids) == 4
    log.add(NOON - 9 * SECOND, **does_not)
    for reading in (
        any_reader.walk(audit_log_filter=filter_, per_page=3),
        any_reader.list(audit_log_filter=filter_, per_page=3),
        any_reader.list(audit_log_filter=filter_, per_page=3, sort_field="creationDate", page=1),
    ):
        error = reading.raised_error(IncompleteWalkError)
        assert f"returned an entry that does not match {next(reversed(filter_))!r}" in str(error)
        assert error.checkpoint


def test_name_conditions_of_a_filter_are_not_compared(reader: Reader) -> None:
    """The service matches names in an unknown way."""
    reader.log.add(actorName="somebody@example.com")
    reader.walk(audit_log_filter={"actor": [{"name": "some"}]}).complete  # noqa: B018
    reader.log.add(actorName="x", actorType="Flow")
    filter_ = {"actor": [{"name": "some", "type": "User"}]}
    reader.walk(audit_log_filter=filter_).raised_error(IncompleteWalkError)


# --- answers that are none


def _raise(error: Exception) -> Any:
    raise error


FAULTS: dict[str, tuple[Callable[[], Any], type[LosantError]]] = {
    "html": (lambda: httpx.Response(200, content=b"<html>"), ResponseDecodeError),
    "empty": (lambda: httpx.Response(200), ResponseDecodeError),
    "no items": (lambda: httpx.Response(200, json={"totalCount": 1}), ResponseDecodeError),
    "null items": (lambda: httpx.Response(200, json={"items": None}), ResponseDecodeError),
    "an array": (lambda: httpx.Response(200, json=[]), ResponseDecodeError),
    "odd total": (
        lambda: httpx.Response(200, json={"items": [], "totalCount": "1"}),
        ResponseDecodeError,
    ),
    "503": (lambda: httpx.Response(503, json={"type": "X"}), InternalServerError),
    "reset": (lambda: _raise(httpx.ReadError("reset")), APIConnectionError),
}


@pytest.mark.parametrize("name", FAULTS)
def test_failed_page_raises_with_a_checkpoint_to_resume(any_reader: Reader, name: str) -> None:
    log = any_reader.log
    log.fill(12)
    behave, kind = FAULTS[name]
    log.hooks[2] = behave
    reading = any_reader.walk(per_page=5)
    error = reading.raised_error(kind)
    checkpoint = vars(error)["checkpoint"]
    assert json.loads(checkpoint)["entries"] == 5
    assert reading.ids + any_reader.walk(checkpoint=checkpoint).complete.ids == log.ids()
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (str(copy), copy.checkpoint) == (str(error), checkpoint)


def test_incomplete_walk_error_pickles_with_its_report(any_reader: Reader) -> None:
    any_reader.log.fill(5)
    any_reader.log.add(newField=1, actorType="Robot")
    any_reader.log.edits[1] = lambda body: body.update(totalCount=99)
    error = any_reader.walk(start=NOON - HOUR).raised_error(IncompleteWalkError)
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.checkpoint, copy.report) == (str(error), error.checkpoint, error.report)
    assert copy.report.unknown_fields == {"newField": 1}
