"""Manual edits of a package, which are found and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import Project

EDIT = "\n# Mine.\n"


def edited(project: Project, name: str = "client.py") -> Path:
    path = project.package / name
    path.write_text(path.read_text("utf-8") + EDIT, "utf-8")
    return path


@pytest.mark.parametrize("name", ["client.py", "resources/pets.py", "README.md", "openapi.yaml"])
def test_check_names_the_edited_file(made: Project, name: str) -> None:
    edited(made, name)
    ended = made.run("check")
    assert ended.code == 1
    assert f"changed:\n  {name}\n" in ended.out
    assert "-# Mine." in ended.out


@pytest.mark.parametrize("name", ["client.py", "resources/pets.py", "README.md", "openapi.yaml"])
def test_generate_names_the_edited_file_and_writes_nothing(made: Project, name: str) -> None:
    edited(made, name)
    made.edit("An animal.", "A tame animal.")
    before = made.everything()
    ended = made.run("generate")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "edited by hand, or not generated:",
        f"  {Path('generated', 'pets', name)}",
        "change the document or the generator instead, or use --force to overwrite",
    ]
    assert made.everything() == before


def test_force_overwrites_the_edited_file(made: Project) -> None:
    path = edited(made)
    ended = made.run("generate", "--force")
    assert ended.code == 0
    assert EDIT not in path.read_text("utf-8")
    assert made.run("check").code == 0


def test_edit_that_equals_the_generated_file_is_accepted(made: Project) -> None:
    path = made.package / "models.py"
    path.write_text(path.read_text("utf-8").replace("An animal.", "A tame animal."), "utf-8")
    made.edit("An animal.", "A tame animal.")
    assert made.run("generate").code == 0
    assert made.run("check").code == 0


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


def test_package_without_a_manifest_is_not_overwritten(made: Project) -> None:
    (made.package / "manifest.json").unlink()
    made.edit("An animal.", "A tame animal.")
    ended = made.run("generate")
    assert ended.code == 1
    assert str(Path("generated/pets/models.py")) in ended.err
    assert made.run("generate", "--force").code == 0


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"files": 3}', "no JSON"])
def test_broken_manifest_is_replaced(made: Project, text: str) -> None:
    (made.package / "manifest.json").write_text(text, "utf-8")
    ended = made.run("check")
    assert ended.code == 1
    assert "changed:\n  manifest.json\n" in ended.out
    assert made.run("generate").code == 0
    assert made.run("check").code == 0
