"""The same document gives the same bytes, wherever and whenever it is generated."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import Project, contents
from tests.support.paths import PACKAGE, ROOT, SPEC


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Another folder, without any configuration."""
    root = tmp_path / "else where"
    root.mkdir()
    return Project(root, monkeypatch.chdir)


def ours() -> dict[str, bytes]:
    return {path: each for path, each in contents(PACKAGE).items() if "__pycache__" not in path}


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "4242"])
def test_from_another_directory_with_another_hash_seed(elsewhere: Project, seed: str) -> None:
    ended = elsewhere.run_apart("generate", "--spec", str(SPEC), "--output", "out", seed=seed)
    assert ended.code == 0, ended.err
    assert contents(elsewhere.root / "out" / "losant_audit_log") == ours()


def test_a_second_time_in_one_process(elsewhere: Project) -> None:
    for _ in range(2):
        ended = elsewhere.run("generate", "--spec", str(SPEC), "--output", "out")
        assert ended.code == 0
        assert contents(elsewhere.root / "out" / "losant_audit_log") == ours()
        shutil.rmtree(elsewhere.root / "out")


def test_a_configuration_near_by_does_not_matter(elsewhere: Project) -> None:
    (elsewhere.root / "ruff.toml").write_text("line-length = 40\n", "utf-8")
    ended = elsewhere.run("generate", "--spec", str(SPEC), "--output", ".")
    assert ended.code == 0
    assert contents(elsewhere.root / "losant_audit_log") == ours()


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_on_another_python(elsewhere: Project, version: str, tmp_path: Path) -> None:
    """It makes an environment with that Python from the hashed requirements."""
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
    """Find a Python that really is of a version: names on PATH may only print an error."""
    beside = Path(sys.base_prefix).parent.glob(f"{version}.*/bin/python{version}")
    for name in (shutil.which(f"python{version}"), *map(str, beside)):
        if name is None or version in sys.version.split()[0]:
            continue
        asked = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
        done = subprocess.run(
            [name, "-I", "-c", asked], capture_output=True, text=True, check=False
        )
        if done.returncode == 0 and done.stdout.strip() == version:
            return name
    return None
