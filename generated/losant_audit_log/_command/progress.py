# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Progress on stderr, as a status line or lines of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import TypeVar

from .failures import print_error

T = TypeVar("T")

_EVERY = 0.5  # seconds


class Meter:
    """A display of the number of entries.

    Args:
        how: `auto`, `none` or `json`.
        total: The expected number of entries, if it is known.
    """

    def __init__(self, how: str, total: int | None = None) -> None:
        self._is_line = how == "auto" and sys.stderr is not None and sys.stderr.isatty()
        self._total = total
        self._shown = time.monotonic()
        self._count = 0
        self.is_shown = how == "json" or self._is_line

    def show(self, count: int) -> None:
        """Show the count, at most every half second."""
        self._count = count
        if self.is_shown and time.monotonic() - self._shown >= _EVERY:
            self._shown = time.monotonic()
            self._print(count)

    def end(self) -> None:
        """Show the final count."""
        if self.is_shown:
            self._print(self._count)
            if self._is_line:
                print_error("")

    def _print(self, count: int) -> None:
        if not self._is_line:
            print_error(json.dumps({"entries": count, "total": self._total}))
            return
        known = "" if self._total is None else f" of {self._total:,}"
        sys.stderr.write(f"{count:,}{known} entries\r")  # Other lines overwrite it.
        sys.stderr.flush()


def count_items(items: Iterator[T], meter: Meter) -> Iterator[T]:
    """Yield items, and show their number."""
    for count, item in enumerate(items, 1):
        meter.show(count)
        yield item
