"""Statement of a release: the commit and the inputs of its files.

The format is in-toto's, with the predicate of SLSA; `ssh-keygen` signs it. It has no time, so that
one commit has one statement.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZipFile

from .. import __version__
from ..config import DISTRIBUTION
from ..document.json_values import JsonObject, object_at, text_at
from ..output import manifest
from .build import Built
from .failures import Exit, ReleaseError

FOLDER = "dist-statement"
SUFFIX = ".intoto.json"
SIGNATURE = ".sig"
NAMESPACE = "in-toto"
TYPE = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"


def signing_key(environment: Mapping[str, str]) -> Path | None:
    """Return the key that `RELEASE_SIGNING_KEY` names, or None.

    Raises:
        ReleaseError: If there is no such file.
    """
    name = environment.get("RELEASE_SIGNING_KEY", "")
    if name and not Path(name).is_file():
        raise ReleaseError(Exit.PROBLEM, f"RELEASE_SIGNING_KEY {name}: file not found")
    return Path(name).resolve() if name else None


def write(built: Built, package: str, commit: str, folder: Path, key: Path | None) -> list[Path]:
    """Write the statement of a release, and its signature.

    Args:
        built: The distributions.
        package: The import name of the package.
        commit: The commit that they were built from.
        folder: The folder for the files; its contents are replaced.
        key: The key of the signature, or None for a statement without one.

    Returns:
        The files.

    Raises:
        ReleaseError: If the statement cannot be signed.
    """
    remove(folder)
    folder.mkdir(parents=True)
    (folder / ".gitignore").write_text("*\n", "utf-8")
    path = folder / f"{built.wheel.name.partition('-py')[0]}{SUFFIX}"
    path.write_bytes(statement(built, package, commit))
    if key is None:
        return [path]
    signing = ["-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(path)]
    try:
        run(signing, "the statement is not signed", code=Exit.PROBLEM)
    except ReleaseError:
        remove(folder)
        raise
    return [path, path.with_name(path.name + SIGNATURE)]


def remove(folder: Path) -> None:
    """Remove the statement of an earlier build."""
    shutil.rmtree(folder, ignore_errors=True)


def statement(built: Built, package: str, commit: str) -> bytes:
    """Return the statement of a release as JSON."""
    builder = f"pkg:pypi/{DISTRIBUTION}@{__version__}"
    content: JsonObject = {
        "_type": TYPE,
        "subject": [
            {"name": name, "digest": {"sha256": checksum}}
            for name, checksum in built.checksums.items()
        ],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": builder,
                "externalParameters": {"package": package, "version": built.version},
                "resolvedDependencies": [
                    {"name": "commit", "digest": {"gitCommit": commit}},
                    *(
                        {"name": name, "digest": {"sha256": manifest.digest(content)}}
                        for name, content in _inputs(built.wheel, package)
                    ),
                ],
            },
            "runDetails": {"builder": {"id": builder}},
        },
    }
    return f"{json.dumps(content, indent=2)}\n".encode()


def _inputs(wheel: Path, package: str) -> Iterable[tuple[str, bytes]]:
    """Iterate over the document, the manifest and the bills of materials in a wheel."""
    with ZipFile(wheel) as archive:
        listed = f"{package}/{manifest.NAME}"
        content = archive.read(listed)
        document = text_at(object_at(json.loads(content), "document"), "file")
        yield f"{package}/{document}", archive.read(f"{package}/{document}")
        yield listed, content
        for name in sorted(archive.namelist()):
            if ".dist-info/sboms/" in name:
                yield name, archive.read(name)


def run(
    arguments: list[str], failed: str, content: bytes = b"", code: Exit = Exit.NOT_READY
) -> str:
    """Run `ssh-keygen` and return its output.

    Args:
        arguments: Its arguments.
        failed: The prefix of error messages.
        content: Its standard input.
        code: The exit code of an error.

    Raises:
        ReleaseError: If it is not installed, or fails.
    """
    program = shutil.which("ssh-keygen")
    if program is None:
        raise ReleaseError(Exit.PROBLEM, f"{failed}: ssh-keygen is not installed")
    done = subprocess.run(
        [program, *arguments],
        input=content,
        env={**os.environ, "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    output = done.stdout.decode("utf-8", errors="replace").strip()
    if done.returncode:
        reason = (output.splitlines() or ["no error output"])[-1]
        raise ReleaseError(code, f"{failed}: {reason}")
    return output
