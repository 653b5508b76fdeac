"""Writer of an archive: unsealed entries, files and seals.

The writer is one module because its steps change one state, in an order that survives a crash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from .codecs import SUFFIXES, compress
from .files import make_folder, write_file
from .header import Header
from .lines import Line, LineReader, flatten, join_lines
from .program import PROGRAM, document_sha256
from .recovery import recover
from .seals import (
    VERSION,
    Change,
    Count,
    EntryKey,
    Provenance,
    Seal,
    SealFile,
    StoredFile,
    TreeRange,
    Window,
    seal_path,
    sealed_days,
)
from .service import ReceivedEntry
from .state import STATE, Run, SealedIds, State
from .storage import CHECKPOINT, next_number, read_lines
from .times import DAY, day_name, day_of, now, to_datetime, to_text
from .tree import Checkpoint, checkpoint_of, sha256
from .unsealed import UnsealedEntries

_SEALS_PER_STATE = 30  # the state is written after this number of seals
_SAMPLE_DAYS = 7  # the number of sealed days for the detection of inclusive bounds
_IDS_IN_MEMORY = 50_000  # the maximum number of ids of sealed entries in memory


class Writer:
    """A writer of entries and seals. The caller holds the lock.

    Attributes:
        folder: The directory of the archive.
        header: The header.
        state: The state, written with each seal.
        added: The number of entries that this run added.
        late: The number of added entries of sealed days.
        first: The start of the archive; None before the first entry.
        until: The end of the last sealed day, or None.
        undecodable: The number of added entries that do not match the document, including those of
            earlier runs that were interrupted.
    """

    def __init__(self, folder: Path, header: Header, digest: str, state: State) -> None:
        """Recover the archive, and read its unsealed entries.

        Raises:
            ArchiveDamagedError: If the archive is damaged.
        """
        self.folder, self.header, self.state = folder, header, state
        self.added = self.late = 0
        self.undecodable = state.unreported
        self._digest = digest
        self._is_consistent = True
        self._reader = LineReader(header.item.id, header.item.time)
        self._seals, self._tree = recover(folder, header.origin, state)
        windows = [window.bounds for _, window in sealed_days(self._seals)]
        self.first = windows[0][0] if windows else state.first
        self.until = windows[-1][1] if windows else None
        self._files: dict[int, list[StoredFile]] = {}
        for each in self._seals:
            self._note_file(each.seal)
        self._names: dict[int | None, dict[str, bytes | int]] = {}  # contents, or their hashes
        self._ids: SealedIds | None = None
        self._undated: Counter[int] = Counter()
        changes = (each for file in self._seals for each in file.seal.changes)
        listed = {(each.id, each.sha256) for each in changes}
        state.changed = [each for each in state.changed if (each.id, each.sha256) not in listed]
        self._changes = listed | {(each.id, each.sha256) for each in state.changed}
        self._names[None] = dict.fromkeys(self._sealed_unplaced(), 0)
        self._unsealed = UnsealedEntries(folder, self._reader)
        self._adopt()
        known = self._names.values()
        for marked in (state.reflowed, state.undecodable):
            marked[:] = [each for each in marked if any(each in names for names in known)]

    @property
    def checkpoint(self) -> Checkpoint:
        """The head of the archive."""
        return checkpoint_of(self._tree, self.header.origin)

    def times(self) -> Iterator[tuple[int, set[int]]]:
        """Iterate over days and the timestamps of their entries, the newest first.

        Unsealed days come before some sealed days.
        """
        for day in reversed(self._unsealed.days):
            yield day, {line.milliseconds for line in self._unsealed.lines(day)}
        filled = [each for each in reversed(self._files) if self._files[each]]
        for day in filled[:_SAMPLE_DAYS]:
            lines = self._reader.lines(read_lines(self.folder, self._files[day][0]))
            yield day, {line.milliseconds for line in lines}

    def look_back(self, milliseconds: int) -> None:
        """Load the ids of the sealed entries since a time, to detect duplicates."""
        for day in self._files:
            if day >= day_of(milliseconds):
                self._load(day)

    def read(self, found: ReceivedEntry) -> Line | None:
        """Return an entry as a line; None if it has no id or no timestamp."""
        return self._reader.read(flatten(found.raw))

    def add(self, found: ReceivedEntry, line: Line | None, near: int) -> None:
        """Add an entry, unless the archive already contains it.

        Args:
            found: The entry.
            line: The line of the entry, or None.
            near: The timestamp in milliseconds of the entry, or of the previous one.
        """
        if line is None:
            content, day = flatten(found.raw), None
            name = sha256(content)
            self._undated[day_of(near)] += 1
        else:
            content, name, day = line.content, line.id, day_of(near)
        names = self._names_of(day)
        known = names.get(name)
        if known is not None:
            if line is not None and known not in {content, hash(content)}:
                self._note_change(line)
            return
        if line is None or day is None:
            self.state.unplaced = near if self.state.unplaced is None else self.state.unplaced
            self._unsealed.add_unplaced(content)
        else:
            self._unsealed.add(day, [line])
            self.late += day < (self.until or 0)
        names[name] = content
        self.added += 1
        if content != found.raw:
            self.state.reflowed.append(name)
        if found.is_undecodable:
            self.undecodable += 1
            self.state.unreported = self.undecodable
            self.state.undecodable.append(name)
        if self._unsealed.is_full:
            self.save()

    def add_lines(self, lines: list[Line]) -> None:
        """Add entries of one day that match the document and have no line breaks."""
        day = day_of(lines[0].milliseconds)
        names, ids = self._names_of(day), [line.id for line in lines]
        if len({*ids}) < len(ids) or not names.keys().isdisjoint(ids):
            for line in lines:
                self.add(ReceivedEntry(line.content), line, line.milliseconds)
            return
        self._unsealed.add(day, lines)
        names.update((line.id, line.content) for line in lines)
        self.added += len(lines)
        self.late += len(lines) if day < (self.until or 0) else 0
        if self._unsealed.is_full:
            self.save()

    def save(self) -> None:
        """Write the unsealed entries to the open file, then the state."""
        with self._writing():
            self._unsealed.save()
            self._save_state()

    def close(self, exit_code: int) -> None:
        """Write the unsealed entries, and remove sealed ones from the open file.

        After a failed write nothing is written, and the next run recovers as after a crash.
        """
        self.state.run = Run(to_datetime(now()), exit_code)
        self.state.unreported = 0 if exit_code == 5 else self.undecodable
        if self._is_consistent:
            with self._writing():
                self._unsealed.rewrite()
                self._save_state()

    def next_window(self) -> tuple[int, int]:
        """Return the window of the next day to seal."""
        begin = self.until or self.first or 0
        return begin, day_of(begin) + DAY

    def count_held(self, window: tuple[int, int]) -> int:
        """Return the number of unsealed entries that the service counts in a day."""
        day = day_of(window[0])
        return self._unsealed.count(day) + self._undated[day]

    def empty_until(self, begin: int, end: int) -> int:
        """Return the end of the days without unsealed entries since a time, or the time."""
        days = (*self._unsealed.days, *self._undated)
        return max(begin, day_of(min([end, *(each for each in days if each >= day_of(begin))])))

    def forget_undated(self, window: tuple[int, int]) -> None:
        """Reset the number of entries without a timestamp of a day."""
        del self._undated[day_of(window[0])]

    def seal_day(
        self, window: tuple[int, int], count: Count | None, remarks: dict[str, object]
    ) -> None:
        """Seal a day, with the service's count and further members of the report."""
        day = day_of(window[0])
        lines = self._unsealed.take(day)
        fresh = self._fresh(lines)
        repeated = len(lines) - len(fresh)
        remarks = {"unplaced": self._undated[day], "repeated": repeated, **remarks}
        self._seal("day", window, fresh, count, remarks)
        self.until = window[1]
        self._names.pop(day, None)  # `_load` reads them again.

    def seal_rest(self) -> None:
        """Seal late entries, and those without an id or a timestamp."""
        for day in self._unsealed.days:
            if day < (self.until or 0):
                begin = max(day, self.first or day)
                lines = self._unsealed.take(day)
                fresh = self._fresh(lines)
                self.late = max(0, self.late - len(lines) + len(fresh))
                if fresh:
                    self._seal("late", (begin, day + DAY), fresh)
        if self._unsealed.unplaced:
            self._seal("unplaced", None, self._unsealed.take_unplaced())
        self.state.unplaced = None

    def _adopt(self) -> None:
        """Register the entries of the open file, except those that no count of a day confirms.

        These are of sealed days, or have no id or timestamp. Unless they are sealed, they are read
        again, because they may be forged.
        """
        state, missing = self.state, self.state.held
        for member, contents in self._unsealed.read_open():
            missing -= len(contents)
            for content in contents:
                line = self._reader.read(content)
                if line is not None and line.milliseconds >= (self.until or 0):
                    names = self._names.setdefault(day_of(line.milliseconds), {})
                    if line.id not in names:
                        self._unsealed.adopt(line, member)
                        names[line.id] = hash(content)
                    continue
                since = state.unplaced or self.first or 0
                if line is not None:
                    since = line.milliseconds
                    self._load(day_of(since))
                if line is None or line.id not in self._names[day_of(since)]:
                    self._go_back(since)
        if missing > 0:
            self._go_back(self.until or self.first or 0)

    def _go_back(self, since: int) -> None:
        """Set the position back to a time."""
        self.state.position = min(since, self.state.position or since)
        self.state.began = min(since, self.state.began or since)

    def _names_of(self, day: int | None) -> dict[str, bytes | int]:
        """Return the ids of the known entries of a day."""
        if day is not None and day < (self.until or 0):
            self._load(day)
        return self._names.setdefault(day, {})

    def _fresh(self, lines: list[Line]) -> list[Line]:
        """Return the lines with new ids, and record the others as changed entries.

        The others are sealed on another day, because the ids of a day are distinct.
        """
        if not lines:
            return lines
        if self._ids is None:
            self._ids = SealedIds(self.folder, self._reader, self._seals)
        repeated = self._ids.add([line.id for line in lines])
        for line in lines:
            if line.id in repeated:
                self._note_change(line)
        self.added = max(0, self.added - len(repeated))
        return [line for line in lines if line.id not in repeated] if repeated else lines

    def _note_file(self, seal: Seal) -> None:
        if seal.window is not None:
            files = self._files.setdefault(day_of(seal.window.bounds[0]), [])
            files += [] if seal.file is None else [seal.file]

    def _load(self, day: int) -> None:
        """Load the ids of the sealed entries of a day."""
        if day not in self._names:
            self._forget()
            names = self._names[day] = dict[str, bytes | int]()
            for file in self._files.get(day, ()):
                lines = self._reader.lines(read_lines(self.folder, file))
                names.update((line.id, hash(line.content)) for line in lines)

    def _forget(self) -> None:
        """Drop the ids of the oldest sealed days from memory if there are many."""
        sizes = {day: len(names) for day, names in self._names.items() if day is not None}
        size = sum(sizes.values())
        for day in sorted(sizes):
            if size <= _IDS_IN_MEMORY or day in self._unsealed or day >= (self.until or 0):
                return
            size -= sizes[day]
            del self._names[day]

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
        contents = [line.content for line in lines]
        with self._writing():
            file = self._write_lines(kind, window, contents)
            tree = self._tree.copy()
            tree.extend(contents)
            edges = (*lines[:1], *lines[-1:]) if window else ()
            keys = [EntryKey(line.id, to_text(line.milliseconds)) for line in edges]
            seal = Seal(
                v=VERSION,
                seq=len(self._seals),
                origin=self.header.origin,
                archive_sha256=self._digest,
                kind=kind,
                window=Window(*map(to_text, window)) if window else None,
                entries=len(lines),
                first=keys[0] if keys else None,
                last=keys[-1] if keys else None,
                service=count,
                file=file,
                tree=TreeRange(self._tree.size, tree.size, checkpoint_of(tree, "").root),
                report=self._report(lines) | (remarks or {}),
                made=Provenance(PROGRAM, document_sha256(), to_text(now())),
                prev=self._seals[-1].link if self._seals else None,
            )
            content = seal.to_bytes()
            make_folder(self.folder / "seals")
            write_file(seal_path(self.folder, seal.seq), content)
            tree.extend([content])
            self._tree = tree
            self._seals.append(SealFile(seal, content))
            self._note_file(seal)
            write_file(self.folder / CHECKPOINT, self.checkpoint.to_text().encode())
            self.state.changed = []
            if len(self._seals) % _SEALS_PER_STATE == 0:
                self._unsealed.save()  # The state may pass it then.
                self._save_state()

    @contextmanager
    def _writing(self) -> Generator[None, None, None]:
        """Mark files and memory as inconsistent until all writes are done."""
        self._is_consistent = False
        yield
        self._is_consistent = True

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
        content = join_lines(contents)
        stored = compress(content, codec)
        make_folder((self.folder / name).parent)
        write_file(self.folder / name, stored)
        return StoredFile(name, len(content), len(stored), sha256(stored), codec)

    def _report(self, lines: list[Line]) -> dict[str, object]:
        is_marked = self.state.reflowed or self.state.undecodable
        names = {line.id for line in lines} if is_marked else set[str]()
        report: dict[str, object] = {}
        for key in ("reflowed", "undecodable"):
            marked: list[str] = getattr(self.state, key)
            report[key] = sum(each in names for each in marked)
            marked[:] = [each for each in marked if each not in names]
        report["changed"] = [{"id": each.id, "sha256": each.sha256} for each in self.state.changed]
        return report

    def _save_state(self) -> None:
        for day in self._unsealed.days:  # Their contents can be dropped from memory.
            names = self._names_of(day)
            items = [*names.items()]
            names.update((id_, hash(each)) for id_, each in items if isinstance(each, bytes))
        self.state.set_tree(self._tree)
        self.state.held = self._unsealed.size
        if self._ids is not None:
            self._ids.save()
        write_file(self.folder / STATE, msgspec.json.encode(self.state))
