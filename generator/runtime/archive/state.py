"""The state of an archive: the walk's position, and complete subtrees."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Any

import msgspec

from .tree import Tree

NAME = "state.json"


class Change(msgspec.Struct, frozen=True):
    """An entry that came again with other bytes, and their hash."""

    id: str
    sha256: str


class State(msgspec.Struct, kw_only=True):
    """The data that the next run needs besides the sealed files. Times are in milliseconds.

    Attributes:
        first: Where the archive begins; None before the first entry.
        read_until: Where the last finished reading ended.
        began: Where an unfinished reading began.
        position: Up to where it came.
        held: The number of entries in the open file that no seal has; there may be more.
        unplaced: The time before the first entry without id or time that no seal lists.
        changed: The changed entries that no seal lists yet.
        reflowed: The unsealed entries that had line breaks, by id or hash.
        undecodable: The unsealed entries that do not match the document, by id or hash.
        size: The number of leaves of the tree.
        peaks: The roots of its complete subtrees, as base64.
        run: When the last run ended, and its exit code.
    """

    first: int | None = None
    read_until: int | None = None
    began: int | None = None
    position: int | None = None
    held: int = 0
    unplaced: int | None = None
    changed: list[Change] = []
    reflowed: list[str] = []
    undecodable: list[str] = []
    size: int = 0
    peaks: list[str] = []
    run: dict[str, Any] = {}

    def tree(self) -> Tree | None:
        """Return the tree, or None if the state does not contain one."""
        try:
            peaks = [base64.b64decode(each, validate=True) for each in self.peaks]
        except binascii.Error:
            return None
        return Tree(self.size, peaks) if len(peaks) == self.size.bit_count() else None

    def set_tree(self, tree: Tree) -> None:
        """Store the tree."""
        self.size = tree.size
        self.peaks = [base64.b64encode(each).decode() for each in tree.peaks]


def read_state(folder: Path) -> State | None:
    """Return the state of an archive; None if the file is missing or damaged."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=State)
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        return None
