"""What is printed was made fit for its place; anything else stops the generator."""

from __future__ import annotations

import msgspec
import pytest
from jinja2 import UndefinedError

from generator.python.code import construct, literal, name
from generator.render import environment
from generator.render.formatting import FormattingError, format_python

HOSTILE = "x = __import__('os')"


def test_a_template_prints_nothing_that_no_filter_made_fit() -> None:
    template = environment().from_string("{{ text }}")
    with pytest.raises(TypeError, match="a template prints str that no filter made fit"):
        template.render(text=HOSTILE)
    assert environment().from_string("{{ text | literal }}").render(text=HOSTILE) == repr(HOSTILE)


def test_a_template_prints_nothing_that_is_not_there() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing.name | literal }}").render()


@pytest.mark.parametrize("text", [HOSTILE, "", "a-b", "a..b", "1st"])
def test_a_name_is_an_identifier(text: str) -> None:
    with pytest.raises(ValueError, match="is not a Python name"):
        name(text)


def test_only_plain_values_have_a_literal() -> None:
    with pytest.raises(TypeError, match="object has no literal"):
        literal(object())


def test_only_fields_that_a_struct_has_are_printed() -> None:
    class Point(msgspec.Struct):
        x: int = 0

    assert construct(Point, x=1) == "Point(x=1)"
    with pytest.raises(TypeError, match="Point has no field"):
        construct(Point, y=1)


def test_what_is_no_python_is_not_written() -> None:
    with pytest.raises(FormattingError, match=r"^pets/client\.py: "):
        format_python("pets/client.py", "class class:\n")
