"""Ids of all sealed entries, as hashes in a file that can be rebuilt."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path

from .files import append_file, make_folder
from .lines import LineReader
from .seals import SealFile
from .storage import read_lines

_NAME = "derived/ids"
_SIZE = 10  # bytes of a hash


class SealedIds:
    """The ids of all sealed entries.

    The file has them in the order of the seals. What it lacks is read from the sealed files.
    """

    def __init__(self, folder: Path, reader: LineReader, seals: Iterable[SealFile]) -> None:
        """Read the file, and the entries that were sealed since it was written.

        Raises:
            ArchiveDamagedError: If a sealed file is damaged.
        """
        self._path = folder / _NAME
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
        """Add the ids of the entries of a day, and return those that sealed entries have."""
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
        """Write the ids that are not in the file."""
        if self._unsaved:
            make_folder(self._path.parent)
            append_file(self._path, b"".join(self._unsaved), self._saved)
            self._saved += len(self._unsaved) * _SIZE
            self._unsaved = []
