"""Command `python -m generator diff`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

from ..config import Config, load_project

FORMATS = ("text", "markdown", "json")


class Exit(IntEnum):
    """The exit codes of `diff`."""

    UNCHANGED = 0
    ADDITIVE = 1
    BREAKING = 2
    PROBLEM = 3


def add_to(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = add_parser(
        "diff",
        help="compare two documents and their packages by the impact on users",
        description="Compare the plans of two documents, and the packages made from them.",
        epilog="Exit codes: 0 none or documentation, 1 additive, 2 breaking, 3 invalid input.",
    )
    for name in ("old", "new"):
        parser.add_argument(
            name, metavar=name.upper(), help="document, git revision, or . for the working tree"
        )
    parser.add_argument("--format", choices=FORMATS, default="text", help="output format")
    parser.set_defaults(run=_diff)


def _diff(options: argparse.Namespace, _settings: Config) -> Exit:
    from . import report
    from .comparison import compare, impact
    from .sources import SourceError, side

    root, settings = load_project(Path.cwd())
    try:
        with side(options.old, settings, root) as old, side(options.new, settings, root) as new:
            changes = compare(old, new)
    except SourceError as error:
        print(f"error: {error}", file=sys.stderr)
        return Exit.PROBLEM
    sys.stdout.write(report.FORMATS[options.format](options.old, options.new, changes))
    return Exit(int(impact(changes)))
