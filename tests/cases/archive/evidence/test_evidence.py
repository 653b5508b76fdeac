"""Evidence from elsewhere: heads, totals, entries that are read again, and signatures."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from losant_audit_log import Client, InvalidArgumentError
from losant_audit_log.archive import ArchiveError, Verification
from tests.support.archive_verifier import judge, proves
from tests.support.archives import Archiving, days_ago, id_of
from tests.support.drifting_log import (
    DAY,
    HOUR,
    Bounds,
    DriftingLog,
    Habits,
    Total,
    client_options,
)


@pytest.fixture
def client(log: DriftingLog) -> Generator[Client, None, None]:
    with Client(**client_options(log, asynchronous=False)) as client:
        yield client


@pytest.fixture
def filled_archive(archiving: Archiving, log: DriftingLog) -> Archiving:
    log.fill(40, gaps=[0, 5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    return archiving


@pytest.mark.parametrize("bounds", list(Bounds))
def test_recount_finds_late_entries_and_overlap_fetches_them(
    filled_archive: Archiving, log: DriftingLog, client: Client, bounds: Bounds
) -> None:
    log.habits = Habits(bounds=bounds)

    def recount() -> Verification:
        return filled_archive.archive.verify(listing=client.audit_logs, recount=True)

    requests = len(log.queries)
    assert recount().exit_code == 0
    assert len(log.queries) - requests <= len(filled_archive.archive.days) + 4
    log.add(log.now - 4 * DAY)
    found = recount()
    assert (found.exit_code, found.completeness.verdict) == (1, "fails")
    assert found.integrity.verdict == "holds"
    assert "1 are missing" in found.findings[-1].message
    filled_archive.export(overlap=timedelta(days=60))
    assert recount().exit_code == 0


@pytest.mark.parametrize("missing", ["id", "creationDate"])
@pytest.mark.parametrize("before", [0, 1])
def test_recount_counts_late_entries_without_a_day_in_any_seal(
    archiving: Archiving, log: DriftingLog, client: Client, missing: str, before: int
) -> None:
    log.fill(40, gaps=[0, 5 * HOUR])
    for number in range(before):
        log.add(log.now - 4 * DAY + 9 + number, **{missing: None})
    archiving.export(start=days_ago(log, 9))
    for age in (4 * DAY, 4 * DAY - 1, 5 * DAY):
        log.add(log.now - age, **{missing: None})

    def recount() -> list[str]:
        found = archiving.archive.verify(listing=client.audit_logs, recount=True)
        return [each.message for each in found.findings if each.severity == "damage"]

    assert [re.sub(".*: ", "", each) for each in recount()] == ["1 are missing", "2 are missing"]
    archiving.export(overlap=timedelta(days=60))
    assert recount() == []
    log.add(log.now - 4 * DAY, **{missing: None}, actorName="another")
    assert [re.sub(".*: ", "", each) for each in recount()] == ["1 are missing"]


def test_recount_counts_late_entries_with_the_id_of_another_day(
    filled_archive: Archiving, log: DriftingLog, client: Client
) -> None:
    log.add(log.now - 4 * DAY, id=log.entries[0].id)
    for code in (0, 0):
        assert filled_archive.export(overlap=timedelta(days=60)).exit_code == code
        found = filled_archive.archive.verify(listing=client.audit_logs, recount=True)
        assert found.exit_code == 0, found.findings


def test_recount_finds_days_of_which_the_service_counts_more_than_it_returns(
    filled_archive: Archiving, log: DriftingLog, client: Client
) -> None:
    log.habits = Habits(total=Total.MORE)
    found = filled_archive.archive.verify(listing=client.audit_logs, recount=True)
    damage = [each for each in found.findings if each.severity == "damage"]
    assert len(damage) == len(filled_archive.archive.days)


def test_refetch_finds_an_entry_without_a_time_that_is_missing(
    filled_archive: Archiving, log: DriftingLog, client: Client
) -> None:
    def refetch() -> Verification:
        return filled_archive.archive.verify(listing=client.audit_logs, refetch=100)

    log.add(log.now - 4 * DAY, creationDate=None)
    assert refetch().completeness.verdict == "fails"
    filled_archive.export(overlap=timedelta(days=60))
    assert refetch().exit_code == 0


def test_recount_notes_entries_that_the_service_deleted(
    filled_archive: Archiving, log: DriftingLog, client: Client
) -> None:
    log.remove(log.entries[5])
    found = filled_archive.archive.verify(listing=client.audit_logs, recount=True)
    assert found.exit_code == 0
    assert "the service deleted 1, or they expired" in found.findings[-1].message


@pytest.mark.parametrize("percentage", [-1, 100.1, float("nan")])
def test_refetch_of_an_impossible_percentage_is_rejected(
    filled_archive: Archiving, client: Client, percentage: float
) -> None:
    with pytest.raises(InvalidArgumentError, match="refetch: expected a percentage, 0 to 100, got"):
        filled_archive.archive.verify(listing=client.audit_logs, refetch=percentage)


@pytest.mark.parametrize(
    ("change", "code"), [({"more": 1}, 0), ({"actorName": "B"}, 1), ({"_type": "other"}, 1)]
)
def test_refetch_finds_entries_that_are_others_now(
    filled_archive: Archiving, log: DriftingLog, client: Client, change: dict[str, Any], code: int
) -> None:
    assert (
        filled_archive.archive.verify(listing=client.audit_logs, refetch=100).findings
        == filled_archive.archive.verify().findings
    )
    log.entries[5].wire["actorName"] = "A"
    filled_archive.path.rename(filled_archive.path.with_name("old"))
    filled_archive.export(start=days_ago(log, 9))
    log.entries[5].wire.update(change)
    assert filled_archive.archive.verify(listing=client.audit_logs, refetch=100).exit_code == code


def test_refetch_finds_an_entry_that_is_missing(
    filled_archive: Archiving, log: DriftingLog, client: Client
) -> None:
    late = log.add(log.now - 4 * DAY)
    found = filled_archive.archive.verify(listing=client.audit_logs, refetch=100)
    assert found.completeness.verdict == "fails"
    assert late.id in found.findings[-1].message


def test_head_that_was_kept_elsewhere_is_extended(
    filled_archive: Archiving, log: DriftingLog, tmp_path: Path
) -> None:
    head = tmp_path / "head"
    head.write_bytes((filled_archive.path / "checkpoint").read_bytes())
    log.now += 3 * DAY
    log.fill(3)
    filled_archive.export()
    found = filled_archive.archive.verify(head)
    assert (found.exit_code, found.authenticity.verdict) == (0, "holds")
    assert judge(filled_archive.path, head=head.read_text()) == []


def test_end_that_was_cut_off_is_found_only_with_a_head(
    filled_archive: Archiving, log: DriftingLog, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in filled_archive.path.rglob("*") if path.is_file()}
    log.now += 3 * DAY
    filled_archive.export()
    head = tmp_path / "head"
    head.write_bytes((filled_archive.path / "checkpoint").read_bytes())
    for path in filled_archive.path.rglob("*"):
        if path.is_file():
            path.unlink()
    for path, content in before.items():
        path.write_bytes(content)
    without = filled_archive.archive.verify()
    assert (without.exit_code, without.authenticity.verdict) == (0, "not judged")
    assert "truncation is not detected" in without.authenticity.evidence[0]
    found = filled_archive.archive.verify(head)
    assert (found.exit_code, found.authenticity.verdict) == (1, "fails")


def test_archive_that_was_rewritten_as_a_whole_is_found_with_a_head(
    filled_archive: Archiving, log: DriftingLog, tmp_path: Path
) -> None:
    head = tmp_path / "head"
    head.write_bytes((filled_archive.path / "checkpoint").read_bytes())
    filled_archive.path.rename(tmp_path / "old")
    log.entries[5].wire["actorName"] = "somebody else"
    filled_archive.export(start=days_ago(log, 9))
    assert filled_archive.archive.verify().exit_code == 0
    assert filled_archive.archive.verify(head).authenticity.verdict == "fails"


def test_every_sealed_entry_has_a_proof_that_others_can_check(filled_archive: Archiving) -> None:
    sealed = [*filled_archive.archive.entries(end=filled_archive.archive.days[-1].end)]
    assert len(sealed) > 20
    for line in sealed:
        assert proves(filled_archive.archive.prove(id_of(line)), line)
    assert not proves(filled_archive.archive.prove(id_of(sealed[0])), sealed[1])


def test_signature_of_the_right_key_over_the_checkpoint_holds(
    filled_archive: Archiving, tmp_path: Path
) -> None:
    for name in ("mine", "other"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(command, check=True)
    checkpoint = filled_archive.path / "checkpoint"
    command = [
        "ssh-keygen",
        "-q",
        "-Y",
        "sign",
        "-n",
        "losant-audit-log",
        "-f",
        str(tmp_path / "mine"),
    ]
    signed = subprocess.run(command, input=checkpoint.read_bytes(), capture_output=True, check=True)
    signature = tmp_path / "signature"
    signature.write_bytes(signed.stdout)

    def verdict(key: str) -> str:
        found = filled_archive.archive.verify(signature=signature, key=tmp_path / f"{key}.pub")
        return found.authenticity.verdict

    assert verdict("mine") == "holds"
    assert verdict("other") == "fails"
    for wrong in ("mine", "signature", "words"):
        (tmp_path / "words").write_text("ssh-ed25519 AAAA")
        with pytest.raises(ArchiveError, match="not an SSH public key") as caught:
            filled_archive.archive.verify(signature=signature, key=tmp_path / wrong)
        assert caught.value.exit_code == 2
    checkpoint.write_text(checkpoint.read_text().replace("\n", "\n1", 1))
    assert verdict("mine") == "fails"


def test_recount_passes_over_days_that_the_service_keeps_no_more(
    filled_archive: Archiving, client: Client
) -> None:
    found = filled_archive.archive.verify(
        listing=client.audit_logs, recount=True, retention=timedelta(days=5)
    )
    assert found.exit_code == 0
    assert re.search(
        r"compared 4 days with the service; 4 days have expired", found.completeness.evidence[-1]
    )


def test_recount_at_a_service_without_totals_compares_nothing(
    filled_archive: Archiving, log: DriftingLog, client: Client
) -> None:
    log.habits = Habits(total=Total.MISSING)
    found = filled_archive.archive.verify(listing=client.audit_logs, recount=True)
    assert "compared 0 days" in found.completeness.evidence[-1]


def test_refetch_notes_an_entry_that_the_service_has_no_more(
    filled_archive: Archiving, log: DriftingLog, client: Client
) -> None:
    log.remove(log.entries[5])
    found = filled_archive.archive.verify(listing=client.audit_logs, refetch=100)
    assert found.exit_code == 0
    assert "is missing from the service" in found.findings[-1].message


def nest(value: Any, depth: int) -> Any:
    """Return a value in as many lists."""
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ([1, {"a": 1}], [1, {"a": 1, "b": 2}], 0),
        ([1], [2], 1),
        ([1], [1, 2], 1),
        ([{"a": 1}], [{"b": 1}], 1),
        (1, 1.0, 1),
        (nest({"a": 1}, 600), nest({"a": 1, "b": 2}, 600), 0),
    ],
)
def test_refetch_compares_values_inside_of_others(
    archiving: Archiving, client: Client, before: Any, after: Any, code: int
) -> None:
    log = archiving.log
    entry = log.add(log.now - 3 * DAY, extra=before)
    archiving.export(start=days_ago(log, 5))
    entry.wire["extra"] = after
    assert archiving.archive.verify(listing=client.audit_logs, refetch=100).exit_code == code


def test_refetch_finds_an_entry_that_has_invalid_bytes_now(
    archiving: Archiving, client: Client
) -> None:
    log = archiving.log
    body = {"items": [log.add(log.now - 3 * DAY, actorName="a?b").wire], "totalCount": 1}
    archiving.export(start=days_ago(log, 5))
    content = json.dumps(body).encode().replace(b"a?b", b"a\xffb")
    log.hooks = dict.fromkeys(range(99), lambda: httpx.Response(200, content=content))
    found = archiving.archive.verify(listing=client.audit_logs, refetch=100)
    assert "differs from that of the service" in found.findings[-1].message


def test_deeply_nested_entry_is_verified_with_little_stack(
    archiving: Archiving, log: DriftingLog
) -> None:
    """A framework may call from far down its stack."""
    log.add(log.now - 3 * DAY, extra=nest("[}]", 300))
    archiving.export(start=days_ago(log, 5))
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 200)
    try:
        found = archiving.archive.verify()
    finally:
        sys.setrecursionlimit(limit)
    assert found.exit_code == 0, found.findings


def test_refetch_accepts_another_order_of_members(
    filled_archive: Archiving, log: DriftingLog, client: Client
) -> None:
    wire = log.entries[5].wire
    wire["id"] = wire.pop("id")
    found = filled_archive.archive.verify(listing=client.audit_logs, refetch=100)
    assert found.findings == filled_archive.archive.verify().findings


def test_head_of_another_archive_is_not_extended(filled_archive: Archiving, tmp_path: Path) -> None:
    head = tmp_path / "head"
    head.write_text((filled_archive.path / "checkpoint").read_text().replace("auditLogs", "logs"))
    found = filled_archive.archive.verify(head)
    assert found.authenticity.verdict == "fails"
    assert "origin: expected 'losant-audit-log/auditLogs" in found.findings[-1].message


def test_refetch_finds_an_entry_that_lost_a_member(
    filled_archive: Archiving, log: DriftingLog, client: Client
) -> None:
    del log.entries[5].wire["_type"]
    assert filled_archive.archive.verify(listing=client.audit_logs, refetch=100).exit_code == 1
