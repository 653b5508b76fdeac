"""Growth of the work with the size of the document.

Counts of calls are compared, which are the same on every machine.
"""

from __future__ import annotations

from cProfile import Profile
from pathlib import Path

import pytest

from generator import pipeline
from generator.diff import comparison
from generator.diff.side import Side
from generator.document.recursion import deep_recursion
from tests.support import large_documents
from tests.support.large_documents import SHAPES, Json

pytestmark = pytest.mark.long

_MOST = 2.5**2
"""Four times the document may cost this much more; 16 times as much if it is quadratic."""
_SIZES = {
    "operations": 25,
    "properties": 200,
    "values": 1000,
    "alternatives": 40,
    "unions": 50,
    "components": 50,
    "graph": 40,
    "inline": 10,
}


@pytest.mark.parametrize(("name", "size"), _SIZES.items(), ids=[*_SIZES])
def test_the_work_for_a_document_grows_in_proportion_to_its_size(
    tmp_path: Path, name: str, size: int
) -> None:
    shape = SHAPES[name]
    _calls(tmp_path, shape(3))  # It imports what is imported once.
    small, large = (_calls(tmp_path, shape(size * factor)) for factor in (1, 4))
    assert large <= _MOST * small


def test_names_in_a_mapping_are_resolved_without_a_search_for_similar_ones(tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    path.write_bytes(large_documents.to_json(large_documents.mappings(9)))
    with Profile() as profile:
        pipeline.plan_package(path, "things", strict=False)
    assert _count(profile, "read_discriminator") > 0
    assert _count(profile, "get_close_matches") == 0


def test_documentation_has_the_command_of_each_operation_without_a_search(tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    path.write_bytes(large_documents.to_json(large_documents.methods(9)))
    plan = pipeline.plan_package(path, "things", strict=False, command="things", compares=False)[1]
    found = pipeline.documentation_of(plan)  # It compiles the templates.
    with Profile() as profile:
        assert pipeline.documentation_of(plan) == found
    assert found["resources/things.md"].count(b"\nthings things ") == 9
    assert _count(profile, "__eq__") == 0


def test_schemas_in_diamonds_are_visited_once_and_not_for_every_way_to_them(
    tmp_path: Path,
) -> None:
    less, more = (_calls(tmp_path, large_documents.diamonds(2, depth)) for depth in (10, 20))
    # A class has the members of all levels below it; the ways to the lowest are 1,000 times more.
    assert more < 4 * less


def test_members_of_schemas_that_extend_others_are_collected_once(tmp_path: Path) -> None:
    few, many = (_calls(tmp_path, large_documents.extensions(count)) for count in (20, 40))
    # Together, the classes have four times as many members.
    assert many < 4 * few


@pytest.mark.parametrize("name", ["properties", "values", "components", "unions"])
def test_the_work_to_compare_documents_grows_in_proportion_to_their_size(
    tmp_path: Path, name: str
) -> None:
    shape, size = SHAPES[name], _SIZES[name]
    _calls_of_comparison(tmp_path, shape(3))  # It imports what is imported once.
    small, large = (_calls_of_comparison(tmp_path, shape(size * factor)) for factor in (1, 4))
    assert large <= _MOST * small


def test_schemas_in_diamonds_are_compared_once_and_not_for_every_way_to_them(
    tmp_path: Path,
) -> None:
    less, more = (
        _calls_of_comparison(tmp_path, large_documents.diamonds(2, depth)) for depth in (10, 20)
    )
    assert more < 4 * less


def _calls_of_comparison(folder: Path, document: Json) -> int:
    """Return how many calls it takes to compare the plan of a document with one like it."""
    path = folder / "openapi.json"
    path.write_bytes(large_documents.to_json(document))
    normalized, plan, _ = pipeline.plan_package(path, "things", strict=False, compares=False)
    sides = [Side("", "", "", normalized, plan, {}) for _ in range(2)]
    profile = Profile()
    with deep_recursion(normalized.document):
        profile.enable()
        changes = [*comparison.of_documents(*sides)]
        profile.disable()
    assert changes == []
    return sum(each.callcount for each in profile.getstats())


def _count(profile: Profile, name: str) -> int:
    """Return how many calls there are of functions with a name."""
    codes = ((each.code, each.callcount) for each in profile.getstats())
    return sum(count for code, count in codes if not isinstance(code, str) and code.co_name == name)


def _calls(folder: Path, document: Json) -> int:
    """Return how many calls it takes to plan the package of a document."""
    path = folder / "openapi.json"
    path.write_bytes(large_documents.to_json(document))
    profile = Profile()
    profile.enable()
    try:
        pipeline.plan_package(path, "things", strict=False, command="things")
    finally:
        profile.disable()
    return sum(each.callcount for each in profile.getstats())
