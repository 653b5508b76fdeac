"""Scenarios of several calls, written once for every mode.

A scenario is a generator function of a client. Its values are awaited if the client is
asynchronous, and the result, or the error, is sent back:

    def scenario(client):
        entry = yield client.audit_logs.get(ORG, ENTRY)
        with pytest.raises(NotFoundError):
            yield client.audit_logs.get(ORG, OTHER)

A synchronous client has made the call before it yields; the scenario sees no difference.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator
from typing import Any, TypeAlias

from tests.support.callers import Caller, Way
from tests.support.packages import PackageCaller

Scenario: TypeAlias = Generator[Any, Any, None]


def play(call: Caller | PackageCaller, scenario: Callable[[Any], Scenario], **options: Any) -> None:
    """Run a scenario with a client.

    Args:
        call: The mode, and the server's URL.
        scenario: The scenario.
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
