"""The generator as a distribution of its own: built twice, installed, used."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from generator import __version__
from tests.support.paths import ROOT, SPEC

pytestmark = pytest.mark.long


def build(folder: Path) -> Path:
    """Build the wheel as `make build-generator` does, without network access."""
    subprocess.run(
        [
            *(sys.executable, "-m", "build", "--wheel", "--no-isolation"),
            *("--outdir", str(folder), str(ROOT / "generator")),
        ],
        env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the generator."""
    return build(tmp_path_factory.mktemp("wheel"))


def test_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "build", "--no-isolation"),
            *("--outdir", str(tmp_path), str(ROOT / "generator")),
        ],
        env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    [built] = tmp_path.glob("*.whl")
    assert built.read_bytes() == wheel.read_bytes()
    assert len(list(tmp_path.glob("openapi_httpx_generator-*.tar.gz"))) == 1


def test_wheel_is_reproducible(wheel: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == wheel.read_bytes()


def test_wheel_has_the_generator_and_no_files_of_the_project(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {"openapi_httpx_generator/__main__.py", "openapi_httpx_generator/lint/README.md"} <= {
        *names
    }
    assert any(name.endswith("client.py.jinja") for name in names)
    assert not any("pycache" in name or name.endswith("requirements.txt") for name in names)


def test_installed_generator_writes_the_same_package(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    project = tmp_path / "project"
    project.mkdir()

    def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        where = tmp_path / "installed" if module != "generator" else ROOT
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(where)},
            capture_output=True,
            text=True,
            check=False,
        )

    nameless = run("openapi_httpx_generator", "generate", "--spec", str(SPEC))
    assert (nameless.returncode, nameless.stderr.startswith("error: missing --package")) == (
        2,
        True,
    )
    assert run("openapi_httpx_generator", "init").returncode == 0
    assert run("openapi_httpx_generator", "check").stdout.endswith(
        "drift: run `openapi-httpx-generator generate` and commit the result\n"
    )
    done = run("openapi_httpx_generator", "generate")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 of 1 operations generated")
    shown = run("openapi_httpx_generator", "--help").stdout
    assert shown.startswith("usage: openapi-httpx-generator ")
    client = (project / "generated" / "project" / "client.py").read_text("utf-8")
    assert client.startswith("# Generated from openapi.yaml by `openapi-httpx-generator generate`.")
    differing = [
        line
        for line in run("generator", "check").stdout.splitlines()
        if re.match(r"[-+](?![-+])", line) and "Generated from" not in line and '": "' not in line
    ]
    assert differing == []


@pytest.mark.slow
def test_generator_and_client_are_installed_into_a_clean_environment(tmp_path: Path) -> None:
    """The sdist is installed, its console script generates, and pip installs the result."""

    def run(*command: object, folder: Path = tmp_path) -> str:
        return subprocess.run(
            [str(each) for each in command],
            cwd=folder,
            env={name: each for name, each in os.environ.items() if name != "PYTHONPATH"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    sources = ("--sdist", "--no-isolation", "--outdir", tmp_path / "built", ROOT / "generator")
    run(sys.executable, "-m", "build", *sources)
    [sdist] = (tmp_path / "built").iterdir()
    run(sys.executable, "-I", "-m", "venv", tmp_path / "venv")
    programs = tmp_path / "venv" / "bin"
    pip = (programs / "python", "-I", "-m", "pip", "install", "--quiet")
    run(*pip, "--disable-pip-version-check", sdist)
    project = tmp_path / "fleet"
    project.mkdir()
    generator = programs / "openapi-httpx-generator"
    assert run(generator, "--version") == f"openapi-httpx-generator {__version__}\n"
    run(generator, "init", folder=project)
    run(generator, "generate", folder=project)
    run("make", "check", f"PATH={programs}{os.pathsep}{os.environ['PATH']}", folder=project)
    run(*pip, "--disable-pip-version-check", "./generated", folder=project)
    program = "import fleet; print(fleet.Client(token='t').things, fleet.__version__)"
    assert run(programs / "python", "-I", "-c", program).endswith(" 1.0.0\n")
    run(programs / "python", "-I", "-m", "fleet.verify")


def test_requirements_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    generator = tomllib.loads((ROOT / "generator" / "pyproject.toml").read_text("utf-8"))
    needed = project["dependency-groups"]["generator"] + project["project"]["dependencies"]
    assert generator["project"]["dependencies"] == sorted(needed)
    extra = generator["project"]["optional-dependencies"]["release"]
    assert extra == project["dependency-groups"]["release"]
    assert generator["build-system"] == project["build-system"]
