"""Validators of others find nothing wrong with the document."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from generator.document import load
from generator.lint import lint
from tests.support import document as doc
from tests.support.node import environment, judge
from tests.support.paths import JUDGES, SPEC


def places() -> list[tuple[str, Any, Any]]:
    """Return every example of the document, with its position and its schema."""
    found: list[tuple[str, Any, Any]] = []
    for path in doc.document()["paths"]:
        for name, parameter in doc.parameters(path).items():
            shown = parameter.get("examples", {}).values()
            values = [each["value"] for each in shown] + [
                parameter[key] for key in ("example",) if key in parameter
            ]
            found += [(f"{path} {name}", value, parameter["schema"]) for value in values]
        for status in doc.operation(path)["responses"]:
            schema = doc.answer_schema(path, status)
            values = doc.examples(path, status)
            found += [(f"{path} {status}", value, schema) for value in values]
    return found


def test_document_is_valid_openapi() -> None:
    assert doc.document()["openapi"].startswith("3.1.")
    assert [str(error) for error in OpenAPIV31SpecValidator(doc.document()).iter_errors()] == []


def test_document_passes_the_lint() -> None:
    assert lint(load(SPEC)) == ()


@pytest.mark.parametrize(("place", "value", "schema"), places(), ids=[p for p, _, _ in places()])
def test_example_matches_its_schema(place: str, value: Any, schema: Any) -> None:
    whole = {"components": doc.document()["components"], "allOf": [schema]}
    validator = Draft202012Validator(whole, validate_formats=True)
    assert [error.message for error in validator.iter_errors(value)] == [], place


def test_every_response_of_every_operation_has_an_example() -> None:
    for path in doc.document()["paths"]:
        for status in doc.operation(path)["responses"]:
            assert doc.examples(path, status), (path, status)


def test_document_passes_the_recommended_rules_of_redocly(tmp_path: Path) -> None:
    assert redocly(SPEC, tmp_path) == []


def test_redocly_reports_a_broken_document(tmp_path: Path) -> None:
    broken = tmp_path / "openapi.yaml"
    broken.write_text(SPEC.read_text("utf-8").replace("perPage: 1\n", "perPage: one\n"), "utf-8")
    assert redocly(broken, tmp_path) == ["no-invalid-media-type-examples"] * 2


def redocly(path: Path, home: Path) -> list[str]:
    """Return the rules that a document breaks, warnings included."""
    options = ["--format=json", f"--config={JUDGES / 'redocly.yaml'}"]
    done = subprocess.run(
        [*judge("redocly"), "lint", str(path), *options],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    found = [problem["ruleId"] for problem in report["problems"]]
    assert sum(report["totals"].values()) == len(found)
    return found
