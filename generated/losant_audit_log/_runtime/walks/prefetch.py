# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Concurrent fetching of the pages of a walk, with threads or with tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.service import ServiceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Future, ThreadPoolExecutor
    from typing import Self

    from ..paging.page_data import Fetched
    from .steps import Fetch, FetchMany


class Prefetching:
    """Fetches pages in its own threads while the entries of earlier pages are yielded.

    Args:
        max_threads: The maximum number of threads.
    """

    def __init__(self, max_threads: int) -> None:
        self._max_threads = max_threads
        self._pool: ThreadPoolExecutor | None = None
        self._in_progress: dict[Future[Any], int] = {}

    def __enter__(self) -> Self:
        """Return self."""
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel the fetches that have not started, without waiting for the others."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def fetch_many(
        self, step: FetchMany, fetch: Callable[[Fetch], Fetched[Any]]
    ) -> list[tuple[int, Fetched[Any]]]:
        """Start the fetches of a step, and return the pages that have arrived.

        Raises:
            ServiceError: If a request failed.
        """
        from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._max_threads)
        for number, each in step.fetches:
            self._in_progress[self._pool.submit(fetch, each)] = number
        if step.is_waiting:
            wait(self._in_progress, return_when=FIRST_COMPLETED)
        done = [each for each in self._in_progress if each.done()]
        return [(self._in_progress.pop(each), each.result()) for each in done]


class Gathering:
    """Fetches pages in tasks, which start with the next step that waits.

    Tasks never outlive a step, because the caller may abandon the iterator between steps.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[int, Fetch]] = []

    async def fetch_many(
        self, step: FetchMany, fetch: Callable[[Fetch], Awaitable[Fetched[Any]]]
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
                found[number] = await fetch(each)
            except ServiceError as error:
                errors.append(error)

        async with anyio.create_task_group() as tasks:
            for number, each in waiting:
                tasks.start_soon(fetch_one, number, each)
        if errors:
            raise errors[0]
        return [(number, found[number]) for number, _ in waiting]
