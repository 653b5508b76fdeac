"""New public names are additive, even if the document is unchanged."""

from __future__ import annotations

from generator.diff import surface
from generator.diff.change import Impact
from generator.diff.side import Side


def test_new_public_name_is_additive(base: Side) -> None:
    files = {
        **base.files,
        "models.py": base.files["models.py"] + b"\n\nclass Owner:\n    def pets(self): ...\n",
    }
    found = [
        (each.impact, each.subject, each.message)
        for each in surface.compare("pets", base.files, files)
    ]
    assert found == [(Impact.ADDITIVE, "models.Owner", "new name")]


def test_new_private_name_is_no_change(base: Side) -> None:
    files = {**base.files, "models.py": base.files["models.py"] + b"\n\nclass _Owner: ...\n"}
    assert list(surface.compare("pets", base.files, files)) == []
