"""Values of arguments: times, durations, filters."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from losant_audit_log._command.times import read_duration, read_time
from losant_audit_log._command.usage import UsageError
from tests.support.examples import LIST_PATH, ORG
from tests.support.programs import Program
from tests.support.server import Recorded, Server, json_answer

NOW = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
EMPTY: dict[str, Any] = {"items": [], "count": 0, "totalCount": 0, "perPage": 100, "page": 0}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", "2026-11-28T12:00:00+00:00"),
        ("2026-11-26", "2026-11-26T00:00:00+00:00"),
        ("20261126", "2026-11-26T00:00:00+00:00"),
        ("2026-W48-4", "2026-11-26T00:00:00+00:00"),
        ("2026-11-26T08:00:00Z", "2026-11-26T08:00:00+00:00"),
        ("2026-11-26T08:00:00.25+02:00", "2026-11-26T08:00:00.250000+02:00"),
        ("90s", "2026-11-28T11:58:30+00:00"),
        ("15m", "2026-11-28T11:45:00+00:00"),
        ("1.5h", "2026-11-28T10:30:00+00:00"),
        ("7d", "2026-11-21T12:00:00+00:00"),
    ],
)
def test_time_is_a_timestamp_or_an_age(text: str, moment: str) -> None:
    assert read_time(text, "--start", NOW).isoformat() == moment


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "7", "-7d", "7w", "1e3s", "\u0667d", "99999999999d", "2026-13-01", "26-11"],
)
def test_other_text_is_no_time(text: str) -> None:
    with pytest.raises(UsageError, match="--start"):
        read_time(text, "--start", NOW)


def test_time_without_an_offset_is_rejected_with_the_fix() -> None:
    with pytest.raises(UsageError, match="write 2026-11-26T08:00:00Z"):
        read_time("2026-11-26T08:00:00", "--start", NOW)


@pytest.mark.parametrize(("text", "seconds"), [("0s", 0), ("1.5h", 5400), ("60d", 5184000)])
def test_duration_may_be_fractional(text: str, seconds: float) -> None:
    assert read_duration(text, "--overlap").total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "5", "-5s", "5 s", "99999999999999d", "nans"])
def test_other_text_is_no_duration(text: str) -> None:
    with pytest.raises(UsageError, match="--overlap"):
        read_duration(text, "--overlap")


def sent_filter(server: Server, *arguments: str) -> dict[str, list[str]]:
    """Return the filter in the query that a command sends."""
    server.on(LIST_PATH, json_answer(EMPTY))
    ended = Program(server.url)("audit-logs", "list", ORG, *arguments)
    assert ended.code == 0, ended.err
    first: Recorded = server.requests[0]
    return {key: each for key, each in parse_qs(first.query).items() if "Filter" in key}


def test_filter_is_json(server: Server) -> None:
    text = json.dumps({"actor": [{"type": "User"}]})
    assert sent_filter(server, "--audit-log-filter", text) == {
        "auditLogFilter[actor][0][type]": ["User"]
    }


def test_filter_may_be_in_a_file(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "filter.json"
    path.write_text('{"actor": [{"type": "User"}]}', "utf-8")
    found = sent_filter(server, "--audit-log-filter", f"@{path}")
    assert found == {"auditLogFilter[actor][0][type]": ["User"]}


def test_dotted_options_build_a_filter(server: Server) -> None:
    options = [
        *("--audit-log-filter.actor.type", "User"),
        *("--audit-log-filter.actor.name", "a@example.com"),
        *("--audit-log-filter.actor.type", "Device"),
        *("--audit-log-filter.responseCode", "404"),
        *("--audit-log-filter.responseCode", "403"),
    ]
    assert sent_filter(server, *options) == {
        "auditLogFilter[actor][0][type]": ["User"],
        "auditLogFilter[actor][0][name]": ["a@example.com"],
        "auditLogFilter[actor][1][type]": ["Device"],
        "auditLogFilter[responseCode][0]": ["404"],
        "auditLogFilter[responseCode][1]": ["403"],
    }


def test_dotted_options_add_to_a_filter_in_json(server: Server) -> None:
    whole = ["--audit-log-filter", '{"actor": [{"type": "User"}]}']
    found = sent_filter(server, *whole, "--audit-log-filter.actor.type", "Flow")
    assert found["auditLogFilter[actor][1][type]"] == ["Flow"]


def test_times_of_one_command_have_the_same_now(server: Server) -> None:
    server.on(LIST_PATH, json_answer(EMPTY))
    assert Program(server.url)("audit-logs", "list", ORG, "--start", "0s", "--end", "now").code == 0
