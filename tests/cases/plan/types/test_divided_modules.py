"""Modules of a large package, each with names of its resource."""

from __future__ import annotations

import pytest

from generator.planning.plan.modules import Module
from generator.planning.plan.package import MANY
from tests.support.planning import plan_document

KEEPERS = """\
  /keepers:
    get:
      operationId: keepers.list
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - name: where
          in: query
          content: {application/json: {schema: {$ref: '#/components/schemas/Filter'}}}
      x-pagination:
        style: page
        request: {page: {parameter: page}}
        response: {items: /items}
      responses:
        '200':
          description: Some keepers.
          headers: {X-Mood: {schema: {$ref: '#/components/schemas/Mood'}}}
          content:
            application/json:
              schema:
                type: object
                properties: {items: {type: array, items: {$ref: '#/components/schemas/Keeper'}}}
"""
COMPONENTS = """\
components:
  schemas:
    Keeper: {type: object, properties: {name: {type: string}}}
    Mood: {type: string, enum: [glad, sad]}
    Filter: {type: object, properties: {rank: {$ref: '#/components/schemas/Rank'}}}
    Rank: {type: string, enum: [high, low]}
    Unused: {type: object, properties: {name: {type: string}}}
"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Module]:
    """The modules of a package by their names."""
    others = "".join(
        f"  /pets/{number}: {{get: {{operationId: pets.get{number}, "
        "responses: {'204': {description: Fine.}}}}\n"
        for number in range(MANY)
    )
    folder = tmp_path_factory.mktemp("large")
    _, package = plan_document(folder, f"paths:\n{KEEPERS}{others}{COMPONENTS}")
    return {each.name: each for each in package.modules}


@pytest.mark.parametrize("name", ["Mood", "Rank"])
def test_enumeration_of_a_header_or_a_mapping_is_in_the_module_of_its_resource(
    modules: dict[str, Module], name: str
) -> None:
    assert name in [each.name for each in modules["keepers"].enumerations]


def test_mapping_of_an_argument_is_in_the_module_of_its_resource(
    modules: dict[str, Module],
) -> None:
    assert [each.name for each in modules["keepers"].mappings] == ["FilterDict"]


def test_entry_of_a_list_is_in_the_module_of_its_resource(modules: dict[str, Module]) -> None:
    assert "Keeper" in [each.name for each in modules["keepers"].models]


def test_name_that_no_resource_uses_is_in_the_module_of_the_others(
    modules: dict[str, Module],
) -> None:
    assert [each.name for each in modules["others"].models] == ["Unused"]
