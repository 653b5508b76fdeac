"""The gate: whether this may be released, under this version, and under which it might be."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from generator import output, pipeline
from generator.diff.change import Change
from generator.diff.comparison import compare, impact
from generator.diff.report import summary
from generator.diff.side import Side
from generator.diff.sources import of_document, side
from generator.document import load
from generator.release import changelog, index
from generator.release.failures import Exit, ReleaseError
from generator.release.project import Project, is_here, tags, uncommitted
from generator.release.target import Target
from generator.release.versions import Version, parse


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate found.

    Attributes:
        version: The version that the document says; None if it is none.
        last: The last release before it, such as `v1.2.0`; empty if there is none.
        changes: What changed since then.
        right: The least version that may follow; None if any may.
        objections: Why it may not be released; empty if it may.
    """

    version: Version | None
    last: str
    changes: tuple[Change, ...]
    right: Version | None
    objections: tuple[str, ...]

    @property
    def report(self) -> str:
        """What was found, in lines."""
        told = [f"version: {self.version}", f"last release: {self.last or 'none'}"]
        if self.last:
            told.append(f"since then: {summary(self.changes)}")
        if self.right is not None:
            told.append(f"right version: {self.right}, or a higher step")
        told += [f"refused: {each}" for each in self.objections]
        return "\n".join([*told, "" if self.objections else "ready to be released\n"])


def check(project: Project, target: Target | None, *, published: bool = False) -> Gate:
    """Hold a project against everything that a release needs.

    Args:
        project: The project.
        target: The index that it is to go to, or None to ask git alone.
        published: Whether the version may be on the index already. `publish` then compares bytes.

    Raises:
        DocumentError: If the document cannot be used.
        GitError: If git does not answer.
        ReleaseError: If the index does not answer.
    """
    document = load(project.spec)
    pipeline.check_document(document, strict=project.settings.strict)
    new = of_document(project.settings.spec, project.spec, project.settings.package)
    text = new.plan.service.version
    version = parse(text)
    objections: list[str] = []
    if version is None:
        objections.append(f"version {text} in {project.settings.spec} is not of the form 1.2.3")
    if output.compare(output.read_package(project.package).files, new.files):
        folder = project.settings.output
        objections.append(f"{folder}/ is not what the document makes: make generate")
    dirty = uncommitted(project)
    if dirty:
        more = f" and {len(dirty) - 3} more" if len(dirty) > 3 else ""
        objections.append(f"not committed: {', '.join(dirty[:3])}{more}")
    listed = index.files(target, project.name) if target else ()
    on_index = index.versions(listed, project.name)
    tagged = tags(project)
    if version in tagged and not dirty and is_here(project, tagged[version]):
        del tagged[version]  # It is this very release.
    if version in tagged:
        objections.append(f"version {version} exists already: {tagged[version]} is something else")
    if version in on_index and not published:
        objections.append(f"version {version} exists already: the index has it")
    objections += _changelog(project, version)
    last, right = "", None
    changes: tuple[Change, ...] = ()
    found = _last(version, tagged, on_index)
    if found is not None:
        with _released(project, target, found, tagged, on_index) as old:
            changes = compare(old, new)
            last, right = old.name, found.after(impact(changes))
        objections += _step(version, found, right, changes)
    return Gate(version, last, changes, right, tuple(objections))


def _changelog(project: Project, version: Version | None) -> list[str]:
    if version is None:
        return []
    try:
        lacks = changelog.missing(project.changelog.read_text("utf-8"), str(version))
    except OSError:
        lacks = "there is none"
    return [f"{project.changelog.name}: {lacks}"] if lacks else []


def _last(
    version: Version | None,
    tagged: dict[Version, str],
    on_index: dict[Version, list[index.IndexFile]],
) -> Version | None:
    """Find the release that this one follows: the newest that is older.

    A tag of its own version elsewhere is the last release, too: then the version was not moved. On
    the index its own version may be this very release, whole or in part.
    """
    before = {*tagged, *(each for each in on_index if each != version)}
    return max((each for each in before if version is None or each <= version), default=None)


@contextmanager
def _released(
    project: Project,
    target: Target | None,
    version: Version,
    tagged: dict[Version, str],
    on_index: dict[Version, list[index.IndexFile]],
) -> Generator[Side, None, None]:
    """Read a release: from git, or from its wheel, which has the document in it."""
    if version in tagged:
        with side(tagged[version], project.settings) as found:
            yield found
        return
    wheels = [each for each in on_index[version] if each.name.endswith(".whl")]
    if not wheels or target is None:
        raise ReleaseError(Exit.PROBLEM, f"the index has no wheel of {version} to compare with")
    with TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        try:
            with ZipFile(BytesIO(index.content(target, wheels[0]))) as wheel:
                wheel.extractall(folder)
        except BadZipFile:
            raise ReleaseError(Exit.PROBLEM, f"{wheels[0].name} on the index is broken") from None
        files = output.read_package(folder / project.settings.package).files
        document = folder / project.settings.package / Path(project.settings.spec).name
        name = f"{project.name} {version}"
        yield of_document(name, document, project.settings.package, folder, files)


def _step(
    version: Version | None, last: Version, right: Version, changes: tuple[Change, ...]
) -> list[str]:
    """Tell whether a version is the right step after the last."""
    if version is None or version == last:
        return [f"{last} is released: the right version is {right}"]
    if version < right:
        worst = next(iter(changes), None)
        why = f": {worst.subject}: {worst.message}" if worst else ""
        return [
            f"{version} is too low for {impact(changes)} changes; the right version is {right}{why}"
        ]
    if version not in last.successors:
        steps = ", ".join(str(each) for each in last.successors if each >= right)
        return [f"{version} skips versions: after {last} comes {steps}"]
    return []
