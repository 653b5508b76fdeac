"""New names are additions: they ask for a minor version even if the document stays."""

from __future__ import annotations

from generator.diff import surface
from generator.diff.change import Impact
from generator.diff.side import Side


def test_a_new_name_is_an_addition(base: Side) -> None:
    files = {
        **base.files,
        "models.py": base.files["models.py"] + b"\n\nclass Owner:\n    def pets(self): ...\n",
    }
    found = [
        (each.impact, each.subject, each.message)
        for each in surface.compare("pets", base.files, files)
    ]
    assert found == [(Impact.ADDITIVE, "models.Owner", "new name")]


def test_a_new_private_name_is_nothing(base: Side) -> None:
    files = {**base.files, "models.py": base.files["models.py"] + b"\n\nclass _Owner: ...\n"}
    assert list(surface.compare("pets", base.files, files)) == []
