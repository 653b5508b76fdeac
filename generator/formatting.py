"""Python source as ruff formats it, whatever configuration is near."""

from __future__ import annotations

import subprocess
from functools import cache

from ruff import find_ruff_bin

_OPTIONS = ("--isolated", "--line-length=100", "--target-version=py311")
_IMPORTS = (
    "--select=I,F401,RUF022",
    "--fix",
    "--exit-zero",
    "--config=lint.isort.split-on-trailing-comma=false",
)
_COMPACT = ("--config=format.skip-magic-trailing-comma=true",)


class FormattingError(Exception):
    """A template made something that is no Python."""


@cache
def format_python(path: str, text: str) -> str:
    """Remove imports that are not needed, sort the others, and format.

    What was formatted before in this process is not formatted again.

    Args:
        path: The file's path, for messages.
        text: Its source.

    Raises:
        FormattingError: If the text is no Python.
    """
    checked = _ruff("check", *_IMPORTS, path=path, text=text)
    return _ruff("format", *_COMPACT, path=path, text=checked)


def _ruff(command: str, *options: str, path: str, text: str) -> str:
    arguments = [find_ruff_bin(), command, *_OPTIONS, *options, f"--stdin-filename={path}", "-"]
    done = subprocess.run(arguments, input=text.encode(), capture_output=True, check=False)
    if done.returncode:
        message = f"{path}: {done.stderr.decode().strip()}"
        raise FormattingError(message)
    return done.stdout.decode()
