"""`make generate` generates in two processes with different hash seeds and directories."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from generator import reproduce
from tests.support.cli import Project
from tests.support.paths import ROOT
from tests.support.stand_in import program

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def generator_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the generator importable in the subprocesses, as `make` does."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def run(project: Project, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Return the exit code and all output, including that of the subprocesses."""
    project.change_folder(project.root)
    capfd.readouterr()
    code = reproduce.main(arguments)
    output = capfd.readouterr()
    return code, output.out + output.err


def test_make_generate_ends_with_the_diffstat_and_the_time(
    generated_project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    generated_project.edit("An animal.", "A tame animal.")
    code, output = run(generated_project, capfd)
    lines = output.splitlines()
    assert code == 0
    assert lines[-3].startswith(" 3 files, +")
    assert lines[-2] == "1 of 1 operations generated"
    assert lines[-1].startswith("generated/pets: generated twice, same bytes, ")
    assert lines[-1].endswith(" s")


def second_does(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Replace the first generation by nothing, and the second by a shell script."""
    stand_in = program(folder / "python", f"[ $PYTHONHASHSEED = 0 ] || {{ {script} }}")
    monkeypatch.setattr(sys, "executable", str(stand_in))


def test_differing_second_generation_is_an_error(
    generated_project: Project,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    second_does(
        monkeypatch,
        tmp_path,
        f"cp -R {generated_project.package} .; echo '# Now.' >>pets/client.py;",
    )
    code, output = run(generated_project, capfd)
    assert code == 1
    assert "-# Now." not in output
    assert "+# Now." in output
    assert "two generations of one document differ: this is a bug in the generator\n" in output


def test_error_of_the_second_generation_is_shown(
    generated_project: Project,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    second_does(monkeypatch, tmp_path, "echo 'error: no memory' >&2; exit 2;")
    assert run(generated_project, capfd) == (2, "error: no memory\n")


def test_reproduce_runs_as_a_module(
    generated_project: Project,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    second_does(monkeypatch, tmp_path, f"cp -R {generated_project.package} .;")
    generated_project.change_folder(generated_project.root)
    monkeypatch.setattr(sys, "argv", ["reproduce", "--force"])
    monkeypatch.delitem(sys.modules, "generator.reproduce", raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("generator.reproduce", run_name="__main__")
    assert ended.value.code == 0
    assert "same bytes" in capfd.readouterr().out


@pytest.mark.slow
def test_manual_edit_stops_make_generate(
    generated_project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    edited = generated_project.package / "client.py"
    edited.write_text("# Mine.\n", "utf-8")
    code, output = run(generated_project, capfd)
    assert code == 1
    assert "generated/pets/client.py" in output
    assert edited.read_text("utf-8") == "# Mine.\n"


def test_problem_in_the_document_is_shown_once(
    generated_project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    generated_project.edit("type: object", "type: objekt")
    code, output = run(generated_project, capfd)
    assert code == 2
    assert output.count("error T501") == 1
    assert "Traceback" not in output


def test_invalid_configuration_is_reported_in_one_line(
    generated_project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    (generated_project.root / "pyproject.toml").write_text("[tool.generator]\nspek = 1\n", "utf-8")
    code, output = run(generated_project, capfd)
    assert code == 2
    assert output.count("\n") == 1
    assert output.startswith("error: pyproject.toml: unknown key 'spek'")


@pytest.mark.slow
def test_force_overwrites_a_manual_edit(
    generated_project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    edited = generated_project.package / "client.py"
    edited.write_text("# Mine.\n", "utf-8")
    code, _ = run(generated_project, capfd, "--force")
    assert code == 0
    assert "# Mine." not in edited.read_text("utf-8")


@pytest.mark.slow
def test_unexpected_files_are_kept_and_listed(
    generated_project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    (generated_project.package / "notes.txt").write_text("mine\n", "utf-8")
    code, output = run(generated_project, capfd)
    assert code == 0
    assert "left unchanged" in output
