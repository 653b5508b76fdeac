"""A package contains the run-time modules that it uses, and no others."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from generator import pipeline
from generator.render.runtime_modules import needed_modules
from tests.bench.size import lines_of_code
from tests.support.paths import PACKAGE, ROOT

GET = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
security: [{bearer: []}]
components:
  securitySchemes: {bearer: {type: http, scheme: bearer}}
  schemas:
    Pet: {type: object, properties: {id: {type: string}, name: {type: string}}}
    Pets:
      type: object
      properties:
        total: {type: integer}
        items: {type: array, items: {$ref: '#/components/schemas/Pet'}}
paths:
  /pets/{id}:
    get:
      operationId: pets.get
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
"""
LIST = """\
  /pets:
    get:
      operationId: pets.list
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: size, in: query, schema: {type: integer}}
      x-pagination:
        style: page
        request: {page: {parameter: page, first: 0}, size: {parameter: size}}
        response: {items: /items, total: /total}
        item: {id: /id}
      responses:
        '200':
          description: Pets.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pets'}}}
"""
ADD = """\
    post:
      operationId: pets.add
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: Added.}}
"""
OAUTH = (
    "bearer: {type: oauth2, flows: {clientCredentials: "
    "{tokenUrl: https://pets.example.com/token, scopes: {pets.read: Read pets.}}}}"
)
KIND = "{name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}, "
SCOPED = (
    GET.replace("paths:", "    Kind: {type: string, enum: [cat, dog]}\npaths:")
    .replace("bearer: {type: http, scheme: bearer}", OAUTH)
    .replace("security: [{bearer: []}]", "security: [{bearer: [pets.read]}]")
    .replace("parameters: [", "parameters: [" + KIND)
)
PAGING = {
    "AsyncPage",
    "AsyncWalk",
    "IncompleteWalkError",
    "Page",
    "Report",
    "UndecodedEntry",
    "Walk",
}


def run_time(files: dict[str, bytes]) -> dict[str, str]:
    return {
        path.removeprefix("_runtime/"): content.decode()
        for path, content in files.items()
        if path.startswith("_runtime/")
    }


def lines(modules: dict[str, str]) -> int:
    return sum(lines_of_code(text) for text in modules.values())


def rooms(modules: dict[str, str]) -> set[str]:
    return {path.rpartition("/")[0] for path in modules}


def generate(folder: Path, document: str) -> dict[str, bytes]:
    path = folder / "openapi.yaml"
    path.write_text(document, "utf-8")
    return pipeline.build(path, "pets", strict=False).files


def test_package_of_one_get_has_at_most_4000_run_time_lines(tmp_path: Path) -> None:
    modules = run_time(generate(tmp_path, GET))
    assert lines(modules) <= 4000
    assert rooms(modules).isdisjoint({"bodies", "paging", "walks", "walks/by_time", "check"})
    assert {"mock/bodies.py", "mock/pages.py", "resources/pages.py"}.isdisjoint(modules)


def test_package_with_pages_but_no_time_window_has_at_most_4700_run_time_lines(
    tmp_path: Path,
) -> None:
    modules = run_time(generate(tmp_path, GET + LIST))
    assert lines(modules) <= 4700
    assert {"paging", "walks"} <= rooms(modules)
    assert rooms(modules).isdisjoint({"bodies", "walks/by_time", "check"})


def of_audit_log(folder: str) -> dict[str, str]:
    root = PACKAGE / folder
    found = root.rglob("*.py")
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in found}


def test_audit_log_package_has_at_most_7000_run_time_lines() -> None:
    modules = of_audit_log("_runtime")
    assert lines(modules) <= 7000
    assert {"walks/by_time", "check", "mock"} <= rooms(modules)
    assert "bodies" not in rooms(modules)


@pytest.mark.parametrize(("folder", "most"), [("_command", 2600), ("archive", 2625)])
def test_command_line_and_archive_have_few_lines(folder: str, most: int) -> None:
    assert 2000 < lines(of_audit_log(folder)) <= most


def test_package_without_scopes_enumerations_and_constraints_has_no_modules_for_them(
    tmp_path: Path,
) -> None:
    files = generate(tmp_path, GET)
    assert {"constants.py", "constraints.py", "scopes.py"}.isdisjoint(files)
    assert "Scope" not in files["__init__.py"].decode()


def test_package_with_scopes_enumerations_and_constraints_has_a_module_for_each(
    tmp_path: Path,
) -> None:
    files = generate(tmp_path, SCOPED)
    assert {"constants.py", "constraints.py", "scopes.py"} <= set(files)
    assert "Scope" in files["__init__.py"].decode()


FORM = """\
    put:
      operationId: pets.upload
      requestBody: {content: {multipart/form-data: {schema: {type: object, required: [file],
        properties: {file: {type: string, format: binary}}}}}}
      responses: {'204': {description: Uploaded.}}
"""


def test_mock_of_json_bodies_contains_no_reader_of_forms_and_files(tmp_path: Path) -> None:
    modules = run_time(generate(tmp_path, GET + LIST + ADD))
    readers = {each for each in modules if each.startswith("mock/") and each.endswith("bodies.py")}
    assert readers == {"mock/bodies.py"}
    assert not [path for path, text in modules.items() if "multipart_" in text.casefold()]


def test_mock_of_multipart_bodies_contains_their_reader_alone(tmp_path: Path) -> None:
    modules = run_time(generate(tmp_path, GET + LIST + FORM))
    readers = {each for each in modules if each.startswith("mock/") and each.endswith("bodies.py")}
    assert readers == {"mock/bodies.py", "mock/multipart_bodies.py"}


def test_request_body_adds_the_modules_that_write_and_mock_bodies(tmp_path: Path) -> None:
    modules = run_time(generate(tmp_path, GET + LIST + ADD))
    assert {"bodies/formats.py", "mock/bodies.py"} <= set(modules)
    assert {"bodies/multipart.py", "mock/streams.py", "core/text_types.py"}.isdisjoint(modules)


@pytest.mark.parametrize(("document", "exported"), [(GET, set[str]()), (GET + LIST, PAGING)])
def test_paging_names_are_exported_only_with_a_paging_operation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: str, exported: set[str]
) -> None:
    for path, content in generate(tmp_path, document).items():
        file = tmp_path / "pets" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for name in [each for each in sys.modules if each.partition(".")[0] == "pets"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    importlib.invalidate_caches()
    package = importlib.import_module("pets")
    assert PAGING & set(dir(package)) == exported
    assert PAGING & set(package.__all__) == exported
    assert "IncompleteWalkError" in package.errors.__all__ or not exported


def test_text_of_a_document_that_looks_like_an_import_is_no_import() -> None:
    text = '"""A pet.\n\nfrom ..... import _runtime\n"""\n'
    assert needed_modules(ROOT / "generator" / "runtime", {"models.py": text}) == {}
