"""The manifest of a package: hashes of inputs and files, and versions.

It depends only on the inputs: it has no time, path, platform or Python version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ..document.json_values import JsonObject, is_object, object_at, text_at

NAME = "manifest.json"
_FORMAT = 1
_TOOLS = ("datamodel-code-generator", "jinja2", "openapi-python-client", "ruff")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of a manifest that the generator reads.

    Attributes:
        files: The SHA-256 of each file, by its path in the package.
        tools: The version of each tool that determines the output.
        document: The file name of the document; empty if it is not known.
        package: The import name of the package; empty if it is not known.
    """

    files: dict[str, str]
    tools: dict[str, str]
    document: str = ""
    package: str = ""


def build(
    files: Mapping[str, bytes], *, document: str, package: str, templates: Path, runtime: Path
) -> bytes:
    """Return the manifest of a package as JSON.

    Args:
        files: The files of the package, including the document.
        document: The file name of the document.
        package: The import name of the package.
        templates: The directory of the templates.
        runtime: The directory of the run time.
    """
    content: JsonObject = {
        "manifest": _FORMAT,
        "package": package,
        "document": {"file": document, "sha256": digest(files[document])},
        "configuration": {"sha256": digest(json.dumps({"package": package}).encode())},
        "templates": {"sha256": _folder_digest(templates)},
        "runtime": {"sha256": _folder_digest(runtime)},
        "tools": tools(),
        "files": {path: digest(files[path]) for path in sorted(files)},
    }
    return f"{json.dumps(content, indent=2, sort_keys=True)}\n".encode()


def build_plain(files: Mapping[str, bytes], package: str) -> bytes:
    """Return the manifest of files beside a package as JSON."""
    content: JsonObject = {
        "manifest": _FORMAT,
        "package": package,
        "tools": tools(),
        "files": {path: digest(files[path]) for path in sorted(files)},
    }
    return f"{json.dumps(content, indent=2, sort_keys=True)}\n".encode()


def read(content: bytes | None) -> Manifest | None:
    """Parse a manifest; return None if it is missing or malformed."""
    try:
        data = json.loads(content or b"")
    except ValueError:
        return None
    if not is_object(data):
        return None
    return Manifest(
        files={path: str(value) for path, value in object_at(data, "files").items()},
        tools={name: str(value) for name, value in object_at(data, "tools").items()},
        document=text_at(object_at(data, "document"), "file"),
        package=text_at(data, "package"),
    )


def tools() -> dict[str, str]:
    """Return the versions of the tools that determine the output."""
    return {name: version(name) for name in _TOOLS}


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@cache
def _folder_digest(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of all files in a directory, read once."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".jinja"}:
            whole.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            whole.update(digest(path.read_bytes()).encode())
    return whole.hexdigest()
