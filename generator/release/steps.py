"""Steps and output of the release commands."""

from __future__ import annotations

import datetime as dt
import os
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ..diff.sources import of_document
from ..git import GitError
from . import (
    build,
    changelog,
    gate,
    index,
    project,
    proof,
    publish,
    rehearsal,
    statement,
    target,
)
from .failures import Exit
from .project import Project
from .target import Target
from .versions import Version, parse

DIST = "dist"


def release_check() -> Exit:
    """Print whether the project can be released, and under which version."""
    found = gate.check(project.here(), _index_if_any())
    sys.stdout.write(found.report)
    return Exit.NOT_READY if found.objections else Exit.OK


def draft_changelog() -> Exit:
    """Print a draft of the changelog entry for the next version."""
    here = project.here()
    found = gate.check(here, _index_if_any())
    version = found.version
    if version is None or (found.right is not None and version < found.right):
        version = found.right or parse("0.1.0")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    if found.last or project.tags(here):
        sys.stdout.write(changelog.draft(str(version), today, found.changes))
    else:
        plan = of_document(here.settings.spec, here.spec, here.settings, here.overlays).plan
        sys.stdout.write(changelog.first_draft(str(version), today, plan))
    return Exit.OK


def build_all() -> Exit:
    """Build the wheel and the sdist into `dist/`, and write their statement."""
    here, key = project.here(), statement.signing_key(os.environ)
    commit = _commit(here)
    _state(here, _build(here), commit, key)
    return Exit.OK


def publish_all(*, untagged: bool = False) -> Exit:
    """Check, build, upload missing files, and verify that the package can be installed.

    Args:
        untagged: Whether the commit needs no tag.
    """
    here, to = project.here(), target.from_environment(os.environ)
    key = statement.signing_key(os.environ)
    found = gate.check(here, to, published=True, tagged_only=not untagged)
    found = replace(found, objections=(*found.objections, *_left_over(here, found.version)))
    if found.objections:
        sys.stdout.write(found.report)
        return Exit.NOT_READY
    index.require_list(to, here.name)
    with TemporaryDirectory() as temporary:
        commit, built = _commit(here), _build(here)
        _state(here, built, commit, key)
        _publish(here, to, built, Path(temporary))
    return Exit.OK


def rehearse() -> Exit:
    """Publish to an index on loopback, install from it, and use the installed package."""
    here = project.here()
    found = gate.check(here, None)
    for each in found.objections:
        print(f"would be rejected: {each}")
    with TemporaryDirectory() as temporary, rehearsal.index(Path(temporary) / "index") as to:
        print(f"started a temporary index at {to.url}, with a password")
        built = _build(here)
        python = _publish(here, to, built, Path(temporary))
        print("built again: ", end="")
        publish.confirm(to, here.name, build.build(here, here.folder / DIST))
        print("the same bytes, nothing to upload")
        if here.settings.consumer:
            program = here.folder / here.settings.consumer
            printed = rehearsal.consume(python, program, Path(temporary))
            sys.stdout.write(printed)
    print("stopped the index")
    return Exit.OK


def _publish(here: Project, to: Target, built: build.Built, folder: Path) -> Path:
    files = publish.missing_files(to, here.name, built)
    for file in (built.sdist, built.wheel):
        if file in files:
            publish.upload(to, file)
            print(f"uploaded: {file.name}")
        else:
            print(f"already on the index, with the same bytes: {file.name}")
    publish.confirm(to, here.name, built)
    python = proof.verify_installation(to, here.name, here.settings.package, built, folder)
    print(f"installed from the index and verified: {here.name} {built.version}")
    return python


def _build(here: Project) -> build.Built:
    built = build.build(here, here.folder / DIST)
    for name, checksum in built.checksums.items():
        print(f"{DIST}/{name}\n    --hash=sha256:{checksum}")
    return built


def _left_over(here: Project, version: Version | None) -> list[str]:
    """Return an objection if `dist/` has files that the build will not make."""
    names = sorted(each.name for each in (here.folder / DIST).glob("*"))
    others = [each for each in names if index.version_of(each, here.name) != version]
    more = " ..." if others[3:] else ""
    listed = f"{', '.join(others[:3])}{more}"
    return [f"{DIST}/ has files of another build: {listed}; remove them"] if others else []


def _commit(here: Project) -> str:
    """Return the commit that the files of the project are; empty if they are of none."""
    try:
        return "" if project.uncommitted_files(here) else project.commit(here)
    except GitError:
        return ""


def _state(here: Project, built: build.Built, commit: str, key: Path | None) -> None:
    """Write the statement of a build of a commit."""
    folder = here.folder / statement.FOLDER
    if not commit:
        statement.remove(folder)
        print("no statement of the build: it is of no commit")
        return
    for path in statement.write(built, here.settings.package, commit, folder, key):
        print(f"{statement.FOLDER}/{path.name}")


def _index_if_any() -> Target | None:
    return target.from_environment(os.environ) if os.environ.get("PUBLISH_URL") else None
