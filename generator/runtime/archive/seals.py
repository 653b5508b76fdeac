"""Seals of files and of days without entries, linked by hashes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import msgspec

from ..core.guards import is_mapping, is_sequence
from .errors import ArchiveDamagedError, check_version
from .times import from_text
from .tree import sha256

VERSION = 1
_NAME = re.compile(r"(?:\d{9}|[1-9]\d{9,})\.json\Z", re.ASCII)
_Size = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]


class Window(msgspec.Struct, frozen=True):
    """A time span with an exclusive end."""

    begin: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")

    @property
    def bounds(self) -> tuple[int, int]:
        """The start and the end in milliseconds."""
        return from_text(self.begin), from_text(self.end)


class EntryKey(msgspec.Struct, frozen=True):
    """The id and the timestamp of the first or last entry of a file."""

    id: str
    time: str


class Count(msgspec.Struct, frozen=True):
    """The number of entries according to the service, with its time."""

    total: int
    counted_at: str
    base_url: str


class StoredFile(msgspec.Struct, frozen=True):
    """A sealed file: its name, sizes before and after compression, and hash."""

    name: str
    bytes: _Size
    stored_bytes: _Size
    sha256: str
    codec: str


class TreeRange(msgspec.Struct, frozen=True):
    """The sizes of the tree before and after the lines, and its root after them."""

    begin: _Size = msgspec.field(name="from")
    end: _Size = msgspec.field(name="to")
    root: str


class Provenance(msgspec.Struct, frozen=True):
    """The program that wrote a seal, the hash of its document, and the time."""

    by: str
    document_sha256: str
    at: str


class Link(msgspec.Struct, frozen=True):
    """A reference to the previous seal."""

    seq: _Size
    sha256: str


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """A seal of format version 1. Readers ignore unknown members."""

    v: int
    seq: _Size
    origin: str
    archive_sha256: str
    kind: str
    window: Window | None
    entries: _Size
    first: EntryKey | None
    last: EntryKey | None
    service: Count | None
    file: StoredFile | None
    tree: TreeRange
    report: dict[str, Any]
    made: Provenance
    prev: Link | None

    @property
    def changes(self) -> list[Change]:
        """The changed entries that were received before the seal."""
        return msgspec.convert(self.report.get("changed", []), list[Change])

    @property
    def elsewhere(self) -> int:
        """The number of entries of the window that are in other seals.

        They have no id or timestamp, or the id of an entry of another day.
        """
        counts = (self.report.get(each) for each in ("unplaced", "repeated"))
        return sum(each for each in counts if isinstance(each, int))

    def to_bytes(self) -> bytes:
        """Return the contents of the file of the seal."""
        return msgspec.json.encode(self, order="sorted")  # ASCII names, so the order is canonical


class Change(msgspec.Struct, frozen=True):
    """A changed entry, with the hash of its new bytes."""

    id: str
    sha256: str


class SealFile(msgspec.Struct, frozen=True):
    """A seal and the contents of its file."""

    seal: Seal
    content: bytes

    @property
    def link(self) -> Link:
        """The reference to this seal in the next one."""
        return Link(self.seal.seq, sha256(self.content))


def sealed_days(files: Iterable[SealFile]) -> list[tuple[Seal, Window]]:
    """Return the seals of days with their windows."""
    seals = (each.seal for each in files)
    return [(each, each.window) for each in seals if each.kind == "day" and each.window]


def seal_path(folder: Path, number: int) -> Path:
    """Return the path of a seal."""
    return folder / "seals" / f"{number:09}.json"


def parse_seal(content: bytes, name: str) -> Seal:
    """Parse a seal.

    Raises:
        ArchiveDamagedError: If it is not a seal.
        ArchiveError: If it has a newer format.
    """
    try:
        version = msgspec.json.decode(content, type=_Version).v
        check_version(f"{name}: unsupported seal version", version, VERSION)
        seal = msgspec.json.decode(content, type=Seal)
        if seal.window is not None:
            _ = seal.window.bounds
        _ = seal.changes
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ArchiveDamagedError(f"{name}: not a valid seal: {error}") from None
    return seal


def _canonical(value: object) -> object:
    if isinstance(value, float):
        raise TypeError(f"canonical JSON: expected an integer, got {value!r}")
    if is_mapping(value):
        names = sorted(value, key=lambda name: str(name).encode("utf-16-be", "surrogatepass"))
        return {name: _canonical(value[name]) for name in names}
    if is_sequence(value):
        return [_canonical(each) for each in value]
    return value


def is_canonical(content: bytes) -> bool:
    """Whether a seal is written as canonical JSON."""
    try:
        value = _canonical(msgspec.json.decode(content))
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode() == content
    except (msgspec.DecodeError, TypeError, ValueError, RecursionError):
        return False


def seal_numbers(folder: Path) -> list[int]:
    """Return the numbers of all seals, in order."""
    found = (folder / "seals").glob("*.json")
    return sorted(int(each.stem) for each in found if _NAME.match(each.name))


class _Version(msgspec.Struct):
    v: int
