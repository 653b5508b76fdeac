"""Program of `make generate`: generate twice, and compare the bytes.

A second process generates the same document at the same time, with another hash seed, from another
working directory and into another folder. Both must write the same bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from . import config, output

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str]) -> int:
    """Generate twice at the same time, and compare.

    Args:
        arguments: Further arguments of `python -m generator generate`.

    Returns:
        The exit code of the generation, or 1 if the second one wrote other bytes.
    """
    began = time.monotonic()
    try:
        settings = config.load(Path.cwd())
    except config.ConfigError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        keys = [
            *(f'{key} = "{getattr(settings, key)}"' for key in ("names", "command", "http")),
            f"docs = {str(settings.docs).lower()}",
        ]
        rules = "\n".join(["[tool.generator]", *keys, ""])
        (Path(folder) / "pyproject.toml").write_text(rules, "utf-8")
        second = subprocess.Popen(
            [
                *(sys.executable, "-m", "generator", "generate"),
                *("--spec", str(Path(settings.spec).resolve())),
                *("--output", folder, "--package", settings.package),
            ],
            cwd=folder,
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
        _, errors = second.communicate()
        if first.returncode:
            return first.returncode
        if second.returncode:
            sys.stderr.write(errors.decode(errors="replace"))
            return second.returncode
        return _compare(settings, Path(folder), began)


def _compare(settings: config.Config, folder: Path, began: float) -> int:
    for name in (settings.package, "docs") if settings.docs else (settings.package,):
        first = output.read_package(Path(settings.output) / name)
        second = output.read_package(folder / name)
        ours = {path: each for path, each in first.files.items() if path not in first.foreign_files}
        if output.compare(ours, second.files):
            sys.stderr.write(output.diff(ours, second.files, name))
            print("two generations of one document differ: this is a bug in the generator")
            return 1
    seconds = time.monotonic() - began
    print(f"{settings.output}/{settings.package}: generated twice, same bytes, {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
