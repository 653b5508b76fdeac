# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The Merkle tree of RFC 6962 over lines and seals.

A checkpoint is a C2SP tlog-checkpoint: the lines origin, size and root.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence

import msgspec

from .errors import ArchiveDamagedError

_CHECKPOINT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n")


def sha256(content: bytes) -> str:
    """Return the hash of a file in lowercase hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """An append-only tree: its size, and the roots of its complete subtrees.

    Attributes:
        size: The number of leaves.
        peaks: The roots of the complete subtrees, the largest first.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """Store the state of a tree."""
        self.size = size
        self.peaks = [*peaks]

    def extend(self, contents: Iterable[bytes]) -> None:
        """Append leaves."""
        hashed = hashlib.sha256
        nodes = [hashed(b"\x00" + content).digest() for content in contents]
        size, smaller = self.size, list[bytes]()
        self.size += len(nodes)
        while nodes:  # From the leaves up, completing the subtrees of the peaks.
            if size & 1:
                nodes.insert(0, self.peaks.pop())
            if len(nodes) & 1:
                smaller.append(nodes.pop())
            pairs = zip(nodes[::2], nodes[1::2], strict=True)
            nodes = [hashed(b"\x01" + left + right).digest() for left, right in pairs]
            size >>= 1
        self.peaks += reversed(smaller)

    def root(self) -> bytes:
        """Return the hash of the tree."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        *others, root = self.peaks
        for peak in reversed(others):
            root = node_hash(peak, root)
        return root

    def copy(self) -> Tree:
        """Return an independent copy."""
        return Tree(self.size, self.peaks)


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[list[bytes], bytes]:
    """Return the inclusion proof of a leaf, from the lowest hash up, and the root.

    Args:
        leaves: The hashes of all leaves.
        index: The number of the leaf, from 0.
    """
    level, path = [*leaves], list[bytes]()
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        pairs = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = [*pairs, *level[len(pairs) * 2 :]]
        index >>= 1
    return path, level[0]


class Checkpoint(msgspec.Struct, frozen=True):
    """The head of a tree.

    Attributes:
        origin: The archive that the tree belongs to.
        size: The number of leaves.
        root: The hash of the tree, as base64.
    """

    origin: str
    size: int
    root: str

    def to_text(self) -> str:
        """Return the three lines of the note."""
        return f"{self.origin}\n{self.size}\n{self.root}\n"


def checkpoint_of(tree: Tree, origin: str) -> Checkpoint:
    """Return the checkpoint of a tree."""
    return Checkpoint(origin, tree.size, base64.b64encode(tree.root()).decode())


def parse_checkpoint(content: bytes, name: str, *, is_note: bool = False) -> Checkpoint:
    """Parse a checkpoint. That of a note may be followed by further lines and signatures.

    Raises:
        ArchiveDamagedError: If the content is not a checkpoint.
    """
    find = _CHECKPOINT.match if is_note else _CHECKPOINT.fullmatch
    match = find(content.decode(errors="replace"))
    if match is None:
        message = f"{name}: not a checkpoint: expected three lines with origin, size, base64 root"
        raise ArchiveDamagedError(message)
    return Checkpoint(match[1], int(match[2]), match[3])
