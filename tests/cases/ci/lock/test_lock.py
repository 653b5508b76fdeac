"""`make lock` writes all lock files or none, the largest group first."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.stand_in import program

FILES = (
    "tests/mutation/requirements.txt",
    "tests/requirements.txt",
    "generator/requirements.txt",
    "tests/bench/requirements.txt",
    "tests/devpi/requirements.txt",
    "tests/spark/requirements.txt",
)
UV = """\
echo "$*" >>"$CALLS"
while [ "$1" != --output-file ]; do shift; done
case $2 in *${FAILS:-nothing}*) echo 'no solution' >&2; exit 1;; esac
echo "# new" >"$2"
"""


@pytest.fixture
def lock_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the Makefile, lock files, and a program in place of uv."""
    root = tmp_path / "project"
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("# old\n", "utf-8")
    text = (ROOT / "Makefile").read_text("utf-8")
    (root / "Makefile").write_text(text.replace("lock: venv-tests ", "lock: "), "utf-8")
    (root / ".venv" / "bin").mkdir(parents=True)
    program(root / ".venv" / "bin" / "uv", UV)
    monkeypatch.setenv("CALLS", str(root / "calls"))
    return root


def lock(root: Path, *arguments: str) -> int:
    make = shutil.which("make")
    assert make
    return subprocess.run(
        [make, "--silent", "lock", *arguments], cwd=root, capture_output=True, check=False
    ).returncode


def contents(root: Path) -> set[str]:
    return {(root / name).read_text("utf-8") for name in FILES}


def calls(root: Path) -> list[str]:
    return (root / "calls").read_text("utf-8").splitlines()


def test_largest_group_is_compiled_first_and_constrains_the_others(lock_folder: Path) -> None:
    assert lock(lock_folder) == 0
    assert contents(lock_folder) == {"# new\n"}
    groups = [each.partition("--group ")[2].split()[0] for each in calls(lock_folder)]
    assert groups == ["mutation", "tests", "generator", "bench", "devpi", "spark"]
    assert ["--constraint" in each for each in calls(lock_folder)] == [
        False,
        True,
        True,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("failing", ["mutation/", "devpi/", "generator/"])
def test_group_that_cannot_be_compiled_leaves_all_files(
    lock_folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    monkeypatch.setenv("FAILS", failing)
    assert lock(lock_folder) == 2
    assert contents(lock_folder) == {"# old\n"}


@pytest.mark.parametrize(
    ("upgrade", "option"),
    [
        ("UPGRADE=1", " --upgrade "),
        ("UPGRADE=ruff", " --upgrade-package ruff "),
        ("UPGRADE=ruff mypy", " --upgrade-package ruff --upgrade-package mypy "),
    ],
)
def test_upgrade_moves_all_packages_or_some(lock_folder: Path, upgrade: str, option: str) -> None:
    known = lock_folder / "tests" / "mutation" / "requirements.txt"
    known.write_text("mypy==1.0\nruff==0.1\n", "utf-8")
    assert lock(lock_folder, upgrade) == 0
    assert all(option in each for each in calls(lock_folder))


@pytest.mark.parametrize("name", ["rough", "ruf", "ruff rough"])
def test_upgrade_of_a_package_that_no_file_has_fails(lock_folder: Path, name: str) -> None:
    known = lock_folder / "tests" / "mutation" / "requirements.txt"
    known.write_text("ruff==0.1\n", "utf-8")
    assert lock(lock_folder, f"UPGRADE={name}") == 2
    assert known.read_text("utf-8") == "ruff==0.1\n"
    assert not (lock_folder / "calls").exists()
