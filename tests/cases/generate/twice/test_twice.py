"""`make generate` generates in two processes that differ in all that must not matter."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from generator import reproduce
from tests.support.cli import Project
from tests.support.paths import ROOT
from tests.support.stand_in import program


@pytest.fixture(autouse=True)
def generator_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes below find the generator; `make` starts them where it is."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def run(project: Project, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Give the exit code, and all that was printed, by the processes below as well."""
    project.change_folder(project.root)
    capfd.readouterr()
    code = reproduce.main(arguments)
    said = capfd.readouterr()
    return code, said.out + said.err


@pytest.mark.long
def test_it_ends_with_the_diffstat_and_the_time(
    made: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    made.edit("An animal.", "A tame animal.")
    code, said = run(made, capfd)
    lines = said.splitlines()
    assert code == 0
    assert lines[-3].startswith(" 3 files, +")
    assert lines[-2] == "1 of 1 operations generated"
    assert lines[-1].startswith("generated/pets: generated twice, same bytes, ")
    assert lines[-1].endswith(" s")


def second_does(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Let the first generation write nothing, and the second do what a few lines of shell say."""
    stand_in = program(folder / "python", f"[ $PYTHONHASHSEED = 0 ] || {{ {script} }}")
    monkeypatch.setattr(sys, "executable", str(stand_in))


def test_another_result_of_the_second_is_a_fault(
    made: Project,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    second_does(monkeypatch, tmp_path, f"cp -R {made.package} .; echo '# Now.' >>pets/client.py;")
    code, said = run(made, capfd)
    assert code == 1
    assert "-# Now." not in said
    assert "+# Now." in said
    assert "two generations of one document differ; this is a fault of the generator\n" in said


def test_a_fault_of_the_second_is_shown(
    made: Project,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    second_does(monkeypatch, tmp_path, "echo 'error: no memory' >&2; exit 2;")
    assert run(made, capfd) == (2, "error: no memory\n")


def test_it_runs_as_a_module(
    made: Project,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    second_does(monkeypatch, tmp_path, f"cp -R {made.package} .;")
    made.change_folder(made.root)
    monkeypatch.setattr(sys, "argv", ["reproduce", "--force"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "generator" / "reproduce.py"), run_name="__main__")
    assert ended.value.code == 0
    assert "same bytes" in capfd.readouterr().out


@pytest.mark.slow
def test_an_edit_by_hand_stops_it(made: Project, capfd: pytest.CaptureFixture[str]) -> None:
    edited = made.package / "client.py"
    edited.write_text("# Mine.\n", "utf-8")
    code, said = run(made, capfd)
    assert code == 1
    assert "generated/pets/client.py" in said
    assert edited.read_text("utf-8") == "# Mine.\n"


def test_a_problem_is_shown_once(made: Project, capfd: pytest.CaptureFixture[str]) -> None:
    made.edit("type: object", "type: objekt")
    code, said = run(made, capfd)
    assert code == 2
    assert said.count("error T501") == 1
    assert "Traceback" not in said


def test_a_wrong_configuration_is_one_line(
    made: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    (made.root / "pyproject.toml").write_text("[tool.generator]\nspek = 1\n", "utf-8")
    code, said = run(made, capfd)
    assert code == 2
    assert said.count("\n") == 1
    assert said.startswith("error: pyproject.toml: unknown key 'spek'")


@pytest.mark.slow
def test_force_goes_over_an_edit_by_hand(made: Project, capfd: pytest.CaptureFixture[str]) -> None:
    edited = made.package / "client.py"
    edited.write_text("# Mine.\n", "utf-8")
    code, _ = run(made, capfd, "--force")
    assert code == 0
    assert "# Mine." not in edited.read_text("utf-8")


@pytest.mark.slow
def test_strangers_do_not_disturb_it(made: Project, capfd: pytest.CaptureFixture[str]) -> None:
    (made.package / "notes.txt").write_text("mine\n", "utf-8")
    code, said = run(made, capfd)
    assert code == 0
    assert "left alone" in said
