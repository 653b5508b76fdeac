"""Clients shared by threads or tasks, and cleanup after canceled calls."""

from __future__ import annotations

import asyncio
import random
import signal
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from losant_audit_log import APIConnectionError, AsyncClient, Client, NotFoundError
from tests.support import fault_server as fault
from tests.support.examples import AUDIT_LOG, ENTRY, ERROR, ORG
from tests.support.fault_server import Connection, Faults, answer

FINE = answer(200, AUDIT_LOG)


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Run tests marked with anyio on asyncio and trio."""
    return str(request.param)


async def by_token(connection: Connection) -> None:
    """Respond with the Authorization header of the request."""
    token = connection.request.headers["authorization"].removeprefix("Bearer ")
    await answer(200, {**AUDIT_LOG, "actorName": token})(connection)


@pytest.mark.parametrize("deadline", [None, 5])
def test_threads_share_a_client(faults: Faults, deadline: float | None) -> None:
    faults.plan(by_token)
    barrier = threading.Barrier(8)
    with Client("t", base_url=faults.url) as client, ThreadPoolExecutor(8) as pool:

        def work(number: int) -> set[str | None]:
            own = client.with_options(token=f"token-{number}")
            barrier.wait()
            entries = (own.audit_logs.get(ORG, ENTRY, deadline=deadline) for _ in range(20))
            return {entry.actor_name for entry in entries}

        assert list(pool.map(work, range(8))) == [{f"token-{number}"} for number in range(8)]
    assert len(faults.requests) == 160
    assert faults.connections <= 8


@pytest.mark.anyio
async def test_tasks_share_a_client(faults: Faults) -> None:
    faults.plan(by_token)
    found: list[tuple[int, str | None]] = []
    async with AsyncClient("t", base_url=faults.url) as client, anyio.create_task_group() as group:

        async def work(number: int) -> None:
            own = client.with_options(token=f"token-{number}")
            for _ in range(10):
                entry = await own.audit_logs.get(ORG, ENTRY)
                found.append((number, entry.actor_name))

        for number in range(8):
            group.start_soon(work, number)
    assert len(found) == 80
    assert all(name == f"token-{number}" for number, name in found)


@pytest.mark.anyio
@pytest.mark.parametrize("behavior", [fault.hang, fault.hang_in_body])
async def test_canceled_call_returns_its_connection(
    faults: Faults, behavior: fault.Behavior
) -> None:
    faults.plan(behavior, behavior, FINE)
    limits = httpx.Limits(max_connections=1)
    async with httpx.AsyncClient(limits=limits) as http:
        client = AsyncClient("t", base_url=faults.url, http_client=http, timeout=3)
        for _ in range(2):
            with anyio.move_on_after(0.1) as scope:
                await client.audit_logs.get(ORG, ENTRY)
            assert scope.cancelled_caught
        assert (await client.audit_logs.get(ORG, ENTRY)).to_dict() == AUDIT_LOG


@pytest.mark.anyio
async def test_canceled_calls_that_wait_for_a_connection_lose_none(faults: Faults) -> None:
    faults.plan(fault.later(FINE, 0.01))
    limits = httpx.Limits(max_connections=1)
    async with httpx.AsyncClient(limits=limits, timeout=httpx.Timeout(5, pool=2)) as http:
        client = AsyncClient("t", base_url=faults.url, http_client=http, max_retries=0)

        async def get(scope: anyio.CancelScope) -> None:
            with scope:
                await client.audit_logs.get(ORG, ENTRY)

        for turns in range(30):
            first, second = anyio.CancelScope(), anyio.CancelScope()
            async with anyio.create_task_group() as group:
                group.start_soon(get, first)
                await anyio.sleep(0.005)
                group.start_soon(get, second)  # It waits for the connection of the first call.
                await anyio.sleep(0.002)
                first.cancel()
                for _ in range(turns):
                    await anyio.lowlevel.checkpoint()
                second.cancel()
            assert (await client.audit_logs.get(ORG, ENTRY)).to_dict() == AUDIT_LOG


def test_calls_that_wait_too_long_for_a_connection_lose_none(faults: Faults) -> None:
    faults.plan(fault.then_close(FINE))
    limits = httpx.Limits(max_connections=1)
    with httpx.Client(limits=limits) as http, ThreadPoolExecutor(8) as pool:
        client = Client("t", base_url=faults.url, http_client=http, max_retries=0)

        def work(_: int) -> None:
            with suppress(APIConnectionError):
                timeout = httpx.Timeout(5, pool=random.random() / 100)
                client.audit_logs.get(ORG, ENTRY, timeout=timeout)

        list(pool.map(work, range(200)))
        timeout = httpx.Timeout(5, pool=2)
        again = client.with_options(timeout=timeout, max_retries=2)
        assert again.audit_logs.get(ORG, ENTRY).to_dict() == AUDIT_LOG


@pytest.mark.anyio
async def test_canceled_call_in_a_group_does_not_affect_other_calls(faults: Faults) -> None:
    faults.plan(answer(404, ERROR), fault.later(FINE, 0.1))
    async with AsyncClient("t", base_url=faults.url) as client:
        with pytest.raises(NotFoundError):
            await client.audit_logs.get(ORG, ENTRY)
        async with anyio.create_task_group() as group:
            group.start_soon(client.audit_logs.get, ORG, ENTRY)
            with anyio.move_on_after(0.02):
                await client.audit_logs.get(ORG, ENTRY)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.anyio
async def test_canceled_asyncio_task_leaves_the_client_usable(faults: Faults) -> None:
    faults.plan(fault.hang, FINE)
    async with AsyncClient("t", base_url=faults.url) as client:
        task = asyncio.ensure_future(client.audit_logs.get(ORG, ENTRY, deadline=30))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await client.audit_logs.get(ORG, ENTRY)).to_dict() == AUDIT_LOG


@pytest.fixture
def heeding_control_c() -> Generator[None, None, None]:
    """Install Python's handler of SIGINT, which background jobs of a shell ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_control_c")
@pytest.mark.parametrize("deadline", [None, 0.5])
def test_keyboard_interrupt_leaves_the_connections_usable(
    faults: Faults, deadline: float | None
) -> None:
    faults.plan(fault.hang, FINE)
    limits = httpx.Limits(max_connections=1)
    interrupt: Callable[..., Any] = signal.pthread_kill
    timer = threading.Timer(0.1, interrupt, (threading.main_thread().ident, signal.SIGINT))
    with httpx.Client(limits=limits) as http:
        client = Client("t", base_url=faults.url, http_client=http, timeout=3)
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            client.audit_logs.get(ORG, ENTRY, deadline=deadline)
        timer.join()
        assert client.audit_logs.get(ORG, ENTRY).to_dict() == AUDIT_LOG


async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer requests in the client's own loop, which delays them at random."""
    with closing(writer), suppress(ConnectionError, asyncio.IncompleteReadError):
        while await reader.readuntil(b"\r\n\r\n"):
            await asyncio.sleep(random.random() / 250)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            writer.write(head + b'Content-Length: 10\r\n\r\n{"id":"1"}')


@pytest.mark.long
def test_calls_canceled_in_a_busy_loop_leak_no_connection() -> None:
    async def cancel_soon() -> None:
        server = await asyncio.start_server(respond, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        limits = httpx.Limits(max_connections=20)
        async with (
            httpx.AsyncClient(limits=limits, timeout=httpx.Timeout(5, pool=3)) as http_client,
            AsyncClient("t", base_url=url, max_retries=0, http_client=http_client) as client,
        ):
            busy = asyncio.create_task(keep_busy())
            for _ in range(30):
                get = client.audit_logs.get
                calls = [asyncio.ensure_future(get(ORG, ENTRY)) for _ in range(20)]
                for each in calls:
                    await asyncio.sleep(random.random() / 300)
                    each.cancel()
                await asyncio.gather(*calls, return_exceptions=True)
            busy.cancel()
            await asyncio.gather(*(client.audit_logs.get(ORG, ENTRY) for _ in range(20)))
        server.close()
        await asyncio.sleep(0.2)  # Its connections end.

    asyncio.run(cancel_soon())


async def keep_busy() -> None:
    """Occupy the event loop, so that a cancellation meets results that are waiting already."""
    while True:
        end = time.perf_counter() + 0.002
        while time.perf_counter() < end:
            pass
        await asyncio.sleep(0)
