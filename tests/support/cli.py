"""The generator's command line in a temporary project."""

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
CONFIGURATION = '[tool.generator]\npackage = "pets"\nstrict = true\nnames = "document"\n'


@dataclass(frozen=True)
class Ended:
    """The result of a command.

    Attributes:
        code: The exit code.
        out: The standard output.
        err: The standard error.
    """

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Project:
    """A directory with a document and the package that is generated from it.

    Attributes:
        root: The directory; commands run in it.
        change_folder: Changes the working directory for the time of a test.
    """

    root: Path
    change_folder: Callable[[Path], None]

    @property
    def spec(self) -> Path:
        """The path of the document."""
        return self.root / "spec" / "openapi.yaml"

    @property
    def output(self) -> Path:
        """The output directory."""
        return self.root / "generated"

    @property
    def package(self) -> Path:
        """The directory of the package."""
        return self.output / "pets"

    def run(self, *arguments: str) -> Ended:
        """Run a command in this process."""
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
        """Run a command in a subprocess."""
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
        """Edit the document."""
        text = self.spec.read_text("utf-8")
        assert text.count(old) == 1
        self.spec.write_text(text.replace(old, new), "utf-8")

    def files(self) -> dict[str, bytes]:
        """Return the files of the generated package with their contents."""
        return contents(self.package)

    def everything(self) -> dict[str, bytes]:
        """Return all files of the project with their contents."""
        return contents(self.root)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a directory with their contents."""
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
