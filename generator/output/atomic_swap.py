"""Atomic exchange of two directories."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_CURRENT_FOLDER = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
# The system call of each platform, and its arguments before each path.
_CALLS: dict[str, tuple[str, tuple[int, ...]]] = {
    "linux": ("renameat2", (_CURRENT_FOLDER,)),
    "darwin": ("renamex_np", ()),
}


def swap_folders(first: Path, second: Path) -> bool:
    """Exchange two existing directories of one file system atomically.

    Returns:
        Whether the system supports it; if not, nothing has changed.
    """
    if sys.platform not in _CALLS:
        return False
    name, before = _CALLS[sys.platform]
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if call is None:
        return False
    names = os.fsencode(first), os.fsencode(second)
    return bool(call(*before, names[0], *before, names[1], _EXCHANGE) == 0)
