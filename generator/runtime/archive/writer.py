"""The writer of an archive: held entries, and their files and seals."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from .canonical import sha256
from .codecs import SUFFIXES, compress
from .files import append_file, make_folder, write_file
from .header import Header
from .lines import Line, LineReader, flatten
from .program import COMMAND, document_sha256
from .program import VERSION as PROGRAM_VERSION
from .recovery import recover
from .seals import (
    VERSION,
    Count,
    Growth,
    Maker,
    Moment,
    Seal,
    SealFile,
    StoredFile,
    Window,
    seal_path,
)
from .service import Found
from .state import NAME as STATE
from .state import Change, State
from .storage import CHECKPOINT, OPEN, next_number, read_lines, read_open
from .times import DAY, day_name, day_of, now, to_text
from .tree import Checkpoint, checkpoint_of

_SAVED_AFTER = 8_000_000  # bytes of entries that are held and not in the open file


class Entry(NamedTuple):
    """An entry of the service, as it is archived.

    Attributes:
        line: The entry with its id and time, or None if it lacks one of them.
        content: Its bytes as one line.
        is_reflowed: Whether line breaks in it became spaces.
        is_undecodable: Whether it does not match the document.
    """

    line: Line | None
    content: bytes
    is_reflowed: bool
    is_undecodable: bool


class Writer:
    """Keeps entries, and seals them day by day. The caller holds the lock.

    Attributes:
        folder: The folder of the archive.
        header: Its header.
        state: Its state, written with each seal.
        added: The number of entries that this run added.
        late: How many of them belong to sealed days.
        first: Where the archive begins; None before the first entry.
        until: The end of the last sealed day; None before the first one.
        undecodable: How many of them do not match the document.
    """

    def __init__(self, folder: Path, header: Header, digest: str, state: State) -> None:
        """Mend the archive, and read what it holds unsealed.

        Raises:
            ArchiveDamagedError: If it is damaged.
        """
        self.folder, self.header, self.state = folder, header, state
        self.added = self.late = self.undecodable = 0
        self._digest = digest
        self._is_consistent = True
        self._reader = LineReader(header.item.id, header.item.time)
        self._seals, self._tree = recover(folder, header.origin, state)
        windows = [
            each.seal.window.bounds
            for each in self._seals
            if each.seal.kind == "day" and each.seal.window
        ]
        self.first = windows[0][0] if windows else state.first
        self.until = windows[-1][1] if windows else None
        self._days: dict[int, list[Line]] = {}
        self._unplaced: list[bytes] = []
        self._known: dict[str, int] = {}
        self._loaded = self.until or 0
        self._undated: Counter[int] = Counter()
        self._unsaved: list[bytes] = []
        self._unsaved_bytes = 0
        self._changes = {
            (each["id"], each["sha256"])
            for file in self._seals
            for each in file.seal.report.get("changed", ())
        } | {(each.id, each.sha256) for each in state.changed}
        self._known |= dict.fromkeys(self._sealed_unplaced(), 0)
        lines, self._open_size, self._open_is_whole = read_open(folder)
        self._open_count = len(lines)
        self._adopt(lines)

    @property
    def checkpoint(self) -> Checkpoint:
        """The head of the archive."""
        return checkpoint_of(self._tree, self.header.origin)

    def held_times(self) -> Iterator[tuple[int, set[int]]]:
        """Iterate over the days with held entries, newest first, and the times of these."""
        for day in sorted(self._days, reverse=True):
            yield day, {line.milliseconds for line in self._days[day]}

    def look_back(self, milliseconds: int) -> None:
        """Load the ids of the sealed entries from a time on, which are then not added again."""
        for file in self._seals:
            seal = file.seal
            if seal.file and seal.window and milliseconds < seal.window.bounds[1] <= self._loaded:
                for content in read_lines(self.folder, seal.file):
                    line = self._reader.read(content)
                    if line is not None:
                        self._known[line.id] = hash(content)
        self._loaded = min(self._loaded, day_of(milliseconds))

    def read(self, found: Found) -> Entry:
        """Return an entry as a line."""
        content, is_reflowed = flatten(found.raw)
        return Entry(self._reader.read(content), content, is_reflowed, found.is_undecodable)

    def add(self, entry: Entry, near: int) -> None:
        """Keep an entry, unless the archive has it.

        Args:
            entry: The entry.
            near: The time of the entry before it, in milliseconds.
        """
        line, content = entry.line, entry.content
        if line is None:
            self._undated[day_of(near)] += 1
        elif line.milliseconds < self._loaded:
            self.look_back(line.milliseconds)
        name = sha256(content) if line is None else line.id
        known = self._known.get(name)
        if known is None:
            self._hold(line, content, name)
            self._unsaved.append(content)
            self._unsaved_bytes += len(content)
            if self._unsaved_bytes > _SAVED_AFTER:
                self.save()
            self.added += 1
            self.late += line is not None and line.milliseconds < (self.until or 0)
            if entry.is_reflowed:
                self.state.reflowed.append(name)
            if entry.is_undecodable:
                self.undecodable += 1
                self.state.undecodable.append(name)
        elif line is not None and known != hash(content):
            self._note_change(line)

    def save(self) -> None:
        """Write what is held to the open file, then the state."""
        self._is_consistent = False
        if self._unsaved:
            content = gzip.compress(_file(self._unsaved), 1, mtime=0)
            append_file(self.folder / OPEN, content, self._open_size)
            self._open_size += len(content)
            self._open_count += len(self._unsaved)
            self._unsaved, self._unsaved_bytes = [], 0
        self._save_state()
        self._is_consistent = True

    def close(self) -> None:
        """Write what is held; the open file then holds nothing that is sealed.

        After a failed write nothing is written: the next run goes on as after a crash.
        """
        if not self._is_consistent:
            return
        held = [line.content for day in self._days.values() for line in day] + self._unplaced
        if self._open_count + len(self._unsaved) != len(held) or not self._open_is_whole:
            content = gzip.compress(_file(held), 1, mtime=0) if held else b""
            write_file(self.folder / OPEN, content)
            self._open_size, self._open_count, self._open_is_whole = len(content), len(held), True
            self._unsaved, self._unsaved_bytes = [], 0
        self.save()

    def next_window(self) -> tuple[int, int]:
        """Return the window of the next day to seal."""
        begin = self.until or self.first or 0
        return begin, day_of(begin) + DAY

    def count_held(self, window: tuple[int, int]) -> int:
        """Return how many entries are held that the service counts in a day."""
        day = day_of(window[0])
        lines = self._days.get(day, [])
        if day < window[0]:
            lines = [each for each in lines if each.milliseconds >= window[0]]
        return len(lines) + self._undated[day]

    def forget_undated(self, window: tuple[int, int]) -> None:
        """Begin to count the entries without a time of a day again."""
        del self._undated[day_of(window[0])]

    def seal_day(
        self, window: tuple[int, int], count: Count | None, remarks: dict[str, object]
    ) -> None:
        """Seal a day, with what the service counted, and further members of the report."""
        day = day_of(window[0])
        remarks = {"unplaced": self._undated[day], **remarks}
        self._seal("day", window, self._days.get(day, []), count, remarks)
        self._days.pop(day, None)
        self.until = window[1]

    def seal_rest(self) -> None:
        """Seal the entries of sealed days, and those without id or time."""
        for day in sorted(each for each in self._days if each < (self.until or 0)):
            begin = max(day, self.first or day)
            self._seal("late", (begin, day + DAY), self._days[day])
            del self._days[day]
        if self._unplaced:
            self._seal("unplaced", None, [Line(0, "", each) for each in self._unplaced])
            self._unplaced = []

    def _adopt(self, lines: Iterable[bytes]) -> None:
        """Keep the entries of the open file, except those of sealed days: they are read again."""
        for content in lines:
            line = self._reader.read(content)
            if line is not None and line.milliseconds < (self.until or 0):
                before = self.state.position
                self.state.position = min(line.milliseconds, before or line.milliseconds)
                self.state.began = min(self.state.position, self.state.began or line.milliseconds)
                continue
            name = sha256(content) if line is None else line.id
            if name not in self._known:
                self._hold(line, content, name)

    def _hold(self, line: Line | None, content: bytes, name: str) -> None:
        if line is None:
            self._unplaced.append(content)
            self._known[name] = 0
        else:
            self._days.setdefault(day_of(line.milliseconds), []).append(line)
            self._known[name] = hash(content)

    def _note_change(self, line: Line) -> None:
        change = (line.id, sha256(line.content))
        if change not in self._changes:
            self._changes.add(change)
            self.state.changed.append(Change(*change))

    def _sealed_unplaced(self) -> Iterable[str]:
        for file in self._seals:
            if file.seal.kind == "unplaced" and file.seal.file:
                yield from map(sha256, read_lines(self.folder, file.seal.file))

    def _seal(
        self,
        kind: str,
        window: tuple[int, int] | None,
        lines: list[Line],
        count: Count | None = None,
        remarks: dict[str, object] | None = None,
    ) -> None:
        """Write the file of entries, the seal, the checkpoint and the state, in this order."""
        if kind != "unplaced":
            lines = sorted(lines)
        contents = [line.content for line in lines]
        self._save_others({*contents})
        self._is_consistent = False
        file = self._write_lines(kind, window, contents)
        begin = self._tree.size
        tree = self._tree.copy()
        tree.extend(contents)
        ends = (*lines[:1], *lines[-1:]) if window else ()
        moments = [Moment(line.id, to_text(line.milliseconds)) for line in ends]
        seal = Seal(
            v=VERSION,
            seq=len(self._seals),
            origin=self.header.origin,
            archive_sha256=self._digest,
            kind=kind,
            window=Window(*map(to_text, window)) if window else None,
            entries=len(lines),
            first=moments[0] if moments else None,
            last=moments[-1] if moments else None,
            service=count,
            file=file,
            tree=Growth(begin, tree.size, checkpoint_of(tree, "").root),
            report=self._report(lines) | (remarks or {}),
            made=Maker(f"{COMMAND} {PROGRAM_VERSION}", document_sha256(), to_text(now())),
            prev=self._seals[-1].link if self._seals else None,
        )
        content = seal.to_bytes()
        make_folder(self.folder / "seals")
        write_file(seal_path(self.folder, seal.seq), content)
        tree.append(content)
        self._tree = tree
        self._seals.append(SealFile(seal, content))
        write_file(self.folder / CHECKPOINT, self.checkpoint.to_text().encode())
        self.state.changed = []
        self._save_state()
        self._is_consistent = True

    def _save_others(self, sealed: set[bytes]) -> None:
        """Write what is held if not all of it is sealed now, so that the state may pass it."""
        if any(each not in sealed for each in self._unsaved):
            self.save()
        self._unsaved, self._unsaved_bytes = [], 0

    def _write_lines(
        self, kind: str, window: tuple[int, int] | None, contents: list[bytes]
    ) -> StoredFile | None:
        if not contents:
            return None
        folder = f"entries/day={day_name(window[0]) if window else 'unplaced'}"
        names = (each.seal.file.name for each in self._seals if each.seal.file)
        number = 0 if kind == "day" else next_number(folder, names)
        codec = self.header.codec
        name = f"{folder}/{number:03}.jsonl.{SUFFIXES[codec]}"
        content = _file(contents)
        stored = compress(content, codec)
        make_folder((self.folder / name).parent)
        write_file(self.folder / name, stored)
        return StoredFile(name, len(content), len(stored), sha256(stored), codec)

    def _report(self, lines: list[Line]) -> dict[str, object]:
        is_marked = self.state.reflowed or self.state.undecodable
        names = {line.id or sha256(line.content) for line in lines} if is_marked else set[str]()
        report: dict[str, object] = {}
        for key, marked in (
            ("reflowed", self.state.reflowed),
            ("undecodable", self.state.undecodable),
        ):
            report[key] = sum(each in names for each in marked)
            marked[:] = [each for each in marked if each not in names]
        report["changed"] = [{"id": each.id, "sha256": each.sha256} for each in self.state.changed]
        return report

    def _save_state(self) -> None:
        self.state.set_tree(self._tree)
        write_file(self.folder / STATE, msgspec.json.encode(self.state))


def _file(lines: list[bytes]) -> bytes:
    return b"\n".join([*lines, b""])
