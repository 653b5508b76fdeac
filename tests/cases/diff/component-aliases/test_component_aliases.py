"""Component schemas as references to others, which keep their names."""

from __future__ import annotations

import copy
import importlib
import json
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from generator.config import Config
from generator.diff.change import Impact
from generator.diff.comparison import compare, impact
from generator.diff.side import Side
from generator.diff.sources import of_document
from generator.planning.plan.package import MANY
from tests.support.large_documents import document
from tests.support.packages import generated_package

Json = dict[str, Any]

_PET: Json = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "born": {"type": "integer"},
        "mood": {"$ref": "#/components/schemas/Mood"},
    },
}
_MOOD: Json = {"type": "string", "enum": ["glad", "sad"]}
_COMPONENTS: Json = {
    "Cat": _PET,
    "Dog": _PET,
    "Fox": _PET,
    "Owl": {"type": "object", "properties": {"wings": {"type": "integer"}}},
    "Mood": _MOOD,
    "Temper": _MOOD,
    "Node": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}},
    "Link": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Link"}}},
    "Animal": {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Dog", "Owl")]},
    "Owner": {"type": "object", "properties": {"pet": {"$ref": "#/components/schemas/Dog"}}},
    "Names": {"type": "array", "items": {"type": "string"}},
    "Nicknames": {"type": "array", "items": {"type": "string"}},
    "Male": {"type": "object", "properties": {"mate": {"$ref": "#/components/schemas/Female"}}},
    "Female": {"type": "object", "properties": {"mate": {"$ref": "#/components/schemas/Male"}}},
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Json], Side]:
    """Builds one side of a comparison, with its package, from a document."""

    @cache
    def side(text: str) -> Side:
        path = tmp_path_factory.mktemp("document") / "pets.json"
        path.write_text(text)
        return of_document("pets", path, Config(package="pets"))

    return lambda spec: side(json.dumps(spec))


def pets(components: Json | None = None, resources: int = 0) -> Json:
    """Return a document whose operations receive, send and filter by every component."""
    schemas = copy.deepcopy(_COMPONENTS) | (components or {})
    paths: Json = {}
    for name in schemas:
        schema = {"$ref": f"#/components/schemas/{name}"}
        content = {"content": {"application/json": {"schema": schema}}}
        paths[f"/{name.lower()}"] = {
            "post": {
                "operationId": f"{name.lower()}s.create",
                "tags": [f"{name.lower()}s"],
                "parameters": [
                    {
                        "name": "like",
                        "in": "query",
                        "content": {"application/json": {"schema": schema}},
                    }
                ],
                "requestBody": content,
                "responses": {"200": {"description": "It.", **content}},
            }
        }
    for number in range(resources):
        paths[f"/things{number}"] = {
            "get": {
                "operationId": f"things{number}.get",
                "tags": [f"things{number}"],
                "responses": {"204": {"description": "Nothing."}},
            }
        }
    found: Json = document(paths, schemas)
    return found


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


_LONG = pytest.mark.long
MERGES = [
    pytest.param({"Dog": reference("Cat")}, id="class"),
    pytest.param({"Cat": reference("Dog")}, id="class-of-another-order", marks=_LONG),
    pytest.param({"Dog": reference("Cat"), "Fox": reference("Dog")}, id="chain", marks=_LONG),
    pytest.param({"Temper": reference("Mood")}, id="enumeration"),
    pytest.param({"Link": reference("Node")}, id="recursive-class", marks=_LONG),
    pytest.param({"Male": reference("Female")}, id="class-that-contains-the-other", marks=_LONG),
    pytest.param(
        {
            "Dog": reference("Cat"),
            "Owner": {"type": "object", "properties": {"pet": reference("Cat")}},
            "Animal": {"anyOf": [reference("Cat"), reference("Owl")]},
        },
        id="class-with-its-references",
    ),
    pytest.param(
        {
            "Puppy": _PET,
            "Dog": reference("Puppy"),
            "Owner": {"type": "object", "properties": {"pet": reference("Puppy")}},
        },
        id="renamed-class",
        marks=_LONG,
    ),
    pytest.param({"Dog": {"allOf": [reference("Cat")]}}, id="class-by-all-of", marks=_LONG),
    pytest.param({"Nicknames": reference("Names")}, id="list"),
]


@pytest.mark.parametrize("merged", MERGES)
def test_component_that_becomes_a_reference_to_an_equal_one_breaks_no_program(
    merged: Json, build: Callable[[Json], Side]
) -> None:
    changes = compare(build(pets()), build(pets(merged)))
    assert changes
    assert [each for each in changes if each.impact is Impact.BREAKING] == []


@pytest.mark.long
def test_component_of_a_large_document_that_becomes_a_reference_breaks_no_program(
    build: Callable[[Json], Side],
) -> None:
    merged = {"Dog": reference("Cat"), "Temper": reference("Mood")}
    changes = compare(build(pets(resources=MANY)), build(pets(merged, resources=MANY)))
    assert impact(changes) is Impact.DOCUMENTATION, changes


def test_component_that_becomes_a_reference_to_a_different_one_loses_its_fields(
    build: Callable[[Json], Side],
) -> None:
    changes = compare(build(pets()), build(pets({"Dog": reference("Owl")})))
    assert impact(changes) is Impact.BREAKING
    texts = {f"{each.rule} {each.subject}: {each.message}" for each in changes}
    assert {
        "response-property-removed Dog: field `name` was removed",
        "request-property-removed Dog: field `name` was removed",
    } <= texts, texts


@pytest.mark.long
def test_component_that_becomes_a_reference_keeps_programs_from_distinguishing_a_union(
    build: Callable[[Json], Side],
) -> None:
    union = {"Animal": {"anyOf": [reference(name) for name in ("Cat", "Dog", "Owl")]}}
    changes = compare(build(pets(union)), build(pets({**union, "Dog": reference("Cat")})))
    rules = {(each.rule, each.subject) for each in changes if each.impact is Impact.BREAKING}
    assert rules == {("response-type-changed", "animals.create -> 200")}


@pytest.mark.parametrize("discriminator", [None, {"propertyName": "name"}])
def test_alternatives_of_a_request_that_become_one_break_no_program(
    build: Callable[[Json], Side], discriminator: Json | None
) -> None:
    union: Json = {"oneOf": [reference(name) for name in ("Cat", "Dog", "Owl")]}
    owl = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    if discriminator is not None:
        union["discriminator"] = discriminator

    def requests(components: Json) -> Json:
        spec = pets({"Owl": owl, "Animal": {}, **components})
        content = {"content": {"application/json": {"schema": union}}}
        operation = {"requestBody": content, "responses": {"204": {"description": "Done."}}}
        spec["paths"] = {"/animals": {"post": {"operationId": "animals.add", **operation}}}
        return spec

    changes = compare(build(requests({})), build(requests({"Dog": reference("Cat")})))
    assert impact(changes) is Impact.DOCUMENTATION, changes


@pytest.mark.long
def test_component_that_becomes_a_reference_to_one_with_optional_fields_breaks_programs(
    build: Callable[[Json], Side],
) -> None:
    read_only = copy.deepcopy(_PET)
    read_only["properties"]["name"]["readOnly"] = True
    old = pets({"Cat": read_only, "Dog": read_only})
    new = pets({"Cat": read_only, "Dog": reference("Cat")})
    for spec in (old, new):
        for other in ("Owner", "Animal"):
            del spec["paths"][f"/{other.lower()}"], spec["components"]["schemas"][other]
        del (
            spec["paths"]["/dog"]["post"]["requestBody"],
            spec["paths"]["/dog"]["post"]["parameters"],
        )
    changes = compare(build(old), build(new))
    assert impact(changes) is Impact.BREAKING
    assert "Dog.name" in {each.subject for each in changes}


@pytest.mark.long
def test_list_that_is_no_longer_a_reference_to_an_equal_one_breaks_no_program(
    build: Callable[[Json], Side],
) -> None:
    changes = compare(build(pets({"Nicknames": reference("Names")})), build(pets()))
    assert impact(changes) is Impact.DOCUMENTATION, changes


def test_other_name_of_a_class_is_reported_by_itself_where_it_was_if_it_is_removed(
    build: Callable[[Json], Side],
) -> None:
    with_other = document({}, {"Cat": _PET, "Dog": reference("Cat"), "Mood": _MOOD})
    old, new = build(with_other), build(document({}, {"Cat": _PET, "Mood": _MOOD}))
    removed = [each for each in compare(old, new) if each.impact is Impact.BREAKING]
    assert [each.subject for each in removed] == ["models.Dog"]
    location = removed[0].location
    lines = old.files[location.file.removeprefix("pets/")].decode().splitlines()
    assert lines[location.line - 1] == "Dog: TypeAlias = Cat"


@pytest.mark.long
def test_classes_far_inside_one_another_are_compared(build: Callable[[Json], Side]) -> None:
    names = [f"Level{number}" for number in range(250)]
    chain = {
        name: {"type": "object", "properties": {"below": reference(below)}}
        for name, below in pairwise(names)
    }
    old, new = (
        pets({**chain, names[-1]: {"type": "object", "properties": {"end": {"type": kind}}}})
        for kind in ("string", "integer")
    )
    for spec in (old, new):
        spec["paths"] = {"/level0": spec["paths"]["/level0"]}
    found = {each.subject for each in compare(build(old), build(new))}
    assert f"{names[-1]}.end" in found


@pytest.mark.long
def test_alias_that_becomes_a_class_is_another_type_for_programs(
    build: Callable[[Json], Side],
) -> None:
    changes = compare(build(pets({"Dog": reference("Cat")})), build(pets()))
    assert impact(changes) is Impact.BREAKING


@pytest.mark.parametrize("resources", [0, pytest.param(MANY, marks=pytest.mark.long)])
def test_package_keeps_the_names_of_a_component_that_is_a_reference(
    resources: int, tmp_path: Path
) -> None:
    merged = {
        "Dog": reference("Cat"),
        "Temper": reference("Mood"),
        "Owl": {"type": ["object", "null"], "properties": {"wings": {"type": "integer"}}},
        "Hawk": reference("Owl"),
    }
    with generated_package(tmp_path, json.dumps(pets(merged, resources=resources))) as package:
        constants = importlib.import_module("pets.constants")
        assert package.Dog is package.Cat is package.models.Dog
        assert package.DogDict is package.CatDict is package.models.DogDict
        assert package.Hawk is package.Owl is package.models.Hawk
        assert constants.Temper is constants.Mood
        assert get_args(package.models.Temper) == ("glad", "sad")
        assert {"Dog", "DogDict"} <= {*package.__all__}
