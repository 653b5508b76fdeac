"""Commands `release-check`, `changelog`, `build`, `publish` and `publish-rehearsal`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from ..config import Config
from ..git import GitError
from .failures import MEANINGS, Exit, ReleaseError

_INDEX = (
    "Environment variables name the index: PUBLISH_URL (upload URL), PUBLISH_INDEX_URL (simple "
    "API; default: simple/ below PUBLISH_URL), PUBLISH_USERNAME and PUBLISH_PASSWORD, or "
    "PUBLISH_TOKEN_FILE, or the keyring."
)
_COMMANDS = {
    "release-check": (
        "release_check",
        "check whether the project can be released, and under which version",
        f"Compare with the last release: a tag like v1.2.0, or a version on the index. {_INDEX}",
    ),
    "changelog": (
        "draft_changelog",
        "print a draft of the changelog entry",
        "Print an entry for CHANGELOG.md with the changes since the last release.",
    ),
    "build": (
        "build_all",
        "build the wheel and the sdist",
        "Build into dist/; equal files result in equal bytes.",
    ),
    "publish": (
        "publish_all",
        "upload to a private index, and verify that the package can be installed",
        f"{_INDEX} Files that are there with the same bytes are skipped.",
    ),
    "publish-rehearsal": (
        "rehearse",
        "publish to a temporary index on this machine",
        "Start an index, publish, install, run the program `consumer`, and stop the index.",
    ),
}
COMMANDS = tuple(_COMMANDS)


def add_to(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    codes = "; ".join(f"{int(code)} {meaning}" for code, meaning in MEANINGS.items())
    for name, (function, help_, description) in _COMMANDS.items():
        parser = add_parser(
            name, help=help_, description=description, epilog=f"Exit codes: {codes}."
        )
        parser.set_defaults(run=_run, function=function)


def _run(options: argparse.Namespace, settings: Config) -> Exit:
    from ..diff.sources import SourceError

    try:
        from . import steps
    except ModuleNotFoundError as error:
        print(f"error: {error.name} is not installed: use the make target", file=sys.stderr)
        return Exit.PROBLEM
    try:
        code: Exit = getattr(steps, options.function)(settings)
    except ReleaseError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.code
    except (GitError, SourceError) as error:
        print(f"error: {error}", file=sys.stderr)
        return Exit.PROBLEM
    return code
