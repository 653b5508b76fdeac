"""Fixtures: hostile documents must produce diagnostics with positions, or harmless packages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.support.attacks import (
    MARK,
    Spot,
    lines,
    plant,
    rename_values,
    text_of,
    was_hit,
)
from tests.support.cli import CONFIGURATION, Ended, Project, project
from tests.support.importing import broken_syntax, what_imports_do
from tests.support.paths import ROOT

Attacks: TypeAlias = Mapping[Spot | str, str]
_PLACE = re.compile(r"^spec/openapi\.yaml:(\d+):\d+: error [A-Z]\d{3}: ", re.MULTILINE)


class Attacked:
    """A project whose document is attacked; packages of all attacks are examined together.

    Attributes:
        document: The document without attacks.
        packages: The names of the generated packages.
    """

    def __init__(self, made: Project, document: Any) -> None:
        self.document = document
        self.packages: list[str] = []
        self._project = made
        self._lines = text_of(document).split("\n")
        self._spots = lines(document)
        (made.root / "pyproject.toml").write_text(
            CONFIGURATION.replace("strict = true", "strict = false"), "utf-8"
        )

    def write(self, attacks: Attacks) -> None:
        """Write the document with attacks as values, and as names of components."""
        spots = {spot: each for spot, each in attacks.items() if isinstance(spot, Spot)}
        named = {name: each for name, each in attacks.items() if isinstance(name, str)}
        text = text_of(rename_values(plant(self.document, spots), named))
        self._project.spec.write_text(text, "utf-8")

    def run(self, *arguments: str) -> Ended:
        """Run a command, which must exit normally, with a position for each error."""
        ended = self._project.run(*arguments)
        assert not was_hit()
        assert "fault of the generator" not in ended.err, ended.err
        assert ended.code in {0, 2}, ended.err
        assert bool(ended.code) is bool(_PLACE.search(ended.err)), ended.err
        return ended

    def attempt(self, attacks: Attacks) -> None:
        """Generate a package, or have the attacks rejected."""
        name = f"pets{len(self.packages)}"
        self.write(attacks)
        if self.run("generate", "--allow-partial", "--package", name).code == 0:
            self.packages.append(name)

    def generate(self, attacks: Attacks) -> int:
        """Generate a package; attacks that errors name are reverted until generation succeeds.

        Returns:
            The number of attacks in the package.
        """
        left = dict(attacks)
        name = f"pets{len(self.packages)}"
        while True:
            self.write(left)
            ended = self.run("generate", "--allow-partial", "--package", name)
            if ended.code == 0:
                break
            assert left, ended.err
            for place in self._attacks_at_errors(ended, left):
                del left[place]
        self.packages.append(name)
        return len(left)

    def _attacks_at_errors(self, ended: Ended, attacks: Attacks) -> set[Spot | str]:
        """Return the attacks that errors may refer to: on their lines, or around or inside them."""
        numbers = [int(number) for number in _PLACE.findall(ended.err)]
        reported = [spot for number in numbers for spot in self._spots.get(number, ())]
        text = "\n".join(self._lines[number - 1] for number in numbers)
        above = "\n".join("/".join(spot.path) for spot in reported)
        named = {each for each in attacks if isinstance(each, str)}
        spots = {each for each in attacks if isinstance(each, Spot)}
        guesses: list[set[Spot | str]] = [
            {*(each for each in named if each in text), *spots.intersection(reported)},
            {each for each in named if each in above},
            {each for each in spots if any(_is_near(each, spot) for spot in reported)},
        ]
        return next(filter(None, guesses), set(sorted(attacks, key=str)[::2]))

    def look(self) -> None:
        """Import the packages and check their syntax and their side effects."""
        assert what_imports_do(self._project.output, self.packages, MARK) == []
        assert broken_syntax(self._project.output, ROOT / "pyproject.toml") == []
        assert {path.name for path in self._project.output.iterdir()} == set(self.packages)
        assert sorted(path.name for path in self._project.root.iterdir()) == [
            *("generated", "pyproject.toml", "spec")
        ]


def _is_near(place: Spot, reported: Spot) -> bool:
    return place.path[: len(reported.path)] == reported.path


@pytest.fixture
def attacked_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Attacked]:
    """Builds a project around a document to be attacked."""
    made = project(tmp_path / "project", monkeypatch.chdir)
    return lambda document: Attacked(made, document)
