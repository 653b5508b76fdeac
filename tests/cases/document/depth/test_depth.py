"""Schemas that are nested too deeply to follow."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.document import load
from generator.document.diagnostics import DocumentError
from generator.document.recursion import deep_recursion


def test_nesting_that_no_stack_can_hold_is_an_error_of_the_document(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text("openapi: 3.1.0\n", "utf-8")
    limit = sys.getrecursionlimit()

    def follow() -> None:
        follow()

    with (
        pytest.raises(DocumentError) as caught,
        deep_recursion(load(path)),
    ):
        follow()
    assert [each.code for each in caught.value.diagnostics] == ["U906"]
    assert sys.getrecursionlimit() == limit
