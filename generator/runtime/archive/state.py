"""The state of an archive: position, complete subtrees, and sealed ids."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Annotated

import msgspec

from .errors import ArchiveDamagedError
from .files import append_file, make_folder
from .lines import LineReader
from .seals import Change, SealFile, StoredFile, seal_numbers
from .storage import CHECKPOINT, OPEN, entry_files, read_file, read_lines
from .tree import Tree

STATE = "state.json"
_IDS = "derived/ids"
_Time = Annotated[int, msgspec.Meta(ge=-62_135_596_800_000, lt=253_402_300_800_000)]
"""Milliseconds since 1970 that a `datetime` can represent."""


class Run(msgspec.Struct, frozen=True):
    """The end and the exit code of a run."""

    ended: dt.datetime | None = None
    exit_code: int | None = None


class State(msgspec.Struct, kw_only=True):
    """The data for the next run besides the sealed files. Times are in milliseconds.

    Attributes:
        first: The start of the archive; None before the first entry.
        read_until: The end of the last finished run.
        began: The start of an interrupted run.
        position: The position of an interrupted run.
        looked_back_at: The begin of the last run that did not continue another one. The next such
            run looks back from there, because runs in between find no late entries.
        held: The minimum number of unsealed entries in the open file.
        unplaced: The time before the first unsealed entry without an id or a timestamp.
        changed: The changed entries that are not in a seal yet.
        reflowed: The unsealed entries that had line breaks, by id or hash.
        undecodable: The unsealed entries that do not match the document, by id or hash.
        unreported: The number of entries that do not match the document and no exit code reported.
        size: The number of leaves of the tree.
        peaks: The roots of its complete subtrees, as base64.
        run: The last run.
    """

    first: _Time | None = None
    read_until: _Time | None = None
    began: _Time | None = None
    position: _Time | None = None
    looked_back_at: _Time | None = None
    held: int = 0
    unplaced: _Time | None = None
    changed: list[Change] = []
    reflowed: list[str] = []
    undecodable: list[str] = []
    unreported: int = 0
    size: int = 0
    peaks: list[str] = []
    run: Run = Run()

    def tree(self) -> Tree | None:
        """Return the tree, or None if the state does not contain one."""
        try:
            peaks = [base64.b64decode(each, validate=True) for each in self.peaks]
        except binascii.Error:
            return None
        return Tree(self.size, peaks) if len(peaks) == self.size.bit_count() else None

    def set_tree(self, tree: Tree) -> None:
        """Store the tree."""
        self.size = tree.size
        self.peaks = [base64.b64encode(each).decode() for each in tree.peaks]


def read_state(folder: Path) -> State | None:
    """Return the state of an archive; None if the file is missing or damaged."""
    try:
        return msgspec.json.decode(read_file(folder / STATE), type=State)
    except (ArchiveDamagedError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def is_blank(folder: Path) -> bool:
    """Whether nothing is archived yet, as after a first run that was killed early."""
    parts = (CHECKPOINT, OPEN, STATE)
    begun = seal_numbers(folder) or entry_files(folder)[1:]  # One may be unsealed.
    return not (begun or any((folder / part).exists() for part in parts))


class SealedIds:
    """An index of the ids of all sealed entries.

    The file has one line for each sealed file of a day, in the order of the seals: its new ids, as
    a JSON array. Ids that are missing from it are read from the sealed files.
    """

    def __init__(self, folder: Path, reader: LineReader, seals: Iterable[SealFile]) -> None:
        """Read the index, and the sealed entries that it lacks.

        Args:
            folder: The directory of the archive.
            reader: The reader of the lines.
            seals: The seals, to which later ones are added.

        Raises:
            ArchiveDamagedError: If a sealed file is damaged.
        """
        self._folder, self._reader, self._seals = folder, reader, seals
        self._path = folder / _IDS
        self._hashes = set[int]()
        self._unsaved = list[bytes]()
        self._saved = 0
        missing = list[StoredFile]()
        with self._path.open("rb") if self._path.exists() else BytesIO() as stored:
            for file, entries in self._files():
                line = b"" if missing else stored.readline()
                ids = _read_ids(line, entries)
                self._hashes.update(map(hash, ids))
                self._saved += len(line) if ids else 0
                missing += [] if ids else [file]
        for file in missing:
            self.add(self._ids_of(file))

    def add(self, ids: list[str]) -> set[str]:
        """Add the ids of the entries of a sealed file, and return those that were known before."""
        repeated, size = set[str](), len(self._hashes)
        self._hashes.update(map(hash, ids))
        if size and len(self._hashes) < size + len(ids):
            repeated = self._find(ids)
            ids = [each for each in ids if each not in repeated]
        if ids:
            self._unsaved.append(msgspec.json.encode(ids) + b"\n")
        return repeated

    def _find(self, ids: list[str]) -> set[str]:
        """Return those ids that sealed files contain.

        Other ids may have the same hashes, and the index may be forged to suppress entries.
        """
        self.save()
        found, wanted = set[str](), {*ids}
        with self._path.open("rb") as stored:
            for (file, _), line in zip(self._files(), stored, strict=False):
                if not wanted.isdisjoint(msgspec.json.decode(line)):
                    found |= wanted.intersection(self._ids_of(file))
        return found

    def _files(self) -> Iterator[tuple[StoredFile, int]]:
        """Iterate over the sealed files of days, with the number of entries of each."""
        seals = (each.seal for each in self._seals)
        return ((each.file, each.entries) for each in seals if each.window and each.file)

    def _ids_of(self, file: StoredFile) -> list[str]:
        """Return the ids of the entries of a sealed file."""
        return [line.id for line in self._reader.lines(read_lines(self._folder, file))]

    def save(self) -> None:
        """Append the unsaved ids to the file."""
        if self._unsaved:
            content = b"".join(self._unsaved)
            make_folder(self._path.parent)
            append_file(self._path, content, self._saved)
            self._saved += len(content)
            self._unsaved = []


def _read_ids(line: bytes, count: int) -> list[str]:
    """Return the ids of a line of the index; none if it is incomplete or damaged."""
    try:
        ids = msgspec.json.decode(line, type=list[str])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    return ids if len(ids) == count and line.endswith(b"\n") else []
