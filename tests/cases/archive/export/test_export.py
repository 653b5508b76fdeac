"""Exports: sealed days and late entries."""

from __future__ import annotations

import gzip
import json
import shutil
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from losant_audit_log import Client, IncompleteWalkError, InternalServerError
from losant_audit_log.archive import (
    ArchiveDamagedError,
    ArchiveIncompleteError,
    Progress,
    export,
)
from tests.support.archives import Archiving, archiving_clock, days_ago, id_of, moment
from tests.support.drifting_log import (
    DAY,
    HOUR,
    NOON,
    SECOND,
    YEAR,
    Bounds,
    DriftingLog,
    Habits,
    Total,
    client_options,
    iso,
)
from tests.support.examples import ORG

TODAY = NOON // DAY * DAY


def test_first_run_seals_every_day_of_the_year(archiving: Archiving, log: DriftingLog) -> None:
    for day in range(0, 300, 7):
        log.now = NOON - day * DAY
        log.fill(6, gaps=[0, HOUR])
    log.now = NOON
    result = archiving.export()
    assert archiving.ids == log.ids(ascending=True)
    assert result.added == len(log.entries)
    seals = archiving.seals()
    assert len(seals) == 364
    assert seals[0]["window"]["from"] == "2025-03-05T12:00:00.000Z"
    assert seals[-1]["window"]["to"] == "2026-03-04T00:00:00.000Z"
    assert all(seal["service"]["total"] == seal["entries"] for seal in seals)


@pytest.mark.parametrize("bounds", list(Bounds))
@pytest.mark.parametrize("cap", [None, 7])
def test_bounds_and_page_sizes_of_a_service_make_no_difference(
    archiving: Archiving, log: DriftingLog, bounds: Bounds, cap: int | None
) -> None:
    log.habits = Habits(bounds=bounds, cap=cap, unstable=True)
    log.fill(60, gaps=[0, HOUR, 0, 0, 7 * HOUR])
    archiving.export(start=days_ago(log, 9))
    assert archiving.ids == log.ids(ascending=True)
    assert all(seal["service"]["total"] == seal["entries"] for seal in archiving.seals())


def test_later_runs_add_new_entries_and_late_ones(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(40, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    for _ in range(4):
        log.now += DAY
        log.fill(5, gaps=[HOUR])
        log.add(log.now - 30 * HOUR)
        archiving.export()
        assert archiving.ids == log.ids(ascending=True)
    sealed = log.add(log.now - 4 * DAY)
    assert archiving.export().late == 0
    assert sealed.id not in archiving.ids
    result = archiving.export(overlap=timedelta(days=10))
    assert (result.added, result.late) == (1, 1)
    assert archiving.ids == log.ids(ascending=True)
    assert sum(day.late for day in archiving.archive.days) == 1
    late = archiving.seals()[-1]
    assert (late["kind"], late["service"]) == ("late", None)
    assert late["file"]["name"].endswith("/001.jsonl.gz")


def test_equal_milliseconds_at_the_edge_of_a_day_stay_on_their_sides(
    archiving: Archiving, log: DriftingLog
) -> None:
    edge = TODAY - 3 * DAY
    log.habits = Habits(cap=3, unstable=True)
    for time in (*[edge - 1] * 5, *[edge] * 5):
        log.add(time)
    archiving.export(start=days_ago(log, 5))
    assert archiving.ids == log.ids(ascending=True)
    assert [seal["entries"] for seal in archiving.seals()] == [0, 5, 5, 0]


def test_run_without_news_adds_nothing(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(30, gaps=[5 * HOUR])
    first = archiving.export(start=days_ago(log, 9))
    second = archiving.export()
    assert (second.added, second.size, second.root) == (0, first.size, first.root)


@pytest.mark.parametrize("total", [Total.MORE, Total.LESS])
def test_day_whose_total_differs_is_not_sealed(
    archiving: Archiving, log: DriftingLog, total: Total
) -> None:
    log.fill(20, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9), end=days_ago(log, 3))
    sealed = archiving.archive.days

    def lie(body: dict[str, Any]) -> None:
        body["totalCount"] += 1 if total is Total.MORE else -1

    class Lies(dict[int, Any]):
        def __contains__(self, _: object) -> bool:
            return log.queries[-1].get("perPage") == "1" and "end" in log.queries[-1]

        def __getitem__(self, _: int) -> Any:
            return lie

    log.edits = Lies()
    with pytest.raises(ArchiveIncompleteError, match="the service counts"):
        archiving.export()
    assert archiving.archive.days == sealed
    log.edits = {}
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)


def test_day_that_the_service_always_miscounts_does_not_delay_the_entries_of_later_days(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(40, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9), end=days_ago(log, 5))
    phantom = log.now - 4 * DAY + 1

    def miscount(body: dict[str, Any]) -> None:
        query = log.queries[-1]
        body["totalCount"] += int(query["start"]) <= phantom <= int(query.get("end", log.now))

    class Lies(dict[int, Any]):
        def __contains__(self, _: object) -> bool:
            return "start" in log.queries[-1]

        def __getitem__(self, _: int) -> Any:
            return miscount

    log.edits = Lies()
    with pytest.raises(IncompleteWalkError, match="reported entries were not returned"):
        archiving.export()
    assert archiving.ids == log.ids(ascending=True)
    log.fill(1, gaps=[0])
    with pytest.raises(ArchiveIncompleteError, match="the service counts"):
        archiving.export()
    assert archiving.ids == log.ids(ascending=True)


def test_day_beyond_retention_that_the_service_still_has_is_read_again(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(60, gaps=[3 * HOUR])
    log.hooks[3] = lambda: httpx.Response(503)
    log.edits[4] = lambda body: body.update(items=[], totalCount=0)
    retention = timedelta(days=3)
    with pytest.raises(InternalServerError):
        archiving.export(per_page=3, retention=retention)
    archiving.export(retention=retention)
    log.now += 2 * DAY
    archiving.export(retention=retention)
    assert archiving.ids == log.ids(ascending=True)
    assert archiving.seals()[0]["report"]["beyond_retention"]


def test_service_without_totals_is_archived_without_them(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.habits = Habits(total=Total.MISSING)
    log.fill(20, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    assert {seal["service"] is None for seal in archiving.seals()} == {True}


def test_adjacent_days_without_entries_are_counted_by_one_request(
    archiving: Archiving, log: DriftingLog
) -> None:
    first, last = log.add(log.now - 90 * DAY), log.add(log.now - 10 * DAY)
    archiving.export(start=days_ago(log, 300))
    counts = [each for each in log.queries if each.get("perPage") == "1"]
    assert len(counts) < 20
    seals = archiving.seals()
    assert [seal["service"]["total"] for seal in seals] == [seal["entries"] for seal in seals]
    assert (len(seals), archiving.ids) == (299, [first.id, last.id])


def test_entry_that_becomes_visible_between_days_without_entries_is_archived_with_its_day(
    archiving: Archiving, log: DriftingLog
) -> None:
    hidden, last = log.now - 50 * DAY, log.add(log.now - 10 * DAY)
    found = list[str]()

    def appear() -> None:
        if not found and log.queries[-1].get("perPage") == "1":
            found.append(log.add(hidden).id)

    log.hooks = dict.fromkeys(range(200), appear)
    result = archiving.export(start=days_ago(log, 90))
    assert (archiving.ids, result.late) == ([*found, last.id], 0)


def test_retention_period_that_begins_before_1970_ends_there(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.now = 40 * DAY
    entry = log.add(log.now - 10 * DAY)
    archiving.export(retention=timedelta(days=400))
    assert archiving.ids == [entry.id]
    assert archiving.archive.days[0].start == moment(0)


def test_changed_entry_keeps_its_first_line_and_is_listed_once(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(20, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    before = [*archiving.archive.entries()]
    changed = log.entries[-1]
    changed.wire["actorName"] = "another"
    for _ in range(3):
        log.now += DAY
        archiving.export(overlap=timedelta(days=9))
    assert [*archiving.archive.entries()] == before
    listed = [each["id"] for seal in archiving.seals() for each in seal["report"]["changed"]]
    assert listed == [changed.id]


def test_undecodable_entry_is_archived_and_ends_with_5(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(10, gaps=[5 * HOUR])
    odd = log.add(log.now - 3 * DAY, actorName={"first": "A"})
    result = archiving.export(start=days_ago(log, 9))
    assert (result.exit_code, result.undecodable) == (5, 1)
    message = "archived entries that do not match the document: 1"
    assert archiving.warnings == [f"{archiving.path}: {message}"]
    assert odd.id in archiving.ids
    assert sum(seal["report"]["undecodable"] for seal in archiving.seals()) == 1
    assert archiving.export().exit_code == 0


def test_undecodable_entry_of_a_run_that_fails_is_reported_by_the_next(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.habits = Habits(cap=5)
    log.fill(30, gaps=[5 * HOUR])
    log.add(log.now - 5 * DAY, actorName={"first": "A"})
    log.hooks = dict.fromkeys(range(12, 10_000), lambda: httpx.Response(500))
    with pytest.raises(InternalServerError):
        archiving.export(start=days_ago(log, 9))
    assert sum(seal["report"]["undecodable"] for seal in archiving.seals()) == 1
    log.hooks = {}
    assert [archiving.export().exit_code for _ in range(2)] == [5, 0]


@pytest.mark.parametrize("fields", [{"id": None}, {"creationDate": None}, {"creationDate": "then"}])
def test_entry_without_id_or_time_is_sealed_apart(
    archiving: Archiving, log: DriftingLog, fields: dict[str, Any]
) -> None:
    log.fill(10, gaps=[5 * HOUR])
    log.add(log.now - 3 * DAY, **fields)
    archiving.export(start=days_ago(log, 9))
    (seal,) = [each for each in archiving.seals() if each["kind"] == "unplaced"]
    assert (seal["window"], seal["entries"], seal["first"]) == (None, 1, None)
    size = len(archiving.seals())
    archiving.export(overlap=timedelta(days=9))
    assert len(archiving.seals()) == size
    assert len([*archiving.archive.entries()]) == 11


@pytest.mark.long
@pytest.mark.parametrize("text", ["0001-01-01T00:00:00.000Z", iso(-1), iso(0)])
@pytest.mark.parametrize("failure", [None, 75])
def test_entry_without_a_time_since_1970_is_sealed_apart(
    archiving: Archiving, log: DriftingLog, text: str, failure: int | None
) -> None:
    log.fill(100, gaps=[15 * HOUR])
    log.add(0, creationDate=text)
    if failure is not None:
        log.habits = Habits(cap=5)
        log.hooks = dict.fromkeys(range(failure, 10_000), lambda: httpx.Response(500))
        with pytest.raises(InternalServerError):
            archiving.export()
        log.hooks = {}
    archiving.export()
    archiving.export(overlap=timedelta(days=60))
    assert sorted(archiving.ids) == sorted(log.ids())
    assert [each["entries"] for each in archiving.seals() if each["kind"] == "unplaced"] == [1]


@pytest.mark.parametrize("fields", [{"actorName": "a\ud800"}, {"new\udfff": 1}])
def test_entry_with_an_unpaired_surrogate_is_archived_as_it_came(
    archiving: Archiving, log: DriftingLog, fields: dict[str, Any]
) -> None:
    log.fill(10, gaps=[5 * HOUR])
    odd = log.add(log.now - 3 * DAY, **fields)
    assert archiving.export(start=days_ago(log, 9)).exit_code == 5
    assert odd.wire in [json.loads(each) for each in archiving.archive.entries()]
    assert archiving.export().exit_code == 0


def test_entry_whose_id_has_an_unpaired_surrogate_is_sealed_apart(
    archiving: Archiving, log: DriftingLog
) -> None:
    for number in (0xD800, 0xD801):
        log.add(log.now - 3 * DAY, id=f"a{chr(number)}")
    archiving.export(start=days_ago(log, 9))
    [seal] = [each for each in archiving.seals() if each["kind"] == "unplaced"]
    assert seal["entries"] == 2
    size = len(archiving.seals())
    archiving.export(overlap=timedelta(days=9))
    assert len(archiving.seals()) == size


def test_line_breaks_between_tokens_become_spaces(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = log.add(log.now - 3 * DAY, actorName="two\nlines")

    class Indenting:
        @staticmethod
        def dumps(body: object) -> str:
            return json.dumps(body, indent=1).replace("\n", "\r\n")

    monkeypatch.setattr("tests.support.drifting_log.json", Indenting)
    archiving.export(start=days_ago(log, 5))
    (line,) = archiving.archive.entries()
    assert json.loads(line) == entry.wire
    assert b"\n" not in line
    assert sum(seal["report"]["reflowed"] for seal in archiving.seals()) == 1


def test_archive_of_another_log_is_rejected(archiving: Archiving, log: DriftingLog) -> None:
    archiving.export(start=days_ago(log, 5))
    described = archiving.path / "archive.json"
    described.write_text(described.read_text().replace("auditLogs.list/5", "auditLogs.list/6"))
    with (
        Client(**client_options(log, asynchronous=False)) as client,
        pytest.raises(ArchiveDamagedError, match="an archive of"),
    ):
        export(client.audit_logs, ORG, archiving.path)


def test_time_limit_stops_the_run_and_the_next_one_continues(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(60, gaps=[5 * HOUR])
    log.habits = Habits(cap=5)
    codes: list[int] = []
    while not codes or codes[-1] == 9:
        codes.append(archiving.export(start=days_ago(log, 20), max_time=timedelta(0)).exit_code)
        break
    assert codes == [9]
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)


def test_run_far_behind_ends_with_8(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(10, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    log.now += YEAR - 5 * DAY
    archiving.warnings.clear()
    assert archiving.export(end=days_ago(log, 363)).exit_code == 8
    assert "unread entries expire in" in archiving.warnings[-1]


def test_entries_that_were_read_but_not_sealed_are_not_called_unread(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.habits = Habits(cap=40)
    log.fill(50, gaps=[7 * DAY])
    stop = threading.Event()
    log.hooks[9] = stop.set
    assert archiving.export(stop=stop).exit_code == 9
    assert 0 < len(archiving.seals()) < 100
    archiving.warnings.clear()
    assert archiving.export().exit_code == 0
    assert archiving.warnings == []


def test_first_run_that_ends_far_behind_prints_a_warning(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(10, gaps=[5 * HOUR])
    ended = archiving.export(end=days_ago(log, 5), retention=timedelta(days=9))
    assert ended.exit_code == 8
    assert archiving.warnings[1:] == [f"{archiving.path}: unread entries expire in 4 days"]
    assert "unread entries expire" in archiving.warnings[-1]
    assert archiving.export().exit_code == 0


@pytest.mark.parametrize(("margin", "code"), [(None, 0), (timedelta(days=13), 8)])
def test_margin_that_is_passed_may_exceed_half_of_the_retention_period(
    archiving: Archiving, log: DriftingLog, margin: timedelta | None, code: int
) -> None:
    log.fill(10, gaps=[5 * HOUR])
    ended = archiving.export(end=days_ago(log, 8), retention=timedelta(days=20), margin=margin)
    assert ended.exit_code == code
    expiry = f"{archiving.path}: unread entries expire in 12 days"
    assert archiving.warnings[1:] == [expiry] * (code == 8)


def test_retention_below_two_weeks_halves_the_default_margin(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(10, gaps=[5 * HOUR])
    retention = timedelta(days=10)
    assert archiving.export(end=days_ago(log, 4), retention=retention).exit_code == 0
    assert archiving.export(end=days_ago(log, 4), retention=retention).exit_code == 0
    later = {"end": days_ago(log, 4), "margin": timedelta(days=7)}
    assert archiving.export(retention=retention, **later).exit_code == 8


def test_damaged_state_file_is_written_anew(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(10, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    state = archiving.path / "state.json"
    whole = json.loads(state.read_text("utf-8"))
    damages: list[dict[str, Any]] = [{"run": {"ended": "junk"}}]
    damages += ({"run": 5}, {"peaks": [1]}, {"held": "x"}, {"first": 10**30})
    texts = [json.dumps({**whole, **damage}) for damage in damages]
    for text in (*texts, '{"a":' + "[" * 100_000 + "]" * 100_000 + "}"):
        state.write_text(text, "utf-8")
        assert archiving.archive.status().last_run is None
        assert archiving.export().exit_code == 0
        assert archiving.ids == log.ids(ascending=True)
        assert archiving.archive.status().last_exit_code == 0


def test_first_run_warns_about_days_beyond_retention(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(10, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 400))
    assert "35 days" in archiving.warnings[0]


def test_first_run_without_a_start_prints_since_when_the_service_keeps_entries(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(10, gaps=[5 * HOUR])
    archiving.export()
    oldest = iso((log.now - YEAR) // SECOND * SECOND)
    message = f"the service keeps entries since {oldest}; older ones may be lost"
    assert archiving.warnings == [f"{archiving.path}: {message}"]
    archiving.export()
    assert len(archiving.warnings) == 1


@pytest.mark.parametrize("skew", [-3 * DAY, HOUR])
def test_clock_that_is_set_otherwise_loses_nothing(
    archiving: Archiving, log: DriftingLog, skew: int
) -> None:
    log.fill(30, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    log.skew = skew
    log.now += DAY
    log.fill(3)
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)
    log.skew = 0
    log.now += DAY
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)


@pytest.mark.parametrize("seed", range(8))
def test_drifting_log_is_archived_once_and_whole(tmp_path: Path, seed: int) -> None:
    bounds = list(Bounds)[seed % 4]
    log = DriftingLog(
        seed, Habits(bounds=bounds, cap=7, inserts=True, late=0.3, unstable=True, shortens=0.2)
    )
    with archiving_clock(log):
        drift(Archiving(log, tmp_path / "archive"), log)


def drift(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(50, gaps=[0, HOUR, 5 * HOUR])
    for _ in range(4):
        archiving.export(start=days_ago(log, 9))
        log.now += DAY
    log.habits = Habits(bounds=log.habits.bounds, cap=7)
    archiving.export(overlap=timedelta(days=9))
    assert archiving.ids == log.ids(ascending=True)


@pytest.mark.long
@pytest.mark.parametrize("step", [SECOND, HOUR])
def test_log_that_expires_during_an_export_is_archived_but_for_what_expired(
    tmp_path: Path, step: int
) -> None:
    log = DriftingLog(habits=Habits(expires=True, cap=7))
    with archiving_clock(log):
        log.fill(800, gaps=[11 * HOUR])
        begun = log.ids(ascending=True)
        archiving, log.step = Archiving(log, tmp_path / "archive"), step
        archiving.export()
    assert archiving.ids == begun[-len(archiving.ids) :]
    assert {*log.ids()} <= {*archiving.ids}


@pytest.mark.long
def test_unsealed_entries_that_expired_since_the_last_run_are_sealed(tmp_path: Path) -> None:
    log = DriftingLog(habits=Habits(expires=True))
    with archiving_clock(log):
        archiving = Archiving(log, tmp_path / "archive")
        log.fill(10, gaps=[3 * HOUR])
        archived = log.ids(ascending=True)
        archiving.export()
        log.now += YEAR + 10 * DAY
        log.fill(3)
        archiving.export()
    assert archiving.ids == archived + log.ids(ascending=True)
    gone = [each for each in archiving.seals() if each["report"].get("beyond_retention")]
    assert sum(each["entries"] for each in gone) > 0


def test_day_after_an_entry_in_its_last_millisecond_is_sealed(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.add(TODAY - DAY - 1)
    archiving.export(start=days_ago(log, 5))
    log.now += 2 * DAY
    assert archiving.export().exit_code == 0
    assert archiving.seals()[-1]["entries"] == 0


def test_end_at_midnight_seals_the_day_before_it(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(30, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9), end=moment(TODAY - 3 * DAY))
    assert archiving.seals()[-1]["window"]["to"] == iso(TODAY - 3 * DAY)


def test_late_entry_of_an_empty_day_is_in_file_001(archiving: Archiving, log: DriftingLog) -> None:
    archiving.export(start=days_ago(log, 5))
    log.add(TODAY - 3 * DAY)
    archiving.export(overlap=timedelta(days=9))
    assert archiving.seals()[-1]["file"]["name"] == "entries/day=2026-03-02/001.jsonl.gz"


def test_retention_shorter_than_the_margin_is_no_alarm(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(5, gaps=[HOUR])
    assert archiving.export(retention=timedelta(days=3)).exit_code == 0


def test_time_limit_ends_a_run_while_it_seals_days(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.fill(99, gaps=[DAY])
    ticks = iter(range(10_000))
    monkeypatch.setattr(
        "losant_audit_log.archive.service.time.monotonic", lambda: float(next(ticks))
    )
    assert archiving.export(start=days_ago(log, 99), max_time=timedelta(seconds=300)).exit_code == 9
    assert 0 < len(archiving.seals()) < 90


@pytest.mark.parametrize("place", ["entries/day=2026-03-02/001.jsonl.gz", "open.jsonl.gz"])
def test_forged_entry_of_a_sealed_day_is_not_sealed(
    archiving: Archiving, log: DriftingLog, place: str
) -> None:
    log.fill(30, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    forged = {"id": "f" * 24, "creationDate": iso(TODAY - 3 * DAY)}
    (archiving.path / place).write_bytes(gzip.compress(json.dumps(forged).encode() + b"\n"))
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)


@pytest.mark.parametrize("name", ["day=2026-03-02/007.jsonl.gz", "day=2026-03-02/notes", "notes"])
def test_file_that_no_run_has_written_is_damage_and_is_kept(
    archiving: Archiving, log: DriftingLog, name: str
) -> None:
    log.fill(30, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    strange = archiving.path / "entries" / name
    strange.write_bytes(b"")
    assert not archiving.archive.verify().is_intact
    with (
        Client(**client_options(log, asynchronous=False)) as client,
        pytest.raises(ArchiveDamagedError, match=f"files without seals: 1, such as entries/{name}"),
    ):
        export(client.audit_logs, ORG, archiving.path)
    assert strange.exists()


def test_archive_that_lost_all_seals_is_not_read(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(30, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    shutil.rmtree(archiving.path / "seals")
    (archiving.path / "checkpoint").unlink()
    with pytest.raises(ArchiveDamagedError, match="files without seals"):
        list(archiving.archive.entries())


def test_forged_entry_without_a_time_is_not_sealed(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(30, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    opened = archiving.path / "open.jsonl.gz"
    opened.write_bytes(opened.read_bytes() + gzip.compress(b'{"id":"forged"}\n'))
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)


def test_entry_without_a_time_survives_a_run_that_fails(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.habits = Habits(cap=5)
    log.fill(10, gaps=[5 * HOUR])
    log.add(log.now - 5 * DAY, creationDate=None)
    log.fill(20, gaps=[5 * HOUR])
    size = len(log.entries)

    def fail() -> httpx.Response:
        return httpx.Response(500)

    log.hooks = dict.fromkeys(range(8, 10_000), fail)
    with pytest.raises(InternalServerError):
        archiving.export(start=days_ago(log, 9))
    log.hooks = {}
    log.now += 3 * DAY
    archiving.export()
    assert len([*archiving.archive.entries()]) == size


def test_bounds_are_learned_from_sealed_days(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exclusive service hides an entry of midnight from a question with inclusive bounds."""
    log.habits = Habits(bounds=Bounds.EXCLUSIVE)
    log.add(TODAY - 2 * DAY + HOUR)
    archiving.export(start=days_ago(log, 5))
    log.now += 2 * DAY
    log.fill(1)
    hidden = log.add(TODAY)
    pages = log.within

    def without(start: int | None, end: int | None, entries: Any = None) -> list[Any]:
        found = pages(start, end, entries)
        is_count = log.queries[-1].get("perPage") == "1"
        return found if is_count else [each for each in found if each is not hidden]

    monkeypatch.setattr(log, "within", without)
    with pytest.raises(ArchiveIncompleteError, match="counts 1 entries"):
        archiving.export()


def test_count_is_requested_twice_a_day_from_a_service_without_one(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.habits = Habits(total=Total.MISSING)
    log.fill(60, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 12))
    counts = [each for each in log.queries if each.get("perPage") == "1"]
    assert len(counts) <= 2 * (len(archiving.archive.days) + 1)


def test_total_that_differs_and_then_is_missing_seals_no_day(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(20, gaps=[5 * HOUR])
    counts: list[int] = []

    class Lies(dict[int, Any]):
        def __contains__(self, _: object) -> bool:
            return log.queries[-1].get("perPage") == "1"

        def __getitem__(self, number: int) -> Any:
            counts.append(number)
            return lie

    def lie(body: dict[str, Any]) -> None:
        if body["totalCount"] and log.queries[-1]["start"] != log.queries[-1]["end"]:
            body["totalCount"] += 5
        if len(counts) > 7:
            del body["totalCount"]

    log.edits = Lies()
    with pytest.raises(ArchiveIncompleteError, match="the service counts"):
        archiving.export(start=days_ago(log, 5))
    assert all(seal["entries"] == seal["service"]["total"] for seal in archiving.seals())


@pytest.mark.parametrize("total", [Total.TRUE, Total.MISSING])
def test_open_file_that_was_removed_is_read_again(
    archiving: Archiving, log: DriftingLog, total: Total
) -> None:
    log.habits = Habits(total=total)
    log.fill(30, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    (archiving.path / "open.jsonl.gz").unlink()
    log.now += 3 * DAY
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)


def test_forged_entry_of_a_day_that_is_not_sealed_blocks_it(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(30, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    opened = archiving.path / "open.jsonl.gz"
    forged = {"id": "f" * 24, "creationDate": iso(TODAY + HOUR)}
    opened.write_bytes(opened.read_bytes() + gzip.compress(json.dumps(forged).encode() + b"\n"))
    log.now += 3 * DAY
    with pytest.raises(ArchiveIncompleteError, match="the service counts"):
        archiving.export()
    opened.unlink()
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)


@pytest.mark.parametrize("apart", [0, 1, 40])
def test_id_that_comes_again_on_another_day_keeps_its_first_line(
    archiving: Archiving, log: DriftingLog, apart: int
) -> None:
    """Far outside the overlap too: the archive knows the ids of all sealed entries."""
    log.fill(6, gaps=[HOUR])
    log.now += apart * DAY
    first = log.entries[0]
    if apart:
        archiving.export(start=days_ago(log, apart + 4))
        log.now += 3 * DAY
    again = log.add(log.now - 2 * DAY)
    again.wire["id"] = first.wire["id"]
    added = archiving.export(start=days_ago(log, apart + 9)).added
    assert added == (0 if apart else 6)
    kept = [each for each in archiving.archive.entries() if id_of(each) == first.id]
    times = [json.loads(each)["creationDate"] for each in kept]
    assert times == [(first if apart else again).wire["creationDate"]]
    log.now += DAY
    archiving.export()
    log.now += 3 * DAY
    assert archiving.export().added == 0
    reports = [each["report"] for each in archiving.seals()]
    changed = [each["id"] for report in reports for each in report["changed"]]
    assert (changed, sum(report.get("repeated", 0) for report in reports)) == ([first.id], 1)
    with Client(**client_options(log, asynchronous=False)) as client:
        found = archiving.archive.verify(listing=client.audit_logs, recount=True, refetch=100)
    assert found.exit_code == 0, found.findings


def test_late_entry_with_the_id_of_another_day_is_not_sealed(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(6, gaps=[9 * HOUR])
    archiving.export(start=days_ago(log, 9))
    log.now += 3 * DAY
    archiving.export()
    again = log.add(log.now - 6 * DAY)
    again.wire["id"] = log.entries[0].wire["id"]
    result = archiving.export(overlap=timedelta(days=20))
    assert (result.added, result.late) == (0, 0)
    assert {each["kind"] for each in archiving.seals()} == {"day"}
    assert sum(each["file"] is not None for each in archiving.seals()) > 1


def test_run_after_one_whose_clock_was_ahead_reads_new_entries(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.habits = Habits(dated=0)
    log.fill(6, gaps=[HOUR])
    log.skew = 30 * DAY
    archiving.export(start=days_ago(log, 9), settle=timedelta(days=60))
    log.skew = 0
    log.now += HOUR
    log.fill(1)
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)
    assert archiving.archive.status().read_until == moment(log.now)


def test_forged_index_of_ids_suppresses_no_entry(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(6, gaps=[HOUR])
    archiving.export(start=days_ago(log, 9))
    log.now += 3 * DAY
    archiving.export()
    ids = archiving.path / "derived" / "ids"
    suppressed = f"{len(log.entries) + 1:024x}"
    ids.write_text(ids.read_text().replace(log.entries[0].id, suppressed))
    assert log.add().id == suppressed
    log.now += 3 * DAY
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)


def test_derived_ids_are_rebuilt(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(6, gaps=[HOUR])
    archiving.export(start=days_ago(log, 9))
    log.now += 3 * DAY
    archiving.export()
    ids = archiving.path / "derived" / "ids"
    whole = ids.read_bytes()
    assert json.loads(whole) == log.ids(ascending=True)
    shorter = b"%b\n" % json.dumps(log.ids(ascending=True)[:5]).encode()
    for damaged in (b"", whole[:25], whole[:30] + b"1", whole[:-1], shorter, b"\xff" * 60):
        ids.write_bytes(damaged)
        log.fill(1, gaps=[0])
        log.now += 3 * DAY
        archiving.export()
        assert ids.read_bytes().startswith(whole)
    ids.unlink()
    log.fill(1, gaps=[0])
    log.now += 3 * DAY
    archiving.export()
    assert ids.read_bytes().startswith(whole)
    found = [each for line in ids.read_bytes().splitlines() for each in json.loads(line)]
    assert found == log.ids(ascending=True)
    assert len(found) == 13


@pytest.mark.parametrize("total", [Total.TRUE, Total.MISSING])
def test_run_that_ends_after_an_entry_of_the_future_is_continued_from_the_present(
    archiving: Archiving, log: DriftingLog, total: Total
) -> None:
    log.habits = Habits(total=total)
    log.fill(9, gaps=[5 * HOUR])
    future = log.add(log.now + 9 * DAY)

    def interrupt(progress: Progress) -> None:
        if progress.until == moment(future.time):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archiving.export(start=days_ago(log, 5), progress=interrupt)
    log.now += 4 * DAY
    log.add(log.now - 3 * DAY)
    assert archiving.export().added == 1
    assert archiving.ids == log.ids(ascending=True)


def test_late_entry_is_found_after_a_run_that_was_interrupted(
    archiving: Archiving, log: DriftingLog
) -> None:
    """The run that continues it does not look back, but the one after that does."""
    log.habits = Habits(total=Total.MISSING)
    log.fill(9, gaps=[5 * HOUR])

    def interrupt(progress: Progress) -> None:
        if progress.entries == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archiving.export(start=days_ago(log, 5), progress=interrupt)
    late = log.add(log.now - 20 * HOUR)
    log.now += 3 * DAY
    archiving.export()
    archiving.export()
    assert late.id in archiving.ids
    assert archiving.ids == log.ids(ascending=True)


def test_undecodable_entry_with_an_empty_id_is_reported_in_its_seal(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.add(log.now - 3 * DAY, id="", actorName=5)
    assert archiving.export(start=days_ago(log, 5)).undecodable == 1
    assert sum(seal["report"]["undecodable"] for seal in archiving.seals()) == 1
