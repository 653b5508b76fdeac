"""Annotations that datamodel-code-generator writes are parsed or rejected."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from generator.normalize.schemas.shapes import Scalar
from generator.planning.libraries import types
from generator.python.types import read_annotation


@pytest.mark.parametrize("written", ["tuple[int]", "Optional[int]", "'int'", "int | 3"])
def test_unknown_annotation_is_rejected(written: str) -> None:
    with pytest.raises(ValueError, match="unexpected annotation: "):
        read_annotation(ast.parse(written, mode="eval").body)


def test_several_generated_modules_are_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    def generate(*_: Any, **__: Any) -> dict[tuple[str, ...], str]:
        return {("a.py",): "", ("b.py",): ""}

    monkeypatch.setattr(types, "generate", generate)
    with pytest.raises(TypeError, match="one module was expected, not dict"):
        types.write_types({}, [Scalar("string")])
