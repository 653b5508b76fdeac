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
        way: How.
    """

    way: Way

    def __call__(self, transport: MockTransport, call: Callable[[Any], Any], **options: Any) -> Any:
        """Make a client, hand it to a function, and give what that, or awaiting it, gives.

        Args:
            transport: What answers.
            call: What to do with the client.
            **options: Further arguments of the client.
        """
        kind: Any = httpx.Client if self.way is Way.SYNC else httpx.AsyncClient
        caller = Caller(self.way, "https://api.losant.com")
        return caller(call, http_client=kind(transport=transport), **options)
