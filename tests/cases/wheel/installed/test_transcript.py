"""The terminal session in the documentation matches a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.transcript import build, documented_transcript, mask, run


@pytest.mark.slow
def test_transcript_in_the_documentation_matches_a_run(tmp_path: Path) -> None:
    shown = run(build(tmp_path / "wheel"), tmp_path)
    assert mask(shown) == mask(documented_transcript())
