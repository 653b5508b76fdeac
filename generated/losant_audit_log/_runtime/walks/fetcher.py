# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Protocols of the resources that fetch the pages of a walk."""

from __future__ import annotations

from threading import Event
from typing import Protocol, TypeVar

from ..paging.page_data import Fetched
from .plan import WalkPlan
from .steps import Fetch

T = TypeVar("T")


class Fetcher(Protocol):
    """A resource that fetches the pages of a walk."""

    def fetch(
        self,
        plan: WalkPlan[T],
        step: Fetch,
        time_left: float | None,
        abandoned: Event | None = None,
    ) -> Fetched[T]:
        """Fetch one page of a walk, and send nothing more once an event is set.

        Raises:
            ServiceError: If the request fails.
        """
        ...


class AsyncFetcher(Protocol):
    """An asynchronous resource that fetches the pages of a walk."""

    async def fetch(self, plan: WalkPlan[T], step: Fetch, time_left: float | None) -> Fetched[T]:
        """Fetch one page of a walk.

        Raises:
            ServiceError: If the request fails.
        """
        ...
