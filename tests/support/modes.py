"""Scenarios of several calls, written once for every way of calling.

A scenario is a generator function of a client. What it yields is awaited where the client is
asynchronous, and its outcome, or its error, comes back:

    def scenario(client):
        entry = yield client.audit_logs.get(ORG, ENTRY)
        with pytest.raises(NotFoundError):
            yield client.audit_logs.get(ORG, OTHER)

A synchronous client has called already when it yields; that looks the same from inside.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator
from typing import Any, TypeAlias

from tests.support.callers import Caller, Way
from tests.support.packages import PackageCaller

Scenario: TypeAlias = Generator[Any, Any, None]


def play(call: Caller | PackageCaller, scenario: Callable[[Any], Scenario], **options: Any) -> None:
    """Play a scenario with a client.

    Args:
        call: The way, and the server's address.
        scenario: What to do.
        **options: Further arguments of the client.
    """
    call(_synchronous(scenario) if call.way is Way.SYNC else _asynchronous(scenario), **options)


def _synchronous(scenario: Callable[[Any], Scenario]) -> Callable[[Any], Any]:
    def play_all(client: Any) -> None:
        steps = scenario(client)
        try:
            step = next(steps)
            while True:
                step = steps.send(step)
        except StopIteration:
            return

    return play_all


def _asynchronous(scenario: Callable[[Any], Scenario]) -> Callable[[Any], Any]:
    async def play_all(client: Any) -> None:
        steps = scenario(client)
        try:
            step = next(steps)
            while True:
                try:
                    outcome = await step if inspect.isawaitable(step) else step
                except Exception as error:  # noqa: BLE001
                    step = steps.throw(error)
                else:
                    step = steps.send(outcome)
        except StopIteration:
            return

    return play_all
