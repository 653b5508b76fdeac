"""Packages of documents that differ in one unrelated operation."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from tests.support.large_documents import inline, to_json

pytestmark = pytest.mark.long

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
    *("__init__.py", "models/__init__.py", "constants/__init__.py", "scopes/__init__.py"),
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


@pytest.mark.parametrize("place", ["first", "second", "last"])
def test_operation_with_the_errors_of_others_changes_no_file_of_another_resource(
    tmp_path: Path, place: str
) -> None:
    """The error and its example are those of most operations, its parameter that of the lists."""
    operations = [each for path in inline(63)["paths"].values() for each in path.values()]
    failure = json.loads(json.dumps(operations[0]["responses"]["404"]))
    failure["content"]["application/json"]["example"] = {"type": "NotFound"}
    parameters = [each for each in operations[0]["parameters"] if each["name"] == "sortField"]
    responses = {**_ADDED["responses"], "404": failure}
    added = {**_ADDED, "parameters": parameters, "responses": responses}
    before, after = _both(tmp_path, 63, place, added, failure)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    # The README and the mock show the first call.
    assert {path for path in changed if "umbrellas" not in path} <= _LISTS | {"testing.py"}
    for path in ("models/__init__.py", "_examples/__init__.py"):
        assert _words(before[path]) <= _words(after[path]), path


def test_unrelated_operation_of_a_small_document_removes_no_word(tmp_path: Path) -> None:
    before, after = _both(tmp_path, 27, "second")
    for path in before.keys() - _WHOLE:
        if path.startswith("_runtime"):
            assert before[path] == after[path]
        else:
            assert _words(before[path]) <= _words(after[path]), path


def _both(
    folder: Path, count: int, place: str, added: Any = _ADDED, failure: Any = None
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files of a package without an operation, and with it.

    Args:
        folder: The directory of the documents.
        count: How many operations there are without it.
        place: The place of the operation in the document.
        added: The operation.
        failure: The response 404 of the other operations. Default: as in the document.
    """
    old = inline(count)
    for operation in (each for path in old["paths"].values() for each in path.values()):
        operation["responses"] |= {"404": failure} if failure else {}
    paths = [*old["paths"].items()]
    at = {"first": 0, "second": 1, "last": len(paths)}[place]
    paths.insert(at, ("/umbrellas", {"get": added}))
    return _files(folder, old), _files(folder, {**old, "paths": dict(paths)})


def _words(text: bytes) -> set[str]:
    return {*re.findall(r"\w+", text.decode())}


def _files(folder: Path, value: Any) -> dict[str, bytes]:
    spec = folder / "openapi.json"
    spec.write_bytes(to_json(value))
    return pipeline.build(spec, "things", strict=False, command="things").files
