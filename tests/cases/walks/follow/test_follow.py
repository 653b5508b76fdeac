"""`follow()`: new entries as they come, each once."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from losant_audit_log import (
    AuthenticationError,
    Client,
    EntryDecodeError,
    InvalidArgumentError,
    UndecodedEntry,
)
from losant_audit_log._runtime.walks.checkpoint import OVERLAP
from losant_audit_log._runtime.walks.following import FOLLOW_OVERLAP
from losant_audit_log.testing import mock_transport
from tests.support.drifting_log import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    SECOND,
    Bounds,
    DriftingLog,
    Entry,
    Habits,
)
from tests.support.examples import INSTANCE, ORG
from tests.support.paths import PACKAGE
from tests.support.reading import Reader, Reading

SOON = 0.001


def follow(reader: Reader, most: int, /, **arguments: Any) -> Reading:
    """Follow the log until a number of entries came."""
    arguments = {"interval": SOON, **arguments}
    return reader.read(lambda client: client.audit_logs.follow(ORG, **arguments), most)


def arrive(log: DriftingLog, *numbers: int, age: int = 0) -> list[Entry]:
    """Make an entry become visible before each of some requests; return the list of them."""
    arrived: list[Entry] = []

    def add() -> None:
        log.now += SECOND
        arrived.append(log.add(log.now - age))

    log.hooks |= dict.fromkeys(numbers, add)
    return arrived


def ids(entries: list[Entry]) -> list[str]:
    return [each.id for each in entries]


@pytest.mark.parametrize("bounds", list(Bounds))
@pytest.mark.parametrize("dated", [0, 1])
def test_follow_from_a_start_yields_existing_entries_and_then_new_ones(
    any_reader: Reader, bounds: Bounds, dated: float
) -> None:
    log = any_reader.log
    log.habits = Habits(bounds=bounds, dated=dated)
    log.fill(20, gaps=[0, SECOND])
    expected = log.ids(ascending=True)
    arrived = arrive(log, 30, 31, 35, 40, 41)
    reading = follow(any_reader, 25, start=NOON - HOUR, per_page=6).complete
    assert reading.ids == expected + ids(arrived)


def test_follow_without_a_start_yields_only_new_entries(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(40, gaps=[0, 20 * SECOND])
    arrived = arrive(log, 12, 13, 20)
    reading = follow(any_reader, 3, per_page=10).complete
    assert reading.ids == ids(arrived)


def test_entries_that_become_visible_late_are_yielded_once(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(10)
    arrived = arrive(log, 10, 14, 15, 20, age=9 * MINUTE)
    assert follow(any_reader, 4).complete.ids == ids(arrived)
    assert arrived[0].time < NOON - 8 * MINUTE


def test_follow_does_not_read_entries_before_the_overlap_again(reader: Reader) -> None:
    log = reader.log
    log.fill(10)
    old = arrive(log, 10, age=9 * MINUTE)
    arrived = arrive(log, 16)
    reading = follow(reader, 1, overlap=timedelta(minutes=5)).complete
    assert reading.ids == ids(arrived)
    assert len(old) == 1


def test_follow_yields_nothing_before_its_start(reader: Reader) -> None:
    log = reader.log
    log.fill(10)
    arrive(log, 6, age=5 * MINUTE)
    arrived = arrive(log, 12)
    reading = follow(reader, 1, start=NOON).complete
    assert reading.ids == ids(arrived)


@pytest.mark.parametrize("started", [{}, {"start": NOON - DAY}])
def test_checkpoint_counts_the_last_yielded_entry_as_delivered(
    any_reader: Reader, started: dict[str, Any]
) -> None:
    log = any_reader.log
    log.fill(10)
    arrived = arrive(log, 10, 11, 12, 20, 25)
    first = follow(any_reader, 3, per_page=4, **started).complete
    second = follow(any_reader, 2, since=first.source.checkpoint, per_page=4).complete
    there = [] if not started else log.ids(ascending=True)[:10]
    assert first.ids + second.ids == (there + ids(arrived))[:5]


def test_checkpoint_before_the_first_request_waits_for_new_entries(reader: Reader) -> None:
    log = reader.log
    log.fill(10)
    checkpoint = reader.client().audit_logs.follow(ORG).checkpoint
    assert json.loads(checkpoint)["checkpoint"] == 5
    arrived = arrive(log, 9)
    assert follow(reader, 1, since=checkpoint).complete.ids == ids(arrived)


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_follow_continues_a_walk_that_is_not_finished(reader: Reader, order: str) -> None:
    log = reader.log
    log.fill(10)
    expected = log.ids(ascending=order == "oldest")
    walk = reader.walk(4, order=order, per_page=3, overlap=timedelta(minutes=10))
    arrived = arrive(log, 20)
    reading = follow(reader, 7, since=walk.source.checkpoint, per_page=3).complete
    assert walk.ids + reading.ids == expected + ids(arrived)


def test_walk_continues_a_follow(reader: Reader) -> None:
    log = reader.log
    log.fill(10)
    arrived = arrive(log, 9, 10)
    reading = follow(reader, 2)
    rest = reader.walk(checkpoint=reading.source.checkpoint).complete
    assert rest.ids == []
    new = log.add()
    log.now += DAY
    since = rest.source.checkpoint
    assert reader.walk(since=since).complete.ids == [new.id]
    assert reading.ids == ids(arrived)


def test_entries_are_held_back_for_the_lag(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(5)
    log.step = 500
    arrived = arrive(log, 10)
    seen: list[int] = []
    log.edits |= {
        number: lambda body: seen.append(log.now) if body["items"] else None
        for number in range(10, 200)
    }
    reading = follow(any_reader, 1, lag=20, overlap=timedelta()).complete
    assert reading.ids == ids(arrived)
    assert log.now - arrived[0].time >= 20 * SECOND


@pytest.mark.parametrize("failure", [503, 429, 408, "lost"])
def test_failure_that_may_pass_is_logged_and_waited_out(
    any_reader: Reader, failure: Any, caplog: pytest.LogCaptureFixture
) -> None:
    log = any_reader.log
    log.fill(3)

    def fail() -> httpx.Response:
        if failure == "lost":
            raise httpx.ConnectError("lost")
        return httpx.Response(failure)

    log.hooks |= dict.fromkeys((1, 5, 6), fail)
    arrived = arrive(log, 12)
    with caplog.at_level(logging.WARNING, "losant_audit_log"):
        assert follow(any_reader, 1).complete.ids == ids(arrived)
    assert len(caplog.messages) == 3
    assert all("; trying again in 0." in each for each in caplog.messages)


def test_other_failure_is_raised_and_iterating_again_continues(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(3)
    log.hooks[9] = lambda: httpx.Response(401)
    arrived = arrive(log, 6, 14)
    reading = follow(any_reader, 2)
    reading.raised_error(AuthenticationError)
    assert any_reader.go_on(reading, 1).complete.ids == ids(arrived)


def test_retry_after_is_respected(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    log = reader.log
    log.hooks[3] = lambda: httpx.Response(429, headers={"Retry-After": "0.7"})
    arrived = arrive(log, 6)
    assert follow(reader, 1).complete.ids == ids(arrived)
    (message,) = caplog.messages
    assert message.endswith("; trying again in 0.7 s")


def test_undecodable_entry_is_kept_if_requested(reader: Reader) -> None:
    log = reader.log
    log.hooks[6] = lambda: (log.add(actorName=7), None)[1]
    reading = follow(reader, 1, on_undecodable="keep").complete
    assert [type(each) for each in reading.entries] == [UndecodedEntry]


def test_undecodable_entry_raises_with_the_checkpoint_after_it(reader: Reader) -> None:
    log = reader.log
    log.hooks[6] = lambda: (log.add(actorName=7), None)[1]
    error = follow(reader, 1).raised_error(EntryDecodeError)
    arrived = arrive(log, 12)
    assert follow(reader, 1, since=error.checkpoint_after).complete.ids == ids(arrived)


def test_filter_is_sent_with_each_request(reader: Reader) -> None:
    log = reader.log
    arrive(log, 6)
    wanted = {"actor": [{"type": "User"}]}
    follow(reader, 1, audit_log_filter=wanted, extra_query={"x": "1"}, per_page=7)
    sent = [each for each in log.queries if each.get("auditLogFilter[actor][0][type]") == "User"]
    assert sent == log.queries
    assert {each["x"] for each in sent} == {"1"}
    assert {each["perPage"] for each in sent} == {"1", "7"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"interval": -1}, "interval: expected seconds or a timedelta, not negative, got -1"),
        ({"interval": True}, "interval: expected seconds or a timedelta, not negative, got True"),
        ({"interval": "60"}, "interval: expected seconds or a timedelta, not negative, got '60'"),
        (
            {"lag": float("nan")},
            "lag: expected seconds or a timedelta, not negative, got nan",
        ),
        ({"overlap": 5}, "overlap: expected a non-negative timedelta, got 5"),
        ({"on_undecodable": "x"}, "on_undecodable: expected 'raise' or 'keep', got 'x'"),
        ({"since": "{}"}, "checkpoint: the string is not a checkpoint, or it is damaged"),
        ({"since": "{}", "start": 5}, "start and since exclude each other; pass one of them"),
        ({"org_id": ""}, None),
        ({"timeout": -1}, None),
    ],
)
def test_invalid_argument_is_rejected_before_anything_is_sent(
    any_reader: Reader, arguments: dict[str, Any], message: str | None
) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        any_reader.client().audit_logs.follow(**{"org_id": ORG, **arguments})
    assert message is None or str(raised.value) == message
    assert any_reader.log.queries == []


def test_deadline_is_no_argument_of_a_follow(reader: Reader) -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'deadline'"):
        reader.client().audit_logs.follow(ORG, deadline=5)


@pytest.mark.parametrize("finished", [True, False])
def test_longer_overlap_than_that_of_the_checkpoint_is_rejected(
    reader: Reader, *, finished: bool
) -> None:
    reader.log.fill(9)
    since = reader.walk(None if finished else 3).source.checkpoint
    with pytest.raises(InvalidArgumentError, match="overlap: longer than in the earlier"):
        reader.client().audit_logs.follow(ORG, since=since, overlap=timedelta(minutes=1))


def test_checkpoint_with_a_shorter_overlap_is_accepted_by_default(reader: Reader) -> None:
    log = reader.log
    log.fill(9)
    since = reader.walk().source.checkpoint
    arrived = arrive(log, len(log.queries) + 8)
    assert follow(reader, 1, since=since).complete.ids == ids(arrived)


def test_list_by_page_numbers_as_since_is_rejected(reader: Reader) -> None:
    reader.log.fill(9)
    reader.log.hooks[2] = lambda: httpx.Response(401)
    failed = reader.list(page=1, per_page=2).raised_error(AuthenticationError)
    checkpoint = vars(failed)["checkpoint"]
    with pytest.raises(InvalidArgumentError, match="since: the walk counted pages"):
        reader.client().audit_logs.follow(ORG, since=checkpoint)


def test_follow_is_rehearsed_with_a_mock_whose_entries_change() -> None:
    def wire(number: int) -> dict[str, Any]:
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"id": f"{number:024x}", "creationDate": moment, "orgId": ORG}

    transport = mock_transport({"auditLogs.list": [wire(1)]})
    with Client("t", http_client=httpx.Client(transport=transport)) as client:
        followed = client.audit_logs.follow(ORG, interval=SOON, start=NOON)
        entries = iter(followed)
        assert next(entries).id == f"{1:024x}"
        transport.add(wire(2))
        assert next(entries).id == f"{2:024x}"


def test_follow_of_an_instance_yields_new_entries(reader: Reader) -> None:
    log = reader.log
    log.fill(3)
    arrived = arrive(log, 6, 9)
    reading = reader.read(
        lambda client: client.instance_audit_logs.follow(INSTANCE, interval=SOON), 2
    )
    assert reading.complete.ids == ids(arrived)


def test_readme_states_the_overlap_of_walks_and_follows() -> None:
    readme = " ".join((PACKAGE / "README.md").read_text("utf-8").split())
    assert timedelta(seconds=10) == OVERLAP
    assert "each walk reads the last 10 seconds of the previous one" in readme
    assert timedelta(minutes=10) == FOLLOW_OVERLAP
    assert "Each request reads the last 10 minutes again" in readme
