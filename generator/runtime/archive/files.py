"""Files that survive a crash, and the lock of an archive.

A file is written under a temporary name and renamed, with an fsync of the file and of its folder.
Windows has no fsync for folders.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from .errors import ArchiveLockedError

_TEMPORARY = ".*.tmp"


def write_file(path: Path, content: bytes) -> None:
    """Write a file that is either complete or unchanged after a crash."""
    temporary = path.with_name(f".{path.name}.tmp")
    _write(temporary, content, os.O_TRUNC)
    temporary.replace(path)
    _sync_folder(path.parent)


def append_file(path: Path, content: bytes, size: int) -> None:
    """Append to a file after its first bytes, which are kept whatever happens.

    Args:
        path: The file, which need not exist.
        content: What to append.
        size: The number of bytes to keep.
    """
    is_new = not path.exists()
    if not is_new and path.stat().st_size != size:
        os.truncate(path, size)
    _write(path, content, os.O_APPEND)
    if is_new:
        _sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Create a folder, and its missing parents, that only its owner can read."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Remove a file that an interrupted run left."""
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def temporary_files(folder: Path) -> list[Path]:
    """Return the files that an interrupted run left under a temporary name."""
    return sorted(folder.rglob(_TEMPORARY))


@contextmanager
def lock(folder: Path) -> Generator[None, None, None]:
    """Keep the lock of an archive.

    Raises:
        ArchiveLockedError: If another run holds it.
    """
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(descriptor)
        except OSError:
            message = f"{folder}: another run writes to this archive; wait for its end"
            raise ArchiveLockedError(message) from None
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write(path: Path, content: bytes, flag: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | flag | getattr(os, "O_BINARY", 0), 0o600)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
