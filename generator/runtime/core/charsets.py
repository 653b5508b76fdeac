"""Character sets in headers."""

from __future__ import annotations

import re

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)


def charset_of(content_type: str) -> str | None:
    """Return the `charset` of a `Content-Type` header, or None if it has none."""
    match = _CHARSET.search(content_type)
    return match[1] if match else None
