"""Log of any length, whose entries are computed on request."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from tests.support.examples import AUDIT_LOG
from tests.support.server import Answer, Recorded

STEP: Final = 25_000  # milliseconds between entries: a million of them are less than a year
_OTHERS: Final = {key: AUDIT_LOG[key] for key in AUDIT_LOG if key not in {"id", "creationDate"}}
_REST: Final = json.dumps(_OTHERS).encode()[1:]


@dataclass(frozen=True)
class LongLog:
    """A log.

    Attributes:
        count: The number of entries.
        newest: The timestamp of the newest, in milliseconds since 1970.
    """

    count: int
    newest: int

    @classmethod
    def until_now(cls, count: int) -> LongLog:
        """Make a log whose newest entry is a minute old."""
        return cls(count, int(dt.datetime.now(dt.UTC).timestamp() * 1000) - 60_000)

    def __call__(self, request: Recorded) -> Answer:
        """Return the response to a request for a page; the bounds of a span are inclusive."""
        query = dict(parse_qsl(request.query))
        number, size = int(query.get("page", 0)), int(query.get("perPage", 100))
        first = max(0, -(-(self.newest - int(query.get("end", self.newest))) // STEP))
        last = self.count - 1
        if "start" in query:
            last = min(last, (self.newest - int(query["start"])) // STEP)
        found = range(first, last + 1)
        if query.get("sortDirection") == "asc":
            found = found[::-1]
        shown = found[number * size : (number + 1) * size]
        head = b'{"totalCount":%d,"page":%d,"perPage":%d,"count":%d,"items":['
        parts = [head % (len(found), number, size, len(shown)), b",".join(self._entries(shown))]
        headers = {"Content-Type": "application/json"}
        return Answer(body=b"".join([*parts, b"]}"]), headers=headers)

    def _entries(self, numbers: range) -> Iterator[bytes]:
        for number in numbers:
            seconds, milliseconds = divmod(self.newest - number * STEP, 1000)
            moment = dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")
            own = f'{{"id":"{number:024x}","creationDate":"{moment}.{milliseconds:03d}Z",'
            yield own.encode() + _REST
