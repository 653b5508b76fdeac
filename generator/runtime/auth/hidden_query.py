"""Secret query parameters, which must not be logged with a URL."""

from __future__ import annotations

from typing import Any

from ..core import http

_REDACTED_CLASSES: dict[type, type] = {}


def add_hidden_query(request: http.Request, name: str, value: str) -> None:
    """Add a secret query parameter that appears in no log line, `repr` or message.

    The HTTP libraries log the URL of each request.

    Args:
        request: The request.
        name: The name, percent-encoded; other parameters of this name are removed.
        value: The value, percent-encoded.
    """
    url = request.url
    path, _, shown = str(url).partition("?")
    public = "?".join([path, *filter(None, ["&".join(_others(shown, name))])])
    pairs = [*_others(url.query.decode("ascii"), name), f"{name}={value}"]
    kind = type(url) if hasattr(url, "public") else _redacted_class(type(url))
    complete: Any = kind(f"{path}?{'&'.join(pairs)}")
    complete.public = public
    request.url = complete


def _others(query: str, name: str) -> list[str]:
    return [each for each in query.split("&") if each and each.partition("=")[0] != name]


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
