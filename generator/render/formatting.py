"""Formatting of Python source by ruff, independent of configuration files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ruff import find_ruff_bin

from ..python.code import WIDTH

_RUFF = find_ruff_bin()  # It is not safe to call in several threads at once.
# The default width of linters: longer imports are broken here, too.
_DEFAULT_WIDTH = 88
_OPTIONS = (
    *("--isolated", "--no-cache", "--target-version=py311"),
    *("--no-respect-gitignore", "--config=exclude=[]"),
    "--config=lint.isort.split-on-trailing-comma=false",
)
_FORMAT = ("format", f"--line-length={WIDTH}", "--config=format.skip-magic-trailing-comma=true")
_IMPORTS = (
    *("check", f"--line-length={_DEFAULT_WIDTH}", "--select=I,F401,RUF022"),
    *("--fix", "--exit-zero"),
)
_PYTHON_BLOCK = re.compile(r"^```(python|py)\n(.*?)^```", re.MULTILINE | re.DOTALL)


class FormattingError(Exception):
    """Invalid Python from a template."""


def format_python(files: Mapping[str, str]) -> dict[str, str]:
    """Return source without unused imports, with sorted imports, and formatted.

    Args:
        files: The source by path.

    Raises:
        FormattingError: If a source is invalid Python.
    """
    formatted = _ruff([*files.items()], _FORMAT, _IMPORTS)
    # The last statement may be an import that is gone.
    return {path: f"{text.rstrip()}\n" for path, text in zip(files, formatted, strict=True)}


def format_markdown(files: Mapping[str, str]) -> dict[str, str]:
    """Return Markdown whose Python code blocks are formatted where a line is too long.

    Args:
        files: The Markdown by path.

    Raises:
        FormattingError: If a block is invalid Python.
    """
    long = {
        block[2]: f"{path}.py"
        for path, text in files.items()
        for block in _PYTHON_BLOCK.finditer(text)
        if any(len(line) > WIDTH for line in block[2].splitlines())
    }
    formatted = _ruff([(path, code) for code, path in long.items()], _FORMAT)
    blocks = dict(zip(long, formatted, strict=True))

    def format_block(block: re.Match[str]) -> str:
        return f"```{block[1]}\n{blocks.get(block[2], block[2])}```"

    return {path: _PYTHON_BLOCK.sub(format_block, text) for path, text in files.items()}


def _ruff(sources: Sequence[tuple[str, str]], *commands: Sequence[str]) -> list[str]:
    """Return sources that commands have changed.

    A command is run once for all sources, because starting it takes longer than its work.

    Args:
        sources: Paths, for messages, and texts.
        *commands: The arguments of each command.

    Raises:
        FormattingError: If a source is invalid Python.
        OSError: If temporary files cannot be written.
    """
    if not sources:
        return []
    try:
        with TemporaryDirectory(prefix="generator-") as folder:
            return _format_in(folder, sources, commands)
    except OSError as error:
        message = f"temporary files cannot be written: {error.strerror or error}; set TMPDIR"
        raise OSError(message) from None


def _format_in(
    folder: str, sources: Sequence[tuple[str, str]], commands: Sequence[Sequence[str]]
) -> list[str]:
    # A directory for each, so that none is the module that another one imports.
    names = {f"{number:06}/{Path(path).name}": path for number, (path, _) in enumerate(sources)}
    copies = [Path(folder, name) for name in names]
    for copy, (_, text) in zip(copies, sources, strict=True):
        copy.parent.mkdir()
        copy.write_bytes(text.encode())
    for command in commands:
        arguments = [_RUFF, *command, *_OPTIONS, "."]
        done = subprocess.run(arguments, cwd=folder, capture_output=True, check=False)
        if done.returncode:
            message = done.stderr.decode().strip().replace("\\", "/")
            for name, path in names.items():
                message = message.replace(name, path)
            raise FormattingError(message)
    return [copy.read_bytes().decode() for copy in copies]
