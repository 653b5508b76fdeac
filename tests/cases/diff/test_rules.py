"""Cases of the rules: a directory for each, with changes of `pets.yaml`.

Its files are the cases, `case.yaml` the simplest one. A case has the edits, or names the rule whose
case of the same name is reverted, and every expected change: impact, rule, line, column, and
message. Edits under `before` apply to both documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.diff import surface, unexplained
from generator.diff.change import RULES, Change
from generator.diff.comparison import of_documents
from generator.diff.side import Side
from tests.support.editing import replaced_once

HERE = Path(__file__).parent
PETS = (HERE / "pets.yaml").read_text("utf-8")
CASES = sorted(HERE.glob("*/*.yaml"))
ELSEWHERE = {
    surface.python_added.name,
    surface.python_breaks.name,
    unexplained.unexplained_change.name,
}


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def documents(path: Path) -> tuple[str, str]:
    """Return the old and the new document of a case."""
    case = read(path)
    backwards = case.get("backwards")
    if backwards:
        new, old = documents(HERE / backwards / path.name)
        return old, new
    old = apply_edits(PETS, case.get("before", ()))
    return old, apply_edits(old, case["edits"])


def apply_edits(text: str, edits: Iterable[dict[str, str]]) -> str:
    for edit in edits:
        text = replaced_once(text, edit["old"], edit["new"])
    return text


def summary(change: Change, old: Side) -> str:
    place = change.location
    side = "old" if place.file.startswith(f"{old.name}:") else "new"
    return (
        f"{change.impact} {change.rule} {side}:{place.line}:{place.column} "
        f"{change.subject}: {change.message}"
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_case_produces_the_expected_changes(
    path: Path, base: Side, build_side: Callable[[str], Side]
) -> None:
    case = read(path)
    before, after = documents(path)
    old, new = (base if text == PETS else build_side(text) for text in (before, after))
    found = sorted(
        of_documents(old, new), key=lambda each: (-each.impact, each.location, each.rule)
    )
    assert [summary(each, old) for each in found] == case["changes"]
    assert path.parent.name in {each.rule for each in found}


def test_document_does_not_differ_from_itself(base: Side) -> None:
    assert list(of_documents(base, base)) == []


def test_every_rule_has_a_directory_of_cases() -> None:
    assert {path.parent.name for path in CASES} | ELSEWHERE == set(RULES)
    assert all((HERE / name).is_dir() for name in ELSEWHERE)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_a_reason(name: str) -> None:
    assert RULES[name].reason.endswith(".")
    assert len(RULES[name].reason.split()) >= 4
