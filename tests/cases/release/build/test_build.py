"""Builds without a bill of materials."""

from __future__ import annotations

import re

import pytest

from tests.support.cli import Project

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("pattern", "new", "message"),
    [
        (
            r"build-backend = .*",
            'build-backend = "setuptools.build_meta"',
            "build-backend 'setuptools.build_meta' cannot build a release",
        ),
        (r"sbom-files = .*", "", "the wheel has no bill of materials: write `sbom-files = ["),
    ],
)
def test_project_that_cannot_contain_a_bill_of_materials_is_rejected(
    ready: Project, pattern: str, new: str, message: str
) -> None:
    path = ready.root / "pyproject.toml"
    text, count = re.subn(pattern, new, path.read_text("utf-8"))
    assert count == 1
    path.write_text(text, "utf-8")
    ended = ready.run("build")
    assert ended.code == 2
    assert message in ended.err
