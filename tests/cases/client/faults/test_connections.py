"""Idle connections that the server closes, and faults over IPv6."""

from __future__ import annotations

import socket
from collections.abc import Callable, Generator

import pytest

from losant_audit_log import APIConnectionError
from tests.support import fault_server as fault
from tests.support.every_fault import GET, MODES, OPERATIONS, PATIENCE, Mode
from tests.support.fault_server import Behavior, Faults, answer, faulty

Leave = Callable[[Behavior], Behavior]
TIMES = 4


@pytest.fixture(scope="module")
def server() -> Generator[Faults, None, None]:
    with faulty() as running:
        yield running


@pytest.mark.parametrize("mode", MODES, ids=str)
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("leave", [fault.then_close, fault.then_reset])
def test_closed_idle_connection_is_replaced(
    server: Faults, mode: Mode, operation: str, leave: Leave
) -> None:
    called = OPERATIONS[operation]
    server.plan(leave(answer(200, called.content)))
    before = server.connections
    assert mode.run(server.url, called, times=TIMES, max_retries=2) == called.data
    assert server.connections - before >= TIMES


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_open_connection_is_reused(server: Faults, mode: Mode) -> None:
    server.plan(answer(200, GET.content))
    before = server.connections
    assert mode.run(server.url, GET, times=TIMES) == GET.data
    assert server.connections - before == 1


@pytest.fixture(scope="module")
def distant() -> Generator[Faults, None, None]:
    """A fault server at an IPv6 address."""
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with faulty("::1") as running:
        yield running


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_faults_over_ipv6_are_handled_like_others(distant: Faults, mode: Mode) -> None:
    assert distant.url.startswith("http://[::1]:")
    distant.plan(fault.reset_in_body, answer(200, GET.content))
    assert mode.run(distant.url, GET, max_retries=1, timeout=2) == GET.data
    distant.plan(fault.reset_before)
    with pytest.raises(APIConnectionError):
        mode.run(distant.url, GET, max_retries=0, timeout=PATIENCE * 10)
