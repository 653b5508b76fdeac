"""Checkpoints: a small string at any time, from which a walk resumes."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from losant_audit_log import IncompleteWalkError, InternalServerError, InvalidArgumentError
from tests.support.callers import TOKEN
from tests.support.drifting_log import DAY, HOUR, NOON, SECOND, Bounds, DriftingLog, Habits
from tests.support.examples import LIST_PATH, ORG
from tests.support.paths import ROOT
from tests.support.reading import Reader
from tests.support.server import Server

OTHER_ORG = "f" * 24


def texts(reader: Reader, **arguments: Any) -> Iterator[str]:
    """Return the checkpoint before the first request, after every entry, and at the end."""
    walk = reader.client().audit_logs.walk(ORG, **arguments)
    yield walk.checkpoint
    for _ in walk:
        yield walk.checkpoint
    yield walk.checkpoint


def test_checkpoint_is_small_json_at_any_time(reader: Reader) -> None:
    reader.log.fill(60, gaps=[0, 0, 0, 1, SECOND])
    found = list(texts(reader, per_page=7, overlap=timedelta(seconds=12)))
    assert len(found) == 62
    assert all(len(each) < 2000 for each in found)
    assert all(isinstance(json.loads(each), dict) for each in found)


@pytest.mark.parametrize("bounds", list(Bounds))
def test_checkpoint_counts_the_last_returned_entry_as_delivered(
    reader: Reader, bounds: Bounds
) -> None:
    log = reader.log
    log.habits = Habits(bounds=bounds, unstable=True)
    log.fill(25, gaps=[0, 0, 0, 1, SECOND])
    for count, checkpoint in enumerate(texts(reader, per_page=4)):
        rest = reader.walk(per_page=4, checkpoint=checkpoint).complete
        assert len(rest.ids) == max(0, 25 - count)
        assert rest.source.report.entries == 25


def test_resumed_walks_together_return_every_entry(any_reader: Reader) -> None:
    log = any_reader.log
    log.habits = Habits(unstable=True, inserts=True)
    log.fill(25, gaps=[0, 0, 0, 1, SECOND])
    expected = log.ids()
    given: list[str] = []
    checkpoint = None
    for most in (0, 1, 2, 3, 4, 5, 6):
        reading = any_reader.walk(most or 1, per_page=3, checkpoint=checkpoint)
        given += reading.ids
        checkpoint = reading.source.checkpoint
    given += any_reader.walk(per_page=10, checkpoint=checkpoint).complete.ids
    assert sorted(given) == sorted(expected)


@pytest.mark.parametrize("concurrency", [1, 2])
def test_finished_checkpoint_returns_nothing(any_reader: Reader, concurrency: int) -> None:
    any_reader.log.fill(5)
    finished = any_reader.walk().complete.source
    sent = len(any_reader.log.queries)
    again = any_reader.walk(checkpoint=finished.checkpoint, concurrency=concurrency).complete
    assert again.ids == []
    assert len(any_reader.log.queries) == sent
    assert again.source.checkpoint == finished.checkpoint
    assert again.source.report.entries == 5


def test_checkpoint_supports_dozens_of_entries_in_one_millisecond(reader: Reader) -> None:
    for _ in range(80):
        reader.log.add(NOON - 5)
    for count, checkpoint in enumerate(texts(reader, per_page=9)):
        if count % 16 == 0:
            rest = reader.walk(per_page=9, checkpoint=checkpoint).complete
            assert len(rest.ids) == 80 - count


# --- refused


def _edit(text: str) -> str:
    content = json.loads(text)
    return json.dumps({**content, "position": content["position"] + 1})


DAMAGES: list[tuple[Callable[[str], Any], str]] = [
    (lambda text: text[:-5], "not a checkpoint, or it is damaged"),
    (lambda _: "", "not a checkpoint"),
    (lambda _: "{}", "not a checkpoint"),
    (lambda _: "[1]", "not a checkpoint"),
    (lambda _: "null", "not a checkpoint"),
    (lambda _: "[" * 100_000, "not a checkpoint"),
    (lambda _: b"{}", "expected a str"),
    (lambda _: 7, "expected a str"),
    (_edit, "the checksum does not match"),
    (lambda text: text.replace('"checkpoint":5', '"checkpoint":6'), "version 6 is not supported"),
    (lambda text: text.replace('"position":', '"position":"x",'), "damaged"),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGES)
@pytest.mark.parametrize("name", ["checkpoint", "since"])
def test_damaged_checkpoint_is_rejected(
    any_reader: Reader, damage: Callable[[str], Any], message: str, name: str
) -> None:
    any_reader.log.fill(5)
    text = damage(any_reader.walk(2).source.checkpoint)
    sent = len(any_reader.log.queries)
    with pytest.raises(InvalidArgumentError, match=message):
        any_reader.client().audit_logs.walk(ORG, **{name: text})
    assert len(any_reader.log.queries) == sent


FILTER = {"actor": [{"type": "User"}]}


@pytest.mark.parametrize(
    ("org", "arguments"),
    [
        (OTHER_ORG, {}),
        (ORG, {"audit_log_filter": FILTER}),
        (ORG, {"losantdomain": "example.com"}),
    ],
)
def test_checkpoint_of_a_walk_with_other_arguments_is_rejected(
    reader: Reader, org: str, arguments: dict[str, Any]
) -> None:
    reader.log.fill(5)
    checkpoint = reader.walk(2).source.checkpoint
    with pytest.raises(InvalidArgumentError, match="from another walk"):
        reader.client().audit_logs.walk(org, checkpoint=checkpoint, **arguments)


def test_checkpoint_of_another_operation_is_rejected(reader: Reader) -> None:
    reader.log.fill(5)
    checkpoint = reader.walk(2).source.checkpoint
    with pytest.raises(InvalidArgumentError, match="from another walk"):
        reader.client().instance_audit_logs.walk(ORG, checkpoint=checkpoint)


def test_checkpoint_accepts_the_filter_as_model_or_mapping(reader: Reader) -> None:
    from losant_audit_log import AuditLogFilter, AuditLogFilterActor

    for n in range(5):
        reader.log.add(NOON - n, actorType="User")
    checkpoint = reader.walk(2, audit_log_filter=FILTER).source.checkpoint
    same = AuditLogFilter(actor=[AuditLogFilterActor(type="User")])
    rest = reader.walk(audit_log_filter=same, checkpoint=checkpoint).complete
    assert rest.ids == reader.log.ids()[2:]


@pytest.mark.parametrize(
    ("first", "then", "message"),
    [
        ({}, {"start": 5}, "start: differs from that of the checkpoint"),
        ({"start": 6}, {"start": 5}, "start: differs from that of the checkpoint"),
        ({}, {"end": NOON}, "end: differs from that of the checkpoint"),
        ({"end": NOON}, {"end": NOON + 1}, "end: differs from that of the checkpoint"),
        ({}, {"overlap": timedelta(seconds=1)}, "overlap: differs from that of the checkpoint"),
    ],
)
def test_checkpoint_with_another_window_is_rejected(
    reader: Reader, first: dict[str, Any], then: dict[str, Any], message: str
) -> None:
    reader.log.fill(5)
    first["end"] = first.get("end")
    checkpoint = reader.walk(2, **first).source.checkpoint
    with pytest.raises(InvalidArgumentError, match=message):
        reader.client().audit_logs.walk(ORG, checkpoint=checkpoint, **then)


def test_checkpoint_accepts_the_same_window(reader: Reader) -> None:
    entries = reader.log.fill(9)
    window: dict[str, Any] = {
        "start": entries[0].time,
        "end": NOON,
        "overlap": timedelta(seconds=3),
    }
    checkpoint = reader.walk(4, **window).source.checkpoint
    for arguments in (window, {}, {"start": entries[0].time}):
        rest = reader.walk(checkpoint=checkpoint, **arguments).complete
        assert rest.ids == reader.log.ids()[4:]


def test_checkpoint_accepts_another_page_size(reader: Reader) -> None:
    reader.log.fill(9)
    checkpoint = reader.walk(4, per_page=2).source.checkpoint
    assert reader.walk(per_page=50, checkpoint=checkpoint).complete.ids == reader.log.ids()[4:]


# --- of a list


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("number", [3, 4, 5])
def test_checkpoint_of_a_list_resumes_in_its_direction(
    any_reader: Reader, direction: str, number: int
) -> None:
    log = any_reader.log
    log.habits = Habits(inserts=True)
    log.fill(20)
    expected = log.ids(ascending=direction == "asc")
    log.hooks[number] = lambda: httpx.Response(503)
    reading = any_reader.list(sort_direction=direction, per_page=4)
    checkpoint = vars(reading.raised_error(InternalServerError))["checkpoint"]
    rest = any_reader.walk(checkpoint=checkpoint, per_page=3).complete
    assert (reading.ids + rest.ids)[:20] == expected
    assert rest.source.report.entries == len(reading.ids + rest.ids)


def test_checkpoint_of_an_ascending_list_resumes_in_slices(reader: Reader) -> None:
    log = reader.log
    log.fill(60)
    log.hooks[4] = lambda: httpx.Response(503)
    reading = reader.list(sort_direction="asc", per_page=4)
    checkpoint = vars(reading.raised_error(InternalServerError))["checkpoint"]
    rest = reader.walk(checkpoint=checkpoint, per_page=4, concurrency=3).complete
    assert reading.ids + rest.ids == log.ids(ascending=True)


def test_checkpoint_of_a_finished_ascending_walk_can_be_followed(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(9)
    log.hooks[4] = lambda: httpx.Response(503)
    reading = any_reader.list(sort_direction="asc", per_page=4)
    checkpoint = vars(reading.raised_error(InternalServerError))["checkpoint"]
    done = any_reader.walk(checkpoint=checkpoint).complete.source
    log.now += DAY
    new = [log.add().id, log.add().id]
    assert any_reader.walk(since=done.checkpoint).complete.ids == new[::-1]


def test_checkpoint_of_a_list_keeps_the_bounds_of_the_service(any_reader: Reader) -> None:
    log = any_reader.log
    log.habits = Habits(bounds=Bounds.EXCLUSIVE)
    entries = log.fill(12)
    log.hooks[3] = lambda: httpx.Response(503)
    reading = any_reader.list(start=entries[0].time, end=entries[-1].time, per_page=4)
    checkpoint = vars(reading.raised_error(InternalServerError))["checkpoint"]
    rest = any_reader.walk(checkpoint=checkpoint, per_page=4).complete
    assert reading.ids + rest.ids == log.ids()[1:-1]


# --- of a walk by page numbers


def fill_by_status(reader: Reader, count: int = 90) -> list[str]:
    """Fill a log with entries of different statuses, and return their ids in that order."""
    for number in range(count):
        reader.log.add(responseStatus=200 + number * 7 % count)
    by_status = sorted(reader.log.entries, key=lambda each: each.wire["responseStatus"])
    return [each.id for each in by_status]


def left_in_the_middle(reader: Reader, number: int = 5) -> tuple[list[str], str]:
    """Read by page numbers until a failure; return the ids and the checkpoint."""
    reader.log.hooks[number] = lambda: httpx.Response(503)
    order = {"sort_field": "responseStatus", "sort_direction": "asc"}
    reading = reader.list(per_page=10, **order)
    return reading.ids, vars(reading.raised_error(InternalServerError))["checkpoint"]


@pytest.mark.parametrize("number", [2, 5, 9])
def test_checkpoint_by_page_numbers_resumes(any_reader: Reader, number: int) -> None:
    expected = fill_by_status(any_reader)
    given, checkpoint = left_in_the_middle(any_reader, number)
    assert len(checkpoint) < 1000
    rest = any_reader.walk(checkpoint=checkpoint, per_page=10).complete
    assert given + rest.ids == expected
    assert rest.source.report.entries == 90
    assert any_reader.walk(checkpoint=rest.source.checkpoint).complete.ids == []


def test_checkpoint_by_page_numbers_ignores_unread_entries_that_expired(
    any_reader: Reader,
) -> None:
    expected = fill_by_status(any_reader)
    given, checkpoint = left_in_the_middle(any_reader)
    gone = next(each for each in any_reader.log.entries if each.id == expected[-2])
    any_reader.log.remove(gone)
    rest = any_reader.walk(checkpoint=checkpoint, per_page=10).complete
    assert given + rest.ids == [each for each in expected if each != gone.id]


@pytest.mark.parametrize("place", [0, 3, -1])
def test_checkpoint_by_page_numbers_raises_after_changes(any_reader: Reader, place: int) -> None:
    fill_by_status(any_reader)
    given, checkpoint = left_in_the_middle(any_reader)
    lost = next(each for each in any_reader.log.entries if each.id == given[place])
    any_reader.log.remove(lost)
    error = any_reader.walk(checkpoint=checkpoint, per_page=10).raised_error(IncompleteWalkError)
    assert "entries arrived or expired since the checkpoint" in str(error)


def test_checkpoint_by_page_numbers_raises_if_fewer_entries_remain(reader: Reader) -> None:
    fill_by_status(reader)
    _, checkpoint = left_in_the_middle(reader)
    for entry in reader.log.entries[10:]:
        reader.log.remove(entry)
    error = reader.walk(checkpoint=checkpoint, per_page=10).raised_error(IncompleteWalkError)
    assert "entries arrived or expired since the checkpoint" in str(error)


def test_checkpoint_by_page_numbers_cannot_be_followed(reader: Reader) -> None:
    fill_by_status(reader)
    _, checkpoint = left_in_the_middle(reader)
    done = reader.walk(checkpoint=checkpoint, per_page=10).complete.source.checkpoint
    with pytest.raises(InvalidArgumentError, match="since: the walk counted pages"):
        reader.client().audit_logs.walk(ORG, since=done)


# --- version 1


def as_version_1(checkpoint: str) -> str:
    """Return the checkpoint as version 1 wrote it: without a clock, and without an overlap."""
    content = json.loads(checkpoint)
    for name in ("clock", "overlap", "checksum"):
        content.pop(name, None)
    content["checkpoint"] = 1
    text = json.dumps(content, sort_keys=True)
    content["checksum"] = f"{zlib.crc32(text.encode()):08x}"
    return json.dumps(content)


def test_checkpoint_of_version_1_resumes(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(30)
    first = any_reader.walk(11, per_page=4)
    rest = any_reader.walk(checkpoint=as_version_1(first.source.checkpoint), per_page=4).complete
    assert first.ids + rest.ids == log.ids()
    log.now += HOUR
    new = log.add()
    assert any_reader.walk(since=rest.source.checkpoint).complete.ids == [new.id]


@pytest.mark.parametrize("dated", [0, 1])
def test_checkpoint_of_version_1_is_followed_without_an_overlap(
    any_reader: Reader, dated: float
) -> None:
    log = any_reader.log
    log.habits = Habits(dated=dated)
    log.fill(30)
    done = any_reader.walk(overlap=timedelta()).complete.source.checkpoint
    log.now += HOUR
    new = log.add()
    following = any_reader.walk(since=as_version_1(done)).complete
    assert following.ids == [new.id]
    log.now += HOUR
    newer = log.add()
    assert any_reader.walk(since=following.source.checkpoint).complete.ids == [newer.id]


# --- elsewhere

PROGRAM = """
import sys
import zlib
from losant_audit_log import Client

url, token, org, checkpoint, most = sys.argv[1:]
with Client(token, base_url=url) as client:
    walk = client.audit_logs.walk(org, per_page=4, checkpoint=checkpoint or None)
    for number, entry in enumerate(walk, 1):
        print(entry.id)
        if number == int(most):
            break
    print(walk.checkpoint)
"""


def _elsewhere(server: Server, checkpoint: str, most: int) -> tuple[list[str], str]:
    arguments = [server.url, TOKEN, ORG, checkpoint, str(most)]
    environment = {"PYTHONPATH": str(ROOT / "generated"), "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    *ids, last = done.stdout.splitlines()
    return ids, last


def test_checkpoint_resumes_in_another_process(server: Server) -> None:
    log = DriftingLog(3, Habits(unstable=True))
    log.fill(15, gaps=[0, 0, 1, SECOND])
    server.on(LIST_PATH, log.route)
    given: list[str] = []
    checkpoint = ""
    for most in (5, 4, 0):
        ids, checkpoint = _elsewhere(server, checkpoint, most)
        given += ids
    assert sorted(given) == sorted(log.ids())
    assert _elsewhere(server, checkpoint, 0)[0] == []
