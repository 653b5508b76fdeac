"""The package with the lowest and newest versions of its dependencies."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.support.paths import PACKAGE, ROOT

CONSUMER = ROOT / "tests" / "rehearsal" / "consumer.py"


def requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(each) for each in project["dependencies"]]


def lowest(requirement: Requirement) -> str:
    [bound] = [each.version for each in requirement.specifier if each.operator == ">="]
    return f"{requirement.name}=={bound}"


@pytest.mark.parametrize("requirement", requirements(), ids=lambda each: each.name)
def test_unknown_major_version_is_excluded(requirement: Requirement) -> None:
    [low] = [each.version for each in requirement.specifier if each.operator == ">="]
    [high] = [each.version for each in requirement.specifier if each.operator == "<"]
    assert Version(high) == Version(str(Version(low).major + 1))
    assert not requirement.specifier.contains(f"{high}.dev1", prereleases=True)


@pytest.mark.slow
@pytest.mark.parametrize("end", ["lowest", "newest"])
def test_consumer_runs_with_the_lowest_and_newest_versions(end: str, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-I", "-m", "venv", str(tmp_path / "venv")], check=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    wanted = [lowest(each) if end == "lowest" else str(each) for each in requirements()]
    install = [python, "-I", "-m", "pip", "install", "--quiet", "--upgrade"]
    subprocess.run([*install, "--disable-pip-version-check", *wanted], check=True)
    done = subprocess.run(
        [python, "-W", "error", str(CONSUMER)],
        env={"PYTHONPATH": str(PACKAGE.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.endswith(" as promised\n")
