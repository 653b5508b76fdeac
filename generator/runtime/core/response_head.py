"""One timeout for the head of a response, interim responses included.

The HTTP library starts its timeout again with every read. So a server that sends interim responses
for ever, or a header byte by byte, would keep a call waiting without end.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Iterable
from typing import Any

from .guards import is_awaitable


class HeadTimeout(float):
    """A read timeout for all reads of a response's head together, from the first one on."""

    _ends = 0.0

    def time_left(self) -> float:
        """Return the seconds that are left.

        Raises:
            TimeoutError: If none are left.
        """
        now = time.monotonic()
        self._ends = self._ends or now + self
        if now >= self._ends:
            raise TimeoutError(f"no complete response header within {float(self)} s")
        return self._ends - now


class _Network:
    """A network backend of the HTTP library, or a stream of one, that obeys `HeadTimeout`."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the library's object, and keep it."""
        return vars(self).setdefault(name, getattr(self._inner, name))

    def connect_tcp(self, *arguments: Any, **options: Any) -> Any:
        """Return a new connection."""
        return _wrap(self._inner.connect_tcp(*arguments, **options))

    def start_tls(self, *arguments: Any, **options: Any) -> Any:
        """Return the encrypted stream."""
        return _wrap(self._inner.start_tls(*arguments, **options))

    def read(self, size: int, timeout: float | None = None) -> Any:
        """Read some bytes."""
        left = timeout.time_left() if isinstance(timeout, HeadTimeout) else timeout
        return self._inner.read(size, left)


def limit_heads(pools: Iterable[Any]) -> None:
    """Make the connections of the pools of a new client obey `HeadTimeout`.

    The library offers no public way to replace the network backend of a client with proxies, and
    its public `trace` extension is called only with a complete head, including interim responses.
    Without these fields nothing is limited.
    """
    for pool in pools:
        backend = getattr(pool, "_network_backend", None)
        if backend is not None:
            pool.__dict__.update(_network_backend=_Network(backend))


def _wrap(stream: Any) -> Any:
    """Return a stream, or an awaitable of one, that obeys `HeadTimeout`."""
    return _wrapped_later(stream) if is_awaitable(stream) else _Network(stream)


async def _wrapped_later(stream: Awaitable[Any]) -> _Network:
    return _Network(await stream)
