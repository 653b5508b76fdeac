"""Installation of a published package, compared with the built one."""

from __future__ import annotations

import sys
import venv
from pathlib import Path

import pytest

from generator.release.build import Built
from generator.release.failures import Exit, ReleaseError
from generator.release.proof import verify_installation
from generator.release.target import Target
from tests.support.stand_in import program

PASSWORD = "p@ss/word"
WHEEL = "pets-1.0.0-py3-none-any.whl"
# Python, which is asked three things one after the other.
STEPS = """\
case "$*" in
  *" download "*) {download} ;;
  *" install "*) {install} ;;
  *" pets.verify") {verify} ;;
esac"""


@pytest.fixture
def distributions(tmp_path: Path) -> Built:
    """Paths of the built distributions."""
    for name in (WHEEL, "pets-1.0.0.tar.gz"):
        (tmp_path / name).write_text(name, "utf-8")
    return Built(tmp_path / WHEEL, tmp_path / "pets-1.0.0.tar.gz", "1.0.0")


def proven(monkeypatch: pytest.MonkeyPatch, built: Built, **steps: str) -> Path:
    folder = built.wheel.parent / "proof"
    arrive = f"mkdir {folder}/downloaded; cp {built.wheel} {folder}/downloaded"
    script = STEPS.format_map({"download": arrive, "install": "true", "verify": "true", **steps})

    def create(environment: Path) -> None:
        (environment / "bin").mkdir(parents=True)
        python = program(environment / "bin" / "python", script)
        monkeypatch.setattr(sys, "executable", str(python))

    monkeypatch.setattr(venv, "create", create)
    target = Target("https://pets.example.com/", "https://pets.example.com/", "dev", PASSWORD)
    return verify_installation(target, "pets", "pets", built, folder)


def test_proof_never_builds_an_sdist_of_the_index(
    monkeypatch: pytest.MonkeyPatch, distributions: Built
) -> None:
    folder = distributions.wheel.parent / "proof"
    commands, downloaded = folder / "commands", folder / "downloaded"
    arrive = f'echo "$*" >> {commands}; mkdir {downloaded}; cp {distributions.wheel} {downloaded}'
    proven(monkeypatch, distributions, download=arrive, install=f'echo "$*" >> {commands}')
    download, install = commands.read_text("utf-8").splitlines()
    assert " --only-binary :all: " in download
    assert " --only-binary :all: " in install


def test_proof_returns_the_python_of_its_environment(
    monkeypatch: pytest.MonkeyPatch, distributions: Built
) -> None:
    python = proven(monkeypatch, distributions)
    assert python.is_relative_to(distributions.wheel.parent / "proof")


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (
            {"download": "echo 'ERROR: no such file'; echo 'Try again.'; exit 1"},
            "pets==1.0.0 cannot be installed from the index: ERROR: no such file",
        ),
        (
            {"download": f"echo 'at https://dev:{PASSWORD}@pets or p%40ss%2Fword'; exit 1"},
            "pets==1.0.0 cannot be installed from the index: at https://dev:****@pets or ****",
        ),
        (
            {"download": f"mkdir {{folder}}; echo x >{{folder}}/{WHEEL}"},
            f"{WHEEL} from the index differs from the built one",
        ),
        ({"install": "exit 1"}, "pets==1.0.0 cannot be installed: no error output"),
        (
            {"verify": "echo 'client.py is another'; exit 1"},
            "the installed pets==1.0.0 differs from the generated package: client.py is another",
        ),
    ],
    ids=["no download", "the password", "other bytes", "no installation", "other files"],
)
def test_failed_proof_names_the_step(
    monkeypatch: pytest.MonkeyPatch, distributions: Built, steps: dict[str, str], message: str
) -> None:
    folder = distributions.wheel.parent / "proof" / "downloaded"
    steps = {name: each.replace("{folder}", str(folder)) for name, each in steps.items()}
    with pytest.raises(ReleaseError) as caught:
        proven(monkeypatch, distributions, **steps)
    assert caught.value.code is Exit.UNPROVEN
    assert str(caught.value) == message
