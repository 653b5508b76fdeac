# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The header of an archive: `archive.json`, which never changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from .codecs import SUFFIXES
from .errors import ArchiveDamagedError, ArchiveError

FORMAT = 1
NAME = "archive.json"


class Item(msgspec.Struct, frozen=True):
    """The JSON Pointers of the id and the time of an entry."""

    id: str
    time: str


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The log that an archive is of. Readers ignore further members.

    Attributes:
        format: The version of the format.
        origin: The name of the archive: command, operation and path arguments.
        operation: The operationId of the list.
        arguments: The path arguments by their names in the document.
        item: Where the id and the time of an entry are.
        window: The parameters for the time span, and the retention that the document states.
        codec: The compression of sealed files.
        base_url: The service that the first run read.
        created: When the first run began.
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
        """Return the content of the file."""
        return f"{json.dumps(msgspec.to_builtins(self), indent=2)}\n".encode()


def parse_header(content: bytes, path: Path) -> Header:
    """Parse the header of an archive.

    Raises:
        ArchiveDamagedError: If it is not a header.
        ArchiveError: If it has a newer format.
    """
    try:
        version = msgspec.json.decode(content, type=_Version).format
        if version > FORMAT:
            raise ArchiveError(
                f"{path}: an archive of format {version}; this program reads format {FORMAT}, "
                f"install one that reads format {version}"
            )
        header = msgspec.json.decode(content, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise ArchiveDamagedError(f"{path}: not the header of an archive: {error}") from None
    if header.codec not in SUFFIXES:
        raise ArchiveDamagedError(f"{path}: unknown codec {header.codec!r}")
    return header


def folder_name(arguments: list[str]) -> str:
    """Return the name of the folder of an archive among others."""
    return ",".join(quote(each, safe="").replace(".", "%2E") for each in arguments) or "_"


def origin_of(command: str, operation: str, arguments: list[str]) -> str:
    """Return the name of an archive."""
    return "/".join([command, operation, *(quote(each, safe="") for each in arguments)])


class _Version(msgspec.Struct):
    format: int
