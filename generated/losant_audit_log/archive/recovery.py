# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Recovery of an archive after an interrupted run."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from .errors import ArchiveDamagedError
from .files import remove_file, temporary_files, write_file
from .seals import SealFile
from .state import State
from .storage import (
    CHECKPOINT,
    entry_files,
    is_next,
    read_checkpoint,
    read_lines,
    read_seals,
    sealed_path,
    unsealed_error,
)
from .tree import Tree, checkpoint_of


def recover(folder: Path, origin: str, state: State) -> tuple[list[SealFile], Tree]:
    """Complete an interrupted run, and return the seals and the tree.

    An unsealed file of entries is removed; the next run reads its entries again.

    Raises:
        ArchiveDamagedError: If the archive is damaged.
    """
    for path in temporary_files(folder):
        remove_file(path)
    seals = read_seals(folder)
    for each in seals:
        _check_stored(folder, each)
    checkpoint = read_checkpoint(folder)
    sizes = [0, *(each.seal.tree.end + 1 for each in seals)]
    if (checkpoint.size if checkpoint else 0) not in sizes[-2:]:
        fault = "does not match the last seal" if checkpoint else "the checkpoint is missing"
        raise ArchiveDamagedError(f"{folder / CHECKPOINT}: {fault}")
    tree = _tree(folder, origin, seals, state)
    if checkpoint is None or checkpoint.size != tree.size:
        if seals:
            write_file(folder / CHECKPOINT, checkpoint_of(tree, origin).to_text().encode())
    elif checkpoint != checkpoint_of(tree, origin):
        raise ArchiveDamagedError(f"{folder / CHECKPOINT}: does not match the sealed entries")
    sealed = {each.seal.file.name for each in seals if each.seal.file}
    unsealed = [name for name in entry_files(folder) if name not in sealed]
    if unsealed[1:] or not all(is_next(name, sealed) for name in unsealed):
        raise unsealed_error(folder, unsealed)
    for name in unsealed:
        remove_file(folder / name)
    return seals, tree


def _check_stored(folder: Path, file: SealFile) -> None:
    stored = file.seal.file
    if stored is not None:
        path = sealed_path(folder, stored)
        if not path.is_file() or path.stat().st_size != stored.stored_bytes:
            raise ArchiveDamagedError(f"{path}: missing, or does not match its seal")


def _tree(folder: Path, origin: str, seals: list[SealFile], state: State) -> Tree:
    """Return the tree, extended from the state if possible, else computed from all files."""
    begun = {0, *(each.seal.tree.end + 1 for each in seals)}
    saved = state.tree()
    if saved is not None and saved.size in begun:
        with suppress(ArchiveDamagedError):
            tree, checkpoint = _grow(folder, seals, saved), read_checkpoint(folder)
            is_behind = checkpoint is None or checkpoint.size != tree.size
            if is_behind or checkpoint == checkpoint_of(tree, origin):
                return tree
    return _grow(folder, seals, Tree())


def _grow(folder: Path, seals: list[SealFile], tree: Tree) -> Tree:
    for file in seals:
        seal = file.seal
        if seal.tree.begin < tree.size:
            continue
        tree.extend(read_lines(folder, seal.file) if seal.file else ())
        if tree.size != seal.tree.end or checkpoint_of(tree, "").root != seal.tree.root:
            raise ArchiveDamagedError(
                f"{folder}: the root in seal {seal.seq} does not match its entries"
            )
        tree.extend([file.content])
    return tree
