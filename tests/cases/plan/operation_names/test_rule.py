"""The rule for names in the configuration, `diff` and `make generate`."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import reproduce
from tests.cases.plan.operation_names.test_short_names import document
from tests.support.cli import Project

LIST = ("GET /users", {"operationId": "UsersController_findAll", "tags": ["Users"]})
GET = ("GET /users/{id}", {"operationId": "UsersController_findOne", "tags": ["Users"]})


@pytest.fixture
def nest(new_project: Project) -> Project:
    """A project with the default rule."""
    new_project.spec.write_text(document(LIST, GET), "utf-8")
    configure(new_project, 'package = "pets"')
    return new_project


def configure(project: Project, *lines: str) -> None:
    """Write the configuration of a project."""
    text = "\n".join(("[tool.generator]", *lines, ""))
    (project.root / "pyproject.toml").write_text(text, "utf-8")


def methods(project: Project, resource: str) -> list[str]:
    """Return the methods of the module of a resource, without those of its other classes."""
    text = (project.package / "resources" / f"{resource}.py").read_text("utf-8")
    text = text.partition("class Async")[0]
    found = [line.split("(")[0].split()[-1] for line in text.splitlines() if "    def " in line]
    return [each for each in found if each != "with_raw_response"]


def test_names_are_short_by_default(nest: Project) -> None:
    assert nest.run("generate").code == 0
    assert methods(nest, "users") == ["find_all", "find_one"]


def test_names_are_those_of_the_document_if_so_configured(nest: Project) -> None:
    configure(nest, 'package = "pets"', 'names = "document"')
    assert nest.run("generate").code == 0
    assert methods(nest, "users") == ["users_controller_find_all", "users_controller_find_one"]


def test_unknown_rule_is_an_error_that_names_the_rules(nest: Project) -> None:
    configure(nest, 'names = "long"')
    ended = nest.run("generate")
    assert ended.code == 2
    assert ended.err == (
        "error: pyproject.toml: names in [tool.generator] must be 'short' or 'document', "
        "not 'long'\n"
    )


@pytest.mark.long
@pytest.mark.parametrize("rule", ["short", "document"])
def test_second_process_of_make_generate_uses_the_same_rule(
    nest: Project, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    configure(nest, 'package = "pets"', f'names = "{rule}"')
    monkeypatch.chdir(nest.root)
    monkeypatch.setenv("PYTHONPATH", str(Path(reproduce.__file__).parents[1]))
    assert reproduce.main([]) == 0


def test_clash_is_a_warning_that_names_our_extension(nest: Project) -> None:
    nest.spec.write_text(
        document(LIST, ("GET /all", {"operationId": "MoreController_findAll", "tags": ["Users"]})),
        "utf-8",
    )
    ended = nest.run("generate")
    assert ended.code == 0
    assert "warning N801: 'MoreController_findAll' would become the method 'users.find_all'" in (
        ended.err
    )
    assert "x-client: {resource: users, method: ...}" in ended.err


def test_operation_that_takes_the_name_of_another_is_breaking_and_one_behind_it_is_not(
    nest: Project,
) -> None:
    other = ("GET /admins", {"operationId": "AdminsController_findAll", "tags": ["Users"]})
    files = {"old": (LIST,), "behind": (LIST, other), "before": (other, LIST)}
    for name, operations in files.items():
        (nest.root / f"{name}.json").write_text(document(*operations), "utf-8")
    assert nest.run("diff", "old.json", "behind.json").code == 1
    ended = nest.run("diff", "old.json", "before.json")
    assert ended.code == 2
    assert "users.find_all" in ended.out
    assert "users.users_find_all" in ended.out
