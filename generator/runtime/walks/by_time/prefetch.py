"""Concurrent fetching of a walk's pages, in threads or tasks."""

from __future__ import annotations

import os
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from ...core.service import ServiceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ...paging.page_data import Fetched
    from ..steps import Fetch, FetchMany


_PATIENCE = 0.5
"""Seconds that a thread waits before Python handles the signals that another thread received."""


class Prefetching:
    """Fetches pages in threads while the entries of earlier pages are yielded.

    The threads are daemons, so that a program never waits for them when it ends. A thread whose
    walk was left sends nothing more: it ends with the response that it waits for.
    """

    def __init__(self) -> None:
        self._in_progress: dict[int, Fetch] = {}
        self._begin()

    def _begin(self) -> None:
        self._results: SimpleQueue[tuple[int, Any]] = SimpleQueue()
        self._left = Event()
        self._process = os.getpid()

    def close(self) -> None:
        """Release the threads, without waiting for them."""
        self._left.set()

    def fetch_many(
        self,
        step: FetchMany,
        fetch: Callable[[Fetch, float | None, Event], Fetched[Any]],
        time_left: float | None,
    ) -> list[tuple[int, Fetched[Any]]]:
        """Start the fetches of a step, and return the pages that have arrived.

        Args:
            step: The step.
            fetch: Fetches a page within a time, and sends nothing more once the event is set.
            time_left: The seconds for each page, or None.

        Raises:
            ServiceError: If a request failed.
        """
        started = dict(step.fetches)
        if self._process != os.getpid():  # `os.fork()` copies no threads: start theirs again.
            self._begin()
            started |= self._in_progress
        for number, each in started.items():
            page = partial(fetch, each, time_left, self._left)
            Thread(target=self._run, args=(number, page), daemon=True).start()
        self._in_progress |= started
        arrived: list[tuple[int, Fetched[Any]]] = []
        while self._in_progress and not (
            self._results.empty() and (arrived or not step.is_waiting)
        ):
            try:
                number, outcome = self._results.get(timeout=_PATIENCE)
            except Empty:
                continue
            del self._in_progress[number]
            if isinstance(outcome, BaseException):
                raise outcome
            arrived.append((number, outcome))
        return arrived

    def _run(self, number: int, fetch: Callable[[], Fetched[Any]]) -> None:
        try:
            outcome: Any = fetch()
        except BaseException as error:
            outcome = error
        self._results.put((number, outcome))


class Gathering:
    """Fetches pages in tasks, which start with the next step that waits.

    Tasks never outlive a step, because the caller may abandon the iterator between steps.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[int, Fetch]] = []

    async def fetch_many(
        self,
        step: FetchMany,
        fetch: Callable[[Fetch, float | None], Awaitable[Fetched[Any]]],
        time_left: float | None,
    ) -> list[tuple[int, Fetched[Any]]]:
        """Fetch all pages that were requested so far, if the step waits.

        Raises:
            ServiceError: If a request failed.
        """
        import anyio

        self._waiting += step.fetches
        if not step.is_waiting:
            return []
        waiting, self._waiting = self._waiting, []
        found: dict[int, Fetched[Any]] = {}
        errors: list[ServiceError] = []

        async def fetch_one(number: int, each: Fetch) -> None:
            try:
                found[number] = await fetch(each, time_left)
            except ServiceError as error:
                errors.append(error)

        async with anyio.create_task_group() as tasks:
            for number, each in waiting:
                tasks.start_soon(fetch_one, number, each)
        if errors:
            raise errors[0]
        return [(number, found[number]) for number, _ in waiting]
