"""Attacks in all strings and names of a document at once.

In each round every position has another attack. Attacks that errors name are reverted until
generation succeeds; nearly all remain in the package.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.attacks import ATTACKS, Spot, is_free, spots
from tests.support.rich_document import NAMES, rich_document

DOCUMENT = rich_document()
PLACES: list[Spot | str] = [*(each for each in spots(DOCUMENT) if is_free(each)), *NAMES]
TEXTS = list(ATTACKS.values())
FEW = [0, 41]


def attack_all(attacked: Callable[[Any], Any], rounds: list[int], *, ours: bool) -> None:
    document = DOCUMENT if ours else {k: v for k, v in DOCUMENT.items() if k != "x-generator"}
    under_attack = attacked(document)
    places = [each for each in PLACES if each != Spot(("x-generator",), is_key=False)]
    survived = 0
    for first in rounds:
        texts = [TEXTS[(5 * index + first) % len(TEXTS)] for index in range(len(places))]
        survived += under_attack.generate(dict(zip(places, texts, strict=True)))
    under_attack.look()
    assert survived > 0.5 * len(rounds) * len(places)


@pytest.mark.long
@pytest.mark.parametrize("ours", [True, False], ids=["our extensions", "anybody's"])
def test_attacks_in_strings_and_names_stay_strings_and_names(
    attacked_project: Callable[[Any], Any], *, ours: bool
) -> None:
    attack_all(attacked_project, FEW if ours else FEW[:1], ours=ours)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("ours", [True, False], ids=["our extensions", "anybody's"])
def test_every_attack_in_every_position_stays_a_string_or_a_name(
    attacked_project: Callable[[Any], Any], *, ours: bool
) -> None:
    attack_all(attacked_project, list(range(len(TEXTS))), ours=ours)
