"""What git knows of a folder; every call is a question, none changes anything."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path


class GitError(Exception):
    """A question that git cannot answer; the text says why."""


def ask(folder: Path, *arguments: str) -> str:
    """Run git and give what it prints, without the line break at the end.

    Raises:
        GitError: If there is no git, or it fails.
    """
    return _run(folder, *arguments).decode("utf-8", errors="replace").rstrip("\n")


def is_revision(folder: Path, name: str) -> bool:
    """Whether a name means a commit here."""
    if name.startswith("-"):
        return False
    try:
        ask(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    except GitError:
        return False
    return True


def extract(folder: Path, revision: str, paths: tuple[str, ...], target: Path) -> None:
    """Write what a revision holds under some paths, which count from the folder.

    Raises:
        GitError: If there is no such revision.
    """
    archive = _run(folder, "archive", "--format=tar", revision)
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        for member in opened:
            if member.isfile() and any(Path(member.name).is_relative_to(path) for path in paths):
                opened.extract(member, target, filter="data")


def _run(folder: Path, *arguments: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise GitError("git is not installed")
    done = subprocess.run([git, *arguments], cwd=folder, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise GitError(f"git {arguments[0]} failed: {said[0] if said else 'it does not say why'}")
    return done.stdout
