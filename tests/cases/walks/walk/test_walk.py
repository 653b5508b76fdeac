"""`walk()`: its requests, its report, and its behavior on a changing log."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from dataclasses import replace
from typing import Any

import httpx
import msgspec
import pytest

from losant_audit_log import (
    AuditLog,
    EntryDecodeError,
    IncompleteWalkError,
    InvalidArgumentError,
    LosantError,
    Report,
    ResponseDecodeError,
)
from losant_audit_log._runtime.models.decoding import decode
from losant_audit_log._runtime.paging.page_data import read_page
from losant_audit_log.resources import audit_logs
from tests.support.callers import Way
from tests.support.drifting_log import (
    HOUR,
    NOON,
    SECOND,
    Bounds,
    DriftingLog,
    Echo,
    Habits,
    Total,
    iso,
    milliseconds,
)
from tests.support.examples import ORG
from tests.support.reading import Reader

CROWD = 23


def crowd(log: DriftingLog, *, unstable: bool = True, **habits: Any) -> list[str]:
    """Put more entries into one millisecond than a page holds, between others."""
    log.habits = Habits(unstable=unstable, **habits)
    for age in (5, 4):
        log.add(NOON - age)
    for _ in range(CROWD):
        log.add(NOON - 3)
    for age in (2, 2, 1):
        log.add(NOON - age)
    return [each.id for each in log.entries]


def test_walk_sends_nothing_before_iteration(any_reader: Reader) -> None:
    any_reader.log.fill(3)
    walk = any_reader.client().audit_logs.walk(ORG)
    assert walk.report.pages == 0
    assert walk.checkpoint
    assert any_reader.log.queries == []


def test_walk_returns_every_entry_newest_first(any_reader: Reader) -> None:
    any_reader.log.fill(50)
    assert any_reader.walk(per_page=7).complete.ids == any_reader.log.ids()


def test_walk_requests_the_first_page_of_each_window(reader: Reader) -> None:
    first, *_ = reader.log.fill(10, gaps=[SECOND])
    assert len(reader.walk(per_page=4, start=first.time).complete.ids) == 10
    assert {each["page"] for each in reader.log.queries} == {"0"}
    ends = [int(each["end"]) for each in reader.log.queries if "end" in each]
    assert len(ends) == 3
    assert ends == sorted(ends, reverse=True)


def test_walk_of_an_instance_returns_every_entry(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(9)
    walk = any_reader.read(lambda client: client.instance_audit_logs.walk(ORG, per_page=2))
    assert walk.complete.ids == log.ids()


def test_walk_within_bounds_returns_the_entries_within(any_reader: Reader) -> None:
    log = any_reader.log
    entries = log.fill(20)
    start, end = entries[4].time, entries[15].time
    reading = any_reader.walk(start=start, end=end, per_page=3).complete
    assert reading.ids == [each.id for each in reversed(entries[4:16])]


@pytest.mark.parametrize("bounds", list(Bounds))
@pytest.mark.parametrize("concurrency", [1, 3])
def test_walk_includes_both_bounds_whatever_the_service_does(
    any_reader: Reader, bounds: Bounds, concurrency: int
) -> None:
    log = any_reader.log
    log.habits = Habits(bounds=bounds)
    entries = log.fill(20, gaps=[0, 1, SECOND])
    start, end = entries[4].time, entries[15].time
    reading = any_reader.walk(start=start, end=end, per_page=2, concurrency=concurrency).complete
    expected = {each.id for each in entries if start <= each.time <= end}
    assert len(reading.ids) == len(expected) == reading.source.report.entries
    assert set(reading.ids) == expected


@pytest.mark.parametrize("bounds", list(Bounds))
@pytest.mark.parametrize("dated", [0, 1])
@pytest.mark.parametrize("name", ["since", "start"])
def test_entry_at_the_end_of_a_walk_is_returned_by_the_next(
    any_reader: Reader, bounds: Bounds, dated: float, name: str
) -> None:
    log = any_reader.log
    log.habits = Habits(bounds=bounds, dated=dated)
    newest = log.fill(3)[-1]
    first = any_reader.walk().complete.source
    end = milliseconds(first.report.end)
    log.now += HOUR
    just = log.add(end)
    begin = first.checkpoint if name == "since" else first.report.end
    # Without a clock, the end is the newest entry, whose id is only known to a checkpoint.
    again = [newest.id] if name == "start" and not dated else []
    assert sorted(any_reader.walk(**{name: begin}).complete.ids) == [*again, just.id]


def test_datetimes_are_accepted_as_bounds(reader: Reader) -> None:
    entries = reader.log.fill(9)
    start, end = (dt.datetime.fromisoformat(iso(entries[n].time)) for n in (2, 6))
    reading = reader.walk(start=start, end=end).complete
    assert len(reading.ids) == 5
    assert (reading.source.report.start, reading.source.report.end) == (start, end)


@pytest.mark.parametrize(
    "arguments",
    [
        {"concurrency": 0},
        {"concurrency": "2"},
        {"on_undecodable": "drop"},
        {"overlap": 5},
        {"overlap": dt.timedelta(seconds=-1)},
        {"per_page": 0},
        {"start": dt.datetime(2026, 1, 1)},
        {"audit_log_filter": {}},
        {"timeout": -1},
    ],
)
def test_invalid_arguments_are_rejected_before_iteration(
    reader: Reader, arguments: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArgumentError, match=next(iter(arguments))):
        reader.client().audit_logs.walk(ORG, **arguments)


def test_misspelled_argument_is_a_type_error(reader: Reader) -> None:
    with pytest.raises(TypeError):
        reader.client().audit_logs.walk(ORG, checkpont="")
    with pytest.raises(InvalidArgumentError, match="org_id"):
        reader.client().audit_logs.walk("../..")


# --- the report


def test_report_counts_pages_entries_and_duplicates(any_reader: Reader) -> None:
    log = any_reader.log
    entries = log.fill(5)
    reading = any_reader.walk(per_page=4, start=entries[0].time - 1).complete
    report = reading.source.report
    assert isinstance(report, Report)
    assert report == Report(
        total=5,
        pages=3,  # The third one is behind a page that is shorter than requested.
        entries=5,
        distinct=5,
        duplicates=2,
        undecodable=0,
        first=dt.datetime.fromisoformat(iso(entries[-1].time)),
        last=dt.datetime.fromisoformat(iso(entries[0].time)),
        start=dt.datetime.fromisoformat(iso(entries[0].time - 1)),
        end=dt.datetime.fromisoformat(iso(NOON // SECOND * SECOND - 1)),
        pinned_by="server",
        unknown_fields={},
        new_enum_values={},
    )
    assert repr(reading.source).endswith("(5 entries so far)")


def test_report_before_iteration_is_empty(reader: Reader) -> None:
    report = reader.client().audit_logs.walk(ORG).report
    assert (report.first, report.last, report.start, report.end) == (None, None, None, None)
    assert (report.pages, report.entries, report.duplicates, report.pinned_by) == (0, 0, 0, "")


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("concurrency", [1, 3])
def test_total_of_the_report_is_known_from_the_first_page_on(
    any_reader: Reader, order: str, concurrency: int
) -> None:
    any_reader.log.fill(40)
    arguments = {"order": order, "concurrency": concurrency, "per_page": 10}
    assert any_reader.walk(3, **arguments).source.report.total == 40
    done = any_reader.walk(**arguments).complete.source
    assert done.report.total == 40
    any_reader.log.now += SECOND
    new = any_reader.log.add()
    again = any_reader.walk(since=done.checkpoint, order=order).complete
    assert again.ids == [new.id]
    assert again.source.report.total == 1


def test_total_is_unknown_where_the_service_does_not_report_it(reader: Reader) -> None:
    reader.log.habits = Habits(total=Total.MISSING)
    reader.log.fill(4)
    assert reader.walk().complete.source.report.total is None


def test_report_is_a_frozen_snapshot(reader: Reader) -> None:
    reader.log.fill(5)
    reading = reader.walk(2, per_page=2)
    report = reading.source.report
    assert report.entries == 2
    with pytest.raises(AttributeError):
        report.entries = 3
    reader.go_on(reading)
    assert (report.entries, reading.source.report.entries) == (2, 5)


def test_report_of_a_resumed_walk_includes_earlier_entries(any_reader: Reader) -> None:
    any_reader.log.fill(9)
    first = any_reader.walk(4, per_page=2)
    second = any_reader.walk(per_page=2, checkpoint=first.source.checkpoint).complete
    assert (len(second.ids), second.source.report.entries) == (5, 9)
    assert second.source.report.first == first.source.report.first


@pytest.mark.parametrize(("dated", "end", "by"), [(1, 1, "end"), (1, 0, "server"), (0, 0, "local")])
def test_end_is_pinned_by_argument_server_or_local_clock(
    any_reader: Reader, dated: float, end: int, by: str
) -> None:
    any_reader.log.habits = Habits(dated=dated)
    any_reader.log.fill(3)
    arguments: dict[str, Any] = {"end": NOON} if end else {}
    assert any_reader.walk(**arguments).complete.source.report.pinned_by == by


def test_malformed_date_header_pins_the_end_by_the_local_clock(reader: Reader) -> None:
    body: dict[str, Any] = {"items": [], "totalCount": 0}
    reader.log.hooks[1] = lambda: httpx.Response(200, json=body, headers={"Date": "yesterday"})
    assert reader.walk().complete.source.report.pinned_by == "local"


@pytest.mark.parametrize("skew", [-HOUR, 0, HOUR])
@pytest.mark.parametrize("dated", [0, 1])
@pytest.mark.parametrize("since", [False, True])
@pytest.mark.parametrize("bounds", [Bounds.INCLUSIVE, Bounds.EXCLUSIVE])
def test_next_walk_starts_where_the_last_one_ended(
    reader: Reader, skew: int, dated: float, *, since: bool, bounds: Bounds
) -> None:
    log = reader.log
    log.habits = Habits(dated=dated, bounds=bounds)
    log.skew = skew
    log.fill(7)
    log.add(NOON - 3)
    given: list[str] = []
    reading = reader.walk(per_page=3).complete
    for _ in range(3):
        given += reading.ids
        log.now += 7
        log.add()
        log.now += 5
        report = reading.source.report
        begin = {"since": reading.source.checkpoint} if since else {"start": report.end}
        reading = reader.walk(per_page=3, **begin).complete
    given += reading.ids
    # A start knows no ids, so entries at or after an end that was not over are returned again.
    assert sorted(given if since else set(given)) == sorted(log.ids())


@pytest.mark.parametrize("overlap", [0, 10])
def test_entries_of_an_unfinished_second_are_returned_once(reader: Reader, overlap: int) -> None:
    """The end is not after the service's clock, whose Date header has whole seconds."""
    log = reader.log
    log.fill(2)
    seen = log.add(NOON + 30)
    arguments = {"overlap": dt.timedelta(seconds=overlap)}
    first = reader.walk(**arguments).complete
    assert first.ids[0] == seen.id
    assert milliseconds(first.source.report.end) == NOON // SECOND * SECOND - 1
    late = [log.add(NOON + 30), log.add(NOON + 29)]
    log.now += HOUR
    following = reader.walk(since=first.source.checkpoint, **arguments).complete
    assert following.ids == [each.id for each in late]


# --- several entries in one millisecond, bounds, sizes


@pytest.mark.parametrize("bounds", list(Bounds))
@pytest.mark.parametrize("size", [2, 5, CROWD, CROWD + 1])
def test_dense_millisecond_is_returned_completely(
    reader: Reader, bounds: Bounds, size: int
) -> None:
    expected = crowd(reader.log, bounds=bounds)
    reading = reader.walk(per_page=size).complete
    assert sorted(reading.ids) == expected
    for direction in ("asc", "desc"):
        reading = reader.list(per_page=size, sort_direction=direction).complete
        assert sorted(reading.ids) == expected


@pytest.mark.parametrize("total", [Total.TRUE, Total.MISSING])
def test_dense_millisecond_on_shortened_pages_is_returned_completely(
    any_reader: Reader, total: Total
) -> None:
    expected = crowd(any_reader.log, unstable=False, shortens=0.5, total=total, cap=6)
    assert sorted(any_reader.walk().complete.ids) == expected


def test_dense_millisecond_at_the_end_is_returned_completely(reader: Reader) -> None:
    for bounds in Bounds:
        log = DriftingLog(1, Habits(bounds=bounds, unstable=True))
        for _ in range(CROWD):
            log.add(NOON - 5)
        reading = Reader(log).walk(per_page=4, end=NOON - 4, start=NOON - 6).complete
        assert sorted(reading.ids) == sorted(log.ids())
    assert reader.log.queries == []


def test_dense_millisecond_with_a_hidden_entry_is_incomplete(reader: Reader) -> None:
    log = reader.log
    for _ in range(9):
        log.add(NOON - 5)
    hidden = log.entries[4].wire
    for number in range(1, 500):
        log.edits[number] = lambda body: body.update(
            items=[each for each in body["items"] if each != hidden]
        )
    error = reader.walk(per_page=3).raised_error(IncompleteWalkError)
    assert "more entries have the same timestamp than fit on a page" in str(error)
    assert error.report.entries == 8


@pytest.mark.parametrize("echo", list(Echo))
@pytest.mark.parametrize("cap", [1, 3, 100])
@pytest.mark.parametrize("size", [None, 2, 1000])
def test_page_size_of_the_service_is_followed(
    reader: Reader, echo: Echo, cap: int, size: int | None
) -> None:
    reader.log.habits = Habits(echo=echo, cap=cap)
    reader.log.fill(20, gaps=[0, SECOND])
    arguments: dict[str, Any] = {} if size is None else {"per_page": size}
    assert sorted(reader.walk(**arguments).complete.ids) == sorted(reader.log.ids())


def test_shortened_pages_are_followed(any_reader: Reader) -> None:
    any_reader.log.habits = Habits(shortens=0.6)
    any_reader.log.fill(60)
    assert any_reader.walk(per_page=10).complete.ids == any_reader.log.ids()


def test_walk_works_without_a_total(any_reader: Reader) -> None:
    any_reader.log.habits = Habits(total=Total.MISSING)
    any_reader.log.fill(30)
    assert any_reader.walk(per_page=10).complete.ids == any_reader.log.ids()


# --- drift


def test_entries_that_arrive_during_a_walk_are_returned_by_the_next(any_reader: Reader) -> None:
    log = any_reader.log
    log.habits = Habits(inserts=True)
    log.step = 20
    log.fill(60)
    expected = log.ids()
    reading = any_reader.walk(per_page=5).complete
    assert reading.ids == expected
    report = reading.source.report
    present = set(log.ids())
    following = any_reader.walk(start=report.end).complete
    assert set(following.ids) == present - set(reading.ids)


def test_unknown_fields_and_enum_values_are_counted(any_reader: Reader) -> None:
    log = any_reader.log
    for n in range(30):
        log.add(NOON - n * SECOND, actorType="Robot" if n % 7 == 0 else "User")
    log.add(NOON - HOUR, newField=1, _links={}, **{'odd "name"\n': None, "other": [2]})
    log.add(NOON - 2 * HOUR, newField=2, primaryTargetType="Planet")
    report = any_reader.walk(per_page=4).complete.source.report
    assert report.unknown_fields == {"newField": 2, "other": 1}
    assert report.new_enum_values == {
        "actorType": frozenset({"Robot"}),
        "primaryTargetType": frozenset({"Planet"}),
    }


def test_unknown_fields_on_any_page_are_counted(any_reader: Reader) -> None:
    """Including known ones, on overlapping pages, and in parallel slices."""
    for n in range(40):
        fields = {name: n for name in ("a", "b", "_c") if n > 12 and n % len(name + "xy") == 0}
        any_reader.log.add(NOON - n * SECOND, **fields)
    wires = [each.wire for each in any_reader.log.entries]
    expected = {name: sum(name in each for each in wires) for name in ("a", "b")}
    for concurrency in (1, 3):
        report = any_reader.walk(per_page=4, concurrency=concurrency).complete.source.report
        assert report.unknown_fields == expected


def test_more_than_a_hundred_unknown_fields_are_counted(reader: Reader) -> None:
    for n in range(150):
        reader.log.add(NOON - n * SECOND, **{f"key{n}": 1})
    report = reader.walk(per_page=40).complete.source.report
    assert report.unknown_fields == {f"key{n}": 1 for n in range(150)}


def test_expected_fields_are_not_reported(reader: Reader) -> None:
    reader.log.fill(3)
    report = reader.walk().complete.source.report
    assert (dict(report.unknown_fields), dict(report.new_enum_values)) == ({}, {})


# --- going on


def test_repeated_iteration_resumes_the_walk(any_reader: Reader) -> None:
    any_reader.log.fill(20)
    reading = any_reader.walk(3, per_page=4)
    for _ in range(3):
        any_reader.go_on(reading, 3)
    assert any_reader.go_on(reading).complete.ids == any_reader.log.ids()
    assert any_reader.go_on(reading).complete.ids == any_reader.log.ids()


@pytest.mark.parametrize("concurrency", [1, 3])
def test_older_iterator_raises_if_a_newer_one_was_started(
    any_reader: Reader, concurrency: int
) -> None:
    log = any_reader.log
    log.fill(40)
    walk = any_reader.client().audit_logs.walk(ORG, per_page=7, concurrency=concurrency)
    given: list[str] = []

    def check(error: LosantError) -> None:
        assert "another iterator over this walk was started" in str(error)

    def read() -> None:
        older = iter(walk)
        given.extend(next(older).id for _ in range(3))
        newer = iter(walk)
        given.extend(next(newer).id for _ in range(3))
        with pytest.raises(LosantError) as raised:
            next(older)
        check(raised.value)
        given.extend(each.id for each in newer)

    async def read_asynchronously() -> None:
        older, newer = aiter(walk), aiter(walk)
        given.extend([(await anext(older)).id for _ in range(3)])
        given.extend([(await anext(newer)).id for _ in range(3)])
        with pytest.raises(LosantError) as raised:
            await anext(older)
        check(raised.value)
        given.extend([each.id async for each in newer])

    if any_reader.way is Way.SYNC:
        read()
    else:
        any_reader.run(read_asynchronously)
    assert given == log.ids()


@pytest.mark.parametrize("number", range(1, 8))
def test_repeated_iteration_resumes_after_a_failure(any_reader: Reader, number: int) -> None:
    log = any_reader.log
    log.fill(20)
    log.hooks[number] = lambda: httpx.Response(200, content=b"<html>")
    reading = any_reader.walk(per_page=4)
    error = reading.raised_error(ResponseDecodeError)
    assert vars(error)["checkpoint"] == reading.source.checkpoint
    other = any_reader.walk(per_page=4, checkpoint=reading.source.checkpoint).complete
    assert reading.ids + other.ids == log.ids()
    assert any_reader.go_on(reading).complete.ids == log.ids()


def test_order_within_a_unit_is_that_of_the_service(reader: Reader) -> None:
    """Windows are requested in milliseconds, so no finer order matters."""
    for fraction in ("789900", "789200"):
        reader.log.add(NOON, creationDate=f"2026-03-05T12:00:00.{fraction}Z")
    assert reader.walk().complete.ids == reader.log.ids()


def test_service_without_an_order_parameter_is_walked(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = msgspec.structs.replace(audit_logs.LIST_PAGES, order=None)
    monkeypatch.setattr(audit_logs, "LIST_PAGES", pages)
    reader.log.fill(20)
    assert reader.walk(per_page=5).complete.ids == reader.log.ids()
    assert not any("sortField" in each for each in reader.log.queries)


@pytest.mark.parametrize("names", [[], ["_links"], ["_links", "_x"]])
def test_page_with_expected_fields_only_is_plain(names: list[str]) -> None:
    entry = {"id": "a", "creationDate": "2026-03-05T12:00:00Z", "_type": "auditLog"}
    content = json.dumps({"items": [entry | {name: {"self": 1} for name in names}]}).encode()
    assert read_page(audit_logs.LIST_PAGES, content).is_plain is ("_x" not in names)


def test_non_ascii_page_is_validated_as_utf_8(reader: Reader) -> None:
    """Unknown fields are not decoded, but must be valid strings."""
    page = {"items": [{"id": "a", "creationDate": "2026-03-05T12:00:00Z", "new": "Zo\u00eb"}]}
    content = json.dumps(page, ensure_ascii=False).encode()
    reader.log.hooks[1] = lambda: httpx.Response(200, content=content)
    reader.log.hooks[2] = lambda: httpx.Response(200, content=b'{"items":[]}')
    assert reader.walk().complete.entries[0].extra == {"new": "Zo\u00eb"}
    broken = content.replace("\u00eb".encode(), b"\xeb")
    reader.log.hooks[len(reader.log.queries) + 1] = lambda: httpx.Response(200, content=broken)
    error = reader.walk().raised_error(EntryDecodeError)
    assert "the body is not UTF-8" in str(error)


def test_habits_and_report_are_plain_data() -> None:
    assert replace(Habits(), cap=3) == Habits(cap=3)
    assert msgspec.structs.fields(Report)[0].name == "total"


@pytest.mark.parametrize("names", [[], ["_links"], ["_links", "_x"], ["new"], ["new", "_links"]])
def test_walked_entries_equal_single_entries(reader: Reader, names: list[str]) -> None:
    """For both ways of decoding a page: with expected names only, and with others."""
    for n in range(3):
        reader.log.add(NOON - n * SECOND, **{name: {"self": n} for name in names})
    for entry, logged in zip(reader.walk().complete.entries, reader.log.entries, strict=True):
        single = decode(json.dumps(logged.wire).encode(), AuditLog)
        assert type(entry) is AuditLog
        assert entry.to_dict() == logged.wire
        assert entry.extra.keys() == {"_type", *names}
        assert (entry, repr(entry)) == (single, repr(single))
        assert repr(pickle.loads(pickle.dumps(entry))) == repr(single)
        assert entry == pickle.loads(pickle.dumps(entry))
