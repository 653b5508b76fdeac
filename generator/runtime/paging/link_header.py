"""The URL of the next page in a `Link` header."""

from __future__ import annotations

import re

from ..core import http
from ..core.errors import ResponseDecodeError

# A link and its parameters, as in RFC 8288: strings in quotes may contain commas and semicolons.
_VALUE = r'"(?:[^"\\]|\\.)*"|[^\s",;]*'
_LINK = rf"<([^<>]*)>((?:\s*;\s*[^\s=,;]+(?:\s*=\s*(?:{_VALUE}))?)*)"
_PARAMETER = rf";\s*([^\s=,;]+)\s*=\s*({_VALUE})"


def next_link(response: http.Response, base_url: str) -> str:
    """Return the URL of the next page from the `Link` header, or an empty string without one.

    Raises:
        ResponseDecodeError: If the URL is malformed or has another origin, to which the token must
            not be sent.
    """
    given = _target(response.headers.get("link", ""), "next")
    if not given:
        return ""
    try:
        target, base = response.url.join(given), http.URL(base_url)
    except (ValueError, http.InvalidURL):
        raise ResponseDecodeError("the Link header contains a malformed URL") from None
    if (target.scheme, target.host, target.port) != (base.scheme, base.host, base.port):
        raise ResponseDecodeError("the Link header points to another origin than the base URL")
    return str(target)


def _target(header: str, relation: str) -> str:
    """Return the URL of the first link of a relation, one of the words of its `rel`."""
    for url, parameters in re.findall(_LINK, header):
        named: dict[str, str] = {}
        for name, value in re.findall(_PARAMETER, parameters):
            named.setdefault(name.lower(), value.strip('"').lower())
        if relation in named.get("rel", "").split():
            return str(url).strip()
    return ""
