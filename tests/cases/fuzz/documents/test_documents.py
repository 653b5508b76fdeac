"""Any document produces a package or a diagnostic.

The corpus beside this directory has a small document for every failure that was found.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document import load
from generator.document.diagnostics import DocumentError, report
from generator.normalize import normalize
from generator.output import manifest
from generator.pipeline import build, readable
from generator.planning import plan
from generator.planning.operation_names.assignment import operation_names
from generator.planning.unsupported import unsupported_operations, without_ignored_pagination
from generator.render.texts.package import package_texts
from tests.support.attacks import MARK, was_hit
from tests.support.grammar import VALID, damaged_documents
from tests.support.importing import broken_syntax, what_imports_do
from tests.support.paths import ROOT
from tests.support.searching import few, many

pytestmark = pytest.mark.long

CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.*"))
DOCUMENTS = VALID | damaged_documents()


def check_planned(document: Any, folder: Path) -> None:
    """Run every stage except writing, which takes most of the time."""
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(document, indent=1), "utf-8")
    try:
        loaded, warnings = readable(load(spec), strict=False)
        normalized = without_ignored_pagination(normalize(loaded), warnings)
        refused = unsupported_operations(normalized)
        kept = tuple(each for each in normalized.operations if each.id not in refused)
        naming = operation_names(normalized.operations, "short")
        package_texts(
            plan(replace(normalized, operations=kept), "pets", naming.names, "", "httpx2")
        )
    except DocumentError as error:
        check_places(error, spec)
    assert not was_hit()


def check_places(error: DocumentError, spec: Path) -> None:
    text = spec.read_text("utf-8", errors="replace")
    lines = text.count("\n") + 1
    assert any(each.is_error for each in error.diagnostics)
    assert all(1 <= each.location.line <= lines for each in error.diagnostics)
    assert report(error.diagnostics, lambda _: text)


def write(spec: Path, folder: Path, name: str) -> bool:
    """Generate a package; return whether there is one."""
    try:
        outcome = build(spec, name, strict=False, partial=True)
    except DocumentError as error:
        check_places(error, spec)
        return False
    for path, content in outcome.files.items():
        target = folder / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    assert manifest.NAME in outcome.files
    return True


def look(folder: Path, names: list[str]) -> None:
    assert what_imports_do(folder, names, MARK) == []
    assert broken_syntax(folder, ROOT / "pyproject.toml") == []


def test_corpus_of_earlier_failures_produces_packages_or_diagnostics(tmp_path: Path) -> None:
    made = [f"p{index}" for index, spec in enumerate(CORPUS) if write(spec, tmp_path, f"p{index}")]
    assert len(made) > 5
    look(tmp_path, made)


@given(DOCUMENTS)
@few(25)
def test_random_document_is_planned_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, document: Any
) -> None:
    check_planned(document, tmp_path_factory.getbasetemp())


@given(st.lists(DOCUMENTS, min_size=3, max_size=3))
@few(1)
def test_random_document_produces_a_package_or_is_rejected(
    tmp_path_factory: pytest.TempPathFactory, documents: list[Any]
) -> None:
    check_written(documents, tmp_path_factory.mktemp("packages"))


@pytest.mark.slow
@pytest.mark.timeout(7200)
@given(DOCUMENTS)
@many(4_000)
def test_thousands_of_random_documents_are_planned_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, document: Any
) -> None:
    check_planned(document, tmp_path_factory.getbasetemp())


@pytest.mark.slow
@pytest.mark.timeout(7200)
@given(st.lists(DOCUMENTS, min_size=10, max_size=10))
@many(30)
def test_many_random_documents_produce_packages_or_are_rejected(
    tmp_path_factory: pytest.TempPathFactory, documents: list[Any]
) -> None:
    check_written(documents, tmp_path_factory.mktemp("packages"))


def check_written(documents: list[Any], folder: Path) -> None:
    names: list[str] = []
    for index, document in enumerate(documents):
        spec = folder / "openapi.json"
        spec.write_text(json.dumps(document, indent=1), "utf-8")
        if write(spec, folder, f"p{index}"):
            names.append(f"p{index}")
    if names:
        look(folder, names)
    shutil.rmtree(folder)
