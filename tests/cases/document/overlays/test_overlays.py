"""Overlays: corrections that are applied before a document is read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.document.diagnostics import DocumentError
from generator.overlay import load
from tests.support.cli import CONFIGURATION, Project

HEAD = "overlay: 1.1.0\ninfo: {title: Corrections, version: 1.0.0}\nactions:\n"
DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: '1', contact: {name: Ann}}
tags: [{name: a}, {name: b}, {name: c}, {name: d}]
paths:
  /pets: &pets
    get: {operationId: pets.list, tags: [a], responses: {'200': {description: ok}}}
  /toys: *pets
"""


def data_with_overlays(folder: Path, *overlays: str) -> Any:
    """Return the data of the document with overlays, each given by its actions."""
    return load_with_overlays(folder, *overlays).root.value


def load_with_overlays(folder: Path, *overlays: str) -> Any:
    """Load the document with overlays."""
    (folder / "openapi.yaml").write_text(DOCUMENT, "utf-8")
    paths = [folder / f"{number}.yaml" for number in range(len(overlays))]
    for path, text in zip(paths, overlays, strict=True):
        path.write_text(HEAD + text, "utf-8")
    return load(folder / "openapi.yaml", paths)


def test_update_merges_objects_and_concatenates_arrays(tmp_path: Path) -> None:
    update = "{title: Animals, contact: {email: ann@example.com}}"
    operation = "{tags: [b, c], deprecated: true}"
    data = data_with_overlays(
        tmp_path,
        f"- {{target: $.info, update: {update}}}\n"
        f"- {{target: \"$.paths['/pets'].get\", update: {operation}}}\n",
    )
    contact = {"name": "Ann", "email": "ann@example.com"}
    assert data["info"] == {"title": "Animals", "version": "1", "contact": contact}
    get = data["paths"]["/pets"]["get"]
    assert (get["tags"], get["deprecated"]) == (["a", "b", "c"], True)


def test_update_of_an_alias_changes_one_place_only(tmp_path: Path) -> None:
    data = data_with_overlays(
        tmp_path, "- {target: \"$.paths['/pets'].get\", update: {deprecated: true}}\n"
    )
    assert "deprecated" not in data["paths"]["/toys"]["get"]


@pytest.mark.parametrize(
    ("update", "tags"), [("{name: e}", "abcde"), ("[{name: e}, {name: f}]", "abcdef")]
)
def test_update_of_an_array_appends(tmp_path: Path, update: str, tags: str) -> None:
    data = data_with_overlays(tmp_path, f"- {{target: $.tags, update: {update}}}\n")
    assert "".join(each["name"] for each in data["tags"]) == tags


def test_update_of_a_value_replaces_it(tmp_path: Path) -> None:
    data = data_with_overlays(tmp_path, "- {target: $.info.title, update: Animals}\n")
    assert data["info"]["title"] == "Animals"


def test_everything_that_is_selected_is_removed(tmp_path: Path) -> None:
    data = data_with_overlays(
        tmp_path,
        "- {target: \"$.tags[?@.name == 'a' || @.name == 'c']\", remove: true}\n"
        "- {target: $.paths.*.get.tags, remove: true}\n"
        "- {target: $..contact, remove: true}\n",
    )
    assert [each["name"] for each in data["tags"]] == ["b", "d"]
    assert all("tags" not in each["get"] for each in data["paths"].values())
    assert "contact" not in data["info"]


def test_copy_merges_the_copied_value(tmp_path: Path) -> None:
    data = data_with_overlays(
        tmp_path,
        "- {target: $.paths, update: {/cats: {}}}\n"
        "- {target: \"$.paths['/cats']\", copy: \"$.paths['/pets']\"}\n"
        "- {target: \"$.paths['/cats'].get\", update: {operationId: cats.list}}\n",
    )
    identifiers = [each["get"]["operationId"] for each in data["paths"].values()]
    assert identifiers == ["pets.list", "pets.list", "cats.list"]


def test_overlays_apply_in_their_order(tmp_path: Path) -> None:
    first = "- {target: $.info.title, update: first}\n"
    second = "- {target: \"$.info[?@ == 'first']\", update: second}\n"
    assert data_with_overlays(tmp_path, first, second)["info"]["title"] == "second"


def test_locations_are_those_of_the_file_that_a_value_came_from(tmp_path: Path) -> None:
    document = load_with_overlays(
        tmp_path,
        "- target: $.info\n"
        "  update:\n"
        "    license: {name: MIT}\n"
        "- {target: '$.tags[1]', remove: true}\n"
        "- target: $.tags\n"
        "  update: {name: e}\n"
        "- {target: '$.tags[0]', copy: $.info.license}\n",
    )
    root = document.root

    def place(*keys: str | int) -> tuple[str, int, int]:
        location = root.at(*keys).location
        return Path(location.file).name, location.line, location.column

    assert place("info", "title") == ("openapi.yaml", 2, 15)
    assert place("info", "license", "name") == ("0.yaml", 6, 21)
    assert root.at("info", "license").key_location.column == 5
    assert [each["name"] for each in root.value["tags"]] == ["MIT", "c", "d", "e"]
    assert place("tags", 1, "name") == ("openapi.yaml", 3, 37)
    assert place("tags", 3, "name") == ("0.yaml", 9, 18)
    assert place("tags", 0, "name") == ("0.yaml", 6, 21)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- {target: $.tags, update: 1, remove: true}\n", "4:3 Y101"),
        ("- {target: $.tags}\n", "4:3 Y101"),
        ("- {target: $.tags, remove: false}\n", "4:3 Y101"),
        ("- {target: $.tags, remove: 1}\n", "4:28 Y101"),
        ("- {update: {}}\n", "4:3 Y101"),
        ("- {target: 1, remove: true}\n", "4:12 Y101"),
        ("- 1\n", "4:3 Y101"),
        ("  []\n", "3:1 Y101"),
        ("- {target: tags, remove: true}\n", "4:12 Y102"),
        ("- {target: $, remove: true}\n", "4:12 Y105"),
        ("- {target: $.info, update: 1}\n", "4:28 Y105"),
        ("- {target: $.info.title, update: {}}\n", "4:34 Y105"),
        ("- {target: $.info, update: {title: []}}\n", "4:36 Y105"),
        ("- {target: $.info, copy: $.paths.*}\n", "4:26 Y105"),
        ("- {target: $.info, copy: $.absent}\n", "4:26 Y105"),
        ('- {target: \'$["info", "tags"]\', update: {name: e}}\n', "4:12 Y105"),
        ("- {target: $.info.*, update: 1}\n", "4:12 Y105"),
        ("- [\n", "5:1 S101"),
    ],
)
def test_faulty_action_is_an_error_at_its_place(tmp_path: Path, text: str, found: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_with_overlays(tmp_path, text)
    [problem] = caught.value.diagnostics
    location = problem.location
    assert f"{location.line}:{location.column} {problem.code}" == found
    assert Path(location.file).name == "0.yaml"


@pytest.mark.parametrize("text", ["openapi: 3.1.0\n", "overlay: 2.0.0\n", "overlay: 1\n", "[]\n"])
def test_file_of_another_kind_is_no_overlay(tmp_path: Path, text: str) -> None:
    (tmp_path / "openapi.yaml").write_text(DOCUMENT, "utf-8")
    (tmp_path / "other.yaml").write_text(text, "utf-8")
    with pytest.raises(DocumentError) as caught:
        load(tmp_path / "openapi.yaml", [tmp_path / "other.yaml"])
    assert [each.code for each in caught.value.diagnostics] == ["Y101"]


def test_action_without_a_match_is_a_warning_and_an_error_if_strict(new_project: Project) -> None:
    text = f"{HEAD}- {{target: $.absent, remove: true}}\n"
    (new_project.root / "overlay.yaml").write_text(text, "utf-8")
    ended = new_project.run("lint", "--overlay", "overlay.yaml")
    assert (ended.code, ended.err.partition(": '")[0]) == (2, "overlay.yaml:4:12: error Y104")
    configuration = CONFIGURATION.replace("strict = true", "strict = false")
    (new_project.root / "pyproject.toml").write_text(configuration, "utf-8")
    ended = new_project.run("lint", "--overlay", "overlay.yaml")
    assert (ended.code, ended.err.partition(": '")[0]) == (0, "overlay.yaml:4:12: warning Y104")


def problems(folder: Path, text: str, name: str = "overlay.yaml") -> list[str]:
    """Return the problems of an overlay that does not stop."""
    (folder / "openapi.yaml").write_text(DOCUMENT, "utf-8")
    (folder / name).write_text(text, "utf-8")
    found = load(folder / "openapi.yaml", [folder / name]).problems
    return [f"{each.location.line}:{each.location.column} {each.code}" for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("overlay: 1.1.0\nactions: [{target: $.tags, remove: true}]\n", "1:1 Y106"),
        (
            "overlay: 1.1.0\ninfo: {title: a}\nactions: [{target: $.tags, remove: true}]\n",
            "2:7 Y106",
        ),
        (f"{HEAD}- {{target: $.tags, remove: true}}\n", ""),
        (f"extends: openapi.yaml\n{HEAD}- {{target: $.tags, remove: true}}\n", ""),
        (f"extends: ./other.yaml\n{HEAD}- {{target: $.tags, remove: true}}\n", "1:10 Y106"),
        (f"extends: https://example.com/a\n{HEAD}- {{target: $.tags, remove: true}}\n", ""),
    ],
)
def test_faulty_head_of_an_overlay_is_a_warning(tmp_path: Path, text: str, found: str) -> None:
    assert problems(tmp_path, text) == [found] * bool(found)


def test_document_that_an_overlay_extends_is_a_string(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        problems(tmp_path, f"extends: 5\n{HEAD}- {{target: $.tags, remove: true}}\n")
    assert [each.code for each in caught.value.diagnostics] == ["Y101"]


def test_update_beside_a_removal_has_no_effect_in_overlay_1_0(tmp_path: Path) -> None:
    text = f"{HEAD}- {{target: $.tags, update: {{name: e}}, remove: true}}\n"
    assert problems(tmp_path, text.replace("1.1.0", "1.0.0", 1)) == ["4:20 Y106"]
    changed = load(tmp_path / "openapi.yaml", [tmp_path / "overlay.yaml"])
    assert "tags" not in changed.root.value


def test_copy_in_overlay_1_0_is_read_as_in_1_1(tmp_path: Path) -> None:
    text = f"{HEAD}- {{target: $.info, copy: '$.tags[0]'}}\n"
    assert problems(tmp_path, text.replace("1.1.0", "1.0.0", 1)) == ["4:20 Y106"]


def test_overlay_may_be_json(tmp_path: Path) -> None:
    actions = [{"target": "$.info", "update": {"title": "Animals"}}, {"target": "$.x", "update": 1}]
    info = {"title": "Corrections", "version": "1"}
    text = json.dumps({"overlay": "1.1.0", "info": info, "actions": actions}, indent=1)
    assert problems(tmp_path, text, "overlay.json") == ["15:14 Y104"]
    changed = load(tmp_path / "openapi.yaml", [tmp_path / "overlay.json"])
    location = changed.root.at("info", "title").location
    assert (Path(location.file).name, location.line, location.column) == ("overlay.json", 11, 14)


def test_unknown_field_is_a_warning(tmp_path: Path) -> None:
    document = load_with_overlays(
        tmp_path, "- {target: $.tags, remove: true, x-why: old, actoin: 1}\n"
    )
    assert [each.code for each in document.problems] == ["Y103"]


def test_overlay_that_does_not_exist_is_a_usage_error(new_project: Project) -> None:
    ended = new_project.run("generate", "--overlay", "absent.yaml")
    assert (ended.code, ended.err) == (2, "error: --overlay absent.yaml: file not found\n")


RENAMED = f"""\
{HEAD}\
- target: $.components.schemas.Pet.properties
  update: {{age: {{type: integer}}}}
- target: $.info
  update: {{version: 1.1.0}}
"""


@pytest.fixture
def overlaid(new_project: Project) -> Project:
    """A project whose configuration names an overlay."""
    (new_project.root / "fixes.yaml").write_text(RENAMED, "utf-8")
    (new_project.root / "pyproject.toml").write_text(
        f'{CONFIGURATION}overlays = ["fixes.yaml"]\n', "utf-8"
    )
    return new_project


def test_configured_overlay_changes_the_package_and_its_document(overlaid: Project) -> None:
    ended = overlaid.run("generate")
    assert (ended.code, ended.err) == (0, "")
    program = "import pets; print(pets.Pet(age=3).to_json())"
    command = [sys.executable, "-c", program]
    printed = subprocess.run(
        command, cwd=overlaid.output, stdout=subprocess.PIPE, text=True, check=True
    )
    assert json.loads(printed.stdout) == {"age": 3}
    # What the package carries is read without the overlay, such as by `diff`.
    carried = load(overlaid.package / "openapi.yaml").root.value
    assert carried["info"]["version"] == "1.1.0"
    assert overlaid.run("check").code == 0


def test_package_contains_the_document_without_parts_removed_by_an_overlay(
    new_project: Project,
) -> None:
    text = f"{HEAD}- {{target: $.info.description, remove: true}}\n"
    (new_project.root / "overlay.yaml").write_text(text, "utf-8")
    assert new_project.run("generate", "--overlay", "overlay.yaml").code == 0
    carried = load(new_project.package / "openapi.yaml").root.value
    assert carried["info"] == {"title": "Pets", "version": "1.0.0"}


def test_diff_applies_the_overlay_of_each_revision(overlaid: Project) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        subprocess.run(["git", *identity, *arguments], cwd=overlaid.root, check=True)

    git("init", "-q")
    overlaid.run("generate")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    text = RENAMED.replace("type: integer", "type: string")
    (overlaid.root / "fixes.yaml").write_text(text, "utf-8")
    overlaid.run("generate")
    ended = overlaid.run("diff", "HEAD", ".", "--format", "json")
    assert ended.code == 2
    breaking = [each for each in json.loads(ended.out)["changes"] if each["impact"] == "breaking"]
    assert {each["file"].rpartition("/")[2] for each in breaking} == {"fixes.yaml"}


def test_overlays_must_be_a_list_of_paths(new_project: Project) -> None:
    (new_project.root / "pyproject.toml").write_text(f"{CONFIGURATION}overlays = [1]\n", "utf-8")
    ended = new_project.run("lint")
    message = "error: pyproject.toml: overlays in [tool.generator] must be a list of strings\n"
    assert (ended.code, ended.err) == (2, message)
