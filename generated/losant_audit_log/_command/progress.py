# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Progress on stderr: a line that is rewritten on a terminal, or a line of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import TypeVar

from .failures import complain

T = TypeVar("T")

_EVERY = 0.5  # seconds


def counted(items: Iterator[T], how: str, total: int | None = None) -> Iterator[T]:
    """Yield items, and report how many there were.

    Args:
        items: The items.
        how: `auto`, `none` or `json`.
        total: How many are expected, if that is known.
    """
    is_line = how == "auto" and sys.stderr is not None and sys.stderr.isatty()
    if how != "json" and not is_line:
        yield from items
        return
    shown, count = time.monotonic(), 0
    try:
        for count, item in enumerate(items, 1):
            yield item
            if time.monotonic() - shown >= _EVERY:
                shown = time.monotonic()
                _show(count, total, is_line=is_line)
    finally:
        _show(count, total, is_line=is_line)
        if is_line:
            complain("")


def _show(count: int, total: int | None, *, is_line: bool) -> None:
    if not is_line:
        complain(json.dumps({"entries": count, "total": total}))
        return
    known = "" if total is None else f" of {total:,}"
    sys.stderr.write(f"\r{count:,}{known} entries")
    sys.stderr.flush()
