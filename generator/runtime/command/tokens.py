"""Token sources: the environment, a file, or a command."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .arguments import reason
from .usage import UsageError

_FRESH = 300  # seconds until a file is read again, or a command run again


def token_source(given: Mapping[str, Any], variable: str) -> Callable[[], str] | None:
    """Return a function that returns the token; None if the environment variable is used.

    Args:
        given: The options.
        variable: The environment variable, which has precedence.

    Raises:
        UsageError: If the file or the command does not return a token.
    """
    path, command = given.get("--token-file"), given.get("--token-command")
    if (path is None and command is None) or os.environ.get(variable):
        return None
    for flag in ("--token-file", "--token-command"):
        value = given.get(flag)
        if value is not None and not value.strip():  # As from a variable that is not set.
            raise UsageError(f"{flag}: the value is empty; pass a value")
    known, until = "", 0.0

    def token() -> str:
        nonlocal known, until
        if time.monotonic() >= until:
            known = _from_file(path) if path is not None else _from_command(str(command))
            until = time.monotonic() + _FRESH
        return known

    token()
    return token


def _from_file(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            shared = stat.S_IRWXG | stat.S_IRWXO
            # In this directory systemd lets only the service read, by ACLs, which show as 0440.
            if Path(path).parent == Path(os.environ.get("CREDENTIALS_DIRECTORY") or os.devnull):
                shared ^= stat.S_IRGRP
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & shared:
                raise UsageError(
                    f"--token-file: {path!r} is accessible to other users; run chmod 600 {path}"
                )
            return _one_line(file.read(), f"--token-file: {path!r}")
    except (OSError, ValueError) as error:
        raise UsageError(f"--token-file: cannot read {path!r}: {reason(error)}") from None


def _from_command(command: str) -> str:
    try:
        words = shlex.split(command)
        done = subprocess.run(words, stdout=subprocess.PIPE, check=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--token-command: cannot run the command: {reason(error)}") from None
    if done.returncode:
        raise UsageError(f"--token-command: the command exited with {done.returncode}")
    return _one_line(done.stdout, "--token-command: the output")


def _one_line(content: bytes, what: str) -> str:
    """Return the token without the trailing line break; errors never contain it."""
    text = content.decode("utf-8", "replace").strip()
    if not text or not text.isprintable() or " " in text:
        raise UsageError(f"{what} is not a single token on a single line")
    return text
