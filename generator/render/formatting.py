"""Formatting of Python source by ruff, independent of configuration files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ruff import find_ruff_bin

_RUFF = find_ruff_bin()
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
_FOLDER = ("--no-cache", "--no-respect-gitignore", "--config=exclude=[]", ".")
_LONG_IMPORT = re.compile(rf"^(?= *from ).{{{_DEFAULT_WIDTH + 1},}}$", re.MULTILINE)
_PYTHON_BLOCK = re.compile(r"^```(python|py)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMPACT = ("--config=format.skip-magic-trailing-comma=true",)


class FormattingError(Exception):
    """Invalid Python from a template."""


def format_python(files: Mapping[str, str]) -> dict[str, str]:
    """Return Python files without unused imports, with sorted imports, and formatted.

    Args:
        files: The source of each file, by its path inside the package.

    Raises:
        FormattingError: If a source is invalid Python.
    """
    formatted = _change(files, (("check", *_IMPORTS), ("format", *_COMPACT)), _WIDTH)
    long = {path: text for path, text in formatted.items() if _LONG_IMPORT.search(text)}
    return formatted | _change(long, (("check", *_IMPORTS),), _DEFAULT_WIDTH)


def _change(
    files: Mapping[str, str], commands: Sequence[Sequence[str]], width: int
) -> dict[str, str]:
    """Return files as commands change them, each of which takes all files at once.

    The files are in a folder of their own for that long. It is the working directory, so that
    nothing beside the user's files looks like an imported package.
    """
    if not files:
        return {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
        for command in commands:
            _ruff(*command, *_FOLDER, folder=folder, width=width)
        return {path: (folder / path).read_bytes().decode() for path in files}


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
        code = _ruff("format", *_COMPACT, f"--stdin-filename={path}.py", "-", text=code)
        return f"```{block[1]}\n{code}```"

    return _PYTHON_BLOCK.sub(format_block, text)


def _ruff(
    command: str, *options: str, text: str = "", folder: Path | None = None, width: int = _WIDTH
) -> str:
    """Run ruff, in a folder or with a text as its input, and return its output."""
    arguments = [_RUFF, command, *_OPTIONS, f"--line-length={width}", *options]
    done = subprocess.run(
        arguments, cwd=folder, input=text.encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise FormattingError(done.stderr.decode().strip())
    return done.stdout.decode()
