# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The state of an archive: position, complete subtrees, and sealed ids."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import msgspec

from .files import append_file, make_folder
from .lines import LineReader
from .seals import SealFile
from .storage import read_lines
from .tree import Tree

NAME = "state.json"
_IDS = "derived/ids"
_SIZE = 10  # bytes of the hash of an id


class Change(msgspec.Struct, frozen=True):
    """A changed entry, with the hash of its new bytes."""

    id: str
    sha256: str


class State(msgspec.Struct, kw_only=True):
    """The data for the next run besides the sealed files. Times are in milliseconds.

    Attributes:
        first: The start of the archive; None before the first entry.
        read_until: The end of the last finished run.
        began: The start of an interrupted run.
        position: The position of an interrupted run.
        held: The minimum number of unsealed entries in the open file.
        unplaced: The time before the first unsealed entry without an id or a timestamp.
        changed: The changed entries that are not in a seal yet.
        reflowed: The unsealed entries that had line breaks, by id or hash.
        undecodable: The unsealed entries that do not match the document, by id or hash.
        size: The number of leaves of the tree.
        peaks: The roots of its complete subtrees, as base64.
        run: The end and the exit code of the last run.
    """

    first: int | None = None
    read_until: int | None = None
    began: int | None = None
    position: int | None = None
    held: int = 0
    unplaced: int | None = None
    changed: list[Change] = []
    reflowed: list[str] = []
    undecodable: list[str] = []
    size: int = 0
    peaks: list[str] = []
    run: dict[str, Any] = {}

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
        return msgspec.json.decode((folder / NAME).read_bytes(), type=State)
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        return None


class SealedIds:
    """An index of the ids of all sealed entries.

    The file has them in the order of the seals. Missing ids are read from the sealed files.
    """

    def __init__(self, folder: Path, reader: LineReader, seals: Iterable[SealFile]) -> None:
        """Read the index, and the sealed entries that it lacks.

        Raises:
            ArchiveDamagedError: If a sealed file is damaged.
        """
        self._path = folder / _IDS
        self._known = set[bytes]()
        self._unsaved = list[bytes]()
        stored = self._path.read_bytes() if self._path.exists() else b""
        known, missing, size = len(stored) // _SIZE, list[SealFile](), 0
        for each in seals:
            if each.seal.window is not None and each.seal.file is not None:
                if missing or size + each.seal.entries > known:
                    missing.append(each)
                else:
                    size += each.seal.entries
        self._saved = size * _SIZE
        begins = range(0, self._saved, _SIZE)
        self._known.update(stored[begin : begin + _SIZE] for begin in begins)
        for each in missing:
            lines = map(reader.read, read_lines(folder, each.seal.file) if each.seal.file else ())
            self.add([line.id for line in lines if line is not None])

    def add(self, ids: Collection[str]) -> set[str]:
        """Add the ids of the entries of a day, and return the duplicates of sealed entries."""
        hashed = hashlib.sha256
        digests = [hashed(each.encode(errors="surrogatepass")).digest()[:_SIZE] for each in ids]
        repeated = set[str]()
        if not self._known.isdisjoint(digests):
            pairs = zip(ids, digests, strict=True)
            repeated = {each for each, digest in pairs if digest in self._known}
            digests = [each for each in digests if each not in self._known]
        self._known.update(digests)
        self._unsaved += digests
        return repeated

    def save(self) -> None:
        """Append the unsaved ids to the file."""
        if self._unsaved:
            make_folder(self._path.parent)
            append_file(self._path, b"".join(self._unsaved), self._saved)
            self._saved += len(self._unsaved) * _SIZE
            self._unsaved = []
