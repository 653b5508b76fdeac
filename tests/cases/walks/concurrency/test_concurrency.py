"""`concurrency`: slices of time are read in parallel and returned in order."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from typing import Any

import httpx
import pytest

from losant_audit_log import Client, IncompleteWalkError, ResponseDecodeError
from tests.support.callers import TOKEN
from tests.support.drifting_log import HOUR, SECOND, Bounds, DriftingLog, Habits
from tests.support.examples import ORG
from tests.support.forking import in_child
from tests.support.reading import Reader
from tests.support.server import Answer, Recorded, Server


class Crowd:
    """Counts the waiting requests, and answers them when the expected number is reached.

    Attributes:
        most: The largest number of waiting requests.
    """

    def __init__(self, log: DriftingLog, wanted: int) -> None:
        self.most = 0
        self._log = log
        self._wanted = wanted
        self._waiting = 0
        self._condition = threading.Condition()

    def route(self, request: Recorded) -> Answer:
        """Answer a request when enough others wait."""
        with self._condition:
            self._waiting += 1
            self.most = max(self.most, self._waiting)
            self._condition.notify_all()
            self._condition.wait_for(lambda: self._waiting >= self._wanted, timeout=0.05)
        answer = self._log.route(request)
        with self._condition:
            self._waiting -= 1
        return answer


@pytest.mark.parametrize("concurrency", [2, 4])
@pytest.mark.parametrize("bounds", list(Bounds))
def test_concurrent_walk_returns_entries_in_order(
    any_reader: Reader, concurrency: int, bounds: Bounds
) -> None:
    any_reader.log.habits = Habits(bounds=bounds)
    any_reader.log.fill(60, gaps=[SECOND, 1, 40 * SECOND])
    reading = any_reader.walk(per_page=4, concurrency=concurrency).complete
    assert reading.ids == any_reader.log.ids()
    assert reading.source.report.entries == 60


@pytest.mark.parametrize("concurrency", [2, 3])
def test_concurrency_limits_the_number_of_parallel_requests(
    any_reader: Reader, server: Server, concurrency: int
) -> None:
    any_reader.log.fill(40)
    crowd = Crowd(any_reader.log, concurrency)
    server.always(crowd.route)
    reading = any_reader.walk(per_page=4, concurrency=concurrency).complete
    assert reading.ids == any_reader.log.ids()
    assert crowd.most == concurrency


def test_unevenly_distributed_entries_are_returned_in_order(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(90, gaps=[1])
    for age in range(1, 6):
        log.add(log.now - age * 1000 * HOUR)
    assert any_reader.walk(per_page=3, concurrency=3).complete.ids == log.ids()


@pytest.mark.parametrize("number", [2, 3, 5, 9])
def test_concurrent_walk_resumes_after_a_failure(any_reader: Reader, number: int) -> None:
    log = any_reader.log
    log.fill(60)
    log.hooks[number] = lambda: httpx.Response(200, content=b"<html>")
    reading = any_reader.walk(per_page=4, concurrency=3)
    error = reading.raised_error(ResponseDecodeError)
    rest = any_reader.walk(per_page=4, concurrency=2, checkpoint=vars(error)["checkpoint"])
    assert reading.ids + rest.complete.ids == log.ids()
    assert any_reader.go_on(reading).complete.ids == log.ids()


@pytest.mark.parametrize("most", [1, 7, 30])
def test_concurrent_walk_can_be_interrupted_and_resumed(any_reader: Reader, most: int) -> None:
    log = any_reader.log
    log.fill(60)
    reading = any_reader.walk(most, per_page=4, concurrency=3)
    checkpoint = reading.source.checkpoint
    assert len(checkpoint) < 2000
    assert reading.ids + any_reader.walk(checkpoint=checkpoint).complete.ids == log.ids()


def test_concurrent_walk_with_a_lost_entry_is_incomplete(any_reader: Reader) -> None:
    log = any_reader.log
    entries = log.fill(60)
    log.hooks[4] = lambda: log.remove(entries[3])
    error = any_reader.walk(per_page=4, concurrency=3).raised_error(IncompleteWalkError)
    # Where it is noticed depends on which slice was counted before the entry vanished.
    assert re.search("1 of [0-9]+ reported entries were not returned", str(error))
    assert error.report.entries < 60


def test_slice_with_a_total_but_no_entries_makes_the_walk_incomplete(any_reader: Reader) -> None:
    any_reader.log.fill(60)
    for number in range(2, 10):
        any_reader.log.edits[number] = lambda body: body.update(items=[], totalCount=1000)
    error = any_reader.walk(per_page=4, concurrency=3).raised_error(IncompleteWalkError)
    assert "reports 1000 entries but returns an empty page" in str(error)


def test_concurrent_walk_has_no_more_threads_than_its_concurrency() -> None:
    log = DriftingLog()
    log.fill(120)
    before = threading.active_count()
    counts: list[int] = []

    def handle(request: httpx.Request) -> httpx.Response:
        counts.append(threading.active_count() - before)
        return log.handle(request)

    transport = httpx.MockTransport(handle)
    options: dict[str, Any] = {"base_url": "http://localhost", "max_retries": 0}
    with httpx.Client(transport=transport) as http_client:
        client = Client(TOKEN, http_client=http_client, **options)
        walk = client.audit_logs.walk(ORG, per_page=3, concurrency=3)
        assert [each.id for each in walk] == log.ids()
    assert len(log.queries) > 30
    assert max(counts) <= 3


class Stalling:
    """A service that stalls after a number of requests.

    Attributes:
        count: The number of requests.
        go_on: Ends the stall.
    """

    def __init__(self, log: DriftingLog, after: int) -> None:
        self.count = 0
        self.go_on = threading.Event()
        self._log = log
        self._after = after
        self._lock = threading.Lock()

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Respond, or stall and then fail."""
        with self._lock:
            self.count += 1
            is_stalled = self.count > self._after
        if is_stalled:
            self.go_on.wait(30)
            return httpx.Response(503)
        return self._log.handle(request)

    def client(self, http_client: httpx.Client) -> Client:
        """Return a client that would retry for long."""
        return Client(TOKEN, base_url="http://localhost", http_client=http_client, max_retries=9)


def wait_for(stalling: Stalling, count: int) -> None:
    """Wait until a number of requests was sent."""
    deadline = time.monotonic() + 10
    while stalling.count < count and time.monotonic() < deadline:
        time.sleep(0.01)


def test_walk_that_is_left_ends_at_once_and_sends_nothing_more() -> None:
    log = DriftingLog()
    log.fill(300)
    stalling = Stalling(log, after=8)
    with httpx.Client(transport=httpx.MockTransport(stalling.handle)) as http_client:
        walk = stalling.client(http_client).audit_logs.walk(ORG, per_page=10, concurrency=4)
        entries: Any = iter(walk)
        next(entries)
        for _ in range(19):  # The first pages; further ones are being fetched.
            next(entries)
        wait_for(stalling, 9)
        began = time.monotonic()
        entries.close()
        assert time.monotonic() - began < 1
        threading.Event().wait(0.2)  # A thread may have been about to send.
        sent = stalling.count
        stalling.go_on.set()
        threading.Event().wait(1)  # A retry would be sent after half a second, or a second.
        assert stalling.count == sent


@pytest.mark.parametrize("is_main", [True, False])
def test_interrupted_walk_ends_at_once(*, is_main: bool) -> None:
    """Ctrl-C ends the wait for the threads, even if the system gives the signal to one of them."""
    main = threading.main_thread()

    def interrupt() -> None:
        others = [each for each in threading.enumerate() if each.daemon and each is not main]
        recipient = main if is_main else others[-1]
        if recipient.ident is not None:
            signal.pthread_kill(recipient.ident, signal.SIGINT)

    log = DriftingLog()
    log.fill(300)
    stalling = Stalling(log, after=6)
    pages = httpx.MockTransport(stalling.handle)
    with httpx.Client(transport=pages) as http_client:
        walk = stalling.client(http_client).audit_logs.walk(ORG, per_page=10, concurrency=4)
        timer = threading.Timer(1, interrupt)
        timer.start()
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            list(walk)
        assert time.monotonic() - began < 5
        timer.join()
        threading.Event().wait(0.2)  # A thread may have been about to send.
        sent = stalling.count
        stalling.go_on.set()
        threading.Event().wait(1)
        assert stalling.count == sent


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_concurrent_walk_continues_in_a_forked_process(server: Server) -> None:
    log = DriftingLog()
    log.fill(60)
    crowd = Crowd(log, 3)
    server.always(crowd.route)
    with Client(TOKEN, base_url=server.url) as client:
        entries = iter(client.audit_logs.walk(ORG, per_page=4, concurrency=3))
        first = [next(entries).id for _ in range(5)]  # Threads are fetching further pages.
        assert first + in_child(lambda: [each.id for each in entries]) == log.ids()
        assert first + [each.id for each in entries] == log.ids()


def test_error_of_a_thread_that_is_not_of_the_service_is_raised() -> None:
    log = DriftingLog()
    log.fill(100)
    names: list[str] = []

    def token() -> str:
        names.append(threading.current_thread().name)
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("no token")
        return TOKEN

    with httpx.Client(transport=log.transport()) as http_client:
        client = Client(token, base_url="http://localhost", http_client=http_client, max_retries=0)
        with pytest.raises(RuntimeError, match="no token"):
            list(client.audit_logs.walk(ORG, per_page=5, concurrency=3))
    assert len(set(names)) > 1
