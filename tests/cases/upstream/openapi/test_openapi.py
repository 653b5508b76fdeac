"""Services with an OpenAPI description, compared without an adapter."""

from __future__ import annotations

import pytest

from tests.support.cli import DOCUMENT, Project
from tests.support.editing import replaced_once


def test_new_property_of_the_description_is_listed(new_project: Project) -> None:
    new = replaced_once(
        DOCUMENT, "name: {type: string,", "tag: {type: string}\n        name: {type: string,"
    )
    (new_project.root / "saved.yaml").write_text(new, "utf-8")
    ended = new_project.run("upstream", "saved.yaml")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out == "GET /pets/{petId}: new property of 200: tag\n1 to review\n"


def test_names_of_schemas_and_path_parameters_are_ignored(new_project: Project) -> None:
    new = DOCUMENT.replace("Pet", "Animal").replace("petId", "id")
    (new_project.root / "saved.yaml").write_text(new, "utf-8")
    assert new_project.run("upstream", "saved.yaml").out == "no differences\n"


def test_composed_schemas_are_compared_and_dangling_references_ignored(
    new_project: Project,
) -> None:
    whole = "{allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {tag: {type: string}}}]}"
    new = replaced_once(DOCUMENT, "{$ref: '#/components/schemas/Pet'}", whole)
    new = replaced_once(
        new, "application/json:", "application/xml: null\n            application/json:"
    )
    new += "        circle: {$ref: '#/components/schemas/Circle'}\n"
    new += "    Circle: {$ref: '#/components/schemas/Circle'}\n"
    (new_project.root / "saved.yaml").write_text(new, "utf-8")
    ended = new_project.run("upstream", "saved.yaml")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        "GET /pets/{petId}: new property of 200: circle",
        "GET /pets/{petId}: new property of 200: tag",
        "2 to review",
    ]


def test_other_method_of_openapi_3_2_is_ignored(new_project: Project) -> None:
    new = replaced_once(DOCUMENT, "    get:\n", "    additionalOperations: {COPY: {}}\n    get:\n")
    (new_project.root / "saved.yaml").write_text(new, "utf-8")
    ended = new_project.run("upstream", "saved.yaml")
    assert (ended.code, ended.out) == (0, "no differences\n")


def test_missing_document_exits_with_two(new_project: Project) -> None:
    new_project.spec.unlink()
    ended = new_project.run("upstream", "saved.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: spec/openapi.yaml: file not found\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[1]", "must contain a JSON object"),
        ("{", "saved.yaml:1:"),
        (None, "saved.yaml cannot be read: No such"),
    ],
)
def test_unreadable_copy_exits_with_two(
    new_project: Project, content: str | None, message: str
) -> None:
    if content is not None:
        (new_project.root / "saved.yaml").write_text(content, "utf-8")
    ended = new_project.run("upstream", "saved.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


@pytest.mark.parametrize(
    ("adapter", "message"),
    [(None, "adapter.py is not a Python file"), ("x = 1\n", "has no function `to_openapi`")],
)
def test_invalid_adapter_exits_with_two(
    new_project: Project, adapter: str | None, message: str
) -> None:
    path = new_project.root / "pyproject.toml"
    path.write_text(f'{path.read_text("utf-8")}upstream = "adapter.py"\n', "utf-8")
    if adapter:
        (new_project.root / "adapter.py").write_text(adapter, "utf-8")
    (new_project.root / "saved.yaml").write_text(DOCUMENT, "utf-8")
    ended = new_project.run("upstream", "saved.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err
