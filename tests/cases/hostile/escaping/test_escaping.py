"""Escaping of everything that templates print."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from jinja2 import UndefinedError

from generator.python.code import construct, literal, name
from generator.render import environment
from generator.render.formatting import FormattingError, format_python

HOSTILE = "x = __import__('os')"


def test_template_rejects_unescaped_strings() -> None:
    template = environment().from_string("{{ text }}")
    with pytest.raises(TypeError, match="a template prints a str, expected Code"):
        template.render(text=HOSTILE)
    assert environment().from_string("{{ text | literal }}").render(text=HOSTILE) == repr(HOSTILE)


def test_template_rejects_undefined_values() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing.name | literal }}").render()


@pytest.mark.parametrize("text", [HOSTILE, "", "a-b", "a..b", "1st"])
def test_name_rejects_strings_that_are_no_identifiers(text: str) -> None:
    with pytest.raises(ValueError, match="is not a Python name"):
        name(text)


def test_literal_rejects_objects_without_a_literal() -> None:
    with pytest.raises(TypeError, match="object has no literal"):
        literal(object())


def test_construct_rejects_unknown_fields_of_a_struct() -> None:
    class Point(msgspec.Struct):
        x: int = 0

    assert construct(Point, x=1) == "Point(x=1)"
    with pytest.raises(TypeError, match="Point has no field"):
        construct(Point, y=1)


def test_format_python_rejects_invalid_syntax() -> None:
    with pytest.raises(FormattingError, match=r"^error: Failed to parse pets/client\.py:1:7: "):
        format_python({"pets/client.py": "class class:\n", "pets/models.py": "a = 1\n"})


def test_missing_folder_of_temporary_files_is_an_error_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    message = "^temporary files cannot be written: No such file or directory; set TMPDIR$"
    with pytest.raises(OSError, match=message):
        format_python({"pets/models.py": "a = 1\n"})
