"""Lists that the data source reads, and the walks through them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from operator import attrgetter
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

import msgspec

from ..core import epoch
from ..walks.walk import Walk
from .pace import Pace, Share
from .slices import Run

if TYPE_CHECKING:
    from ..paging.page_data import Fetched
    from ..paging.pagination import Pagination
    from ..resources.paged import PageSender
    from ..walks.plan import WalkPlan
    from ..walks.steps import Fetch


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """A list of the service.

    Attributes:
        walk: The attributes that lead from a client to the method that walks through the list.
        arguments: The names of its path arguments.
        ids: The name of the option with their values; empty without arguments.
        numbers: The names of the path arguments that are numbers.
    """

    walk: str
    arguments: tuple[str, ...]
    ids: str
    numbers: tuple[str, ...] = ()

    def values(self, texts: tuple[str, ...]) -> list[Any]:
        """Return the values of the path arguments; a text that is no number stays one."""
        return [
            _number(text) if name in self.numbers else text
            for name, text in zip(self.arguments, texts, strict=True)
        ]


def _number(text: str) -> Any:
    try:
        return msgspec.json.decode(text, type=int | float)
    except msgspec.DecodeError:
        return text


class Client(Protocol):
    """A client of the service, as a context manager."""

    def __enter__(self) -> Self:
        """Return the client."""
        ...

    def __exit__(self, *_: object) -> None:
        """Close the client."""
        ...


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """The service that the data source reads.

    Attributes:
        format: The name of the data source.
        logs: The lists by their names.
        open_client: Creates a client with the source of a token, or None, and a base URL, or None.
        variable: The environment variable of the token; empty if the client takes no token.
    """

    format: str
    logs: dict[str, Log]
    open_client: Callable[[Callable[[], str] | None, str | None], Client]
    variable: str = ""


class _PacedPages:
    """Fetches the pages of a walk at a limited rate."""

    def __init__(self, pages: PageSender, pace: Pace) -> None:
        self._pages, self._pace = pages, pace

    def fetch(
        self,
        plan: WalkPlan[Any],
        step: Fetch,
        time_left: float | None,
        abandoned: Event | None = None,
    ) -> Fetched[Any]:
        """Fetch one page when the next request is due; a task reads no pages concurrently."""
        return self._pages.fetch(plan, step, time_left, abandoned or self._pace)


class LogReader:
    """Reads the logs of one list with a client."""

    def __init__(
        self,
        client: Client,
        log: Log,
        *,
        per_page: int | None = None,
        retention: int | None = None,
        keeps_undecodable: bool = False,
        share: Share | None = None,
    ) -> None:
        """Prepare for reading, without sending requests.

        Args:
            client: The client.
            log: The list.
            per_page: The number of entries per page.
            retention: The retention period in milliseconds; None for the documented one.
            keeps_undecodable: Whether undecodable entries are read.
            share: The share in a rate limit.
        """
        self._log, self._walk = log, cast("Callable[..., Any]", attrgetter(log.walk)(client))
        self._options: dict[str, Any] = {"on_undecodable": "keep" if keeps_undecodable else "raise"}
        if retention is not None:
            self._options["retention"] = dt.timedelta(milliseconds=retention)
        self._per_page = per_page
        self._pace = None if share is None else Pace(share)

    def pagination(self, arguments: tuple[str, ...]) -> Pagination[Any]:
        """Validate the path arguments of a log, and return the pagination of the list.

        Raises:
            InvalidArgumentError: If an argument is invalid.
        """
        values = self._log.values(arguments)
        planned: WalkPlan[Any] = self._walk(*values, **self._options).plan
        return planned.pagination

    def walk(self, run: Run) -> Walk[Any]:
        """Return the walk through a log in a time span, without sending requests.

        The end is included, because timestamps may be finer than the units of the list; the caller
        omits the entries at the end.

        Raises:
            InvalidArgumentError: If the time span or the page size is invalid.
        """
        pagination = self.pagination(run.arguments)
        window: Any = pagination.window
        begin, end = (epoch.to_datetime(each, 1000) for each in (run.begin, run.end))
        size = {pagination.size: self._per_page} if self._per_page and pagination.size else {}
        planned: Walk[Any] = self._walk(
            *self._log.values(run.arguments),
            **{window.start: begin, window.end: end},
            **size,
            **self._options,
        )
        return planned

    def entries(self, run: Run) -> Iterator[Any]:
        """Iterate over the entries of a log in a time span, whose end is included.

        Raises:
            ServiceError: If a request fails, or entries may be missing.
        """
        planned = self.walk(run)
        if self._pace is None:
            return iter(planned)
        pages = cast("PageSender", planned.fetcher)
        return iter(Walk(planned.plan, _PacedPages(pages, self._pace)))
