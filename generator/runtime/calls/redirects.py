"""Documented redirects, whose result is the target URL."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urljoin

from ..core import http
from .contents import EmptyResponse
from .response import ResponseReader

if TYPE_CHECKING:
    from .reply import Reply


class RedirectResponse(ResponseReader["str | None"], frozen=True):
    """A redirect, which is not followed."""

    reads_redirects: ClassVar[bool] = True

    def read(self, reply: Reply) -> str | None:
        """Return the absolute URL in the Location header, or None without one."""
        response = reply.response
        if response.is_success:
            EmptyResponse().read(reply)
        location: str | None = response.headers.get("location")
        if response.is_success or location is None:
            return None
        return urljoin(str(http.public_url(response.request.url)), location.strip())
