"""Projects: `init`, configuration, and the project file of a package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import Project
from tests.support.paths import ROOT

pytestmark = pytest.mark.long


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the generator in a folder; return its exit code and all that it prints."""
    ended = Project(folder, os.chdir).run(*arguments)
    return ended.code, ended.out + ended.err


@pytest.fixture(autouse=True)
def folder_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Restore the working directory after a test."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after `init` and `generate`, which tests copy."""
    folder = tmp_path_factory.mktemp("template") / "my-pets"
    folder.mkdir()
    assert run(folder, "init")[0] == 0
    code, shown = run(folder, "generate")
    assert (code, shown.splitlines()[-1]) == (0, "1 of 1 operations generated")
    return folder


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    """A folder after `init` and `generate`."""
    return shutil.copytree(template, tmp_path / "my-pets")


def test_init_makes_a_project_that_generates_and_checks(project: Path) -> None:
    assert (project / "generated" / "my_pets" / "client.py").is_file()
    assert run(project, "check") == (0, "generated/my_pets is up to date with openapi.yaml\n")
    assert run(project, "lint") == (0, "openapi.yaml: no errors\n")


def test_init_overwrites_nothing(project: Path) -> None:
    (project / "Makefile").unlink()
    code, shown = run(project, "init")
    assert code == 2
    assert "already there: pyproject.toml, openapi.yaml, .gitattributes; nothing was" in shown
    assert not (project / "Makefile").exists()


def test_init_does_not_write_through_symbolic_links(tmp_path: Path) -> None:
    (tmp_path / "Makefile").symlink_to("nowhere")
    code, shown = run(tmp_path, "init")
    assert (code, "already there: Makefile" in shown) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["Makefile"]


def test_project_file_never_replaces_the_configuration(project: Path) -> None:
    configuration = project / "pyproject.toml"
    before = configuration.read_text("utf-8")
    for arguments in (("generate", "--force"), ("check",)):
        code, shown = run(project, *arguments, "--output", ".")
        assert (code, shown.startswith("error: --output .: the pyproject.toml of the")) == (2, True)
    assert configuration.read_text("utf-8") == before
    configuration.write_text(before.replace("project = true", "project = false"), "utf-8")
    assert run(project, "generate", "--output", ".")[0] == 0


def test_init_shows_the_table_that_an_existing_project_lacks(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "mine"\n', "utf-8")
    code, shown = run(tmp_path, "init")
    assert code == 2
    assert "add this table and your document:\n\n[tool.generator]\n" in shown
    assert run(tmp_path, "init", ".")[1] == shown
    (tmp_path / "pyproject.toml").write_text("[tool.generator]\n", "utf-8")
    assert "add this table" not in run(tmp_path, "init")[1]


@pytest.mark.parametrize("shared", ["pyproject.toml", "docs"])
def test_files_of_another_package_are_kept(project: Path, shared: str) -> None:
    configuration = project / "pyproject.toml"
    if shared == "docs":
        text = configuration.read_text("utf-8").replace("project = true", "docs = true")
        configuration.write_text(text, "utf-8")
        assert run(project, "generate")[0] == 0
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    code, shown = run(project, "generate", "--package", "other")
    assert code == 1
    assert f"generated/{shared} belongs to generated/my_pets: choose another --output" in shown
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    assert run(project, "generate", "--package", "other", "--force")[0] == 0


def test_init_names_the_package_after_a_new_folder(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "class")[0] == 0
    assert 'package = "api_client"' in (tmp_path / "class" / "pyproject.toml").read_text("utf-8")
    assert run(tmp_path, "init", "Fleet API")[0] == 0
    assert 'package = "fleet_api"' in (tmp_path / "Fleet API" / "pyproject.toml").read_text("utf-8")


def test_package_is_built_from_its_project_file(project: Path, tmp_path: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "build", "--wheel", "--no-isolation"),
            *("--outdir", str(tmp_path / "dist"), str(project / "generated")),
        ],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    assert [path.name for path in (tmp_path / "dist").iterdir()] == [
        "my_pets-1.0.0-py3-none-any.whl"
    ]


def test_version_that_is_invalid_in_python_is_replaced(project: Path) -> None:
    document = project / "openapi.yaml"
    document.write_text(
        document.read_text("utf-8").replace("version: 1.0.0", "version: 2026 spring"), "utf-8"
    )
    assert run(project, "generate")[0] == 0
    assert '\nversion = "0" #' in (project / "generated" / "pyproject.toml").read_text("utf-8")


def test_project_file_that_was_edited_stops_the_generation(project: Path) -> None:
    path = project / "generated" / "pyproject.toml"
    before = path.read_text("utf-8")
    path.write_text(before.replace('name = "my-pets"', 'name = "pets"'), "utf-8")
    code, shown = run(project, "check")
    assert (code, shown.splitlines()[0]) == (1, "changed: generated/pyproject.toml")
    code, shown = run(project, "generate")
    assert (code, "  generated/pyproject.toml" in shown.splitlines()) == (1, True)
    assert run(project, "generate", "--force")[0] == 0
    assert path.read_text("utf-8") == before


def test_configuration_is_found_upwards_and_its_paths_are_relative_to_it(project: Path) -> None:
    folder = project / "a" / "b"
    folder.mkdir(parents=True)
    assert run(folder, "check") == (
        0,
        "../../generated/my_pets is up to date with ../../openapi.yaml\n",
    )
    (project / "a" / "pyproject.toml").write_text('[project]\nname = "other"\n', "utf-8")
    assert run(folder, "check")[0] == 0


def test_package_of_another_document_is_not_replaced(project: Path) -> None:
    other = project / "other.yaml"
    text = (project / "openapi.yaml").read_text("utf-8")
    other.write_text(text.replace("title: Example", "title: Other"), "utf-8")
    code, shown = run(project, "generate", "--spec", "other.yaml")
    assert code == 1
    assert "was generated from openapi.yaml (Example), not from other.yaml (Other)" in shown
    assert run(project, "check")[0] == 0
    assert run(project, "generate", "--spec", "other.yaml", "--force")[0] == 0


def test_damaged_document_of_a_package_counts_as_an_edited_file(project: Path) -> None:
    (project / "generated" / "my_pets" / "openapi.yaml").write_text("paths: [", "utf-8")
    (project / "openapi.yaml").rename(project / "other.yaml")
    code, shown = run(project, "generate", "--spec", "other.yaml")
    assert (code, "  generated/my_pets/openapi.yaml" in shown.splitlines()) == (1, True)
    assert run(project, "generate", "--spec", "other.yaml", "--force")[0] == 0


def test_other_api_in_a_file_of_the_same_name_does_not_replace_the_package(project: Path) -> None:
    text = (project / "openapi.yaml").read_text("utf-8")
    other = project / "other" / "openapi.yaml"
    other.parent.mkdir()
    other.write_text(text.replace("title: Example", "title: Other"), "utf-8")
    assert run(project, "generate", "--spec", "other/openapi.yaml")[0] == 0  # A copy, renamed.
    other.write_text(text.replace("Example", "Books").replace("/things/", "/books/"), "utf-8")
    code, shown = run(project, "generate", "--spec", "other/openapi.yaml")
    assert (code, "(Other), not from openapi.yaml (Books)" in shown) == (1, True)
    assert run(project, "generate", "--spec", "other/openapi.yaml", "--force")[0] == 0


def test_document_of_the_project_may_become_that_of_another_api(project: Path) -> None:
    path = project / "openapi.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Example", "Books").replace("/things/", "/books/"), "utf-8")
    assert run(project, "generate")[0] == 0


def test_missing_project_file_is_called_missing(project: Path) -> None:
    (project / "generated" / "pyproject.toml").unlink()
    code, shown = run(project, "check")
    assert (code, shown.splitlines()[0]) == (1, "missing: generated/pyproject.toml")


def test_document_that_moved_or_changed_its_title_is_the_same(project: Path) -> None:
    path = project / "openapi.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Example", "title: New"), "utf-8")
    assert run(project, "generate")[0] == 0
    path.rename(project / "api.yaml")
    assert run(project, "generate", "--spec", "api.yaml")[0] == 0


def test_version_names_the_distribution(tmp_path: Path) -> None:
    assert run(tmp_path, "--version") == (0, "openapi-httpx-generator 1.0.0\n")


def test_project_file_that_is_the_same_is_not_written_again(project: Path) -> None:
    path = project / "generated" / "pyproject.toml"
    before = path.stat().st_mtime_ns
    document = project / "openapi.yaml"
    document.write_text(f"{document.read_text('utf-8')}# The end.\n", "utf-8")
    assert run(project, "generate")[0] == 0
    assert path.stat().st_mtime_ns == before


def test_project_file_that_cannot_be_read_is_an_error(project: Path) -> None:
    path = project / "generated" / "pyproject.toml"
    path.unlink()
    path.mkdir()
    code, shown = run(project, "check")
    assert code == 2
    assert "pyproject.toml cannot be read: " in shown


@pytest.mark.parametrize("content", ["[", "", "[tool.hatch.build.targets.wheel]\npackages = []"])
def test_project_file_of_an_unknown_package_is_kept(project: Path, content: str) -> None:
    path = project / "generated" / "pyproject.toml"
    path.write_text(content, "utf-8")
    assert run(project, "generate")[0] != 0
    assert path.read_text("utf-8") == content


def test_package_without_a_name_is_wrong_usage(project: Path) -> None:
    code, shown = run(project, "generate", "--package", "")
    assert code == 2
    assert "missing --package: pass it, or set `package` in [tool.generator]" in shown


def test_package_that_lost_its_document_is_generated_again(project: Path) -> None:
    (project / "generated" / "my_pets" / "openapi.yaml").unlink()
    assert run(project, "generate")[0] == 0
    assert run(project, "check")[0] == 0


def run_python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the generator of this repository in a folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_missing_module_of_the_generator_itself_is_a_traceback(tmp_path: Path) -> None:
    program = "import sys; sys.modules['generator.pipeline'] = None; import generator.__main__"
    done = run_python(tmp_path, "-c", program)
    assert done.returncode == 1
    assert "ModuleNotFoundError" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["-S", "-m", "generator", "lint"],
        ["-c", "import sys; sys.modules['yaml'] = None; import generator.__main__"],
    ],
)
def test_missing_dependency_is_one_line_with_the_fix(tmp_path: Path, command: list[str]) -> None:
    done = run_python(tmp_path, *command)
    assert done.returncode == 2
    assert done.stderr.endswith(
        " is not installed: run `make generate`, or pip install openapi-httpx-generator\n"
    )
    assert done.stderr.count("\n") == 1
