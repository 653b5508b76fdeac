"""What a checkpoint remembers of the oldest entries: counts by their times, and not too many."""

from __future__ import annotations

import pytest

from losant_audit_log._runtime.walk_account import _condensed

Groups = list[tuple[int, int]]


def counted_from(groups: Groups, time: int) -> int:
    """Count the entries of groups that begin at a time or later."""
    return sum(count for begin, count in groups if begin >= time)


@pytest.mark.parametrize("length", [0, 1, 23, 24])
def test_a_few_are_kept_as_they_are(length: int) -> None:
    groups = [(10 * n, n + 1) for n in range(length)]
    assert _condensed(groups) == tuple(groups)


@pytest.mark.parametrize("length", [25, 26, 40, 41, 100, 1000])
def test_the_oldest_are_kept_apart_and_none_is_lost(length: int) -> None:
    groups = [(10 * n, n % 7 + 1) for n in range(length)]
    kept = list(_condensed(groups))
    assert 16 < len(kept) <= 24
    assert kept[:8] == groups[:8]
    times = [time for time, _ in kept]
    assert times == sorted(set(times))
    for time in times:
        assert counted_from(kept, time) == counted_from(groups, time)


def test_each_join_takes_two() -> None:
    groups = [(n, 1) for n in range(25)]
    joined = [(n, 2) for n in range(8, 24, 2)]
    assert _condensed(groups) == (*groups[:8], *joined, (24, 1))
