"""Example workflows are valid and run existing make targets."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

EXAMPLES = ROOT / ".ci" / "examples"
SCHEMAS = {
    "github-workflow.yml": "vendor.github-workflows",
    "gitlab-ci.yml": "vendor.gitlab-ci",
}


def lint(path: Path, schema: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_example_workflow_is_linted() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_example_workflow_is_valid(name: str) -> None:
    done = lint(EXAMPLES / name, SCHEMAS[name])
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", SCHEMAS)
def test_workflow_lint_finds_a_mistake(name: str, tmp_path: Path) -> None:
    text = (EXAMPLES / name).read_text("utf-8")
    (tmp_path / name).write_text(re.sub(r"timeout(-minutes)?: .*", r"timeout\1: []", text), "utf-8")
    assert lint(tmp_path / name, SCHEMAS[name]).returncode == 1


@pytest.mark.parametrize("name", SCHEMAS)
def test_example_workflow_runs_check_release_check_and_publish(name: str) -> None:
    text = (EXAMPLES / name).read_text("utf-8")
    targets = re.findall(r"^\s*- (?:run: )?make ([a-z-]+)|run: make ([a-z-]+)", text, re.MULTILINE)
    named = {name for pair in targets for name in pair if name}
    assert named == {"check", "release-check", "publish"}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("name", SCHEMAS)
def test_example_workflow_contains_no_password(name: str) -> None:
    text = (EXAMPLES / name).read_text("utf-8")
    for value in re.findall(r"PUBLISH_(?:PASSWORD|USERNAME): *(.+)", text):
        assert value.startswith("${{ secrets.")
