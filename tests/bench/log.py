"""Audit log like Losant's, for the benchmarks' servers and decoders."""

from __future__ import annotations

import datetime as dt
import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import Any, Final

from tests.support.examples import AUDIT_LOG, ORG

_PAUSE: Final = 200_000  # milliseconds between entries, on average
_BODIES: Final[tuple[dict[str, Any], ...]] = (
    {
        "requestResource": "application",
        "requestAction": "patch",
        "requestBody": {"name": "Pump station 4", "description": "Replaces the one at the weir."},
        "responseBody": {"name": "Pump station 4", "applicationId": "575ec8687ae143cd83dc4a97"},
    },
    {
        "secondaryTargetId": "575ed78e7ae143cd83dc4aab",
        "secondaryTargetType": "Device",
        "secondaryTargetName": "Pressure sensor 17",
        "requestResource": "device",
        "requestAction": "patch",
        "requestQueryParams": {"tagsAsObject": "true"},
        "requestBody": {"tags": [{"key": "floor", "value": "3"}], "attributes": []},
        "responseBody": {"deviceId": "575ed78e7ae143cd83dc4aab", "deviceClass": "standalone"},
    },
    {
        "requestResource": "flows",
        "requestAction": "post",
        "requestBody": {"name": "Alarm", "enabled": True, "triggers": [], "nodes": [], "x": 1.5},
        "responseBody": {"flowId": "675ed18f7ae143cd83dc4bb7", "version": None},
        "responseStatus": 201,
    },
    {"requestResource": "application", "requestAction": "delete"},
)


class Log:
    """Entries with distinct timestamps, the newest of which is some seconds old.

    Args:
        count: The number of entries.

    Attributes:
        times: The timestamps in milliseconds since 1970, oldest first.
    """

    def __init__(self, count: int) -> None:
        chance = random.Random(count)
        moment = int(dt.datetime.now(dt.UTC).timestamp() * 1000) - 5000
        self.times: list[int] = []
        self._entries: list[bytes] = []
        for number in range(count):
            self.times.append(moment)
            self._entries.append(_entry(number, moment))
            moment -= 1 + int(chance.expovariate(1 / _PAUSE))
        self.times.reverse()
        self._entries.reverse()

    def page(self, query: Mapping[str, str]) -> bytes:
        """Return the response to a request for a page; the bounds of a span are inclusive."""
        number, size = int(query.get("page", 0)), int(query.get("perPage", 100))
        first = bisect_left(self.times, int(query["start"])) if "start" in query else 0
        end = bisect_right(self.times, int(query["end"])) if "end" in query else len(self.times)
        if query.get("sortDirection", "desc") == "asc":
            begin = min(first + number * size, end)
            items = self._entries[begin : min(begin + size, end)]
        else:
            last = max(end - number * size, first)
            items = self._entries[max(last - size, first) : last][::-1]
        envelope = {
            "count": len(items),
            "totalCount": max(end - first, 0),
            "perPage": size,
            "page": number,
            "sortField": "creationDate",
            "sortDirection": query.get("sortDirection", "desc"),
            "orgId": ORG,
        }
        return b'{"items":[%b],%b' % (b",".join(items), _compact(envelope)[1:])


def one_entry() -> bytes:
    """Return the response to a request for a single entry."""
    return _compact(AUDIT_LOG)


def _entry(number: int, moment: int) -> bytes:
    identity = f"{moment // 1000:08x}{number:016x}"
    time = dt.datetime.fromtimestamp(moment / 1000, dt.UTC).isoformat(timespec="milliseconds")
    own = {"id": identity, "auditLogId": identity, "creationDate": time.replace("+00:00", "Z")}
    return _compact({**AUDIT_LOG, **own, **_BODIES[number % len(_BODIES)]})


def _compact(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
