"""The changelog: requirements of the gate, and drafts of entries."""

from __future__ import annotations

import re

import pytest

from generator.release import changelog
from tests.support.cli import Project
from tests.support.editing import git
from tests.support.paths import ROOT


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("## [1.2.0] - 2026-01-31\n\n- Something.\n", None),
        ("## 1.2.0 - 2026-01-31\n\n### Added\n\n- Something.\n\n## [1.1.0]\n", None),
        ("## [1.2.0] - 2026-01-31\n\n### Added\n\n## [1.1.0] - 2026-01-01\n- x\n", "is empty"),
        ("## [1.2.0]\n\n- Something.\n", "has no date"),
        ("## [1.2.0] - soon\n\n- Something.\n", "has no date"),
        ("## [Unreleased]\n\n- Something about 1.2.0.\n", "no entry for 1.2.0"),
        ("## [11.2.0] - 2026-01-31\n\n- x\n", "no entry for 1.2.0"),
        ("", "no entry for 1.2.0"),
    ],
)
def test_changelog_entry_needs_a_heading_a_date_and_content(text: str, lacks: str | None) -> None:
    reason = changelog.missing_part(text, "1.2.0")
    assert reason is None if lacks is None else lacks in str(reason)


def test_changelog_of_this_project_has_its_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    version = re.findall(
        r"^  version: (\S+)$", (ROOT / "spec/openapi.yaml").read_text("utf-8"), re.MULTILINE
    )
    assert changelog.missing_part(text, version[0]) is None


def test_draft_lists_the_changes(ready: Project) -> None:
    git(ready.root, "tag", "v1.0.0")
    ready.edit(
        "name: {type: string,",
        "age: {type: integer, description: Years.}\n        name: {type: string,",
    )
    assert ready.run("generate").code == 0
    ended = ready.run("changelog")
    assert (ended.code, ended.err) == (0, "")
    heading, *rest = ended.out.splitlines()
    assert re.fullmatch(r"## \[1\.1\.0\] - \d{4}-\d\d-\d\d", heading)
    assert rest[:4] == ["", "### Added", "", "- `Pet`: new field `age`."]


def test_draft_of_the_first_release_lists_all_methods(ready: Project) -> None:
    ended = ready.run("changelog")
    assert (ended.code, ended.err) == (0, "")
    heading, *rest = ended.out.splitlines()
    assert re.fullmatch(r"## \[1\.0\.0\] - \d{4}-\d\d-\d\d", heading)
    assert rest == [
        *("", "The first release.", "", "### Added", ""),
        "- `client.pets.get(...)`: Retrieve one pet.",
    ]


def test_draft_of_the_first_release_names_the_command_line(ready: Project) -> None:
    configuration = ready.root / "pyproject.toml"
    configuration.write_text(f'{configuration.read_text("utf-8")}command = "pets"\n', "utf-8")
    assert ready.run("changelog").out.splitlines()[-1] == "- The command line `pets`."


def test_draft_without_changes_has_a_placeholder(ready: Project) -> None:
    git(ready.root, "tag", "v1.0.0")
    assert "No changes that affect users." in ready.run("changelog").out
