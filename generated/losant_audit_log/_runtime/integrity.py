# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Verification of a package's files against its manifest.

It detects accidental changes and manual edits. An attacker can change the manifest as well, so
compare its checksum, which is printed, with the published one.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Differences between a package's files and its manifest; paths are relative to the package.

    Attributes:
        manifest: The SHA-256 of the manifest itself.
        files: The number of files that the manifest lists.
        changed: Listed files with different contents.
        missing: Listed files that do not exist.
        unexpected: Files that the manifest does not list.
    """

    manifest: str
    files: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether all files match the manifest."""
        return not (self.changed or self.missing or self.unexpected)


def verify(folder: Path) -> Verdict:
    """Compare the files of a package with its manifest; `__pycache__` is ignored.

    Args:
        folder: The directory of the package.

    Raises:
        OSError: If a file cannot be read.
        ValueError: If the manifest is malformed.
    """
    content = (folder / MANIFEST).read_bytes()
    data: Any = json.loads(content)
    try:
        listed: dict[str, str] = dict(data["files"])
    except (KeyError, TypeError):
        raise ValueError(f"{MANIFEST} lists no files") from None
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST and "__pycache__" not in path.parts
    }
    return Verdict(
        manifest=hashlib.sha256(content).hexdigest(),
        files=len(listed),
        changed=tuple(
            sorted(path for path in found.keys() & listed.keys() if found[path] != listed[path])
        ),
        missing=tuple(sorted(listed.keys() - found.keys())),
        unexpected=tuple(sorted(found.keys() - listed.keys())),
    )


def main(folder: Path, version: str) -> int:
    """Print whether the files of a package match its manifest.

    Args:
        folder: The directory of the package.
        version: The version of the package.

    Returns:
        The exit code: 0 if they match, 1 if they differ, 2 if they cannot be verified.
    """
    try:
        verdict = verify(folder)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{folder.name} {version} cannot be verified: {error}\n")
        return 2
    for kind in ("changed", "missing", "unexpected"):
        paths: tuple[str, ...] = getattr(verdict, kind)
        for path in paths:
            sys.stdout.write(f"{kind}: {path}\n")
    result = f"all {verdict.files} files match" if verdict else "the files do not match"
    sys.stdout.write(f"{folder.name} {version}: {result} the manifest\n")
    sys.stdout.write(f"sha256 of {MANIFEST}: {verdict.manifest}\n")
    return 0 if verdict else 1
