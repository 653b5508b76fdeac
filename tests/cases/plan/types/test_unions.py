"""Members of union annotations, and None among them."""

from __future__ import annotations

import pytest

from generator.planning.types.annotations import optional
from generator.python.code import Code, alternatives


@pytest.mark.parametrize(
    ("annotation", "parts"),
    [
        ("str", ["str"]),
        ("str | int | None", ["str", "int", "None"]),
        ("list[str | int] | None", ["list[str | int]", "None"]),
        ("dict[str, list[str | None]]", ["dict[str, list[str | None]]"]),
        ("Literal['a | b', \"it's | x\"] | None", ["Literal['a | b', \"it's | x\"]", "None"]),
        (r"Tag['[', 'it\'s ['] | None", [r"Tag['[', 'it\'s [']", "None"]),
    ],
)
def test_alternatives_are_the_top_level_members_of_a_union(
    annotation: str, parts: list[str]
) -> None:
    assert alternatives(Code(annotation)) == parts


@pytest.mark.parametrize(
    ("annotation", "allowed"),
    [
        ("str", "str | None"),
        ("Any", "Any"),
        ("str | None", "str | None"),
        ("str | None | int", "str | None | int"),
        ("Sequence[str | None | int]", "Sequence[str | None | int] | None"),
    ],
)
def test_optional_adds_none_once(annotation: str, allowed: str) -> None:
    assert optional(Code(annotation)) == allowed
