"""Calls of `check`, its arguments, and documents without it."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

import losant_audit_log
from losant_audit_log import AsyncClient, CheckResult, Client, InvalidArgumentError
from losant_audit_log._runtime.check.diagnosis import Problem
from tests.support.callers import Caller, Way
from tests.support.cli import Project
from tests.support.examples import AUDIT_LOGS, ORG
from tests.support.fault_server import Faults, answer
from tests.support.packages import PackageCaller, generated_package
from tests.support.paths import PACKAGE
from tests.support.server import Server, json_answer


@pytest.mark.parametrize("org", ["", "x", f"{ORG}0", 1, None])
def test_check_with_a_malformed_id_raises(call: Caller, faults: Faults, org: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="org_id"):
        call(lambda client: client.check(org))
    assert faults.requests == []


def test_check_with_wrong_parameters_is_a_type_error(call: Caller) -> None:
    with pytest.raises(TypeError):
        call(lambda client: client.check())
    with pytest.raises(TypeError):
        call(lambda client: client.check(ORG, ORG))
    with pytest.raises(TypeError):
        call(lambda client: client.check(ORG, per_page=1))


def test_check_accepts_the_options_of_every_call(call: Caller, faults: Faults) -> None:
    faults.plan(answer(200, AUDIT_LOGS))
    options = {"extra_headers": {"X-Why": "check"}, "extra_query": {"_links": "false"}}
    assert call(lambda client: client.check(ORG, timeout=5, **options))
    (request,) = faults.requests
    assert request.headers["x-why"] == "check"
    assert "_links=false" in request.query


def test_check_reports_attempts_to_on_attempt(call: Caller, faults: Faults) -> None:
    attempts: list[losant_audit_log.Attempt] = []
    faults.plan(answer(503))
    call(lambda client: client.check(ORG), on_attempt=attempts.append, max_retries=3)
    assert [(each.operation, each.status_code) for each in attempts] == [("auditLogs.list", 503)]


def test_check_result_is_frozen(faults: Faults) -> None:
    faults.plan(answer(200, AUDIT_LOGS))
    found: Any = Caller.sync(faults.url)(lambda client: client.check(ORG))
    with pytest.raises(AttributeError):
        found.ok = False


def test_check_has_the_same_signature_in_both_clients() -> None:
    assert inspect.signature(Client.check) == inspect.signature(AsyncClient.check)
    assert inspect.iscoroutinefunction(AsyncClient.check)
    assert CheckResult.__doc__
    assert len(set(get_args(Problem))) == 15


def test_check_modules_are_imported_on_first_use() -> None:
    program = (
        "import sys, losant_audit_log\n"
        "print(sorted(each for each in sys.modules if '_runtime.check' in each))\n"
        "losant_audit_log.CheckResult\n"
        "print('losant_audit_log._runtime.check.connection' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\nTrue\n"


@pytest.fixture
def other_package(new_project: Project, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import the package of another document, and unload it at the end."""
    monkeypatch.setattr(sys, "path", [str(new_project.output), *sys.path])

    def load() -> Any:
        ended = new_project.run("generate")
        assert ended.code == 0, ended.err
        for name in [each for each in sys.modules if each.partition(".")[0] == "pets"]:
            monkeypatch.delitem(sys.modules, name)
        importlib.invalidate_caches()
        return importlib.import_module("pets")

    return load


def test_document_without_a_check_operation_has_no_check_method(other_package: Any) -> None:
    pets = other_package()
    assert not hasattr(pets.Client, "check")
    assert "CheckResult" not in pets.__all__
    with pytest.raises(AttributeError):
        _ = pets.CheckResult


def test_check_works_with_an_unpaged_operation_without_a_token(
    other_package: Any, new_project: Project, faults: Faults
) -> None:
    new_project.edit("  version: 1.0.0\n", "  version: 1.0.0\n  x-client: {check: pets.get}\n")
    new_project.edit(
        "      parameters:\n",
        "      parameters:\n        - {name: kind, in: query, required: true, description: Which "
        "kind., schema: {type: string}}\n",
    )
    pets = other_package()
    faults.plan(answer(200, {"name": "Rex"}), answer(403, {"message": "no"}))
    with pets.Client(base_url=faults.url) as client:
        found = client.check("rex", kind="dog")
        assert found.ok
        assert (found.operation, found.required_scopes) == ("pets.get", frozenset())
        refused = client.check("rex", kind="dog")
    assert [each.target for each in faults.requests] == ["/pets/rex?kind=dog"] * 2
    assert "authorization" not in faults.requests[0].headers
    assert refused.problem == "forbidden"


def test_check_of_a_list_without_page_sizes_requests_its_first_page(
    tmp_path: Path, server: Server
) -> None:
    document = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0, x-client: {check: pets.list}}
servers: [{url: 'https://pets.example.com'}]
security: [{key: []}]
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
paths:
  /pets:
    get:
      operationId: pets.list
      parameters: [{name: page, in: query, schema: {type: integer}}]
      x-pagination: {style: page, request: {page: {parameter: page}}, response: {items: /pets}}
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              schema:
                type: object
                properties:
                  pets: {type: array, items: {type: object, properties: {id: {type: string}}}}
"""
    server.on("/pets", json_answer({"pets": [{"id": "a"}]}))
    with generated_package(tmp_path, document) as package:
        assert PackageCaller(package, Way.SYNC, server.url)(lambda client: client.check()).ok
    assert server.last.query == ""
