"""Benchmark figures computed from timings."""

from __future__ import annotations

import math
from functools import partial

import pytest

from tests.bench.measure import ratio, spread, time_alternately
from tests.bench.scaling import SIZES, document, growth
from tests.bench.size import lines_of_code


def test_ratio_is_the_quotient_of_the_medians() -> None:
    found = ratio({"ours": [2, 3, 100], "peer": [4, 6, 5]}, "ours", "peer")
    assert found.value == 3 / 5


def test_spread_is_the_middle_half_of_the_rounds() -> None:
    found = spread(5, [1, 2, 3, 4, 100])
    assert (found.low, found.high) == (2, 4)


def test_candidates_alternate_and_the_first_round_does_not_count() -> None:
    done: list[str] = []
    timings = time_alternately({name: partial(done.append, name) for name in "abc"}, rounds=5)
    assert [len(each) for each in timings.values()] == [5, 5, 5]
    turns = [done[begin : begin + 3] for begin in range(0, len(done), 3)]
    assert len(turns) == 6
    assert all(sorted(each) == ["a", "b", "c"] for each in turns)
    assert len({tuple(each) for each in turns}) > 1


@pytest.mark.parametrize("exponent", [0.5, 1, 1.1, 2])
def test_growth_excludes_the_cost_of_starting_up(exponent: float) -> None:
    costs = [40 + 0.03 * size**exponent for size in SIZES]
    assert math.isclose(growth([costs, costs]).value, exponent)


def test_synthetic_document_has_the_requested_number_of_operations() -> None:
    assert len(document(30)["paths"]) == 30


def test_lines_of_code_exclude_comments_and_docstrings() -> None:
    module = ('"""A module.', "", 'More."""', "", "# Why.", "x = (", "    1", ")")
    function = ("def f():", '    """Do it."""', "    ...")
    assert lines_of_code("\n".join([*module, *function])) == 5
