"""The part that synchronous and asynchronous clients share: settings and connections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from ..calls.settings import Settings, open_client, settings
from ..core import http


class ClientBase:
    """A client without its way to send requests.

    Attributes:
        client_settings: The settings.
    """

    client_settings: Settings
    _http: Any
    _owns_http: bool

    def _open(self, options: dict[str, Any], http_client: Any, make: Callable[[], Any]) -> None:
        """Store the settings and the user's HTTP client, or a new one."""
        self.client_settings = settings(options, getattr(http_client, "timeout", None))
        self._owns_http = http_client is None
        self._http = open_client(make) if http_client is None else http_client
        if http_client is not None:
            http.watch(http_client)

    def _copy(self, changed: dict[str, Any]) -> Self:
        """Return a copy with some options replaced; their token is wrapped."""
        copy = type(self).__new__(type(self))
        shared = {"_http": self._http, "_owns_http": False}
        vars(copy).update(shared, client_settings=self.client_settings.with_options(changed))
        return copy

    def __repr__(self) -> str:
        """Return a string with the base URL, or None if the constructor failed."""
        base_url = getattr(vars(self).get("client_settings"), "base_url", None)
        return f"{type(self).__name__}(base_url={base_url!r})"
