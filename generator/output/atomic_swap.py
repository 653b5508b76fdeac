"""Two folders change places in one step, so that nobody ever sees neither or half of one."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_CURRENT_FOLDER = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
# What does it on a system, and what it wants to know before each name.
_CALLS: dict[str, tuple[str, tuple[int, ...]]] = {
    "linux": ("renameat2", (_CURRENT_FOLDER,)),
    "darwin": ("renamex_np", ()),
}


def swap_folders(first: Path, second: Path) -> bool:
    """Let two existing folders of one file system change places.

    Returns:
        Whether the system could do it; if not, nothing has happened.
    """
    if sys.platform not in _CALLS:
        return False
    name, before = _CALLS[sys.platform]
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if call is None:
        return False
    names = os.fsencode(first), os.fsencode(second)
    return bool(call(*before, names[0], *before, names[1], _EXCHANGE) == 0)
