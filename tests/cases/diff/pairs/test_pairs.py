"""Two changes at once, which have the impact of the severer one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from generator.diff.change import Impact
from generator.diff.comparison import impact, of_documents
from generator.diff.side import Side
from generator.diff.sources import SourceError

HERE = Path(__file__).parents[1]
PETS = (HERE / "pets.yaml").read_text("utf-8")
IMPACTS = {str(each): each for each in Impact}
SAMPLE = 60


class Case:
    """A case of a rule: its edits, in which direction they apply, and its impact."""

    def __init__(self, path: Path) -> None:
        case = yaml.safe_load(path.read_text("utf-8"))
        source = path
        self.is_backwards = "backwards" in case
        if self.is_backwards:
            source = HERE / case["backwards"] / path.name
        edits = yaml.safe_load(source.read_text("utf-8"))
        self.name = f"{path.parent.name}-{path.stem}"
        self.before = tuple(map(_pair, edits.get("before", ())))
        self.edits = tuple(map(_pair, edits["edits"]))
        self.impact = max(IMPACTS[each.partition(" ")[0]] for each in case["changes"])


def _pair(edit: dict[str, str]) -> tuple[str, str]:
    return edit["old"], edit["new"]


def apply_edits(edits: Sequence[tuple[str, str]]) -> str | None:
    """Return the document after some edits; None if two of them change the same text."""
    text = PETS
    for old, new in edits:
        if text.count(old) != 1:
            return None
        text = text.replace(old, new)
    return text


def documents(one: Case, other: Case) -> tuple[str, str] | None:
    """Return the old and the new document of two cases; None if they change the same text."""
    both = (*one.before, *other.before)
    was = [edit for each in (one, other) if each.is_backwards for edit in each.edits]
    now = [edit for each in (one, other) if not each.is_backwards for edit in each.edits]
    touched = [{old.strip() for old, _ in (*each.before, *each.edits)} for each in (one, other)]
    if set(was) & set(now) or touched[0] & touched[1]:
        return None
    old, new = apply_edits([*both, *was]), apply_edits([*both, *now])
    together = apply_edits([*both, *was, *now])  # Edits that meet would not be two changes.
    return None if old is None or new is None or together is None else (old, new)


CASES = [Case(path) for path in sorted(HERE.glob("*/*.yaml"))]
PAIRS = list(combinations(CASES, 2))


def wrong(
    pairs: Sequence[tuple[Case, Case]], changed: Callable[[str], Side]
) -> Iterator[tuple[str, str, str]]:
    """Iterate over the pairs whose impact is not that of the more severe case."""
    side = lru_cache(maxsize=256)(changed)
    for one, other in pairs:
        texts = documents(one, other)
        if texts is None:
            continue
        try:
            old, new = map(side, texts)
        except SourceError:  # Two edits can contradict each other.
            continue
        found = impact(tuple(of_documents(old, new)))
        if found is not max(one.impact, other.impact):
            yield one.name, other.name, str(found)


@pytest.mark.long
def test_sample_of_pairs_has_the_impact_of_the_more_severe_change(
    build_side: Callable[[str], Side],
) -> None:
    sample = random.Random(1).sample(PAIRS, SAMPLE)
    assert list(wrong(sample, build_side)) == []


@pytest.mark.slow
@pytest.mark.timeout(30 * 60)
def test_every_pair_has_the_impact_of_the_more_severe_change(
    build_side: Callable[[str], Side],
) -> None:
    assert sum(documents(*pair) is not None for pair in PAIRS) > 2000
    assert list(wrong(PAIRS, build_side)) == []
