"""Local files that references name; remote files are never downloaded."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from .json_values import is_array, is_object


def is_remote(file: str) -> bool:
    """Whether the file part of a reference is a remote URL."""
    try:
        return bool(urlsplit(file).scheme) or file.startswith("//")
    except ValueError:
        return True


def local_file(file: str, beside: Path) -> Path | None:
    """Return the path that a reference names; None if it is not a valid path."""
    try:
        return (beside.parent / unquote(file)).resolve()
    except (ValueError, OSError, RuntimeError):  # The last for a loop of links.
        return None


def is_file(path: Path) -> bool:
    """Whether a path is an existing file."""
    try:
        return path.is_file()
    except OSError:  # The file system does not allow this name.
        return False


def referenced_files(node: object) -> set[str]:
    """Return the file parts of all references below a value."""
    files: set[str] = set()
    waiting = [node]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        if is_object(node):
            seen.add(id(node))
            reference = node.get("$ref")
            if isinstance(reference, str):
                file = reference.partition("#")[0]
                if file:
                    files.add(file)
            waiting.extend(node.values())
        elif is_array(node):
            seen.add(id(node))
            waiting.extend(node)
    return files
