"""Functions of the package that take part in a call."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from inspect import CO_COROUTINE
from types import FrameType
from typing import Any

from tests.support.paths import PACKAGE


@contextmanager
def own_calls() -> Generator[list[str], None, None]:
    """Collect the package's own functions that are called, resumed generators included.

    A coroutine counts once: how often it waits depends on the event loop.
    """
    called: list[str] = []
    coroutines: set[FrameType] = set()

    def profile(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(str(PACKAGE)):
            return
        if code.co_flags & CO_COROUTINE:
            if frame in coroutines:
                return
            coroutines.add(frame)
        called.append(code.co_qualname)

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        yield called
    finally:
        sys.setprofile(before)
