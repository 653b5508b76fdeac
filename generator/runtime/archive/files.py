"""Atomic writes, and the lock of an archive.

A file is written under a temporary name and renamed, with an fsync of the file and of its
directory. Windows has no fsync for directories.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import ArchiveLockedError

LOCK = ".lock"
_TEMPORARY = ".*.tmp"


def write_file(path: Path, content: bytes) -> None:
    """Write a file atomically: after a crash it is either complete or unchanged."""
    temporary = path.with_name(f".{path.name}.tmp")
    _write(temporary, content, os.O_TRUNC)
    temporary.replace(path)
    _sync_folder(path.parent)


def append_file(path: Path, content: bytes, size: int) -> None:
    """Truncate a file and append to it; a crash does not affect the bytes before.

    Args:
        path: The file, which need not exist.
        content: The bytes to append.
        size: The number of bytes to keep.
    """
    is_new = not path.exists()
    if not is_new and path.stat().st_size != size:
        os.truncate(path, size)
    _write(path, content, os.O_APPEND)
    if is_new:
        _sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Create a directory and its missing parents, accessible only to their owner.

    Raises:
        NotADirectoryError: If there is a file of that name.
    """
    if path.is_file():
        next(path.iterdir())  # Raises the error of the system, which names the path.
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(path.parent)


@contextmanager
def removing_empty(folder: Path) -> Generator[None, None, None]:
    """Remove the directories that are created meanwhile, if they are empty at the end."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        yield
    finally:
        with suppress(OSError):  # One has files.
            for each in missing:
                each.rmdir()


def remove_file(path: Path) -> None:
    """Remove a file, if it exists, and sync its directory."""
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def temporary_files(folder: Path) -> list[Path]:
    """Return the temporary files of an interrupted run."""
    return sorted(folder.rglob(_TEMPORARY))


@contextmanager
def lock(folder: Path) -> Generator[None, None, None]:
    """Lock an archive.

    Raises:
        ArchiveLockedError: If another run holds it.
    """
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(descriptor)
            if not os.path.samestat(os.fstat(descriptor), (folder / LOCK).stat()):
                raise BlockingIOError  # The run that held it removed it.
        except OSError:
            message = f"{folder}: another run is writing to this archive; wait until it ends"
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
