"""Which functions of the package take part in something: a cost that no machine's load changes."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from tests.support.paths import PACKAGE


@contextmanager
def own_calls() -> Generator[list[str], None, None]:
    """Collect the package's own functions that are called, resumed generators included."""
    called: list[str] = []

    def profile(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(PACKAGE)):
            called.append(frame.f_code.co_qualname)

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        yield called
    finally:
        sys.setprofile(before)
