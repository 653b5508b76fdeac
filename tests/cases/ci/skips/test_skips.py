"""In CI, a test run with skipped tests fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

SKIPPING = """
import pytest

def test_that_passes(): pass

@pytest.mark.skipif(True, reason='no node here')
def test_that_is_skipped(): pass
"""
LEFT_OUT = "import pytest\npytest.importorskip('no_such_module')\n"


def run(folder: Path, *options: str, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text("from tests.support.skips import *\n", "utf-8")
    (folder / "test_one.py").write_text(SKIPPING, "utf-8")
    (folder / "test_two.py").write_text(LEFT_OUT, "utf-8")
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-ra", "-c", os.devnull, "--rootdir=."),
            *("-p", "no:cacheprovider", f"--basetemp={folder / 'its'}", *options, "."),
        ],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "CI": ci,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
@pytest.mark.parametrize("options", [(), ("-p", "xdist.plugin", "-n1")], ids=["alone", "parallel"])
def test_skipped_test_fails_the_run_in_ci(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = run(tmp_path, *options, ci="true")
    assert done.returncode == 1, done.stdout
    assert "1 passed, 2 skipped" in done.stdout
    assert "no node here" in done.stdout
    assert "something was skipped: that is a failure" in done.stdout


def test_skipped_test_does_not_fail_the_run_outside_ci(tmp_path: Path) -> None:
    done = run(tmp_path, ci="")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 2 skipped" in done.stdout


def test_suite_of_this_project_fails_on_skips_in_ci() -> None:
    """`.ci/run` sets `CI`, and `tests/conftest.py` reads it."""
    assert "\nexport CI=true\n" in (ROOT / ".ci" / "run").read_text("utf-8")
    conftest = (ROOT / "tests" / "conftest.py").read_text("utf-8")
    assert "skips.pytest_sessionfinish(session)" in conftest
    assert "skips.pytest_terminal_summary(config)" in conftest
