"""Edits of texts and repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path


def replaced_once(text: str, old: str, new: str) -> str:
    """Replace a part of a text that must occur once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def git(folder: Path, *arguments: str) -> str:
    """Run git with a fixed author, whatever the machine's configuration."""
    settings = ("user.name=T", "user.email=t@example.com", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *(word for each in settings for word in ("-c", each)), *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def commit(folder: Path, message: str = "change") -> None:
    """Commit all changes."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", f"--message={message}")
