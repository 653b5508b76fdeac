"""Diagnostics of the lint, which each document here lists."""

from __future__ import annotations

import copy
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.document import Document, Source, load, parsing
from generator.document.json_values import Pointer, is_array, is_object
from generator.lint import lint

HERE = Path(__file__).parent
ROOT = Path(__file__).parents[3]
CASES = sorted(HERE.glob("*/*.yaml"))
VALID = HERE / "valid.yaml"
REPLACEMENTS = (None, 1, "x", list[object](), dict[str, object]())


def diagnostic_codes(path: Path) -> list[str]:
    return [
        f"{each.location.line}:{each.location.column} {each.severity} {each.code}"
        for each in lint(load(path))
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_document_produces_the_diagnostics_listed_in_its_comments(path: Path) -> None:
    expected = re.findall(r"^# expect (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert diagnostic_codes(path) == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_diagnostic_has_a_message_and_a_hint(path: Path) -> None:
    for each in lint(load(path)):
        assert each.hint
        assert each.message
        assert not each.message.endswith(".")


@pytest.mark.parametrize(
    "path", [VALID, ROOT / "spec" / "openapi.yaml"], ids=lambda path: path.name
)
def test_valid_document_has_no_diagnostics(path: Path) -> None:
    assert diagnostic_codes(path) == []


def test_twenty_faults_produce_twenty_diagnostics() -> None:
    assert len(diagnostic_codes(HERE / "twenty-faults.yaml")) == 20


def test_every_code_in_the_generator_is_listed_once() -> None:
    table = (ROOT / "generator" / "lint" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^(?:\| ([A-Z]\d{3}) \||- ([A-Z]\d{3}): )", table, re.MULTILINE)
    codes = [row or item for row, item in listed]
    used = {
        code
        for source in (ROOT / "generator").rglob("*.py")
        for code in re.findall(r'"([A-Z]\d{3})"', source.read_text(encoding="utf-8"))
    }
    assert len(codes) == len(set(codes))
    assert set(codes) == used


def test_every_code_of_a_rule_has_a_case() -> None:
    table = (ROOT / "generator" / "lint" / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| ([A-Z]\d{3}) \|", table, re.MULTILINE))
    shown = {line.split()[-1] for path in CASES for line in diagnostic_codes(path)}
    assert {code for code in listed if code[0] not in "SY"} <= shown


def test_every_code_has_the_severity_of_the_table() -> None:
    table = (ROOT / "generator" / "lint" / "README.md").read_text(encoding="utf-8")
    severities = dict(re.findall(r"^\| ([A-Z]\d{3}) \| (\w+) \|", table, re.MULTILINE))
    for path in CASES:
        for each in lint(load(path)):
            known = {each.severity, "either", "tolerated"}
            assert severities[each.code] in known or each.code[0] == "X"


def test_tolerated_code_is_an_error_in_a_strict_document() -> None:
    table = (ROOT / "generator" / "lint" / "README.md").read_text(encoding="utf-8")
    tolerated = re.findall(r"^\| ([A-Z]\d{3}) \| tolerated \|", table, re.MULTILINE)
    kinds = {code: set[str]() for code in tolerated}
    for path in CASES:
        strict = "x-generator: 1" in path.read_text(encoding="utf-8")
        for each in lint(load(path)):
            if each.code in kinds:
                assert each.is_error is strict
                kinds[each.code].add(each.severity)
    assert all(kinds[code] for code in tolerated if code != "S102")


def test_values_of_wrong_types_do_not_crash_the_lint() -> None:
    """Some nodes of a valid document are replaced in turn; the lint must finish for each."""
    data = parsing.parse(VALID.read_bytes(), "valid.yaml").data
    some = itertools.islice(pointers(data), 0, None, 3)
    for pointer, value in zip(some, itertools.cycle(REPLACEMENTS), strict=False):
        lint(broken(data, pointer, value))


@pytest.mark.slow
@pytest.mark.parametrize("value", REPLACEMENTS, ids=json.dumps)
def test_values_of_wrong_types_do_not_crash_the_lint_at_any_node(value: object) -> None:
    data = parsing.parse(VALID.read_bytes(), "valid.yaml").data
    for pointer in pointers(data):
        lint(broken(data, pointer, value))


def broken(data: Any, pointer: Pointer, value: object) -> Document:
    text = json.dumps(replace_value(data, pointer, value)).encode()
    source = Source("broken.json", HERE / "broken.json", parsing.parse(text, "broken.json"))
    return Document(source.root, {source.path: source})


def pointers(node: object, above: Pointer = ()) -> Iterator[Pointer]:
    yield above
    if is_object(node):
        for key, child in node.items():
            yield from pointers(child, (*above, key))
    elif is_array(node):
        for index, child in enumerate(node):
            yield from pointers(child, (*above, index))


def replace_value(data: Any, pointer: Pointer, value: object) -> Any:
    if not pointer:
        return value
    result = copy.deepcopy(data)
    holder = result
    for part in pointer[:-1]:
        holder = holder[part]
    holder[pointer[-1]] = value
    return result
