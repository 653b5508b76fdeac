"""Calls in each mode: synchronous, and asynchronous on asyncio and trio."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import anyio

from losant_audit_log import AsyncClient, Client

TOKEN = "t0ken"


class Way(StrEnum):
    """A mode of calling."""

    SYNC = "sync"
    ASYNCIO = "asyncio"
    TRIO = "trio"


@dataclass(frozen=True)
class Caller:
    """Makes calls to a server.

    Attributes:
        way: The mode.
        url: The server's URL.
    """

    way: Way
    url: str

    @classmethod
    def sync(cls, url: str) -> Caller:
        """Return a caller for tests to which the mode does not matter."""
        return cls(Way.SYNC, url)

    def __call__(self, call: Callable[[Any], Any], **options: Any) -> Any:
        """Make a client, pass it to a function, and return the result, awaited if necessary.

        Args:
            call: The function to call with the client.
            **options: Further arguments of the client.
        """
        arguments: dict[str, Any] = {"token": TOKEN, "base_url": self.url, "max_retries": 0}
        arguments |= options
        if self.way is Way.SYNC:
            with Client(**arguments) as client:
                return call(client)

        async def await_call() -> Any:
            async with AsyncClient(**arguments) as client:
                outcome = call(client)
                return await outcome if inspect.isawaitable(outcome) else outcome

        return anyio.run(await_call, backend=str(self.way))
