"""Steps and output of the release commands."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from ..config import Config
from . import build, changelog, gate, project, proof, publish, rehearsal, target
from .failures import Exit
from .project import Project
from .target import Target
from .versions import parse

DIST = "dist"


def release_check(settings: Config) -> Exit:
    """Print whether the project can be released, and under which version."""
    found = gate.check(project.here(settings), _index_if_any())
    sys.stdout.write(found.report)
    return Exit.REFUSED if found.objections else Exit.OK


def draft_changelog(settings: Config) -> Exit:
    """Print a draft of the changelog entry for the next version."""
    found = gate.check(project.here(settings), _index_if_any())
    version = found.version
    if version is None or (found.right is not None and version < found.right):
        version = found.right or parse("0.1.0")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    sys.stdout.write(changelog.draft(str(version), today, found.changes))
    return Exit.OK


def build_all(settings: Config) -> Exit:
    """Build the wheel and the sdist into `dist/`."""
    _build(project.here(settings))
    return Exit.OK


def publish_all(settings: Config) -> Exit:
    """Check, build, upload missing files, and verify that the package can be installed."""
    here, to = project.here(settings), target.from_environment(os.environ)
    found = gate.check(here, to, published=True)
    if found.objections:
        sys.stdout.write(found.report)
        return Exit.REFUSED
    with TemporaryDirectory() as temporary:
        _publish(here, to, Path(temporary))
    return Exit.OK


def rehearse(settings: Config) -> Exit:
    """Publish to an index on loopback, install from it, and use the installed package."""
    here = project.here(settings)
    found = gate.check(here, None)
    for each in found.objections:
        print(f"would be refused: {each}")
    with TemporaryDirectory() as temporary, rehearsal.index(Path(temporary) / "index") as to:
        print(f"started a temporary index at {to.url}, with a password")
        python = _publish(here, to, Path(temporary))
        print("built again: ", end="")
        publish.confirm(to, here.name, build.build(here, here.folder / DIST))
        print("the same bytes, nothing to upload")
        if settings.consumer:
            printed = rehearsal.consume(python, here.folder / settings.consumer, Path(temporary))
            sys.stdout.write(printed)
    print("stopped the index")
    return Exit.OK


def _publish(here: Project, to: Target, folder: Path) -> Path:
    built = _build(here)
    files = publish.missing_files(to, here.name, built)
    for file in (built.sdist, built.wheel):
        if file in files:
            publish.upload(to, file)
            print(f"uploaded: {file.name}")
        else:
            print(f"already on the index, with the same bytes: {file.name}")
    publish.confirm(to, here.name, built)
    python = proof.prove(to, here.name, here.settings.package, built, folder)
    print(f"installed from the index and verified: {here.name} {built.version}")
    return python


def _build(here: Project) -> build.Built:
    built = build.build(here, here.folder / DIST)
    for name, checksum in built.checksums.items():
        print(f"{DIST}/{name}\n    --hash=sha256:{checksum}")
    return built


def _index_if_any() -> Target | None:
    return target.from_environment(os.environ) if os.environ.get("PUBLISH_URL") else None
