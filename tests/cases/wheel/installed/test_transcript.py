"""The terminal session in the documentation matches a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.transcript import build, documented, masked, run


@pytest.mark.slow
def test_transcript_in_the_documentation_is_what_happens(tmp_path: Path) -> None:
    shown = run(build(tmp_path / "wheel"), tmp_path)
    assert masked(shown) == masked(documented())
