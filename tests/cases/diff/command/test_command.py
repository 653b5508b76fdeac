"""`python -m generator diff`: formats, exit codes and accepted inputs."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from generator.diff.report import FORMATS
from generator.document.json_values import is_array, is_object
from tests.support.cli import Project
from tests.support.editing import commit, git, replaced_once

pytestmark = pytest.mark.long

ADDED = ("{name: tags, in: query,", "{name: tags, in: query, deprecated: true,")
NARROWED = ("maxLength: 20", "maxLength: 10")
TEXT = ("An animal.", "A tame animal.")


def edit(project: Project, *edits: tuple[str, str], name: str = "new.yaml") -> None:
    path = project.root / name
    text = path.read_text("utf-8")
    for old, new in edits:
        text = replaced_once(text, old, new)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("edits", "code", "summary"),
    [
        ((), 0, "no difference"),
        ((TEXT,), 0, "1 documentation"),
        ((ADDED, TEXT), 1, "1 additive, 1 documentation"),
        ((NARROWED, ADDED), 2, "1 breaking, 1 additive"),
    ],
    ids=["nothing", "documentation", "additive", "breaking"],
)
def test_exit_code_is_that_of_the_most_severe_change(
    pets: Project, edits: tuple[tuple[str, str], ...], code: int, summary: str
) -> None:
    edit(pets, *edits)
    ended = pets.run("diff", "old.yaml", "new.yaml")
    assert (ended.code, ended.err) == (code, "")
    last = ended.out.splitlines()[-1]
    assert last == f"old.yaml -> new.yaml: {summary}"


def test_text_format_prints_a_table(pets: Project) -> None:
    edit(pets, NARROWED, ADDED)
    assert pets.run("diff", "old.yaml", "new.yaml").out.splitlines()[:4] == [
        "breaking  new.yaml:22:11  pets.get(pet_id): maxLength is 10 instead of 20",
        (
            "                          request-constraint-tightened: Values that were accepted "
            "before are rejected. A changed pattern counts as tightened, because patterns cannot "
            "be compared."
        ),
        "additive  new.yaml:42:11  pets.list: argument `tags` is deprecated",
        (
            "                          parameter-deprecated: Calls that pass the argument keep "
            "working. Semver requires a minor version."
        ),
    ]


def test_markdown_format_prints_a_table(pets: Project) -> None:
    edit(pets, NARROWED)
    assert pets.run("diff", "old.yaml", "new.yaml", "--format", "markdown").out.splitlines() == [
        "**old.yaml → new.yaml**: 1 breaking",
        "",
        "| impact | change | location | reason |",
        "| --- | --- | --- | --- |",
        (
            "| **breaking** | pets.get(pet\\_id): maxLength is 10 instead of 20 | new.yaml:22:11 | "
            "Values that were accepted before are rejected. A changed pattern counts as "
            "tightened, because patterns cannot be compared. (request-constraint-tightened) |"
        ),
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("text", "v1 -> v2: no difference\n"),
        ("markdown", "**v1 → v2**: no difference\n"),
        ("json", '{\n  "old": "v1",\n  "new": "v2",\n  "impact": "none",\n  "changes": []\n}\n'),
    ],
)
def test_equal_documents_print_no_difference(name: str, shown: str) -> None:
    assert FORMATS[name]("v1", "v2", ()) == shown


def test_json_format_prints_every_attribute_of_a_change(pets: Project) -> None:
    edit(pets, ADDED)
    found = json.loads(pets.run("diff", "old.yaml", "new.yaml", "--format", "json").out)
    assert (found["old"], found["new"], found["impact"]) == ("old.yaml", "new.yaml", "additive")
    [change] = found["changes"]
    assert change["rule"] == "parameter-deprecated"
    assert (change["file"], change["line"], change["column"]) == ("new.yaml", 42, 11)
    assert set(change) == {
        *("impact", "rule", "subject", "message", "reason", "file", "line", "column")
    }


def test_report_includes_changes_of_the_document_and_of_python_names(pets: Project) -> None:
    edit(pets, ("operationId: pets.get", "operationId: pets.retrieve"))
    ended = pets.run("diff", "old.yaml", "new.yaml")
    assert ended.code == 2
    assert "pets.get: was renamed to `pets.retrieve`" in ended.out
    assert "resources.pets.PetsResource.get: public object was removed" in ended.out


def test_text_of_the_document_is_escaped_in_every_format(pets: Project) -> None:
    hostile = "<img src=x>|`**"
    edit(pets, ("enum: [cat, dog, fish]", f"enum: [cat, dog, fish, '{hostile}', \"a\\u202eb\"]"))
    shown = pets.run("diff", "old.yaml", "new.yaml", "--format", "markdown").out
    [row] = [line for line in shown.splitlines() if "response-value-added" in line]
    assert "<img" not in row.replace("\\<img", "")
    assert row.replace("\\|", "").count("|") == 5
    assert "\u202e" not in pets.run("diff", "old.yaml", "new.yaml").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("old.yaml",), "the following arguments are required: NEW"),
        (("old.yaml", "new.yaml", "--format", "xml"), "invalid choice: 'xml'"),
        (("old.yaml", "gone.yaml"), "'gone.yaml' is neither a file nor a git revision, nor . for"),
        (("old.yaml", "--", "-x"), "'-x' is neither a file nor a git revision, nor . for"),
        (("old.yaml", "broken.yaml"), "broken.yaml:1:1: error"),
    ],
)
def test_invalid_input_exits_with_three(
    pets: Project, arguments: tuple[str, ...], message: str
) -> None:
    (pets.root / "broken.yaml").write_text("[]", "utf-8")
    ended = pets.run("diff", *arguments)
    assert ended.code == 3
    assert message in ended.err


def test_invalid_configuration_exits_with_three(pets: Project) -> None:
    (pets.root / "pyproject.toml").write_text("[tool.generator]\nspek = 1\n", "utf-8")
    assert pets.run("diff", "old.yaml", "new.yaml").code == 3


@pytest.fixture
def repository(new_project: Project) -> Project:
    """A project in a git repository, committed with its package."""
    assert new_project.run("generate").code == 0
    git(new_project.root, "init", "--quiet", "--initial-branch=main")
    commit(new_project.root)
    return new_project


def test_git_revisions_can_be_compared(repository: Project) -> None:
    git(repository.root, "tag", "v1.0.0")
    repository.edit("name: {type: string,", "nickname: {type: string,")
    assert repository.run("generate").code == 0
    commit(repository.root)
    ended = repository.run("diff", "v1.0.0", "HEAD")
    assert (ended.code, ended.err) == (2, "")
    assert ended.out.splitlines()[0].split()[:2] == ["breaking", "v1.0.0:spec/openapi.yaml:31:9"]
    assert repository.run("diff", "HEAD", "spec/openapi.yaml").code == 0
    assert repository.run("diff", "HEAD", "HEAD~1").code == 2


def test_revision_is_compared_with_the_working_tree(repository: Project) -> None:
    assert repository.run("diff", "HEAD", ".").code == 0
    repository.edit("name: {type: string,", "nickname: {type: string,")
    assert repository.run("generate").code == 0
    ended = repository.run("diff", "HEAD", ".")
    assert (ended.code, ended.err) == (2, "")
    assert "spec/openapi.yaml:31:9" in ended.out
    (repository.root / "spec" / "openapi.yaml").unlink()
    ended = repository.run("diff", "HEAD", ".")
    assert (ended.code, ended.err) == (3, "error: the working tree has no spec/openapi.yaml\n")


def test_package_of_a_revision_is_the_committed_package(repository: Project) -> None:
    """A change of the generator is noticed, although the document is the same."""
    client = repository.package / "_runtime" / "clients" / "client.py"
    text = client.read_text("utf-8")
    client.write_text(replaced_once(text, "int = MAX_RETRIES", "int = 3"), "utf-8")
    commit(repository.root)
    ended = repository.run("diff", "HEAD~1", "HEAD")
    assert ended.code == 2
    assert "Client.__init__: parameter default was changed" in ended.out


def test_revision_without_the_document_exits_with_three(repository: Project) -> None:
    git(repository.root, "rm", "--quiet", "-r", "spec")
    commit(repository.root)
    ended = repository.run("diff", "HEAD~1", "HEAD")
    assert (ended.code, ended.err) == (3, "error: HEAD has no spec/openapi.yaml\n")


def test_revision_with_an_invalid_document_exits_with_three(repository: Project) -> None:
    repository.edit("openapi: 3.1.0", "openapi: 4.1.0")
    commit(repository.root)
    ended = repository.run("diff", "HEAD~1", "HEAD")
    assert ended.code == 3
    assert ended.err.startswith("error: HEAD:spec/openapi.yaml:1:10: ")


def reversed_order(node: Any) -> Any:
    """Return a document with the members of all objects and the items of all lists reversed."""
    if is_object(node):
        return {key: reversed_order(each) for key, each in [*node.items()][::-1]}
    return [reversed_order(each) for each in node[::-1]] if is_array(node) else node


def test_document_in_another_order_differs_in_documentation_only(pets: Project) -> None:
    old = yaml.safe_load((pets.root / "old.yaml").read_text("utf-8"))
    new = yaml.safe_dump(reversed_order(old), sort_keys=False)
    (pets.root / "new.yaml").write_text(new, "utf-8")
    ended = pets.run("diff", "old.yaml", "new.yaml", "--format", "json")
    assert {each["impact"] for each in json.loads(ended.out)["changes"]} == {"documentation"}
    assert ended.code == 0
