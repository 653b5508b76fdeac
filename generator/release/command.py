"""Commands of a release: `release-check`, `changelog`, `build`, `publish`, `verify-release` ..."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from .. import missing
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
        "Build into dist/; builds are reproducible.",
    ),
    "publish": (
        "publish_all",
        "upload to a private index, and verify that the package can be installed",
        f"{_INDEX} Files that the index already has with the same bytes are skipped.",
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
        if name == "publish":
            parser.add_argument(
                "--untagged", action="store_true", help="publish a commit without the version's tag"
            )
    parser = add_parser(
        "verify-release",
        help="verify a released wheel by its statement, signature and bill of materials",
        epilog="Exit codes: 0 verified, 1 mismatch, 2 error.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the wheel, or its statement")
    parser.add_argument(
        "--signers",
        type=Path,
        metavar="FILE",
        help="the allowed signers, in the format of `ssh-keygen -Y verify`",
    )
    parser.set_defaults(run=_verify)


def _verify(options: argparse.Namespace, _settings: Config) -> Exit:
    from .verification import verify

    try:
        for line in verify(options.file, options.signers):
            print(line)
    except ReleaseError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.code
    return Exit.OK


def _run(options: argparse.Namespace, _settings: Config) -> Exit:
    from ..diff.sources import SourceError

    try:
        from . import steps
    except ModuleNotFoundError as error:
        if not missing(error, "release"):
            raise
        print(missing(error, "release"), file=sys.stderr)
        return Exit.PROBLEM
    try:
        chosen = {"untagged": options.untagged} if "untagged" in options else {}
        code: Exit = getattr(steps, options.function)(**chosen)
    except ReleaseError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.code
    except (GitError, SourceError) as error:
        print(f"error: {error}", file=sys.stderr)
        return Exit.PROBLEM
    return code
