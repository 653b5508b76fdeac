"""Base URIs (`$self`), and the files that references name by them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urljoin

from .json_values import is_object
from .local_files import is_file, is_remote, local_file

Bases: TypeAlias = tuple[tuple[str, Path], ...]
"""The base URIs of files that state one."""

_SUFFIXES = ("", ".yaml", ".yml", ".json")
_SEARCHED = 1_000  # files of a folder
_HEAD = 1 << 14  # bytes of a file in which `$self` is looked for
_STATED = re.compile(rb"""^[\s{,]*["']?\$self["']?\s*:\s*["']?([^\s"',}]+)""", re.MULTILINE)


def own_base(data: Any, path: Path) -> str:
    """Return the base URI that a file states as `$self`; empty if it states none."""
    stated = data.get("$self") if is_object(data) else None
    if not isinstance(stated, str) or not stated.partition("#")[0]:
        return ""
    return _absolute(path.as_uri(), stated.partition("#")[0])


def candidates(file: str, path: Path, bases: Bases) -> Iterator[Path]:
    """Iterate over the paths that the file part of a reference may name, the best one first.

    Args:
        file: The file part of the reference.
        path: The file that contains the reference.
        bases: The base URIs of all files that state one.
    """
    base = next((uri for uri, each in bases if each == path), "")
    target = _absolute(base or path.as_uri(), file) if bases else ""
    yield from (each for uri, each in bases if uri == target)
    owner_first = sorted(bases, key=lambda each: each[1] != path)
    for uri, owner in owner_first:
        folder = _absolute(uri, ".")
        if folder.endswith("/") and target.startswith(folder):
            yield from _paths(target.removeprefix(folder), owner)
    if not is_remote(file):
        yield from _paths(file, path, ("",))


def find_file(file: str, path: Path, bases: Bases, known: Iterable[Path]) -> Path | None:
    """Return the known file that a reference names; None if it names none of them."""
    return next((each for each in candidates(file, path, bases) if each in known), None)


def _paths(file: str, beside: Path, suffixes: tuple[str, ...] = _SUFFIXES) -> Iterator[Path]:
    for suffix in suffixes:
        found = local_file(f"{file}{suffix}", beside)
        if found is not None:
            yield found


def existing_file(
    file: str, path: Path, bases: Bases, folder: Path, stated: Callable[[], Bases]
) -> Path | None:
    """Return the file of a folder that a reference names, or None.

    Args:
        file: The file part of the reference.
        path: The file that contains the reference.
        bases: The base URIs of the files that were read and state one.
        folder: The folder.
        stated: Returns the base URIs of all its files, one of which the reference may name.
    """
    for each in candidates(file, path, bases):
        if each.is_relative_to(folder) and is_file(each):
            return each
    base = next((uri for uri, each in bases if each == path), "")
    target = _absolute(base, file) if base else ""
    return next((each for uri, each in stated() if uri == target), None) if base else None


def stated_bases(folder: Path) -> Iterator[tuple[str, Path]]:
    """Iterate over the base URIs that the files of a folder state near their beginning."""
    for path in islice(_files(folder), _SEARCHED):
        try:
            with path.open("rb") as file:
                found = _STATED.search(file.read(_HEAD))
        except OSError:
            continue
        if found is not None:
            stated = found[1].partition(b"#")[0].decode("utf-8", "replace")
            yield _absolute(path.as_uri(), stated), path


def _files(folder: Path) -> Iterator[Path]:
    """Iterate over the YAML and JSON files of a folder, without hidden and installed ones."""
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and each != "node_modules"
        )
        yield from (Path(directory, each) for each in sorted(names) if each.endswith(_SUFFIXES[1:]))


def _absolute(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return ""
