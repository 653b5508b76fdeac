"""What a package says about its own making."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.support.cli import Project
from tests.support.paths import PACKAGE, ROOT, SPEC


def manifest() -> Any:
    return json.loads((PACKAGE / "manifest.json").read_text("utf-8"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_it_has_a_hash_of_every_file_but_itself() -> None:
    files = {
        path.relative_to(PACKAGE).as_posix(): digest(path)
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != "manifest.json"
    }
    assert manifest()["files"] == files


def test_it_says_from_what_the_package_was_made() -> None:
    found = manifest()
    assert found["document"] == {"file": "openapi.yaml", "sha256": digest(SPEC)}
    for part in ("configuration", "templates", "runtime"):
        assert re.fullmatch("[0-9a-f]{64}", found[part]["sha256"])


def test_it_says_with_which_tools_exactly() -> None:
    names = ("datamodel-code-generator", "jinja2", "openapi-python-client", "ruff")
    assert manifest()["tools"] == {name: version(name) for name in names}


def test_it_says_nothing_else() -> None:
    assert set(manifest()) == {
        "configuration",
        "document",
        "files",
        "manifest",
        "package",
        "runtime",
        "templates",
        "tools",
    }


def test_it_holds_no_path_no_platform_no_python_and_no_time() -> None:
    text = (PACKAGE / "manifest.json").read_text("utf-8")
    python = ".".join(map(str, sys.version_info[:3]))
    for word in (str(ROOT), str(Path.home()), platform.system(), platform.machine(), python):
        assert word.lower() not in text.lower()
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", text)


def test_what_it_was_made_from_comes_along() -> None:
    assert (PACKAGE / "openapi.yaml").read_bytes() == SPEC.read_bytes()


def test_every_python_file_has_a_banner_without_a_hash() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert path.read_text("utf-8").split("\n")[0] == (
            "# Generated from openapi.yaml by `python -m generator generate`. Do not edit."
        )


def test_one_word_in_the_document_touches_few_files(made: Project) -> None:
    before = made.files()
    made.edit("What it is called.", "What it is named.")
    assert made.run("generate").code == 0
    changed = {path for path, content in made.files().items() if content != before[path]}
    assert changed == {"manifest.json", "models.py", "openapi.yaml"}
