# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""What answers and failures become: errors that tell what to do, without the token in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..core import http
from ..core.errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    PermissionDeniedError,
    ResponseDecodeError,
    status_error_class,
)
from ..core.guards import is_tuple
from ..models.decoding import decode
from .retries import retry_after

if TYPE_CHECKING:
    from .call import Call
    from .reply import Reply
    from .secret import Secret

_REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-correlation-id")
_LONGEST_TEXT = 500  # characters of a server's message in an error's text


def status_error(call: Call, reply: Reply) -> APIStatusError:
    """Make the error for an answer that is no success."""
    response = without_token(reply)
    status = response.status_code
    body, kind, message = _read_error(call, status, response.content)
    wait = retry_after(response.headers)
    identity = request_id(response.headers)
    said = _one_line(": ".join(filter(None, (kind, message))))
    text = f"{call} was answered with {status} {_one_line(response.reason_phrase)}".rstrip()
    text += f": {said}" if said else ""
    text += f" (request id {_one_line(identity)})" if identity else ""
    text += f". The server asks to wait for {wait:.0f} s" if wait is not None else ""
    error = status_error_class(status)(
        text,
        response=response,
        body=body,
        kind=kind,
        message=message,
        request_id=identity,
        retry_after=wait,
    )
    if isinstance(error, AuthenticationError | PermissionDeniedError):
        held = reply.secret.scopes() if reply.secret is not None else None
        error.explain(call.operation.scopes, held, needs_all=call.operation.needs_all_scopes)
    return error


def decode_error(error: ResponseDecodeError, call: Call, reply: Reply) -> ResponseDecodeError:
    """Complete an error with the answer that it is about."""
    response = without_token(reply)
    content = error.content
    if content and reply.secret is not None:
        content = reply.secret.hidden_in(content)
    return ResponseDecodeError(
        f"{call} was answered with {response.status_code}, but {error}",
        pointer=error.pointer,
        content=content or response.content,
        request=response.request,
        response=response,
        request_id=request_id(response.headers),
    )


def deadline_error(call: Call, last: APIConnectionError | None = None) -> APITimeoutError:
    """Make the error for a call whose time is up.

    Args:
        call: The call.
        last: What went wrong with its last attempt, if that is known.
    """
    text = f"{call} was not done within its deadline of {call.deadline} s"
    if last is not None and not isinstance(last, APITimeoutError):
        text += f"; at last, {last}"
    return APITimeoutError(text, request=last.request if last is not None else None)


def request_id(headers: http.Headers) -> str | None:
    """Give the id that the server gave the request, if it did."""
    for name in _REQUEST_ID_HEADERS:
        if name in headers:
            value: str = headers[name]
            return value
    return None


def without_token(reply: Reply) -> http.Response:
    """Give the answer with its body, and without the token in its request or anywhere else."""
    response = reply.response
    content = reply.content
    raw = response.headers.raw
    if reply.secret is not None:
        hidden_in = reply.secret.hidden_in
        content = hidden_in(content)
        raw = [(name, hidden_in(value)) for name, value in raw]
    headers = type(response.headers)(raw)
    for name in ("content-encoding", "content-length", "transfer-encoding"):
        headers.pop(name, None)
    extensions = response.extensions
    copied: http.Response = type(response)(
        response.status_code,
        headers=headers,
        content=content,
        request=public_request(response.request, reply.secret),
        extensions={key: extensions[key] for key in ("reason_phrase",) if key in extensions},
    )
    return copied


def public_request(request: http.Request, secret: Secret | None) -> http.Request:
    """Give a request without its token, which errors may keep."""
    headers = request.headers.copy()
    for name in ("authorization", *(secret.headers() if secret is not None else ())):
        headers.pop(name, None)
    copied: http.Request = type(request)(
        request.method, http.public_url(request.url), headers=headers
    )
    return copied


def hidden(text: str, secret: Secret | None) -> str:
    """Give a text without the token."""
    if secret is None:
        return text
    return secret.hidden_in(text.encode("utf-8", "backslashreplace")).decode()


def _read_error(call: Call, status: int, content: bytes) -> tuple[Any, str | None, str | None]:
    """Read an error's body: as the document says, else as any JSON, else as a text."""
    errors = call.operation.errors
    kind = errors.get(str(status)) or errors.get(f"{status // 100}XX") or errors.get("default")
    body: Any = None
    for type_ in (*_kinds(kind), Any):
        if type_ is not None:
            try:
                body = decode(content, type_)
                break
            except ResponseDecodeError:
                continue
    else:
        return content.decode("utf-8", errors="replace") or None, None, None
    try:
        members = decode(content, dict[str, Any])
    except ResponseDecodeError:
        return body, None, None
    return body, _text(members, "type", "code"), _text(members, "message", "detail", "title")


def _kinds(kind: Any) -> tuple[Any, ...]:
    """Give what an error may be read as: one type, or several to be tried."""
    return kind if is_tuple(kind) else (kind,)


def _text(members: dict[str, Any], *names: str) -> str | None:
    for name in names:
        value = members.get(name)
        if isinstance(value, str):
            return value
    return None


def _one_line(text: str) -> str:
    """Give a server's words as they can be logged: no line breaks, no control characters."""
    line = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", text[: _LONGEST_TEXT + 1]).strip()
    return f"{line[:_LONGEST_TEXT]}..." if len(line) > _LONGEST_TEXT else line
