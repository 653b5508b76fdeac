"""Invalid parts of an archive."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from losant_audit_log import Client, archive
from losant_audit_log._runtime.paging.page_data import read_page
from losant_audit_log._runtime.walks.steps import Batch
from losant_audit_log.archive import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveLockedError,
    codecs,
    files,
)
from losant_audit_log.archive.errors import exit_code_of
from losant_audit_log.archive.header import Header, Item, parse_header
from losant_audit_log.archive.lines import LineReader, split_lines
from losant_audit_log.archive.seals import StoredFile, is_canonical
from losant_audit_log.archive.service import LogService, received_entries
from losant_audit_log.archive.storage import next_number, sealed_path
from losant_audit_log.archive.times import from_text
from losant_audit_log.archive.tree import inclusion_path, leaf_hash
from losant_audit_log.errors import APIStatusError
from losant_audit_log.testing import mock_transport
from tests.support.archive_verifier import proves
from tests.support.examples import ORG
from tests.support.programs import TOKEN

HEADER = Header(
    format=1,
    origin="a/b/c",
    operation="b",
    arguments={},
    item=Item("/id", "/time"),
    window={},
    codec="lzma",
    base_url="http://localhost",
    created="",
)


def test_unknown_codec_is_damage() -> None:
    with pytest.raises(ArchiveDamagedError, match="unknown codec 'lzma'"):
        parse_header(HEADER.to_bytes(), Path("archive.json"))


@pytest.mark.parametrize(
    "name",
    [
        *("/etc/passwd", "entries/../../a", "entries\\..\\a", "seals/000000000.json"),
        *("entries/day=2026-11-26/first.jsonl.gz", "entries/day=2026-11-26/00.jsonl.gz"),
    ],
)
def test_name_that_is_none_of_a_file_of_entries_is_damage(name: str) -> None:
    with pytest.raises(ArchiveDamagedError, match="not a valid name"):
        sealed_path(Path(), StoredFile(name, 1, 1, "", "gzip"))


@pytest.mark.parametrize(
    ("day", "last", "number"),
    [
        *(("unplaced", None, 0), ("unplaced", 999, 1000), ("unplaced", 1000, 1001)),
        *(("2026-11-26", None, 1), ("2026-11-26", 0, 1), ("2026-11-26", 1234, 1235)),
    ],
)
def test_file_of_late_entries_has_a_number_of_its_own(
    day: str, last: int | None, number: int
) -> None:
    folder = f"entries/day={day}"
    names = [f"{folder}/{each:03}.jsonl.gz" for each in range(0 if last is None else last + 1)]
    assert next_number(folder, ["entries/day=2026-11-27/007.jsonl.gz", *names]) == number


def test_last_line_has_an_end() -> None:
    with pytest.raises(ValueError, match="has no line break"):
        split_lines(b"{}\n{}")


def test_file_of_another_kind_is_not_decompressed() -> None:
    with pytest.raises(ValueError, match="not a valid gzip file"):
        codecs.decompress(b"PK\x03\x04", "gzip", 10)
    with pytest.raises(ArchiveError, match="'lzma'"):
        codecs.check_codec("lzma")


@pytest.mark.parametrize("content", [b"{", b'{"a":1.5}', b'{"b":1,"a":2}', b'{"a": 1}'])
def test_seal_in_another_form_is_not_canonical(content: bytes) -> None:
    assert not is_canonical(content)


def test_time_in_another_form_is_rejected() -> None:
    with pytest.raises(ValueError, match="expected YYYY"):
        from_text("2026-01-01T00:00:00+00:00")


def test_pointers_may_lead_into_an_entry() -> None:
    reader = LineReader("/about/id", "/about/time")
    line = reader.read(b'{"about":{"id":"a","time":"1970-01-01T00:00:01Z"}}')
    assert line is not None
    assert (line.id, line.milliseconds) == ("a", 1000)


@pytest.mark.parametrize("content", [b"{", b'{"id":"\\ud800', b'{"id":"\xff"}', b"[]", b"1e999"])
def test_line_that_is_no_entry_has_no_id_and_no_time(content: bytes) -> None:
    assert LineReader("/id", "/time").read(content) is None


def test_every_leaf_of_trees_of_any_size_has_a_path_to_the_root() -> None:
    for size in range(1, 18):
        lines = [b"%d" % number for number in range(size)]
        leaves = list(map(leaf_hash, lines))
        for index, line in enumerate(lines):
            path, root = inclusion_path(leaves, index)
            hashes = [base64.b64encode(each).decode() for each in (line, *path, root)]
            head = ["c2sp.org/tlog-proof@v1", f"extra {hashes[0]}", f"index {index}", *hashes[1:-1]]
            assert proves("\n".join([*head, "", "origin", str(size), hashes[-1], ""]), line)


def test_names_of_the_package_include_those_that_are_imported_later() -> None:
    assert {*archive.__all__} <= {*dir(archive)}


def test_unusual_server_error_is_worth_a_retry() -> None:
    error = APIStatusError.__new__(APIStatusError)
    error.status_code = 599
    assert exit_code_of(error) == 3
    assert exit_code_of(ValueError()) == 5


def test_lock_of_windows_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module with the function of Windows stands in for it."""
    taken: list[Any] = []
    module: Any = ModuleType("msvcrt")
    module.LK_NBLCK = 2

    def locking(_number: int, *arguments: int) -> None:
        taken.append(arguments)

    module.locking = locking
    monkeypatch.setitem(sys.modules, "msvcrt", module)
    monkeypatch.setattr("losant_audit_log.archive.files.sys.platform", "win32")
    with files.lock(tmp_path):
        files.write_file(tmp_path / "a", b"content")
    assert taken == [(2, 1)]
    assert (tmp_path / "a").read_bytes() == b"content"


def test_lock_that_the_run_before_removed_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run removes its lock between the opening and the locking of the file by another run."""
    original = vars(files)["_lock"]

    def lock(descriptor: int) -> None:
        (tmp_path / ".lock").unlink()
        (tmp_path / ".lock").touch()
        original(descriptor)

    monkeypatch.setattr(files, "_lock", lock)
    with pytest.raises(ArchiveLockedError), files.lock(tmp_path):
        pass


PLAIN = {"id": "a1", "creationDate": "2026-03-04T05:06:07.891Z"}
ODD: tuple[dict[str, object], ...] = (
    {"id": None},
    {"id": "\ud800"},
    {"id": "\ufffd"},
    {"id": 5},
    {"creationDate": None},
    {"creationDate": "2026-03-04T05:06:07"},
    {"creationDate": "2026-03-04T05:06:07.8+01:00"},
    {"creationDate": "2026-03-04T05:06:07.8910001Z"},
    {"creationDate": "9999-12-31T23:59:59.9999999Z"},
    {"creationDate": "0001-01-01T00:00:00Z"},
    {"actorName": "\udfff"},
    {"unknown": {"deep": [1.0, "\u2028"]}},
    {"requestBody": "x" * 100_000},
    {"responseStatus": "wrong"},
)


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("separators", [(",", ":"), (",\n", ":\r\n")])
def test_lines_of_a_batch_are_those_of_its_entries(
    odd: dict[str, object], separators: tuple[str, str]
) -> None:
    entries = [{**PLAIN, **odd}, {**PLAIN, "id": "a2", "creationDate": "2026-03-04T05:06:08Z"}]
    contents = [json.dumps(each, separators=separators).encode() for each in entries]
    with Client(token=TOKEN, http_client=httpx.Client(transport=mock_transport())) as client:
        service = LogService(client.audit_logs, (ORG,))
    page = read_page(service.pagination, b'{"items":[%b]}' % b",".join(contents))
    batch = Batch(page.items, page.ids, [], has_undecodable=page.has_undecodable)
    reader, lines = LineReader("/id", "/creationDate"), service.plain_lines(batch)
    expected = list(map(reader.read, contents))
    assert lines in ([], expected)
    is_plain = {*odd} <= {"unknown", "requestBody"} and separators == (",", ":")
    assert bool(lines) or not is_plain
    assert [each.raw for each in received_entries(batch)] == contents
