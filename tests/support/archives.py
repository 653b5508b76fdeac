"""Archives of a drifting log, each judged by the independent verifier."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from losant_audit_log import Client
from losant_audit_log.archive import Archive, ExportResult, export
from tests.support.archive_verifier import UNFINISHED, judge
from tests.support.drifting_log import DAY, DriftingLog, client_options, iso, ticking
from tests.support.examples import ORG


class Archiving:
    """The archive of a log.

    Attributes:
        log: The log.
        path: The folder of the archive.
        warnings: The warnings of all runs.
    """

    def __init__(self, log: DriftingLog, path: Path) -> None:
        self.log, self.path = log, path
        self.warnings: list[str] = []

    def export(self, **options: Any) -> ExportResult:
        """Export, and judge the archive whatever happens."""
        try:
            with Client(**client_options(self.log, asynchronous=False)) as client:
                return export(
                    client.audit_logs, ORG, self.path, warn=self.warnings.append, **options
                )
        finally:
            if (self.path / "archive.json").exists():
                self.judge()

    def judge(self) -> None:
        """Assert that both verifiers find no damage."""
        assert [each for each in judge(self.path) if not each.startswith(UNFINISHED)] == []
        verification = self.archive.verify()
        assert verification.exit_code == 0, verification.findings

    @property
    def archive(self) -> Archive:
        """The archive."""
        return Archive(self.path)

    @property
    def ids(self) -> list[str]:
        """The ids of all entries in it, in order."""
        return [id_of(line) for line in self.archive.entries()]

    def seals(self) -> list[dict[str, Any]]:
        """Return the seals."""
        return [json.loads(each.read_bytes()) for each in sorted(self.path.glob("seals/*"))]


def id_of(line: bytes) -> str:
    """Return the id of an entry."""
    return str(json.loads(line)["id"])


@contextmanager
def archiving_clock(log: DriftingLog) -> Generator[None, None, None]:
    """Make clients and archives use the log's clock."""

    class Clock:
        @staticmethod
        def time_ns() -> int:
            return (log.now + log.skew) * 1_000_000

    with ticking(log), pytest.MonkeyPatch.context() as patch:
        patch.setattr("losant_audit_log.archive.times.time", Clock)
        yield


def moment(milliseconds: int) -> dt.datetime:
    """Return a timestamp."""
    return dt.datetime.fromisoformat(iso(milliseconds))


def days_ago(log: DriftingLog, days: float) -> dt.datetime:
    """Return a timestamp some days before the log's clock."""
    return moment(int(log.now - days * DAY))
