"""Killed exports, which lose, repeat and damage nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import pytest

from losant_audit_log import Client, PermissionDeniedError
from losant_audit_log.archive import ArchiveDamagedError, export_many, find_archives
from tests.support.archives import Archiving, days_ago
from tests.support.drifting_log import DAY, HOUR, DriftingLog, Habits, client_options
from tests.support.examples import ORG
from tests.support.figures import Note, note
from tests.support.killing import in_child

pytestmark = pytest.mark.long

Step: TypeAlias = Callable[[Archiving, DriftingLog], object]


def first_run(archiving: Archiving, log: DriftingLog) -> object:
    """A first run: days with and without entries, and open ones."""
    return archiving.export(start=days_ago(log, 5))


def later_run(archiving: Archiving, _: DriftingLog) -> object:
    """A later run: a day to seal, late entries, one without a time, and a changed one."""
    return archiving.export(overlap=timedelta(days=9))


@pytest.fixture
def prepare_archive(archiving: Archiving, log: DriftingLog) -> Archiving:
    log.habits = Habits(cap=4)
    log.fill(6, gaps=[0, 20 * HOUR])
    return archiving


def after_first_run(archiving: Archiving, log: DriftingLog) -> None:
    first_run(archiving, log)
    log.now += DAY
    log.fill(3, gaps=[HOUR])
    log.add(log.now - 3 * DAY)
    log.add(log.now - 2 * DAY, creationDate=None)
    log.entries[2].wire["actorName"] = "another"


@pytest.mark.parametrize("run", [first_run, later_run])
def test_run_that_is_killed_at_any_write_resumes(
    prepare_archive: Archiving, log: DriftingLog, run: Step, tmp_path: Path, record_property: Note
) -> None:
    if run is later_run:
        after_first_run(prepare_archive, log)
    begun = tmp_path / "begun"
    copy(prepare_archive.path, begun)
    calls = in_child(lambda: run(prepare_archive, log))
    expected = expected_state(prepare_archive)
    for number in range(1, calls + 1):
        copy(begun, prepare_archive.path)
        assert in_child(lambda: run(prepare_archive, log), number) == -1
        if (prepare_archive.path / "archive.json").exists():
            prepare_archive.judge()
        run(prepare_archive, log)
        assert expected_state(prepare_archive) == expected, f"killed at call {number} of {calls}"
        assert not list(prepare_archive.path.rglob(".*.tmp"))
    note(record_property, f"archive: {calls} kills, one at each call that writes")


def test_run_that_is_killed_again_and_again_ends_whole(
    prepare_archive: Archiving, log: DriftingLog
) -> None:
    chosen = random.Random(5)
    kills = 0
    while in_child(lambda: first_run(prepare_archive, log), chosen.randrange(5, 25)) == -1:
        kills += 1
        if (prepare_archive.path / "archive.json").exists():
            prepare_archive.judge()
    assert kills > 2
    assert prepare_archive.ids == log.ids(ascending=True)


def test_first_run_that_is_killed_before_it_archives_anything_binds_nothing(
    archiving: Archiving, log: DriftingLog, tmp_path: Path
) -> None:
    log.fill(6, gaps=[0, 20 * HOUR])
    log.hooks[1] = lambda: os.kill(os.getpid(), signal.SIGKILL)
    assert in_child(lambda: archiving.export(start=days_ago(log, 5))) == -1
    begun = tmp_path / "begun"
    copy(archiving.path, begun)
    assert (begun / "archive.json").exists()
    log.hooks = {}
    another = f"{7:024x}"
    for logs in ([another], [another, ORG]):
        copy(begun, archiving.path)
        with Client(**client_options(log, asynchronous=False)) as client:
            outcomes = export_many(
                client.audit_logs,
                [[each] for each in logs],
                archiving.path,
                start=days_ago(log, 5),
            )
        assert [each.exit_code for each in outcomes] == [0] * len(logs)
        found = find_archives(archiving.path)
        assert [each.header.arguments["orgId"] for each in found] == logs
    copy(begun, archiving.path)
    log.hooks = dict.fromkeys(range(1000), lambda: httpx.Response(403))
    with pytest.raises(PermissionDeniedError):
        archiving.export()
    assert [*archiving.path.iterdir()] == []


def test_archive_that_lost_its_header_is_not_begun_again(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(6, gaps=[0, HOUR])
    archiving.export(start=days_ago(log, 0.5))
    (archiving.path / "archive.json").unlink()
    with pytest.raises(ArchiveDamagedError, match=r"archive\.json is missing"):
        archiving.export(start=days_ago(log, 0.5))


def test_run_that_was_killed_late_does_not_begin_again(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.habits = Habits(cap=20)
    log.fill(600, gaps=[5 * HOUR])
    calls = in_child(lambda: archiving.export(start=days_ago(log, 130)))
    shutil.rmtree(archiving.path)
    assert in_child(lambda: archiving.export(start=days_ago(log, 130)), calls - 30) == -1
    before = len(log.queries)
    archiving.export()
    pages = [each for each in log.queries[before:] if each.get("perPage") != "1"]
    assert len(pages) < 15  # All entries are on 30.
    assert archiving.ids == log.ids(ascending=True)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_thousand_kills_of_a_large_run_lose_nothing(
    archiving: Archiving, log: DriftingLog, record_property: Note
) -> None:
    """Each run is killed at a random write; the archive is judged now and then."""
    log.habits = Habits(cap=50, unstable=True)
    log.fill(4000, gaps=[0, HOUR, 2 * HOUR])
    chosen = random.Random(7)
    kills = rounds = 0
    while kills < 1000:
        shutil.rmtree(archiving.path, ignore_errors=True)
        rounds += 1
        while (
            in_child(lambda: archiving.export(start=days_ago(log, 120)), chosen.randrange(1, 200))
            == -1
        ):
            kills += 1
        archiving.judge()
        held = [each for each in log.alive if each.time >= log.now - 120 * DAY]
        assert archiving.ids == [
            each.id for each in sorted(held, key=lambda each: (each.time, each.id))
        ]
    note(
        record_property,
        f"archive: {kills} kills of {rounds} large runs, nothing lost, nothing twice",
    )


def expected_state(archiving: Archiving) -> Any:
    """Return the state that a run must reach, however often it was killed."""
    return sorted(archiving.archive.entries()), [
        (each["kind"], each["window"], each["entries"])
        for each in archiving.seals()
        if each["kind"] == "day"
    ]


def copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target)
