"""`make generate` generates in two processes that differ in all that must not matter."""

from __future__ import annotations

import pytest

from generator import output, reproduce
from tests.support.cli import Project
from tests.support.paths import ROOT


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


@pytest.mark.slow
def test_a_difference_is_a_fault(
    made: Project, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(*_: object) -> output.Difference:
        return output.Difference(changed=("client.py",), missing=(), unexpected=())

    monkeypatch.setattr(output, "compare", other)
    code, said = run(made, capfd)
    assert code == 1
    assert said.endswith(
        "two generations of one document differ; this is a fault of the generator\n"
    )


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
