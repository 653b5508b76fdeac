"""Closed and canceled follows, which end at once."""

from __future__ import annotations

import threading
import time
from typing import Any

import anyio
import httpx
import pytest

from losant_audit_log import AsyncClient, Client
from tests.support.callers import TOKEN, Way
from tests.support.drifting_log import NOON, DriftingLog, client_options
from tests.support.examples import INSTANCE, ORG
from tests.support.reading import Reader

LONG = 300
BACKENDS = [Way.ASYNCIO, Way.TRIO]


def asynchronous(log: DriftingLog) -> Any:
    return AsyncClient(**client_options(log, asynchronous=True))


def test_close_from_another_thread_ends_the_wait(reader: Reader) -> None:
    reader.log.fill(3)
    followed = reader.client().audit_logs.follow(ORG, interval=LONG)
    timer = threading.Timer(0.3, followed.close)
    began = time.monotonic()
    timer.start()
    assert list(followed) == []
    assert 0.2 < time.monotonic() - began < 5
    assert list(followed) == []


def test_close_between_entries_ends_the_iteration(reader: Reader) -> None:
    log = reader.log
    log.fill(9)
    followed = reader.client().audit_logs.follow(ORG, start=NOON - 60_000, interval=LONG)
    given: list[str] = []
    for entry in followed:
        given.append(entry.id)
        if len(given) == 4:
            followed.close()
    assert given == log.ids(ascending=True)[:4]
    rest = reader.client().audit_logs.follow(ORG, since=followed.checkpoint, interval=LONG)
    assert next(iter(rest)).id == log.ids(ascending=True)[4]


@pytest.mark.parametrize("way", BACKENDS)
def test_close_between_entries_ends_the_asynchronous_iteration(log: DriftingLog, way: Way) -> None:
    log.fill(9)
    given: list[str] = []

    async def run() -> list[Any]:
        followed = asynchronous(log).audit_logs.follow(ORG, start=NOON - 60_000, interval=LONG)
        async for entry in followed:
            given.append(entry.id)
            if len(given) == 4:
                followed.close()
        return []

    with_limit(run, way)
    assert given == log.ids(ascending=True)[:4]


def test_close_while_a_request_is_repeated_sends_nothing_more() -> None:
    log = DriftingLog()
    log.hooks |= dict.fromkeys(range(1, 99), lambda: httpx.Response(503))
    transport = log.transport()
    with httpx.Client(transport=transport) as http_client:
        client = Client(TOKEN, base_url="http://localhost", http_client=http_client, max_retries=90)
        followed = client.audit_logs.follow(ORG, interval=LONG)
        threading.Timer(0.3, followed.close).start()
        began = time.monotonic()
        assert list(followed) == []
        assert time.monotonic() - began < 10
        sent = len(log.queries)
        time.sleep(0.6)
        assert len(log.queries) == sent


@pytest.mark.parametrize("way", BACKENDS)
@pytest.mark.parametrize("closing", ["close", "aclose"])
def test_close_from_another_task_ends_the_wait(log: DriftingLog, way: Way, closing: str) -> None:
    log.fill(3)

    async def run() -> list[Any]:
        followed = asynchronous(log).audit_logs.follow(ORG, interval=LONG)

        async def close() -> None:
            await anyio.sleep(0.2)
            closed = getattr(followed, closing)()
            if closed is not None:
                await closed

        given: list[Any] = []
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(close)
            given += [each async for each in followed]
        return given

    with_limit(run, way)


def test_follow_of_an_instance_that_was_closed_yields_nothing() -> None:
    async def run() -> list[Any]:
        async with AsyncClient(TOKEN) as client:
            followed = client.instance_audit_logs.follow(INSTANCE)
            followed.close()
            return [each async for each in followed]

    assert anyio.run(run) == []


@pytest.mark.parametrize("way", BACKENDS)
def test_close_from_another_task_ends_a_request(way: Way) -> None:
    async def stall(_: httpx.Request) -> httpx.Response:
        await anyio.sleep(LONG)
        raise AssertionError

    async def run() -> list[Any]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(stall)) as http_client:
            client = AsyncClient(TOKEN, base_url="http://localhost", http_client=http_client)
            followed = client.audit_logs.follow(ORG, interval=LONG)

            async def close() -> None:
                await anyio.sleep(0.2)
                followed.close()

            given: list[Any] = []
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(close)
                given += [each async for each in followed]
        return given

    with_limit(run, way)


@pytest.mark.parametrize("way", BACKENDS)
def test_cancellation_ends_the_wait(log: DriftingLog, way: Way) -> None:
    log.fill(3)

    async def run() -> list[Any]:
        followed = asynchronous(log).audit_logs.follow(ORG, interval=LONG)
        given: list[Any] = []
        with anyio.move_on_after(0.3) as scope:
            given += [each async for each in followed]
        assert scope.cancelled_caught
        return given

    with_limit(run, way)


def with_limit(run: Any, way: Way) -> None:
    """Run a coroutine function that yields no entry, for a few seconds at most."""

    async def read_with_limit() -> list[Any]:
        with anyio.fail_after(5):
            found: list[Any] = await run()
            return found

    assert anyio.run(read_with_limit, backend=str(way)) == []
