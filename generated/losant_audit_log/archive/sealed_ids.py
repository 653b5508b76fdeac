# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Ids of all sealed entries, as hashes in a file that can be rebuilt."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable
from pathlib import Path

from .files import append_file, make_folder
from .lines import LineReader
from .seals import SealFile
from .storage import read_lines

_NAME = "derived/ids"
_SIZE = 10  # bytes of a hash: two select a bucket, which keeps the others


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
        self._buckets: dict[int, array[int]] = {}
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
        for begin in range(0, self._saved, _SIZE):
            self._keep(stored[begin : begin + _SIZE])
        for each in missing:
            for content in read_lines(folder, each.seal.file) if each.seal.file else ():
                line = reader.read(content)
                if line is not None:
                    self.add(line.id)

    def add(self, id_: str) -> bool:
        """Add the id of an entry that is to be sealed; False if a sealed entry has it."""
        digest = hashlib.sha256(id_.encode(errors="surrogatepass")).digest()[:_SIZE]
        is_new = self._keep(digest)
        if is_new:
            self._unsaved.append(digest)
        return is_new

    def save(self) -> None:
        """Write the ids that are not in the file."""
        if self._unsaved:
            make_folder(self._path.parent)
            append_file(self._path, b"".join(self._unsaved), self._saved)
            self._saved += len(self._unsaved) * _SIZE
            self._unsaved = []

    def _keep(self, digest: bytes) -> bool:
        number = int.from_bytes(digest)
        bucket = self._buckets.get(number >> 64)
        if bucket is None:
            bucket = self._buckets[number >> 64] = array("Q")
        number &= 0xFFFF_FFFF_FFFF_FFFF
        if number in bucket:
            return False
        bucket.append(number)
        return True
