"""Verification of an archive: integrity, completeness and authenticity, each with its evidence.

The checks are one module because each extends the same findings and the same tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from .errors import ArchiveDamagedError, ArchiveError
from .files import temporary_files
from .header import Header
from .lines import Line, LineReader
from .seals import Moment, Seal, SealFile, Window, is_canonical, parse_seal, seal_numbers, seal_path
from .state import NAME as STATE
from .state import read_state
from .storage import (
    CHECKPOINT,
    OPEN,
    entry_files,
    link_faults,
    next_number,
    read_checkpoint,
    read_header,
    read_lines,
    read_open,
)
from .times import DAY, day_name, to_text
from .tree import Checkpoint, Tree, checkpoint_of

INTEGRITY, COMPLETENESS, AUTHENTICITY = "integrity", "completeness", "authenticity"


class Finding(msgspec.Struct, frozen=True):
    """Something that verification found.

    Attributes:
        concern: `integrity`, `completeness` or `authenticity`.
        severity: `damage`; `unfinished` for what the next run mends; or `note`.
        place: The file or the day.
        message: What was found.
    """

    concern: str
    severity: str
    place: str
    message: str


class Judgment(msgspec.Struct, frozen=True):
    """The judgment of one concern.

    Attributes:
        verdict: `holds`, `fails` or `not judged`.
        evidence: What was compared, and what could not be.
    """

    verdict: str
    evidence: list[str]


class Verification(msgspec.Struct, frozen=True):
    """The result of a verification.

    Attributes:
        origin: The archive.
        entries: The number of sealed entries.
        seals: The number of seals.
        size: The number of leaves of the tree.
        root: The root of the tree, as base64.
        integrity: Whether what is sealed is what was sealed.
        completeness: Whether nothing is missing.
        authenticity: Whether it is the archive that others have seen.
        findings: Everything that was found.
    """

    origin: str
    entries: int
    seals: int
    size: int
    root: str
    integrity: Judgment
    completeness: Judgment
    authenticity: Judgment
    findings: list[Finding]

    @property
    def is_intact(self) -> bool:
        """Whether no damage was found."""
        return not any(each.severity == "damage" for each in self.findings)

    @property
    def exit_code(self) -> int:
        """0, or 1 if damage was found."""
        return 0 if self.is_intact else 1


class Verifier:
    """Verifies an archive in one pass; `evidence` adds what needs more than its files.

    Attributes:
        folder: The folder of the archive.
        header: Its header.
        findings: What was found so far.
        seals: The seals that could be read.
        held: The number of entries by the begin of their windows.
        evidence: The evidence of each concern.
        ids: The ids of the sealed entries.
        judged: The concerns that more than the files were compared for.
    """

    def __init__(self, folder: Path) -> None:
        """Read the header.

        Raises:
            ArchiveDamagedError: If the folder is not an archive.
        """
        self.folder = folder
        self.header: Header
        self.header, self._digest = read_header(folder)
        self.findings: list[Finding] = []
        self.seals: list[SealFile] = []
        self.held: dict[str, int] = {}
        self.evidence: dict[str, list[str]] = {INTEGRITY: [], COMPLETENESS: [], AUTHENTICITY: []}
        self.judged: set[str] = set()
        self._reader = LineReader(self.header.item.id, self.header.item.time)
        self.ids: set[str] = set()
        self._tree = Tree()
        self._heads = dict[int, str]()

    def run(self, head: Checkpoint | None = None) -> None:
        """Verify the files, and that the archive extends a head that was kept elsewhere."""
        files = entry_files(self.folder) if (self.folder / "entries").is_dir() else []
        checkpoint = self._snapshot()
        wanted = {head.size} if head else set[int]()
        self._note_head(wanted)
        for number, file in enumerate(self.seals):
            previous = self.seals[number - 1] if number else None
            self._verify_seal(file, previous, wanted)
        self._verify_windows()
        self._verify_checkpoint(checkpoint)
        self._verify_names(files)
        self._verify_open()
        self._verify_head(head)
        entries = sum(each.seal.entries for each in self.seals)
        self.evidence[INTEGRITY].append(
            f"{entries} entries in {len(self.seals)} seals: hashes, links, order, ids, times, "
            "counts and roots were compared"
        )

    def result(self) -> Verification:
        """Return what was found."""
        checkpoint = checkpoint_of(self._tree, self.header.origin)
        return Verification(
            origin=self.header.origin,
            entries=sum(each.seal.entries for each in self.seals),
            seals=len(self.seals),
            size=checkpoint.size,
            root=checkpoint.root,
            integrity=self._judgment(INTEGRITY, is_judged=True),
            completeness=self._judgment(COMPLETENESS, is_judged=bool(self.seals)),
            authenticity=self._judgment(AUTHENTICITY, is_judged=AUTHENTICITY in self.judged),
            findings=self.findings,
        )

    def damage(self, concern: str, place: str, message: str) -> None:
        """Note damage; a message that begins with the path of its place is shortened."""
        for path in (self.folder / place, self.folder / "seals" / place):
            message = message.removeprefix(f"{path}: ")
        self.findings.append(Finding(concern, "damage", place, message))

    def note(self, concern: str, place: str, message: str, severity: str = "note") -> None:
        """Note what is no damage."""
        self.findings.append(Finding(concern, severity, place, message))

    def _judgment(self, concern: str, *, is_judged: bool) -> Judgment:
        fails = any(each.severity == "damage" and each.concern == concern for each in self.findings)
        verdict = "fails" if fails else "holds" if is_judged else "not judged"
        return Judgment(verdict, self.evidence[concern])

    def _snapshot(self) -> Checkpoint | None:
        """Read the seals, while a run may add some, and the checkpoint that belongs to them."""
        while True:
            before = self._checkpoint_bytes()
            numbers = seal_numbers(self.folder)
            if self._checkpoint_bytes() == before:
                break
        self._read_seals(numbers)
        try:
            checkpoint = read_checkpoint(self.folder)
        except ArchiveDamagedError as error:
            self.damage(INTEGRITY, CHECKPOINT, str(error))
            return None
        return checkpoint

    def _checkpoint_bytes(self) -> bytes:
        path = self.folder / CHECKPOINT
        return path.read_bytes() if path.is_file() else b""

    def _read_seals(self, numbers: list[int]) -> None:
        expected = 0
        for number in numbers:
            path = seal_path(self.folder, number)
            if number != expected:
                missing = [seal_path(self.folder, each).name for each in range(expected, number)]
                self.damage(INTEGRITY, "seals", f"missing: {', '.join(missing)}")
            expected = number + 1
            content = path.read_bytes()
            try:
                seal = parse_seal(content, str(path))
            except ArchiveDamagedError as error:
                self.damage(INTEGRITY, path.name, str(error))
                continue
            if not is_canonical(content):
                self.damage(INTEGRITY, path.name, "the seal is not canonical JSON")
            if seal.seq != number:
                self.damage(INTEGRITY, path.name, f"seq: the seal says {seal.seq}")
            self.seals.append(SealFile(seal, content))

    def _verify_seal(self, file: SealFile, previous: SealFile | None, wanted: set[int]) -> None:
        seal = file.seal
        place = seal_path(self.folder, seal.seq).name
        for fault in link_faults(seal, previous, self.header.origin, self._digest):
            self.damage(INTEGRITY, place, fault)
        for fault in _kind_faults(seal):
            self.damage(INTEGRITY, place, fault)
        contents = list[bytes]()
        if seal.file is not None and seal.file.codec != self.header.codec:
            self.damage(INTEGRITY, place, f"codec: the archive has {self.header.codec}")
        elif seal.file is not None:
            try:
                contents = read_lines(self.folder, seal.file)
            except ArchiveDamagedError as error:
                self.damage(INTEGRITY, seal.file.name, str(error))
            else:
                self._verify_lines(seal, seal.file.name, contents)
        self._extend(contents, wanted)
        root = checkpoint_of(self._tree, "")
        if root.size != seal.tree.end or root.root != seal.tree.root:
            self.damage(INTEGRITY, place, "tree: the root is not that of the entries")
        self._tree.append(file.content)
        self._note_head(wanted)
        if seal.window is not None:
            day = seal.window.end
            self.held[day] = self.held.get(day, 0) + seal.entries

    def _extend(self, contents: list[bytes], wanted: set[int]) -> None:
        """Append leaves to the tree, and note the roots of the wanted sizes on the way."""
        begin = self._tree.size
        ends = (each - begin for each in (*wanted, begin + len(contents)))
        done = 0
        for end in sorted(each for each in ends if 0 <= each <= len(contents)):
            self._tree.extend(contents[done:end])
            self._note_head(wanted)
            done = end

    def _note_head(self, wanted: set[int]) -> None:
        if self._tree.size in wanted:
            self._heads[self._tree.size] = checkpoint_of(self._tree, "").root

    def _verify_lines(self, seal: Seal, place: str, contents: list[bytes]) -> None:
        if len(contents) != seal.entries:
            self.damage(INTEGRITY, place, f"{len(contents)} lines, the seal says {seal.entries}")
        if seal.window is None:
            return
        lines = list[Line]()
        for number, content in enumerate(contents, 1):
            line = self._reader.read(content)
            if line is None:
                self.damage(INTEGRITY, place, f"line {number} has no id or no time")
            else:
                lines.append(line)
        begin, end = seal.window.bounds
        previous = (-(10**18), "")
        for line in lines:
            if not begin <= line.milliseconds < end:
                self.damage(INTEGRITY, place, f"entry {line.id!r} is outside the window")
            if (line.time, line.id) <= previous:
                self.damage(INTEGRITY, place, f"entry {line.id!r} is not in order of time and id")
            previous = line.time, line.id
        ids = {line.id for line in lines}
        if len(ids) != len(lines) or not self.ids.isdisjoint(ids):
            self.damage(INTEGRITY, place, "an id occurs twice in the archive")
        self.ids |= ids
        ends = [Moment(each.id, to_text(each.milliseconds)) for each in (*lines[:1], *lines[-1:])]
        if ends and (seal.first, seal.last) != (ends[0], ends[-1]):
            self.damage(INTEGRITY, place, "first and last: the seal says other entries")

    def _verify_windows(self) -> None:
        """Verify that days follow each other without gaps, and that late entries belong to them."""
        days = [
            (each.seal, each.seal.window)
            for each in self.seals
            if each.seal.kind == "day" and each.seal.window
        ]
        expected: str | None = None
        for seal, window in days:
            if expected is not None and window.begin != expected:
                message = f"the days between {expected} and {window.begin} have no seal"
                self.damage(COMPLETENESS, seal_path(self.folder, seal.seq).name, message)
            expected = window.end
            if seal.report.get("beyond_retention"):
                message = "sealed after the service had deleted its entries: beyond reach"
                self.note(COMPLETENESS, window.begin, message)
            count = seal.service
            sealed = seal.entries + seal.elsewhere
            if count is not None and count.total != sealed:
                message = f"the service counted {count.total} entries, {sealed} were sealed"
                severity = "damage" if count.total > sealed else "note"
                self.note(COMPLETENESS, window.begin, message, severity)
        known = {window for _, window in days}
        for file in self.seals:
            if file.seal.kind == "late" and file.seal.window not in known:
                name = seal_path(self.folder, file.seal.seq).name
                self.damage(INTEGRITY, name, "window: not that of a sealed day")
        if days:
            counted = sum(seal.service is not None for seal, _ in days)
            self.evidence[COMPLETENESS].append(
                f"{len(days)} days from {days[0][1].begin} to {days[-1][1].end}, without "
                f"gaps; for {counted} of them the service's total is in the seal"
            )
        self.evidence[COMPLETENESS].append("without --recount, the service was not asked now")

    def _verify_checkpoint(self, checkpoint: Checkpoint | None) -> None:
        own = checkpoint_of(self._tree, self.header.origin)
        if checkpoint is None:
            if len(self.seals) > 1:
                self.damage(INTEGRITY, CHECKPOINT, "the checkpoint is missing")
            elif self.seals:
                self.note(INTEGRITY, CHECKPOINT, "not written yet", "unfinished")
            return
        if checkpoint == own:
            return
        if self.seals:
            before = Tree()
            for file in self.seals[:-1]:
                seal = file.seal
                lines = _lines_or_none(self.folder, seal)
                before.extend(lines)
                before.append(file.content)
            if checkpoint == checkpoint_of(before, self.header.origin):
                self.note(INTEGRITY, CHECKPOINT, "one seal behind", "unfinished")
                return
        self.damage(INTEGRITY, CHECKPOINT, "not the head of the sealed entries")

    def _verify_names(self, files: list[str]) -> None:
        sealed = [each.seal.file.name for each in self.seals if each.seal.file]
        for name in sorted({name for name in sealed if sealed.count(name) > 1}):
            self.damage(INTEGRITY, name, "two seals list the file")
        unsealed = sorted({*files} - {*sealed})
        for number, name in enumerate(unsealed):
            if number or not self._is_next(name):
                self.damage(INTEGRITY, name, "no seal lists the file")
            else:
                self.note(INTEGRITY, name, "written and not sealed yet", "unfinished")
        for path in temporary_files(self.folder):
            name = path.relative_to(self.folder).as_posix()
            self.note(INTEGRITY, name, "a temporary file of an interrupted run", "unfinished")

    def _is_next(self, name: str) -> bool:
        """Whether the file is one that an interrupted run was about to seal."""
        folder, _, file = name.rpartition("/")
        names = [each.seal.file.name for each in self.seals if each.seal.file]
        numbers = {next_number(folder, names)}
        if f"{folder}/" not in {f"{each.rpartition('/')[0]}/" for each in names}:
            numbers.add(0)
        return any(file.startswith(f"{number:03}.jsonl.") for number in numbers)

    def _verify_open(self) -> None:
        lines, is_whole = read_open(self.folder)
        if not is_whole:
            self.note(INTEGRITY, OPEN, "its end is cut off; it is read again", "unfinished")
        if lines:
            message = f"{len(lines)} entries are read and not sealed yet, so nothing protects them"
            self.note(INTEGRITY, OPEN, message)
        if (self.folder / STATE).exists() and read_state(self.folder) is None:
            self.damage(INTEGRITY, STATE, "the state cannot be read")

    def _verify_head(self, head: Checkpoint | None) -> None:
        evidence = self.evidence[AUTHENTICITY]
        if head is None:
            evidence.append("no head was given: an end that was cut off would go unnoticed")
            return
        self.judged.add(AUTHENTICITY)
        if head.origin != self.header.origin:
            self.damage(AUTHENTICITY, "head", f"a head of {head.origin!r}")
        elif head.size > self._tree.size:
            message = f"the head has {head.size} leaves, the archive only {self._tree.size}"
            self.damage(AUTHENTICITY, "head", message)
        elif self._heads.get(head.size) != head.root:
            self.damage(AUTHENTICITY, "head", f"the first {head.size} leaves were other ones")
        else:
            evidence.append(f"the archive extends the head with {head.size} leaves")


def _kind_faults(seal: Seal) -> Iterator[str]:
    """Return what does not fit the kind of a seal."""
    if seal.kind not in {"day", "late", "unplaced"}:
        yield f"kind: expected day, late or unplaced, got {seal.kind!r}"
    if (seal.window is None) != (seal.kind == "unplaced"):
        yield "window: does not fit the kind"
    if (seal.file is None) != (seal.entries == 0):
        yield "file: does not fit the number of entries"
    if seal.kind != "day" and (seal.service is not None or seal.entries == 0):
        yield "a seal of this kind has entries, and no total of the service"
    if (seal.entries == 0 or seal.window is None) and (seal.first or seal.last):
        yield "first and last: expected null"
    if seal.window is not None:
        yield from _window_faults(seal, seal.window)
    elif seal.file is not None and not seal.file.name.startswith("entries/day=unplaced/"):
        yield f"file: {seal.file.name} is not in entries/day=unplaced"


def _window_faults(seal: Seal, window: Window) -> Iterator[str]:
    begin, end = window.bounds
    if not (begin < end and end % DAY == 0 and end - begin <= DAY):
        yield "window: not a day, or a part of one up to its end"
    folder = f"entries/day={day_name(begin)}/"
    if seal.file is not None and not seal.file.name.startswith(folder):
        yield f"file: {seal.file.name} is not in {folder}"


def _lines_or_none(folder: Path, seal: Seal) -> list[bytes]:
    try:
        return read_lines(folder, seal.file) if seal.file else []
    except ArchiveError:
        return []
