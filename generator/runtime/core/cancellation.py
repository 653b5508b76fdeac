"""Asynchronous work that a cancellation cannot interrupt while it releases a connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio

T = TypeVar("T")


async def run_apart(
    work: Callable[[], Awaitable[T]], release: Callable[[T], Awaitable[object]] | None = None
) -> T:
    """Run work in a separate asyncio task, and return its result.

    The HTTP library shields the release of a connection from anyio's cancellation alone. So the
    caller's cancellation, which asyncio may deliver in the middle of it, becomes one.

    Args:
        work: The work.
        release: A function that releases a result that is not received.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # trio, where every cancellation has a scope.
        return await work()
    scope = anyio.CancelScope()
    results: list[T] = []

    async def finish() -> None:
        ended: BaseException | None = None
        with scope:
            try:
                results.append(await work())
            except (KeyboardInterrupt, SystemExit) as error:
                ended = error.with_traceback(None)
        if ended is not None:  # The event loop shows it: the locals of the work may be secret.
            raise ended

    async def clean() -> None:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # Otherwise asyncio logs that it was not retrieved.
        if results and release is not None:
            await release(results[0])

    task = loop.create_task(finish())
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        scope.cancel()
        with anyio.CancelScope(shield=True):  # A second cancellation does not end the cleaning.
            await asyncio.shield(loop.create_task(clean()))
        raise
    return results[0]
