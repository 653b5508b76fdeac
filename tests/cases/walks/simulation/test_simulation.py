"""Simulated walks over drifting logs, by the thousand: complete, or an error.

Every seed draws habits of the service, a log, a query and times at which the program stops. A walk
must return every entry that existed when it began, each once and in order, or raise. If the service
is honest, the walk must not raise. If the service loses unread entries, the walk must raise.

A list that fails is resumed with `walk()`. Courses that read several pages in parallel run on
asyncio, where the same seed gives the same course.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Coroutine, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeAlias

import anyio
import pytest

from losant_audit_log import (
    AsyncClient,
    Client,
    EntryDecodeError,
    IncompleteWalkError,
    LosantError,
    Report,
    UndecodedEntry,
)
from tests.support.callers import Way
from tests.support.drifting_log import (
    DAY,
    HOUR,
    NOON,
    SECOND,
    YEAR,
    Bounds,
    DriftingLog,
    Echo,
    Entry,
    Habits,
    Milliseconds,
    Total,
    client_options,
    milliseconds,
    ticking,
)
from tests.support.examples import ORG

pytestmark = pytest.mark.long

FEW, MANY = 20, 6_000
LIVES, LIVES_WITH_A_LIAR = 400, 20

Scenario: TypeAlias = Coroutine[Any, Any, None]


@dataclass(kw_only=True)
class Course:
    """A simulated course: its plan, and then its outcome.

    Attributes:
        seed: The seed of all random choices.
        log: The log.
        how: `walk`, `asc` or `desc`; the latter two begin with iterating over `list()`.
        order: The order of a walk.
        concurrency: How many pages a walk reads in parallel.
        query: The arguments of the call.
        dies: The probability that the program stops after an entry.
        expected: The entries that existed at the beginning.
        given: The entries that were returned.
        odd: How many of them were undecodable.
        error: The error.
        report: The report of the walk.
        checkpoint: The checkpoint to resume from.
    """

    seed: int
    log: DriftingLog
    how: str
    order: str | None
    concurrency: int
    query: dict[str, Any]
    dies: float
    expected: list[Entry]
    given: list[str] = field(default_factory=list[str])
    odd: int = 0
    error: LosantError | None = None
    report: Report | None = None
    checkpoint: str | None = None

    @property
    def is_honest(self) -> bool:
        """Whether the service only drifts, so that the walk must succeed."""
        habits = self.log.habits
        return (
            habits.total in {Total.TRUE, Total.MISSING, Total.MISSING_NOW_AND_THEN}
            and not habits.repeats
            and not habits.vanishes
            and (self.how == "walk" or not habits.odd)
        )

    @property
    def is_unsure(self) -> bool:
        """Whether expiry may raise even though the service only drifts.

        A walk that resumes in ascending order where entries have expired has missed some, and a
        late entry may hide that another has expired; so may one with the timestamp of the newest.
        """
        text = str(self.error)
        is_behind = self.is_ascending and "the position where the walk resumes is before" in text
        is_hidden = self.has_late and "reported entries were not returned" in text
        return self.log.habits.expires and (is_behind or is_hidden)

    @property
    def is_ascending(self) -> bool:
        """Whether the oldest entries come first."""
        return self.how == "asc" or self.order == "oldest"

    @property
    def has_late(self) -> bool:
        """Whether entries arrived that are not younger than those at the beginning."""
        newest = max((each.time for each in self.expected), default=0)
        others = set(self.log.entries) - set(self.expected)
        return any(each.time <= newest for each in others)

    def __repr__(self) -> str:
        """Return a call that reproduces the course."""
        what = f"{self.how} {self.order} x{self.concurrency} {self.query} skew={self.log.skew}"
        return f"{self.seed=} {what} {self.log.habits}"


def draw(seed: int, order: str | None = None) -> Course:
    """Draw a course, in an order that matters to walks only."""
    chance = random.Random(f"course {seed}")
    how = chance.choice(["walk", "walk", "asc", "desc"])
    concurrency = chance.choice([1, 1, 2, 4]) if how == "walk" else 1
    echo = chance.choice([Echo.TRUE, Echo.TRUE, *Echo])
    total = chance.choice([Total.TRUE] * 6 + list(Total))
    habits = Habits(
        bounds=chance.choice(list(Bounds)),
        cap=chance.choice([None, 3, 7, 20]),
        echo=echo,
        total=total,
        unstable=chance.random() < 0.7,
        shortens=chance.choice([0, 0, 0, 0.3]),
        dated=chance.choice([0, 1, 1, 0.7]),
        inserts=chance.random() < 0.6,
        late=chance.choice([0, 0, 0, 0.2]),
        expires=chance.random() < 0.4,
        faults=chance.choice([0, 0, 0.08]),
        repeats=chance.choice([0, 0, 0, 0, 0.1]),
        odd=chance.choice([0, 0, 0, 0.1]),
    )
    size = chance.choice([None, 1, 2, 3, 5, 10, 1000])
    page = min(size or 100, habits.cap or 100)
    if total is Total.TRUE and chance.random() < 0.1:
        habits = replace(habits, vanishes=0.15)
    habits = knowable(habits, page, concurrency)
    log = DriftingLog(seed, habits)
    log.skew = chance.choice([0, 0, HOUR, -HOUR])
    log.step = chance.choice([0, 10, 400])
    settle(log, chance)
    query: dict[str, Any] = {}
    if chance.random() < 0.25:
        query["end"] = log.now - chance.randrange(5 * SECOND)
    if chance.random() < 0.25 and log.entries:
        start = chance.choice(log.entries).time - chance.choice([0, 0, 1])
        query["start"] = min(max(start, log.now - YEAR + 2 * HOUR), query.get("end", start))
    if size is not None:
        query["per_page"] = size
    if how == "walk":
        query["on_undecodable"] = "keep" if chance.random() < 0.7 else "raise"
    else:
        query["sort_direction"] = how
    return Course(
        seed=seed,
        log=log,
        how=how,
        order=order if how == "walk" else None,
        concurrency=concurrency,
        query=query,
        dies=chance.choice([0, 0.02, 0.15]),
        expected=requested_entries(log, how, query, log.alive),
    )


def knowable(habits: Habits, page: int, concurrency: int) -> Habits:
    """Remove habits that no client could distinguish."""
    if habits.total not in {Total.TRUE, Total.MORE}:
        # A page that is short without saying so from the end of the log; and what hides behind an
        # entry without a time.
        habits = replace(habits, shortens=0, echo=Echo.TRUE, odd=0)
    if page < 5:
        habits = replace(habits, odd=0)  # The same, on pages with nothing else on them.
    if habits.vanishes:
        # A new entry may make up for a lost one, and where many expire at once, one of them may
        # have been lost before.
        habits = replace(habits, late=0, odd=0, inserts=False, repeats=0, expires=False)
    if habits.expires and (habits.total is not Total.TRUE or habits.dated < 1):
        habits = replace(habits, repeats=0)  # What is not counted may have expired.
    if concurrency > 1:  # Else no life is long enough for several pages at once.
        habits = replace(habits, faults=habits.faults / 4)
    return habits


def requested_entries(
    log: DriftingLog, how: str, query: dict[str, Any], entries: list[Entry]
) -> list[Entry]:
    """Return the entries that a call covers: a walk includes both of its bounds."""
    start, end = query.get("start"), query.get("end")
    if how != "walk":
        return log.within(start, end, entries)
    return [
        each
        for each in entries
        if (start is None or each.time >= start) and (end is None or each.time <= end)
    ]


def settle(log: DriftingLog, chance: random.Random) -> None:
    """Create entries, some in the same millisecond, some about to expire."""
    count = chance.randrange(90)
    gaps = [0, 0, 0, 1, 1, 2, 5, 50, 3 * SECOND]
    times = [log.now - chance.choice([0, 1, SECOND, HOUR // 2, 2 * DAY])]
    for _ in range(count):
        times.append(times[-1] - chance.choice(gaps))
    if log.habits.expires:
        oldest = log.now - YEAR + chance.choice([0, 500, 5 * SECOND])
        times += [oldest + chance.choice([0, 0, 1, 7, 300, SECOND]) * n for n in range(count // 3)]
        times += [oldest + chance.randrange(20 * DAY) for _ in range(3)]  # It goes on from there.
    for time in sorted(each for each in times if each <= log.now):
        log.add(time)


# --- carrying it out


class Source:
    """Entries of an iterator or an asynchronous iterator, one by one."""

    def __init__(self, entries: Any) -> None:
        self._asynchronous: AsyncIterator[Any] | None = None
        self._synchronous: Iterator[Any] = iter(())
        if hasattr(entries, "__aiter__"):
            self._asynchronous = aiter(entries)
        else:
            self._synchronous = iter(entries)

    def __aiter__(self) -> Source:
        return self

    async def __anext__(self) -> Any:
        if self._asynchronous is not None:
            return await anext(self._asynchronous)
        for entry in self._synchronous:
            return entry
        raise StopAsyncIteration

    async def close(self) -> None:
        """Close the iterator."""
        close = getattr(self._asynchronous or self._synchronous, "aclose", None)
        if close is not None:
            await close()


class Program:
    """A program that reads a log, sometimes stops, and resumes."""

    def __init__(self, course: Course, way: Way) -> None:
        self._course = course
        self._way = way
        self._chance = random.Random(f"program {course.seed}")

    async def read(self, **more: Any) -> None:
        """Read the log in as many runs as needed."""
        course, checkpoint = self._course, None
        for _ in range(LIVES if course.is_honest else LIVES_WITH_A_LIAR):
            source: Any = None
            try:
                source = self._source(checkpoint, more)
                is_done = await self._live(source)
            except LosantError as error:
                course.error, course.report = error, getattr(source, "report", None)
                if isinstance(error, EntryDecodeError):
                    course.given.append(known_id(course.log, error.content))
                    course.odd += 1
                    checkpoint = error.checkpoint_after
                elif isinstance(error, IncompleteWalkError):
                    return
                else:  # It is worth while to go on; a list that gave nothing begins anew.
                    checkpoint = vars(error).get("checkpoint", checkpoint)
            else:
                course.error, course.report = None, getattr(source, "report", None)
                course.checkpoint = checkpoint = getattr(source, "checkpoint", None)
                if is_done:
                    return
        course.error = course.error or LosantError("the program died too often")

    def _source(self, checkpoint: str | None, more: dict[str, Any]) -> Any:
        """Start or resume the reading."""
        course, resource = self._course, self._client().audit_logs
        if checkpoint is None:
            course.log.started = 0  # A list that gave nothing begins anew.
        if checkpoint is None and course.how != "walk":
            return resource.list(ORG, **course.query)
        begin = {"checkpoint": checkpoint} if checkpoint else {"order": course.order, **more}
        query = {name: each for name, each in course.query.items() if name != "sort_direction"}
        return resource.walk(ORG, concurrency=course.concurrency, **query, **begin)

    async def _live(self, walk: Any) -> bool:
        course, source = self._course, Source(walk)
        async for entry in source:
            if isinstance(entry, UndecodedEntry):
                course.odd += 1
                course.given.append(known_id(course.log, entry.raw))
            else:
                course.given.append(entry.id)
            if hasattr(walk, "checkpoint") and self._chance.random() < course.dies:
                await source.close()
                return False
        return True

    def _client(self) -> Any:
        kind = Client if self._way is Way.SYNC else AsyncClient
        options = client_options(self._course.log, asynchronous=self._way is not Way.SYNC)
        return kind(**options)


def known_id(log: DriftingLog, raw: bytes) -> str:
    """Return the id of an undecodable entry, which may be in its name only."""
    return next(each.id for each in log.entries if each.id.encode() in raw)


def carry_out(scenario: Scenario, way: Way) -> None:
    """Run a coroutine, in an event loop only if necessary."""
    if way is Way.SYNC:
        with pytest.raises(StopIteration):
            scenario.send(None)
        return

    async def await_scenario() -> None:
        await scenario

    anyio.run(await_scenario, backend=str(way))


def run(seed: int, way: Way | None = None, order: str | None = None) -> Course:
    """Run a course."""
    course = draw(seed, order)
    way = way or (Way.SYNC if course.concurrency == 1 else Way.ASYNCIO)
    with ticking(course.log):
        carry_out(Program(course, way).read(), way)
    return course


# --- what must be so


def check(course: Course) -> None:
    """Compare the returned entries with the log."""
    log = course.log
    by_id = {each.id: each for each in log.entries}
    given = [by_id[id_] for id_ in course.given]
    assert len(set(course.given)) == len(given), "given twice"
    descending = not course.is_ascending
    times = [each.time for each in given if "actorName" not in each.wire]
    assert times == sorted(times, reverse=descending), "out of order"
    end = course.query.get("end")
    requested = requested_entries(log, course.how, course.query, log.entries)
    assert set(given) <= set(requested), "outside of the window"
    if course.error is not None:
        assert course.is_unsure or not course.is_honest, f"{course.error!r}"
        return
    missed = set(course.expected) - set(given)
    horizon = log.now - YEAR if log.habits.expires else 0
    assert not [each for each in missed if each.time >= horizon], "missed"
    has_placeless = course.is_ascending and log.habits.odd > 0  # It may be newer than all others.
    if end is None and not has_placeless:
        assert all(each.time <= log.opened + 1 for each in given), "beyond the end"
    if course.report is not None:
        check_report(course, course.report, given)


def check_report(course: Course, report: Report, given: list[Entry]) -> None:
    """Compare the report of a finished walk with the returned entries."""
    times = [each.time for each in given if isinstance(each.wire.get("creationDate"), str)]
    assert report.entries == report.distinct == len(given)
    assert report.undecodable == course.odd
    assert (report.first is None) == (report.last is None) == (not given)
    if not course.odd and times:
        assert (milliseconds(report.first), milliseconds(report.last)) == (times[0], times[-1])
    assert milliseconds(report.start) == course.query.get("start")
    end = milliseconds(report.end)
    if "end" in course.query:
        assert report.pinned_by == "end"
        clock = course.log.started + (0 if course.log.habits.dated else course.log.skew)
        tolerance = 0 if course.log.habits.dated == 1 else abs(course.log.skew)
        newest = max((each.time for each in given), default=None)
        if course.log.habits.dated == 1 or end != newest:  # Else that tells its clock, at most.
            assert end is not None
            assert end <= min(course.query["end"], clock + tolerance)
            assert end >= min(course.query["end"], clock - tolerance - 2 * SECOND)
    else:
        dated = course.log.habits.dated
        assert report.pinned_by in {"server" if dated else "", "local" if dated < 1 else ""} - {""}
        if dated == 1:
            assert end is not None
            assert course.log.started - 2 * SECOND <= end <= course.log.started
        assert end is None or end <= course.log.now + 1


@contextmanager
def explain_failure(course: Course) -> Generator[None, None, None]:
    """Add to a failure how to reproduce it."""
    try:
        yield
    except AssertionError as error:
        error.add_note(repr(course))
        raise


@pytest.mark.parametrize("part", range(2))
def test_few_simulated_walks_are_complete_or_raise(part: int) -> None:
    for seed in range(part, FEW, 2):
        course = run(seed)
        with explain_failure(course):
            check(course)


@pytest.mark.parametrize("part", range(2))
def test_few_simulated_walks_with_the_oldest_first_are_complete_or_raise(part: int) -> None:
    for seed in range(part, FEW, 2):
        course = run(seed, order="oldest")
        with explain_failure(course):
            check(course)


@pytest.mark.parametrize("seed", [1795, 3777, 5022, 5213, 5551, 7713, 8211, 8625, 10384, 15635])
def test_simulated_walks_that_once_failed_are_complete_or_raise(seed: int) -> None:
    """A repeated page hid others, or all; an entry arrived with the timestamp of the newest one."""
    course = run(seed)
    with explain_failure(course):
        check(course)


@pytest.mark.parametrize("seed", [44, 999, 2255, 5892, 60535])
def test_walks_with_the_oldest_first_that_once_failed_are_complete_or_raise(seed: int) -> None:
    """Entries expired before a slice; an entry arrived at the end; one moved; a page hid some."""
    course = run(seed, order="oldest")
    with explain_failure(course):
        check(course)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(30))
def test_many_simulated_walks_are_complete_or_raise(part: int) -> None:
    for seed in range(FEW + part, FEW + MANY, 30):
        course = run(seed)
        with explain_failure(course):
            check(course)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(15))
def test_many_simulated_walks_with_the_oldest_first_are_complete_or_raise(part: int) -> None:
    for seed in range(FEW + part, FEW + MANY // 2, 15):
        course = run(seed, order="oldest")
        with explain_failure(course):
            check(course)


@pytest.mark.parametrize("way", [Way.ASYNCIO, Way.TRIO])
def test_asynchronous_walks_send_the_same_requests(way: Way) -> None:
    seeds = [seed for seed in range(10) if draw(seed).concurrency == 1]
    assert len(seeds) > 3
    for seed in seeds:
        synchronous, asynchronous = run(seed), run(seed, way)
        with explain_failure(synchronous):
            assert asynchronous.given == synchronous.given
            assert asynchronous.log.queries == synchronous.log.queries
            assert asynchronous.checkpoint == synchronous.checkpoint
            assert asynchronous.report == synchronous.report
            assert str(asynchronous.error) == str(synchronous.error)


@pytest.mark.parametrize("way", [pytest.param(Way.SYNC, marks=pytest.mark.slow), Way.TRIO])
def test_concurrent_walks_accept_responses_in_any_order(way: Way) -> None:
    seeds = [seed for seed in range(19) if draw(seed).concurrency > 1]
    assert len(seeds) > 2
    for seed in seeds:
        course = run(seed, way)
        with explain_failure(course):
            check(course)


def test_lost_entries_make_simulated_walks_incomplete() -> None:
    """A walk fails if unread entries were lost, and not because of other drift."""
    seeds = [seed for seed in range(400) if draw(seed).log.habits.vanishes]
    found = [run(seed) for seed in seeds]
    for course in found:
        with explain_failure(course):
            check(course)
    assert any(isinstance(each.error, IncompleteWalkError) for each in found)
    assert any(each.error is None for each in found)


def test_simulation_covers_drift_errors_and_undecodable_entries() -> None:
    courses = [run(seed) for seed in range(20)]
    complete = [each for each in courses if each.error is None]
    assert len(complete) > 8
    assert any(isinstance(each.error, IncompleteWalkError) for each in courses)
    assert sum(each.is_honest for each in courses) > 8
    assert any(len(each.log.entries) > len(each.expected) + 20 for each in complete)
    assert any(each.report is not None and each.report.undecodable for each in complete)


# --- the daily job


def daily(seed: int, way: Way = Way.SYNC) -> Course:
    """Run a daily job, each from the end of the last one, and check each run."""
    course = draw(seed)
    chance = random.Random(f"days {seed}")
    log, overlap = course.log, chance.choice([0, 1, 500, HOUR, 2 * HOUR])
    log.habits = replace(
        log.habits,
        total=Total.TRUE,
        repeats=0,
        expires=False,
        late=0,
        shortens=0,
        cap=None,
        vanishes=0,
    )
    course.how, course.query = "walk", {"on_undecodable": "keep"}
    course.concurrency = chance.choice([1, 1, 3])
    way = Way.ASYNCIO if course.concurrency > 1 and way is Way.SYNC else way
    program = Program(course, way)
    turns = random.Random(f"orders {seed}")
    begin: dict[str, Any] = {"overlap": timedelta(milliseconds=overlap)}
    due = {each.id for each in log.alive}
    with ticking(log):
        for _ in range(5):
            before, course.given = set(course.given), []
            course.order = turns.choice([None, "newest", "oldest"])
            carry_out(program.read(**begin), way)
            with explain_failure(course):
                assert course.error is None, f"{course.error!r}"
                assert len(set(course.given)) == len(course.given), "given twice in one job"
                assert not before & set(course.given), "given again"
                assert not due - set(course.given) - before, "missed"
            course.given += sorted(before)
            begin = {"since": course.checkpoint, "overlap": timedelta(milliseconds=overlap)}
            assert course.report is not None
            end = milliseconds(course.report.end)
            due = pass_time(log, chance, overlap, end)
    return course


def pass_time(
    log: DriftingLog, chance: random.Random, overlap: Milliseconds, end: Milliseconds | None
) -> set[str]:
    """Advance the log by a day; return the entries that the next job must return."""
    log.now += chance.choice([1, SECOND, DAY])
    for _ in range(chance.choice([0, 0, 5, 30])):
        log.now += chance.choice([0, 0, 1, 5, 2000])
        log.add()
    late = [log.add(end - chance.randrange(overlap + 1)) for _ in range(3)] if end else []
    return {each.id for each in late} | {
        each.id for each in log.alive if end is None or each.time >= end
    }


@pytest.mark.parametrize("part", range(2))
def test_few_simulated_daily_jobs_return_every_entry_once(part: int) -> None:
    for seed in range(part, FEW // 2, 2):
        daily(seed)


@pytest.mark.parametrize("seed", [89, 258, 1012])
def test_simulated_daily_jobs_that_once_failed_return_every_entry_once(seed: int) -> None:
    """The oldest entry had no timestamp; the local clock was an hour fast; an id was forgotten."""
    daily(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_many_simulated_daily_jobs_return_every_entry_once(part: int) -> None:
    for seed in range(FEW + part, FEW + MANY // 4, 8):
        daily(seed)


def test_ticking_advances_the_clock_of_the_log() -> None:
    log = DriftingLog()
    with ticking(log):
        log.now += SECOND
    assert log.now == NOON + SECOND
