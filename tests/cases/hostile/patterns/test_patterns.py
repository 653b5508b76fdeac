"""Regular expressions with catastrophic backtracking: linted, and never run by a package.

`(a+)+$` tries thirty letters and one other character in a thousand million ways. Patterns of
polynomial time are accepted: a program chooses the length of its arguments.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.openapi.patterns import backtracks_exponentially
from tests.support.cli import Project
from tests.support.packages import generated_package

# Each takes longer than a test may for the text beside it.
EXPLODING = {
    "(a+)+$": "a",
    "^(a*)*b": "a",
    "^(a|a)*$": "a",
    "^(a|ab?)*c": "a",
    "^([a-z]+)*!": "a",
    "^((a+)?b?)+$": "a",
    "^((b?)a+)+$": "a",
    r"^(\s*\w*)*!$": "a",
    "^(.*)*!$": "a",
    "^(a{0,50}){0,50}b": "a",
    "^(?:(?:a+)|b)+$": "a",
    "^(?=(a+)+$)x": "a",
    r"^(https?:\/\/)?([\da-z\.-]+)([\/\w \.-]*)*\/?$": "a/",
}
HARMLESS = [
    "",
    "^[a-z0-9]{4}$",
    "^([a-z]+-)*[a-z]+$",
    r"^\d{3}(-\d+)*$",
    r"(?:\d+\.)+",
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==)?$",
    "^#?([a-f0-9]{6}|[a-f0-9]{3})$",
    "^(a+b)*$",
    "^/([^/]+/)*$",
    "(a?b)*",
    r"^[\w.]+@([\w-]+\.)+[\w-]{2,4}$",
    "(?>a+)+",
    "(a++)+",
]


def document(pattern: str) -> dict[str, Any]:
    parameter = {"name": "q", "in": "query", "schema": {"type": "string", "pattern": pattern}}
    answer = {"description": "A.", "content": {"application/json": {"schema": {"type": "object"}}}}
    operation = {"operationId": "a.get", "parameters": [parameter], "responses": {"200": answer}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "A", "version": "1"},
        "servers": [{"url": "https://a.example.com"}],
        "paths": {"/a": {"get": operation}},
    }


@pytest.mark.parametrize("pattern", EXPLODING)
def test_pattern_with_catastrophic_backtracking_is_an_error(
    new_project: Project, pattern: str
) -> None:
    new_project.spec.write_text(json.dumps(document(pattern), indent=1), "utf-8")
    ended = new_project.run("lint")
    assert ended.code == 2
    assert "error T510: the pattern" in ended.err
    assert ended.err.count(": error ") == 1


@pytest.mark.parametrize("pattern", HARMLESS)
def test_harmless_pattern_is_accepted(pattern: str) -> None:
    assert not backtracks_exponentially(pattern)


@pytest.mark.timeout(60)
def test_pattern_with_catastrophic_backtracking_is_not_validated_by_the_package(
    tmp_path: Path,
) -> None:
    """All parameters get a value on which the pattern would not terminate."""
    described = document("a")
    operation = described["paths"]["/a"]["get"]
    operation["parameters"] = [
        {"name": f"q{n}", "in": "query", "schema": {"type": "string", "pattern": pattern}}
        for n, pattern in enumerate([*EXPLODING, "^[a-z]$"])
    ]
    with generated_package(tmp_path, json.dumps(described)) as package:
        service = package.testing.mock_transport(answers={"a.get": {}})
        import httpx

        with package.Client("t", http_client=httpx.Client(transport=service)) as client:
            texts = {f"q{n}": each * 60 + "?" for n, each in enumerate(EXPLODING.values())}
            assert client.a.get(**texts) == {}
            with pytest.raises(package.InvalidArgumentError, match="expected a str that matches"):
                client.a.get(**{f"q{len(texts)}": "ab"})


@pytest.mark.timeout(60)
def test_example_is_not_matched_against_a_pattern_with_catastrophic_backtracking(
    new_project: Project,
) -> None:
    described = document("^(a|ab?)*c")
    parameter = described["paths"]["/a"]["get"]["parameters"][0]
    parameter["example"] = "a" * 60
    new_project.spec.write_text(json.dumps(described, indent=1), "utf-8")
    assert "T510" in new_project.run("lint").err
