"""The URL of the next page in a `Link` header."""

from __future__ import annotations

from ..core import http
from ..core.errors import ResponseDecodeError


def next_link(response: http.Response, base_url: str) -> str:
    """Return the URL of the next page from the `Link` header, or an empty string without one.

    Raises:
        ResponseDecodeError: If the URL is malformed or has another origin, to which the token must
            not be sent.
    """
    relation: dict[str, str] = response.links.get("next", {})
    given = relation.get("url", "")
    if not given:
        return ""
    try:
        target, base = response.url.join(given), http.URL(base_url)
    except (ValueError, http.InvalidURL):
        raise ResponseDecodeError("the Link header contains a malformed URL") from None
    if (target.scheme, target.host, target.port) != (base.scheme, base.host, base.port):
        raise ResponseDecodeError("the Link header points to another origin than the base URL")
    return str(target)
