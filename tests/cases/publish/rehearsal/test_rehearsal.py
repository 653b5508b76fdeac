"""Rehearsal of a first release and of a breaking one.

The index is real and has a password. An independent program uses the package that is installed from
it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from generator.release import rehearsal
from generator.release.proof import from_index_alone
from generator.release.target import Target
from tests.support.cli import Ended, Project
from tests.support.editing import git
from tests.support.paths import ROOT
from tests.support.releases import prepare

FIRST, SECOND = "pets-1.0.0", "pets-2.0.0"
PROGRAM = """\
import httpx, pets
from pets.testing import mock_transport

answers = {"pets.get": {"name": "Rex", "nickname": "R"}}
http = httpx.Client(transport=mock_transport(answers=answers))
with http, pets.Client(http_client=http) as client:
    print(pets.__version__, hasattr(client.pets.get("rex"), "name"))
"""


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Target, None, None]:
    """An index that the environment variables name."""
    with rehearsal.index(tmp_path / "index") as running:
        monkeypatch.setenv("PUBLISH_URL", running.url)
        monkeypatch.setenv("PUBLISH_USERNAME", running.username)
        monkeypatch.setenv("PUBLISH_PASSWORD", running.password)
        yield running


def published_names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "index" / "files").iterdir())


def files(*releases: str) -> list[str]:
    return [f"{each}{suffix}" for each in releases for suffix in ("-py3-none-any.whl", ".tar.gz")]


def works(ended: Ended, index: Target) -> str:
    assert (ended.code, ended.err) == (0, ""), ended.err
    assert index.password not in ended.out
    return ended.out


def without_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the slow proof where it is not the subject of the test."""

    def nothing(*_: object) -> Path:
        return Path(sys.executable)

    monkeypatch.setattr("generator.release.proof.verify_installation", nothing)


def recorded_commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect the command lines of all subprocesses from now on."""
    commands: list[list[str]] = []
    start = subprocess.Popen.__init__

    def record_start(process: Any, command: list[str], *arguments: Any, **options: Any) -> None:
        commands.append(command)
        start(process, command, *arguments, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", record_start)
    return commands


def use(index: Target, wanted: str, folder: Path) -> str:
    """Install from the index like a user, run a program, and return its output."""
    install = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
        *("--target", str(folder), "--disable-pip-version-check", wanted),
    ]
    subprocess.run(install, env=from_index_alone(index, os.environ), check=True)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": str(folder), "PETS_API_TOKEN": "t"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.long
def test_release_is_published_installed_and_verified(
    ready: Project, index: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = recorded_commands(monkeypatch)
    output = works(ready.run("publish"), index)
    assert output.count("uploaded: ") == 2
    assert output.endswith("installed from the index and verified: pets 1.0.0\n")
    assert published_names(tmp_path) == files(FIRST)
    assert "download" in str(commands)
    assert index.password not in str(commands)
    assert use(index, "pets", tmp_path / "user") == "1.0.0 True\n"


@pytest.mark.slow
def test_breaking_change_is_published_as_a_major_version_only(
    ready: Project, index: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_proof(monkeypatch)
    works(ready.run("publish"), index)
    assert published_names(tmp_path) == files(FIRST)

    prepare(ready, "1.0.1", ("name: {type: string,", "nickname: {type: string,"))
    git(ready.root, "tag", "v1.0.1")
    ended = ready.run("publish")
    assert (ended.code, ended.err) == (1, "")
    assert "1.0.1 is too low for breaking changes; required version: 2.0.0" in ended.out
    assert published_names(tmp_path) == files(FIRST)

    git(ready.root, "tag", "--delete", "v1.0.1")
    prepare(ready, "2.0.0", old="1.0.1")
    git(ready.root, "tag", "v2.0.0")
    shutil.rmtree(ready.root / "dist")
    works(ready.run("publish"), index)
    assert published_names(tmp_path) == files(FIRST, SECOND)
    assert use(index, "pets<2", tmp_path / "cautious") == "1.0.0 True\n"
    assert use(index, "pets", tmp_path / "user") == "2.0.0 False\n"


@pytest.mark.slow
def test_repeated_publishing_completes_and_changes_nothing(
    ready: Project, index: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing files are uploaded, equal files are skipped, different files are rejected."""
    without_proof(monkeypatch)
    store = tmp_path / "index" / "files"
    works(ready.run("publish"), index)
    half = f"{FIRST}-py3-none-any.whl"
    (store / half).unlink()
    output = works(ready.run("publish"), index)
    assert f"uploaded: {half}" in output
    assert output.count("already on the index, with the same bytes: ") == 1
    output = works(ready.run("publish"), index)
    assert output.count("already on the index, with the same bytes: ") == 2

    prepare(ready, "1.0.1", ("An animal.", "A tame animal."))
    prepare(ready, "1.0.0", old="1.0.1")
    git(ready.root, "tag", "--force", "v1.0.0")
    before = {path: path.read_bytes() for path in store.iterdir()}
    ended = ready.run("publish")
    assert ended.code == 6
    assert ended.err.startswith("error: the index has pets-1.0.0")
    assert {path: path.read_bytes() for path in store.iterdir()} == before


@pytest.mark.slow
def test_release_of_this_project_can_be_rehearsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Like `make publish-rehearsal`, with the consumer program and its own API server."""
    root = tmp_path / "project"
    names = ("spec", "generated", "tests/rehearsal")
    for each in names:
        shutil.copytree(ROOT / each, root / each, ignore=shutil.ignore_patterns("__pycache__"))
    for each in ("pyproject.toml", "LICENSE", "CHANGELOG.md"):
        shutil.copy(ROOT / each, root)
    git(root, "init", "--quiet")
    ended = Project(root, monkeypatch.chdir).run("publish-rehearsal")
    assert (ended.code, ended.err) == (0, "")
    assert "would be rejected: not committed: " in ended.out
    assert "installed from the index and verified: losant-audit-log " in ended.out
    assert ended.out.splitlines()[-2].endswith(" as promised")
    assert ended.out.splitlines()[-1] == "stopped the index"
