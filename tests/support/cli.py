"""The generator's command line in a project of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from generator.__main__ import main
from tests.support.paths import ROOT

DOCUMENT = """\
openapi: 3.1.0
info:
  title: Pets
  version: 1.0.0
  description: All pets.
servers:
  - url: https://pets.example.com
paths:
  /pets/{petId}:
    get:
      operationId: pets.get
      summary: Retrieve one pet
      parameters:
        - name: petId
          in: path
          required: true
          description: Which pet.
          schema: {type: string}
      responses:
        '200':
          description: The pet.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
components:
  schemas:
    Pet:
      type: object
      description: An animal.
      properties:
        name: {type: string, description: What it is called.}
"""
CONFIGURATION = '[tool.generator]\npackage = "pets"\nstrict = true\n'


@dataclass(frozen=True)
class Ended:
    """What came of a command.

    Attributes:
        code: Its exit code.
        out: What it printed.
        err: What it printed as an error.
    """

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Project:
    """A folder with a document, and with the package that was made from it.

    Attributes:
        root: The folder; commands run in it.
        change_folder: How to go there, for the time of a test.
    """

    root: Path
    change_folder: Callable[[Path], None]

    @property
    def spec(self) -> Path:
        """The document."""
        return self.root / "spec" / "openapi.yaml"

    @property
    def output(self) -> Path:
        """The folder that packages are written into."""
        return self.root / "generated"

    @property
    def package(self) -> Path:
        """The package."""
        return self.output / "pets"

    def run(self, *arguments: str) -> Ended:
        """Carry out a command in this process."""
        self.change_folder(self.root)
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                code = main(arguments)
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 1
        return Ended(int(code), out.getvalue(), err.getvalue())

    def run_apart(
        self, *arguments: str, python: str = sys.executable, seed: str = "0", root: Path = ROOT
    ) -> Ended:
        """Carry out a command in a process of its own."""
        done = subprocess.run(
            [python, "-m", "generator", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def edit(self, old: str, new: str) -> None:
        """Change the document."""
        text = self.spec.read_text("utf-8")
        assert text.count(old) == 1
        self.spec.write_text(text.replace(old, new), "utf-8")

    def files(self) -> dict[str, bytes]:
        """Give all files of the project with their contents, those of the generated package."""
        return contents(self.package)

    def everything(self) -> dict[str, bytes]:
        """Give all files of the project with their contents."""
        return contents(self.root)


def contents(folder: Path) -> dict[str, bytes]:
    """Give the files of a folder with their contents."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def project(root: Path, change_folder: Callable[[Path], None]) -> Project:
    """Lay out a new project without a package."""
    made = Project(root, change_folder)
    made.spec.parent.mkdir(parents=True)
    made.spec.write_text(DOCUMENT, "utf-8")
    (root / "pyproject.toml").write_text(CONFIGURATION, "utf-8")
    return made
