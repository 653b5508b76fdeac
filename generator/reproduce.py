"""`make generate`: generates, and proves that the bytes depend on nothing but the inputs.

A second process generates the same document with another hash seed, from another working directory
and into a folder of its own, while the first one does the work. Both must give the same bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from generator import config, output

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str]) -> int:
    """Generate twice, side by side, and compare.

    Args:
        arguments: Further arguments of `python -m generator generate`.

    Returns:
        The exit code of the first generation, or 1 if the second gave other bytes.
    """
    began = time.monotonic()
    try:
        settings = config.load(Path.cwd())
    except config.ConfigError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as elsewhere:
        second = subprocess.Popen(
            [
                *(sys.executable, "-m", "generator", "generate"),
                *("--spec", str(Path(settings.spec).resolve())),
                *("--output", elsewhere, "--package", settings.package),
            ],
            cwd=elsewhere,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        first = subprocess.run(
            [sys.executable, "-m", "generator", "generate", *arguments],
            env={**os.environ, "PYTHONHASHSEED": "0"},
            check=False,
        )
        if first.returncode:
            second.kill()
        _, said = second.communicate()
        if first.returncode:
            return first.returncode
        if second.returncode:
            sys.stderr.write(said.decode(errors="replace"))
            return second.returncode
        return _compare(settings, Path(elsewhere), began)


def _compare(settings: config.Config, elsewhere: Path, began: float) -> int:
    written = output.read_package(Path(settings.output) / settings.package)
    again = output.read_package(elsewhere / settings.package)
    ours = {path: each for path, each in written.files.items() if path not in written.foreign_files}
    difference = output.compare(ours, again.files)
    if difference:
        sys.stderr.write(output.diff(ours, again.files, settings.package))
        print("two generations of one document differ; this is a fault of the generator")
        return 1
    seconds = time.monotonic() - began
    print(f"{settings.output}/{settings.package}: generated twice, same bytes, {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
