"""Each kind of failing call has its own diagnosis and advice."""

from __future__ import annotations

import datetime as dt
import pickle
import re
import time
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any

import pytest

from losant_audit_log import CheckResult
from losant_audit_log.scopes import REQUIRED
from tests.support import fault_server as fault
from tests.support.callers import TOKEN, Caller
from tests.support.examples import AUDIT_LOGS, ERROR, LIST_PATH, ORG
from tests.support.fault_server import Behavior, Faults, answer
from tests.support.tokens import SIGNATURE, jwt

PAGE = answer(200, AUDIT_LOGS)
HTML = b"<!doctype html><html><body>Sign in to the network</body></html>"
AS_HTML = {"Content-Type": "text/html"}
UNAUTHORIZED = {"type": "Unauthorized", "message": "Invalid access token"}
EXPIRED = {"type": "Unauthorized", "message": "Access token has expired"}
FORBIDDEN = {"type": "Forbidden", "message": "Access is forbidden"}
HOUR = 3600
GOOD = jwt(scope=["auditLogs.get"])


@dataclass(frozen=True)
class Case:
    """The response of the service, the token, and the expected diagnosis."""

    behavior: Behavior
    token: str
    problem: str
    status: int | None
    message: str
    advice: str


CASES = {
    "a token that has expired by its own account": Case(
        answer(401, UNAUTHORIZED),
        jwt(exp=1_600_000_000, scope=["auditLogs.get"]),
        "expired-token",
        401,
        r"The token expired on 2020-09-13 at 12:26:40 UTC\.",
        "Create a new token",
    ),
    "a token that has expired as the service says": Case(
        answer(401, EXPIRED), TOKEN, "expired-token", 401, r"The token expired\.", "Create a new"
    ),
    "an expired token that is answered with 403": Case(
        answer(403, FORBIDDEN),
        jwt(exp=1_600_000_000, scope=["auditLogs.get"]),
        "expired-token",
        403,
        "expired on 2020",
        "Create a new token",
    ),
    "a token that was revoked": Case(
        answer(401, UNAUTHORIZED), GOOD, "refused-token", 401, "Invalid access token", "revoked"
    ),
    "a token that is no JWT": Case(
        answer(401, UNAUTHORIZED),
        TOKEN,
        "malformed-token",
        401,
        "not a valid JWT",
        "Copy the token",
    ),
    "a JWT that was cut off": Case(
        answer(401), GOOD.rpartition(".")[0], "malformed-token", 401, "not a valid JWT", "whole"
    ),
    "a scope of another operation": Case(
        answer(403, FORBIDDEN),
        jwt(scope=["auditLog.get", "all.Device"]),
        "missing-scope",
        403,
        r"It has: all\.Device, auditLog\.get\.",
        r"any one of these scopes: all\.Organization, .*auditLogs\.get\.",
    ),
    "no scope at all": Case(
        answer(403, FORBIDDEN), jwt(scope=[]), "missing-scope", 403, "It has: none", "auditLogs.get"
    ),
    "scopes in one text": Case(
        answer(403, FORBIDDEN), jwt(scope="a b"), "missing-scope", 403, "a, b", "auditLogs.get"
    ),
    "a role or a feature": Case(
        answer(403, FORBIDDEN), GOOD, "missing-role", 403, "scopes suffice", "role"
    ),
    "a 403 with a token that nobody can read": Case(
        answer(403, FORBIDDEN), TOKEN, "forbidden", 403, "does not allow", r"auditLogs\.get.*role"
    ),
    "an organization that is not there": Case(
        answer(404, ERROR), TOKEN, "not-found", 404, "Application was not found", "Check the IDs"
    ),
    "a path that is not there": Case(
        answer(405, {"type": "MethodNotAllowed", "message": "GET is not allowed"}),
        TOKEN,
        "wrong-address",
        405,
        "has no such path",
        "LOSANT_API_URL",
    ),
    "a 404 that is not the service's": Case(
        answer(404, {"message": "no Route matched"}),
        TOKEN,
        "wrong-address",
        404,
        "path",
        "base_url",
    ),
    "a 404 in other words": Case(
        answer(404, b"no such host", {"Content-Type": "text/plain"}),
        TOKEN,
        "wrong-address",
        404,
        "path",
        "base_url",
    ),
    "a 404 that is HTML": Case(
        answer(404, HTML, AS_HTML), TOKEN, "wrong-address", 404, "HTML", "proxy"
    ),
    "a 403 that is HTML": Case(
        answer(403, HTML, AS_HTML), GOOD, "wrong-address", 403, "HTML", "proxy"
    ),
    "a page for people": Case(
        answer(200, HTML, AS_HTML), TOKEN, "wrong-address", 200, "HTML", "base URL"
    ),
    "a redirect": Case(
        fault.redirect("https://elsewhere.example"), TOKEN, "wrong-address", 302, "redirect", "http"
    ),
    "a proxy that asks for a login": Case(
        answer(407), TOKEN, "wrong-address", 407, "proxy", "base URL"
    ),
    "another service's JSON": Case(
        answer(200, {"hello": "world"}), TOKEN, "odd-answer", 200, "does not match", "base URL"
    ),
    "an empty answer": Case(
        answer(200, b""), TOKEN, "odd-answer", 200, "does not match", "base URL"
    ),
    "too many requests": Case(
        answer(429, FORBIDDEN, {"Retry-After": "30"}), TOKEN, "rate-limited", 429, "many", "in 30 s"
    ),
    "too many requests for a while": Case(
        answer(429), TOKEN, "rate-limited", 429, "many", "again later"
    ),
    "a service that is down": Case(
        answer(503, HTML, AS_HTML), TOKEN, "server-error", 503, "503", "later"
    ),
    "a version that is not served": Case(
        answer(400, {"type": "VersionNotAllowed", "message": "no such version"}),
        TOKEN,
        "refused-request",
        400,
        "no such version",
        "headers",
    ),
    "a reset": Case(fault.reset_before, TOKEN, "no-answer", None, "failed before", "network"),
    "a connection that ends": Case(fault.close_before, TOKEN, "no-answer", None, "failed", "again"),
    "half a body": Case(fault.short_body, TOKEN, "no-answer", None, "failed before", "again"),
}


def check(client: Any) -> Any:
    return client.check(ORG)


@pytest.mark.parametrize("name", CASES)
def test_check_reports_the_problem_and_advice_for_each_failure(
    name: str, call: Caller, faults: Faults
) -> None:
    case = CASES[name]
    faults.plan(case.behavior)
    found: CheckResult = call(check, token=case.token, max_retries=2)
    assert (found.problem, found.status_code) == (case.problem, case.status)
    assert re.search(case.message, found.message)
    assert re.search(case.advice, found.advice)
    assert not found.ok
    assert not found
    assert found.error is not None
    assert len(faults.requests) == 1


@pytest.mark.parametrize("name", CASES)
def test_diagnosis_is_short_and_does_not_contain_the_token(name: str, faults: Faults) -> None:
    case = CASES[name]
    faults.plan(case.behavior)
    found: CheckResult = Caller.sync(faults.url)(check, token=case.token)
    for text in (found.message, found.advice):
        assert text.endswith(".")
        assert len(re.findall(r"[.:!?](?=\s|$)", text)) <= 3
    again = pickle.loads(pickle.dumps(found))
    assert (again.problem, again.advice, str(again)) == (found.problem, found.advice, str(found))
    for shown in (repr(found), str(found), repr(found.error), repr(pickle.dumps(found))):
        assert case.token not in shown
        assert SIGNATURE not in shown


def test_check_of_a_working_service_is_ok(call: Caller, faults: Faults) -> None:
    token = jwt(exp=4_102_444_800, scope=["auditLogs.get"])
    faults.plan(PAGE)
    found: CheckResult = call(check, token=token)
    assert found
    assert (found.ok, found.problem, found.error, found.advice) == (True, None, None, "")
    assert found.warnings == ()
    assert found.base_url == faults.url
    assert found.operation == "auditLogs.list"
    assert found.status_code == 200
    assert found.required_scopes == REQUIRED["auditLogs.list"]
    assert found.token_scopes == frozenset({"auditLogs.get"})
    assert found.token_expires == dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    assert found.clock_skew is None
    assert str(found) == "The call succeeded."


def test_check_requests_a_single_entry(call: Caller, faults: Faults) -> None:
    faults.plan(PAGE)
    call(check)
    assert [each.target for each in faults.requests] == [f"{LIST_PATH}?perPage=1"]
    assert faults.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_check_succeeds_despite_an_undecodable_entry(call: Caller, faults: Faults) -> None:
    faults.plan(answer(200, {**AUDIT_LOGS, "items": [{"id": 1}]}))
    assert call(check)


def test_opaque_token_passes_the_check(call: Caller, faults: Faults) -> None:
    faults.plan(PAGE)
    found: CheckResult = call(check)
    assert found
    assert (found.token_scopes, found.token_expires) == (None, None)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": "soon"},
        {"exp": True},
        {"exp": 1e300},
        {"exp": -1e300},
        {"exp": None},
        {"scope": [1]},
    ],
    ids=str,
)
def test_check_ignores_malformed_claims(faults: Faults, claims: dict[str, Any]) -> None:
    faults.plan(PAGE)
    found: CheckResult = Caller.sync(faults.url)(check, token=jwt(**claims))
    assert found
    assert (found.token_expires, found.token_scopes) == (None, None)


def test_slow_service_is_reported_as_a_timeout(call: Caller, faults: Faults) -> None:
    faults.plan(fault.hang)
    found: CheckResult = call(check, timeout=0.1)
    assert (found.problem, found.status_code) == ("no-answer", None)
    assert "in time" in found.message
    assert "longer timeout" in found.advice


def test_check_respects_the_deadline(call: Caller, faults: Faults) -> None:
    faults.plan(fault.hang)
    started = time.monotonic()
    found: CheckResult = call(lambda client: client.check(ORG, deadline=0.2))
    assert time.monotonic() - started < 2
    assert found.problem == "no-answer"


def respond_with_date(seconds: float, status: int = 200, body: Any = AUDIT_LOGS) -> Behavior:
    """Respond like a service whose clock differs from ours."""
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    return answer(status, body, {"Date": format_datetime(moment, usegmt=True)})


@pytest.mark.parametrize(
    ("seconds", "side"), [(HOUR, "behind"), (-HOUR, "ahead of"), (-300 * 86400, "ahead of")]
)
def test_clock_skew_is_a_warning_and_the_check_is_ok(
    call: Caller, faults: Faults, seconds: int, side: str
) -> None:
    faults.plan(respond_with_date(seconds))
    found: CheckResult = call(check)
    assert found
    assert found.clock_skew is not None
    assert abs(found.clock_skew.total_seconds() + seconds) <= 3
    (warning,) = found.warnings
    assert f"s {side} the service's" in warning
    assert warning in str(found)


@pytest.mark.parametrize("seconds", [-50, -1, 0, 1, 50])
def test_small_clock_skew_causes_no_warning(faults: Faults, seconds: int) -> None:
    faults.plan(respond_with_date(seconds))
    found: CheckResult = Caller.sync(faults.url)(check)
    assert found.warnings == ()
    assert found.clock_skew is not None


def test_slow_response_is_not_counted_as_clock_skew(faults: Faults) -> None:
    faults.plan(fault.later(respond_with_date(0), 0.9))
    found: CheckResult = Caller.sync(faults.url)(check)
    assert found.clock_skew == dt.timedelta(0)


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 01 Jan 2024 00:00:00"])
def test_malformed_date_header_is_not_counted_as_clock_skew(faults: Faults, date: str) -> None:
    faults.plan(answer(200, AUDIT_LOGS, {"Date": date}))
    found: CheckResult = Caller.sync(faults.url)(check)
    assert (found.ok, found.clock_skew, found.warnings) == (True, None, ())


def test_clock_skew_is_reported_beside_a_problem(call: Caller, faults: Faults) -> None:
    faults.plan(respond_with_date(HOUR, 403, FORBIDDEN))
    found: CheckResult = call(check, token=GOOD)
    assert found.problem == "missing-role"
    assert len(found.warnings) == 1


def test_token_expiry_is_judged_by_the_clock_of_the_service(call: Caller, faults: Faults) -> None:
    now = int(time.time())
    faults.plan(respond_with_date(HOUR, 401, UNAUTHORIZED))
    ends_soon: CheckResult = call(check, token=jwt(exp=now + HOUR // 2))
    assert ends_soon.problem == "expired-token"
    faults.plan(respond_with_date(-HOUR, 401, UNAUTHORIZED))
    ended_lately: CheckResult = call(check, token=jwt(exp=now - HOUR // 2))
    assert ended_lately.problem == "refused-token"


def test_token_repeated_in_a_response_is_redacted_in_the_diagnosis(faults: Faults) -> None:
    token = jwt(scope=["x"])
    faults.plan(answer(404, {"type": "NotFound", "message": f"nothing for {token}"}))
    found: CheckResult = Caller.sync(faults.url)(check, token=token)
    assert found.problem == "not-found"
    assert token not in f"{found}{found!r}"
