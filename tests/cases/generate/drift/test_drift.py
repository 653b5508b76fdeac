"""Drift between the files on disk and the generated ones."""

from __future__ import annotations

import pytest

from tests.support.cli import Project
from tests.support.paths import ROOT


def test_check_after_generate_passes(new_project: Project) -> None:
    ended = new_project.run("generate")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[-1] == "1 of 1 operations generated"
    ended = new_project.run("check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "generated/pets is up to date with spec/openapi.yaml\n"


def test_committed_package_is_up_to_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = Project(ROOT, monkeypatch.chdir).run("check")
    assert (ended.code, ended.out) == (
        0,
        "generated/losant_audit_log is up to date with spec/openapi.yaml\n",
    )


def test_changed_description_is_drift(generated_project: Project) -> None:
    generated_project.edit("An animal.", "A tame animal.")
    ended = generated_project.run("check")
    assert ended.code == 1
    lines = ended.out.splitlines()
    start = lines.index("--- on disk/pets/models.py")
    assert lines[start + 1] == "+++ generated/pets/models.py"
    assert lines[start + 2].startswith("@@ ")
    assert '-    """An animal.' in lines
    assert '+    """A tame animal.' in lines
    listed = lines[lines.index("changed:") :]
    assert listed == [
        "changed:",
        "  manifest.json",
        "  models.py",
        "  openapi.yaml",
        "drift: run `make generate` and commit the result",
    ]


def test_check_writes_no_files(generated_project: Project) -> None:
    generated_project.edit("An animal.", "A tame animal.")
    before = generated_project.everything()
    generated_project.run("check")
    assert generated_project.everything() == before


def test_generate_ends_the_drift(generated_project: Project) -> None:
    generated_project.edit("An animal.", "A tame animal.")
    ended = generated_project.run("generate")
    assert ended.code == 0
    assert [line.split() for line in ended.out.splitlines()] == [
        ["manifest.json", "|", "+3", "-3"],
        ["models.py", "|", "+1", "-1"],
        ["openapi.yaml", "|", "+1", "-1"],
        ["3", "files,", "+5", "-5"],
        ["1", "of", "1", "operations", "generated"],
    ]
    assert "A tame animal." in (generated_project.package / "models.py").read_text("utf-8")
    assert generated_project.run("check").code == 0


def test_repeated_generation_changes_nothing(generated_project: Project) -> None:
    before = {path: path.stat().st_mtime_ns for path in generated_project.package.rglob("*")}
    ended = generated_project.run("generate")
    assert (ended.code, ended.out) == (0, "nothing changed\n1 of 1 operations generated\n")
    assert {
        path: path.stat().st_mtime_ns for path in generated_project.package.rglob("*")
    } == before


def test_missing_file_is_drift(generated_project: Project) -> None:
    (generated_project.package / "client.py").unlink()
    ended = generated_project.run("check")
    assert ended.code == 1
    assert "missing:\n  client.py\n" in ended.out
    assert generated_project.run("generate").code == 0
    assert generated_project.run("check").code == 0


def test_missing_package_is_drift(new_project: Project) -> None:
    ended = new_project.run("check")
    assert ended.code == 1
    assert "missing:\n  README.md\n" in ended.out
    assert not new_project.output.exists()


def test_obsolete_file_is_removed(generated_project: Project) -> None:
    generated_project.edit("operationId: pets.get", "operationId: animals.get")
    ended = generated_project.run("check")
    assert "missing:\n  resources/animals.py\n" in ended.out
    assert "unexpected:\n  resources/pets.py\n" in ended.out
    assert generated_project.run("generate").code == 0
    assert (generated_project.package / "resources" / "animals.py").exists()
    assert not (generated_project.package / "resources" / "pets.py").exists()
    assert generated_project.run("check").code == 0


def test_check_names_differing_tool_versions(generated_project: Project) -> None:
    path = generated_project.package / "manifest.json"
    text = path.read_text("utf-8")
    [line] = [line for line in text.splitlines() if '"ruff": "' in line]
    path.write_text(text.replace(line, '    "ruff": "0.0.1"'), "utf-8")
    ended = generated_project.run("check")
    assert ended.code == 1
    assert "generated with ruff 0.0.1, but " in ended.out
