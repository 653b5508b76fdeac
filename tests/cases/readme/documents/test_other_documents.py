"""The README of a package whose document is not the audit log's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator import pipeline
from tests.support.checkers import lines_with_errors
from tests.support.rich_document import rich_document

PLAIN = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
paths:
  /pets/{id}:
    get:
      operationId: pets.get
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: A pet.
          content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}
"""
STREAMS = """\
openapi: 3.2.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
paths:
  /events:
    get:
      operationId: pets.watch
      responses: {'200': {content: {application/jsonl: {itemSchema: {type: integer}}}}}
  /pets:
    post:
      operationId: pets.count
      responses: {'200': {content: {application/json: {schema: {type: integer}}}}}
"""
CHAPTERS_OF_LISTS = {"Lists", "Walks"}


@pytest.fixture(params=["rich", "plain"])
def readme(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The README of a package, which is written to `packages` in the temporary folder."""
    path = tmp_path / "openapi.yaml"
    text = json.dumps(rich_document()) if request.param == "rich" else PLAIN
    path.write_text(text, "utf-8")
    files = pipeline.build(path, "pets", strict=False).files
    for name, content in files.items():
        file = tmp_path / "packages" / "pets" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return files["README.md"].decode()


@pytest.mark.long
def test_every_program_of_another_readme_passes_strict_type_checks(
    readme: str, tmp_path: Path
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    found = re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    found = [each for each in found if "pyspark" not in each]  # It is an extra.
    assert found
    for number, text in enumerate(found):
        (programs / f"program_{number}.py").write_text(text, "utf-8")
    assert not any(lines_with_errors(programs, "mypy", tmp_path / "packages").values())


def test_chapters_about_lists_appear_only_where_a_list_is_paginated(readme: str) -> None:
    chapters = set(re.findall(r"^## (.*)$", readme, re.MULTILINE))
    assert {"Quickstart", "Methods", "Responses", "Options", "Errors"} <= chapters
    assert (chapters & CHAPTERS_OF_LISTS) == (
        CHAPTERS_OF_LISTS if "`pets.list`" in readme else set()
    )


def test_every_anchor_of_another_readme_is_a_heading(readme: str) -> None:
    headings = re.findall(r"^#+ (.*)$", readme, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", readme)) <= anchors


def test_readme_describes_every_public_error(readme: str, tmp_path: Path) -> None:
    text = (tmp_path / "packages" / "pets" / "errors.py").read_text("utf-8")
    public = re.findall(r'^    "(\w+)",$', text, re.MULTILINE)
    assert {each for each in public if f"`{each}`" not in readme} == set()


def test_streams_are_read_in_examples_with_a_with_statement(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(STREAMS, "utf-8")
    outcome = pipeline.build(path, "pets", strict=False, docs=True)
    readme = outcome.files["README.md"].decode()
    page = outcome.documentation["resources/pets.md"].decode()
    example = (
        "with Client() as client, client.pets.watch() as stream:\n"
        "    for item in stream:\n        print(item)\n"
    )
    assert "### Streams\n" in readme
    assert readme.count(example) == page.count(example) == 1
    assert "response = client.pets.count()" in readme
    path.write_text(PLAIN, "utf-8")
    other = pipeline.build(path, "pets", strict=False).files["README.md"].decode()
    assert "stream" not in other


@pytest.mark.parametrize(
    ("unit", "is_by_time"), [("epoch-milliseconds", True), ("date-time", False)]
)
def test_programs_that_continue_appear_only_where_a_list_is_read_by_time(
    *, unit: str, is_by_time: bool, tmp_path: Path
) -> None:
    text = json.dumps(rich_document()).replace('"epoch-milliseconds"', f'"{unit}"')
    path = tmp_path / "openapi.yaml"
    path.write_text(text, "utf-8")
    files = pipeline.build(path, "pets", strict=False, command="pets").files
    chapters = set(re.findall(r"^##+ (.*)$", files["README.md"].decode(), re.MULTILINE))
    of_time = {"Running a walk every day", "Following new entries", "Archiving"}
    assert chapters & of_time == (of_time if is_by_time else set())
    assert (b'command="export"' in files["_command/tables.py"]) is is_by_time
    assert any(name.startswith("archive/") for name in files) is is_by_time
    assert {"Lists", "Walks", "Resuming a walk"} <= chapters
