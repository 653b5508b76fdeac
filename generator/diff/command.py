"""`python -m generator diff`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from enum import IntEnum

from generator.config import Config

FORMATS = ("text", "markdown", "json")


class Exit(IntEnum):
    """What the exit codes of `diff` mean."""

    UNCHANGED = 0
    ADDITIVE = 1
    BREAKING = 2
    PROBLEM = 3


def add_to(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = add_parser(
        "diff",
        help="tell what a change means to users",
        description="Compares the plans of two documents, and the packages that users have.",
        epilog="Exit codes: 0 nothing or documentation, 1 additive, 2 breaking, 3 a problem.",
    )
    for name in ("old", "new"):
        parser.add_argument(name, metavar=name.upper(), help="a document, or a git revision")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to show it")
    parser.set_defaults(run=_diff)


def _diff(options: argparse.Namespace, settings: Config) -> Exit:
    from generator.diff import report
    from generator.diff.comparison import compare, impact
    from generator.diff.sources import SourceError, side

    try:
        with side(options.old, settings) as old, side(options.new, settings) as new:
            changes = compare(old, new)
    except SourceError as error:
        print(f"error: {error}", file=sys.stderr)
        return Exit.PROBLEM
    sys.stdout.write(report.FORMATS[options.format](options.old, options.new, changes))
    return Exit(int(impact(changes)))
