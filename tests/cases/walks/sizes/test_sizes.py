"""Page sizes of walks, smaller where pages are too large."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from losant_audit_log import AsyncClient, Client, ResponseDecodeError
from tests.support.callers import TOKEN, Way
from tests.support.drifting_log import Bounds, DriftingLog, Echo, Habits, client_options
from tests.support.examples import ORG
from tests.support.reading import Reader

ENTRY = 100  # bytes of an entry, or a little more


class NarrowReader(Reader):
    """Reads with clients that take few bytes."""

    limit = 40 * ENTRY

    def client(self) -> Any:
        """Make a client whose responses are limited."""
        is_async = self.way is not Way.SYNC
        options = client_options(self.log, asynchronous=is_async)
        kind = AsyncClient if is_async else Client
        return kind(**options, max_response_bytes=self.limit)


def sizes(log: DriftingLog) -> list[int]:
    """Return the page sizes that were requested, without repetitions."""
    requested = [int(each["perPage"]) for each in log.queries if "perPage" in each]
    return list(dict.fromkeys(requested))


def test_walk_requests_the_size_of_the_document_by_default(any_reader: Reader) -> None:
    any_reader.log.fill(5)
    any_reader.walk(2)
    any_reader.walk(2, per_page=7)
    assert sizes(any_reader.log)[:2] == [1000, 7]


def test_list_leaves_the_size_to_the_service(any_reader: Reader) -> None:
    any_reader.log.fill(5)
    assert len(any_reader.list().complete.ids) == 5
    assert sizes(any_reader.log) == []


@pytest.mark.parametrize("echo", list(Echo))
@pytest.mark.parametrize("concurrency", [1, 3])
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_service_that_returns_less_is_noticed(
    any_reader: Reader, echo: Echo, concurrency: int, order: str
) -> None:
    log = any_reader.log
    log.habits = Habits(cap=7, echo=echo, bounds=Bounds.EXCLUSIVE)
    log.fill(60, gaps=[0, 0, 1])
    reading = any_reader.walk(concurrency=concurrency, order=order).complete
    assert sorted(reading.ids) == sorted(log.ids())


@pytest.mark.parametrize("way", [Way.SYNC, Way.ASYNCIO, Way.TRIO])
@pytest.mark.parametrize("arguments", [{}, {"order": "oldest"}, {"concurrency": 3}])
def test_page_that_is_too_large_is_requested_again_smaller(
    log: DriftingLog, way: Way, arguments: dict[str, Any]
) -> None:
    log.fill(300)
    reader = NarrowReader(log, way)
    reading = reader.walk(**arguments).complete
    assert reading.ids == log.ids(ascending="order" in arguments)
    assert reading.source.report.entries == 300
    assert sizes(log)[:3] == [1000, 250, 62]
    reader.close()


def test_walk_resumes_with_pages_that_fit(log: DriftingLog) -> None:
    log.fill(100)
    reader = NarrowReader(log)
    first = reader.walk(30, per_page=20)
    second = reader.walk(checkpoint=first.source.checkpoint, per_page=80).complete
    assert first.ids + second.ids == log.ids()


def test_list_continues_with_smaller_pages(log: DriftingLog) -> None:
    entries = log.fill(60)
    for each in entries[:40]:  # The page of the newest entries fits.
        each.wire["actorName"] = "x" * 3 * ENTRY
    reader = NarrowReader(log)
    reading = reader.list(per_page=20).complete
    assert reading.ids == log.ids()


def test_entry_that_is_too_large_by_itself_raises(log: DriftingLog) -> None:
    log.fill(3)
    log.add(actorName="x" * 50 * ENTRY)
    reading = NarrowReader(log).walk()
    assert reading.raised_error(ResponseDecodeError).is_too_large
    assert sizes(log)[-1] == 1


def test_first_page_of_a_list_that_is_too_large_raises(log: DriftingLog) -> None:
    log.fill(100)
    with httpx.Client(transport=log.transport()) as http_client:
        client = Client(
            TOKEN, base_url="http://localhost", http_client=http_client, max_response_bytes=ENTRY
        )
        with pytest.raises(ResponseDecodeError, match="larger than max_response_bytes"):
            client.audit_logs.list(ORG)
