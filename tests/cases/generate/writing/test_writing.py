"""Writing a package is atomic and leaves no temporary files."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import pytest

from generator import output
from generator.output.atomic_swap import swap_folders
from tests.support.cli import Project
from tests.support.paths import ROOT


class PowerCutError(BaseException):
    """An exception that the generator never catches."""


def cut_off(*_: Any) -> NoReturn:
    raise PowerCutError


def full(*_: Any) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["_fill", "_move_into_place", "swap_folders"])
def test_interrupted_writing_leaves_the_old_package(
    generated_project: Project, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    generated_project.edit("An animal.", "A tame animal.")
    before = generated_project.everything()
    with monkeypatch.context() as patch:
        patch.setattr(output, step, cut_off)
        with pytest.raises(PowerCutError):
            generated_project.run("generate")
    assert generated_project.everything() == before
    assert generated_project.run("generate").code == 0
    assert generated_project.run("check").code == 0


@pytest.mark.parametrize("step", ["_fill", "_move_into_place"])
def test_full_disk_is_reported_in_one_line(
    generated_project: Project, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    generated_project.edit("An animal.", "A tame animal.")
    before = generated_project.everything()
    monkeypatch.setattr(output, step, full)
    ended = generated_project.run("generate")
    assert (ended.code, ended.out) == (2, "")
    assert (
        ended.err == f"error: {Path('generated/pets')} cannot be written: No space left on device\n"
    )
    assert generated_project.everything() == before


def test_package_is_replaced_without_an_atomic_swap(
    generated_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: Any) -> bool:
        return False

    monkeypatch.setattr(output, "swap_folders", cannot)
    generated_project.edit("An animal.", "A tame animal.")
    assert generated_project.run("generate").code == 0
    assert generated_project.run("check").code == 0
    assert [path.name for path in generated_project.output.iterdir()] == ["pets"]


def test_failed_replacement_without_an_atomic_swap_restores_the_old_package(
    generated_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def fail_once_aside(path: Path, target: Path) -> Path:
        if target == Path("generated/pets") and path.name != "old":
            full()
        return rename(path, target)

    generated_project.edit("An animal.", "A tame animal.")
    before = generated_project.everything()
    monkeypatch.setattr(sys, "platform", "another")
    monkeypatch.setattr(Path, "rename", fail_once_aside)
    ended = generated_project.run("generate")
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "cannot be written: No space left on device" in ended.err
    assert generated_project.everything() == before


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_directories_are_swapped_completely_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    done = swap_folders(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b" if done else "a"]
    assert not swap_folders(tmp_path / "a", tmp_path / "nowhere")


def test_package_is_generated_without_file_locks(
    new_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert new_project.run("generate").code == 0
    assert new_project.run("check").code == 0


def test_nothing_is_left_outside_the_output_directory(new_project: Project) -> None:
    before = new_project.everything()
    assert new_project.run("generate").code == 0
    after = new_project.everything()
    assert {path for path in after if not path.startswith("generated/pets/")} == set(before)
    assert sorted(path.name for path in new_project.root.iterdir()) == [
        "generated",
        "pyproject.toml",
        "spec",
    ]


def test_output_and_package_options_are_respected(new_project: Project) -> None:
    ended = new_project.run("generate", "--output", "deep/er", "--package", "animals")
    assert ended.code == 0
    assert (new_project.root / "deep" / "er" / "animals" / "client.py").exists()
    assert not new_project.output.exists()
    options = ("--output", "deep/er", "--package", "animals")
    assert new_project.run("check", *options).code == 0


@pytest.mark.long
def test_concurrent_generators_leave_a_complete_package(generated_project: Project) -> None:
    generated_project.edit("An animal.", "A tame animal.")
    command = [sys.executable, "-m", "generator", "generate"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(
            command, cwd=generated_project.root, env=environment, stdout=subprocess.DEVNULL
        )
        for _ in range(2)
    ]
    assert [each.wait() for each in both] == [0, 0]
    assert generated_project.run("check").code == 0
    assert [path.name for path in generated_project.output.iterdir()] == ["pets"]


def test_file_in_place_of_the_package_is_an_error(new_project: Project) -> None:
    new_project.output.mkdir()
    new_project.package.write_text("mine\n", "utf-8")
    for command in ("generate", "check"):
        ended = new_project.run(command)
        assert ended.code == 2
        assert ended.err == (
            f"error: {Path('generated/pets')} is not a directory; "
            "move it, or choose another --output or --package\n"
        )
    assert new_project.package.read_text("utf-8") == "mine\n"


def test_symlink_in_place_of_the_package_is_an_error(new_project: Project, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    new_project.output.mkdir()
    new_project.package.symlink_to(target)
    ended = new_project.run("generate")
    assert ended.code == 2
    assert "is not a directory" in ended.err
    assert list(target.iterdir()) == []


def test_file_in_place_of_the_output_directory_is_an_error(new_project: Project) -> None:
    new_project.output.write_text("mine\n", "utf-8")
    ended = new_project.run("generate")
    assert ended.code == 2
    assert ended.err.startswith("error: ")
    assert ended.err.count("\n") == 1


def test_files_and_directories_are_readable_by_everyone(new_project: Project) -> None:
    old = os.umask(0o022)
    try:
        assert new_project.run("generate").code == 0
    finally:
        os.umask(old)
    assert stat.S_IMODE(new_project.package.stat().st_mode) == 0o755
    assert stat.S_IMODE((new_project.package / "client.py").stat().st_mode) == 0o644


def test_unchanged_files_keep_their_modification_time(generated_project: Project) -> None:
    unchanged = generated_project.package / "client.py"
    long_ago = time.time() - 1000
    os.utime(unchanged, (long_ago, long_ago))
    generated_project.edit("An animal.", "A tame animal.")
    assert generated_project.run("generate").code == 0
    assert unchanged.stat().st_mtime == pytest.approx(long_ago)
