"""Names that linters or Python would reject."""

from __future__ import annotations

import pytest

from generator.normalize.schemas.shapes import EnumShape
from generator.planning.models import enumerations
from generator.python import names
from generator.render.formatting import format_python
from tests.support.planning import named_shape


@pytest.mark.timeout(60)
def test_equal_names_are_numbered_in_linear_time() -> None:
    numbered = names.distinct(["v"] * 100_000)
    assert (numbered[0], numbered[1], numbered[-1]) == ("v", "v2", "v100000")
    assert names.distinct(["v", "v2", "v", "v", "v2"]) == ["v", "v2", "v3", "v4", "v2_2"]


@pytest.mark.long
@pytest.mark.timeout(60)
def test_enumeration_is_named_in_linear_time() -> None:
    values = tuple(f"value-{number}" for number in range(100_000))
    schema = named_shape("State", EnumShape("string", values))
    [enumeration] = enumerations({"State": schema})
    assert enumeration.members[0] == ("VALUE_0", "value-0")
    assert len({name for name, _ in enumeration.members}) == len(values)


@pytest.mark.parametrize("letter", ["i", "I", "l", "L", "o", "O"])
def test_names_are_no_letters_that_look_like_digits(letter: str) -> None:
    made = {names.identifier(letter), names.constant_name(letter), names.class_name(letter)}
    assert made.isdisjoint({"l", "I", "O"})


@pytest.mark.parametrize(("text", "name"), [("a௰b", "ab"), ("௰", "xbf0"), ("", "x")])
def test_characters_that_identifiers_may_not_contain_are_removed(text: str, name: str) -> None:
    """A name without other characters is spelled by its code points."""
    assert names.identifier(text) == name


def test_numbered_name_is_no_longer_than_the_maximum() -> None:
    """A constant is named after a method: shortened once more, two names would be equal."""
    long = "a" * names.LONGEST
    first, second = names.distinct([long, long])
    assert len(second) == len(first)
    assert names.constant_name(first) != names.constant_name(second)


def test_long_imports_are_wrapped_at_88_columns() -> None:
    imported = ", ".join(sorted(f"name_number_{each}" for each in range(5)))
    source = f"from some.package import {imported}\n\nprint({imported})\n"
    written = format_python({"a.py": source})["a.py"]
    assert max(map(len, written.partition("\n\n")[0].splitlines())) <= 88
    assert f"print({imported})" in written
