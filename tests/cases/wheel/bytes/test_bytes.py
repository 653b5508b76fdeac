"""Reproducible builds: at any time, on any Python, and from the sdist."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.support.paths import ROOT

pytestmark = pytest.mark.long

PYTHONS = ("3.11", "3.12", "3.13")
INSIDE = {"LICENSE", "PKG-INFO", "pyproject.toml", ".gitignore"}


def build(source: Path, target: Path, python: str = sys.executable, **environment: str) -> Path:
    """Build a wheel and an sdist; return their directory."""
    subprocess.run(
        [python, "-m", "build", "--no-isolation", "--outdir", str(target), str(source)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return target


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def distribution_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the wheel and the sdist."""
    return build(ROOT, tmp_path_factory.mktemp("built"))


def unpack(built: Path, folder: Path) -> Path:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return folder / sdist.name.removesuffix(".tar.gz")


def test_sdist_has_only_the_inputs_of_the_wheel(distribution_folder: Path, tmp_path: Path) -> None:
    root = unpack(distribution_folder, tmp_path)
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert {each for each in found if "/" not in each} == INSIDE
    assert all(each.startswith("generated/losant_audit_log/") for each in found - INSIDE)


def test_sdist_builds_the_same_wheel(distribution_folder: Path, tmp_path: Path) -> None:
    again = contents(build(unpack(distribution_folder, tmp_path / "sdist"), tmp_path / "again"))
    assert again == contents(distribution_folder)


@pytest.mark.slow
def test_time_and_directory_do_not_change_the_wheel(
    distribution_folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere" / "project"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "generated", copy / "generated", ignore=ignored)
    for name in ("pyproject.toml", "LICENSE", ".gitignore"):
        shutil.copyfile(ROOT / name, copy / name)
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
    again = build(copy, tmp_path / "again", TZ="Asia/Tokyo", PYTHONHASHSEED="7", LC_ALL="C")
    assert contents(again) == contents(distribution_folder)


@pytest.mark.slow
@pytest.mark.parametrize("version", PYTHONS)
def test_python_version_does_not_change_the_wheel(
    distribution_folder: Path, tmp_path: Path, version: str
) -> None:
    python = interpreter(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    subprocess.run([python, "-I", "-m", "venv", str(tmp_path / "venv")], check=True)
    inside = str(tmp_path / "venv" / "bin" / "python")
    requirements = str(ROOT / "tests" / "requirements.txt")
    pins = [
        line.split()[0]
        for line in Path(requirements).read_text("utf-8").splitlines()
        if line.startswith(("build==", "hatchling=="))
    ]
    subprocess.run(
        [
            inside,
            "-I",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--constraint",
            pinned_versions(tmp_path),
            *pins,
        ],
        check=True,
    )
    assert contents(build(ROOT, tmp_path / "again", inside)) == contents(distribution_folder)


def pinned_versions(folder: Path) -> str:
    """Return a file with the versions of the requirements, without hashes."""
    lines = (ROOT / "tests" / "requirements.txt").read_text("utf-8").splitlines()
    pins = [line.removesuffix(" \\") for line in lines if line[:1].isalpha() and "[" not in line]
    (folder / "constraints.txt").write_text("\n".join(pins), "utf-8")
    return str(folder / "constraints.txt")


def interpreter(version: str) -> str | None:
    """Find a working Python; version managers put broken names on PATH."""
    managed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    places = [*sorted(managed.glob(f"{version}.*/bin/python")), shutil.which(f"python{version}")]
    for place in filter(None, places):
        done = subprocess.run(
            [str(place), "-I", "-c", "import venv"], capture_output=True, check=False
        )
        if done.returncode == 0:
            return str(place)
    return None
