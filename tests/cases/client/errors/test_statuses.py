"""The error class and attributes for each status and error body."""

from __future__ import annotations

import base64
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from losant_audit_log import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    Error,
    InternalServerError,
    LosantError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    Scope,
)
from losant_audit_log.scopes import REQUIRED
from tests.support import fault_server as fault
from tests.support.callers import Caller
from tests.support.examples import ERROR, GET_PATH
from tests.support.fault_server import Faults, answer

Get = Callable[[Any], Any]

CLASSES: dict[int, type[APIStatusError]] = {
    300: APIStatusError,
    302: APIStatusError,
    304: APIStatusError,
    400: BadRequestError,
    401: AuthenticationError,
    402: APIStatusError,
    403: PermissionDeniedError,
    404: NotFoundError,
    408: APIStatusError,
    418: APIStatusError,
    429: RateLimitError,
    500: InternalServerError,
    503: InternalServerError,
    520: InternalServerError,
    599: InternalServerError,
    600: APIStatusError,
    999: APIStatusError,
}


@pytest.mark.parametrize("status", CLASSES)
def test_each_status_raises_its_error_class(
    faults: Faults, call: Caller, get: Get, status: int
) -> None:
    faults.plan(answer(status, ERROR if status != 304 else b""))
    with pytest.raises(APIStatusError) as caught:
        call(get)
    error = caught.value
    assert type(error) is CLASSES[status]
    assert isinstance(error, LosantError)
    assert error.status_code == error.response.status_code == status
    assert str(error).startswith(f"GET {GET_PATH} returned {status} Reason")
    assert str(error.request.url) == f"{faults.url}{GET_PATH}"


BODIES: dict[str, tuple[bytes, Any, tuple[str | None, str | None]]] = {
    "the document's": (json.dumps(ERROR).encode(), ERROR, ("NotFound", ERROR["message"])),
    "another object": (
        b'{"code": "E1", "detail": "d"}',
        {"code": "E1", "detail": "d"},
        ("E1", "d"),
    ),
    "strange members": (b'{"type": 5, "message": []}', {"type": 5, "message": []}, (None, None)),
    "a list": (b"[1]", [1], (None, None)),
    "a text": (b'"sorry"', "sorry", (None, None)),
    "HTML": (b"<html>sorry</html>", "<html>sorry</html>", (None, None)),
    "nothing": (b"", None, (None, None)),
    "no UTF-8": (b"\xff{", "\ufffd{", (None, None)),
    "NaN": (b'{"message": NaN}', '{"message": NaN}', (None, None)),
    "a tower": (b"[" * 100_000, "[" * 100_000, (None, None)),
    "a tower inside": (
        b'{"type":"T","message":"m","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        '{"type":"T","message":"m","x":' + "[" * 100_000 + "]" * 100_000 + "}",
        (None, None),
    ),
    "a number beyond floats": (
        b'{"type":"T","message":"m","x":1e999}',
        {"type": "T", "message": "m", "x": float("inf")},
        (None, None),
    ),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("status", [404, 503])
def test_error_body_of_any_kind_is_parsed_as_far_as_possible(
    faults: Faults, call: Caller, get: Get, status: int, name: str
) -> None:
    body, expected, words = BODIES[name]
    faults.plan(answer(status, body))
    with pytest.raises(APIStatusError) as caught:
        call(get)
    error = caught.value
    assert (error.body.to_dict() if isinstance(error.body, Error) else error.body) == expected
    assert (error.type, error.message) == words
    assert error.response.content == body


@pytest.mark.parametrize(
    "behavior",
    [
        fault.send_compressed(b"\x1f\x8bnonsense", status=403),
        fault.send_compressed(b"whatever", "br", status=403),
    ],
)
def test_undecodable_error_body_does_not_hide_the_status(
    faults: Faults, call: Caller, get: Get, behavior: fault.Behavior
) -> None:
    faults.plan(behavior)
    with pytest.raises(PermissionDeniedError) as caught:
        call(get)
    assert (caught.value.body, caught.value.response.content) == (None, b"")


def test_compressed_error_body_is_decompressed(faults: Faults, call: Caller, get: Get) -> None:
    faults.plan(fault.send_compressed(fault.gzip_bytes(json.dumps(ERROR).encode()), status=404))
    with pytest.raises(NotFoundError, match="Application was not found") as caught:
        call(get)
    assert caught.value.response.json() == ERROR


@pytest.mark.parametrize("name", ["X-Request-Id", "Request-Id", "X-Correlation-Id"])
def test_request_id_is_read_from_common_headers(
    faults: Faults, call: Caller, get: Get, name: str
) -> None:
    faults.plan(answer(500, b"", {name: "abc-1"}))
    with pytest.raises(InternalServerError) as caught:
        call(get)
    assert caught.value.request_id == "abc-1"
    assert str(caught.value).endswith("returned 500 Reason (request id abc-1)")


def test_message_of_the_server_is_shortened_to_one_line(
    faults: Faults, call: Caller, get: Get
) -> None:
    message = "a\nFAKE LOG LINE\x1b[31m" + "x" * 10_000
    faults.plan(answer(400, {"type": "T", "message": message}))
    with pytest.raises(BadRequestError) as caught:
        call(get)
    assert caught.value.message == message
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 700


def jwt(claims: Any) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
    return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), "s"])


CLAIMS: dict[str, tuple[str, frozenset[str] | None]] = {
    "a list": (
        jwt({"scope": ["all.Device", "all.User.read"]}),
        frozenset({"all.Device", "all.User.read"}),
    ),
    "a text": (
        jwt({"scope": "devices.get  auditLogs.get"}),
        frozenset({"devices.get", "auditLogs.get"}),
    ),
    "none": (jwt({"scope": []}), frozenset()),
    "no claim": (jwt({"sub": "x"}), None),
    "another type": (jwt({"scope": {"a": 1}}), None),
    "a mixed list": (jwt({"scope": ["a", 1]}), None),
    "no object": (jwt([1]), None),
    "no JWT": ("0123456789abcdef" * 3, None),
    "no base64": ("a.!!!.c", None),
    "no JSON": ("a.aaaa.c", None),
    "a tower": (f"a.{base64.urlsafe_b64encode(b'[' * 9_000).decode()}.c", None),
    "no UTF-8": (f"a.{base64.urlsafe_b64encode(bytes([34, 255, 34])).decode()}.c", None),
    "encrypted": ("a.b.c.d.e", None),
}


@pytest.mark.parametrize("name", CLAIMS)
@pytest.mark.parametrize("status", [401, 403])
def test_authentication_errors_name_required_scopes_and_scopes_of_the_token(
    faults: Faults, call: Caller, get: Get, status: int, name: str
) -> None:
    token, held = CLAIMS[name]
    faults.plan(answer(status))
    with pytest.raises(AuthenticationError if status == 401 else PermissionDeniedError) as caught:
        call(get, token=token)
    error = caught.value
    assert isinstance(error, AuthenticationError | PermissionDeniedError)
    assert error.required_scopes == REQUIRED["auditLogs.get"]
    assert error.token_scopes == held
    assert "Required scopes (any one of): all.Organization, all.Organization.read, " in str(error)
    claims = f"The token claims: {', '.join(sorted(held)) or 'none'}" if held is not None else ""
    assert str(error).endswith(claims or Scope.AUDIT_LOG_GET)
    twin = pickle.loads(pickle.dumps(error))
    assert (twin.required_scopes, twin.token_scopes) == (error.required_scopes, held)


def test_scopes_of_a_token_from_a_callable_are_read(faults: Faults, call: Caller, get: Get) -> None:
    faults.plan(answer(403))
    with pytest.raises(PermissionDeniedError) as caught:
        call(get, token=lambda: jwt({"scope": "x"}))
    assert caught.value.token_scopes == frozenset({"x"})
