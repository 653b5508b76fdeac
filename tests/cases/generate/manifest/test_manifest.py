"""The manifest of a package."""

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


def test_manifest_has_a_hash_of_every_other_file() -> None:
    files = {
        path.relative_to(PACKAGE).as_posix(): digest(path)
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != "manifest.json"
    }
    assert manifest()["files"] == files


def test_manifest_has_hashes_of_the_inputs() -> None:
    found = manifest()
    assert found["document"] == {"file": "openapi.yaml", "sha256": digest(SPEC)}
    for part in ("configuration", "templates", "runtime"):
        assert re.fullmatch("[0-9a-f]{64}", found[part]["sha256"])


def test_manifest_has_the_exact_versions_of_the_tools() -> None:
    names = ("datamodel-code-generator", "jinja2", "openapi-python-client", "ruff")
    assert manifest()["tools"] == {name: version(name) for name in names}


def test_manifest_has_no_other_members() -> None:
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


def test_manifest_contains_no_path_platform_python_version_or_time() -> None:
    text = (PACKAGE / "manifest.json").read_text("utf-8")
    python = ".".join(map(str, sys.version_info[:3]))
    for word in (str(ROOT), str(Path.home()), platform.system(), platform.machine(), python):
        assert word.lower() not in text.lower()
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", text)


def test_package_contains_the_document() -> None:
    assert (PACKAGE / "openapi.yaml").read_bytes() == SPEC.read_bytes()


def test_every_python_file_starts_with_the_banner() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert path.read_text("utf-8").split("\n")[0] == (
            "# Generated from openapi.yaml by `python -m generator generate`. Do not edit."
        )


def test_one_word_of_the_document_changes_few_files(generated_project: Project) -> None:
    before = generated_project.files()
    generated_project.edit("What it is called.", "What it is named.")
    assert generated_project.run("generate").code == 0
    changed = {
        path for path, content in generated_project.files().items() if content != before[path]
    }
    assert changed == {"manifest.json", "models.py", "openapi.yaml"}
