"""Log that changes while it is read, and a faulty service.

    log = DriftingLog(seed, Habits(bounds=Bounds.EXCLUSIVE, cap=7, inserts=True))
    log.fill(100)
    client = Client("t", http_client=httpx.Client(transport=log.transport()))

Time advances only with requests, so that the same seed gives the same course. The clock is not that
of the machine: see `ticking`, which makes the client use it.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from enum import Enum
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.support.callers import TOKEN
from tests.support.server import Answer, Recorded

Milliseconds: TypeAlias = int

SECOND: Final = 1_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
YEAR: Final = 365 * DAY  # No leap day lies in the year before NOON.
NOON: Final = 1_772_712_000_789  # 2026-03-05T12:00:00.789Z
MOST_REQUESTS: Final = 20_000


class Bounds(Enum):
    """The inclusive bounds: the lower one, the upper one."""

    INCLUSIVE = (True, True)
    EXCLUSIVE = (False, False)
    LOWER = (True, False)
    UPPER = (False, True)


class Total(Enum):
    """The total number of entries that the service returns."""

    TRUE = "true"
    MORE = "more"
    LESS = "less"
    MISSING = "missing"
    MISSING_NOW_AND_THEN = "missing now and then"


class Echo(Enum):
    """The page size that the service returns."""

    TRUE = "true"
    REQUESTED = "what was asked for"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True)
class Habits:
    """The behavior of the service; a number is a probability, for each request or entry.

    Attributes:
        bounds: Which bounds of a span are inclusive.
        cap: The maximum number of entries on a page.
        echo: The page size in responses.
        total: The total number of entries in responses.
        unstable: Whether entries with the same timestamp change their order with each request.
        shortens: Returns fewer entries than would fit.
        dated: Sends a `Date` header.
        inserts: Whether entries arrive during a walk.
        late: An entry with a past timestamp arrives.
        expires: Whether entries disappear after a year.
        faults: Fails to respond, or responds with HTML or 503.
        repeats: Repeats the last response, but not twice.
        odd: An entry is undecodable.
        vanishes: An entry that has not expired is lost, from the third request on.
        ignores: The parameters that it does not support.
    """

    bounds: Bounds = Bounds.INCLUSIVE
    cap: int | None = None
    echo: Echo = Echo.TRUE
    total: Total = Total.TRUE
    unstable: bool = False
    shortens: float = 0
    dated: float = 1
    inserts: bool = False
    late: float = 0
    expires: bool = False
    faults: float = 0
    repeats: float = 0
    odd: float = 0
    vanishes: float = 0
    ignores: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """An entry.

    Attributes:
        time: Its timestamp.
        id: Its unique id.
        wire: Its wire form.
    """

    time: Milliseconds
    id: str
    wire: dict[str, Any] = field(hash=False, compare=False)


Hook: TypeAlias = Callable[[], "httpx.Response | None"]


class DriftingLog:
    """The log and its service.

    Attributes:
        habits: The behavior of the service.
        now: The clock.
        skew: The difference of the client's clock from it.
        entries: All entries that ever existed, in the order of their arrival.
        queries: The query of each request.
        opened: When the last request without `end` was answered.
        started: When the first response that a client accepted was sent.
        hooks: Functions to run before a request is answered, by its number from 1; a result
            replaces the response.
        edits: Changes to a response, by the same number.
        step: The duration of a request.
    """

    def __init__(self, seed: int = 0, habits: Habits | None = None) -> None:
        self.habits = habits or Habits()
        self.now = NOON
        self.skew = 0
        self.entries: list[Entry] = []
        self.queries: list[dict[str, str]] = []
        self.opened = 0
        self.started = 0
        self.hooks: dict[int, Hook] = {}
        self.edits: dict[int, Callable[[dict[str, Any]], object]] = {}
        self.step = 0
        self._random = random.Random(seed)
        self._last: httpx.Response | None = None
        self._removed: set[str] = set()
        self._lock = threading.Lock()

    # --- what is in it

    def add(self, time: Milliseconds | None = None, **fields: Any) -> Entry:
        """Add an entry, with the current time by default; None omits a field."""
        time = self.now if time is None else time
        id_ = f"{len(self.entries) + 1:024x}"
        wire = {"id": id_, "creationDate": iso(time), "_type": "auditLog", **fields}
        if self._happens(self.habits.odd):
            wire |= {"actorName": {"of": id_}}
            wire |= self._random.choice([{}, {"id": None}, {"creationDate": 17}])
        wire = {name: value for name, value in wire.items() if value is not None}
        self.entries.append(Entry(time, id_, wire))
        return self.entries[-1]

    def fill(self, count: int, *, gaps: Iterable[Milliseconds] = (SECOND,)) -> list[Entry]:
        """Fill the log with entries up to now, with the given gaps in turn, oldest first."""
        steps = list(gaps)
        ages = [sum(steps[n % len(steps)] for n in range(number)) for number in range(count)]
        return [self.add(self.now - 10 * SECOND - age) for age in reversed(ages)]

    def remove(self, entry: Entry) -> None:
        """Lose an entry that has not expired."""
        self._removed.add(entry.id)

    @property
    def alive(self) -> list[Entry]:
        """The existing entries."""
        oldest = self.now - YEAR if self.habits.expires else 0
        return [
            each for each in self.entries if each.time >= oldest and each.id not in self._removed
        ]

    def within(
        self,
        start: Milliseconds | None,
        end: Milliseconds | None,
        entries: Iterable[Entry] | None = None,
    ) -> list[Entry]:
        """Return the entries in a time span, with the bounds of the service."""
        lower, upper = self.habits.bounds.value
        return [
            each
            for each in (self.alive if entries is None else entries)
            if (start is None or each.time > start or (lower and each.time == start))
            and (end is None or each.time < end or (upper and each.time == end))
        ]

    def ids(self, *, ascending: bool = False) -> list[str]:
        """Return the ids of existing entries, newest first by default."""
        found = sorted(self.alive, key=lambda each: (each.time, each.id), reverse=not ascending)
        return [each.id for each in found]

    # --- how it is asked

    def transport(self) -> httpx.MockTransport:
        """Return a transport for either client of httpx."""
        return httpx.MockTransport(self.handle)

    def route(self, request: Recorded) -> Answer:
        """Respond as a route of the server on loopback."""
        try:
            sent = httpx.Request(request.method, f"http://localhost{request.target}")
            response = self.handle(sent)
        except httpx.TransportError:
            return Answer(status=0)
        headers = {"Content-Type": "application/json", "Date": response.headers.get("Date", "")}
        return Answer(status=response.status_code, body=response.content, headers=headers)

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request; one after the other."""
        with self._lock:
            return self._handle(request)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        query = dict(parse_qsl(urlsplit(str(request.url)).query))
        self.queries.append(query)
        number = len(self.queries)
        if number > MOST_REQUESTS:
            pytest.fail("the walk does not end")
        self.now += self.step
        if number > 2 and self.alive and self._happens(self.habits.vanishes):
            self.remove(self._random.choice(self.alive))
        hook = self.hooks.get(number)
        response = hook() if hook else None
        if response is None and self._happens(self.habits.faults):
            response = self._fault(request)
        if response is not None:
            return response
        if "end" not in query:
            self.opened = self.now
        self.started = self.started or self.now
        if self._last is not None and self._happens(self.habits.repeats):
            content, self._last = self._last.content, None
            return httpx.Response(200, content=content, headers=self._headers())
        known = {name: text for name, text in query.items() if name not in self.habits.ignores}
        body = self._body(known)
        if number in self.edits:
            self.edits[number](body)
        self._last = httpx.Response(200, content=json.dumps(body), headers=self._headers())
        self._drift()
        return self._last

    def _body(self, query: dict[str, str]) -> dict[str, Any]:
        start, end = (int(query[name]) if name in query else None for name in ("start", "end"))
        found = self._sort(self.within(start, end), query)
        requested = int(query.get("perPage", 100))
        size = min(requested, self.habits.cap or requested)
        page = int(query.get("page", 0))
        items = found[page * size : (page + 1) * size]
        if len(items) > 1 and self._happens(self.habits.shortens):
            items = items[: self._random.randrange(1, len(items))]
        body: dict[str, Any] = {"items": [each.wire for each in items], "page": page}
        echo = {Echo.TRUE: size, Echo.REQUESTED: requested, Echo.MISSING: None}[self.habits.echo]
        if echo is not None:
            body["perPage"] = echo
        total = self._total(len(found))
        if total is not None:
            body["totalCount"] = total
        return body

    def _sort(self, entries: list[Entry], query: dict[str, str]) -> list[Entry]:
        name = query.get("sortField", "creationDate")

        def key(entry: Entry) -> Any:
            tie = self._random.random() if self.habits.unstable else entry.id
            return (entry.time if name == "creationDate" else entry.wire[name], tie)

        return sorted(entries, key=key, reverse=query.get("sortDirection", "desc") == "desc")

    def _total(self, count: int) -> int | None:
        match self.habits.total:
            case Total.TRUE:
                return count
            case Total.MORE:
                return count + self._random.randrange(1, 4)
            case Total.LESS:
                return max(0, count - self._random.randrange(1, 4))
            case Total.MISSING:
                return None
            case Total.MISSING_NOW_AND_THEN:
                return None if self._happens(0.3) else count

    def _headers(self) -> dict[str, str]:
        if not self._happens(self.habits.dated):
            return {}
        second = dt.datetime.fromtimestamp(self.now // SECOND, dt.UTC)
        return {"Date": format_datetime(second, usegmt=True)}

    def _fault(self, request: httpx.Request) -> httpx.Response:
        kind = self._random.choice(["html", "unavailable", "reset", "timeout"])
        if kind == "reset":
            raise httpx.ReadError("Connection reset by peer", request=request)
        if kind == "timeout":
            raise httpx.ReadTimeout("timed out", request=request)
        status = 200 if kind == "html" else 503
        return httpx.Response(status, content=b"<html><body>Come back later.</body></html>")

    def _drift(self) -> None:
        if self.habits.inserts:
            for _ in range(self._random.randrange(4)):
                self.now += self._random.choice([0, 1, 3])
                self.add()
        if self._happens(self.habits.late):
            self.add(self.now - self._random.randrange(2 * SECOND))

    def _happens(self, probability: float) -> bool:
        return probability > 0 and self._random.random() < probability


@contextmanager
def ticking(log: DriftingLog) -> Generator[None, None, None]:
    """Make the client use the log's clock, with its skew, instead of the machine's."""

    def local(per_second: int) -> int:
        return (log.now + log.skew) * per_second // SECOND

    class Clock:
        @staticmethod
        def monotonic() -> float:
            return log.now / SECOND

    runtime = "losant_audit_log._runtime"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{runtime}.core.epoch.now", local)
        for module in ("resources.paged", "walks.walk"):
            patch.setattr(f"{runtime}.{module}.time", Clock)
        yield


def iso(time: Milliseconds) -> str:
    """Format a timestamp as the service does."""
    moment = dt.datetime.fromtimestamp(time // SECOND, dt.UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{time % SECOND:03d}Z"


def milliseconds(moment: dt.datetime | None) -> Milliseconds | None:
    """Convert a timestamp into the milliseconds of the log."""
    return None if moment is None else round(moment.timestamp() * SECOND)


def client_options(log: DriftingLog, *, asynchronous: bool, url: str = "") -> dict[str, Any]:
    """Return the arguments of a client for a log, in memory or at a URL."""
    options: dict[str, Any] = {"token": TOKEN, "max_retries": 0}
    if url:
        return {**options, "base_url": url}
    kind = httpx.AsyncClient if asynchronous else httpx.Client
    client = kind(transport=log.transport())
    return {**options, "base_url": "http://localhost", "http_client": client}
