"""State machine of a walk with arriving entries, stops and resumptions.

The model is a list. Every entry in the log at the beginning of a walk must be returned once and in
order, however often the program resumes from a checkpoint, and whatever entries arrive in the
meantime.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from losant_audit_log import Client
from tests.support.drifting_log import (
    NOON,
    SECOND,
    Bounds,
    DriftingLog,
    Entry,
    Habits,
    client_options,
)
from tests.support.examples import ORG
from tests.support.searching import few, many

pytestmark = pytest.mark.long

GAPS = [0, 0, 1, SECOND, 90 * SECOND]


class WalkMachine(RuleBasedStateMachine):
    """Walks through a log, one rule at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.log = DriftingLog(0)
        self.client: Any = None
        self.walk: Any = None
        self.steps: Any = None
        self.expected: list[Entry] = []
        self.given: list[str] = []

    @initialize(
        bounds=st.sampled_from(Bounds),
        cap=st.sampled_from([None, 3, 7]),
        unstable=st.booleans(),
        gaps=st.lists(st.sampled_from(GAPS), min_size=1, max_size=12),
        count=st.integers(0, 40),
        per_page=st.integers(1, 9),
    )
    def begin(
        self,
        *,
        bounds: Bounds,
        cap: int | None,
        unstable: bool,
        gaps: list[int],
        count: int,
        per_page: int,
    ) -> None:
        self.log = DriftingLog(count, Habits(bounds=bounds, cap=cap, unstable=unstable))
        self.log.fill(count, gaps=gaps)
        self.client = Client(**client_options(self.log, asynchronous=False))
        self.per_page = per_page
        self.expected = self.log.alive
        self.walk = self.client.audit_logs.walk(ORG, per_page=per_page)
        self.steps = iter(self.walk)
        self.take()

    def take(self) -> bool:
        """Take one entry; return whether there was one."""
        for entry in self.steps:
            self.given.append(entry.id)
            return True
        return False

    @rule(most=st.integers(1, 12))
    def go_on(self, most: int) -> None:
        for _ in range(most):
            if not self.take():
                break

    @rule()
    def stop_and_go_on_elsewhere(self) -> None:
        checkpoint = self.walk.checkpoint
        self.client.close()
        self.client = Client(**client_options(self.log, asynchronous=False))
        self.walk = self.client.audit_logs.walk(ORG, per_page=self.per_page, checkpoint=checkpoint)
        self.steps = iter(self.walk)

    @rule(count=st.integers(1, 5))
    def new_entries_arrive(self, count: int) -> None:
        """Entries newer than the walk, which ends at the time of its first request."""
        for number in range(count):
            self.log.add(NOON + 3_600 * SECOND + number)

    @precondition(lambda self: self.log.alive)
    @rule()
    def the_total_is_what_the_service_says(self) -> None:
        page = self.client.audit_logs.list(ORG, per_page=1)
        assert page.total_count >= len(self.expected)

    @invariant()
    def what_was_given_is_a_beginning(self) -> None:
        wanted = [each.id for each in self.expected]
        assert self.given[: len(wanted)] == self.given
        assert sorted(set(self.given)) == sorted(self.given)

    def teardown(self) -> None:
        if self.walk is None:
            return
        while self.take():
            pass
        assert set(self.given) == {each.id for each in self.expected}
        assert len(self.given) == len(self.expected)
        assert self.walk.report.entries == len(self.expected)
        self.client.close()


def test_walk_returns_every_entry_once() -> None:
    run_state_machine_as_test(WalkMachine, settings=few(30))


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_walk_returns_every_entry_once_in_thousands_of_runs() -> None:
    run_state_machine_as_test(WalkMachine, settings=many(3_000))
