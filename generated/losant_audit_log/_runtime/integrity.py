# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Whether the files of a package are those that were generated.

It tells mishaps and edits by hand apart from what was published. Who changes files on purpose can
change the manifest as well: its checksum, which is printed, is to be held against the one that was
published.
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
    """How the files of a package differ from its manifest; paths inside the package.

    Attributes:
        manifest: The manifest's own SHA-256.
        files: How many files it lists.
        changed: Files with other contents.
        missing: Files that are not there.
        unexpected: Files that it does not list.
    """

    manifest: str
    files: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether the files are those that were generated."""
        return not (self.changed or self.missing or self.unexpected)


def verify(folder: Path) -> Verdict:
    """Hold the files of a package against its manifest; caches do not count.

    Args:
        folder: The package.

    Raises:
        OSError: A file cannot be read.
        ValueError: The manifest is none.
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
    """Say whether the files of a package are those that were generated.

    Args:
        folder: The package.
        version: Its version.

    Returns:
        0 if they are, 1 if they are not, 2 if that cannot be told.
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
    told = f"all {verdict.files} files are" if verdict else "the files are not"
    sys.stdout.write(f"{folder.name} {version}: {told} those that were generated\n")
    sys.stdout.write(f"sha256 of {MANIFEST}: {verdict.manifest}\n")
    return 0 if verdict else 1
