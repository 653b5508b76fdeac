"""`python -m generator release-check`, `changelog`, `build`, `publish`, `publish-rehearsal`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from generator.config import Config
from generator.git import GitError
from generator.release.failures import MEANINGS, Exit, ReleaseError

_INDEX = (
    "The index is that of the environment: PUBLISH_URL (where to upload), PUBLISH_INDEX_URL (where "
    "files are listed; without it simple/ below PUBLISH_URL), PUBLISH_USERNAME and "
    "PUBLISH_PASSWORD, or PUBLISH_TOKEN_FILE, or the keyring."
)
_COMMANDS = {
    "release-check": (
        "release_check",
        "say whether this may be released, and under which version",
        f"Compares with the last release: a tag such as v1.2.0, or what the index has. {_INDEX}",
    ),
    "changelog": (
        "draft_changelog",
        "draft the changelog's entry",
        "Prints an entry for CHANGELOG.md, made of what changed since the last release.",
    ),
    "build": ("build_all", "build the wheel and the sdist", "Builds into dist/, reproducibly."),
    "publish": (
        "publish_all",
        "upload to a private index, and prove that it can be installed",
        f"{_INDEX} What is there with the same bytes is skipped.",
    ),
    "publish-rehearsal": (
        "rehearse",
        "do the same with an index on this machine",
        "Starts an index, publishes, installs, runs the program that `consumer` names, stops it.",
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
    from generator.diff.sources import SourceError

    try:
        from generator.release import steps
    except ModuleNotFoundError as error:
        print(f"error: {error.name} is not installed; `make` installs it", file=sys.stderr)
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
