"""Connections that the pools of an HTTP client lose.

A request that is canceled, or waits for too long, may have been assigned a connection that it has
not used yet. The HTTP library then counts this connection as used for ever, so that a small pool is
soon exhausted.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from .http import pools

_LOCK, _ASSIGN = "_optional_thread_lock", "_assign_requests_to_connections"
_LISTS = ("_connections", "_requests")


def take_lost(client: Any) -> Iterator[Any]:
    """Remove the connections that are not idle although no request uses them.

    Returns:
        The connections to close.
    """
    for pool in pools(client):
        if all(hasattr(pool, name) for name in (_LOCK, _ASSIGN, *_LISTS)):
            with getattr(pool, _LOCK):
                connections, requests = attrgetter(*_LISTS)(pool)
                used = [each.connection for each in requests]
                lost = [each for each in connections if each not in used and not each.is_idle()]
                connections[:] = [each for each in connections if each not in lost]
                lost += getattr(pool, _ASSIGN)()  # The freed places go to waiting requests.
            yield from lost
