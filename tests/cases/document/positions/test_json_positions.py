"""Positions of the nodes of JSON documents, whichever are asked for first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.json_reader import json_events
from generator.document.json_values import Pointer, is_array, is_object
from generator.document.parsing import parse
from generator.document.positions import compose
from tests.support.searching import few

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda each: (
        st.lists(each, max_size=4)
        | st.dictionaries(st.text('ab"\\ \n,:{é', max_size=3), each, max_size=4)
    ),
    max_leaves=20,
)


def _pointers(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    """Iterate over the places of all nodes, and of some that are absent."""
    yield pointer
    yield (*pointer, "absent")
    yield (*pointer, 99)
    if is_object(value):
        for key, each in value.items():
            yield from _pointers(each, (*pointer, key))
    if is_array(value):
        for index, each in enumerate(value):
            yield from _pointers(each, (*pointer, index))


@pytest.mark.long
@given(
    value=st.dictionaries(st.text("abc", max_size=2), _VALUES, max_size=4),
    indent=st.sampled_from([None, 0, 1, "\t"]),
    is_ascii=st.booleans(),
    order=st.randoms(use_true_random=False),
)
@few(200)
def test_position_is_the_same_as_that_of_reading_the_whole_text(
    *, value: Any, indent: int | str | None, is_ascii: bool, order: Any
) -> None:
    text = f" \n {json.dumps(value, indent=indent, ensure_ascii=is_ascii)}\n"
    whole, parsed = compose(json_events(text)), parse(text.encode(), "document.json")
    pointers = [*_pointers(value)]
    order.shuffle(pointers)
    for pointer in pointers:
        for key in (False, True):
            expected = whole.position(pointer, key=key)
            assert parsed.position(pointer, key=key) == expected


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("9" * 5000, "a number has more than 4300 digits"),
        ("1e999", "expected a finite JSON number"),
    ],
)
def test_unreadable_number_is_reported_at_its_own_position(number: str, message: str) -> None:
    text = f'{{"note": "{number} at most",\n "maximum": [0, -{number}]}}'
    [problem] = parse(text.encode(), "openapi.json").problems
    assert (problem.location.line, problem.location.column) == (2, 17)
    assert problem.message.startswith(message)


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "NaN", "-Infinity"], ids=len)
@pytest.mark.parametrize("rest", ["-0", "1e5", "x", "true"])
def test_unreadable_number_with_characters_behind_it_is_reported_at_its_position(
    number: str, rest: str
) -> None:
    [problem] = parse(f'{{"maximum":\n {number}{rest}}}'.encode(), "openapi.json").problems
    assert (problem.location.line, problem.location.column) == (2, 2)
