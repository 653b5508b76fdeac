"""Identical bytes from the same document, wherever it is generated."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import Project, contents
from tests.support.paths import PACKAGE, ROOT, SPEC

pytestmark = pytest.mark.long


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Another directory, with the settings that the package has, and no others."""
    root = tmp_path / "else where"
    root.mkdir()
    command = '[tool.generator]\ncommand = "losant-audit-log"\nhttp = "httpx"\n'
    (root / "pyproject.toml").write_text(command, "utf-8")
    return Project(root, monkeypatch.chdir)


def ours() -> dict[str, bytes]:
    return {path: each for path, each in contents(PACKAGE).items() if "__pycache__" not in path}


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "4242"])
def test_working_directory_and_hash_seed_do_not_change_the_package(
    elsewhere: Project, seed: str
) -> None:
    ended = elsewhere.run_apart("generate", "--spec", str(SPEC), "--output", "out", seed=seed)
    assert ended.code == 0, ended.err
    assert contents(elsewhere.root / "out" / "losant_audit_log") == ours()


def test_second_generation_in_one_process_is_identical(elsewhere: Project) -> None:
    for _ in range(2):
        ended = elsewhere.run("generate", "--spec", str(SPEC), "--output", "out")
        assert ended.code == 0
        assert contents(elsewhere.root / "out" / "losant_audit_log") == ours()
        shutil.rmtree(elsewhere.root / "out")


def test_nearby_tool_configuration_does_not_change_the_package(elsewhere: Project) -> None:
    (elsewhere.root / "ruff.toml").write_text("line-length = 40\n", "utf-8")
    ended = elsewhere.run("generate", "--spec", str(SPEC), "--output", ".")
    assert ended.code == 0
    assert contents(elsewhere.root / "losant_audit_log") == ours()


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_python_version_does_not_change_the_package(
    elsewhere: Project, version: str, tmp_path: Path
) -> None:
    """The test makes an environment with that Python from the hashed requirements."""
    base = interpreter(version)
    if base is None:
        pytest.skip(f"Python {version} is not installed")
    venv = tmp_path / "venv"
    python = venv / "bin" / "python"
    requirements = ROOT / "generator" / "requirements.txt"
    subprocess.run([base, "-I", "-m", "venv", str(venv)], check=True)
    subprocess.run(
        [
            *(str(python), "-I", "-m", "pip", "install", "--quiet", "--require-hashes"),
            *("--disable-pip-version-check", "--requirement", str(requirements)),
        ],
        check=True,
    )
    ended = elsewhere.run_apart(
        "generate", "--spec", str(SPEC), "--output", "out", python=str(python)
    )
    assert ended.code == 0, ended.err
    assert contents(elsewhere.root / "out" / "losant_audit_log") == ours()


def interpreter(version: str) -> str | None:
    """Find a working Python of a version: names on PATH may be stubs that fail."""
    beside = Path(sys.base_prefix).parent.glob(f"{version}.*/bin/python{version}")
    for name in (shutil.which(f"python{version}"), *map(str, beside)):
        if name is None or version in sys.version.split()[0]:
            continue
        program = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
        done = subprocess.run(
            [name, "-I", "-c", program], capture_output=True, text=True, check=False
        )
        if done.returncode == 0 and done.stdout.strip() == version:
            return name
    return None
