"""Errors from responses and connection failures, with secrets redacted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..core import errors, http
from ..core.guards import is_tuple
from ..models.decoding import decode

if TYPE_CHECKING:
    from .call import Call
    from .reply import Reply
    from .secret import Secret

_REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-correlation-id")
_LONGEST_TEXT = 500  # characters of a server's message in an error message


def status_error(call: Call, reply: Reply) -> errors.APIStatusError:
    """Return the error for a response that is not a success."""
    from .retries import retry_after  # here, so that the import of the package is fast

    response = public_response(reply)
    status = response.status_code
    body, kind, message = _read_error(call, status, response.content)
    wait = retry_after(response.headers)
    identity = request_id(response.headers)
    details = _one_line(": ".join(filter(None, (kind, message))))
    text = f"{call} returned {status} {_one_line(response.reason_phrase)}".rstrip()
    text += f": {details}" if details else ""
    text += f" (request id {_one_line(identity)})" if identity else ""
    text += f". Retry after {wait:.0f} s" if wait is not None else ""
    error = errors.status_error_class(status)(
        text,
        response=response,
        body=body,
        kind=kind,
        message=message,
        request_id=identity,
        retry_after=wait,
    )
    if isinstance(error, errors.AuthenticationError | errors.PermissionDeniedError):
        granted = reply.secret.scopes() if reply.secret is not None else None
        error.explain(call.operation.scopes, granted, needs_all=call.operation.needs_all_scopes)
    return error


def decode_error(
    error: errors.ResponseDecodeError, call: Call, reply: Reply
) -> errors.ResponseDecodeError:
    """Return a copy of a decoding error with the call and the response."""
    response = public_response(reply)
    redact_decode_error(error, reply.secret)
    found = errors.ResponseDecodeError(
        f"{call} returned {response.status_code}, but {error}",
        pointer=error.pointer,
        content=error.content or response.content,
        request=response.request,
        response=response,
        request_id=request_id(response.headers),
    )
    found.is_too_large = error.is_too_large
    return found


def redact_decode_error(error: errors.ResponseDecodeError, secret: Secret | None) -> None:
    """Redact the token in a decoding error, and limit the length of its message."""
    error.args = (_cut(redact_text(str(error), secret)),)
    if secret is not None:
        error.pointer = redact_text(error.pointer, secret)
        error.content = secret.redact(error.content)


def deadline_error(
    call: Call, last: errors.APIConnectionError | None = None
) -> errors.APITimeoutError:
    """Return the error for a call whose deadline has passed.

    Args:
        call: The call.
        last: The error of the last attempt, if it is known.
    """
    text = f"{call} did not finish within its deadline of {call.deadline} s"
    if last is not None and not isinstance(last, errors.APITimeoutError):
        text += f". Last error: {last}"
    return errors.APITimeoutError(text, request=last.request if last is not None else None)


def request_id(headers: http.Headers) -> str | None:
    """Return the request ID in the response headers, or None."""
    return next((headers[name] for name in _REQUEST_ID_HEADERS if name in headers), None)


def public_response(reply: Reply) -> http.Response:
    """Return a copy of the response, with its body and with the token redacted everywhere."""
    response = reply.response
    content = reply.content
    raw = response.headers.raw
    reason = response.extensions.get("reason_phrase")
    if reply.secret is not None:
        redact = reply.secret.redact
        content = redact(content)
        raw = [(redact(name), redact(value)) for name, value in raw]
        reason = reason and redact(reason)
    headers = type(response.headers)(raw)
    for name in ("content-encoding", "content-length", "transfer-encoding"):
        headers.pop(name, None)
    copied: http.Response = type(response)(
        response.status_code,
        headers=headers,
        content=content,
        request=public_request(response.request, reply.secret),
        extensions={} if reason is None else {"reason_phrase": reason},
    )
    return copied


def public_request(request: http.Request, secret: Secret | None) -> http.Request:
    """Return a copy of the request without the token, for errors to keep."""
    headers = request.headers.copy()
    for name in ("authorization", *(secret.headers() if secret is not None else ())):
        headers.pop(name, None)
    kind: type[http.Request] = type(request)
    return kind(request.method, http.public_url(request.url), headers=headers)


def redact_text(text: str, secret: Secret | None) -> str:
    """Return a string with the token redacted."""
    if secret is None:
        return text
    return secret.redact(text.encode(errors="backslashreplace")).decode()


def _read_error(call: Call, status: int, content: bytes) -> tuple[Any, str | None, str | None]:
    """Decode an error's body by its documented type, else as any JSON, else as text."""
    kinds = call.operation.errors
    kind = kinds.get(str(status)) or kinds.get(f"{status // 100}XX") or kinds.get("default")
    body: Any = None
    for type_ in (*(kind if is_tuple(kind) else (kind,)), Any):
        if type_ is not None:
            try:
                body = decode(content, type_)
                break
            except errors.ResponseDecodeError:
                continue
    else:
        return content.decode(errors="replace") or None, None, None
    try:
        members = decode(content, dict[str, Any])
    except errors.ResponseDecodeError:
        return body, None, None
    return body, _text(members, "type", "code"), _text(members, "message", "detail", "title")


def _text(members: dict[str, Any], *names: str) -> str | None:
    return next((text for text in map(members.get, names) if isinstance(text, str)), None)


def _one_line(text: str) -> str:
    """Return a server's text on one line, without control characters, so that logs stay intact."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", _cut(text)).strip()


def _cut(text: str) -> str:
    return f"{text[:_LONGEST_TEXT]}..." if len(text) > _LONGEST_TEXT else text
