"""Numbered lists that change at any place between requests.

`NUMBERED_LISTS=20000` runs at full size.
"""

from __future__ import annotations

import os
import random

import pytest

from losant_audit_log import IncompleteWalkError
from tests.support.figures import Note, note
from tests.support.numbering import Listing, start_walk

FEW, MANY = 40, int(os.environ.get("NUMBERED_LISTS", "2000"))
MOST_REQUESTS = 1_000


class ChangingList:
    """A list with as many arrivals as expiries.

    Attributes:
        listing: The list, whose ids are characters.
        before: The ids at its beginning.
    """

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(f"list {seed}")
        self._rate = self._chance.choice([0.02, 0.2, 0.6])  # of arrivals between two requests
        self._count = self._chance.choice([20, 60, 200])
        self.before = "".join(map(self._id, range(self._count)))
        self.listing = Listing(
            self.before,
            size=self._chance.choice([10, 20, 50]),
            reports_size=self._chance.random() < 0.5,
            reports_total=self._chance.random() < 0.9,
            applies_size=True,
            changes=dict.fromkeys(range(2, MOST_REQUESTS), self._change),
        )

    def _change(self, ids: str) -> str:
        """Add and remove entries at random places."""
        while self._chance.random() < self._rate:
            place = self._chance.randrange(len(ids) + 1)
            ids = ids[:place] + self._id(self._count) + ids[place:]
            self._count += 1
        while ids and self._chance.random() < self._rate:
            place = self._chance.randrange(len(ids))
            ids = ids[:place] + ids[place + 1 :]
        return ids

    @staticmethod
    def _id(number: int) -> str:
        return chr(0x4E00 + number)


def run(seed: int) -> tuple[set[str], bool]:
    """Read a list.

    Returns:
        The lost entries, and whether the walk raised.
    """
    changing = ChangingList(seed)
    steps = start_walk(size=changing.listing.size)
    try:
        steps.read(changing.listing)
    except IncompleteWalkError:
        return set(), True
    assert len(set(steps.ids)) == len(steps.ids)
    assert len(steps.requests) < MOST_REQUESTS
    return set(changing.before) & set(changing.listing.ids) - set(steps.ids), False


@pytest.mark.parametrize("part", range(2))
def test_few_numbered_lists_lose_nothing(part: int) -> None:
    assert not any(run(seed)[0] for seed in range(part, FEW, 2))


@pytest.mark.slow
def test_many_numbered_lists_lose_nothing(record_property: Note) -> None:
    found = [run(seed) for seed in range(FEW, FEW + MANY)]
    lost, raised = (sum(map(bool, each)) for each in zip(*found, strict=True))
    note(record_property, f"{MANY:,} numbered lists: {lost} lost entries, {raised} raised")
    assert lost == 0
    assert raised * 50 < MANY
