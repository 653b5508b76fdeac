"""Release gate: whether the project can be released under its version."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from packaging.version import Version as PublicVersion

from .. import git, output, pipeline
from ..config import command
from ..diff.change import Change
from ..diff.comparison import compare, impact
from ..diff.report import summary
from ..diff.side import Side
from ..diff.sources import of_document, side
from ..overlay import load
from . import changelog, index
from .failures import Exit, ReleaseError
from .project import Project, is_here, tags, uncommitted_files
from .target import Target
from .versions import Version, parse


@dataclass(frozen=True, slots=True)
class Gate:
    """The result of the gate.

    Attributes:
        version: The version in the document; None if it is malformed.
        last: The last release before it, for example `v1.2.0`; may be empty.
        changes: The changes since the last release.
        right: The lowest version that may follow; None without a last release.
        objections: The reasons against a release; empty if the project is ready.
    """

    version: Version | None
    last: str
    changes: tuple[Change, ...]
    right: Version | None
    objections: tuple[str, ...]

    @property
    def report(self) -> str:
        """The result as lines of text."""
        lines = [f"version: {self.version}", f"last release: {self.last or 'none'}"]
        if self.last:
            lines.append(f"since then: {summary(self.changes)}")
        if self.right is not None:
            lines.append(f"required version: {self.right}, or a higher step")
        lines += [f"rejected: {each}" for each in self.objections]
        return "\n".join([*lines, "" if self.objections else "ready to be released\n"])


def check(
    project: Project, target: Target | None, *, published: bool = False, tagged_only: bool = False
) -> Gate:
    """Check everything that a release requires.

    Args:
        project: The project.
        target: The index to publish to, or None to compare with git tags only.
        published: Whether the version may be on the index already; `publish` then compares bytes.
        tagged_only: Whether the commit must have the tag of the version.

    Raises:
        DocumentError: If the document cannot be used.
        GitError: If git fails.
        ReleaseError: If the index does not respond.
    """
    document = load(project.spec, project.overlays)
    pipeline.check_document(document, strict=project.settings.strict)
    new = of_document(project.settings.spec, project.spec, project.settings, project.overlays)
    text = new.plan.service.version
    version = parse(text)
    objections: list[str] = []
    if version is None:
        objections.append(f"version {text} in {project.settings.spec} must have the form 1.2.3")
    if output.compare(output.read_package(project.package).files, new.files):
        folder = project.settings.output
        objections.append(f"{folder}/ differs from the document: run `{command('generate')}`")
    dirty = uncommitted_files(project)
    if dirty:
        more = f" and {len(dirty) - 3} more" if len(dirty) > 3 else ""
        objections.append(f"not committed: {', '.join(dirty[:3])}{more}: commit or remove them")
    listed = index.files(target, project.name) if target else ()
    on_index = index.versions(listed, project.name)
    tagged = tags(project)
    if version in tagged and not dirty and is_here(project, tagged[version]):
        del tagged[version]  # The tag is on the commit of this release.
    elif tagged_only and version is not None and version not in tagged:
        objections.append(f"the commit has no tag v{version}: tag it, or use --untagged")
    if version in tagged:
        tag = tagged[version]
        objections.append(f"version {version} already exists: {tag} is another commit: increase it")
    objections += _on_index(
        version, on_index, index.newest(listed, project.name), published=published
    )
    objections += _changelog(project, version)
    last, right = "", None
    changes: tuple[Change, ...] = ()
    found = _last(version, tagged, on_index)
    if (target is None or found is None) and git.lacks_tags(project.folder):
        objections.append(
            "the clone may lack tags, so the last release is unknown: run "
            "`git fetch --tags --unshallow`, or set the index to compare with"
        )
    if found is not None:
        with _released_side(project, target, found, tagged, on_index) as old:
            changes = compare(old, new)
            last, right = old.name, found.after(impact(changes))
        objections += _step(version, found, right, changes)
    return Gate(version, last, changes, right, tuple(objections))


def _on_index(
    version: Version | None,
    on_index: dict[Version, list[index.IndexFile]],
    newest: PublicVersion | None,
    *,
    published: bool,
) -> list[str]:
    """Return objections if the index has a version already, or a later one."""
    if version is None or newest is None:
        return []
    if version in on_index and not published:
        return [f"version {version} already exists: the index has it: increase it"]
    if PublicVersion(str(version)) < newest:
        lower = f"version {version} is lower than {newest}, the newest on the index: increase it"
        other = "publish maintenance releases of older versions to a separate index (PUBLISH_URL)"
        return [f"{lower}, or {other}"]
    return []


def _changelog(project: Project, version: Version | None) -> list[str]:
    if version is None:
        return []
    try:
        lacks = changelog.missing_part(project.changelog.read_text("utf-8"), str(version))
    except OSError:
        lacks = f"the file is missing: run `{command('changelog')}` for a draft"
    return [f"{project.changelog.name}: {lacks}"] if lacks else []


def _last(
    version: Version | None,
    tagged: dict[Version, str],
    on_index: dict[Version, list[index.IndexFile]],
) -> Version | None:
    """Return the release that this one follows: the newest one that is older.

    A tag of the same version on another commit counts as well: then the version was not increased.
    The same version on the index does not count: it may be this release, uploaded before in whole
    or in part.
    """
    before = {*tagged, *(each for each in on_index if each != version)}
    return max((each for each in before if version is None or each <= version), default=None)


@contextmanager
def _released_side(
    project: Project,
    target: Target | None,
    version: Version,
    tagged: dict[Version, str],
    on_index: dict[Version, list[index.IndexFile]],
) -> Generator[Side, None, None]:
    """Yield a release, from git or from its wheel, which contains the document."""
    if version in tagged:
        with side(tagged[version], project.settings, project.folder) as found:
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
            message = f"{wheels[0].name} on the index is not a valid zip file"
            raise ReleaseError(Exit.PROBLEM, message) from None
        files = output.read_package(folder / project.settings.package).files
        document = folder / project.settings.package / Path(project.settings.spec).name
        name = f"{project.name} {version}"
        yield of_document(name, document, project.settings, folder=folder, files=files)


def _step(
    version: Version | None, last: Version, right: Version, changes: tuple[Change, ...]
) -> list[str]:
    """Return objections if a version is not the right step after the last one."""
    if version is None or version == last:
        return [f"{last} is already released: the required version is {right}"]
    if version < right:
        worst = next(iter(changes), None)
        why = f": {worst.subject}: {worst.message}" if worst else ""
        return [
            f"{version} is too low for {impact(changes)} changes; required version: {right}{why}"
        ]
    if version not in last.successors:
        steps = ", ".join(str(each) for each in last.successors if each >= right)
        return [f"{version} skips versions: the next version after {last} is {steps}"]
    return []
