"""Every operation of the document is a command."""

from __future__ import annotations

import json
import re

import pytest

from tests.cases.command_line.conftest import COUNT
from tests.support.examples import AUDIT_LOG, ENTRY, INSTANCE, INSTANCE_ENTRY, ORG
from tests.support.programs import Program
from tests.support.server import Answer, Server, json_answer


def test_get_prints_the_entry(run: Program) -> None:
    ended = run("audit-logs", "get", ORG, f"{7:024x}")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["id"] == f"{7:024x}"


def test_list_prints_the_entries_of_all_pages(run: Program) -> None:
    ended = run("audit-logs", "list", ORG)
    assert ended.code == 0, ended.err
    ids = [json.loads(line)["id"] for line in ended.out.splitlines()]
    assert ids == [f"{number:024x}" for number in reversed(range(COUNT))]


def test_limit_bounds_the_entries(run: Program) -> None:
    ended = run("audit-logs", "list", ORG, "--limit", "3", "--sort-direction", "asc")
    ids = [json.loads(line)["id"] for line in ended.out.splitlines()]
    assert ids == [f"{number:024x}" for number in range(3)]


def test_time_span_bounds_the_entries(run: Program) -> None:
    span = ["--start", "2026-11-01T00:10:00Z", "--end", "2026-11-01T01:12:00+01:00"]
    ended = run("audit-logs", "list", ORG, *span)
    ids = [json.loads(line)["id"] for line in ended.out.splitlines()]
    assert ids == [f"{number:024x}" for number in (12, 11, 10)]


def test_instance_logs_are_another_resource(server: Server) -> None:
    server.on(
        f"/instance/{INSTANCE}/audit-logs/{INSTANCE_ENTRY}",
        json_answer({"id": INSTANCE_ENTRY, "instanceId": INSTANCE}),
    )
    ended = Program(server.url)("instance-audit-logs", "get", INSTANCE, INSTANCE_ENTRY)
    assert json.loads(ended.out)["instanceId"] == INSTANCE


def test_dry_run_prints_curl_without_the_token(run: Program, log: Server) -> None:
    before = len(log.requests)
    ended = run("audit-logs", "list", ORG, "--per-page", "5", "--dry-run")
    assert ended.code == 0, ended.err
    assert ended.out.startswith(f"curl -X GET '{log.url}/orgs/{ORG}/audit-logs?perPage=5'")
    assert '-H "Authorization: Bearer $LOSANT_API_TOKEN"' in ended.out
    assert run.environment["LOSANT_API_TOKEN"] not in ended.out
    assert len(log.requests) == before


def test_dry_run_needs_no_token(log: Server) -> None:
    ended = Program(log.url, environment={})("audit-logs", "get", ORG, ENTRY, "--dry-run")
    assert ended.code == 0, ended.err


def test_verbose_prints_a_line_for_each_request(run: Program) -> None:
    ended = run("audit-logs", "get", ORG, f"{7:024x}", "-v")
    [line] = ended.err.splitlines()
    assert line.startswith(f"GET /orgs/{ORG}/audit-logs/{7:024x} 200 ")


def test_verbose_prints_the_time_until_a_retry(server: Server) -> None:
    answers = iter([Answer(status=503, headers={"Retry-After": "0"}), json_answer(AUDIT_LOG)])
    server.always(lambda _: next(answers))
    ended = Program(server.url)("audit-logs", "get", ORG, ENTRY, "-v")
    first, second = ended.err.splitlines()
    assert re.search(r" 503 \d+ ms, retry in 0\.\d s$", first)
    assert re.search(r" 200 \d+ ms, attempt 2$", second)


def test_check_without_a_problem_reports_success(run: Program) -> None:
    ended = run("audit-logs", "check", ORG, "--output", "json")
    found = json.loads(ended.out)
    assert (ended.code, found["ok"], found["problem"]) == (0, True, None)


def test_check_exits_1_if_it_finds_a_problem(server: Server) -> None:
    ended = Program(server.url)("audit-logs", "check", ORG)
    found = json.loads(ended.out)
    assert (ended.code, found["ok"]) == (1, False)
    assert found["advice"]


@pytest.mark.parametrize("how", ["auto", "none"])
def test_progress_is_not_printed_into_a_pipe(run: Program, how: str) -> None:
    assert run("audit-logs", "list", ORG, "--limit", "3", "--progress", how).err == ""


def test_progress_is_json_for_machines(run: Program) -> None:
    ended = run("audit-logs", "list", ORG, "--limit", "3", "--progress", "json")
    assert json.loads(ended.err.splitlines()[-1]) == {"entries": 3, "total": 3}
