"""Every kind of tampering at every position, as two verifiers find it."""

from __future__ import annotations

import gzip
import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from losant_audit_log.archive import Archive, ArchiveDamagedError, ArchiveError
from tests.support.archive_verifier import UNFINISHED, judge
from tests.support.archives import Archiving, archiving_clock, days_ago
from tests.support.drifting_log import DAY, HOUR, DriftingLog
from tests.support.forgery import relink

UNREADABLE = (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError)
EVIDENCE = ("archive.json", "checkpoint", "seals/*.json", "entries/*/*.jsonl.gz")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with days, an empty day, late entries and one without a time."""
    log = DriftingLog()
    path = tmp_path_factory.mktemp("tampering") / "archive"
    with archiving_clock(log):
        archiving = Archiving(log, path)
        log.fill(8, gaps=[0, HOUR, 40 * HOUR])
        log.add(log.now - 3 * DAY, creationDate=None)
        archiving.export(start=days_ago(log, 6))
        log.add(log.now - 3 * DAY)
        archiving.export(overlap=timedelta(days=9))
    kinds = [json.loads(each.read_bytes())["kind"] for each in path.glob("seals/*")]
    assert {*kinds} == {"day", "late", "unplaced"}
    return path


@pytest.fixture
def archive(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "archive"))


def evidence(archive: Path) -> list[Path]:
    return sorted(path for pattern in EVIDENCE for path in archive.glob(pattern))


def is_found(archive: Path, head: Path | None = None) -> bool:
    """Whether both verifiers find damage."""
    try:
        ours = Archive(archive).verify(head).exit_code == 1
    except ArchiveError:
        ours = True
    try:
        faults = judge(archive, head=head.read_text() if head else None)
        theirs = any(not each.startswith(UNFINISHED) for each in faults)
    except (*UNREADABLE, RecursionError):
        theirs = True
    assert ours == theirs
    return ours


def is_change_found(path: Path, content: bytes, archive: Path) -> bool:
    """Whether a changed file is found; the file is restored."""
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        return is_found(archive)
    finally:
        path.write_bytes(before)


def test_untouched_archive_has_no_damage(archive: Path) -> None:
    assert not is_found(archive)


@pytest.mark.parametrize(
    "step", [61, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])]
)
def test_changed_byte_at_any_position_is_found(archive: Path, step: int) -> None:
    for path in evidence(archive):
        content = path.read_bytes()
        for position in range(0, len(content), step):
            flipped = bytearray(content)
            flipped[position] ^= 1
            assert is_change_found(path, bytes(flipped), archive), f"{path.name}: {position}"


def test_file_that_is_missing_or_cut_off_is_found(archive: Path) -> None:
    for path in evidence(archive):
        content = path.read_bytes()
        for length in {0, len(content) // 2, len(content) - 1}:
            assert is_change_found(path, content[:length], archive), f"{path.name}: {length}"
        path.unlink()
        assert is_found(archive), path.name
        path.write_bytes(content)


def test_directory_in_place_of_a_file_or_a_file_in_place_of_a_directory_is_found(
    archive: Path,
) -> None:
    for path in [*evidence(archive), archive / "entries", archive / "seals"]:
        kept = path.rename(archive.parent / "kept")
        if kept.is_dir():
            path.write_bytes(b"")
        else:
            path.mkdir()
        assert is_found(archive), path.name
        path.unlink() if path.is_file() else path.rmdir()
        kept.rename(path)


def test_directory_in_place_of_the_unsealed_entries_is_damage(archive: Path) -> None:
    (archive / "open.jsonl.gz").unlink(missing_ok=True)
    (archive / "open.jsonl.gz").mkdir()
    for use in (
        Archive(archive).verify,
        Archive(archive).status,
        lambda: [*Archive(archive).entries()],
    ):
        with pytest.raises(ArchiveDamagedError, match=r"open\.jsonl\.gz: not a file"):
            use()


def test_state_of_another_form_is_damage(archive: Path) -> None:
    (archive / "state.json").write_text("{", "utf-8")
    found = Archive(archive).verify()
    assert (found.exit_code, found.findings[-1].location) == (1, "state.json")


def test_two_adjacent_seals_that_are_missing_are_found(archive: Path) -> None:
    """aws-cli#7054: two adjacent digests were deleted, and their validator noticed nothing."""
    seals = sorted(archive.glob("seals/*"))
    for first in range(len(seals) - 1):
        pair = {path: path.read_bytes() for path in seals[first : first + 2]}
        for path in pair:
            path.unlink()
        assert is_found(archive)
        for path, content in pair.items():
            path.write_bytes(content)


def test_seals_that_are_missing_are_named_by_the_first_and_the_last(archive: Path) -> None:
    seals = sorted(archive.glob("seals/*"))
    last = seals[-1].read_bytes()
    seals[-2].unlink()
    (archive / "seals" / "999999999999.json").write_bytes(last)
    messages = [each.message for each in Archive(archive).verify().findings]
    assert f"missing: {seals[-2].name}" in messages
    assert f"missing: {len(seals):09}.json to 999999999998.json" in messages


def test_file_with_another_form_of_number_is_no_seal(archive: Path) -> None:
    seals = sorted(archive.glob("seals/*"))
    for name in ("0000000001.json", "\u0661" * 9 + ".json"):
        (archive / "seals" / name).write_bytes(seals[1].read_bytes())
    assert Archive(archive).verify().exit_code == 0


def test_exchanged_and_repeated_files_are_found(archive: Path) -> None:
    for pattern in ("seals/*.json", "entries/*/*.jsonl.gz"):
        paths = sorted(archive.glob(pattern))
        for one in paths:
            for other in paths:
                if one != other:
                    assert is_change_found(one, other.read_bytes(), archive)


def test_files_that_no_seal_lists_are_found(archive: Path) -> None:
    file = next(archive.glob("entries/*/000.jsonl.gz"))
    for name in ("007.jsonl.gz", "extra.txt", ".hidden.jsonl.gz", ".000.jsonl.zst"):
        extra = file.with_name(name)
        extra.write_bytes(file.read_bytes())
        verification = Archive(archive).verify()
        assert verification.exit_code == 1, name
        extra.unlink()


def test_files_in_linked_directories_that_no_seal_lists_are_found(
    archive: Path, tmp_path: Path
) -> None:
    file = next(archive.glob("entries/*/000.jsonl.gz"))
    shutil.copytree(file.parent, tmp_path / "elsewhere")
    file.parent.with_name("day=linked").symlink_to(tmp_path / "elsewhere")
    assert Archive(archive).verify().exit_code == 1


def test_hidden_file_that_no_tool_reads_as_entries_is_no_damage(archive: Path) -> None:
    next(archive.glob("entries/day=*")).joinpath(".DS_Store").touch()
    assert Archive(archive).verify().exit_code == 0


Edit: TypeAlias = Callable[[list[bytes], int], list[bytes]]
EDITS: dict[str, Edit] = {
    "removed": lambda lines, at: lines[:at] + lines[at + 1 :],
    "repeated": lambda lines, at: lines[: at + 1] + lines[at:],
    "moved": lambda lines, at: [*lines[:at], *lines[at + 1 :], lines[at]],
    "changed": lambda lines, at: [
        *lines[:at],
        lines[at].replace(b'"_type": "auditLog"', b'"_type": "auditLOG"'),
        *lines[at + 1 :],
    ],
    "added": lambda lines, at: [
        *lines[:at],
        lines[at].replace(b'"id": "0', b'"id": "f'),
        *lines[at:],
    ],
}


def edits(archive: Path) -> Iterator[tuple[Path, list[bytes]]]:
    """Iterate over each edit of each line of each file."""
    for path in sorted(archive.glob("entries/*/*.jsonl.gz")):
        lines = gzip.decompress(path.read_bytes()).splitlines()
        for number in range(len(lines)):
            for edit in EDITS.values():
                after = edit(lines, number)
                if after != lines:
                    yield path, after


def test_line_that_is_removed_repeated_moved_changed_or_added_is_found(archive: Path) -> None:
    count = 0
    for path, lines in edits(archive):
        content = gzip.compress(b"".join(line + b"\n" for line in lines), mtime=0)
        assert is_change_found(path, content, archive)
        count += 1
    assert count > 30


def test_entries_whose_seals_were_rewritten_are_found_with_a_head(
    archive: Path, original: Path, tmp_path: Path
) -> None:
    """Everything is linked anew: only a head that was kept elsewhere shows it."""
    head = tmp_path / "head"
    head.write_bytes((original / "checkpoint").read_bytes())
    unnoticed = 0
    for path, lines in edits(archive):
        if not lines:
            continue
        relink(archive, path, lines)
        unnoticed += not is_found(archive)
        assert is_found(archive, head)
        shutil.rmtree(archive)
        shutil.copytree(original, archive)
    assert unnoticed


def test_changed_seal_is_found_with_a_head(archive: Path, original: Path, tmp_path: Path) -> None:
    head = tmp_path / "head"
    head.write_bytes((original / "checkpoint").read_bytes())
    for number in range(len([*archive.glob("seals/*")])):
        relink(archive, archive / "none", [], report={number: {"more": 1}})
        assert not is_found(archive)
        assert is_found(archive, head)
        shutil.rmtree(archive)
        shutil.copytree(original, archive)


def other_window(seal: dict[str, Any]) -> None:
    if seal["kind"] == "late":
        seal["window"]["from"] = seal["window"]["from"].replace("T00:", "T01:")


def gap(seal: dict[str, Any]) -> None:
    if seal["seq"] == 0:
        seal["window"]["to"] = seal["window"]["to"].replace("T00:", "T01:")


def larger_total(seal: dict[str, Any]) -> None:
    if seal["service"]:
        seal["service"]["total"] += 1


def other_kind(seal: dict[str, Any]) -> None:
    seal["kind"] = "week"


def other_file(seal: dict[str, Any]) -> None:
    if seal["file"]:
        seal["file"]["name"] = "entries/day=2020-01-01/000.jsonl.gz"


def other_codec(seal: dict[str, Any]) -> None:
    if seal["file"]:
        seal["file"]["codec"] = "zstd"


def other_ends(seal: dict[str, Any]) -> None:
    if seal["first"]:
        seal["first"]["id"] = "f" * 24


def more_entries(seal: dict[str, Any]) -> None:
    seal["entries"] += 1


def count_of_late_ones(seal: dict[str, Any]) -> None:
    if seal["kind"] == "late":
        seal["service"] = {"total": 1, "counted_at": seal["made"]["at"], "base_url": ""}


def no_window(seal: dict[str, Any]) -> None:
    seal["window"] = None


def window_of_unplaced_ones(seal: dict[str, Any]) -> None:
    seal["window"] = seal["window"] or {
        "from": "2026-03-01T00:00:00.000Z",
        "to": "2026-03-02T00:00:00.000Z",
    }


CHANGES = [
    other_window,
    gap,
    larger_total,
    other_kind,
    other_file,
    other_codec,
    other_ends,
    more_entries,
    count_of_late_ones,
    no_window,
    window_of_unplaced_ones,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_seals_that_were_linked_again_must_be_consistent(
    archive: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    relink(archive, archive / "none", [])
    assert Archive(archive).verify().exit_code == 0
    relink(archive, archive / "none", [], change=change)
    found = Archive(archive).verify()
    assert found.exit_code == 1
    assert "fails" in {found.integrity.verdict, found.completeness.verdict}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("archive.json", b'"format": 1', b'"format": 2'),
        ("seals/000000000.json", b'"v":1', b'"v":2'),
    ],
)
def test_newer_format_names_the_version_that_is_needed(
    archive: Path, name: str, old: bytes, new: bytes
) -> None:
    path = archive / name
    path.write_bytes(path.read_bytes().replace(old, new))
    with pytest.raises(ArchiveError, match="2") as caught:
        Archive(archive).verify()
    assert caught.value.exit_code == 2


def test_half_copied_archive_is_found(archive: Path, tmp_path: Path) -> None:
    """Only a copy of nothing but `archive.json` looks like an archive that has just begun."""
    files = sorted(path for path in archive.rglob("*") if path.is_file())
    begin = files.index(archive / "checkpoint") + 1
    assert len(files) - begin > 10
    for count in range(begin, len(files)):
        half = tmp_path / f"half{count}"
        for path in files[:count]:
            target = half / path.relative_to(archive)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        if {*evidence(archive)} - {*files[:count]}:
            assert is_found(half), files[count]


NESTED = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    ("pattern", "before", "after"),
    [
        ("archive.json", b'"P1Y"', NESTED),
        ("checkpoint", b"\n", b"\n" + b"9" * 5000),
        ("checkpoint", b"=\n", b"=\n\n"),
        ("seals/*", b'"report":{', b'"report":{"a":%b,' % NESTED),
        ("seals/*", b'"bytes":', b'"bytes":1' + b"0" * 30),
        ("seals/*", b'"bytes":', b'"bytes":-'),
        ("seals/*", b'"changed":[]', b'"changed":7'),
        ("seals/*", b'"changed":[]', b'"changed":["id"]'),
    ],
)
def test_value_that_no_program_writes_is_damage(
    archive: Path, pattern: str, before: bytes, after: bytes
) -> None:
    paths = sorted(archive.glob(pattern))
    path = next(each for each in paths if before in each.read_bytes())
    path.write_bytes(path.read_bytes().replace(before, after, 1))
    assert is_found(archive)
    with pytest.raises(ArchiveDamagedError, match=path.name):
        Archive(archive).status()
