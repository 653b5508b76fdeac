"""Command `init`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from keyword import iskeyword
from pathlib import Path

from ..config import PROGRAM, Config, is_configuration
from ..python import names
from ..python.reserved import MODULE_NAMES
from .files import CONFIGURATION, files


def add_to(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = add_parser("init", help="write the first files of a project into a folder")
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the directory of the project; default: the current directory",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, _settings: Config) -> int:
    """Write the files, unless one of them exists; return the exit code."""
    folder: Path = options.folder
    new = files(_package(folder.resolve().name), PROGRAM)
    existing = [str(folder / name) for name in new if os.path.lexists(folder / name)]
    if existing:
        print(f"error: already there: {', '.join(existing)}; nothing was written", file=sys.stderr)
        if str(folder / CONFIGURATION) in existing and not is_configuration(folder / CONFIGURATION):
            print(
                f"to use {folder / CONFIGURATION}, add this table and your document:\n\n"
                f"{new[CONFIGURATION]}",
                end="",
                file=sys.stderr,
            )
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in new.items():
        (folder / name).write_text(text, "utf-8")
        print(folder / name)
    where = "" if folder == Path() else f"cd {folder}, "
    print(f"next: {where}put your document into openapi.yaml, and run `{PROGRAM} generate`")
    return 0


def _package(folder: str) -> str:
    """Return the name of a package for a project in a folder."""
    name = "_".join(names.words(folder)).lower()
    is_usable = name.isidentifier() and name.isascii() and not iskeyword(name)
    return name if is_usable and name not in MODULE_NAMES else "api_client"
