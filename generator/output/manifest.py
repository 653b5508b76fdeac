"""The manifest of a package: what it was made from, and what is in each of its files.

It depends on nothing but the inputs: no time, place, platform or Python version is in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from generator.document.json_values import JsonObject, is_object, object_at

NAME = "manifest.json"
_FORMAT = 1
_TOOLS = ("datamodel-code-generator", "jinja2", "openapi-python-client", "ruff")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says.

    Attributes:
        files: The SHA-256 of each file, by its path inside the package.
        tools: The version of each tool that decides what is written.
    """

    files: dict[str, str]
    tools: dict[str, str]


def build(
    files: Mapping[str, bytes], *, document: str, package: str, templates: Path, runtime: Path
) -> bytes:
    """Write the manifest of a package.

    Args:
        files: The package's files, the document among them.
        document: The document's file name.
        package: The package's import name.
        templates: The folder of the templates.
        runtime: The folder of the run time.
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


def read(content: bytes | None) -> Manifest | None:
    """Read a manifest; None if there is none or it is none."""
    try:
        data = json.loads(content or b"")
    except ValueError:
        return None
    if not is_object(data):
        return None
    return Manifest(
        files={path: str(value) for path, value in object_at(data, "files").items()},
        tools={name: str(value) for name, value in object_at(data, "tools").items()},
    )


def tools() -> dict[str, str]:
    """Give the versions of the tools that decide what is written."""
    return {name: version(name) for name in _TOOLS}


def digest(content: bytes) -> str:
    """Give the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def _folder_digest(folder: Path) -> str:
    """Give one SHA-256 for the names and contents of a folder's files."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".jinja"}:
            whole.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            whole.update(digest(path.read_bytes()).encode())
    return whole.hexdigest()
