# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Unsealed entries, in memory and in the open file."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .files import append_file, write_file
from .lines import Line, LineReader, join_lines
from .storage import OPEN, open_members, read_member
from .times import EPOCH, day_of
from .tree import sha256

_SAVED_AFTER = 4_000_000  # bytes of entries that are not in the open file
_DROPPED_AFTER = 8_000_000  # bytes of entries in memory that are in the open file as well


class UnsealedEntries:
    """Unsealed entries by day.

    The open file consists of gzip members, one for each save. It is appended to during a run, and
    rewritten at its end. Entries of a member can be dropped from memory; `take` reads them again.

    Attributes:
        unplaced: The entries without an id or a timestamp.
        unsaved_bytes: The size of the entries that are not in the open file.
    """

    def __init__(self, folder: Path, reader: LineReader) -> None:
        """Start without entries."""
        self._path, self._reader = folder / OPEN, reader
        self._days: dict[int, list[Line]] = {}
        self._counts: Counter[int] = Counter()
        self._members: dict[int, set[int]] = {}  # offsets of the members with a day's entries
        self._dropped: dict[int, set[int]] = {}  # offsets of the members that are not in memory
        self._unsaved: dict[int | None, list[bytes]] = {}
        self._position = self._saved_bytes = self._saved_lines = 0
        self._is_whole = True
        self.unplaced: list[bytes] = []
        self.unsaved_bytes = 0

    def __contains__(self, day: int) -> bool:
        """Whether there are entries of a day."""
        return day in self._counts

    @property
    def days(self) -> list[int]:
        """The days with entries, in order."""
        return sorted(self._counts)

    @property
    def is_full(self) -> bool:
        """Whether the unsaved entries should be written to the open file."""
        return self.unsaved_bytes > _SAVED_AFTER

    @property
    def size(self) -> int:
        """The number of entries."""
        return self._counts.total() + len(self.unplaced)

    def count(self, day: int) -> int:
        """Return the number of entries of a day."""
        return self._counts[day]

    def read_open(self) -> Iterator[tuple[int, list[bytes]]]:
        """Iterate over the members of the open file: the offset and the lines of each."""
        for begin, end, lines in open_members(self._path):
            self._position = end
            self._saved_lines += len(lines)
            yield begin, lines
        self._is_whole = not self._path.exists() or self._path.stat().st_size == self._position

    def adopt(self, line: Line, member: int) -> None:
        """Register an entry of the open file; its content is read on demand."""
        day = day_of(line.milliseconds)
        self._counts[day] += 1
        self._members.setdefault(day, set()).add(member)
        self._dropped.setdefault(day, set()).add(member)

    def add(self, day: int, lines: list[Line]) -> None:
        """Add entries of a day that are not in the open file."""
        self._days.setdefault(day, []).extend(lines)
        self._counts[day] += len(lines)
        self._note_unsaved(day, [line.content for line in lines])

    def add_unplaced(self, content: bytes) -> None:
        """Add an entry without an id or a timestamp that is not in the open file."""
        self.unplaced.append(content)
        self._note_unsaved(None, [content])

    def lines(self, day: int) -> list[Line]:
        """Return the distinct entries of a day in order."""
        for member in [*self._dropped.get(day, ())]:
            self._load(member)
        lines = {line.id: line for line in reversed(self._days.get(day, []))}
        return sorted(lines.values())

    def take(self, day: int) -> list[Line]:
        """Remove and return the entries of a day in order."""
        lines = self.lines(day)
        for each in (self._days, self._counts, self._members, self._dropped):
            each.pop(day, None)
        self.unsaved_bytes -= sum(map(len, self._unsaved.pop(day, ())))
        return lines

    def take_unplaced(self) -> list[Line]:
        """Remove and return the entries without an id or a timestamp."""
        lines = [Line(EPOCH, sha256(content), content) for content in self.unplaced]
        self.unplaced = []
        self.unsaved_bytes -= sum(map(len, self._unsaved.pop(None, ())))
        return lines

    def save(self) -> None:
        """Append the unsaved entries to the open file."""
        contents = self._unsaved_contents()
        if not contents:
            return
        stored = _compress(contents)
        append_file(self._path, stored, self._position)
        for day in self._unsaved:
            if day is not None:
                self._members.setdefault(day, set()).add(self._position)
        self._position += len(stored)
        self._saved_lines += len(contents)
        self._saved_bytes += self.unsaved_bytes
        self._unsaved, self.unsaved_bytes = {}, 0
        if self._saved_bytes > _DROPPED_AFTER:
            self._dropped = {day: {*members} for day, members in self._members.items()}
            self._days, self._saved_bytes = {}, 0

    def rewrite(self) -> None:
        """Rewrite the open file, unless it contains exactly the unsealed entries."""
        contents = self._unsaved_contents()
        if self._is_whole and self._saved_lines + len(contents) == self.size:
            self.save()
            return
        members = [_compress(lines) for lines in self._kept_lines() if lines]
        if contents:
            members.append(_compress(contents))
        write_file(self._path, b"".join(members))

    def _kept_lines(self) -> Iterator[list[bytes]]:
        """Iterate over the unsealed entries of each member."""
        unplaced = {*self.unplaced} - {*self._unsaved.get(None, ())}
        for begin, _, contents in open_members(self._path):
            kept = list[bytes]()
            for content in contents:
                line = self._reader.read(content)
                begins = () if line is None else self._members.get(day_of(line.milliseconds), ())
                if begin in begins or (line is None and content in unplaced):
                    kept.append(content)
            yield kept

    def _note_unsaved(self, day: int | None, contents: list[bytes]) -> None:
        self._unsaved.setdefault(day, []).extend(contents)
        self.unsaved_bytes += sum(map(len, contents))

    def _unsaved_contents(self) -> list[bytes]:
        return [content for each in self._unsaved.values() for content in each]

    def _load(self, member: int) -> None:
        """Load the entries of a member into memory."""
        days = {day for day, members in self._dropped.items() if member in members}
        for content in read_member(self._path, member):
            line = self._reader.read(content)
            if line is not None and (day := day_of(line.milliseconds)) in days:
                self._days.setdefault(day, []).append(line)
                self._saved_bytes += len(content)
        for day in days:
            self._dropped[day].remove(member)


def _compress(contents: list[bytes]) -> bytes:
    return gzip.compress(join_lines(contents), 1, mtime=0)
