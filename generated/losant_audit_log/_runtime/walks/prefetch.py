# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Fetching several pages of a walk at once, with threads or with tasks."""

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
    """Fetches pages in threads of its own, while those before them are handed out.

    Args:
        most: How many threads there may be.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._pool: ThreadPoolExecutor | None = None
        self._under_way: dict[Future[Any], int] = {}

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget what is under way; nothing new is begun."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def fetched(
        self, step: FetchMany, fetch: Callable[[Fetch], Fetched[Any]]
    ) -> list[tuple[int, Fetched[Any]]]:
        """Begin to fetch, and give what has come.

        Raises:
            ServiceError: If a request failed.
        """
        from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._most)
        for number, each in step.fetches:
            self._under_way[self._pool.submit(fetch, each)] = number
        if step.is_waiting:
            wait(self._under_way, return_when=FIRST_COMPLETED)
        done = [each for each in self._under_way if each.done()]
        return [(self._under_way.pop(each), each.result()) for each in done]


class Gathering:
    """Fetches pages in tasks; they begin when the next one is waited for.

    No task outlives a step: between them the caller has the word, who may never come back.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[int, Fetch]] = []

    async def fetched(
        self, step: FetchMany, fetch: Callable[[Fetch], Awaitable[Fetched[Any]]]
    ) -> list[tuple[int, Fetched[Any]]]:
        """Fetch all that were asked for, if the step waits.

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
