"""The result of a connection check as JSON data."""

from __future__ import annotations

from typing import Any

_SAME = ("ok", "problem", "message", "advice", "base_url", "operation")
CHECKED = (
    *_SAME,
    *("warnings", "status", "required_scopes", "token_scopes", "token_expires", "clock_skew"),
)
"""The names of the members."""


def describe(found: Any) -> dict[str, Any]:
    """Return a `CheckResult` as JSON data; the clock skew is in seconds."""
    scopes, expires, skew = found.token_scopes, found.token_expires, found.clock_skew
    return {
        **{name: getattr(found, name) for name in _SAME},
        "warnings": [*found.warnings],
        "status": found.status_code,
        "required_scopes": sorted(str(each) for each in found.required_scopes),
        "token_scopes": None if scopes is None else sorted(scopes),
        "token_expires": None if expires is None else expires.isoformat(),
        "clock_skew": None if skew is None else skew.total_seconds(),
    }
