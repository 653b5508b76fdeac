"""Export process that is killed at a system call that writes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

CALLS = ("write", "fsync", "replace", "rename", "mkdir", "truncate", "unlink")


class KillingCalls:
    """Kills its process before the n-th call that writes; half of a write is done before.

    Attributes:
        number: The number of the call, from 1; 0 to count all calls.
        count: The number of calls so far.
    """

    def __init__(self, number: int) -> None:
        self.number, self.count = number, 0

    def install(self) -> None:
        """Replace the calls."""
        for name in CALLS:
            setattr(os, name, self._wrap(getattr(os, name)))

    def _wrap(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def count_call(*arguments: Any, **options: Any) -> Any:
            self.count += 1
            if self.count == self.number:
                if call.__name__ == "write":
                    call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **options)

        return count_call


def in_child(run: Callable[[], object], number: int = 0) -> int:
    """Run something in a child, which is killed at the n-th call that writes.

    Returns:
        The number of calls if it ended, or -1 if it was killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        calls = KillingCalls(number)
        write = os.write
        calls.install()
        try:
            run()
            write(writing, str(calls.count).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as result:
        text = result.read()
    os.waitpid(child, 0)
    return int(text) if text else -1
