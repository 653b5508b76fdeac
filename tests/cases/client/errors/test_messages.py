"""The attributes of an error, and its message in one line."""

from __future__ import annotations

import json
from typing import Any

import httpx
import msgspec
import pytest

from losant_audit_log import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    ResponseDecodeError,
    models,
)
from losant_audit_log._runtime.calls import errors as call_errors
from losant_audit_log._runtime.calls.call import Call
from losant_audit_log._runtime.calls.options import TIMEOUTS
from losant_audit_log._runtime.calls.reply import Reply
from losant_audit_log._runtime.calls.secret import Secret
from losant_audit_log.resources.audit_logs import GET

TOKEN = "a-token-that-is-long-enough-to-be-hidden"
REQUEST = httpx.Request(
    "GET", "https://api.losant.com/x", headers={"Authorization": f"Bearer {TOKEN}", "X-A": "1"}
)
CALL = Call(operation=GET, path="/x", url="", headers={}, timeouts=TIMEOUTS, deadline=1.5)
AGREED = "GET /x returned 404 Not Found"


def reply(body: Any, status: int = 404, secret: Secret | None = None, **headers: str) -> Reply:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx.Response(status, headers=named, request=REQUEST)
    return Reply(response, content, secret)


def error(body: Any, *, errors: dict[str, Any] | None = None, **options: Any) -> APIStatusError:
    operation = msgspec.structs.replace(GET, errors=errors or {})
    return call_errors.status_error(
        msgspec.structs.replace(CALL, operation=operation), reply(body, **options)
    )


@pytest.mark.parametrize(
    ("body", "kind", "message", "text"),
    [
        ({"type": "Gone", "message": "It went."}, "Gone", "It went.", ": Gone: It went."),
        ({"code": "E1", "detail": "It went."}, "E1", "It went.", ": E1: It went."),
        ({"type": "Gone", "code": "E1"}, "Gone", None, ": Gone"),
        ({"title": "It went."}, None, "It went.", ": It went."),
        ({"message": "a", "detail": "b", "title": "c"}, None, "a", ": a"),
        ({"type": 3, "message": {"a": 1}}, None, None, ""),
        (["type"], None, None, ""),
        (
            {"message": "two\r\n\tlines\x00\x1f\x7f\x9f."},
            None,
            "two\r\n\tlines\x00\x1f\x7f\x9f.",
            None,
        ),
    ],
)
def test_error_body_sets_type_and_message(
    body: Any, kind: str | None, message: str | None, text: str | None
) -> None:
    found = error(body)
    assert (found.type, found.message, found.body) == (kind, message, body)
    assert str(found) == f"{AGREED}{': two lines .' if text is None else text}"


@pytest.mark.parametrize(
    ("content", "body"), [(b"<p>", "<p>"), (b"\xff", "\ufffd"), (b"", None), (b"null", None)]
)
def test_error_body_that_is_no_object_sets_neither_type_nor_message(
    content: bytes, body: str | None
) -> None:
    found = error(content)
    assert (found.body, found.type, found.message) == (body, None, None)
    assert str(found) == AGREED


@pytest.mark.parametrize(
    ("length", "shown"), [(500, "x" * 500), (501, f"{'x' * 500}..."), (9999, f"{'x' * 500}...")]
)
def test_long_message_is_shortened_in_the_text_only(length: int, shown: str) -> None:
    found = error({"message": "x" * length})
    assert found.message == "x" * length
    assert str(found) == f"{AGREED}: {shown}"


def test_long_message_with_long_blanks_is_marked_as_shortened() -> None:
    found = error({"message": f"First.{' ' * 600}Last."})
    assert str(found) == f"{AGREED}: First. ..."


def test_text_of_an_unnamed_status_ends_with_its_number() -> None:
    assert str(error(b"", status=599)) == "GET /x returned 599"


@pytest.mark.parametrize("name", ["x_request_id", "request_id", "x_correlation_id"])
def test_text_ends_with_the_request_id(name: str) -> None:
    headers: dict[str, Any] = {name: "r 1"}
    found = error(b"", **headers)
    assert found.request_id == "r 1"
    assert str(found) == f"{AGREED} (request id r 1)"


def test_text_of_a_rate_limit_names_the_requested_delay() -> None:
    found = error(b"", status=429, retry_after="90.4")
    assert found.retry_after == 90.4
    assert str(found).endswith(". Retry after 90 s")


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        ({"404": models.Error, "4XX": Any, "default": Any}, models.Error),
        ({"4XX": models.Error, "default": Any}, models.Error),
        ({"default": models.Error, "5XX": Any}, models.Error),
        ({"404": (models.AuditLogs, models.Error)}, models.Error),
        ({"404": (models.Error, models.AuditLogs)}, models.Error),
        ({"403": models.Error}, dict),
        ({"404": models.AuditLogs}, dict),
    ],
)
def test_error_body_is_decoded_by_the_schema_of_its_status(
    errors: dict[str, Any], kind: type
) -> None:
    """Of several schemas the first that fits; otherwise, any JSON."""
    found = error({"type": "Gone"}, errors=errors)
    assert type(found.body) is kind
    assert found.type == "Gone"


def test_error_without_a_token_has_no_token_scopes() -> None:
    found = error(b"", status=401)
    assert isinstance(found, AuthenticationError)
    assert found.token_scopes is None
    assert "Required scopes (any one of): " in str(found)


def test_text_names_all_scopes_that_are_required_together() -> None:
    operation = msgspec.structs.replace(GET, scopes=frozenset({"b", "a"}), needs_all_scopes=True)
    call = msgspec.structs.replace(CALL, operation=operation)
    found = call_errors.status_error(call, reply(b"", 403))
    assert str(found) == ("GET /x returned 403 Forbidden. Required scopes (all of): a, b")


def test_response_and_request_of_an_error_do_not_contain_the_token() -> None:
    found = error({"message": TOKEN}, secret=Secret(TOKEN), x_echo=TOKEN)
    assert TOKEN not in str(found)
    assert TOKEN not in repr(found.response.headers)
    assert TOKEN.encode() not in found.response.content
    assert "authorization" not in found.request.headers
    assert found.request.headers["x-a"] == "1"
    assert found.response.request is found.request


def test_response_of_an_error_has_no_transfer_encoding() -> None:
    found = error({"a": 1}, transfer_encoding="chunked")
    assert "transfer-encoding" not in found.response.headers
    assert found.response.headers["content-length"] == "8"


def test_response_of_an_error_is_kept_decompressed() -> None:
    found = error({"a": 1}, content_encoding="gzip", content_length="3", x_b="2")
    assert found.response.json() == {"a": 1}
    assert found.response.headers["x-b"] == "2"
    assert "content-encoding" not in found.response.headers
    assert found.response.headers["content-length"] == "8"


def decode_error(failure: ResponseDecodeError, **options: Any) -> ResponseDecodeError:
    return call_errors.decode_error(failure, CALL, reply({"token": TOKEN}, 200, **options))


def test_decode_error_has_pointer_content_request_and_response() -> None:
    failure = ResponseDecodeError("no object", pointer="/a", content=b'"a"')
    found = decode_error(failure, request_id="r1")
    assert str(found) == "GET /x returned 200, but no object"
    assert (found.pointer, found.content, found.request_id) == ("/a", b'"a"', "r1")
    assert found.status_code == 200
    assert found.request is not None
    assert "authorization" not in found.request.headers
    assert found.response is not None
    assert found.response.request is found.request


def test_decode_error_without_a_position_keeps_the_whole_content() -> None:
    failure = ResponseDecodeError("no object")
    assert decode_error(failure).content == json.dumps({"token": TOKEN}).encode()
    hidden = decode_error(failure, secret=Secret(TOKEN)).content
    assert hidden.startswith(b'{"token": ')
    assert TOKEN.encode() not in hidden


def test_content_of_a_decode_error_does_not_contain_the_token() -> None:
    failure = ResponseDecodeError("no object", content=f'"{TOKEN}"'.encode())
    hidden = decode_error(failure, secret=Secret(TOKEN)).content
    assert hidden.startswith(b'"')
    assert TOKEN.encode() not in hidden


def test_unknown_attributes_of_an_error_are_empty() -> None:
    broken = APIConnectionError("it broke")
    assert (broken.request, broken.reason) == (None, "")
    unread = ResponseDecodeError("no object")
    assert (unread.pointer, unread.content) == ("", b"")
    assert (unread.request, unread.response) == (None, None)
    assert (unread.status_code, unread.request_id) == (None, None)


def test_connection_error_keeps_its_request_and_reason() -> None:
    broken = APIConnectionError("it broke", request=REQUEST, reason="refused")
    assert (broken.request, broken.reason) == (REQUEST, "refused")


LATE = "GET /x did not finish within its deadline of 1.5 s"


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (None, LATE),
        (APIConnectionError("it broke", request=REQUEST), f"{LATE}. Last error: it broke"),
        (APITimeoutError("too late", request=REQUEST), LATE),
    ],
)
def test_deadline_error_names_the_last_connection_error(
    last: APIConnectionError | None, text: str
) -> None:
    found = call_errors.deadline_error(CALL, last)
    assert str(found) == text
    assert found.request is (None if last is None else REQUEST)


def test_redact_text_replaces_the_token_and_escapes_surrogates() -> None:
    assert call_errors.redact_text("a\ud800b", None) == "a\ud800b"
    hidden = call_errors.redact_text(f"{TOKEN}\ud800", Secret(TOKEN))
    assert TOKEN not in hidden
    assert hidden.endswith("\\ud800")


def test_pointer_of_a_decode_error_does_not_contain_the_token() -> None:
    failure = ResponseDecodeError("no object", pointer=f"/{TOKEN}/a")
    hidden = decode_error(failure, secret=Secret(TOKEN)).pointer
    assert hidden.endswith("/a")
    assert TOKEN not in hidden


@pytest.mark.parametrize("is_too_large", [True, False])
def test_decode_error_names_a_response_that_is_too_large(*, is_too_large: bool) -> None:
    failure = ResponseDecodeError("no object")
    failure.is_too_large = is_too_large
    assert decode_error(failure).is_too_large is is_too_large
