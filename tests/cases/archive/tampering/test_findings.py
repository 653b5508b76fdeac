"""The findings of a verification: concern, severity, place and text."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from losant_audit_log.archive import Archive, ArchiveDamagedError
from tests.support.archives import Archiving, archiving_clock, moment
from tests.support.drifting_log import DAY, SECOND, DriftingLog
from tests.support.forgery import relink

FIRST = "entries/day=2026-03-01/000.jsonl.gz"
LATE = "entries/day=2026-03-01/001.jsonl.gz"
LAST = "entries/day=2026-03-03/000.jsonl.gz"
UNPLACED = "entries/day=unplaced/000.jsonl.gz"
IDS = [f"{number:024x}" for number in range(10)]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three days, of which the second is empty.

    Entries 1 to 3 are of the first day, 4 and 5 of the last, at its first and last millisecond.
    Number 6 has no timestamp, and number 7 was late.
    """
    log = DriftingLog()
    path = tmp_path_factory.mktemp("findings") / "archive"
    begin = log.now // DAY * DAY - 4 * DAY
    with archiving_clock(log):
        archiving = Archiving(log, path)
        for after in (0, 5 * SECOND, 5 * SECOND, 2 * DAY, 3 * DAY - 1):
            log.add(begin + after)
        log.add(begin + 7 * SECOND, creationDate=None)
        archiving.export(start=moment(begin))
        log.add(begin + 6 * SECOND)
        archiving.export(overlap=timedelta(days=9))
    return path


@pytest.fixture
def archive(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "archive"))


def findings(archive: Path, head: Path | None = None) -> list[tuple[str, str, str, str]]:
    """Return the findings of a verification."""
    found = Archive(archive).verify(head).findings
    return [(each.concern, each.severity, each.location, each.message) for each in found]


def damage(location: str, message: str, concern: str = "integrity") -> tuple[str, str, str, str]:
    return concern, "damage", location, message


def note(location: str, message: str) -> tuple[str, str, str, str]:
    return "completeness", "note", location, message


def entry(number: int, time: str | None) -> bytes:
    """Return the line of an entry."""
    return json.dumps({"id": IDS[number], "creationDate": time}).encode()


def day(*entries: tuple[int, str | None]) -> list[bytes]:
    """Return lines of the first day, given by numbers and times of the day."""
    return [entry(number, time and f"2026-03-01T{time}.000Z") for number, time in entries]


def test_untouched_archive_has_no_findings(archive: Path) -> None:
    found = Archive(archive).verify()
    assert found.findings == []
    assert (found.entries, found.seals) == (7, 5)
    head = (archive / "checkpoint").read_text("utf-8").splitlines()
    assert [found.origin, str(found.size), found.root] == head
    verdicts = (found.integrity, found.completeness, found.authenticity)
    assert [each.verdict for each in verdicts] == ["holds", "holds", "not judged"]
    assert found.authenticity.evidence == [
        "not compared with an earlier head, so truncation is not detected"
    ]
    assert found.integrity.evidence == [
        "7 entries in 5 seals: checked hashes, links, order, ids, timestamps, counts and roots"
    ]
    days, others = found.completeness.evidence
    assert days.startswith("3 contiguous days from 2026-03-01T00:00:00.000Z to 2026-03-04T00:00:0")
    assert days.endswith("; 3 seals have the service's count")
    assert others == "not compared with the service (see --recount)"


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (day((1, "00:00:00"), (2, "23:59:59")), []),
        (
            day((1, "00:00:00"), (2, "00:00:05"), (2, "00:00:05")),
            [
                f"entry '{IDS[2]}' is not in order of time and id",
                "an id occurs twice in the archive",
            ],
        ),
        (
            day((1, "00:00:00"), (2, "00:00:05"), (1, "00:00:06")),
            ["an id occurs twice in the archive"],
        ),
        (day((1, "00:00:00"), (5, "00:00:05")), []),
        (
            day((3, "00:00:05"), (2, "00:00:05"), (1, "00:00:04")),
            [
                f"entry '{IDS[2]}' is not in order of time and id",
                f"entry '{IDS[1]}' is not in order of time and id",
            ],
        ),
    ],
    ids=["edges", "repeated", "same id", "id of another day", "order"],
)
def test_order_and_ids_are_verified_in_a_forged_archive(
    archive: Path, lines: list[bytes], messages: list[str]
) -> None:
    relink(archive, archive / FIRST, lines)
    found = findings(archive)
    if IDS[5] in lines[-1].decode():
        assert found == [damage(LAST, "an id occurs twice in the archive")]
    else:
        assert found == [damage(FIRST, each) for each in messages]


def test_entries_outside_the_window_are_named(archive: Path) -> None:
    outside = [entry(1, "2026-02-28T23:59:59.999Z"), entry(2, "2026-03-02T00:00:00.000Z")]
    relink(archive, archive / FIRST, outside)
    assert findings(archive) == [
        damage(FIRST, f"entry '{each}' is outside the window") for each in IDS[1:3]
    ]


def test_lines_without_id_or_timestamp_are_named_by_number(archive: Path) -> None:
    times = ["00:00:00", None, "00:00:05", None, "00:00:05"]
    relink(archive, archive / FIRST, day(*zip((1, 8, 3, 9, 2), times, strict=True)))
    assert findings(archive) == [
        damage(FIRST, "line 2 has no id or no timestamp"),
        damage(FIRST, "line 4 has no id or no timestamp"),
        damage(FIRST, f"entry '{IDS[2]}' is not in order of time and id"),
    ]


@pytest.mark.parametrize("member", ["first", "last"])
def test_first_and_last_must_be_those_of_the_lines(archive: Path, member: str) -> None:
    def change(seal: dict[str, Any]) -> None:
        if seal["seq"] == 0:
            seal[member]["time"] = "2026-03-01T00:00:01.000Z"

    relink(archive, archive / "none", [], change=change)
    assert findings(archive) == [damage(FIRST, "first, last: do not match the entries")]


Change = Callable[[dict[str, Any]], object]
SEALS: dict[str, tuple[int, Change, list[tuple[str, str, str, str]]]] = {
    "more entries": (
        0,
        lambda seal: seal.update(entries=4),
        [
            damage("000000000.json", "tree: expected from 0 to 4"),
            damage(FIRST, "entries: the seal has 4, the file has 3"),
            note("2026-03-01T00:00:00.000Z", "the service counted 4 entries, 5 were sealed"),
        ],
    ),
    "larger count": (
        2,
        lambda seal: seal["service"].update(total=3),
        [
            damage(
                "2026-03-03T00:00:00.000Z",
                "the service counted 3 entries, 2 were sealed",
                "completeness",
            )
        ],
    ),
    "smaller count": (
        2,
        lambda seal: seal["service"].update(total=1),
        [note("2026-03-03T00:00:00.000Z", "the service counted 1 entries, 2 were sealed")],
    ),
    "beyond retention": (
        1,
        lambda seal: seal["report"].update(beyond_retention=True),
        [
            note(
                "2026-03-02T00:00:00.000Z",
                "sealed after the service had deleted its entries (beyond retention)",
            )
        ],
    ),
    "kind": (
        1,
        lambda seal: seal.update(kind="week"),
        [
            damage("000000001.json", "kind: expected day, late or unplaced, got 'week'"),
            damage(
                "000000001.json",
                "a seal of kind 'week' must have entries, and no count of the service",
            ),
            damage(
                "000000002.json",
                "the days between 2026-03-02T00:00:00.000Z and 2026-03-03T00:00:00.000Z have no "
                "seal",
                "completeness",
            ),
        ],
    ),
    "late window": (
        4,
        lambda seal: seal["window"].update({"from": "2026-03-01T00:00:01.000Z"}),
        [damage("000000004.json", "window: not the window of a sealed day")],
    ),
    "empty window": (
        1,
        lambda seal: seal["window"].update({"from": "2026-03-03T00:00:00.000Z"}),
        [
            damage("000000001.json", "window: expected a day, or its part up to midnight"),
            damage(
                "000000001.json",
                "the days between 2026-03-02T00:00:00.000Z and 2026-03-03T00:00:00.000Z have no "
                "seal",
                "completeness",
            ),
        ],
    ),
    "window of two days": (
        1,
        lambda seal: seal["window"].update({"to": "2026-03-04T00:00:00.000Z"}),
        [
            damage("000000001.json", "window: expected a day, or its part up to midnight"),
            damage(
                "000000002.json",
                "the days between 2026-03-04T00:00:00.000Z and 2026-03-03T00:00:00.000Z have no "
                "seal",
                "completeness",
            ),
        ],
    ),
    "ends of no entries": (
        1,
        lambda seal: seal.update(first={"id": IDS[1], "time": "2026-03-02T00:00:00.000Z"}),
        [damage("000000001.json", "first, last: expected null")],
    ),
    "ends of unplaced entries": (
        3,
        lambda seal: seal.update(last={"id": IDS[6], "time": "2026-03-02T00:00:00.000Z"}),
        [damage("000000003.json", "first, last: expected null")],
    ),
    "count of late entries": (
        4,
        lambda seal: seal.update(
            service={"total": 1, "counted_at": "2026-03-05T12:00:00.789Z", "base_url": ""}
        ),
        [
            damage(
                "000000004.json",
                "a seal of kind 'late' must have entries, and no count of the service",
            )
        ],
    ),
    "sequence": (
        4,
        lambda seal: seal.update(seq=7),
        [
            damage("000000004.json", "seq: expected 4, got 7"),
        ],
    ),
    "codec": (
        3,
        lambda seal: seal["file"].update(codec="zstd"),
        [
            damage("000000003.json", "codec: expected 'gzip', got 'zstd'"),
            damage("000000003.json", "tree: the root does not match the entries"),
            damage("000000004.json", "tree: the root does not match the entries"),
            damage("checkpoint", "does not match the sealed entries"),
        ],
    ),
    "root": (
        4,
        lambda seal: seal["tree"].update(root="A" * 43 + "="),
        [damage("000000004.json", "tree: the root does not match the entries")],
    ),
    "size": (
        4,
        lambda seal: seal["tree"].update(to=99),
        [
            damage("000000004.json", "tree: expected from 10 to 11"),
            damage("000000004.json", "tree: the root does not match the entries"),
        ],
    ),
}


@pytest.mark.parametrize("name", SEALS)
def test_each_contradiction_of_a_seal_is_named(archive: Path, name: str) -> None:
    number, change, expected = SEALS[name]

    def change_one(seal: dict[str, Any]) -> None:
        if seal["seq"] == number:
            change(seal)

    relink(archive, archive / "none", [], change=change_one)
    assert findings(archive) == expected


def test_file_without_lines_is_invalid(archive: Path) -> None:
    relink(archive, archive / LATE, [])
    assert findings(archive) == [
        damage("000000004.json", "file: invalid for 0 entries"),
        damage(
            "000000004.json",
            "a seal of kind 'late' must have entries, and no count of the service",
        ),
    ]


@pytest.mark.parametrize(
    ("name", "place", "number", "folder"),
    [
        (LATE, "entries/day=2026-03-02/000.jsonl.gz", 4, "entries/day=2026-03-01/"),
        (UNPLACED, "entries/day=2026-03-02/000.jsonl.gz", 3, "entries/day=unplaced"),
    ],
)
def test_file_in_the_folder_of_another_day_is_damage(
    archive: Path, name: str, place: str, number: int, folder: str
) -> None:
    (archive / place).parent.mkdir()
    (archive / name).rename(archive / place)

    for path in archive.glob("seals/*"):
        path.write_text(path.read_text("utf-8").replace(name, place), "utf-8")
    relink(archive, archive / "none", [])
    assert findings(archive) == [damage(f"{number:09}.json", f"file: {place!r} is not in {folder}")]


def test_two_seals_of_one_file_are_damage(archive: Path) -> None:
    late = json.loads((archive / "seals" / "000000004.json").read_bytes()) | {"seq": 5}
    (archive / "seals" / "000000005.json").write_text(json.dumps(late), "utf-8")
    relink(archive, archive / "none", [])
    assert findings(archive) == [
        damage(LATE, "an id occurs twice in the archive"),
        damage(LATE, "two seals list the file"),
    ]


def test_seal_with_spaces_is_not_canonical(archive: Path) -> None:
    path = archive / "seals" / "000000004.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()), sort_keys=True), "utf-8")
    assert findings(archive) == [
        damage("000000004.json", "the seal is not canonical JSON"),
        damage("checkpoint", "does not match the sealed entries"),
    ]


def test_checkpoint_one_seal_behind_is_unfinished(archive: Path, original: Path) -> None:
    before = json.loads((original / "seals" / "000000004.json").read_bytes())["tree"]["from"]
    relink(archive, archive / "none", [])
    late = archive / LATE
    seal = archive / "seals" / "000000004.json"
    content = seal.read_bytes(), late.read_bytes()
    seal.unlink()
    late.unlink()
    relink(archive, archive / "none", [])
    assert (archive / "checkpoint").read_text("utf-8").splitlines()[1] == str(before)
    late.write_bytes(content[1])
    assert findings(archive) == [("integrity", "unfinished", LATE, "not sealed yet")]
    seal.write_bytes(content[0])
    assert findings(archive) == [("integrity", "unfinished", "checkpoint", "one seal behind")]


def test_missing_checkpoint_is_damage_unless_only_one_seal_exists(archive: Path) -> None:
    (archive / "checkpoint").unlink()
    assert findings(archive) == [damage("checkpoint", "the checkpoint is missing")]
    for path in (*archive.glob("seals/00000000[1-9].json"), archive / LATE, archive / LAST):
        path.unlink()
    (archive / UNPLACED).unlink()
    assert findings(archive) == [("integrity", "unfinished", "checkpoint", "not written yet")]


def test_missing_checkpoint_of_two_seals_is_damage(archive: Path) -> None:
    for path in (*archive.glob("seals/00000000[2-9].json"), archive / LATE, archive / LAST):
        path.unlink()
    for path in (archive / UNPLACED, archive / "checkpoint"):
        path.unlink()
    assert findings(archive) == [damage("checkpoint", "the checkpoint is missing")]


def test_every_seal_that_is_missing_or_damaged_is_named(archive: Path) -> None:
    for number in (0, 2):
        (archive / "seals" / f"00000000{number}.json").write_bytes(b"{")
    (archive / "seals" / "000000003.json").unlink()
    assert findings(archive)[:3] == [
        damage("000000000.json", "not a valid seal: Input data was truncated"),
        damage("000000002.json", "not a valid seal: Input data was truncated"),
        damage("seals", "missing: 000000003.json", "completeness"),
    ]


def test_archive_without_seals_is_not_judged_complete(archive: Path) -> None:
    for name in ("seals", "entries", "derived"):
        shutil.rmtree(archive / name)
    (archive / "checkpoint").unlink()
    found = Archive(archive).verify()
    assert (found.findings, found.completeness.verdict) == ([], "not judged")


def test_state_that_cannot_be_read_is_damage(archive: Path) -> None:
    (archive / "state.json").write_bytes(b"{")
    assert findings(archive) == [damage("state.json", "not a valid state")]


def test_damaged_checkpoint_is_named_without_its_path(archive: Path) -> None:
    (archive / "checkpoint").write_text("no\n", "utf-8")
    assert findings(archive) == [
        damage(
            "checkpoint", "not a checkpoint: expected three lines with origin, size, base64 root"
        ),
        damage("checkpoint", "the checkpoint is missing"),
    ]


def test_unlisted_files_and_temporary_ones_are_named(archive: Path) -> None:
    for name in ("entries/day=2026-03-01/002.jsonl.gz", "entries/day=2026-03-03/001.jsonl.gz"):
        shutil.copy(archive / FIRST, archive / name)
    (archive / "seals" / ".000000005.json.tmp").write_bytes(b"")
    assert findings(archive) == [
        ("integrity", "unfinished", "entries/day=2026-03-01/002.jsonl.gz", "not sealed yet"),
        damage("entries/day=2026-03-03/001.jsonl.gz", "no seal lists the file"),
        (
            "integrity",
            "unfinished",
            "seals/.000000005.json.tmp",
            "a temporary file of an interrupted run",
        ),
    ]


def test_unsealed_entries_are_counted_and_called_unprotected(archive: Path) -> None:
    content = gzip.compress(entry(8, "2026-03-04T00:00:00Z") + b"\n")
    (archive / "open.jsonl.gz").write_bytes(content * 2)
    kept = ("integrity", "note", "open.jsonl.gz", "2 entries are not sealed yet, and not protected")
    assert findings(archive) == [kept]
    (archive / "open.jsonl.gz").write_bytes(content * 2 + content[:9])
    cut = ("integrity", "unfinished", "open.jsonl.gz", "truncated; the next run reads it again")
    assert findings(archive) == [cut, kept]


HEADS: list[tuple[Callable[[list[str]], list[str]], str]] = [
    (
        lambda lines: ["other", *lines[1:]],
        "origin: expected 'losant-audit-log/auditLogs.list/",
    ),
    (
        lambda lines: [lines[0], "99", lines[2]],
        "the head has 99 leaves, but only 12 are intact",
    ),
    (
        lambda lines: [*lines[:2], "A" * 43 + "="],
        "the root of the first 12 leaves differs",
    ),
    (lambda lines: [lines[0], "7", lines[2]], "the root of the first 7 leaves differs"),
]


@pytest.mark.parametrize(("change", "message"), HEADS)
def test_head_of_another_archive_is_named(
    archive: Path, tmp_path: Path, change: Callable[[list[str]], list[str]], message: str
) -> None:
    lines = (archive / "checkpoint").read_text("utf-8").splitlines()
    head = tmp_path / "head"
    head.write_text("\n".join([*change(lines), ""]), "utf-8")
    [(concern, severity, location, found)] = findings(archive, head)
    assert (concern, severity, location) == ("authenticity", "damage", "head")
    assert found.startswith(message)


@pytest.mark.parametrize("size", range(13))
def test_head_of_any_size_is_compared(archive: Path, tmp_path: Path, size: int) -> None:
    leaves = 0
    for number in range(5):
        seal = json.loads((archive / "seals" / f"{number:09}.json").read_bytes())
        leaves = seal["tree"]["to"]
        if leaves == size:
            head = tmp_path / "head"
            origin = (archive / "checkpoint").read_text("utf-8").splitlines()[0]
            head.write_text(f"{origin}\n{size}\n{seal['tree']['root']}\n", "utf-8")
            found = Archive(archive).verify(head)
            assert found.findings == []
            assert found.authenticity.evidence == [f"the archive extends the head of {size} leaves"]


def test_file_that_cannot_be_read_is_named_without_its_path(archive: Path) -> None:
    (archive / "seals" / "000000004.json").write_bytes(b"{")
    (archive / LAST).write_bytes(b"")
    (archive / UNPLACED).unlink()
    found = [each for each in findings(archive) if "tree:" not in each[3]]
    assert found == [
        damage("000000004.json", "not a valid seal: Input data was truncated"),
        damage(LAST, "the file does not match its seal"),
        damage(UNPLACED, "the file is missing"),
        damage("checkpoint", "does not match the sealed entries"),
        ("integrity", "unfinished", LATE, "not sealed yet"),
    ]


def test_reading_a_file_of_another_size_than_its_seal_states_is_damage(archive: Path) -> None:
    def add_a_byte(seal: dict[str, Any]) -> None:
        if seal["file"]:
            seal["file"]["bytes"] += 1

    relink(archive, archive / "none", [], change=add_a_byte)
    with pytest.raises(ArchiveDamagedError, match="expected a single gzip member of"):
        assert [*Archive(archive).entries()]
