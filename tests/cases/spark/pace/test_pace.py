"""Shares of tasks in the rate limit."""

from __future__ import annotations

import itertools

import pytest

from losant_audit_log._spark import pace
from losant_audit_log._spark.pace import Pace, Share, shares


class Clock:
    """A clock that sleeping advances."""

    def __init__(self, now: float) -> None:
        self.now = now

    def time(self) -> float:
        return self.now

    monotonic = time

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock(1000.25)
    monkeypatch.setattr(pace, "time", found)
    return found


def requests(clock: Clock, share: Share, count: int, latency: float = 0.01) -> list[float]:
    own = Pace(share)
    times: list[float] = []
    for _ in range(count):
        assert not own.is_set()
        times.append(clock.now)
        clock.sleep(latency)
    return times


def test_rate_is_divided_among_tasks() -> None:
    assert shares(8, 4) == [Share(0.5, 0), Share(0.5, 0.125), Share(0.5, 0.25), Share(0.5, 0.375)]
    assert shares(None, 2) == [None, None]


@pytest.mark.parametrize("begin", [1000.0, 1000.25, 1000.49, 1000.999])
def test_requests_of_all_tasks_alternate_at_the_rate(clock: Clock, begin: float) -> None:
    times: list[float] = []
    for share in shares(8, 4):
        clock.now = begin
        assert share is not None
        times += requests(clock, share, 20)
    times.sort()
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert min(gaps) == pytest.approx(0.125, abs=1e-6)


def test_task_waits_a_pause_first_because_it_may_be_a_retry(clock: Clock) -> None:
    share = Share(0.5, 0)
    last = requests(clock, share, 5)[-1]
    again = requests(clock, share, 1)[0]
    assert again - last >= 0.5


def test_slow_response_does_not_delay_the_next_request(clock: Clock) -> None:
    first, second = requests(clock, Share(0.5, 0), 2, latency=3)
    assert second - first == pytest.approx(3)


def test_wait_before_a_retry_does_not_use_up_the_share(clock: Clock) -> None:
    own = Pace(Share(0.5, 0))
    own.is_set()
    sent = clock.now
    own.is_set()  # before the wait
    assert not own.wait(2)
    own.is_set()  # before the retry
    assert sent + 2 <= clock.now <= sent + 2.5 + 1e-6
