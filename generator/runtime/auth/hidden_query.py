"""Secret query parameters, which must not be logged with a URL."""

from __future__ import annotations

from typing import Any

from ..core import http

_REDACTED_CLASSES: dict[type, type] = {}


def add_hidden_query(request: http.Request, pair: str) -> None:
    """Add a secret query parameter that appears in no log line, `repr` or message.

    The HTTP libraries log the URL of each request.

    Args:
        request: The request.
        pair: The name and the value, percent-encoded.
    """
    url = request.url
    public = str(url)
    kind = _redacted_class(type(url))
    complete: Any = kind(f"{public}{'&' if url.query else '?'}{pair}")
    complete.public = public
    request.url = complete


def _redacted_class(kind: type) -> type:
    """Return a subclass of a URL class whose `str` and `repr` omit the secret parameters."""
    if kind in _REDACTED_CLASSES:
        return _REDACTED_CLASSES[kind]

    def text(url: Any) -> str:
        return str(url.public)

    def reduce_url(url: Any) -> tuple[Any, ...]:
        return kind, (url.public,)

    members = {"public": "", "__str__": text, "__repr__": text, "__reduce__": reduce_url}
    _REDACTED_CLASSES[kind] = type("RedactedURL", (kind,), members)
    return _REDACTED_CLASSES[kind]
