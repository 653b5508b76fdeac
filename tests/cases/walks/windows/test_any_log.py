"""Random logs and services: every entry once, in order, to the end."""

from __future__ import annotations

import random
from itertools import count
from typing import Any

import pytest

from losant_audit_log._runtime.walks.checkpoint import WalkState
from tests.support.windows import CLOCK, Course, Service


def draw_log(chance: random.Random) -> Service:
    """Draw a log with shared timestamps, and a service."""
    last, entries = 0, dict[str, int]()
    for number in range(chance.choice([0, 1, 2, 5, 12, 40])):
        last += chance.choice([0, 0, 0, 1, 1, 2, 9, 60])
        entries[f"{number:02}"] = 100 + last
    size = chance.choice([1, 2, 3, 5, 100])
    is_unstable = chance.random() < 0.2
    odd = 0 if is_unstable else chance.choice([0, 0, 0.1, 0.5])
    return Service(
        entries,
        size=size,
        reported_size=chance.choice([None, None, size + 1, 2 * size]),
        undated=[id_ for id_ in entries if chance.random() < odd],
        is_unstable=is_unstable,
        bounds=(chance.random() < 0.5, chance.random() < 0.5),
        says_total=chance.random() < 0.7,
        says_size=chance.random() < 0.7,
        clock=chance.choice([None, CLOCK]),
    )


def draw_span(chance: random.Random, service: Service) -> tuple[dict[str, Any], list[str]]:
    """Draw a time span; return it with the entries in it, oldest first."""
    times = [*service.entries.values(), 90, 130]
    span: dict[str, Any] = {}
    low, high = sorted(chance.choices(times, k=2))
    start, end = chance.choice([None, low]), chance.choice([None, high])
    if start is not None:
        span |= {"start": start, "lower": start}
    if end is not None:
        span |= {"end": end, "upper": end}
    order = sorted(service.entries, key=lambda each: (service.entries[each], each))
    return span, [
        each
        for each in order
        if (start or 0) <= service.entries[each] <= (end or service.entries[each])
    ]


def check(course: Course, service: Service, given: list[str], expected: list[str]) -> None:
    """Compare the returned entries with the log.

    An undated entry just outside of the span may be returned, since its timestamp is unknown. With
    undated entries, tiny pages may raise without need, but must not lose entries.
    """
    if course.error is not None:
        assert service.undated
        return
    assert course.state.done
    assert len(set(given)) == len(given) == course.state.entries
    assert set(expected) <= set(given)
    assert set(given) - set(expected) <= set(service.undated)
    times = [service.entries[each] for each in given]
    if not service.undated:
        ends = (times[0], times[-1]) if times else (None, None)
        assert (course.state.first, course.state.last) == ends
        assert times == sorted(times, reverse=not course.state.ascending)


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("concurrency", [1, 2, 5])
def test_random_log_is_walked_completely(concurrency: int, *, ascending: bool) -> None:
    for seed in range(150):
        chance = random.Random(seed)
        service = draw_log(chance)
        span, expected = draw_span(chance, service)
        pinned_by = "end" if "end" in span else ""
        course = service.walk_entries(
            size=chance.choice([None, 1, 4, 100]),
            concurrency=concurrency,
            latest_first=chance.random() < 0.5,
            ascending=ascending,
            pinned_by=pinned_by,
            **span,
        )
        check(course, service, course.ids, expected)


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("concurrency", [1, 3])
def test_random_log_is_walked_completely_in_several_runs(
    concurrency: int, *, ascending: bool
) -> None:
    """The walk is interrupted within a page, and resumes from its state."""
    for seed in range(80):
        chance = random.Random(seed)
        service = draw_log(chance)
        span, expected = draw_span(chance, service)
        pinned_by = "end" if "end" in span else ""
        given: list[str] = []
        begin = WalkState(walk="", ascending=ascending, pinned_by=pinned_by, **span)
        for life in count():
            assert life < 100
            most = chance.choice([1, 2, 7])
            course = service.walk_entries(most=most, concurrency=concurrency, begin=begin)
            given += course.ids
            begin = course.state
            if begin.done or course.error:
                check(course, service, given, expected)
                break
