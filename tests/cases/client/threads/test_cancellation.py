"""Work in a task of its own, which a cancellation ends."""

from __future__ import annotations

import asyncio

from losant_audit_log._runtime.core.cancellation import run_apart


def test_work_that_the_end_of_the_event_loop_cancels_is_silent() -> None:
    """At its end, `asyncio.run` cancels the caller and the task of its work at once."""
    reported: list[object] = []

    def report(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        reported.append(context)

    async def cancel_all() -> None:
        asyncio.get_running_loop().set_exception_handler(report)
        caller = asyncio.create_task(run_apart(asyncio.Event().wait))
        await asyncio.sleep(0.01)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.wait({caller})
        assert caller.cancelled()

    asyncio.run(cancel_all())
    assert reported == []
