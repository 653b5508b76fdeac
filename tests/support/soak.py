"""Soak test: calls in all modes to a server with faults.

    python -m tests.support.soak SECONDS SEED

Prints the outcomes of the calls, and the resources in use before and after: file descriptors,
threads, connections. Only correct data and the package's errors are accepted.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import anyio
import trio
import trio.lowlevel

from losant_audit_log import AsyncClient, Client, LosantError
from tests.support.callers import TOKEN
from tests.support.every_fault import FAULTS, LIMIT, OPERATIONS, PATIENCE, Operation, wire
from tests.support.fault_server import Behavior, Connection, Faults, faulty

TASKS = 3  # threads that share a client, and tasks that do
OPTIONS: dict[str, Any] = {"timeout": PATIENCE, "max_retries": 1, "max_response_bytes": LIMIT}


class Soak:
    """The outcomes of the calls.

    Attributes:
        outcomes: The number of calls by outcome.
        escaped: Unexpected errors or results.
        tasks: The number of remaining tasks when a loop was idle.
    """

    def __init__(self, url: str, seed: int) -> None:
        self.outcomes: Counter[str] = Counter()
        self.escaped: list[str] = []
        self.tasks = 0
        self.ends = 0.0
        self._url = url
        self._chance = random.Random(seed)
        self._operations = list(OPERATIONS.values())

    def run(self, seconds: float) -> None:
        """Call in all modes for a number of seconds."""
        self.ends = time.monotonic() + seconds
        ways: list[Callable[[], None]] = [self._threads, self._on_asyncio, self._on_trio]
        threads = [threading.Thread(target=way) for way in ways]
        for each in threads:
            each.start()
        for each in threads:
            each.join()

    def _choice(self) -> tuple[Operation, Callable[[Any], Any]]:
        """Choose a call: an operation, sometimes with a deadline."""
        operation = self._chance.choice(self._operations)
        deadline = self._chance.choice([None, None, 0.05, 2])
        return operation, lambda client: operation.make(client, deadline=deadline)

    def _note(self, operation: Operation, made: Any) -> None:
        if wire(made) == operation.data:
            self.outcomes["data"] += 1
        else:
            self.escaped.append(repr(made))

    def _note_error(self, error: Exception) -> None:
        if isinstance(error, LosantError):
            self.outcomes[type(error).__name__] += 1
        else:
            self.escaped.append(repr(error))

    def _threads(self) -> None:
        with Client(TOKEN, base_url=self._url, **OPTIONS) as client:

            def work() -> None:
                while time.monotonic() < self.ends:
                    operation, call = self._choice()
                    try:
                        self._note(operation, call(client))
                    except Exception as error:  # noqa: BLE001
                        self._note_error(error)

            threads = [threading.Thread(target=work) for _ in range(TASKS)]
            for each in threads:
                each.start()
            for each in threads:
                each.join()

    async def _tasks(self) -> None:
        async with AsyncClient(TOKEN, base_url=self._url, **OPTIONS) as client:

            async def work() -> None:
                while time.monotonic() < self.ends:
                    operation, call = self._choice()
                    patience = self._chance.choice([None, None, None, 0.02])
                    with anyio.move_on_after(patience) as scope:
                        try:
                            self._note(operation, await call(client))
                        except Exception as error:  # noqa: BLE001
                            self._note_error(error)
                    if scope.cancelled_caught:
                        self.outcomes["canceled"] += 1

            async with anyio.create_task_group() as group:
                for _ in range(TASKS):
                    group.start_soon(work)

    def _on_asyncio(self) -> None:
        async def run() -> None:
            before = len(asyncio.all_tasks())
            await self._tasks()
            self.tasks += len(asyncio.all_tasks()) - before

        asyncio.run(run())

    def _on_trio(self) -> None:
        async def run() -> None:
            before = trio.lowlevel.current_statistics().tasks_living
            await self._tasks()
            self.tasks += trio.lowlevel.current_statistics().tasks_living - before

        trio.run(run)


def at_random(chance: random.Random) -> Behavior:
    """Behave in a random way, each time in another."""
    faults = list(FAULTS.values())

    async def behave(connection: Connection) -> None:
        called = next(each for each in OPERATIONS.values() if each.path == connection.request.path)
        behavior, *_ = chance.choice(faults).plan(called.content)
        await behavior(connection)

    return behave


def resources_in_use(faults: Faults) -> dict[str, int]:
    """Count the resources in use, after giving closing ones time to finish."""
    gc.collect()
    for _ in range(100):
        if not faults.open_connections:
            break
        time.sleep(0.05)
    gc.collect()
    return {
        "descriptors": len(list(Path("/dev/fd").iterdir())),
        "threads": threading.active_count(),
        "connections": faults.open_connections,
    }


def main(seconds: float, seed: int) -> None:
    """Run the soak test, and print the result."""
    chance = random.Random(seed)
    no_pause = patch("losant_audit_log._runtime.calls.retries.random.uniform", min)
    with no_pause, faulty() as faults:
        faults.plan(at_random(chance))
        Soak(faults.url, seed).run(min(5, seconds / 5))  # What is loaded once is loaded now.
        before = resources_in_use(faults)
        soak = Soak(faults.url, seed + 1)
        soak.run(seconds)
        after = resources_in_use(faults)
        requests = len(faults.requests)
    report = {"before": before, "after": after, "tasks": soak.tasks, "requests": requests}
    print(json.dumps({**report, "outcomes": soak.outcomes, "escaped": soak.escaped[:20]}))  # noqa: T201


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
