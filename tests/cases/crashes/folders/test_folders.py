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

pytestmark = pytest.mark.long

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
    generated_project: Project, tmp_path: Path
) -> None:
    """The target of the link does not belong to the generator, whatever is in it."""
    outside = tmp_path / "outside"
    shutil.move(generated_project.package / "resources", outside)
    (generated_project.package / "resources").symlink_to(outside)
    before = contents(outside)
    ended = generated_project.run("generate")
    assert ended.code == 1
    assert f"  {Path('generated', 'pets', 'resources')}\n" in ended.err
    assert generated_project.run("generate", "--force").code == 0
    assert not (generated_project.package / "resources").is_symlink()
    assert generated_project.run("check").code == 0
    assert contents(outside) == before


def test_symlink_in_place_of_a_package_file_is_not_followed(
    generated_project: Project, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text("mine\n", "utf-8")
    (generated_project.package / "models.py").unlink()
    (generated_project.package / "models.py").symlink_to(outside)
    assert generated_project.run("generate").code == 1
    assert generated_project.run("generate", "--force").code == 0
    assert generated_project.run("check").code == 0
    assert outside.read_text("utf-8") == "mine\n"


def test_foreign_symlink_is_kept(generated_project: Project, tmp_path: Path) -> None:
    (generated_project.package / "notes").symlink_to(tmp_path / "nowhere")
    generated_project.edit("An animal.", "A tame animal.")
    assert generated_project.run("generate").code == 0
    assert (generated_project.package / "notes").readlink() == tmp_path / "nowhere"


def test_output_directory_may_be_a_symlink(generated_project: Project, tmp_path: Path) -> None:
    """The maintainer made the link; the document has no influence on its target."""
    shutil.move(generated_project.output, tmp_path / "elsewhere")
    generated_project.output.symlink_to(tmp_path / "elsewhere")
    generated_project.edit("An animal.", "A tame animal.")
    assert generated_project.run("generate").code == 0
    assert generated_project.run("check").code == 0
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["pets"]


def test_directory_in_place_of_a_package_file_is_an_error(generated_project: Project) -> None:
    (generated_project.package / "models.py").unlink()
    (generated_project.package / "models.py").mkdir()
    (generated_project.package / "models.py" / "mine.txt").write_text("mine\n", "utf-8")
    before = generated_project.everything()
    ended = generated_project.run("generate")
    assert ended.code == 2
    assert ended.err.startswith(f"error: {Path('generated/pets')} cannot be written: ")
    assert ended.err.count("\n") == 1
    assert generated_project.everything() == before


def test_generate_does_not_disturb_a_git_worktree(generated_project: Project) -> None:
    """Neither the index nor staged, edited and untracked files, there and beside the package."""
    git(generated_project.root, "init", "--quiet", "--initial-branch=main")
    git(generated_project.root, "add", "--all")
    git(generated_project.root, "commit", "--quiet", "--message=first")
    (generated_project.root / "staged.txt").write_text("staged\n", "utf-8")
    git(generated_project.root, "add", "staged.txt")
    (generated_project.root / "spec" / "untracked.txt").write_text("mine\n", "utf-8")
    (generated_project.package / "untracked.txt").write_text("mine\n", "utf-8")
    generated_project.edit("An animal.", "A tame animal.")
    before = set(git(generated_project.root, "status", "--porcelain").splitlines())
    head = git(generated_project.root, "rev-parse", "HEAD")
    assert generated_project.run("generate").code == 0
    after = set(git(generated_project.root, "status", "--porcelain").splitlines())
    assert before < after
    changed = {line[3:] for line in after - before}
    names = ("manifest.json", "models.py", "openapi.yaml")
    assert changed == {f"generated/pets/{name}" for name in names}
    assert git(generated_project.root, "rev-parse", "HEAD") == head


def test_package_that_is_a_git_worktree_stays_a_git_worktree(generated_project: Project) -> None:
    git(generated_project.package, "init", "--quiet", "--initial-branch=main")
    git(generated_project.package, "add", "--all")
    git(generated_project.package, "commit", "--quiet", "--message=first")
    generated_project.edit("An animal.", "A tame animal.")
    assert generated_project.run("generate").code == 0
    assert git(generated_project.package, "fsck", "--strict") == ""
    changed = {
        line[3:] for line in git(generated_project.package, "status", "--porcelain").splitlines()
    }
    assert changed == {"manifest.json", "models.py", "openapi.yaml"}


def test_line_endings_converted_by_git_are_drift_but_no_edits(generated_project: Project) -> None:
    """`check` compares bytes; `generate` restores its own line endings."""
    as_made = generated_project.files()
    for path, content in as_made.items():
        (generated_project.package / path).write_bytes(content.replace(b"\n", b"\r\n"))
    assert generated_project.run("check").code == 1
    assert generated_project.run("generate").code == 0
    assert generated_project.files() == as_made
    assert generated_project.run("check").code == 0


def test_line_endings_of_the_document_do_not_change_the_code(generated_project: Project) -> None:
    as_made = generated_project.files()
    generated_project.spec.write_bytes(generated_project.spec.read_bytes().replace(b"\n", b"\r\n"))
    assert generated_project.run("generate").code == 0
    now = generated_project.files()
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
    made = _named_project(tmp_path, monkeypatch, name)
    for command in ("generate", "check"):
        ended = made.run(command, f"--spec=./{name}.yaml", f"--output=./{name}")
        assert ended.code == 0, ended.err
    assert (made.root / name / "pets" / "client.py").is_file()


def test_paths_may_contain_any_characters_in_an_ascii_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _named_project(tmp_path, monkeypatch, NAMES[1])
    monkeypatch.setenv("LC_ALL", "C")
    ended = made.run_apart("generate", f"--spec={NAMES[1]}.yaml", f"--output={NAMES[1]}")
    assert ended.code == 0, ended.err
    assert (made.root / NAMES[1] / "pets" / "client.py").is_file()


def _named_project(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Project:
    made = project(folder / name / name, monkeypatch.chdir)
    shutil.copy(made.spec, made.root / f"{name}.yaml")
    return made


def test_file_name_that_is_not_utf_8_is_escaped_in_the_output(generated_project: Project) -> None:
    """File names are bytes, and terminals interpret some of them."""
    try:
        name = os.fsdecode(b"x\xff\x1b[2J.txt")
        (generated_project.package / name).write_text("mine\n", "utf-8")
    except OSError:  # This file system has no such names; any other will do.
        name = "x.txt"
        (generated_project.package / name).write_text("mine\n", "utf-8")
    ended = generated_project.run("generate")
    assert ended.code == 0
    assert "\x1b" not in ended.err
    ended = generated_project.run("check")
    assert ended.code == 1
    assert "unexpected:\n  x" in ended.out
    assert "\x1b" not in ended.out
    assert (generated_project.package / name).read_text("utf-8") == "mine\n"


def test_last_of_two_concurrent_generators_leaves_a_complete_package(
    generated_project: Project,
) -> None:
    """Two documents and two generators: the last output is complete."""
    old = output.read_package(generated_project.package)
    generated_project.edit("operationId: pets.get", "operationId: cats.get")
    assert generated_project.run("generate").code == 0
    output.replace(generated_project.package, old.files, old)
    now = output.read_package(generated_project.package)
    assert now.files == old.files


def test_edit_during_generation_is_not_overwritten(generated_project: Project) -> None:
    old = output.read_package(generated_project.package)
    new = {**old.files, "models.py": b"new\n"}
    (generated_project.package / "models.py").write_text("mine\n", "utf-8")
    with pytest.raises(output.OutputError, match="was edited during generation"):
        output.replace(generated_project.package, new, old)
    assert (generated_project.package / "models.py").read_text("utf-8") == "mine\n"
    assert [path.name for path in generated_project.output.iterdir()] == ["pets"]


def test_leftover_of_a_killed_run_is_removed_even_if_nothing_changed(
    generated_project: Project,
) -> None:
    leftover = generated_project.output / ".generating-killed"
    (leftover / "pets").mkdir(parents=True)
    (leftover / "pets" / "models.py").write_text("half\n", "utf-8")
    ended = generated_project.run("generate")
    assert (ended.code, ended.err) == (0, "")
    assert [path.name for path in generated_project.output.iterdir()] == ["pets"]


def test_package_is_read_while_other_generators_replace_it(generated_project: Project) -> None:
    old = output.read_package(generated_project.package)
    new = {path: content for path, content in old.files.items() if "resources" not in path}

    def replace(times: int) -> None:
        for number in range(times):
            files = new if number % 2 else old.files
            output.replace(
                generated_project.package, files, output.read_package(generated_project.package)
            )

    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(replace, 10) for _ in range(2)]
        while not all(each.done() for each in writers):
            assert set(output.read_package(generated_project.package).files) in (
                {*old.files},
                {*new},
            )
        for each in writers:
            each.result()
