"""Killed generation, which leaves the old or the new package."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from tests.support.cli import Project, contents
from tests.support.cut_short import Killed
from tests.support.paths import ROOT

pytestmark = pytest.mark.long

PARTS = 8  # of all steps, each some minutes


@pytest.fixture
def versions(generated_project: Project, tmp_path: Path) -> list[dict[str, bytes]]:
    """The existing package, and the one that the edited document produces."""
    (generated_project.package / "notes.txt").write_text("mine\n", "utf-8")
    old = generated_project.files()
    generated_project.edit("An animal.", "A tame animal.")
    generated_project.edit("operationId: pets.get", "operationId: cats.get")
    shutil.copytree(generated_project.root, tmp_path / "other")
    other = Project(tmp_path / "other", generated_project.change_folder)
    assert other.run("generate").code == 0
    generated_project.change_folder(generated_project.root)
    return [old, other.files()]


def kill_at(made: Project, versions: list[dict[str, bytes]], steps: list[int]) -> set[int]:
    """Kill at each of some steps; return the versions that were found afterwards."""
    found: set[int] = set()
    backup = made.root.parent / "backup"
    shutil.copytree(made.package, backup)
    with Killed(made.root) as killed:
        for step in steps:
            assert killed.at_step(step)
            now = made.files()
            assert now in versions
            found.add(versions.index(now))
            assert not killed.at_step(10_000)  # Nothing stands in the way of the next one.
            assert made.files() == versions[1]
            assert [path.name for path in made.output.iterdir()] == ["pets"]
            shutil.rmtree(made.package)
            shutil.copytree(backup, made.package)
    return found


def steps_of(made: Project) -> int:
    """Count the steps of a generation without completing it."""
    low, high = 1, 1_000
    while low < high:
        middle = (low + high + 1) // 2
        copy = made.root.parent / f"count{middle}"
        shutil.copytree(made.root, copy)
        with Killed(copy) as killed:
            low, high = (middle, high) if killed.at_step(middle) else (low, middle - 1)
        shutil.rmtree(copy)
    return low


def test_kill_in_the_middle_leaves_the_old_package(
    generated_project: Project, versions: list[dict[str, bytes]]
) -> None:
    assert kill_at(generated_project, versions, [40]) == {0}


def test_kill_after_the_swap_leaves_the_new_package(
    generated_project: Project, versions: list[dict[str, bytes]]
) -> None:
    """The last step deletes the old package."""
    program = (
        "import os, shutil, signal, sys\n"
        "from generator import output\n"
        "from generator.__main__ import main\n"
        "take = output._move_into_place\n"
        "def cut(*arguments):\n"
        "    take(*arguments)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "output._move_into_place = cut\n"
        "main(['generate'])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=generated_project.root, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert generated_project.files() == versions[1]
    assert generated_project.run("generate").code == 0
    assert [path.name for path in generated_project.output.iterdir()] == ["pets"]


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_kill_at_any_step_leaves_the_old_or_the_new_package(
    generated_project: Project, versions: list[dict[str, bytes]], part: int
) -> None:
    last = steps_of(generated_project)
    assert last > 60
    assert 0 in kill_at(generated_project, versions, list(range(part, last + 1, PARTS)))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_make_generate_killed_at_any_time_leaves_a_complete_package(
    generated_project: Project, versions: list[dict[str, bytes]]
) -> None:
    """All processes are killed at once, as when the machine shuts down."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    found: list[int] = []
    backup = contents(generated_project.package)
    for attempt in count():
        process = subprocess.Popen(
            [sys.executable, "-m", "generator.reproduce"],
            cwd=generated_project.root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(timeout=random.Random(attempt).uniform(0.2, 6))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        now = generated_project.files()
        assert now in versions
        found.append(versions.index(now))
        if attempt >= 30 and set(found) == {0, 1}:
            break
        if attempt % 3 == 2:  # Else the next one starts from what was left.
            shutil.rmtree(generated_project.package)
            for path, content in backup.items():
                (generated_project.package / path).parent.mkdir(parents=True, exist_ok=True)
                (generated_project.package / path).write_bytes(content)
    assert generated_project.run("generate").code == 0
    assert generated_project.run("check").code == 1  # The notes are not the generator's.
    assert generated_project.files() == versions[1]
