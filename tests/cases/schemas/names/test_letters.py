"""Names that linters or Python itself would not take, whatever a document calls its things."""

from __future__ import annotations

import pytest

from generator.python import names
from generator.render.formatting import format_python


@pytest.mark.parametrize("letter", ["i", "I", "l", "L", "o", "O"])
def test_no_name_is_a_letter_that_looks_like_a_digit(letter: str) -> None:
    made = {names.identifier(letter), names.constant_name(letter), names.class_name(letter)}
    assert made.isdisjoint({"l", "I", "O"})


@pytest.mark.parametrize(("text", "name"), [("a௰b", "ab"), ("௰", "xbf0"), ("", "x")])
def test_what_python_takes_for_no_letter_is_left_out(text: str, name: str) -> None:
    """Of a name that has nothing else, the code points are spelled."""
    assert names.identifier(text) == name


def test_a_numbered_name_is_no_longer_than_others() -> None:
    """A constant is named after a method: cut once more, the two would be one."""
    long = "a" * names.LONGEST
    first, second = names.distinct([long, long])
    assert len(second) == len(first)
    assert names.constant_name(first) != names.constant_name(second)


def test_imports_are_broken_where_linters_without_a_configuration_break_them() -> None:
    imported = ", ".join(sorted(f"name_number_{each}" for each in range(5)))
    source = f"from some.package import {imported}\n\nprint({imported})\n"
    written = format_python("a.py", source)
    assert max(map(len, written.partition("\n\n")[0].splitlines())) <= 88
    assert f"print({imported})" in written
