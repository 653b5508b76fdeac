"""Packages of documents that differ in one unrelated operation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from tests.support.large_documents import inline, to_json

_ADDED: Any = {
    "operationId": "umbrellas.open",
    "tags": ["umbrellas"],
    "parameters": [{"name": "wind", "in": "query", "schema": {"type": "string", "enum": ["a"]}}],
    "responses": {
        "200": {
            "description": "It.",
            "content": {
                "application/json": {
                    "schema": {"type": "object", "properties": {"ribs": {"type": "integer"}}},
                    "example": {"ribs": 8},
                }
            },
        },
        "404": {
            "description": "None.",
            "content": {
                "application/json": {
                    "schema": {"type": "object", "properties": {"why": {"type": "string"}}},
                    "example": {"why": "none"},
                }
            },
        },
    },
}
_LISTS = {
    *("README.md", "manifest.json", "openapi.json", "sbom.cdx.json"),
    *("client.py", "async_client.py", "_command/tables.py"),
    *("models/__init__.py", "constants/__init__.py", "scopes/__init__.py"),
    "_examples/__init__.py",
}
"""What lists all resources, models or operations."""
_WHOLE = {"manifest.json", "openapi.json", "sbom.cdx.json"}


@pytest.mark.parametrize("place", ["second", "last"])
def test_unrelated_operation_changes_its_own_files_and_the_lists_of_all(
    tmp_path: Path, place: str
) -> None:
    before, after = _both(tmp_path, 63, place)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert {path for path in changed if "umbrellas" not in path} <= _LISTS
    for path in changed & _LISTS - _WHOLE:
        assert _words(before[path]) <= _words(after[path]), path


def test_unrelated_operation_of_a_small_document_removes_no_word(tmp_path: Path) -> None:
    before, after = _both(tmp_path, 27, "second")
    for path in before.keys() - _WHOLE:
        if path.startswith("_runtime"):
            assert before[path] == after[path]
        else:
            assert _words(before[path]) <= _words(after[path]), path


def _both(folder: Path, count: int, place: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files of a package without the operation, and with it."""
    old = inline(count)
    paths = [*old["paths"].items()]
    paths.insert(1 if place == "second" else len(paths), ("/umbrellas", {"get": _ADDED}))
    return _files(folder, old), _files(folder, {**old, "paths": dict(paths)})


def _words(text: bytes) -> set[str]:
    return {*re.findall(r"\w+", text.decode())}


def _files(folder: Path, value: Any) -> dict[str, bytes]:
    spec = folder / "openapi.json"
    spec.write_bytes(to_json(value))
    return pipeline.build(spec, "things", strict=False, command="things").files
