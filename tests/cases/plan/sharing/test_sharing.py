"""Equal schemas without names of their own share a class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.planning.plan.package import Package
from tests.support.large_documents import document, inline, to_json

Json = Any
PLACES = ("cats", "dogs", "owls")
_PET: Json = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "description": "Its name."},
        "age": {"type": "integer"},
        "mood": {"type": "string", "enum": ["glad", "sad"]},
    },
    "required": ["age", "name"],
}
OWNER = {"type": "object", "properties": {"name": {"type": "string", "description": "Its name."}}}


def test_equal_schemas_in_three_places_are_one_class_with_the_words_of_all_names(
    tmp_path: Path,
) -> None:
    assert classes(
        _plan_responses(tmp_path, {name: _with_owner(OWNER, name) for name in PLACES})
    ) == {*("CatsGetResponse", "DogsGetResponse", "OwlsGetResponse", "GetResponseOwner")}


def test_equal_schemas_in_two_places_keep_the_names_of_the_places(tmp_path: Path) -> None:
    found = classes(
        _plan_responses(tmp_path, {name: _with_owner(OWNER, name) for name in PLACES[:2]})
    )
    assert {"CatsGetResponseOwner", "DogsGetResponseOwner"} <= found


def test_whole_responses_that_are_equal_are_one_class(tmp_path: Path) -> None:
    package = _plan_responses(tmp_path, dict.fromkeys(PLACES, OWNER))
    assert classes(package) == {"GetResponse"}
    assert {each.operations[0].returns for each in package.resources} == {"models.GetResponse"}


def test_equal_bodies_of_one_status_are_named_after_the_status(tmp_path: Path) -> None:
    paths = {f"/{name}": {"get": _operation(name, {"type": "string"})} for name in PLACES}
    for path in paths.values():
        path["get"]["operationId"] = path["get"]["operationId"].replace(
            "get", path["get"]["tags"][0]
        )
        path["get"]["responses"]["404"] = {
            "description": "None.",
            "content": {"application/json": {"schema": OWNER}},
        }
    assert classes(_planned_whole(tmp_path, document(paths))) == {"Response404"}


def test_a_schema_that_equals_a_component_is_the_component(tmp_path: Path) -> None:
    assert classes(_plan_responses(tmp_path, {"cats": OWNER}, {"Owner": OWNER})) == {"Owner"}


@pytest.mark.parametrize(("count", "shared"), [(1, False), (2, True), (3, True)])
def test_schemas_that_differ_from_a_component_in_descriptions_are_the_component_from_three_on(
    tmp_path: Path, count: int, *, shared: bool
) -> None:
    owners = {
        name: _with_owner({**OWNER, "description": f"Of {name}."}, name) for name in PLACES[:count]
    }
    package = _plan_responses(tmp_path, owners, {"Owner": {**OWNER, "description": "An owner."}})
    docs = {each.name: each.doc for each in package.models if each.name.endswith("Owner")}
    assert docs["Owner"] == "An owner."
    assert (len(docs) == 1) is shared


def test_schemas_that_differ_from_several_components_in_descriptions_share_their_own_class(
    tmp_path: Path,
) -> None:
    owners = {name: _with_owner({**OWNER, "description": "Of it."}, name) for name in PLACES}
    components = {name: {**OWNER, "description": name} for name in ("Owner", "Keeper")}
    assert "GetResponseOwner" in classes(_plan_responses(tmp_path, owners, components))


def test_equal_components_keep_their_names(tmp_path: Path) -> None:
    components = {"Owner": OWNER, "Keeper": OWNER, "Friend": OWNER}
    assert classes(_plan_responses(tmp_path, {"cats": OWNER}, components)) == set(components)


def test_component_that_only_refers_to_another_is_a_further_name_of_it(tmp_path: Path) -> None:
    keeper = {"$ref": "#/components/schemas/Owner"}
    components = {"Keeper": keeper, "Warden": {"$ref": "#/components/schemas/Keeper"}}
    package = _plan_responses(tmp_path, {"cats": keeper}, {**components, "Owner": OWNER})
    assert classes(package) == {"Owner"}
    assert {each.name: each.annotation for each in package.aliases} == {
        "Keeper": "Owner",
        "Warden": "Owner",
    }


def test_equal_enumerations_are_one_type_without_a_common_name_the_shortest(
    tmp_path: Path,
) -> None:
    level = {"type": "string", "enum": ["low", "high"]}
    components = {
        name: {"type": "object", "properties": {"level": level, name: {}}}
        for name in ("Event", "LastEvents", "Alarms")
    }
    package = _plan_responses(tmp_path, {}, components)
    assert [each.name for each in package.enumerations] == ["EventLevel"]
    assert [each.fields[0].annotation for each in package.models] == ["Open[EventLevel] | None"] * 3


def test_common_name_of_several_schemas_is_that_of_the_one_with_most_of_the_places(
    tmp_path: Path,
) -> None:
    """Another operation may take the name from it, but not give it to another class."""
    several = {name: _with_owner(OWNER, name) for name in (*PLACES, "apes", "bees", "cows")}
    other = {"type": "object", "properties": {"age": {"type": "integer"}}}
    for count, names in (
        (3, {"GetResponseOwner"}),
        (4, {"GetResponseOwner", "AntsGetResponseOwner"}),
        (6, {"ApesGetResponseOwner", "AntsGetResponseOwner"}),
    ):
        ants = ("ants", "dodos", "emus", "foxes", "goats", "hares")[: count if count > 3 else 0]
        found = _plan_responses(
            tmp_path, several | {name: _with_owner(other, name) for name in ants}
        )
        assert {each for each in classes(found) if each.endswith("Owner")} == names


def test_the_order_of_operations_and_components_changes_no_name_and_no_type(
    tmp_path: Path,
) -> None:
    mood: Json = {"type": "string", "enum": ["glad", "sad"]}
    level: Json = {"type": "string", "enum": ["low", "high"]}
    members = dict(zip(PLACES, ("mood", "level", "mood"), strict=True))
    boxes: Json = {
        name: _with_owner({**OWNER, "properties": {each: mood if each == "mood" else level}}, name)
        for name, each in members.items()
    }
    events: Json = {
        name: {"type": "object", "properties": {"level": level, name: {"type": "string"}}}
        for name in ("Event", "Alarm", "LastEvents")
    }
    components: Json = {"Temper": mood, "Humor": mood, **events}
    reverse = [dict(reversed(each.items())) for each in (boxes, components)]
    fields, turned = (
        {each.name: {field.name: field.annotation for field in each.fields} for each in models}
        for models in (
            _plan_responses(tmp_path, *each).models for each in ([boxes, components], reverse)
        )
    )
    assert fields == turned
    assert fields["CatsGetResponseOwner"] == {"mood": "Open[Humor] | None"}
    assert fields["Event"]["level"] == "Open[AlarmLevel] | None"


def test_schemas_around_different_components_keep_the_types_of_their_own(tmp_path: Path) -> None:
    """The components differ in descriptions only, and an inline schema equals one of them."""
    components = {name: {**OWNER, "description": name} for name in ("Owner", "Keeper")}
    owners = [{"$ref": "#/components/schemas/Owner"}, components["Keeper"], components["Owner"]]
    boxes = [{"type": "object", "properties": {"by": each}} for each in (*owners, *owners, *owners)]
    names = ("ants", "apes", "bees", "cats", "cows", "dogs", "emus", "foxes", "owls")
    package = _plan_responses(
        tmp_path,
        {name: _with_owner(box, name) for name, box in zip(names, boxes, strict=True)},
        components,
    )
    types = {each.name: each.fields[0].annotation for each in package.models}
    owned = {name: types[types[f"{name.title()}GetResponse"].split(" ")[0]] for name in names}
    assert [*owned.values()] == ["Owner | None", "Keeper | None", "Owner | None"] * 3


def test_alternatives_that_are_one_class_are_its_only_alternative(tmp_path: Path) -> None:
    other = {**OWNER, "description": "Who pays."}
    owners = {name: _with_owner({"oneOf": [OWNER, other]}, name) for name in PLACES}
    package = _plan_responses(tmp_path, owners)
    types = {each.name: each.fields[0].annotation for each in package.models}
    assert types["DogsGetResponse"] == "CatsGetResponseOwnerOption1 | None"


def test_classes_around_more_than_a_hundred_levels_of_equal_ones_are_not_shared(
    tmp_path: Path,
) -> None:
    place, last = "#/components/headers/{}{}/schema", 100
    paths = {
        f"/{name}": {"get": _operation(name, {"$ref": place.format(name, 0)})} for name in PLACES
    }
    value = document(paths)
    value["components"]["headers"] = {
        f"{name}{level}": {"schema": {"type": "object", "properties": {"in": inside}}}
        for name in PLACES
        for level in range(last + 1)
        for inside in [OWNER if level == last else {"$ref": place.format(name, level + 1)}]
    }
    found = classes(_planned_whole(tmp_path, value))
    assert {"Cats0", "Dogs0", "Owls0", "Cats2"} <= found
    assert not {"Dogs2", "Owls2"} & found


def test_docstring_of_a_shared_class_is_the_common_description(tmp_path: Path) -> None:
    owners = {name: {**OWNER, "description": f"Who owns it. Mostly of {name}."} for name in PLACES}
    package = _plan_responses(
        tmp_path, {name: _with_owner(each, name) for name, each in owners.items()}
    )
    docs = {each.name: each.doc for each in package.models}
    assert docs["GetResponseOwner"] == "Who owns it."


@pytest.mark.parametrize(
    "other",
    [
        {"type": "object", "properties": {"name": {"type": "string", "deprecated": True}}},
        {"type": "object", "properties": {"name": {"type": "string", "maxLength": 3}}},
        {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
        {"type": "object", "properties": {"name": {"type": "string", "x-sensitive": True}}},
        {**OWNER, "additionalProperties": False},
        {**OWNER, "deprecated": True},
    ],
)
def test_schemas_that_differ_in_more_than_descriptions_are_not_shared(
    tmp_path: Path, other: Json
) -> None:
    owners = dict(zip(PLACES, (OWNER, OWNER, other), strict=True))
    package = _plan_responses(
        tmp_path, {name: _with_owner(each, name) for name, each in owners.items()}
    )
    assert {f"{name.title()}GetResponseOwner" for name in PLACES} <= classes(package)


@pytest.mark.parametrize(
    "other",
    [
        {**_PET, "properties": dict(reversed(_PET["properties"].items()))},
        {**_PET, "required": ["name", "age"], "title": "Pet", "x-kind": 1, "example": {"age": 1}},
        {**_PET, "properties": {**_PET["properties"], "age": {"type": "integer", "default": 1}}},
        {**_PET, "properties": {**_PET["properties"], "mood": {"enum": ["sad", "glad"]}}},
    ],
    ids=["order of properties", "annotations", "default", "order of values"],
)
def test_schemas_that_differ_in_what_no_model_shows_are_one_class(
    tmp_path: Path, other: Json
) -> None:
    pets = dict(zip(PLACES, (_PET, _PET, other), strict=True))
    package = _plan_responses(
        tmp_path, {name: _with_owner(each, name) for name, each in pets.items()}
    )
    [pet] = [each for each in package.models if each.name == "GetResponseOwner"]
    docs = {each.name: each.doc for each in pet.fields}
    assert [*docs] == ["name", "age", "mood"]
    assert docs["name"] == "Its name."
    assert len(package.models) == len(PLACES) + 1
    assert [each.name for each in package.enumerations] == ["GetResponseOwnerMood"]


@pytest.mark.long
def test_an_operation_that_is_added_changes_nothing_where_it_is_not(tmp_path: Path) -> None:
    """Only the files that list all operations or resources and the added resource's own change."""
    before = inline(27)
    added = {"get": _operation("zebras", _with_owner(OWNER, "zebras"))}
    after = {**before, "paths": {**before["paths"], "/zebras": added}}
    built = [_build_files(tmp_path, each) for each in (before, after)]
    changed = {path for path in built[1] if built[0].get(path) != built[1][path]}
    assert {path for path in changed if path.startswith("resources/")} == {"resources/zebras.py"}
    old, new = (each["models.py"].decode().splitlines() for each in built)
    assert set(old) <= set(new)


@pytest.mark.long
def test_ten_times_the_operations_are_fewer_than_ten_times_the_classes(
    tmp_path: Path,
) -> None:
    small, large = (classes(_planned_whole(tmp_path, inline(count))) for count in (9, 90))
    assert len(large) < 9 * len(small)


def test_class_of_a_part_with_a_position_is_shared(tmp_path: Path) -> None:
    paths = {f"/{name}": {"get": _operation(name, _with_owner(OWNER, name))} for name in PLACES}
    schema = {"prefixItems": [OWNER, {"type": "string"}], "items": OWNER}
    encoding: Json = [{}, {}]
    content = {"multipart/mixed": {"schema": schema, "prefixEncoding": encoding}}
    parts: Json = {"operationId": "parts.send", "requestBody": {"content": content}}
    parts["responses"] = {"200": {"description": "Parts.", "content": content}}
    value = document({**paths, "/parts": {"post": parts}})
    package = _planned_whole(tmp_path, {**value, "openapi": "3.2.0"})
    assert len(classes(package)) == len(PLACES) + 1


def classes(package: Package) -> set[str]:
    """Return the names of a package's classes."""
    return {each.name for each in package.models}


def _with_owner(owner: Json, name: str) -> Json:
    return {"type": "object", "properties": {"owner": owner, name: {"type": "string"}}}


def _operation(name: str, schema: Json) -> Json:
    content = {"application/json": {"schema": schema}}
    responses = {"200": {"description": "It.", "content": content}}
    return {"operationId": f"{name}.get", "tags": [name], "responses": responses}


def _plan_responses(folder: Path, responses: Json, components: Json | None = None) -> Package:
    paths = {f"/{name}": {"get": _operation(name, each)} for name, each in responses.items()}
    return _planned_whole(folder, document(paths, components))


def _planned_whole(folder: Path, value: Json) -> Package:
    spec = folder / "openapi.json"
    spec.write_bytes(to_json(value))
    return pipeline.plan_package(spec, "pets", strict=False)[1]


def _build_files(folder: Path, value: Json) -> dict[str, bytes]:
    spec = folder / "openapi.json"
    spec.write_bytes(to_json(value))
    return pipeline.build(spec, "pets", strict=False).files
