"""`make mutants`: mutates the code and counts the mutants that tests notice."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.mutation import score
from tests.mutation.targets import TARGETS
from tests.mutation.workspace import lay_out


def main(arguments: Sequence[str]) -> int:
    """Try the mutants of some targets.

    Returns:
        1 if fewer mutants were caught than required.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--only", metavar="TARGETS", help=f"some of {','.join(TARGETS)}")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="tries at a time")
    parser.add_argument(
        "--folder",
        type=Path,
        help="keep everything there, and go on with what is there: a mutant is tried once more "
        "only if its function has changed",
    )
    parser.add_argument("--again", action="store_true", help="try those of --folder that survived")
    given = parser.parse_args(arguments)
    names = given.only.split(",") if given.only else list(TARGETS)
    if not set(names) <= set(TARGETS):
        parser.error(f"--only: there are {', '.join(TARGETS)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        scores = [
            each
            for name in names
            for each in _scores(folder / name, name, given.jobs, again=given.again)
        ]
        if given.folder is not None:
            sys.stdout.writelines(f"{name}\n" for each in scores for name in each.survivors)
    sys.stdout.write(score.table(scores))
    return 0 if score.percentage(scores) >= score.LEAST else 1


def _scores(folder: Path, name: str, jobs: int, *, again: bool) -> list[score.Score]:
    target = TARGETS[name]
    lay_out(folder, target)
    mutants = (
        [name for module in target.modules for name in score.read(folder, module).survivors]
        if again
        else []
    )
    if again and not mutants:
        return [score.read(folder, module) for module in target.modules]
    subprocess.run(
        [sys.executable, "-m", "tests.mutation.session", str(jobs), *mutants],
        cwd=folder,
        check=True,
        stdout=sys.stderr,
    )
    return [score.read(folder, module) for module in target.modules]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
