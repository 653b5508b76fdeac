"""Formatting of Python source by ruff, independent of configuration files."""

from __future__ import annotations

import re
import subprocess
from functools import cache

from ruff import find_ruff_bin

_RUFF = find_ruff_bin()  # It is not safe to call in several threads at once.
_WIDTH = 100
# The default width of linters: longer imports are broken here, too.
_DEFAULT_WIDTH = 88
_OPTIONS = ("--isolated", "--target-version=py311")
_IMPORTS = (
    "--select=I,F401,RUF022",
    "--fix",
    "--exit-zero",
    "--config=lint.isort.split-on-trailing-comma=false",
)
_PYTHON_BLOCK = re.compile(r"^```(python|py)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMPACT = ("--config=format.skip-magic-trailing-comma=true",)


class FormattingError(Exception):
    """Invalid Python from a template."""


@cache
def format_python(path: str, text: str) -> str:
    """Return source without unused imports, with sorted imports, and formatted.

    The result is cached, so equal source is formatted once in a process.

    Args:
        path: The path of the file, for messages.
        text: The source.

    Raises:
        FormattingError: If the source is invalid Python.
    """
    formatted = _ruff("format", *_COMPACT, path=path, text=text)
    checked = _ruff("check", *_IMPORTS, path=path, text=formatted, width=_DEFAULT_WIDTH)
    return f"{checked.rstrip()}\n"  # The last statement may be an import that is gone.


def format_markdown(path: str, text: str) -> str:
    """Return Markdown whose Python code blocks are formatted where a line is too long.

    Args:
        path: The path of the file, for messages.
        text: The Markdown.

    Raises:
        FormattingError: If a block is invalid Python.
    """

    def format_block(block: re.Match[str]) -> str:
        code = block[2]
        if all(len(line) <= _WIDTH for line in code.splitlines()):
            return block[0]
        code = _ruff("format", *_COMPACT, path=f"{path}.py", text=code)
        return f"```{block[1]}\n{code}```"

    return _PYTHON_BLOCK.sub(format_block, text)


def _ruff(command: str, *options: str, path: str, text: str, width: int = _WIDTH) -> str:
    arguments = [_RUFF, command, *_OPTIONS, f"--line-length={width}", *options]
    arguments += [f"--stdin-filename={path}", "-"]
    done = subprocess.run(arguments, input=text.encode(), capture_output=True, check=False)
    if done.returncode:
        message = f"{path}: {done.stderr.decode().strip()}"
        raise FormattingError(message)
    return done.stdout.decode()
