"""Checkpoints: origin, size and root of the tree, as a C2SP tlog-checkpoint."""

from __future__ import annotations

import base64
import binascii

import msgspec

from .errors import ArchiveDamagedError
from .seals import encode_root
from .tree import Tree


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
    return Checkpoint(origin, tree.size, encode_root(tree.root()))


def parse_checkpoint(content: bytes, name: str) -> Checkpoint:
    """Parse a checkpoint, which may have further lines and signatures.

    Raises:
        ArchiveDamagedError: If it is not one.
    """
    try:
        origin, size, root = content.decode().split("\n\n")[0].split("\n")[:3]
        if (
            not size.isascii()
            or str(int(size)) != size
            or len(base64.b64decode(root, validate=True)) != 32
        ):
            raise ValueError
    except (ValueError, binascii.Error):
        message = f"{name}: not a checkpoint: expected the lines origin, size and base64 root"
        raise ArchiveDamagedError(message) from None
    return Checkpoint(origin, int(size), root)
