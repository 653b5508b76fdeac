"""Daily jobs and other walks on ordinary days.

Each course is a service with a year of entries, and a job on each of 400 days, through a leap year.
Up to 50 entries arrive per second while a walk runs, some are visible 5 s late, others expire, and
clocks differ by 2 s. `ORDINARY_WALKS=20000` runs at full size.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from losant_audit_log import Client, IncompleteWalkError, LosantError
from tests.support.callers import TOKEN
from tests.support.drifting_log import DAY, HOUR, SECOND
from tests.support.examples import ORG
from tests.support.figures import Note, note
from tests.support.ordinary_log import Key, OrdinaryLog, between, day, draw, virtual_time

FEW, MANY = 150, int(os.environ.get("ORDINARY_WALKS", "2000"))
BEHIND = 3 * SECOND
DAYS = 400
LIVES = 60


@dataclass
class Tally:
    """The events of a course.

    Attributes:
        walks: The number of finished walks.
        alarms: The messages of walks that raised although nothing was lost.
        wrong: The entries that were lost or duplicated, and the errors.
        requests: The number of requests.
    """

    walks: int = 0
    alarms: list[str] = field(default_factory=list[str])
    wrong: list[str] = field(default_factory=list[str])
    requests: int = 0


class Course:
    """A course of a service and of the programs that read it."""

    def __init__(self, seed: int, *, behind: int = 0) -> None:
        self.seed = seed
        self.log: OrdinaryLog = draw(seed, behind=behind)
        self.tally = Tally()

    def run(self, walks: int) -> Tally:
        """Run up to a number of walks: a job a day, and others now and then."""
        with virtual_time(self.log), httpx.Client(transport=self._transport()) as http_client:
            client = Client(TOKEN, base_url="http://localhost", http_client=http_client)
            self._days(client, walks)
        return self.tally

    def _days(self, client: Client, walks: int) -> None:
        log, given, checkpoint = self.log, set[str](), None
        first = log.now + DAY - HOUR
        for number in range(DAYS):
            if self.tally.walks >= walks:
                return
            day(log)
            order = log.chance.choice([None, None, "oldest"])
            begin: dict[str, Any] = {"order": order}
            begin |= {"start": first} if checkpoint is None else {"since": checkpoint}
            due = between(log.settled_entries(), first, None)
            ids, checkpoint = self._walk(client, begin, f"day {number}")
            self._compare(due, ids, given, f"day {number}")
            given |= set(ids)
            if number % 10 == 9 or number > 365:
                is_whole = number % 100 == 9 or number % 10 == 5
                self._other(client, f"other walk of day {number}", is_whole=is_whole)

    def _other(self, client: Client, name: str, *, is_whole: bool) -> None:
        """Walk through the whole log, or a part of it."""
        log = self.log
        whole: list[dict[str, Any]] = [{}, {"start": log.now - 365 * DAY}]
        parts: list[dict[str, Any]] = [
            {"start": log.now - log.chance.randrange(1, 30) * DAY},
            {"start": log.now - HOUR, "end": log.now + log.chance.randrange(-9, 9) * 1000},
        ]
        begin: dict[str, Any] = {
            "order": log.chance.choice([None, "oldest"]),
            **log.chance.choice(whole if is_whole else parts),
        }
        due = between(log.existing(), begin.get("start"), begin.get("end"))
        ids, _ = self._walk(client, begin, name)
        self._compare([each for each in due if each[0] >= log.horizon], ids, set(), name)

    def _walk(self, client: Client, begin: dict[str, Any], name: str) -> tuple[list[str], str]:
        """Walk to the end, resumed after every error."""
        entries: list[Any] = []
        alarms = len(self.tally.alarms)
        descending, checkpoint = begin["order"] != "oldest", ""
        for _ in range(LIVES):
            walk = client.audit_logs.walk(ORG, **begin)
            try:
                entries.extend(walk)  # Keeps what came before an error.
            except LosantError as error:
                if isinstance(error, IncompleteWalkError):
                    self.tally.alarms.append(f"{self.seed} {name} {begin}: {error}")
                begin = {"checkpoint": walk.checkpoint}
            else:
                checkpoint = walk.checkpoint
                break
        self.tally.walks += 1
        times = [each.creation_date for each in entries]
        is_sorted = alarms < len(self.tally.alarms) or times == sorted(times, reverse=descending)
        if not checkpoint or not is_sorted:  # What was missing comes after the alarm.
            self.tally.wrong.append(f"{self.seed} {name} {begin}: out of order, or not finished")
        return [each.id for each in entries], checkpoint

    def _compare(self, due: list[Key], ids: list[str], before: set[str], name: str) -> None:
        found = set(ids)
        lost = [each for each in due if each[1] not in found and each[1] not in before]
        if lost:
            self.tally.wrong.append(f"{self.seed} {name}: {len(lost)} lost, {lost[:2]}")
        if len(found) < len(ids) or found & before:
            self.tally.wrong.append(f"{self.seed} {name}: given twice")

    def _transport(self) -> httpx.MockTransport:
        def handle(request: httpx.Request) -> httpx.Response:
            self.tally.requests += 1
            return self.log.handle(request)

        return httpx.MockTransport(handle)


def run(walks: int, seed: int = 0, *, behind: int = 0) -> Tally:
    """Run courses until there is a number of walks."""
    total = Tally()
    while total.walks < walks:
        found = Course(seed, behind=behind).run(walks - total.walks)
        total.walks += found.walks
        total.requests += found.requests
        total.alarms += found.alarms
        total.wrong += found.wrong
        seed += 1
    return total


def test_few_ordinary_days_lose_nothing_and_repeat_nothing() -> None:
    for seed in range(3):
        tally = Course(seed).run(FEW // 3)
        assert tally.wrong == []
        assert tally.alarms == []


@pytest.mark.parametrize("seed", [1, 2, 11])
def test_walks_that_raise_as_replicas_are_behind_succeed_when_they_are_resumed(seed: int) -> None:
    tally = Course(seed, behind=BEHIND).run(20)
    assert tally.alarms
    assert tally.wrong == []


@pytest.mark.slow
@pytest.mark.timeout(3 * 60 * 60)
def test_many_walks_lose_nothing_and_repeat_nothing_if_replicas_are_behind(
    record_property: Note,
) -> None:
    tally = run(MANY, seed=1000, behind=BEHIND)
    found = f"{len(tally.wrong)} lost or given twice, {len(tally.alarms)} resumed"
    note(record_property, f"{tally.walks:,} walks, {tally.requests:,} requests: {found}")
    assert tally.wrong == []


@pytest.mark.slow
@pytest.mark.timeout(3 * 60 * 60)
def test_many_ordinary_days_lose_nothing_and_repeat_nothing(record_property: Note) -> None:
    tally = run(MANY, seed=1000)
    found = f"{len(tally.wrong)} lost or given twice, {len(tally.alarms)} false alarms"
    note(record_property, f"{tally.walks:,} walks, {tally.requests:,} requests: {found}")
    assert tally.wrong == []
    assert len(tally.alarms) * 10_000 < tally.walks or not tally.alarms
