"""Standard output, written at once."""

from __future__ import annotations

import os
import sys

from .usage import UsageError


def write(data: bytes | str, *, is_terminal: bool = False) -> None:
    """Write to stdout; on a terminal, with escapes instead of control characters.

    Args:
        data: The bytes or the text.
        is_terminal: Whether stdout is a terminal and the data come from the service.

    Raises:
        UsageError: If stdout is closed.
    """
    if is_terminal:
        from .escaping import visible

        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        data = visible(text, keep="\n\t")
    content = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    out = getattr(sys.stdout, "buffer", None)
    if out is None:
        raise UsageError("stdout is closed; there is nowhere to print to")
    try:
        out.write(content)
        out.flush()
    except OSError:
        _discard()
        raise


def _discard() -> None:
    """Redirect stdout to the null device, because the interpreter flushes it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
