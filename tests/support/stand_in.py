"""Shell scripts that stand in for programs: what ours do if another fails shows in milliseconds."""

from __future__ import annotations

from pathlib import Path


def program(path: Path, script: str) -> Path:
    """Write a program that does what a few lines of shell say."""
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path
