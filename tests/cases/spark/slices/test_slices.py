"""Slices of all logs, divided among tasks."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from losant_audit_log._spark import slices
from losant_audit_log._spark.slices import Run, boundaries, divide

HOUR = 3_600_000


def hours(parts: list[tuple[Run, ...]]) -> Counter[tuple[str, int]]:
    return Counter(
        (run.arguments[0], hour)
        for part in parts
        for run in part
        for hour in range(run.begin // HOUR, run.end // HOUR)
    )


@pytest.mark.parametrize("seed", range(50))
def test_every_slice_of_every_log_is_in_exactly_one_task(seed: int) -> None:
    chance = random.Random(seed)
    logs = [(f"log{number}",) for number in range(chance.randrange(1, 20))]
    begin = chance.randrange(1000)
    end = begin + chance.randrange(500)
    size, tasks = chance.randrange(1, 48) * HOUR, chance.randrange(1, 12)
    parts = divide(logs, begin * HOUR, end * HOUR, size, tasks)
    expected = Counter((log[0], hour) for log in logs for hour in range(begin, end))
    assert hours(parts) == expected
    assert len(parts) <= tasks
    assert all(parts)


def test_slices_begin_at_multiples_of_their_size() -> None:
    assert boundaries(5, 35, 10, 100) == [5, 10, 20, 30, 35]
    assert boundaries(10, 30, 10, 100) == [10, 20, 30]
    assert boundaries(12, 18, 10, 100) == [12, 18]
    assert boundaries(12, 12, 10, 100) == []


def test_parts_of_a_span_have_about_as_many_slices() -> None:
    assert boundaries(5, 65, 10, 3) == [5, 20, 40, 65]
    assert boundaries(5, 65, 10, 1) == [5, 65]


def test_short_slices_of_a_long_span_need_no_memory() -> None:
    years = 10_000 * 365 * 24 * HOUR
    [first, second] = divide([("a",)], 0, years, 1000, 2)
    assert [first[0].end, second[0].end] == [years // 2, years]


def test_time_spans_of_many_logs_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "_MOST", 10_000)
    logs = [(f"{number}",) for number in range(100)]
    parts = divide(logs, 0, 1000 * HOUR, HOUR, 1000)
    assert len(parts) == 1000
    assert sum(map(len, parts)) == 10_000
    assert sum(map(len, divide(logs, 0, 10_000 * HOUR, HOUR, 2**31 - 1))) == 10_000


def test_large_log_is_divided_among_all_tasks() -> None:
    logs = [("large",), *((f"small{number}",) for number in range(7))]
    parts = divide(logs, 0, 30 * HOUR, HOUR, 4)
    large = [
        sum(run.end - run.begin for run in each if run.arguments == ("large",)) for each in parts
    ]
    assert max(large) - min(large) <= HOUR
    assert sum(large) == 30 * HOUR


def test_task_reads_adjacent_slices_of_a_log_at_once() -> None:
    parts = divide([("a",), ("b",)], 0, 30 * HOUR, HOUR, 2)
    assert [len(each) for each in parts] == [2, 2]


def test_logs_of_one_slice_are_distributed() -> None:
    logs = [(f"{number}",) for number in range(10)]
    assert [len(each) for each in divide(logs, 0, HOUR, 24 * HOUR, 4)] == [3, 3, 2, 2]
