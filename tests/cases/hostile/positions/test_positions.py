"""Attacks on every value and key of a document in turn.

An attack in place of an OpenAPI keyword is mostly an error, which must have a position; a document
that passes must produce a package.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.attacks import ATTACKS, spots
from tests.support.rich_document import rich_document

DOCUMENT = rich_document()
PAIRS = [(spot, attack) for spot in spots(DOCUMENT) for attack in ATTACKS.values()]
# What stands in the place of a value and is no text.
VALUES: list[Any] = [None, True, 0, -1, 10**400, 1e308, [], {}, [[]], {"$ref": "#"}, {"": {}}]


@pytest.mark.long
def test_random_attacks_are_linted(attacked_project: Callable[[Any], Any]) -> None:
    under_attack = attacked_project(DOCUMENT)
    for spot, attack in random.Random(4).sample(PAIRS, 50):
        under_attack.write({spot: attack})
        under_attack.run("lint")


@pytest.mark.long
def test_random_values_of_other_types_are_linted(attacked_project: Callable[[Any], Any]) -> None:
    under_attack = attacked_project(DOCUMENT)
    values = [spot for spot in spots(DOCUMENT) if not spot.is_key]
    for index, spot in enumerate(random.Random(5).sample(values, 44)):
        under_attack.write({spot: VALUES[index % len(VALUES)]})
        under_attack.run("lint")


@pytest.mark.long
@pytest.mark.parametrize("keyword", ["default", "format"])
def test_keyword_with_an_object_as_its_value_is_reported_or_ignored(
    attacked_project: Callable[[Any], Any], keyword: str
) -> None:
    under_attack = attacked_project(DOCUMENT)
    for spot in spots(DOCUMENT):
        if spot.path[-1] == keyword and not spot.is_key:
            under_attack.attempt({spot: {"$ref": "#"}})


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(20))
def test_many_random_attacks_produce_diagnostics_or_harmless_packages(
    attacked_project: Callable[[Any], Any], seed: int
) -> None:
    under_attack = attacked_project(DOCUMENT)
    values = [spot for spot in spots(DOCUMENT) if not spot.is_key]
    choose = random.Random(seed)
    for spot, attack in choose.sample(PAIRS, 80):
        under_attack.attempt({spot: attack})
    for spot in choose.sample(values, 40):
        under_attack.attempt({spot: choose.choice(VALUES)})
    under_attack.look()
