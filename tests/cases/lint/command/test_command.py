"""Broken documents on the command line: position, hint and exit code."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from tests.support.cli import Project

PET = "        name: {type: string, description: What it is called.}\n"
SECURITY = """\
  securitySchemes:
    key: {type: http, scheme: bearer, x-scopes: {read: Read.}}
  schemas:
"""
LIST = """\
  /pets:
    get:
      operationId: %s
      responses: {'200': {description: All., content: {application/json: {schema: {}}}}}
components:
"""


@dataclass(frozen=True)
class Fault:
    """A change that breaks the document.

    Attributes:
        old: The text to replace.
        new: The replacement.
        found: The positions and codes of the expected diagnostics.
        strict: Whether this is an error only with `strict = true`.
    """

    old: str
    new: str
    found: tuple[str, ...]
    strict: bool = False


FAULTS = {
    "YAML that cannot be parsed": Fault("paths:\n", "paths: [\n", ("9:9 S101",)),
    "a key that stands there twice": Fault(
        "  title: Pets\n", "  title: A\n  title: B\n", ("4:3 S102",), strict=True
    ),
    "a reference that leads nowhere": Fault(
        "{$ref: '#/components/schemas/Pet'}", "{$ref: '#/components/schemas/Cat'}", ("24:30 R201",)
    ),
    "no operationId": Fault("      operationId: pets.get\n", "", ("10:5 O301",), strict=True),
    "an operationId that is used twice": Fault(
        "components:\n", LIST % "pets.get", ("27:20 O302",), strict=True
    ),
    "a name in the path without a parameter": Fault(
        "in: path", "in: query", ("10:5 O303",), strict=True
    ),
    "a parameter that is not in the path": Fault(
        "/pets/{petId}:", "/pets:", ("14:17 O304",), strict=True
    ),
    "an unknown type": Fault(
        "name: {type: string,", "name: {type: text,", ("31:22 T501",), strict=True
    ),
    "an unknown format": Fault(
        "name: {type: string,",
        "name: {type: string, format: callsign,",
        ("31:38 T502",),
        strict=True,
    ),
    "an enum value that is repeated": Fault(
        "name: {type: string,",
        "name: {type: string, enum: [a, b, a],",
        ("31:43 T503",),
        strict=True,
    ),
    "a security scheme that is not declared": Fault(
        "      summary: Retrieve one pet\n", "      security: [{lock: []}]\n", ("12:19 A601",)
    ),
    "a scope that is not declared": Fault(
        "  schemas:\n", f"{SECURITY}", ("12:25 A602",), strict=True
    ),
    "an example that does not fit": Fault(
        "name: {type: string,", "name: {type: string, example: 3,", ("31:39 E901",), strict=True
    ),
    "a default that does not fit": Fault(
        "name: {type: string,", "name: {type: string, default: 3,", ("31:39 E902",), strict=True
    ),
    "operations of one name": Fault(
        "components:\n", LIST % "Pets.get", ("27:20 N801",), strict=True
    ),
    "an unsupported media type": Fault(
        "      parameters:\n",
        "      requestBody: {content: {application/x-protobuf: {schema: {type: object}}}}\n"
        "      parameters:\n",
        ("13:31 M002",),
        strict=True,
    ),
    "an unsupported style": Fault(
        "in: path\n", "in: path\n          style: form\n", ("16:18 P402",), strict=True
    ),
    "an extension of a wrong shape": Fault(
        "  title: Pets\n", "  title: Pets\n  x-client: 3\n", ("5:13 X702",)
    ),
    "OpenAPI 2.0": Fault("openapi: 3.1.0\n", "swagger: '2.0'\n", ("1:10 D001",)),
    "OpenAPI 3.3": Fault("openapi: 3.1.0\n", "openapi: 3.3.0\n", ("1:10 D001",)),
}


def break_it(project: Project, fault: Fault) -> None:
    if fault.new == SECURITY:
        project.edit("      summary: Retrieve one pet\n", "      security: [{key: [wriet]}]\n")
    if "x-client" in fault.new:
        project.edit("openapi: 3.1.0\n", "openapi: 3.1.0\nx-generator: 1\n")
    project.edit(fault.old, fault.new)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_is_reported_at_its_position_and_nothing_is_written(
    new_project: Project, fault: Fault
) -> None:
    break_it(new_project, fault)
    before = new_project.everything()
    for command in ("lint", "generate", "check"):
        ended = new_project.run(command)
        assert (ended.code, ended.out) == (2, "")
        found = re.findall(r"^spec/openapi\.yaml:(\d+:\d+): error (\w+): ", ended.err, re.MULTILINE)
        assert tuple(" ".join(each) for each in found) == fault.found
        assert ended.err.count("      hint: ") == len(found)
        assert len(re.findall(r"^ +\| *\^$", ended.err, re.MULTILINE)) == len(found)
        assert ended.err.splitlines()[-1] == f"{len(found)} error{'s' if len(found) > 1 else ''}"
    assert new_project.everything() == before


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_faults_of_strict_rules_are_warnings_without_strict(
    new_project: Project, fault: Fault
) -> None:
    (new_project.root / "pyproject.toml").unlink()
    break_it(new_project, fault)
    ended = new_project.run("generate")
    assert ended.code == (0 if fault.strict else 2)
    kinds = re.findall(r"^spec/openapi\.yaml:\d+:\d+: (\w+) ", ended.err, re.MULTILINE)
    assert kinds == ["warning" if fault.strict else "error"] * len(fault.found)
    assert new_project.output.exists() is fault.strict


def test_problem_is_shown_with_source_line_caret_and_hint(new_project: Project) -> None:
    new_project.edit("name: {type: string,", "name: {type: strin,")
    ended = new_project.run("lint")
    shown = ended.err.splitlines()
    assert shown[0].startswith("spec/openapi.yaml:31:22: error T501: ")
    assert shown[1] == "   31 |         name: {type: strin, description: What it is called.}"
    assert shown[2] == "      |                      ^"
    assert shown[3].startswith("      hint: ")
    assert "string" in shown[3]


def test_malformed_json_is_reported_with_its_position(new_project: Project) -> None:
    new_project.spec.write_text('{"openapi": "3.1.0",\n  "info": }\n', "utf-8")
    ended = new_project.run("generate")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("spec/openapi.yaml:2:11: error S101: ")


def test_all_problems_are_reported_at_once(new_project: Project) -> None:
    new_project.edit("name: {type: string,", "name: {type: text, format: callsign,")
    new_project.edit("in: path", "in: query")
    new_project.edit("{$ref: '#/components/schemas/Pet'}", "{$ref: '#/components/schemas/Cat'}")
    ended = new_project.run("generate")
    found = re.findall(r" error (\w+): ", ended.err)
    assert found == ["O303", "R201", "T501", "T502"]


def test_operation_without_an_id_gets_a_name_without_strict(new_project: Project) -> None:
    (new_project.root / "pyproject.toml").write_text('[tool.generator]\npackage = "pets"\n')
    new_project.edit("      operationId: pets.get\n", "")
    ended = new_project.run("generate")
    assert ended.code == 0
    assert ended.out.splitlines()[-1] == "1 of 1 operations generated"


def test_strict_applies_to_the_configured_document_only(new_project: Project) -> None:
    other = new_project.root / "other.yaml"
    text = new_project.spec.read_text("utf-8").replace("      operationId: pets.get\n", "")
    other.write_text(text, "utf-8")
    ended = new_project.run("generate", "--spec", "other.yaml", "--output", "out")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "1 of 1 operations generated")
    assert "warning O301" in ended.err
    new_project.spec.write_text(text, "utf-8")
    assert new_project.run("generate").code == 2
    assert new_project.run("generate", "--allow-partial").code == 0
