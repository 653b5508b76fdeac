"""A run of the tests in CI fails if it left anything out."""

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
def test_a_skip_fails_where_ci_is_set(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = run(tmp_path, *options, ci="true")
    assert done.returncode == 1, done.stdout
    assert "1 passed, 2 skipped" in done.stdout
    assert "no node here" in done.stdout
    assert "something was skipped: that is a failure" in done.stdout


def test_else_it_does_not(tmp_path: Path) -> None:
    done = run(tmp_path, ci="")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 2 skipped" in done.stdout


def test_our_tests_are_run_so() -> None:
    """`.ci/run` sets CI, and the conftest at the top looks at it."""
    assert "\nexport CI=true\n" in (ROOT / ".ci" / "run").read_text("utf-8")
    conftest = (ROOT / "tests" / "conftest.py").read_text("utf-8")
    assert "skips.pytest_sessionfinish(session)" in conftest
    assert "skips.pytest_terminal_summary(config)" in conftest
