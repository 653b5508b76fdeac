"""Archives on full disks and in read-only folders, and concurrent runs."""

from __future__ import annotations

import errno
import importlib
import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from losant_audit_log import Client
from losant_audit_log.archive import (
    ArchiveError,
    ArchiveLockedError,
    Outcome,
    Progress,
    export_many,
    exports,
    find_archives,
)
from losant_audit_log.archive.errors import exit_code_of
from tests.support.archives import Archiving, days_ago, id_of
from tests.support.drifting_log import DAY, HOUR, DriftingLog, Habits, client_options

ORGS = [f"{number:024x}" for number in range(3)]


class FullDisk:
    """Fails a call that writes, and all later ones, like a disk without space."""

    def __init__(self, patch: pytest.MonkeyPatch, number: int) -> None:
        self.left = number
        for name in ("write", "mkdir"):
            patch.setattr(os, name, self._wrap(getattr(os, name)))

    def _wrap(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def limit_call(*arguments: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*arguments, **options)

        return limit_call


def test_full_disk_at_any_write_damages_nothing(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(8, gaps=[0, 20 * HOUR])
    number = failures = 0
    while True:
        with pytest.MonkeyPatch.context() as patch:
            FullDisk(patch, number)
            try:
                archiving.export(start=days_ago(log, 6))
                break
            except OSError:
                failures += 1
                number += 1
    assert failures > 5
    assert archiving.ids == log.ids(ascending=True)


def test_read_only_folder_is_rejected(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    archiving.export(start=days_ago(log, 3))
    opened = os.open

    def read_only(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(OSError, match="Read-only") as caught:
        archiving.export()
    assert exit_code_of(caught.value) == 2


def test_files_and_folders_can_be_read_by_their_owner_only(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(8, gaps=[0, 20 * HOUR])
    archiving.export(start=days_ago(log, 6))
    for path in (archiving.path, *archiving.path.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_second_run_at_the_same_time_ends_at_once(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(3)

    def again() -> None:
        with pytest.raises(ArchiveLockedError) as caught:
            archiving.export()
        assert caught.value.exit_code == 7

    log.hooks[2] = again
    archiving.export(start=days_ago(log, 3))
    assert archiving.ids == log.ids(ascending=True)


def test_archive_is_verified_while_it_is_written(archiving: Archiving, log: DriftingLog) -> None:
    log.habits = Habits(cap=2)
    log.fill(20, gaps=[0, 20 * HOUR])
    log.hooks = dict.fromkeys(
        range(5, 60), lambda: archiving.judge() if (archiving.path / "seals").exists() else None
    )
    archiving.export(start=days_ago(log, 9))


@pytest.mark.parametrize("name", ["seal_numbers", "parse_seal"])
def test_archive_that_grows_while_its_seals_are_read_is_intact(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    log.fill(20, gaps=[0, 20 * HOUR])
    archiving.export(start=days_ago(log, 9))
    log.now += DAY
    exporting_before(monkeypatch, archiving, f"verification.{name}")
    assert archiving.archive.verify().is_intact


def test_entries_that_are_sealed_while_the_archive_is_read_are_read_once(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.fill(20, gaps=[0, 20 * HOUR])
    log.add(log.now - 9, creationDate=None)
    archiving.export(start=days_ago(log, 9))
    for name in ("archive.read_open", "archive.read_seals"):
        before, days = [*archiving.archive.entries()], len(archiving.archive.days)
        log.now += DAY
        exporting_before(monkeypatch, archiving, name)
        assert [*archiving.archive.entries()] == before
        assert len(archiving.archive.days) == days + 1


def exporting_before(patch: pytest.MonkeyPatch, archiving: Archiving, name: str) -> None:
    """Export once, before a function of the archive is called for the first time."""
    module, _, attribute = f"losant_audit_log.archive.{name}".rpartition(".")
    call: Callable[..., Any] = getattr(importlib.import_module(module), attribute)

    def export_first(*arguments: Any) -> Any:
        patch.setattr(f"{module}.{attribute}", call)
        archiving.export()
        return call(*arguments)

    patch.setattr(f"{module}.{attribute}", export_first)


def test_run_that_is_stopped_saves_its_state(archiving: Archiving, log: DriftingLog) -> None:
    log.habits = Habits(cap=2)
    log.fill(20, gaps=[0, 20 * HOUR])
    stop = threading.Event()
    log.hooks[9] = stop.set
    assert archiving.export(start=days_ago(log, 9), stop=stop).exit_code == 9
    assert 0 < len(archiving.ids) < 20
    archiving.export()
    assert archiving.ids == [each for each in log.ids(ascending=True) if each in {*archiving.ids}]


@pytest.mark.parametrize("jobs", [1, 4])
def test_several_logs_have_an_archive_each(
    archiving: Archiving, log: DriftingLog, jobs: int
) -> None:
    log.fill(8, gaps=[0, 20 * HOUR])
    options: dict[str, Any] = {"start": days_ago(log, 6), "jobs": jobs, "rate": 1000}
    with Client(**client_options(log, asynchronous=False)) as client:
        outcomes = export_many(
            client.audit_logs, [[org] for org in ORGS], archiving.path, **options
        )
        assert [each.path.name for each in outcomes] == ORGS
        assert {each.exit_code for each in outcomes} == {0}
        again = export_many(client.audit_logs, [[ORGS[0]]], archiving.path, **options)
        assert again[0].path == archiving.path / ORGS[0]
        with pytest.raises(ArchiveError, match="a single archive"):
            export_many(client.audit_logs, [[org] for org in ORGS], again[0].path)
    for archive in find_archives(archiving.path):
        assert [id_of(line) for line in archive.entries()] == log.ids(ascending=True)
        assert archive.verify().exit_code == 0


def test_log_that_fails_does_not_stop_the_others(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(8, gaps=[0, 20 * HOUR])
    with Client(**client_options(log, asynchronous=False)) as client:
        outcomes = export_many(
            client.audit_logs, [["not an id"], [ORGS[0]]], archiving.path, start=days_ago(log, 6)
        )
    assert [each.exit_code for each in outcomes] == [2, 0]


def test_error_of_the_caller_ends_all_logs(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(3)
    stop, origins = threading.Event(), list[str]()

    def fail(progress: Progress) -> None:
        origins.append(progress.origin)
        if len(origins) > 1:
            stop.wait(60)
        raise LookupError(progress.origin)

    options: dict[str, Any] = {"jobs": 1, "stop": stop, "progress": fail}
    with Client(**client_options(log, asynchronous=False)) as client, pytest.raises(LookupError):
        export_many(client.audit_logs, [[each] for each in ORGS], archiving.path, **options)
    assert stop.is_set()
    assert len(origins) < 3


def test_thread_that_cannot_be_started_ends_all_logs(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = list[threading.Thread]()

    class FewThreads(threading.Thread):
        def start(self) -> None:
            if begun:
                raise RuntimeError("can't start new thread")
            begun.append(self)
            super().start()

    monkeypatch.setattr(exports, "Thread", FewThreads)
    with (
        Client(**client_options(log, asynchronous=False)) as client,
        pytest.raises(RuntimeError, match="can't start new thread"),
    ):
        export_many(client.audit_logs, [[each] for each in ORGS], archiving.path)
    assert not begun[0].is_alive()


def test_outcome_without_an_error_has_the_code_of_its_result() -> None:
    assert Outcome(Path(), None, OSError(errno.EROFS, "read-only")).exit_code == 2


@pytest.mark.parametrize(
    "name",
    ["\x1b[31mred", "\u202eevil", "=1+1", 'a "quoted"\nname', "\u2028", "é" * 1000],
)
def test_hostile_entries_are_archived_byte_for_byte(
    archiving: Archiving, log: DriftingLog, name: str
) -> None:
    log.add(log.now - 3 * DAY, actorName=name)
    result = archiving.export(start=days_ago(log, 6))
    assert result.added == 1
    archiving.export(overlap=timedelta(days=9))
    assert len([*archiving.archive.entries()]) == 1


def test_large_body_is_archived(archiving: Archiving, log: DriftingLog) -> None:
    entry = log.add(log.now - 3 * DAY, requestBody="x" * 10_000_000)
    archiving.export(start=days_ago(log, 6))
    assert archiving.ids == [entry.id]
