"""Packages on disk: comparison with generated files, and atomic replacement.

An interruption leaves the old package or the new one, never a mixture; the command line,
`pipeline`, `diff` and `release` may import this package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path, PurePosixPath

from . import manifest
from .atomic_swap import swap_folders

_DIFF_LINES = 500  # lines printed of a diff; the lists of files are always complete
_STAGING = ".generating-"


class OutputError(Exception):
    """The output directory cannot be used; the message has the reason."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The differences between files on disk and generated files, as sorted paths in the package.

    Attributes:
        changed: Files with other contents.
        missing: Files that are not on disk.
        unexpected: Files that are only on disk.
    """

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there are differences."""
        return bool(self.changed or self.missing or self.unexpected)


@dataclass(frozen=True, slots=True)
class ExistingPackage:
    """A package on disk.

    Attributes:
        files: The contents of the files by their paths in the package.
        manifest: The manifest, or None.
    """

    files: dict[str, bytes]
    manifest: manifest.Manifest | None

    @property
    def foreign_files(self) -> tuple[str, ...]:
        """The files that the generator did not write."""
        ours = self.manifest.files if self.manifest else {}
        return tuple(path for path in self.files if path not in ours and path != manifest.NAME)

    def edited_files(self, new: Mapping[str, bytes]) -> tuple[str, ...]:
        """Return files that were written or edited by hand and that generation would overwrite.

        Differences in line endings are ignored, because git can convert them.
        """
        ours = self.manifest.files if self.manifest else {}
        folders = {str(folder) for path in new for folder in PurePosixPath(path).parents}
        return tuple(
            path
            for path, content in self.files.items()
            if path != manifest.NAME
            and content != new.get(path)
            and (path in ours or path in new or path in folders)
            and manifest.digest(content) != ours.get(path)
            and manifest.digest(content.replace(b"\r\n", b"\n")) != ours.get(path)
        )


def read_package(folder: Path) -> ExistingPackage:
    """Read a package, without caches and files that git ignores.

    Raises:
        OutputError: If the path is a file or a symbolic link, or cannot be read.
    """
    try:
        with _lock(folder.parent, exclusive=False):
            return _read_package(folder)
    except OSError as error:
        message = f"{error.filename or folder} cannot be read: {error.strerror or error}"
        raise OutputError(message) from error


def _read_package(folder: Path) -> ExistingPackage:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        message = f"{folder} is not a directory; move it, or choose another --output or --package"
        raise OutputError(message)
    paths = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if (path.is_file() or path.is_symlink()) and "__pycache__" not in path.parts
    )
    ignored = _git_ignored(folder, paths)
    files = {path: _content(folder / path) for path in paths if path not in ignored}
    return ExistingPackage(files, manifest.read(files.get(manifest.NAME)))


def compare(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Difference:
    """Compare two sets of files over the union of their paths."""
    return Difference(
        changed=tuple(sorted(path for path in old.keys() & new.keys() if old[path] != new[path])),
        missing=tuple(sorted(new.keys() - old.keys())),
        unexpected=tuple(sorted(old.keys() - new.keys())),
    )


def diff(old: Mapping[str, bytes], new: Mapping[str, bytes], package: str) -> str:
    """Return a unified diff of changed and missing files."""
    lines: list[str] = []
    difference = compare(old, new)
    for path in sorted((*difference.changed, *difference.missing)):
        lines += unified_diff(
            _lines(old.get(path, b"")),
            _lines(new[path]),
            f"on disk/{package}/{path}",
            f"generated/{package}/{path}",
            lineterm="",
        )
    if len(lines) > _DIFF_LINES:
        lines[_DIFF_LINES:] = [f"... {len(lines) - _DIFF_LINES} further lines"]
    return "".join(f"{line}\n" for line in lines)


def diffstat(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    """Return the number of added and removed lines of each changed file, as text."""
    rows: list[tuple[str, int, int]] = []
    for path in sorted(old.keys() | new.keys()):
        before, after = Counter(_lines(old.get(path, b""))), Counter(_lines(new.get(path, b"")))
        added, removed = (after - before).total(), (before - after).total()
        if old.get(path) != new.get(path):
            rows.append((path, added, removed))
    if not rows:
        return "nothing changed\n"
    width = max(len(path) for path, _, _ in rows)
    lines = [f" {path:<{width}} | +{added} -{removed}" for path, added, removed in rows]
    files = "1 file" if len(rows) == 1 else f"{len(rows)} files"
    total = f" {files}, +{sum(row[1] for row in rows)} -{sum(row[2] for row in rows)}"
    return "\n".join([*lines, total, ""])


def replace(folder: Path, new: Mapping[str, bytes], old: ExistingPackage) -> None:
    """Replace the generated files of a package; files of others stay.

    Args:
        folder: The directory of the package.
        new: The new files.
        old: The package on disk, as it was read before.

    Raises:
        OutputError: If the directory cannot be written, or a file was edited since `old` was read.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _lock(folder.parent):
            old = _reread(folder, new, old)
            _remove_leftovers(folder.parent)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder.parent))
            try:
                _fill(staging / folder.name, folder, new, old)
                _move_into_place(staging / folder.name, folder, staging / "old")
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error


def clean_up(folder: Path) -> None:
    """Remove the temporary files of an interrupted run."""
    if any(folder.parent.glob(f"{_STAGING}*")):
        with _lock(folder.parent):
            _remove_leftovers(folder.parent)


def _remove_leftovers(parent: Path) -> None:
    for left in parent.glob(f"{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _reread(folder: Path, new: Mapping[str, bytes], old: ExistingPackage) -> ExistingPackage:
    """Read a package again, under the lock that excludes other generators."""
    now = _read_package(folder)
    edited = [path for path in now.edited_files(new) if now.files[path] != old.files.get(path)]
    if edited:
        message = f"{folder / edited[0]} was edited during generation; run the command again"
        raise OutputError(message)
    return now


def _fill(staged: Path, folder: Path, new: Mapping[str, bytes], old: ExistingPackage) -> None:
    """Build the new package, with copies of the files that the generator did not write."""
    staged.mkdir()
    for path, content in new.items():
        target = staged / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if old.files.get(path) == content:
            shutil.copy2(folder / path, target)
        else:
            target.write_bytes(content)
    ours = old.manifest.files if old.manifest else {}
    for source in folder.rglob("*") if folder.is_dir() else ():
        path = source.relative_to(folder).as_posix()
        target = staged / path
        if path in ours or path in new or target.is_dir() or "__pycache__" in source.parts:
            continue
        if source.is_file() or source.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
        elif source.is_dir() and not any(source.iterdir()):
            target.mkdir(parents=True)
    if folder.is_dir():
        shutil.copymode(folder, staged)
    else:
        staged.chmod(0o755)


def _move_into_place(staged: Path, folder: Path, aside: Path) -> None:
    if not folder.exists():
        staged.rename(folder)
    elif not swap_folders(staged, folder):  # Not atomic: the package is missing for a short time.
        folder.rename(aside)
        try:
            staged.rename(folder)
        except OSError:
            aside.rename(folder)
            raise


@contextmanager
def _lock(folder: Path, *, exclusive: bool = True) -> Generator[None, None, None]:
    """Lock an existing directory against other generators, on systems that have `flock`."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    if not folder.is_dir():
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def _content(path: Path) -> bytes:
    """Read a file; for a symbolic link return its target, so that it is never followed."""
    return os.fsencode(f"link to {path.readlink()}") if path.is_symlink() else path.read_bytes()


def _git_ignored(folder: Path, paths: Iterable[str]) -> set[str]:
    """Return the paths that git ignores; none if git is not installed."""
    git = shutil.which("git")
    if git is None or not folder.is_dir():
        return set()
    listed = "\0".join(paths)  # File names need not be UTF-8.
    done = subprocess.run(
        [git, "check-ignore", "-z", "--stdin"],
        cwd=folder,
        input=os.fsencode(listed),
        capture_output=True,
        check=False,
    )
    return set(filter(None, os.fsdecode(done.stdout).split("\0")))


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", errors="replace").splitlines()
