"""Service on ordinary days, with late and expiring entries.

Its clock is virtual and advances with requests and waits, so that a year takes a moment, and the
same seed gives the same course.
"""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_left, bisect_right, insort
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from heapq import heappop, heappush
from typing import Final, TypeAlias

import httpx
import pytest

from tests.support.drifting_log import DAY, HOUR, MINUTE, SECOND, Bounds, Milliseconds, iso

BEGIN: Final = 1_812_024_000_000  # 2027-06-03T12:00:00Z; the year after it has a leap day.
MOST_LAG: Final = 5 * SECOND
MOST_SKEW: Final = 2 * SECOND

Key: TypeAlias = tuple[Milliseconds, str]
"""The timestamp and the id of an entry, by which entries are sorted."""


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The ways of a service.

    Attributes:
        bounds: Which bounds of a span are inclusive.
        by_days: Whether it keeps entries for 365 days, not for a calendar year.
        rate: How many entries arrive per second around a walk.
        late: The share of entries that become visible late.
        faults: The probability that a request fails.
        dated: Whether it sends a `Date` header.
        cap: The maximum number of entries on a page.
        behind: The time by which replicas are behind one another at most.
    """

    bounds: Bounds
    by_days: bool
    rate: float
    late: float
    faults: float
    dated: bool
    cap: int
    behind: Milliseconds = 0


@dataclass
class OrdinaryLog:
    """The log and its service.

    Attributes:
        ways: Its ways.
        chance: The source of all random choices.
        now: The clock that stamps entries.
        visible: The entries that are visible, expired ones included.
        hidden: Those that are not visible yet, by the time when they become so.
    """

    ways: Ways
    chance: random.Random
    now: Milliseconds = BEGIN
    visible: list[Key] = field(default_factory=list[Key])
    hidden: list[tuple[Milliseconds, Key]] = field(default_factory=list[tuple[Milliseconds, Key]])
    _recent: list[tuple[Milliseconds, Key]] = field(default_factory=list[tuple[Milliseconds, Key]])
    _count: int = 0
    _local: Milliseconds = 0

    # --- what happens

    def quiet(self, duration: Milliseconds, count: int) -> None:
        """Advance the clock while a number of entries arrive, all of them visible at its end."""
        begin, self.now = self.now, self.now + duration
        stamps = sorted(self.chance.randrange(begin, self.now - MOST_LAG) for _ in range(count))
        for stamp in stamps:
            insort(self.visible, self._key(stamp))
        self._reveal()

    def busy(self, duration: Milliseconds) -> None:
        """Advance the clock while entries arrive at the rate of the service."""
        expected = self.ways.rate * duration / SECOND
        count = int(expected) + (self.chance.random() < expected % 1)
        for _ in range(count):
            stamp = self.now + self.chance.randrange(duration)
            is_late = self.chance.random() < self.ways.late
            lag = self.chance.randrange(1, MOST_LAG) if is_late else self.chance.randrange(5)
            heappush(self.hidden, (stamp + lag, self._key(stamp)))
        self.now += duration
        self._reveal()

    def new_day(self) -> None:
        """Change the difference between the clocks."""
        self._local = self.chance.randrange(-MOST_SKEW, MOST_SKEW)

    @property
    def local(self) -> Milliseconds:
        """The clock of the client."""
        return self.now + self._local

    @property
    def horizon(self) -> Milliseconds:
        """The timestamp of the oldest entry that is kept."""
        if self.ways.by_days:
            return self.now - 365 * DAY
        moment = dt.datetime.fromtimestamp(self.now // SECOND, dt.UTC)
        day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
        begin = moment.replace(year=moment.year - 1, day=day)
        return round(begin.timestamp()) * SECOND + self.now % SECOND

    def settled_entries(self) -> list[Key]:
        """Return the entries that are visible everywhere, expired ones included."""
        return self._as_of(self.now - self.ways.behind)

    def existing(self) -> list[Key]:
        """Return the entries that are visible everywhere and have not expired."""
        settled = self.settled_entries()
        return settled[bisect_left(settled, (self.horizon, "")) :]

    def _as_of(self, moment: Milliseconds) -> list[Key]:
        """Return the entries that were visible at a moment, at most so long ago as a replica."""
        later = {key for at, key in self._recent if at > moment}
        return [each for each in self.visible if each not in later] if later else self.visible

    def _key(self, stamp: Milliseconds) -> Key:
        self._count += 1
        return stamp, f"{self._count:024x}"

    def _reveal(self) -> None:
        while self.hidden and self.hidden[0][0] <= self.now:
            at, key = heappop(self.hidden)
            insort(self.visible, key)
            self._recent.append((at, key))
        oldest = self.now - self.ways.behind
        self._recent = [each for each in self._recent if each[0] > oldest]

    # --- how it is asked

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request, which takes a fifth of a second at most."""
        self.busy(self.chance.randrange(10, 100))
        response = self._fault(request) or self._page(request.url.params)
        self.busy(self.chance.randrange(10, 100))
        return response

    def _fault(self, request: httpx.Request) -> httpx.Response | None:
        if self.chance.random() >= self.ways.faults:
            return None
        kind = self.chance.choice([429, 429, 503, 0])
        if not kind:
            raise httpx.ReadError("connection reset by peer", request=request)
        return httpx.Response(kind, headers={"Retry-After": "2"} if kind == 429 else {})

    def _page(self, query: httpx.QueryParams) -> httpx.Response:
        lower, upper = self.ways.bounds.value
        behind = self.chance.randrange(self.ways.behind) if self.ways.behind else 0
        visible = self._as_of(self.now - behind)
        first, last = bisect_left(visible, (self.horizon, "")), len(visible)
        if "start" in query:
            start = int(query["start"])
            key = (start, "") if lower else (start + 1, "")
            first = max(first, bisect_left(visible, key))
        if "end" in query:
            end = int(query["end"])
            last = bisect_left(visible, (end + 1, "") if upper else (end, ""))
        total = max(0, last - first)
        size = min(int(query.get("perPage", 100)), self.ways.cap)
        begin = int(query.get("page", 0)) * size
        taken = range(begin, min(begin + size, total))
        ascending = query.get("sortDirection") == "asc"
        keys = [visible[first + n if ascending else last - 1 - n] for n in taken]
        items = ",".join(f'{{"id":"{id_}","creationDate":"{iso(stamp)}"}}' for stamp, id_ in keys)
        body = f'{{"items":[{items}],"totalCount":{total},"perPage":{size},"page":{begin // size}}}'
        headers = {"Content-Type": "application/json"}
        if self.ways.dated:
            ahead = self.chance.randrange(-MOST_SKEW, MOST_SKEW)
            moment = dt.datetime.fromtimestamp((self.now + ahead) // SECOND, dt.UTC)
            headers["Date"] = format_datetime(moment, usegmt=True)
        return httpx.Response(200, content=body, headers=headers)


def draw(seed: int, *, behind: Milliseconds = 0) -> OrdinaryLog:
    """Draw a service with a year of entries, and with replicas that may be behind."""
    chance = random.Random(f"ordinary {seed}")
    ways = Ways(
        bounds=chance.choice([Bounds.INCLUSIVE, Bounds.EXCLUSIVE, Bounds.LOWER]),
        by_days=chance.random() < 0.5,
        rate=chance.choice([0.1, 1, 5, 20, 50]),
        late=chance.choice([0, 0.1, 0.5]),
        faults=chance.choice([0, 0.01, 0.05]),
        dated=chance.random() < 0.9,
        cap=chance.choice([100, 250, 1000]),
        behind=behind,
    )
    log = OrdinaryLog(ways, chance, now=BEGIN - 366 * DAY)
    for _ in range(366):
        log.quiet(DAY - 2 * MINUTE, chance.choice([0, 0, 5, 20]))
        log.quiet(2 * MINUTE, chance.randrange(8))
    return log


def day(log: OrdinaryLog) -> None:
    """Advance the clock to the next daily job, with arrivals just before it."""
    log.new_day()
    log.quiet(DAY - HOUR, log.chance.choice([0, 0, 3, 40]))
    log.quiet(HOUR + log.chance.randrange(-MINUTE, MINUTE), log.chance.randrange(5))
    log.busy(log.chance.choice([SECOND, 10 * SECOND]))


def between(keys: list[Key], start: Milliseconds | None, end: Milliseconds | None) -> list[Key]:
    """Return the entries of a span, both bounds included."""
    first = 0 if start is None else bisect_left(keys, (start, ""))
    last = len(keys) if end is None else bisect_right(keys, (end + 1, ""))
    return keys[first:last]


@contextmanager
def virtual_time(log: OrdinaryLog) -> Generator[None, None, None]:
    """Make the client use the clock of the log, and wait without waiting."""

    class Clock:
        @staticmethod
        def monotonic() -> float:
            return log.now / SECOND

        @staticmethod
        def sleep(seconds: float) -> None:
            log.busy(max(1, round(seconds * SECOND)))

    def local(per_second: int) -> int:
        return log.local * per_second // SECOND

    runtime = "losant_audit_log._runtime"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{runtime}.core.epoch.now", local)
        for module in ("resources.paged", "walks.walk", "clients.client"):
            patch.setattr(f"{runtime}.{module}.time", Clock)
        yield
