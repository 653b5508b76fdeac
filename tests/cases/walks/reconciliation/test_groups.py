"""Counts of the oldest entries by timestamp, limited in number for checkpoints."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from tests.support.accounting import reconciliation_at_noon, state

Groups: TypeAlias = list[tuple[int, int]]


def remembered_groups(groups: Groups) -> Groups:
    """Probe entries with these timestamps and counts; return the remembered groups."""
    times = [time for time, count in groups for _ in range(count)]
    last = times[-1] if times else 0
    at = state(total=len(times))
    return list(reconciliation_at_noon().probe_result(at, times, last, gone=0, is_all=True).tail)


def counted_from(groups: Groups, time: int) -> int:
    """Count the entries of groups that begin at a timestamp or later."""
    return sum(count for begin, count in groups if begin >= time)


@pytest.mark.parametrize("length", [0, 1, 23, 24])
def test_few_groups_are_kept_unchanged(length: int) -> None:
    groups = [(10 * n, n + 1) for n in range(length)]
    assert remembered_groups(groups) == groups


@pytest.mark.parametrize("length", [25, 26, 40, 41, 100, 1000])
def test_many_groups_keep_the_oldest_and_every_entry(length: int) -> None:
    groups = [(10 * n, n % 7 + 1) for n in range(length)]
    kept = remembered_groups(groups)
    assert 16 < len(kept) <= 24
    assert kept[:8] == groups[:8]
    times = [time for time, _ in kept]
    assert times == sorted(set(times))
    for time in times:
        assert counted_from(kept, time) == counted_from(groups, time)


def test_joined_groups_combine_two() -> None:
    groups = [(n, 1) for n in range(25)]
    joined = [(n, 2) for n in range(8, 24, 2)]
    assert remembered_groups(groups) == [*groups[:8], *joined, (24, 1)]
