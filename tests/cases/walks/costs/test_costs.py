"""Costs of a walk: memory, requests, and the time of a deadline."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import httpx
import pytest

from losant_audit_log import APITimeoutError, Client
from tests.support.callers import TOKEN, Way
from tests.support.drifting_log import NOON, SECOND, iso
from tests.support.examples import ORG
from tests.support.reading import Reader

COUNT, PAGE = 30_000, 1_000
MIB = 1 << 20


def endless(request: httpx.Request) -> httpx.Response:
    """Respond from a computed log with an entry in every second."""
    query = request.url.params
    newest = NOON // SECOND
    end = min(newest, (int(query["end"]) // SECOND) if "end" in query else newest)
    oldest = newest - COUNT + 1
    times = range(end, max(end - PAGE, oldest - 1), -1)
    items = [{"id": f"{each:024x}", "creationDate": iso(each * SECOND)} for each in times]
    total = end - oldest + 1
    body = {"items": items, "totalCount": total, "perPage": PAGE, "page": 0}
    return httpx.Response(200, content=json.dumps(body))


@pytest.mark.long
def test_walk_uses_constant_memory() -> None:
    transport = httpx.MockTransport(endless)
    client = Client(
        TOKEN, base_url="http://localhost", http_client=httpx.Client(transport=transport)
    )
    walk = client.audit_logs.walk(ORG, per_page=PAGE)
    peaks: list[int] = []
    tracemalloc.start()
    try:
        for count, _ in enumerate(walk, 1):
            if count % (COUNT // 5) == 0:
                peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.reset_peak()
    finally:
        tracemalloc.stop()
    assert walk.report.entries == COUNT
    assert max(peaks[1:]) < peaks[0] + MIB
    assert max(peaks) < 16 * MIB


def test_deadline_of_a_walk_excludes_the_time_of_the_caller(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(12)
    log.step = 200
    walk = any_reader.client().audit_logs.walk(ORG, per_page=5, deadline=2)
    _consume(any_reader, walk, lambda: _pass(any_reader, 10 * SECOND))
    assert walk.report.entries == 12


def test_deadline_of_a_walk_covers_all_pages(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(30)
    log.step = 600
    reading = any_reader.walk(per_page=5, deadline=2)
    error = reading.raised_error(APITimeoutError)
    assert "the walk did not finish within its deadline of 2 s" in str(error)
    assert len(reading.ids) > 5
    checkpoint = vars(error)["checkpoint"]
    assert len(reading.ids + any_reader.walk(checkpoint=checkpoint).complete.ids) == 30


def test_deadline_of_a_list_includes_its_first_page(any_reader: Reader) -> None:
    any_reader.log.fill(30)
    any_reader.log.step = 1500
    reading = any_reader.list(per_page=5, deadline=2)
    reading.raised_error(APITimeoutError)
    assert len(any_reader.log.queries) == 2


@pytest.mark.parametrize(("size", "most"), [(None, 2), (100, 2)])
def test_log_of_one_page_needs_a_second_request_only_to_look_behind_a_short_page(
    reader: Reader, size: int | None, most: int
) -> None:
    """A page size that equals the requested one may be a repetition of the request."""
    reader.log.fill(30)
    reader.walk(per_page=size).complete  # noqa: B018
    assert len(reader.log.queries) == most


@pytest.mark.parametrize(("count", "size", "most"), [(100, 10, 13), (100, 50, 5), (99, 100, 2)])
def test_consecutive_requests_overlap_by_one_entry(
    reader: Reader, count: int, size: int, most: int
) -> None:
    reader.log.fill(count)
    reader.walk(per_page=size).complete  # noqa: B018
    assert len(reader.log.queries) <= most


def _pass(reader: Reader, duration: int) -> None:
    reader.log.now += duration


def _consume(reader: Reader, walk: Any, between: Any) -> None:
    if reader.way is Way.SYNC:
        for _ in walk:
            between()
        return

    async def consume() -> None:
        async for _ in walk:
            between()

    reader.run(consume)
