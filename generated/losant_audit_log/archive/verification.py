# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Verification of the integrity, completeness and authenticity of an archive.

The checks are one module because each extends the same findings and the same tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from .errors import ArchiveDamagedError
from .files import temporary_files
from .header import Header
from .lines import Line, LineReader
from .seals import (
    EntryKey,
    Seal,
    SealFile,
    Window,
    is_canonical,
    parse_seal,
    seal_numbers,
    seal_path,
    sealed_days,
)
from .state import STATE, read_state
from .storage import (
    CHECKPOINT,
    OPEN,
    entry_files,
    is_next,
    link_faults,
    read_file,
    read_header,
    read_lines,
    read_open,
)
from .times import DAY, EPOCH, day_name, to_text
from .tree import Checkpoint, Tree, checkpoint_of, parse_checkpoint, sha256

INTEGRITY, COMPLETENESS, AUTHENTICITY = "integrity", "completeness", "authenticity"


class Finding(msgspec.Struct, frozen=True):
    """A finding of a verification.

    Attributes:
        concern: `integrity`, `completeness` or `authenticity`.
        severity: `damage`, `unfinished` (the next run repairs it), or `note`.
        location: The file or the day.
        message: The description.
    """

    concern: str
    severity: str
    location: str
    message: str


class Assessment(msgspec.Struct, frozen=True):
    """The assessment of one concern.

    Attributes:
        verdict: `holds`, `fails` or `not judged`.
        evidence: The comparisons that were made, and those that were not possible.
    """

    verdict: str
    evidence: list[str]


class Verification(msgspec.Struct, frozen=True):
    """The result of a verification.

    Attributes:
        origin: The name of the archive.
        entries: The number of sealed entries.
        seals: The number of seals.
        size: The number of leaves of the tree.
        root: The root of the tree, as base64.
        integrity: Whether sealed data is unchanged.
        completeness: Whether no entry is missing.
        authenticity: Whether the archive extends an earlier head, or is signed.
        findings: The findings.
    """

    origin: str
    entries: int
    seals: int
    size: int
    root: str
    integrity: Assessment
    completeness: Assessment
    authenticity: Assessment
    findings: list[Finding]

    @property
    def is_intact(self) -> bool:
        """Whether no damage was found."""
        return not any(each.severity == "damage" for each in self.findings)

    @property
    def exit_code(self) -> int:
        """The exit code: 1 if damage was found, else 0."""
        return 0 if self.is_intact else 1


class Verifier:
    """A verification of the files of an archive in one pass; `evidence` adds external checks.

    Attributes:
        folder: The directory of the archive.
        header: The header.
        findings: The findings so far.
        seals: The readable seals.
        evidence: The evidence by concern.
        reader: The reader of the lines.
        names: The ids of the sealed entries, and the hashes of those without an id or a timestamp.
        judged: The concerns with external evidence.
    """

    def __init__(self, folder: Path) -> None:
        """Read the header.

        Raises:
            ArchiveDamagedError: If the directory is not an archive.
        """
        self.folder = folder
        self.header: Header
        self.header, self._digest = read_header(folder)
        self.findings: list[Finding] = []
        self.seals: list[SealFile] = []
        self.evidence: dict[str, list[str]] = {INTEGRITY: [], COMPLETENESS: [], AUTHENTICITY: []}
        self.judged: set[str] = set()
        self.reader = LineReader(self.header.item.id, self.header.item.time)
        self.names: set[str] = set()
        self._tree = Tree()
        self._heads = dict[int, str]()

    def run(self, head: Checkpoint | None = None) -> None:
        """Verify the files, and that the archive extends an earlier head."""
        files = entry_files(self.folder)
        checkpoint = self._snapshot()
        wanted = {each.size for each in (head, checkpoint) if each is not None}
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
            f"{entries} entries in {len(self.seals)} seals: checked hashes, links, order, ids, "
            "timestamps, counts and roots"
        )

    def result(self) -> Verification:
        """Return the result."""
        checkpoint = checkpoint_of(self._tree, self.header.origin)
        return Verification(
            origin=self.header.origin,
            entries=sum(each.seal.entries for each in self.seals),
            seals=len(self.seals),
            size=checkpoint.size,
            root=checkpoint.root,
            integrity=self._assessment(INTEGRITY, is_judged=True),
            completeness=self._assessment(COMPLETENESS, is_judged=bool(self.seals)),
            authenticity=self._assessment(AUTHENTICITY, is_judged=AUTHENTICITY in self.judged),
            findings=self.findings,
        )

    def damage(self, concern: str, location: str, message: str) -> None:
        """Add a finding of damage; the path of the location is removed from the message."""
        for path in (self.folder / location, self.folder / "seals" / location):
            message = message.removeprefix(f"{path}: ")
        self.findings.append(Finding(concern, "damage", location, message))

    def note(self, concern: str, location: str, message: str, severity: str = "note") -> None:
        """Add a finding that is not damage."""
        self.findings.append(Finding(concern, severity, location, message))

    def _assessment(self, concern: str, *, is_judged: bool) -> Assessment:
        fails = any(each.severity == "damage" and each.concern == concern for each in self.findings)
        verdict = "fails" if fails else "holds" if is_judged else "not judged"
        return Assessment(verdict, self.evidence[concern])

    def _snapshot(self) -> Checkpoint | None:
        """Read the seals and their checkpoint, consistently with a concurrent run."""
        while True:
            before = self._checkpoint_bytes()
            numbers = seal_numbers(self.folder)
            if self._checkpoint_bytes() == before:
                break
        self._read_seals(numbers)
        try:
            name = str(self.folder / CHECKPOINT)
            return None if before is None else parse_checkpoint(before, name)
        except ArchiveDamagedError as error:
            self.damage(INTEGRITY, CHECKPOINT, str(error))
            return None

    def _checkpoint_bytes(self) -> bytes | None:
        path = self.folder / CHECKPOINT
        return path.read_bytes() if path.is_file() else None

    def _read_seals(self, numbers: list[int]) -> None:
        expected = 0
        for number in numbers:
            path = seal_path(self.folder, number)
            if number != expected:
                ends = {seal_path(self.folder, each).name for each in (expected, number - 1)}
                self.damage(COMPLETENESS, "seals", f"missing: {' to '.join(sorted(ends))}")
            expected = number + 1
            try:
                content = read_file(path)
                seal = parse_seal(content, str(path))
            except ArchiveDamagedError as error:
                self.damage(INTEGRITY, path.name, str(error))
                continue
            if not is_canonical(content):
                self.damage(INTEGRITY, path.name, "the seal is not canonical JSON")
            if seal.seq != number:
                self.damage(INTEGRITY, path.name, f"seq: expected {number}, got {seal.seq}")
            self.seals.append(SealFile(msgspec.structs.replace(seal, seq=number), content))

    def _verify_seal(self, file: SealFile, previous: SealFile | None, wanted: set[int]) -> None:
        seal = file.seal
        location = seal_path(self.folder, seal.seq).name
        for fault in link_faults(seal, previous, self.header.origin, self._digest):
            self.damage(INTEGRITY, location, fault)
        for fault in _kind_faults(seal):
            self.damage(INTEGRITY, location, fault)
        contents = list[bytes]()
        if seal.file is not None and seal.file.codec != self.header.codec:
            message = f"codec: expected {self.header.codec!r}, got {seal.file.codec!r}"
            self.damage(INTEGRITY, location, message)
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
            self.damage(INTEGRITY, location, "tree: the root does not match the entries")
        self._tree.extend([file.content])
        self._note_head(wanted)

    def _extend(self, contents: list[bytes], wanted: set[int]) -> None:
        """Append leaves to the tree, and record the roots at the wanted sizes."""
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

    def _verify_lines(self, seal: Seal, location: str, contents: list[bytes]) -> None:
        if len(contents) != seal.entries:
            message = f"entries: the seal has {seal.entries}, the file has {len(contents)}"
            self.damage(INTEGRITY, location, message)
        if seal.window is None:
            self.names.update(map(sha256, contents))
            return
        begin, end = seal.window.bounds
        previous = EPOCH.min.replace(tzinfo=EPOCH.tzinfo), ""
        lines = list[Line]()
        for number, content in enumerate(contents, 1):
            line = self.reader.read(content)
            if line is None:
                self.damage(INTEGRITY, location, f"line {number} has no id or no timestamp")
                continue
            lines.append(line)
            if not begin <= line.milliseconds < end:
                self.damage(INTEGRITY, location, f"entry {line.id!r} is outside the window")
            if (line.time, line.id) <= previous:
                message = f"entry {line.id!r} is not in order of time and id"
                self.damage(INTEGRITY, location, message)
            previous = line.time, line.id
        ids = {line.id for line in lines}
        if len(ids) != len(lines) or not self.names.isdisjoint(ids):
            self.damage(INTEGRITY, location, "an id occurs twice in the archive")
        self.names |= ids
        ends = [EntryKey(each.id, to_text(each.milliseconds)) for each in (*lines[:1], *lines[-1:])]
        if ends and (seal.first, seal.last) != (ends[0], ends[-1]):
            self.damage(INTEGRITY, location, "first, last: do not match the entries")

    def _verify_windows(self) -> None:
        """Verify that days are contiguous, and that the windows of late entries are sealed days."""
        days = sealed_days(self.seals)
        expected: str | None = None
        for seal, window in days:
            if expected is not None and window.begin != expected:
                message = f"the days between {expected} and {window.begin} have no seal"
                self.damage(COMPLETENESS, seal_path(self.folder, seal.seq).name, message)
            expected = window.end
            if seal.report.get("beyond_retention"):
                message = "sealed after the service had deleted its entries (beyond retention)"
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
                self.damage(INTEGRITY, name, "window: not the window of a sealed day")
        if days:
            counted = sum(seal.service is not None for seal, _ in days)
            self.evidence[COMPLETENESS].append(
                f"{len(days)} contiguous days from {days[0][1].begin} to {days[-1][1].end}; "
                f"{counted} seals have the service's count"
            )
        self.evidence[COMPLETENESS].append("not compared with the service (see --recount)")

    def _verify_checkpoint(self, checkpoint: Checkpoint | None) -> None:
        own = checkpoint_of(self._tree, self.header.origin)
        if checkpoint is None:
            if len(self.seals) > 1:
                self.damage(INTEGRITY, CHECKPOINT, "the checkpoint is missing")
            elif self.seals:
                self.note(INTEGRITY, CHECKPOINT, "not written yet", "unfinished")
            return
        size = self.seals[-1].seal.tree.begin if self.seals else 0
        behind = Checkpoint(own.origin, size, self._heads.get(size, ""))
        if checkpoint not in {own, behind}:
            self.damage(INTEGRITY, CHECKPOINT, "does not match the sealed entries")
        elif checkpoint != own:
            self.note(INTEGRITY, CHECKPOINT, "one seal behind", "unfinished")

    def _verify_names(self, files: list[str]) -> None:
        sealed = [each.seal.file.name for each in self.seals if each.seal.file]
        for name in sorted({name for name in sealed if sealed.count(name) > 1}):
            self.damage(INTEGRITY, name, "two seals list the file")
        unsealed = sorted({*files} - {*sealed})
        for number, name in enumerate(unsealed):
            if number or not is_next(name, sealed):
                self.damage(INTEGRITY, name, "no seal lists the file")
            else:
                self.note(INTEGRITY, name, "not sealed yet", "unfinished")
        for path in temporary_files(self.folder):
            name = path.relative_to(self.folder).as_posix()
            self.note(INTEGRITY, name, "a temporary file of an interrupted run", "unfinished")

    def _verify_open(self) -> None:
        lines, is_whole = read_open(self.folder)
        if not is_whole:
            self.note(INTEGRITY, OPEN, "truncated; the next run reads it again", "unfinished")
        if lines:
            message = f"{len(lines)} entries are not sealed yet, and not protected"
            self.note(INTEGRITY, OPEN, message)
        if (self.folder / STATE).exists() and read_state(self.folder) is None:
            self.damage(INTEGRITY, STATE, "not a valid state")

    def _verify_head(self, head: Checkpoint | None) -> None:
        evidence = self.evidence[AUTHENTICITY]
        if head is None:
            evidence.append("not compared with an earlier head, so truncation is not detected")
            return
        self.judged.add(AUTHENTICITY)
        if head.origin != self.header.origin:
            message = f"origin: expected {self.header.origin!r}, got {head.origin!r}"
        elif head.size > self._tree.size:
            message = f"the head has {head.size} leaves, but only {self._tree.size} are intact"
        elif self._heads.get(head.size) != head.root:
            message = f"the root of the first {head.size} leaves differs"
        else:
            evidence.append(f"the archive extends the head of {head.size} leaves")
            return
        self.damage(AUTHENTICITY, "head", message)


def _kind_faults(seal: Seal) -> Iterator[str]:
    """Return the members that are invalid for the kind of a seal."""
    if seal.kind not in {"day", "late", "unplaced"}:
        yield f"kind: expected day, late or unplaced, got {seal.kind!r}"
    if (seal.window is None) != (seal.kind == "unplaced"):
        yield f"window: invalid for a seal of kind {seal.kind!r}"
    if (seal.file is None) != (seal.entries == 0):
        yield f"file: invalid for {seal.entries} entries"
    if seal.kind != "day" and (seal.service is not None or seal.entries == 0):
        yield f"a seal of kind {seal.kind!r} must have entries, and no count of the service"
    if (seal.entries == 0 or seal.window is None) and (seal.first or seal.last):
        yield "first, last: expected null"
    if seal.window is not None:
        yield from _window_faults(seal, seal.window)
    elif seal.file is not None and not seal.file.name.startswith("entries/day=unplaced/"):
        yield f"file: {seal.file.name!r} is not in entries/day=unplaced"


def _window_faults(seal: Seal, window: Window) -> Iterator[str]:
    begin, end = window.bounds
    if not (begin < end and end % DAY == 0 and end - begin <= DAY):
        yield "window: expected a day, or its part up to midnight"
    folder = f"entries/day={day_name(begin)}/"
    if seal.file is not None and not seal.file.name.startswith(folder):
        yield f"file: {seal.file.name!r} is not in {folder}"
