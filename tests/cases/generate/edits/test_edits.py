"""Manual edits of a package, which are found and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import Project

EDIT = "\n# Mine.\n"


def edit_file(project: Project, name: str = "client.py") -> Path:
    path = project.package / name
    path.write_text(path.read_text("utf-8") + EDIT, "utf-8")
    return path


@pytest.mark.parametrize("name", ["client.py", "resources/pets.py", "README.md", "openapi.yaml"])
def test_check_names_the_edited_file(generated_project: Project, name: str) -> None:
    edit_file(generated_project, name)
    ended = generated_project.run("check")
    assert ended.code == 1
    assert f"changed:\n  {name}\n" in ended.out
    assert "-# Mine." in ended.out


@pytest.mark.parametrize("name", ["client.py", "resources/pets.py", "README.md", "openapi.yaml"])
def test_generate_names_the_edited_file_and_writes_nothing(
    generated_project: Project, name: str
) -> None:
    edit_file(generated_project, name)
    generated_project.edit("An animal.", "A tame animal.")
    before = generated_project.everything()
    ended = generated_project.run("generate")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "edited by hand, or not generated:",
        f"  {Path('generated', 'pets', name)}",
        "change the document or the generator instead, or use --force to overwrite",
    ]
    assert generated_project.everything() == before


def test_force_overwrites_the_edited_file(generated_project: Project) -> None:
    path = edit_file(generated_project)
    ended = generated_project.run("generate", "--force")
    assert ended.code == 0
    assert EDIT not in path.read_text("utf-8")
    assert generated_project.run("check").code == 0


def test_edit_that_equals_the_generated_file_is_accepted(generated_project: Project) -> None:
    path = generated_project.package / "models.py"
    path.write_text(path.read_text("utf-8").replace("An animal.", "A tame animal."), "utf-8")
    generated_project.edit("An animal.", "A tame animal.")
    assert generated_project.run("generate").code == 0
    assert generated_project.run("check").code == 0


def test_foreign_file_with_the_name_of_a_generated_file_is_not_overwritten(
    new_project: Project,
) -> None:
    theirs = new_project.package / "client.py"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("print('mine')\n", "utf-8")
    ended = new_project.run("generate")
    assert ended.code == 1
    assert f"  {Path('generated/pets/client.py')}" in ended.err.splitlines()
    assert theirs.read_text("utf-8") == "print('mine')\n"


def test_package_without_a_manifest_is_not_overwritten(generated_project: Project) -> None:
    (generated_project.package / "manifest.json").unlink()
    generated_project.edit("An animal.", "A tame animal.")
    ended = generated_project.run("generate")
    assert ended.code == 1
    assert str(Path("generated/pets/models.py")) in ended.err
    assert generated_project.run("generate", "--force").code == 0


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"files": 3}', "no JSON"])
def test_broken_manifest_is_replaced(generated_project: Project, text: str) -> None:
    (generated_project.package / "manifest.json").write_text(text, "utf-8")
    ended = generated_project.run("check")
    assert ended.code == 1
    assert "changed:\n  manifest.json\n" in ended.out
    assert generated_project.run("generate").code == 0
    assert generated_project.run("check").code == 0
