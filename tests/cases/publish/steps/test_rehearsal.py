"""The steps of a rehearsal with a faulty index, build or program."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.release import build, gate, proof, rehearsal
from generator.release.build import Built
from generator.release.failures import Exit, ReleaseError
from generator.release.gate import Gate
from generator.release.target import Target
from tests.support.cli import Project
from tests.support.server import Answer, Recorded, Server, text_answer
from tests.support.stand_in import program

NAMES = ("pets-1.0.0.tar.gz", "pets-1.0.0-py3-none-any.whl")


def python_does(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    monkeypatch.setattr(sys, "executable", str(program(folder / "python", script)))


@pytest.fixture
def port_of(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server in place of the index, whose own process serves nothing."""
    monkeypatch.setattr(rehearsal, "_free_port", lambda: int(server.url.rpartition(":")[2]))
    return server


def test_index_that_does_not_start_is_unreachable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python_does(monkeypatch, tmp_path, "exit 1")
    monkeypatch.setattr(rehearsal, "_password_hash", str)
    with (
        pytest.raises(ReleaseError, match="the index of the rehearsal did not start") as caught,
        rehearsal.index(tmp_path / "index"),
    ):
        pass
    assert caught.value.code is Exit.UNREACHABLE


def test_index_is_awaited_and_killed_if_it_does_not_terminate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port_of: Server
) -> None:
    answers = iter([Answer(status=503), Answer(status=200)])

    def health(_: Recorded) -> Answer:
        return next(answers)

    port_of.on("/health", health)
    python_does(monkeypatch, tmp_path, "trap '' TERM; exec sleep 60")
    monkeypatch.setattr(rehearsal, "_password_hash", str)
    monkeypatch.setattr(rehearsal, "_STOP_TIMEOUT", 0.05)
    with rehearsal.index(tmp_path / "index") as running:
        assert running.index_url == f"{port_of.url}/simple/"
    assert next(answers, None) is None


def test_consumer_runs_in_isolated_mode_with_warnings_as_errors(tmp_path: Path) -> None:
    python = program(tmp_path / "python", 'echo "$@"; pwd')
    output = rehearsal.consume(python, Path("use.py"), tmp_path)
    assert output == f"-I -W error use.py\n{tmp_path}\n"


@pytest.mark.parametrize(
    ("script", "output"),
    [
        ("echo Traceback >&2; echo 'KeyError: 1' >&2; exit 1", "KeyError: 1"),
        ("exit 1", "no error output"),
    ],
)
def test_failing_consumer_is_reported_with_its_last_line(
    tmp_path: Path, script: str, output: str
) -> None:
    python = program(tmp_path / "python", script)
    with pytest.raises(ReleaseError) as caught:
        rehearsal.consume(python, Path("use.py"), tmp_path)
    assert caught.value.code is Exit.UNPROVEN
    assert str(caught.value) == f"use.py fails with the installed package: {output}"


@pytest.fixture
def rehearsed_project(
    new_project: Project, monkeypatch: pytest.MonkeyPatch, server: Server
) -> Project:
    """A project whose files are on the index already, and that the gate would reject."""
    files = [new_project.root / name for name in NAMES]
    for file in files:
        file.write_text(file.name, "utf-8")
    links = [f'<a href="{each}#sha256={digest(each)}">{each}</a>' for each in NAMES]
    server.on("/simple/pets/", text_answer("".join(links), content_type="text/html"))

    @contextmanager
    def index(_: Path) -> Generator[Target, None, None]:
        yield Target(server.url, f"{server.url}/simple/")

    def build_result(*_: object) -> Built:
        return Built(files[1], files[0], "1.0.0")

    def verify_installation(*_: object) -> Path:
        return program(new_project.root / "python", "echo used")

    def check(*_: object) -> Gate:
        return Gate(None, "", (), None, ("not committed: notes.txt",))

    monkeypatch.setattr(rehearsal, "index", index)
    monkeypatch.setattr(build, "build", build_result)
    monkeypatch.setattr(proof, "verify_installation", verify_installation)
    monkeypatch.setattr(gate, "check", check)
    path = new_project.root / "pyproject.toml"
    path.write_text(f'[project]\nname = "pets"\n\n{path.read_text("utf-8")}', "utf-8")
    return new_project


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("consumer", ["", "use.py"])
def test_rehearsal_runs_from_end_to_end(rehearsed_project: Project, consumer: str) -> None:
    path = rehearsed_project.root / "pyproject.toml"
    path.write_text(f'{path.read_text("utf-8")}consumer = "{consumer}"\n', "utf-8")
    ended = rehearsed_project.run("publish-rehearsal")
    assert (ended.code, ended.err) == (0, "")
    lines = [line for line in ended.out.splitlines() if not line.startswith(("dist/", "    --"))]
    assert lines[0] == "would be rejected: not committed: notes.txt"
    assert lines[1].startswith("started a temporary index at http://127.0.0.1:")
    assert lines[2:] == [
        *(f"already on the index, with the same bytes: {name}" for name in NAMES),
        "installed from the index and verified: pets 1.0.0",
        "built again: the same bytes, nothing to upload",
        *(["used"] if consumer else []),
        "stopped the index",
    ]
