"""Reproducible build of wheel and sdist, and check of their contents.

hatchling uses a constant timestamp, so equal files result in equal bytes at any time. The build
uses the installed tools, in the versions that the requirements pin, and no network.
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

from .. import output
from ..output import manifest, materials
from .failures import Exit, ReleaseError
from .project import Project

_METADATA = {"METADATA", "RECORD", "WHEEL"}
_BACKEND = "hatchling.build"
_MATERIALS = f"sboms/{materials.NAME}"


@dataclass(frozen=True, slots=True)
class Built:
    """The built distributions.

    Attributes:
        wheel: The wheel.
        sdist: The sdist.
        version: The version in the metadata.
    """

    wheel: Path
    sdist: Path
    version: str

    @property
    def checksums(self) -> dict[str, str]:
        """The SHA-256 of each file, by file name."""
        files = (self.wheel, self.sdist)
        return {file.name: manifest.digest(file.read_bytes()) for file in files}


def build(project: Project, target: Path) -> Built:
    """Build a project and check the contents of the wheel.

    Args:
        project: The project.
        target: The folder for the files; its contents are replaced.

    Raises:
        ReleaseError: If the build fails, or the wheel has missing or unexpected files.
    """
    if project.backend != _BACKEND:
        message = (
            f"pyproject.toml: build-backend {project.backend!r} cannot build a release: its wheel "
            'needs a bill of materials: write requires = ["hatchling>=1.28"] and '
            f'build-backend = "{_BACKEND}" into [build-system]'
        )
        raise ReleaseError(Exit.PROBLEM, message)
    with TemporaryDirectory() as temporary:
        _run("build", "--no-isolation", "--outdir", temporary, str(project.folder))
        wheels = list(Path(temporary).glob("*.whl"))
        sdists = list(Path(temporary).glob("*.tar.gz"))
        if len(wheels) != 1 or len(sdists) != 1:
            raise ReleaseError(Exit.PROBLEM, "expected one wheel and one sdist from the build")
        _check_contents(project, wheels[0])
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
        last = (done.stdout.strip().splitlines() or ["no error output"])[-1]
        raise ReleaseError(Exit.PROBLEM, f"{command[0]} failed: {last}")


def _check_contents(project: Project, wheel: Path) -> None:
    """Raise if a wheel contains anything but the package and its metadata."""
    package = project.settings.package
    expected = {
        f"{package}/{path}": content
        for path, content in output.read_package(project.package).files.items()
    }
    with ZipFile(wheel) as archive:
        metadata = {name for name in archive.namelist() if ".dist-info/" in name}
        found = {name: archive.read(name) for name in archive.namelist() if name not in metadata}
    difference = output.compare(found, expected)
    wrong = [*difference.changed, *difference.missing, *difference.unexpected]
    scripts = {"entry_points.txt"} if project.settings.command else set[str]()
    papers = {name.partition(".dist-info/")[2] for name in metadata}
    if _MATERIALS not in papers:
        path = f"{project.settings.output}/{package}/{materials.NAME}"
        message = (
            f"the wheel has no bill of materials: write `sbom-files = [{path!r}]` into "
            "[tool.hatch.build.targets.wheel]"
        )
        raise ReleaseError(Exit.PROBLEM, message)
    papers = {each for each in papers if not each.startswith("licenses/")}
    wrong += sorted(papers ^ (_METADATA | {_MATERIALS} | scripts))
    if wrong:
        message = f"the wheel has changed, missing or unexpected files: {', '.join(wrong[:3])}"
        raise ReleaseError(Exit.PROBLEM, message)


def _version(wheel: Path) -> str:
    with ZipFile(wheel) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        return str(BytesParser().parsebytes(archive.read(name))["Version"])
