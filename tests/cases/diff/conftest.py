"""Fixtures: documents to compare."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from generator import pipeline
from generator.config import Config
from generator.diff.side import Side
from generator.diff.sources import of_document
from tests.support.cli import Project
from tests.support.surfaces import surfaces_are_read_once

__all__ = ["surfaces_are_read_once"]

HERE = Path(__file__).parent
PETS = (HERE / "pets.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Side:
    """The document that the cases change, with its package."""
    side = side_of("base", tmp_path_factory.mktemp("base"), PETS)
    return replace(side, files=pipeline.files_of(side.plan, side.normalized.document))


@pytest.fixture
def build_side(tmp_path: Path) -> Callable[[str], Side]:
    """Builds one side of a comparison from a document's text, without a package."""
    numbers = count()

    def build(text: str) -> Side:
        number = next(numbers)
        folder = tmp_path / str(number)
        folder.mkdir()
        return side_of(f"changed{number}", folder, text)

    return build


@pytest.fixture
def pets(new_project: Project) -> Project:
    """A project with the document as `old.yaml`, and as `new.yaml`, which tests edit."""
    shutil.copy(HERE / "pets.yaml", new_project.root / "old.yaml")
    shutil.copy(HERE / "pets.yaml", new_project.root / "new.yaml")
    return new_project


def side_of(name: str, folder: Path, text: str) -> Side:
    (folder / "pets.yaml").write_text(text, "utf-8")
    return of_document(
        name,
        folder / "pets.yaml",
        Config(package="pets", names="document"),
        folder=folder,
        files={},
    )
