# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Media types in headers."""

from __future__ import annotations

FORM = "application/x-www-form-urlencoded"
HTML = "text/html"
JSON = "application/json"
OCTETS = "application/octet-stream"


def essence(header: str) -> str:
    """Return the media type of a `Content-Type` header in lower case, without parameters."""
    return header.partition(";")[0].strip().lower()


def is_json(kind: str) -> bool:
    """Whether a media type, as `essence` returns it, is JSON."""
    return kind.endswith(("/json", "+json"))
