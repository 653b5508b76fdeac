"""The header of an archive: `archive.json`, which never changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from .codecs import SUFFIXES
from .errors import ArchiveDamagedError, check_version

FORMAT = 1
NAME = "archive.json"


class Item(msgspec.Struct, frozen=True):
    """The JSON Pointers of the id and the timestamp of an entry."""

    id: str
    time: str


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The source of an archive. Readers ignore unknown members.

    Attributes:
        format: The version of the format.
        origin: The name of the archive: command, operation and path arguments.
        operation: The operationId of the list.
        arguments: The path arguments by their names in the document.
        item: The locations of the id and the timestamp in an entry.
        window: The parameters of the time span, and the documented retention period.
        codec: The compression of sealed files.
        base_url: The base URL of the first run.
        created: The time of the first run.
    """

    format: int
    origin: str
    operation: str
    arguments: dict[str, str]
    item: Item
    window: dict[str, Any]
    codec: str
    base_url: str
    created: str

    def to_bytes(self) -> bytes:
        """Return the contents of the file."""
        return f"{json.dumps(msgspec.to_builtins(self), indent=2)}\n".encode()


def parse_header(content: bytes, path: Path) -> Header:
    """Parse the header of an archive.

    Raises:
        ArchiveDamagedError: If it is not a header.
        ArchiveError: If it has a newer format.
    """
    try:
        version = msgspec.json.decode(content, type=_Version).format
        check_version(f"{path}: unsupported format", version, FORMAT)
        header = msgspec.json.decode(content, type=Header)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ArchiveDamagedError(f"{path}: not a valid header: {error}") from None
    if header.codec not in SUFFIXES:
        raise ArchiveDamagedError(f"{path}: unknown codec {header.codec!r}")
    return header


def folder_name(arguments: list[str]) -> str:
    """Return the directory name of an archive among several."""
    return ",".join(quote(each, safe="").replace(".", "%2E") for each in arguments) or "_"


def origin_of(command: str, operation: str, arguments: list[str]) -> str:
    """Return the name of an archive."""
    return "/".join([command, operation, *(quote(each, safe="") for each in arguments)])


class _Version(msgspec.Struct):
    format: int
