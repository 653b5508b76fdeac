"""What the code's readers were promised."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator import config
from tests.support.paths import GENERATOR, PACKAGE, ROOT

MODULES = sorted(GENERATOR.rglob("*.py"))
LONG = {GENERATOR / "runtime" / "schemas.py"}  # A class a kind of schema, all alike.


def test_no_module_of_the_generator_is_too_long_to_be_read() -> None:
    long = {path for path in MODULES if path.read_text("utf-8").count("\n") > 300}
    assert long - LONG == set()


def test_nothing_in_the_generator_is_about_losant() -> None:
    allowed = {(GENERATOR / "config.py", config.Config().package)}
    found = {
        (path, word)
        for path in sorted(GENERATOR.rglob("*"))
        if path.suffix in {".py", ".jinja", ".md"}
        for word in re.findall(r"\w*(?:losant|audit)\w*", path.read_text("utf-8"), re.IGNORECASE)
    }
    assert found == allowed


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_generated_code_needs_no_suppression(path: Path) -> None:
    text = path.read_text("utf-8")
    ast.parse(text)
    assert "type: ignore" not in text
    assert "noqa" not in text
    assert "pyright:" not in text


def test_nothing_beside_what_the_layout_names_stands_at_the_top() -> None:
    layout = {
        ".ci",
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        ".pre-commit-config.yaml",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "SECURITY.md",
        "generated",
        "generator",
        "pyproject.toml",
        "spec",
        "tests",
    }
    built = {path.name for path in ROOT.iterdir() if path.name.startswith(".")} | {"dist"}
    assert {path.name for path in ROOT.iterdir()} - built <= layout
