"""The project file beside a package, a `pyproject.toml` with its checksum."""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path

from . import OutputError
from .manifest import digest

NAME = "pyproject.toml"
_MARK = b"# Checksum: "


def with_checksum(text: str) -> bytes:
    """Return the content of a project file: a text that is preceded by its checksum."""
    return _MARK + digest(text.encode()).encode() + b"\n" + text.encode()


def is_edited(content: bytes) -> bool:
    """Whether a project file was written or edited by hand; line endings do not count."""
    first, _, rest = content.replace(b"\r\n", b"\n").partition(b"\n")
    return first != _MARK + digest(rest).encode()


def package_of(content: bytes) -> str:
    """Return the import name of the package that a project file installs; empty if unknown."""
    try:
        hatch = tomllib.loads(content.decode())["tool"]["hatch"]
        return str(hatch["build"]["targets"]["wheel"]["packages"][0])
    except (ValueError, KeyError, TypeError, IndexError):
        return ""


def read(folder: Path) -> bytes | None:
    """Return the project file in a folder, or None.

    Raises:
        OutputError: If it cannot be read.
    """
    path = folder / NAME
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise OutputError(message) from error


def write(folder: Path, content: bytes) -> None:
    """Replace the project file in a folder, atomically."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".generating-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(folder / NAME)
