"""Clients after `os.fork()`: parent and child never share a connection."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from losant_audit_log import AsyncClient, Client
from losant_audit_log._runtime.core import http
from tests.support.examples import AUDIT_LOG, ENTRY, ORG
from tests.support.fault_server import Connection, Faults, answer
from tests.support.forking import in_child
from tests.support.paths import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")


async def by_connection(connection: Connection) -> None:
    """Respond with the port of the connection, which the client keeps open."""
    await answer(200, {**AUDIT_LOG, "actorName": str(connection.port)})(connection)


def port_of(client: Client) -> Any:
    """Return the port of the connection that a call used."""
    return client.audit_logs.get(ORG, ENTRY).actor_name


def test_child_uses_its_own_connections_and_leaves_those_of_the_parent_open(
    faults: Faults,
) -> None:
    faults.plan(by_connection)
    with Client("t0ken", base_url=faults.url) as client:
        copy = client.with_options(max_retries=0)
        parent = port_of(client)

        def work() -> list[Any]:
            ports = [port_of(client), port_of(copy), port_of(client)]
            client.close()
            return ports

        first, second, third = in_child(work)
        assert parent != first == second == third
        assert port_of(client) == port_of(copy) == parent


def test_calls_of_two_threads_of_the_child_replace_the_connections_once(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.plan(by_connection)
    make, earlier = vars(http)["_new"], list[Any]()

    def make_after_another_call(kind: Any) -> Any:
        if not earlier:
            earlier.append(None)
            earlier[:] = [port_of(client)]
        return make(kind)

    def work() -> list[Any]:
        monkeypatch.setattr(http, "_new", make_after_another_call)
        return [port_of(client), *earlier]

    with Client("t0ken", base_url=faults.url) as client:
        parent = port_of(client)
        later, first = in_child(work)
        assert later == first != parent


def test_client_that_only_the_child_closes_stays_usable_in_the_parent(faults: Faults) -> None:
    faults.plan(by_connection)
    with Client("t0ken", base_url=faults.url) as client:
        parent = port_of(client)
        assert in_child(client.close) is None
        assert port_of(client) == parent


def test_closed_client_stays_closed_in_the_child(faults: Faults) -> None:
    faults.plan(by_connection)
    client = Client("t0ken", base_url=faults.url)
    client.close()
    assert "closed" in in_child(lambda: port_of(client))


def test_asynchronous_client_has_its_own_connections_in_the_child(faults: Faults) -> None:
    faults.plan(by_connection)
    client = AsyncClient("t0ken", base_url=faults.url)

    async def port() -> Any:
        return (await client.audit_logs.get(ORG, ENTRY)).actor_name

    async def both() -> tuple[Any, Any, Any]:
        parent = await port()
        await anyio.lowlevel.checkpoint()
        child = await anyio.to_thread.run_sync(in_child, lambda: anyio.run(port))
        again = await port()
        await client.aclose()
        return parent, child, again

    parent, child, again = anyio.run(both)
    assert parent == again != child


def test_http_client_of_the_user_is_rejected_in_a_second_process(faults: Faults) -> None:
    faults.plan(by_connection)
    with httpx.Client() as http_client:
        unused = Client("t0ken", base_url=faults.url, http_client=http_client)
        assert in_child(lambda: port_of(unused)).isdigit()
        port_of(unused)
        copy = unused.with_options(max_retries=0)
        for client in (unused, copy):
            text = in_child(partial(port_of, client))
            assert text.startswith("InvalidArgumentError: http_client: it was used before os.fork")


def test_http_client_of_two_clients_is_rejected_in_a_second_process(faults: Faults) -> None:
    faults.plan(by_connection)
    with httpx.Client() as http_client:
        first = Client("t0ken", base_url=faults.url, http_client=http_client)
        unused = Client("t0ken", base_url=faults.url, http_client=http_client)
        port_of(first)

        def with_a_new_client() -> Any:
            return port_of(Client("t0ken", base_url=faults.url, http_client=http_client))

        for work in (partial(port_of, unused), with_a_new_client):
            text = in_child(work)
            assert text.startswith("InvalidArgumentError: http_client: it was used before os.fork")


def test_http_client_that_the_user_used_is_rejected_in_a_second_process(faults: Faults) -> None:
    faults.plan(by_connection)
    with httpx.Client() as http_client:
        client = Client("t0ken", base_url=faults.url, http_client=http_client)
        http_client.get(faults.url)
        text = in_child(lambda: port_of(client))
        assert text.startswith("InvalidArgumentError: http_client: it was used before os.fork")
        assert port_of(client).isdigit()


def test_http_client_that_the_user_used_in_the_child_alone_works_there(faults: Faults) -> None:
    faults.plan(by_connection)
    with httpx.Client() as http_client:
        client = Client("t0ken", base_url=faults.url, http_client=http_client)

        def work() -> Any:
            http_client.get(faults.url)
            return port_of(client)

        assert in_child(work).isdigit()


def test_asynchronous_http_client_of_the_user_is_rejected_in_a_second_process(
    faults: Faults,
) -> None:
    faults.plan(by_connection)

    async def both() -> Any:
        async with httpx.AsyncClient() as http_client:
            client = AsyncClient("t0ken", base_url=faults.url, http_client=http_client)

            async def port() -> Any:
                return (await client.audit_logs.get(ORG, ENTRY)).actor_name

            await port()
            return await anyio.to_thread.run_sync(in_child, lambda: anyio.run(port))

    text = anyio.run(both)
    assert text.startswith("InvalidArgumentError: http_client: it was used before os.fork")


def test_asynchronous_client_that_only_the_child_closes_stays_usable_in_the_parent(
    faults: Faults,
) -> None:
    faults.plan(by_connection)
    client = AsyncClient("t0ken", base_url=faults.url)

    async def port() -> Any:
        return (await client.audit_logs.get(ORG, ENTRY)).actor_name

    async def both() -> tuple[Any, Any]:
        parent = await port()
        await anyio.to_thread.run_sync(in_child, lambda: anyio.run(client.aclose))
        again = await port()
        await client.aclose()
        return parent, again

    parent, again = anyio.run(both)
    assert parent == again


def test_fork_without_clients_loads_no_module_of_the_package() -> None:
    assert _output(
        """
import os, sys
from losant_audit_log import Client
before = {*sys.modules}
if os.fork() == 0:
    os._exit(0)
os.wait()
print(sorted(each for each in {*sys.modules} - before if each.startswith("losant_audit_log")))
"""
    ) == ("[]\n", "")


def test_package_is_imported_where_processes_cannot_fork() -> None:
    assert (
        _output(
            """
import os
del os.fork, os.register_at_fork
import losant_audit_log
print(losant_audit_log.Client("token"))
"""
        )[1]
        == ""
    )


def test_fork_with_a_client_of_a_package_that_was_unloaded_is_silent() -> None:
    assert _output(
        """
import os, sys
import httpx
from losant_audit_log import Client
given = httpx.Client()
client = Client("token", http_client=given)
for name in [each for each in sys.modules if each.startswith("losant_audit_log")]:
    del sys.modules[name]
sys.path[:] = [each for each in sys.path if not each.endswith("generated")]
if os.fork() == 0:
    os._exit(0)
os.wait()
"""
    ) == ("", "")


def _output(program: str) -> tuple[str, str]:
    """Return the standard output of a program, and its standard error."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT / "generated")},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout, done.stderr
