"""Regular expressions of ECMA-262 match the same strings in Python."""

from __future__ import annotations

import re

import pytest

from generator.openapi.patterns import python_pattern
from tests.support.cli import Project

MATCHES = [
    (r"^\W+$", "é-"),
    (r"^\D$", "\u0663"),
    (r"^(?<year>\d{4})-(?<month>\d\d)$", "2026-01"),
    (r"^(?<quote>['\"])a\k<quote>$", "'a'"),
    (r"^a(?=b)b(?<=b)(?<!a)$", "ab"),
    (r"^\(?<a>$", "<a>"),
    (r"^[[:]+$", "[:"),
    ("", "a"),
    (r"^a[^]b$", "a\nb"),
    (r"^(?:[]|a)$", "a"),
    (r"^\cJ[\cj\cM]+$", "\n\r\n"),
    (r"^[$\cI]$", "$"),
    ("^/a/$", "/a/"),
]
OTHERS = [
    (r"^a[]", "a"),
    (r"^[$\cI]$", "a"),
    (r"^\W+$", "a"),
    (r"^\D$", "3"),
    (r"^(?<quote>['\"])a\k<quote>$", "'a\""),
]


@pytest.mark.parametrize(("pattern", "text"), MATCHES)
def test_pattern_matches_what_it_matches_in_ecma_262(pattern: str, text: str) -> None:
    assert re.search(str(python_pattern(pattern)), text)


@pytest.mark.parametrize(("pattern", "text"), OTHERS)
def test_pattern_matches_nothing_else(pattern: str, text: str) -> None:
    assert not re.search(str(python_pattern(pattern)), text)


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in MATCHES])
def test_valid_pattern_causes_no_warning(new_project: Project, pattern: str) -> None:
    quoted = pattern.replace("'", "''")
    schema = f"{{type: string, pattern: '{quoted}'}}"
    text = new_project.spec.read_text("utf-8")
    new_project.spec.write_text(f"{text}    Pattern: {schema}\n", "utf-8")
    assert "pattern" not in new_project.run("lint").err


@pytest.mark.parametrize(
    ("pattern", "warning"),
    [
        ("^[[:alpha:]]+$", "T513"),
        ("^[[:^digit:]_]$", "T513"),
        ("^[-[:space:]]$", "T513"),
        ("/^a+$/", "has slashes around it"),
        ("/^[a-z]$/i", "has slashes around it"),
    ],
)
def test_pattern_in_the_notation_of_another_language_is_not_checked(
    new_project: Project, pattern: str, warning: str
) -> None:
    assert python_pattern(pattern) is None
    text = new_project.spec.read_text("utf-8")
    schema = f"{{type: string, pattern: '{pattern}'}}"
    new_project.spec.write_text(f"{text}    Pattern: {schema}\n", "utf-8")
    assert warning in new_project.run("lint").err
