"""Service with faults and the changing logs of many organizations."""

from __future__ import annotations

import datetime as dt
import random
import time
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl

from tests.support.examples import AUDIT_LOG
from tests.support.server import Answer, Recorded, json_answer

DAY: Final = 86_400_000

Key: TypeAlias = tuple[int, str]
"""The timestamp of an entry in milliseconds, and its id."""


def today() -> int:
    """Return the start of this day in milliseconds since 1970."""
    return int(time.time() * 1000) // DAY * DAY


def iso(milliseconds: int) -> str:
    """Format a timestamp as the service does."""
    moment = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def org(number: int) -> str:
    """Return the id of an organization."""
    return f"{number:024x}"


@dataclass
class ManyLogs:
    """The logs and their service.

    Attributes:
        begin: The start of the first day, in milliseconds since 1970.
        days: The number of days with entries.
        pause: Seconds until a response.
        too_many: One of so many requests has the response 429; 0 for none.
        resets: One of so many connections is reset.
        late: The probability that a request is followed by a late entry.
        promises: How many more entries the total counts than there are.
        fails: Whether a request fails with 500, by the organization and the number of its requests.
        times: The times of the requests, by the monotonic clock.
        paths: The paths of the requests.
        tokens: The values of their Authorization header.
    """

    begin: int
    days: int
    pause: float = 0
    too_many: int = 0
    resets: int = 0
    late: float = 0
    promises: int = 0
    fails: Callable[[str, int], bool] = lambda _, __: False
    times: list[float] = field(default_factory=list[float])
    paths: list[str] = field(default_factory=list[str])
    tokens: set[str] = field(default_factory=set[str])
    _logs: dict[str, list[Key]] = field(default_factory=dict[str, list[Key]])
    _chance: random.Random = field(default_factory=lambda: random.Random(1))
    _lock: Lock = field(default_factory=Lock)
    _count: int = 0

    def fill(self, orgs: Iterable[int], per_day: int) -> None:
        """Add entries on every day, the first at its start."""
        for number in orgs:
            for day in range(self.days):
                for position in range(per_day):
                    self.add(org(number), self.begin + day * DAY + position * DAY // per_day)

    def add(self, log: str, at: int) -> None:
        """Add an entry."""
        self._count += 1
        insort(self._logs.setdefault(log, []), (at, f"{self._count:024x}"))

    @property
    def ids(self) -> list[str]:
        """The ids of all entries, sorted."""
        return sorted(id_ for log in self._logs.values() for _, id_ in log)

    def __call__(self, request: Recorded) -> Answer:
        """Return the response to a request for a page; the bounds of a span are inclusive."""
        time.sleep(self.pause)
        log = request.path.split("/")[2]
        with self._lock:
            self.times.append(time.monotonic())
            self.paths.append(request.path)
            self.tokens.add(request.headers.get("authorization", ""))
            number = len(self.times)
            if self.fails(log, self.paths.count(request.path)):
                return json_answer({"type": "InternalServerError", "message": "failed"}, 500)
            if self.too_many and number % self.too_many == 0:
                problem = {"type": "TooManyRequests", "message": "slow down"}
                return json_answer(problem, 429, {"Retry-After": "0"})
            if self.resets and number % self.resets == 0:
                return Answer(status=0)
            page = self._page(log, dict(parse_qsl(request.query)))
            if self._chance.random() < self.late:
                self.add(log, self.begin + self._chance.randrange(self.days * DAY))
            return json_answer(page)

    def _page(self, log: str, query: dict[str, str]) -> dict[str, Any]:
        entries = self._logs.get(log, [])
        first = bisect_left(entries, (int(query.get("start", 0)), ""))
        last = bisect_left(entries, (int(query.get("end", 1 << 50)) + 1, ""))
        found = entries[first:last]
        if query.get("sortDirection", "desc") == "desc":
            found.reverse()
        number, size = int(query.get("page", 0)), int(query.get("perPage", 100))
        items = [self._entry(log, *each) for each in found[number * size : (number + 1) * size]]
        return {
            "items": items,
            "totalCount": len(found) + self.promises,
            "page": number,
            "perPage": size,
        }

    def _entry(self, log: str, at: int, id_: str) -> dict[str, Any]:
        own = {"id": id_, "auditLogId": id_, "orgId": log, "creationDate": iso(at)}
        return {**AUDIT_LOG, **own, "_type": "auditLog"}
