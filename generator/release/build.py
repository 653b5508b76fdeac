"""The wheel and the sdist, and whether they hold what they should.

hatchling takes its clock from a constant, so the same files give the same bytes at any time; the
build uses what is installed here, at the versions that the requirements pin, and no network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from email.parser import BytesParser
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from generator import output
from generator.output import manifest
from generator.release.failures import Exit, ReleaseError
from generator.release.project import Project

_PAPERS = {"METADATA", "RECORD", "WHEEL", "licenses/LICENSE"}


@dataclass(frozen=True, slots=True)
class Built:
    """What was built.

    Attributes:
        wheel: The wheel.
        sdist: The sdist.
        version: The version in their metadata.
    """

    wheel: Path
    sdist: Path
    version: str

    @property
    def checksums(self) -> dict[str, str]:
        """The SHA-256 of each file by its name."""
        files = (self.wheel, self.sdist)
        return {file.name: manifest.digest(file.read_bytes()) for file in files}


def build(project: Project, target: Path) -> Built:
    """Build a project, and look at what came out.

    Args:
        project: The project.
        target: Where to put the files; what is there is replaced.

    Raises:
        ReleaseError: If they cannot be built, or hold too little or too much.
    """
    with TemporaryDirectory() as temporary:
        _run("build", "--no-isolation", "--outdir", temporary, str(project.folder))
        wheels = list(Path(temporary).glob("*.whl"))
        sdists = list(Path(temporary).glob("*.tar.gz"))
        if len(wheels) != 1 or len(sdists) != 1:
            raise ReleaseError(Exit.PROBLEM, "the build gave no wheel and sdist")
        _look_into(project, wheels[0])
        _run("twine", "--no-color", "check", "--strict", str(wheels[0]), str(sdists[0]))
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        wheel, sdist = (Path(shutil.copy(each, target)) for each in (wheels[0], sdists[0]))
    return Built(wheel, sdist, _version(wheel))


def _run(*command: str) -> None:
    environment = {key: os.environ[key] for key in os.environ if key != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stdout.strip().splitlines() or ["it does not say why"])[-1]
        raise ReleaseError(Exit.PROBLEM, f"{command[0]} failed: {last}")


def _look_into(project: Project, wheel: Path) -> None:
    """Compare a wheel with the package: it holds all of it, its papers, and nothing else."""
    package = project.settings.package
    expected = {
        f"{package}/{path}": content
        for path, content in output.read_package(project.package).files.items()
    }
    with ZipFile(wheel) as archive:
        papers = {name for name in archive.namelist() if ".dist-info/" in name}
        found = {name: archive.read(name) for name in archive.namelist() if name not in papers}
    difference = output.compare(found, expected)
    wrong = [*difference.changed, *difference.missing, *difference.unexpected]
    strange = {name.partition(".dist-info/")[2] for name in papers} ^ _PAPERS
    wrong += sorted(strange)
    if wrong:
        message = f"the wheel does not hold the package and nothing else: {', '.join(wrong[:3])}"
        raise ReleaseError(Exit.PROBLEM, message)


def _version(wheel: Path) -> str:
    with ZipFile(wheel) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        return str(BytesParser().parsebytes(archive.read(name))["Version"])
