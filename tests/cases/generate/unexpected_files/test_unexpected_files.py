"""Files in the package that the generator did not write."""

from __future__ import annotations

import errno
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.cli import Project


def stray(project: Project, name: str = "notes.txt", text: str = "mine\n") -> Path:
    path = project.package / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", ["notes.txt", "extra.py", "deep/er/file.py", ".hidden"])
def test_check_fails_and_names_the_unexpected_file(generated_project: Project, name: str) -> None:
    stray(generated_project, name)
    ended = generated_project.run("check")
    assert ended.code == 1
    assert f"unexpected:\n  {name}\n" in ended.out


@pytest.mark.parametrize("name", ["notes.txt", "extra.py", "deep/er/file.py", ".hidden"])
def test_generate_lists_and_keeps_the_unexpected_file(
    generated_project: Project, name: str
) -> None:
    path = stray(generated_project, name)
    for description in ("A tame animal.", "A wild animal."):
        generated_project.spec.write_text(
            generated_project.spec.read_text("utf-8").replace("An animal.", description)
        )
        ended = generated_project.run("generate")
        assert ended.code == 0
        assert ended.err.splitlines() == [
            "left unchanged, because they are not generated:",
            f"  {name}",
        ]
    assert path.read_text("utf-8") == "mine\n"


def test_unexpected_file_is_not_counted_in_the_diffstat(generated_project: Project) -> None:
    stray(generated_project)
    assert generated_project.run("generate").out.startswith("nothing changed\n")


def test_unexpected_symlink_is_neither_followed_nor_replaced(
    generated_project: Project, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.py"
    elsewhere.write_text("mine\n", "utf-8")
    link = generated_project.package / "link.py"
    link.symlink_to(elsewhere)
    generated_project.edit("An animal.", "A tame animal.")
    assert "unexpected:\n  link.py\n" in generated_project.run("check").out
    assert generated_project.run("generate").code == 0
    assert link.readlink() == elsewhere
    assert elsewhere.read_text("utf-8") == "mine\n"


def test_generated_file_replaced_by_a_symlink_is_an_edit(
    generated_project: Project, tmp_path: Path
) -> None:
    ours = generated_project.package / "client.py"
    elsewhere = tmp_path / "elsewhere.py"
    ours.rename(elsewhere)
    ours.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    assert generated_project.run("check").code == 1
    assert generated_project.run("generate").code == 1
    assert generated_project.run("generate", "--force").code == 0
    assert not ours.is_symlink()
    assert elsewhere.read_bytes() == before


def test_python_caches_are_ignored(generated_project: Project) -> None:
    stray(generated_project, "__pycache__/client.cpython-311.pyc")
    stray(generated_project, "resources/__pycache__/pets.cpython-311.pyc")
    assert generated_project.run("check").code == 0
    ended = generated_project.run("generate")
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_files_ignored_by_git_are_ignored_and_kept(generated_project: Project) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=generated_project.root, check=True)
    (generated_project.root / ".gitignore").write_text("*.log\n/generated/pets/private/\n", "utf-8")
    ignored = [
        stray(generated_project, "today.log"),
        stray(generated_project, "private/notes with blanks.txt"),
    ]
    assert generated_project.run("check").code == 0
    generated_project.edit("An animal.", "A tame animal.")
    ended = generated_project.run("generate")
    assert (ended.code, ended.err) == (0, "")
    assert all(path.read_text("utf-8") == "mine\n" for path in ignored)


def test_other_package_in_the_output_directory_is_not_touched(generated_project: Project) -> None:
    neighbor = generated_project.output / "others" / "__init__.py"
    neighbor.parent.mkdir()
    neighbor.write_text("mine\n", "utf-8")
    generated_project.edit("An animal.", "A tame animal.")
    assert generated_project.run("check").code == 1
    assert generated_project.run("generate").code == 0
    assert generated_project.run("check").code == 0
    assert neighbor.read_text("utf-8") == "mine\n"


def test_package_that_cannot_be_read_is_an_error(
    generated_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def reject_read(path: Path) -> bytes:
        if path.parts[-2:] == ("pets", "models.py"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", reject_read)
    ended = generated_project.run("check")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith("pets/models.py cannot be read: Permission denied\n")
