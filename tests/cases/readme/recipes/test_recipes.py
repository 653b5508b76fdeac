"""The recipes in the README of the audit log's package."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from losant_audit_log.testing import mock_transport
from tests.support.document import document
from tests.support.examples import AUDIT_LOG, ORG
from tests.support.paths import PACKAGE
from tests.support.served import serve
from tests.support.server import json_answer, serving

RECIPES: str = document()["info"]["x-client"]["recipes"]
PROGRAMS = dict(
    re.findall(r"^### (.*?)\n.*?^```python\n(.*?)^```", RECIPES, re.MULTILINE | re.DOTALL)
)
LONGEST = 15  # lines
REQUEST = """
from fastapi.testclient import TestClient
print(TestClient(app).get("/latest").json()[0]["actorName"])
"""

pytestmark = pytest.mark.long


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Generator[Path, None, None]:
    """A working directory for programs that read a log of three recent entries."""
    now = dt.datetime.now(dt.UTC)
    entries = [
        {
            **AUDIT_LOG,
            "id": f"{number:024x}",
            "requestAction": action,
            "creationDate": (now - dt.timedelta(hours=number)).isoformat(),
        }
        for number, action in enumerate(["delete", "post", "delete"], 1)
    ]
    monkeypatch.setenv("LOSANT_API_TOKEN", "t0ken")
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE.parent))
    with serve(mock_transport({"auditLogs.list": entries})) as server:
        monkeypatch.setenv("LOSANT_API_URL", server.url)
        yield tmp_path


def run(title: str, folder: Path, after: str = "") -> str:
    """Run a recipe and return its output."""
    program = PROGRAMS[title].replace('"ORG_ID"', repr(ORG)) + after
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_recipe_has_at_most_15_lines() -> None:
    assert PROGRAMS
    assert {title for title, text in PROGRAMS.items() if text.count("\n") > LONGEST} == set()


def test_recipes_are_in_the_readme_of_the_package() -> None:
    assert RECIPES.strip() in (PACKAGE / "README.md").read_text("utf-8")


def test_table_of_deletions_has_one_line_for_each_deletion_oldest_first(environment: Path) -> None:
    lines = run("Print last week's deletions", environment).splitlines()
    assert len(lines) == 2
    assert all(AUDIT_LOG["actorName"] in line for line in lines)


def test_daily_file_has_every_entry_once_after_two_runs(environment: Path) -> None:
    for _ in range(2):
        run("Append new entries to a file every day", environment)
    lines = (environment / "entries.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [f"{n:024x}" for n in (3, 2, 1)]


def test_pandas_counts_the_actions_of_each_actor(environment: Path) -> None:
    shown = run("Load entries into pandas", environment)
    assert re.search(rf"{AUDIT_LOG['actorName']}\s+delete\s+2\b", shown)


def test_duckdb_counts_the_entries_of_each_actor(environment: Path) -> None:
    shown = run("Query entries with DuckDB", environment)
    assert AUDIT_LOG["actorName"] in shown
    assert re.search(r"\b3\b", shown)


def test_fastapi_endpoint_returns_the_latest_entries(environment: Path) -> None:
    assert (
        run("Serve the latest entries with FastAPI", environment, REQUEST).strip()
        == AUDIT_LOG["actorName"]
    )


def test_alert_is_sent_for_a_request_that_failed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    transport = mock_transport({"auditLogs.list": []})
    monkeypatch.setenv("LOSANT_API_TOKEN", "t0ken")
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE.parent))
    with serve(transport) as server, serving() as alerts:
        alerts.always(json_answer({}))
        monkeypatch.setenv("LOSANT_API_URL", server.url)
        program = (
            PROGRAMS["Send an alert for every failed request"]
            .replace('"ORG_ID"', repr(ORG))
            .replace("https://alerts.example.com", alerts.url)
            .replace("interval=30", "interval=0.1")
        )
        with subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path) as running:
            try:
                number = 0
                while not alerts.requests and number < 300:
                    number += 1
                    if server.requests:
                        moment = dt.datetime.now(dt.UTC).isoformat()
                        entry = {**AUDIT_LOG, "creationDate": moment, "id": f"{number:024x}"}
                        transport.add({**entry, "responseStatus": 403})
                    time.sleep(0.1)
            finally:
                running.kill()
        assert alerts.requests
        assert "failed" in alerts.requests[0].body.decode()
