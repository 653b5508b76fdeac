"""Reading of archives, invalid arguments, and archives with missing parts."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer
from types import ModuleType
from typing import Any

import httpx
import pytest

from losant_audit_log import (
    APIConnectionError,
    AsyncClient,
    Client,
    IncompleteWalkError,
    InvalidArgumentError,
    MissingTokenError,
)
from losant_audit_log._command.failures import Terminated
from losant_audit_log.archive import (
    Archive,
    ArchiveDamagedError,
    ArchiveError,
    export,
    export_many,
    find_archives,
)
from losant_audit_log.archive.errors import exit_code_of
from losant_audit_log.archive.service import Rate
from tests.support.archives import Archiving, days_ago, id_of, moment
from tests.support.drifting_log import DAY, HOUR, DriftingLog, client_options
from tests.support.examples import ORG

CALLS: list[Callable[[Archive, Client], object]] = [
    lambda archive, _: [*archive.entries(dt.datetime(2026, 1, 1))],
    lambda archive, _: [*archive.entries(moment(2), moment(1))],
    lambda archive, _: archive.prove("unknown"),
    lambda archive, _: archive.verify(archive.path / "none"),
    lambda archive, _: archive.verify(archive.path / "archive.json"),
    lambda archive, _: archive.verify(signature="none", key="none"),
    lambda archive, _: archive.verify(signature="none"),
    lambda archive, _: archive.verify(recount=True),
    lambda archive, client: archive.verify(listing=client.instance_audit_logs, recount=True),
    lambda archive, _: find_archives(archive.path / "seals"),
    lambda _, client: export(client.audit_logs),
    lambda archive, client: export(client.audit_logs, ORG, archive.path, codec="lzma"),
    lambda archive, client: export(client.audit_logs, ORG, archive.path, codec="zstd"),
    lambda archive, client: export(
        client.audit_logs, ORG, archive.path, start=dt.datetime(2026, 1, 1)
    ),
    lambda archive, client: export(
        client.audit_logs, ORG, archive.path, start=moment(2), end=moment(1)
    ),
    lambda archive, client: export(
        client.audit_logs, ORG, archive.path, settle=dt.timedelta(days=-1)
    ),
    lambda archive, client: export_many(client.audit_logs, [[ORG], [ORG]], archive.path),
    lambda archive, client: export_many(client.audit_logs, [[ORG]], archive.path, jobs=0),
    lambda archive, client: export_many(client.audit_logs, [[ORG]], archive.path, rate=0),
]


def change_root(path: Path) -> None:
    """Replace the first character of the root in a checkpoint or a seal."""
    text = path.read_text("utf-8")
    begin = text.index('"root":"') + 8 if path.suffix else text.rindex("\n", 0, -1) + 1
    path.write_text(
        f"{text[:begin]}{'B' if text[begin] == 'A' else 'A'}{text[begin + 1 :]}", "utf-8"
    )


def change_last_root(path: Path) -> None:
    """Change the root in the last seal, and remove the state, which has the tree."""
    change_root(max(path.glob("seals/*")))
    (path / "state.json").unlink()


DAMAGES: list[Callable[[Path], object]] = [
    lambda path: change_root(path / "checkpoint"),
    lambda path: change_root(path / "seals" / "000000001.json"),
    change_last_root,
    lambda path: (path / "checkpoint").unlink(),
    lambda path: (path / "checkpoint").write_text("junk"),
    lambda path: (path / "archive.json").write_text("{}"),
    lambda path: (path / "archive.json").unlink(),
    lambda path: (path / "seals" / "000000001.json").unlink(),
    lambda path: next(path.glob("entries/*/*")).unlink(),
    lambda path: [(path / f"entries/{n}.gz").write_bytes(b"") for n in (1, 2)],
    lambda path: (path / "checkpoint").write_text(
        (path / "checkpoint").read_text().replace("=", "").replace("\n", "\n", 1)
    ),
]


@pytest.fixture
def filled_archive(archiving: Archiving, log: DriftingLog) -> Archiving:
    log.fill(12, gaps=[0, 20 * HOUR])
    archiving.export(start=days_ago(log, 6))
    return archiving


def test_entries_are_returned_within_bounds(filled_archive: Archiving, log: DriftingLog) -> None:
    for start, end in (
        (None, log.now - DAY),
        (log.now - DAY, None),
        (log.now - 2 * DAY, log.now - DAY),
    ):
        bounds = [None if each is None else moment(each) for each in (start, end)]
        expected = [
            each.id
            for each in sorted(log.alive, key=lambda each: (each.time, each.id))
            if (start is None or each.time >= start) and (end is None or each.time < end)
        ]
        assert [id_of(each) for each in filled_archive.archive.entries(*bounds)] == expected


def test_status_has_the_progress_of_the_archive(
    filled_archive: Archiving, log: DriftingLog
) -> None:
    status = filled_archive.archive.status()
    assert (status.days, status.entries + status.open) == (5, 12)
    assert status.until == moment(log.now // DAY * DAY - DAY)
    assert status.last_exit_code == 0
    assert status.margin is not None
    assert status.margin > dt.timedelta(days=364)
    assert "Archive('losant-audit-log/auditLogs.list/" in repr(filled_archive.archive)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (httpx.ConnectError("refused"), 3),
        (KeyboardInterrupt(), 130),
        (Terminated(), 143),
    ],
)
def test_status_has_the_exit_code_of_a_run_that_failed(
    filled_archive: Archiving, log: DriftingLog, error: BaseException, code: int
) -> None:
    def fail() -> None:
        raise error

    log.hooks = {len(log.queries) + number: fail for number in range(1, 9)}
    with pytest.raises(type(error) if code > 3 else APIConnectionError):
        filled_archive.export()
    assert filled_archive.archive.status().last_exit_code == code


def test_missing_first_seal_is_a_gap_in_the_days(filled_archive: Archiving) -> None:
    (filled_archive.path / "seals" / "000000000.json").unlink()
    result = filled_archive.archive.verify()
    assert (result.integrity.verdict, result.completeness.verdict) == ("fails", "fails")
    assert not any("verified" in each for each in result.integrity.evidence)


def test_new_archive_has_a_status(archiving: Archiving, log: DriftingLog) -> None:
    archiving.export(start=days_ago(log, 0.1))
    assert archiving.archive.status().until is None
    (archiving.path / "state.json").unlink()
    status = archiving.archive.status()
    assert (status.margin, status.last_run, status.size) == (None, None, 0)
    assert archiving.archive.days == []


@pytest.mark.parametrize("call", CALLS)
def test_invalid_arguments_are_rejected(
    filled_archive: Archiving, log: DriftingLog, call: Callable[[Archive, Client], object]
) -> None:
    with (
        Client(**client_options(log, asynchronous=False)) as client,
        pytest.raises((ArchiveError, InvalidArgumentError)) as caught,
    ):
        call(filled_archive.archive, client)
    assert exit_code_of(caught.value) in {2, 6}


def test_asynchronous_client_is_rejected(filled_archive: Archiving, log: DriftingLog) -> None:
    client = AsyncClient(**client_options(log, asynchronous=True))
    with pytest.raises(InvalidArgumentError, match="AsyncClient"):
        export(client.audit_logs, ORG, path=filled_archive.path)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (APIConnectionError("refused"), 3),
        (MissingTokenError("none"), 2),
        (IncompleteWalkError("gone"), 5),
        (OSError("full"), 2),
        (RuntimeError("other"), 5),
    ],
)
def test_errors_have_exit_codes(error: Exception, code: int) -> None:
    assert exit_code_of(error) == code


@pytest.mark.parametrize("lost", ["state.json", "open.jsonl.gz", "both", "peaks", "size", "junk"])
def test_archive_without_its_state_is_continued(
    filled_archive: Archiving, log: DriftingLog, lost: str
) -> None:
    state = filled_archive.path / "state.json"
    content: dict[str, Any] = json.loads(state.read_bytes())
    match lost:
        case "peaks":
            state.write_text(
                json.dumps(content | {"peaks": [content["peaks"][0]] * len(content["peaks"])})
            )
        case "size":
            state.write_text(json.dumps(content | {"peaks": ["?"]}))
        case "junk":
            state.write_text("junk")
        case _:
            for name in ("state.json", "open.jsonl.gz"):
                if lost in {name, "both"}:
                    (filled_archive.path / name).unlink()
    log.now += DAY
    log.fill(2)
    filled_archive.export(overlap=dt.timedelta(days=3))
    assert filled_archive.ids == log.ids(ascending=True)


@pytest.mark.parametrize("end", [b"", b"damage"])
def test_open_file_that_is_cut_off_is_read_again(
    filled_archive: Archiving, log: DriftingLog, end: bytes
) -> None:
    opened = filled_archive.path / "open.jsonl.gz"
    opened.write_bytes(opened.read_bytes()[:-9] + end * 9)
    filled_archive.judge()
    filled_archive.export(overlap=dt.timedelta(days=3))
    assert filled_archive.ids == log.ids(ascending=True)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_archive_is_not_added_to(
    filled_archive: Archiving, log: DriftingLog, damage: Callable[[Path], object]
) -> None:
    damage(filled_archive.path)
    with (
        Client(**client_options(log, asynchronous=False)) as client,
        pytest.raises(ArchiveDamagedError) as caught,
    ):
        export(client.audit_logs, ORG, filled_archive.path)
    assert caught.value.exit_code == 6


def test_proof_of_another_checkpoint_is_rejected(filled_archive: Archiving) -> None:
    sealed = next(filled_archive.archive.entries())
    change_root(filled_archive.path / "checkpoint")
    with pytest.raises(ArchiveDamagedError, match="does not match"):
        filled_archive.archive.prove(id_of(sealed))


def test_archive_is_compressed_with_zstd_where_it_is_installed(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module with the functions of Python 3.14 stands in for it."""
    module: Any = ModuleType("compression.zstd")
    module.compress = zlib.compress
    module.ZstdDecompressor = zlib.decompressobj
    module.ZstdError = zlib.error
    monkeypatch.setitem(sys.modules, "compression", ModuleType("compression"))
    monkeypatch.setitem(sys.modules, "compression.zstd", module)
    log.fill(12, gaps=[7 * HOUR])
    with Client(**client_options(log, asynchronous=False)) as client:
        export(client.audit_logs, ORG, archiving.path, start=days_ago(log, 6), codec="zstd")
    assert archiving.ids == log.ids(ascending=True)
    assert archiving.archive.verify().exit_code == 0
    assert [*archiving.path.glob("entries/*/000.jsonl.zst")]


def test_rate_spaces_requests() -> None:
    waits: list[float] = []

    class Stop:
        def wait(self, seconds: float) -> bool:
            waits.append(seconds)
            return False

    rate = Rate(10)
    stop: Any = Stop()
    for _ in range(3):
        rate.wait(stop)
    assert waits == pytest.approx([0, 0.1, 0.2], abs=0.05)


def test_retries_count_against_the_rate(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    paced: list[int] = []

    def wait(*_: object) -> None:
        paced.append(len(log.queries))

    monkeypatch.setattr(Rate, "wait", wait)
    failure = httpx.Response(503, headers={"Retry-After": "0"})
    log.hooks = dict.fromkeys((2, 5, 6), lambda: failure)
    log.fill(12, gaps=[7 * HOUR])
    settings: dict[str, Any] = client_options(log, asynchronous=False) | {"max_retries": 2}
    with Client(**settings) as client:
        options: dict[str, Any] = {"start": days_ago(log, 6), "rate": 10}
        export_many(client.audit_logs, [[ORG]], archiving.path, **options)
    assert {*paced} == {*range(len(log.queries))}  # Each request, a retry too, waited before it.
    assert archiving.ids == log.ids(ascending=True)


@pytest.mark.parametrize("per_second", [0.001, 1e-320])
def test_run_that_waits_for_its_turn_stops_at_once(per_second: float) -> None:
    stop, rate = Event(), Rate(per_second)
    rate.wait(stop)
    Timer(0.1, stop.set).start()
    began = time.monotonic()
    rate.wait(stop)
    assert time.monotonic() - began < 60


def test_progress_is_reported(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(12, gaps=[7 * HOUR])
    seen: list[Any] = []
    archiving.export(start=days_ago(log, 6), progress=seen.append)
    assert [each.entries for each in seen] == [*range(1, 13)]
    assert seen[-1].sealed_until == moment(log.now // DAY * DAY - DAY)


def test_base_url_that_differs_is_a_warning(filled_archive: Archiving, log: DriftingLog) -> None:
    warnings: list[str] = []
    options: dict[str, Any] = client_options(log, asynchronous=False)
    options["base_url"] = "http://127.0.0.1"
    with Client(**options) as client:
        export(client.audit_logs, ORG, filled_archive.path, warn=warnings.append)
    assert "http://localhost" in warnings[0]
