"""Examples in the READMEs."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from generator.release.failures import MEANINGS
from tests.support.cli import Project
from tests.support.examples import AUDIT_LOG, ENTRY, GET_PATH, LIST_PATH, ORG
from tests.support.paths import PACKAGE, ROOT
from tests.support.server import Answer, Recorded, Server, json_answer
from tests.support.worked_example import with_endpoint

README = ROOT / "README.md"
BOTH = [README, PACKAGE / "README.md"]


def blocks(path: Path, language: str) -> list[str]:
    """Return the code blocks of a language, without those of recipes, archives and Spark."""
    recipes = re.compile(
        r"^## (?:Recipes|Archiving|Many organizations)\n.*?(?=^## )", re.MULTILINE | re.DOTALL
    )
    text = recipes.sub("", path.read_text("utf-8"))
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def project_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of this project's document, configuration and package."""
    root = tmp_path / "project"
    for name in ("spec", "generated"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return Project(root, monkeypatch.chdir)


def log_of_one_entry(request: Recorded) -> Answer:
    """Respond with the one entry if the requested span and page contain it."""
    query = dict(parse_qsl(request.query))
    moment = dt.datetime.fromisoformat(AUDIT_LOG["creationDate"]).timestamp() * 1000
    inside = int(query.get("start", 1)) <= moment <= int(query.get("end", moment))
    page, size = int(query.get("page", 0)), int(query.get("perPage", 100))
    items = [AUDIT_LOG] if inside and page == 0 else []
    return json_answer({"items": items, "totalCount": int(inside), "page": page, "perPage": size})


@pytest.mark.long
@pytest.mark.parametrize("path", BOTH, ids=["project", "package"])
def test_every_readme_program_runs(
    path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOSANT_API_URL", server.url)
    monkeypatch.setenv("LOSANT_API_TOKEN", "t0ken")
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE.parent))
    server.on(GET_PATH, json_answer(AUDIT_LOG))
    server.on(LIST_PATH, log_of_one_entry)
    programs = blocks(path, "python")
    assert programs
    for program in programs:
        text = program.replace('"AUDIT_LOG_ID"', repr(ENTRY)).replace('"ORG_ID"', repr(ORG))
        text = text.replace("Timer(3600,", "Timer(2,")
        if "async def main" in text:
            text += "import asyncio\nasyncio.run(main())\n"
        before = len(server.requests)
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", text],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        stderr = re.sub(r"^INFO:.*\n", "", done.stderr, flags=re.MULTILINE)  # One of them logs.
        assert (done.returncode, stderr) == (0, ""), text
        assert len(server.requests) > before or "mock_transport" in text


def test_endpoint_example_adds_an_operation_and_its_pages(project_copy: Project) -> None:
    before = project_copy.spec.read_text("utf-8")
    project_copy.spec.write_text(with_endpoint(before), "utf-8")
    ended = project_copy.run("generate")
    assert (ended.code, ended.err) == (0, "")
    added = 0 if "  /orgs/{orgId}:\n" in before else 1
    count = operations(before) + added
    assert ended.out.splitlines()[-1] == f"{count} of {count} operations generated"
    assert project_copy.run("check").code == 0
    shown = re.findall(
        r"new files\s+(.*?), and the last line", README.read_text("utf-8"), re.DOTALL
    )[0]
    for name in re.findall(r"`(.*?)`", shown):
        folder = (
            project_copy.output if name.startswith("docs/") else project_copy.output / PACKAGE.name
        )
        assert (folder / name).is_file()
        assert not added or f" {name} " in ended.out


def operations(document: str) -> int:
    """Return the number of operations of a document."""
    methods = r"^    (?:get|put|post|delete|options|head|patch|trace):"
    return len(re.findall(methods, document, re.MULTILINE))


def test_mistake_example_produces_the_shown_error(project_copy: Project) -> None:
    """The line number is that of the document, wherever the README has seen the line."""
    [shown] = re.findall(
        r"^   ```console\n(.*?)^   ```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    shown = re.sub(r"^   ", "", shown, flags=re.MULTILINE)
    lines = project_copy.spec.read_text("utf-8").splitlines(keepends=True)
    line = lines.index("          type: string\n", lines.index("  schemas:\n"))
    lines[line] = "          type: strin\n"
    project_copy.spec.write_text("".join(lines), "utf-8")
    seen = shown.split(":")[1]
    expected = re.sub(rf"\b{seen}\b", str(line + 1), shown)
    assert project_copy.run("generate").err == f"{expected}1 error\n"


def test_listed_commands_and_options_exist(new_project: Project) -> None:
    usage = {
        line.split()[3]: re.findall(r"--[a-z-]+", line)
        for each in blocks(README, "console")
        for line in each.splitlines()
        if line.startswith("python -m generator")
    }
    assert set(usage) == {
        *("generate", "check", "lint", "diff", "upstream", "release-check", "changelog", "build"),
        *("publish", "publish-rehearsal", "verify-release", "init"),
    }
    for command, options in usage.items():
        help_text = new_project.run(command, "--help").out.partition("\noptions:")[0]
        assert re.findall(r"--[a-z-]+", help_text) == options


def test_listed_exit_codes_of_a_release_exist() -> None:
    rows = re.findall(r"^\| (\d) \| (.*) \|$", README.read_text("utf-8"), re.MULTILINE)
    assert [(str(int(code)), meaning) for code, meaning in MEANINGS.items()] == rows[-9:]


def test_every_module_in_the_table_exists() -> None:
    text = README.read_text("utf-8")
    table = text[
        text.index("| in `generator/` | does |") : text.index("## Command line of the generator")
    ]
    for name in re.findall(r"`([\w/]+(?:\.py|/))`", table.partition("\n")[2]):
        assert (ROOT / "generator" / name).exists(), name


@pytest.mark.parametrize("path", [*BOTH, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_every_relative_link_has_a_target(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text("utf-8")):
        if not target.startswith("https://"):
            assert (path.parent / target).exists(), target
