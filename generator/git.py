"""Read-only git commands."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Collection
from pathlib import Path


class GitError(Exception):
    """A failed git command; the message has the reason."""


def output_of(folder: Path, *arguments: str) -> str:
    """Run git and return its output without the final line break.

    Raises:
        GitError: If git is not installed, or fails.
    """
    return _run(folder, *arguments).decode("utf-8", errors="replace").rstrip("\n")


def is_revision(folder: Path, name: str) -> bool:
    """Whether a name resolves to a commit."""
    if name.startswith("-"):
        return False
    try:
        output_of(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    except GitError:
        return False
    return True


def lacks_tags(folder: Path) -> bool:
    """Whether the clone may lack tags: it is shallow, or fetches no tags."""
    if output_of(folder, "rev-parse", "--is-shallow-repository") == "true":
        return True
    settings = output_of(folder, "config", "--list").lower().splitlines()
    return any(
        each.startswith("remote.") and each.endswith(".tagopt=--no-tags") for each in settings
    )


def extract(folder: Path, revision: str, paths: Collection[str], target: Path) -> None:
    """Write the files of a revision under some paths into a target folder.

    Args:
        folder: The folder of the project.
        revision: The revision.
        paths: The paths, relative to the folder.
        target: The folder to write to.

    Raises:
        GitError: If the revision does not exist.
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
        errors = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise GitError(f"git {arguments[0]} failed: {errors[0] if errors else 'no error output'}")
    return done.stdout
