"""Calls through a transport that needs no network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from losant_audit_log.testing import MockTransport
from tests.support.callers import Caller, Way


@dataclass(frozen=True)
class Use:
    """Makes calls through a transport.

    Attributes:
        way: The mode.
    """

    way: Way

    def __call__(self, transport: MockTransport, call: Callable[[Any], Any], **options: Any) -> Any:
        """Make a client, pass it to a function, and return the result, awaited if necessary.

        Args:
            transport: The transport that responds.
            call: The function to call with the client.
            **options: Further arguments of the client.
        """
        kind: Any = httpx.Client if self.way is Way.SYNC else httpx.AsyncClient
        caller = Caller(self.way, "https://api.losant.com")
        return caller(call, http_client=kind(transport=transport), **options)
