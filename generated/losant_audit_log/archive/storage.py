# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Files of an archive: header, seals, sealed files, unsealed entries."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from .codecs import decompress
from .errors import ArchiveDamagedError
from .header import NAME, Header, parse_header
from .lines import split_lines
from .seals import Seal, SealFile, StoredFile, parse_seal, seal_numbers, seal_path
from .tree import Checkpoint, parse_checkpoint, sha256

OPEN = "open.jsonl.gz"
CHECKPOINT = "checkpoint"
_CHUNK = 65_536
_NAME = re.compile(r"entries/day=(\d{4}-\d{2}-\d{2}|unplaced)/\d{3,}\.jsonl\.(gz|zst)\Z", re.ASCII)


def read_header(folder: Path) -> tuple[Header, str]:
    """Return the header of an archive, and the hash of its file.

    Raises:
        ArchiveDamagedError: If the header is missing or damaged.
    """
    path = folder / NAME
    if not path.is_file():
        raise ArchiveDamagedError(f"{folder}: not an archive: {NAME} is missing")
    content = path.read_bytes()
    return parse_header(content, path), sha256(content)


def read_seals(folder: Path) -> list[SealFile]:
    """Return all seals, after validating the reference of each to the previous one.

    Raises:
        ArchiveDamagedError: If a seal is missing, damaged or of another archive.
    """
    header, digest = read_header(folder)
    # Before the seals, because a run may add some.
    checkpoint, names = read_checkpoint(folder), entry_files(folder)
    files: list[SealFile] = []
    for expected, number in enumerate(seal_numbers(folder)):
        if number != expected:
            raise ArchiveDamagedError(f"{seal_path(folder, expected)}: the seal is missing")
        path = seal_path(folder, number)
        content = read_file(path)
        file = SealFile(parse_seal(content, str(path)), content)
        for fault in link_faults(file.seal, files[-1] if files else None, header.origin, digest):
            raise ArchiveDamagedError(f"{path}: {fault}")
        files.append(file)
    if checkpoint and checkpoint.size not in {0, *(each.seal.tree.end + 1 for each in files)}:
        raise ArchiveDamagedError(f"{folder / CHECKPOINT}: does not match the seals")
    if names[1:] and not files:
        raise unsealed_error(folder, names)
    return files


def link_faults(seal: Seal, previous: SealFile | None, origin: str, digest: str) -> Iterator[str]:
    """Return the members of a seal that contradict the previous seal or the header.

    Args:
        seal: The seal.
        previous: The previous seal.
        origin: The origin of the archive.
        digest: The hash of the header.
    """
    number, size, link = 0, 0, None
    if previous is not None:
        number, size, link = previous.seal.seq + 1, previous.seal.tree.end + 1, previous.link
    if seal.seq != number:
        yield f"seq: expected {number}, got {seal.seq}"
    if seal.origin != origin:
        yield f"origin: expected {origin!r}, got {seal.origin!r}"
    if seal.archive_sha256 != digest:
        yield "archive_sha256: does not match archive.json"
    if seal.prev != link:
        yield "prev: does not match the previous seal"
    if seal.tree.begin != size or seal.tree.end != size + seal.entries:
        yield f"tree: expected from {size} to {size + seal.entries}"


def sealed_path(folder: Path, file: StoredFile) -> Path:
    """Return the path of a sealed file.

    Raises:
        ArchiveDamagedError: If its name is not one of such a file.
    """
    if not _NAME.match(file.name):
        raise ArchiveDamagedError(f"{file.name}: not a valid name for a file of entries")
    return folder / file.name


def read_file(path: Path) -> bytes:
    """Return the contents of a file.

    Raises:
        ArchiveDamagedError: If the file is missing, or is a directory.
    """
    if not path.is_file():
        raise ArchiveDamagedError(f"{path}: the file is missing")
    return path.read_bytes()


def read_lines(folder: Path, file: StoredFile) -> list[bytes]:
    """Return the lines of a sealed file, after validating its hash and sizes.

    Raises:
        ArchiveDamagedError: If the file is missing or damaged.
    """
    path = sealed_path(folder, file)
    stored = read_file(path)
    if len(stored) != file.stored_bytes or sha256(stored) != file.sha256:
        raise ArchiveDamagedError(f"{path}: the file does not match its seal")
    try:
        return split_lines(decompress(stored, file.codec, file.bytes))
    except ValueError as error:
        raise ArchiveDamagedError(f"{path}: {error}") from None


def read_checkpoint(folder: Path) -> Checkpoint | None:
    """Return the checkpoint, or None before the first seal.

    Raises:
        ArchiveDamagedError: If the checkpoint is damaged.
    """
    path = folder / CHECKPOINT
    return parse_checkpoint(read_file(path), str(path)) if path.exists() else None


def read_open(folder: Path) -> tuple[list[bytes], bool]:
    """Return the unsealed lines, and whether the file is complete."""
    path = folder / OPEN
    members = [*open_members(path)]
    lines = [line for _, _, contents in members for line in contents]
    end = members[-1][1] if members else 0
    return lines, not path.exists() or path.stat().st_size == end


def open_members(path: Path) -> Iterator[tuple[int, int, list[bytes]]]:
    """Iterate over the complete gzip members of the open file: start, end and lines.

    Raises:
        ArchiveDamagedError: If it is a directory.
    """
    if not path.exists():
        return
    if not path.is_file():
        raise ArchiveDamagedError(f"{path}: not a file")
    with path.open("rb") as file:
        begin = 0
        while (member := _member(file, begin)) is not None:
            end, lines = member
            yield begin, end, lines
            begin = end


def read_member(path: Path, begin: int) -> list[bytes]:
    """Return the lines of a gzip member of the open file.

    Raises:
        ArchiveDamagedError: If the member is missing or incomplete.
    """
    with path.open("rb") as file:
        member = _member(file, begin)
    if member is None:
        raise ArchiveDamagedError(f"{path}: changed by another program")
    return member[1]


def _member(file: BinaryIO, begin: int) -> tuple[int, list[bytes]] | None:
    """Return the end and the lines of a gzip member; None if it is incomplete."""
    reader, parts = zlib.decompressobj(31), list[bytes]()
    file.seek(begin)
    while not reader.eof:
        chunk = file.read(_CHUNK)
        try:
            parts.append(reader.decompress(chunk))
        except zlib.error:
            return None
        if not chunk:
            return None
    lines = b"".join(parts).split(b"\n")
    return file.tell() - len(reader.unused_data), [line for line in lines if line]


def entry_files(folder: Path) -> list[str]:
    """Return the names of all files of entries, sealed or not.

    Other tools also read hidden files with such a name, and those in linked directories.
    """
    root = folder / "entries"
    paths = {*root.rglob("[!.]*"), *root.glob("*/*.jsonl.*[zt]")}
    return sorted(each.relative_to(folder).as_posix() for each in paths if each.is_file())


def unsealed_error(folder: Path, names: list[str]) -> ArchiveDamagedError:
    """Return the error for files of entries that no interrupted run leaves."""
    return ArchiveDamagedError(f"{folder}: files without seals: {len(names)}, such as {names[0]}")


def is_next(name: str, sealed: Collection[str]) -> bool:
    """Whether an interrupted run can have written the file before its seal."""
    folder, _, file = name.rpartition("/")
    numbers = {next_number(folder, sealed)}
    if not any(each.startswith(f"{folder}/") for each in sealed):
        numbers.add(0)
    return any(file.startswith(f"{number:03}.jsonl.") for number in numbers)


def next_number(folder: str, names: Iterable[str]) -> int:
    """Return the number of the next file of late or unplaced entries.

    Args:
        folder: The directory of the day.
        names: The names of the sealed files.
    """
    number = re.compile(rf"{re.escape(folder)}/(\d{{1,9}})\.", re.ASCII)
    numbers = [int(found[1]) + 1 for found in map(number.match, names) if found]
    return max([0 if folder.endswith("=unplaced") else 1, *numbers])
