"""Output directories with links, foreign files, git repositories or unusual names."""

from __future__ import annotations

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator import output
from tests.support.cli import Project, contents, project

IDENTITY = ["-c", "user.name=a", "-c", "user.email=a@b"]


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false")
    done = subprocess.run(
        ["git", *who, *arguments],
        cwd=folder,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_symlink_in_place_of_a_package_directory_is_not_followed(
    made: Project, tmp_path: Path
) -> None:
    """The target of the link does not belong to the generator, whatever is in it."""
    outside = tmp_path / "outside"
    shutil.move(made.package / "resources", outside)
    (made.package / "resources").symlink_to(outside)
    before = contents(outside)
    ended = made.run("generate")
    assert ended.code == 1
    assert f"  {Path('generated', 'pets', 'resources')}\n" in ended.err
    assert made.run("generate", "--force").code == 0
    assert not (made.package / "resources").is_symlink()
    assert made.run("check").code == 0
    assert contents(outside) == before


def test_symlink_in_place_of_a_package_file_is_not_followed(made: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text("mine\n", "utf-8")
    (made.package / "models.py").unlink()
    (made.package / "models.py").symlink_to(outside)
    assert made.run("generate").code == 1
    assert made.run("generate", "--force").code == 0
    assert made.run("check").code == 0
    assert outside.read_text("utf-8") == "mine\n"


def test_foreign_symlink_is_kept(made: Project, tmp_path: Path) -> None:
    (made.package / "notes").symlink_to(tmp_path / "nowhere")
    made.edit("An animal.", "A tame animal.")
    assert made.run("generate").code == 0
    assert (made.package / "notes").readlink() == tmp_path / "nowhere"


def test_output_directory_may_be_a_symlink(made: Project, tmp_path: Path) -> None:
    """The maintainer made the link; the document has no influence on its target."""
    shutil.move(made.output, tmp_path / "elsewhere")
    made.output.symlink_to(tmp_path / "elsewhere")
    made.edit("An animal.", "A tame animal.")
    assert made.run("generate").code == 0
    assert made.run("check").code == 0
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["pets"]


def test_directory_in_place_of_a_package_file_is_an_error(made: Project) -> None:
    (made.package / "models.py").unlink()
    (made.package / "models.py").mkdir()
    (made.package / "models.py" / "mine.txt").write_text("mine\n", "utf-8")
    before = made.everything()
    ended = made.run("generate")
    assert ended.code == 2
    assert ended.err.startswith(f"error: {Path('generated/pets')} cannot be written: ")
    assert ended.err.count("\n") == 1
    assert made.everything() == before


def test_generate_does_not_disturb_a_git_worktree(made: Project) -> None:
    """Neither the index nor staged, edited and untracked files, there and beside the package."""
    git(made.root, "init", "--quiet", "--initial-branch=main")
    git(made.root, "add", "--all")
    git(made.root, "commit", "--quiet", "--message=first")
    (made.root / "staged.txt").write_text("staged\n", "utf-8")
    git(made.root, "add", "staged.txt")
    (made.root / "spec" / "untracked.txt").write_text("mine\n", "utf-8")
    (made.package / "untracked.txt").write_text("mine\n", "utf-8")
    made.edit("An animal.", "A tame animal.")
    before = set(git(made.root, "status", "--porcelain").splitlines())
    head = git(made.root, "rev-parse", "HEAD")
    assert made.run("generate").code == 0
    after = set(git(made.root, "status", "--porcelain").splitlines())
    assert before < after
    changed = {line[3:] for line in after - before}
    names = ("manifest.json", "models.py", "openapi.yaml")
    assert changed == {f"generated/pets/{name}" for name in names}
    assert git(made.root, "rev-parse", "HEAD") == head


def test_package_that_is_a_git_worktree_stays_a_git_worktree(made: Project) -> None:
    git(made.package, "init", "--quiet", "--initial-branch=main")
    git(made.package, "add", "--all")
    git(made.package, "commit", "--quiet", "--message=first")
    made.edit("An animal.", "A tame animal.")
    assert made.run("generate").code == 0
    assert git(made.package, "fsck", "--strict") == ""
    changed = {line[3:] for line in git(made.package, "status", "--porcelain").splitlines()}
    assert changed == {"manifest.json", "models.py", "openapi.yaml"}


def test_line_endings_converted_by_git_are_drift_but_no_edits(made: Project) -> None:
    """`check` compares bytes; `generate` restores its own line endings."""
    as_made = made.files()
    for path, content in as_made.items():
        (made.package / path).write_bytes(content.replace(b"\n", b"\r\n"))
    assert made.run("check").code == 1
    assert made.run("generate").code == 0
    assert made.files() == as_made
    assert made.run("check").code == 0


def test_line_endings_of_the_document_do_not_change_the_code(made: Project) -> None:
    as_made = made.files()
    made.spec.write_bytes(made.spec.read_bytes().replace(b"\n", b"\r\n"))
    assert made.run("generate").code == 0
    now = made.files()
    assert now.keys() == as_made.keys()
    assert {path for path in now if now[path] != as_made[path]} == {"manifest.json", "openapi.yaml"}


def test_position_of_a_problem_does_not_depend_on_line_endings(new_project: Project) -> None:
    new_project.edit("type: object", "type: objekt")
    lines = new_project.run("lint").err
    new_project.spec.write_bytes(new_project.spec.read_bytes().replace(b"\n", b"\r\n"))
    assert new_project.run("lint").err == lines
    assert "openapi.yaml:28:13: error T501" in lines


NAMES = ["with blanks", "übergrößen 日本", "quo'te\"s $HOME `x` {{ y }}", "-x"]


@pytest.mark.parametrize("name", NAMES)
def test_paths_may_contain_any_characters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made = _named(tmp_path, monkeypatch, name)
    for command in ("generate", "check"):
        ended = made.run(command, f"--spec=./{name}.yaml", f"--output=./{name}")
        assert ended.code == 0, ended.err
    assert (made.root / name / "pets" / "client.py").is_file()


def test_paths_may_contain_any_characters_in_an_ascii_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _named(tmp_path, monkeypatch, NAMES[1])
    monkeypatch.setenv("LC_ALL", "C")
    ended = made.run_apart("generate", f"--spec={NAMES[1]}.yaml", f"--output={NAMES[1]}")
    assert ended.code == 0, ended.err
    assert (made.root / NAMES[1] / "pets" / "client.py").is_file()


def _named(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Project:
    made = project(folder / name / name, monkeypatch.chdir)
    shutil.copy(made.spec, made.root / f"{name}.yaml")
    return made


def test_file_name_that_is_not_utf_8_is_escaped_in_the_output(made: Project) -> None:
    """File names are bytes, and terminals interpret some of them."""
    try:
        name = os.fsdecode(b"x\xff\x1b[2J.txt")
        (made.package / name).write_text("mine\n", "utf-8")
    except OSError:  # This file system has no such names; any other will do.
        name = "x.txt"
        (made.package / name).write_text("mine\n", "utf-8")
    ended = made.run("generate")
    assert ended.code == 0
    assert "\x1b" not in ended.err
    ended = made.run("check")
    assert ended.code == 1
    assert "unexpected:\n  x" in ended.out
    assert "\x1b" not in ended.out
    assert (made.package / name).read_text("utf-8") == "mine\n"


def test_last_of_two_concurrent_generators_leaves_a_complete_package(made: Project) -> None:
    """Two documents and two generators: the last output is complete."""
    old = output.read_package(made.package)
    made.edit("operationId: pets.get", "operationId: cats.get")
    assert made.run("generate").code == 0
    output.replace(made.package, old.files, old)
    now = output.read_package(made.package)
    assert now.files == old.files


def test_edit_during_generation_is_not_overwritten(made: Project) -> None:
    old = output.read_package(made.package)
    new = {**old.files, "models.py": b"new\n"}
    (made.package / "models.py").write_text("mine\n", "utf-8")
    with pytest.raises(output.OutputError, match="was edited during generation"):
        output.replace(made.package, new, old)
    assert (made.package / "models.py").read_text("utf-8") == "mine\n"
    assert [path.name for path in made.output.iterdir()] == ["pets"]


def test_leftover_of_a_killed_run_is_removed_even_if_nothing_changed(made: Project) -> None:
    leftover = made.output / ".generating-killed"
    (leftover / "pets").mkdir(parents=True)
    (leftover / "pets" / "models.py").write_text("half\n", "utf-8")
    ended = made.run("generate")
    assert (ended.code, ended.err) == (0, "")
    assert [path.name for path in made.output.iterdir()] == ["pets"]


def test_package_is_read_while_other_generators_replace_it(made: Project) -> None:
    old = output.read_package(made.package)
    new = {path: content for path, content in old.files.items() if "resources" not in path}

    def replace(times: int) -> None:
        for number in range(times):
            files = new if number % 2 else old.files
            output.replace(made.package, files, output.read_package(made.package))

    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(replace, 10) for _ in range(2)]
        while not all(each.done() for each in writers):
            assert set(output.read_package(made.package).files) in ({*old.files}, {*new})
        for each in writers:
            each.result()
