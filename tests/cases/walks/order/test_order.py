"""`order=`: the newest or the oldest entries first, kept by checkpoints."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from losant_audit_log import InvalidArgumentError
from tests.support.drifting_log import DAY, NOON, SECOND, Bounds, Habits, milliseconds
from tests.support.examples import ORG
from tests.support.reading import Reader


@pytest.mark.parametrize("concurrency", [1, 3])
@pytest.mark.parametrize("order", [None, "newest", "oldest"])
def test_walk_returns_entries_in_the_requested_order(
    any_reader: Reader, order: str | None, concurrency: int
) -> None:
    log = any_reader.log
    log.habits = Habits(bounds=Bounds.EXCLUSIVE, unstable=True)
    log.fill(60, gaps=[0, 0, SECOND])
    reading = any_reader.walk(order=order, concurrency=concurrency, per_page=7).complete
    times = [each.creation_date for each in reading.entries]
    assert sorted(reading.ids) == sorted(log.ids())
    assert times == sorted(times, reverse=order != "oldest")
    report = reading.source.report
    assert (report.first, report.last) == (times[0], times[-1])


@pytest.mark.parametrize("bounds", list(Bounds))
def test_oldest_first_walk_includes_both_of_its_bounds(reader: Reader, bounds: Bounds) -> None:
    log = reader.log
    log.habits = Habits(bounds=bounds)
    entries = log.fill(9)
    start, end = entries[2].time, entries[6].time
    reading = reader.walk(order="oldest", start=start, end=end, per_page=2).complete
    assert reading.ids == [each.id for each in entries[2:7]]


@pytest.mark.parametrize("again", [{}, {"order": "oldest"}])
@pytest.mark.parametrize("concurrency", [1, 2])
def test_checkpoint_keeps_the_order(
    any_reader: Reader, again: dict[str, str], concurrency: int
) -> None:
    log = any_reader.log
    log.fill(20, gaps=[0, SECOND])
    first = any_reader.walk(7, order="oldest", per_page=3)
    checkpoint = first.source.checkpoint
    second = any_reader.walk(checkpoint=checkpoint, concurrency=concurrency, **again).complete
    assert first.ids + second.ids == log.ids(ascending=True)


def test_checkpoint_without_an_order_has_the_newest_first(reader: Reader) -> None:
    reader.log.fill(9)
    checkpoint = reader.walk(4).source.checkpoint
    assert "ascending" not in checkpoint
    rest = reader.walk(checkpoint=checkpoint, order="newest").complete
    assert rest.ids == reader.log.ids()[4:]


@pytest.mark.parametrize(("began", "other"), [("oldest", "newest"), ("newest", "oldest")])
def test_order_that_differs_from_the_checkpoint_is_rejected(
    reader: Reader, began: str, other: str
) -> None:
    reader.log.fill(9)
    checkpoint = reader.walk(4, order=began).source.checkpoint
    with pytest.raises(InvalidArgumentError, match="order: differs from that of the checkpoint"):
        reader.client().audit_logs.walk(ORG, checkpoint=checkpoint, order=other)


@pytest.mark.parametrize("order", ["ascending", "", 1, ["newest"]])
def test_unknown_order_is_rejected(reader: Reader, order: Any) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        reader.client().audit_logs.walk(ORG, order=order)
    assert str(raised.value) == f"order: expected 'newest' or 'oldest', got {order!r}"


@pytest.mark.parametrize("orders", [("oldest", "newest"), ("newest", "oldest"), ("oldest",) * 2])
@pytest.mark.parametrize(("dated", "bounds"), [(1, Bounds.UPPER), (0, Bounds.EXCLUSIVE)])
def test_daily_walks_may_change_their_order(
    any_reader: Reader, orders: tuple[str, str], dated: float, bounds: Bounds
) -> None:
    log = any_reader.log
    log.habits = Habits(bounds=bounds, dated=dated, unstable=True)
    log.fill(20, gaps=[0, SECOND])
    given: list[str] = []
    begin: dict[str, Any] = {"overlap": timedelta(minutes=1)}
    for day in range(4):
        reading = any_reader.walk(order=orders[day % 2], per_page=4, **begin).complete
        given += reading.ids
        assert sorted(given) == sorted(log.ids())
        end = milliseconds(reading.source.report.end)
        assert end is not None
        begin["since"] = reading.source.checkpoint
        log.add(end - 30 * SECOND)
        log.now += DAY
        log.fill(6, gaps=[0, SECOND])


def test_oldest_first_walk_ends_before_entries_that_arrive_meanwhile(reader: Reader) -> None:
    log = reader.log
    log.fill(20)
    log.step = SECOND
    expected = log.ids(ascending=True)
    log.hooks |= dict.fromkeys(range(3, 9), lambda: (log.add(), None)[1])
    reading = reader.walk(order="oldest", per_page=4).complete
    assert reading.ids[:20] == expected
    rest = reader.walk(order="oldest", since=reading.source.checkpoint).complete
    assert reading.ids + rest.ids == log.ids(ascending=True)
    assert log.now > NOON
