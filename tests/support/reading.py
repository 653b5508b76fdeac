"""Reading of a log in each mode, to its end."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal

from losant_audit_log import AsyncClient, Client, LosantError
from tests.support.callers import Way
from tests.support.drifting_log import DriftingLog, client_options
from tests.support.examples import ORG

Make: TypeAlias = Callable[[Any], Any]

E = TypeVar("E", bound=LosantError)


@dataclass(kw_only=True)
class Reading:
    """The result of a reading.

    Attributes:
        source: The iterable; None if the call failed.
        entries: The returned entries.
        error: The error.
    """

    source: Any = None
    entries: list[Any] = field(default_factory=list[Any])
    error: LosantError | None = None

    @property
    def ids(self) -> list[str]:
        """The ids of the entries."""
        return [each.id for each in self.entries]

    def raised_error(self, kind: type[E]) -> E:
        """Return the error, which must have this class."""
        assert isinstance(self.error, kind), f"{self.error!r}"
        return self.error

    @property
    def complete(self) -> Reading:
        """The reading, which must not have failed."""
        if self.error is not None:
            raise self.error
        return self


class Reader:
    """Reads a log.

    Attributes:
        log: The log.
        way: The mode.
        url: The URL of its server; empty for reading in memory.
    """

    def __init__(self, log: DriftingLog, way: Way = Way.SYNC, url: str = "") -> None:
        self.log = log
        self.way = way
        self.url = url
        self._clients: list[Any] = []
        self._running = ExitStack()
        self._portal: BlockingPortal | None = None

    def walk(self, most: int | None = None, /, **arguments: Any) -> Reading:
        """Walk, up to a number of entries."""
        return self.read(lambda client: client.audit_logs.walk(ORG, **arguments), most)

    def list(self, most: int | None = None, /, **arguments: Any) -> Reading:
        """Iterate over a list."""
        return self.read(lambda client: client.audit_logs.list(ORG, **arguments), most)

    def read(self, make: Make, most: int | None = None) -> Reading:
        """Iterate over the result of a call."""
        reading = Reading()
        if self.way is Way.SYNC:
            try:
                reading.source = make(self.client())
            except LosantError as error:
                reading.error = error
                return reading
        else:
            reading.source = make(self.client())
        return self.go_on(reading, most)

    def go_on(self, reading: Reading, most: int | None = None) -> Reading:
        """Iterate again over the same object."""
        goal = None if most is None else len(reading.entries) + most
        reading.error = None
        try:
            if isinstance(reading.source, AsyncIterable):
                self.run(self._iterate, reading, goal)
            else:
                self._loop(reading, goal)
        except LosantError as error:
            reading.error = error
        return reading

    def client(self) -> Any:
        """Make a client of the log."""
        if self.way is Way.SYNC:
            client: Any = Client(**client_options(self.log, asynchronous=False, url=self.url))
        else:
            client = AsyncClient(**client_options(self.log, asynchronous=True, url=self.url))
        self._clients.append(client)
        return client

    def close(self) -> None:
        """Close the clients and their event loop."""
        for client in self._clients:
            if self.way is Way.SYNC:
                client.close()
            else:
                self.run(client.aclose)
        self._running.close()

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run a call in an event loop, always the same one, since connections belong to it."""
        if self._portal is None:
            portal = start_blocking_portal(backend=str(self.way))
            self._portal = self._running.enter_context(portal)
        return self._portal.call(function, *arguments)

    @staticmethod
    def _loop(reading: Reading, goal: int | None) -> None:
        source: Iterable[Any] = reading.source
        for entry in source:
            reading.entries.append(entry)
            if len(reading.entries) == goal:
                return

    @staticmethod
    async def _iterate(reading: Reading, goal: int | None) -> None:
        iterator: Any = aiter(reading.source)
        async with aclosing(iterator):
            async for entry in iterator:
                reading.entries.append(entry)
                if len(reading.entries) == goal:
                    return
