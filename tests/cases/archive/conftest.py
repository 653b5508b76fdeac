"""Fixtures of the archive's tests."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.archives import Archiving, archiving_clock
from tests.support.drifting_log import DriftingLog, Habits


@pytest.fixture
def log() -> DriftingLog:
    """A log."""
    return DriftingLog(habits=Habits())


@pytest.fixture
def archiving(log: DriftingLog, tmp_path: Path) -> Generator[Archiving, None, None]:
    """The archive of the log, whose clock everything uses. Nothing waits for the disk."""
    with archiving_clock(log), pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", do_nothing)
        yield Archiving(log, tmp_path / "archive")


def do_nothing(_: int) -> None:
    """Do not wait for the disk."""
