"""Functions that run in a forked process."""

from __future__ import annotations

import json
import os
import signal
import warnings
from collections.abc import Callable
from typing import Any

from losant_audit_log import LosantError

_PATIENCE = 20  # seconds after which a child is stopped


def in_child(work: Callable[[], Any]) -> Any:
    """Return the result of a function, or the name and text of its error, in a forked process."""
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # The server has a thread.
        child = os.fork()
    if child == 0:
        try:
            signal.alarm(_PATIENCE)
            try:
                result = work()
            except (LosantError, OSError) as error:
                result = f"{type(error).__name__}: {error}"
            os.write(writer, json.dumps(result).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    return json.loads(content)
