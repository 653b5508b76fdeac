# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Archives of logs: entries, status, verification and proofs.

The class is one module because it is the whole public interface of an archive.
"""

from __future__ import annotations

import base64
import datetime as dt
import os
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path
from typing import Any

import msgspec

from .._runtime.core.errors import InvalidArgumentError
from .._runtime.walks.by_time.retention import subtract_duration
from .errors import ArchiveDamagedError, ArchiveError
from .header import NAME, Header
from .lines import Line, LineReader
from .seals import SealFile, StoredFile, sealed_days
from .service import Listing, LogService
from .state import State, read_state
from .storage import (
    CHECKPOINT,
    read_checkpoint,
    read_header,
    read_lines,
    read_open,
    read_seals,
)
from .times import DAY, day_of, now, to_bounds, to_datetime, to_text
from .tree import Checkpoint, inclusion_path, leaf_hash, parse_checkpoint
from .verification import Verification, Verifier

_PARTS = (NAME, "seals", CHECKPOINT)


class Day(msgspec.Struct, frozen=True):
    """A sealed day.

    Attributes:
        start: The start of the day.
        end: The end of the day, exclusive.
        entries: The number of entries in the seal of the day.
        late: The number of late entries, in later seals.
        service_total: The service's count; None if the service does not count entries.
    """

    start: dt.datetime
    end: dt.datetime
    entries: int
    late: int
    service_total: int | None


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The state of an archive, from its own files.

    Attributes:
        origin: The name of the archive.
        codec: The compression of sealed files.
        since: The start of the first sealed day, or None.
        until: The end of the last sealed day, or None.
        read_until: The time up to which entries were read, or None.
        days: The number of sealed days.
        entries: The number of sealed entries.
        late: The number of entries that were found after their day was sealed.
        unplaced: The number of entries without an id or a timestamp.
        open: The number of unsealed entries.
        last_run: The time at which the last run ended, or None.
        last_exit_code: The exit code of the last run, or None.
        margin: The time until the oldest unread entry expires, or None.
        retention: The documented retention period.
        size: The number of leaves of the tree.
        root: The root of the tree, as base64; empty before the first seal.
    """

    origin: str
    codec: str
    since: dt.datetime | None
    until: dt.datetime | None
    read_until: dt.datetime | None
    days: int
    entries: int
    late: int
    unplaced: int
    open: int
    last_run: dt.datetime | None
    last_exit_code: int | None
    margin: dt.timedelta | None
    retention: str
    size: int
    root: str


class Archive:
    """An archive of one log.

    Attributes:
        path: The directory.
        header: The header.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Read the header.

        Raises:
            ArchiveDamagedError: If the directory is not an archive.
            ArchiveError: If the archive has a newer format.
        """
        self.path = Path(path)
        self.header: Header
        self.header, _ = read_header(self.path)
        self._reader = LineReader(self.header.item.id, self.header.item.time)

    def __repr__(self) -> str:
        """Return the origin and the directory."""
        return f"Archive({self.header.origin!r} in {str(self.path)!r})"

    @property
    def days(self) -> list[Day]:
        """The sealed days, in order.

        Raises:
            ArchiveDamagedError: If the seals are damaged.
        """
        files, late = read_seals(self.path), Counter[str]()
        for seal in (each.seal for each in files):
            if seal.kind == "late" and seal.window:
                late[seal.window.end] += seal.entries
        return [
            Day(
                start=to_datetime(window.bounds[0]),
                end=to_datetime(window.bounds[1]),
                entries=seal.entries,
                late=late[window.end],
                service_total=seal.service.total if seal.service else None,
            )
            for seal, window in sealed_days(files)
        ]

    def entries(
        self, start: dt.datetime | None = None, end: dt.datetime | None = None
    ) -> Iterator[bytes]:
        """Iterate over the sealed and unsealed entries, in order of timestamp and id.

        Args:
            start: The start of the time span. Default: the first entry.
            end: The end of the time span, exclusive. Default: the last entry.

        Returns:
            An iterator over the received bytes of the entries. Without `start` and `end`, entries
            without an id or a timestamp come last.

        Raises:
            ArchiveDamagedError: If a file is damaged.
            InvalidArgumentError: If the start is after the end.
        """
        first, last = to_bounds(start, end)
        lower, upper = -inf if first is None else first, inf if last is None else last
        opened, _ = read_open(self.path)  # Before the seals, because a run may seal them.
        seals = read_seals(self.path)
        days, files = defaultdict[int, list[Line]](list), defaultdict[int, list[StoredFile]](list)
        for line in self._reader.lines(opened):
            days[day_of(line.milliseconds)].append(line)
        for each in seals:
            if each.seal.window and each.seal.file:
                files[day_of(each.seal.window.bounds[0])].append(each.seal.file)
        for day in sorted(each for each in {*days, *files} if lower - DAY < each < upper):
            lines = {line.id: line for line in days[day]}
            for file in files[day]:  # Sealed entries take precedence.
                sealed = self._reader.lines(read_lines(self.path, file))
                lines.update((line.id, line) for line in sealed)
            for line in sorted(lines.values()):
                if lower <= line.milliseconds < upper:
                    yield line.content
        if first is None and last is None:
            unplaced = (line for line in opened if self._reader.read(line) is None)
            yield from self._unplaced_lines(seals, [*unplaced])

    def verify(
        self,
        head: str | os.PathLike[str] | None = None,
        *,
        listing: Listing | Callable[..., Any] | None = None,
        recount: bool = False,
        refetch: float = 0,
        signature: str | os.PathLike[str] | None = None,
        key: str | os.PathLike[str] | None = None,
        retention: dt.timedelta | None = None,
    ) -> Verification:
        """Verify the archive; only `recount` and `refetch` send requests.

        Args:
            head: A file with an earlier checkpoint, which the archive must extend.
            listing: The resource or method with the list, required by `recount` and `refetch`.
            recount: Whether to compare the number of entries of each day with the service.
            refetch: The percentage of random days to download again and compare, at least one day.
            signature: A file with a signature of the checkpoint by `ssh-keygen -Y sign`; requires
                `key`.
            key: A file with the public key of the signer.
            retention: The retention period of the service. Default: the documented one.

        Raises:
            ArchiveError: If a seal has a newer format, or a file cannot be read.
            InvalidArgumentError: If the arguments are invalid or inconsistent.
            ServiceError: If a request fails.
        """
        if (signature is None) != (key is None):
            raise InvalidArgumentError("signature, key: pass both or neither")
        if not 0 <= refetch <= 100:
            raise InvalidArgumentError(f"refetch: expected a percentage, 0 to 100, got {refetch}")
        verifier = Verifier(self.path)
        verifier.run(read_head(head))
        if signature is not None and key is not None:
            from .evidence import check_signature

            signed = [self.path / CHECKPOINT, *([] if head is None else [Path(head)])]
            check_signature(verifier, Path(signature), Path(key), signed)
        if recount or refetch:
            from . import evidence

            service = self._service(listing, retention)
            if recount:
                evidence.recount(verifier, service)
            if refetch:
                evidence.refetch(verifier, service, refetch, random.SystemRandom())
        return verifier.result()

    def _service(
        self, listing: Listing | Callable[..., Any] | None, retention: dt.timedelta | None
    ) -> LogService:
        """Return the service with the list of the archive."""
        if listing is None:
            raise InvalidArgumentError("listing: missing; pass the resource of a client")
        service = LogService(listing, tuple(self.header.arguments.values()), retention=retention)
        if service.operation != (expected := self.header.operation):
            message = f"listing: expected the operation {expected!r}, got {service.operation!r}"
            raise InvalidArgumentError(message)
        return service

    def status(self) -> Status:
        """Return the state of the archive.

        Raises:
            ArchiveDamagedError: If the seals are damaged.
        """
        files = read_seals(self.path)
        seals = [each.seal for each in files]
        windows = [window.bounds for _, window in sealed_days(files)]
        state, checkpoint = read_state(self.path) or State(), read_checkpoint(self.path)
        read_until = state.position or state.read_until
        return Status(
            origin=self.header.origin,
            codec=self.header.codec,
            since=to_datetime(windows[0][0]) if windows else None,
            until=to_datetime(windows[-1][1]) if windows else None,
            read_until=None if read_until is None else to_datetime(read_until),
            days=len(windows),
            entries=sum(each.entries for each in seals),
            late=sum(each.entries for each in seals if each.kind == "late"),
            unplaced=sum(each.entries for each in seals if each.kind == "unplaced"),
            open=len(read_open(self.path)[0]),
            last_run=state.run.ended,
            last_exit_code=state.run.exit_code,
            margin=self._margin(read_until),
            retention=self.header.window.get("retention", ""),
            size=checkpoint.size if checkpoint else 0,
            root=checkpoint.root if checkpoint else "",
        )

    def prove(self, id_: str) -> str:
        """Return an inclusion proof of an entry, as a C2SP tlog-proof.

        Args:
            id_: The id of a sealed entry.

        Raises:
            ArchiveDamagedError: If the archive is damaged.
            ArchiveError: If no sealed entry has the id.
        """
        leaves, found = list[bytes](), None
        checkpoint, files = read_checkpoint(self.path), read_seals(self.path)
        if checkpoint is None and len(files) > 1:
            raise ArchiveDamagedError(f"{self.path / CHECKPOINT}: the checkpoint is missing")
        for file in files:
            for content in read_lines(self.path, file.seal.file) if file.seal.file else ():
                if found is None:
                    line = self._reader.read(content)
                    if line is not None and line.id == id_:
                        found = len(leaves), content
                leaves.append(leaf_hash(content))
            leaves.append(leaf_hash(file.content))
        for line in self._reader.lines(read_open(self.path)[0] if found is None else ()):
            if line.id == id_:
                since = to_text(day_of(line.milliseconds) + 2 * DAY)
                advice = f"export after {since}, then prove it"
                raise ArchiveError(f"id: entry {id_!r} is not sealed yet; {advice}")
        if found is None or checkpoint is None or found[0] >= checkpoint.size:
            raise ArchiveError(f"id: there is no sealed entry {id_!r}")
        index, content = found
        path, root = inclusion_path(leaves[: checkpoint.size], index)
        if base64.b64encode(root).decode() != checkpoint.root:
            message = f"{self.path}: the checkpoint does not match the sealed entries"
            raise ArchiveDamagedError(message)
        extra, *hashes = (base64.b64encode(each).decode() for each in (content, *path))
        first = ("c2sp.org/tlog-proof@v1", f"extra {extra}", f"index {index}")
        return "\n".join([*first, *hashes, "", checkpoint.to_text()])

    def _margin(self, read_until: int | None) -> dt.timedelta | None:
        oldest = subtract_duration(now(), str(self.header.window.get("retention", "")), 1000)
        if oldest is None or read_until is None:
            return None
        return dt.timedelta(milliseconds=read_until - oldest)

    def _unplaced_lines(self, seals: list[SealFile], opened: list[bytes]) -> Iterator[bytes]:
        for each in seals:
            if each.seal.kind == "unplaced" and each.seal.file:
                yield from (lines := read_lines(self.path, each.seal.file))
                opened = [line for line in opened if line not in lines]
        yield from opened


def find_archives(path: str | os.PathLike[str]) -> list[Archive]:
    """Return the archive in a directory, or those in its subdirectories.

    Raises:
        ArchiveDamagedError: If there is no archive in the directory, or one without a header.
    """
    return [Archive(each) for each in archive_folders(Path(path))]


def archive_folders(folder: Path) -> list[Path]:
    """Return the directory of an archive, or those of several in it, including incomplete ones.

    Raises:
        ArchiveDamagedError: If there is no archive in the directory.
    """
    inside = sorted(each for each in folder.glob("*/") if each.name not in _PARTS)
    found = [each for each in (folder, *inside) if any((each / part).exists() for part in _PARTS)]
    if not found:
        raise ArchiveDamagedError(f"{folder}: not an archive: {NAME} is missing")
    return [folder] if folder in found else found


def read_head(path: str | os.PathLike[str] | None) -> Checkpoint | None:
    """Return a checkpoint that was kept elsewhere.

    Raises:
        ArchiveError: If the file is not a checkpoint.
    """
    if path is None:
        return None
    try:
        return parse_checkpoint(Path(path).read_bytes(), str(path), is_note=True)
    except OSError as error:
        raise ArchiveError(f"head: {path}: {error.strerror}") from None
    except ArchiveDamagedError as error:
        raise ArchiveError(f"head: {error}") from None
