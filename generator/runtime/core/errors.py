"""Exception hierarchy of the package.

    ServiceError
    ├── InvalidArgumentError      an argument does not match the OpenAPI document
    ├── MissingTokenError         a required credential was not passed
    ├── APIConnectionError        no response, or only a part of it
    │   └── APITimeoutError       no response in time
    ├── APIStatusError            a response with an error status
    │   ├── BadRequestError, AuthenticationError, PermissionDeniedError, NotFoundError,
    │   └── RateLimitError, InternalServerError
    ├── ResponseDecodeError       a response that does not match the OpenAPI document
    └── IncompleteWalkError       a walk that may be incomplete
        └── EntryDecodeError      an undecodable entry of a walk (also a ResponseDecodeError)

All errors can be pickled, and none contains credentials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .service import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from . import http


class _PicklableError(ServiceError):
    """Base class of errors, which are pickled by their attributes."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).__new__, (type(self), *self.args), self.__dict__


class InvalidArgumentError(_PicklableError, ValueError):
    """An argument does not match the OpenAPI document; no request was sent."""


class MissingTokenError(_PicklableError):
    """The operation requires a credential that was not passed."""


class APIConnectionError(_PicklableError):
    """No complete response was received.

    Attributes:
        request: The request, without its token.
        reason: `name` if the host name cannot be resolved, `refused` if the connection was refused,
            `tls` if the TLS handshake failed; empty for any other cause.
    """

    def __init__(
        self, message: str, *, request: http.Request | None = None, reason: str = ""
    ) -> None:
        """Store the request."""
        super().__init__(message)
        self.request = request
        self.reason = reason


class APITimeoutError(APIConnectionError):
    """No response was received in time."""


class ResponseDecodeError(_PicklableError):
    """The response does not match the OpenAPI document.

    Attributes:
        pointer: The location in the JSON as a JSON Pointer; empty for the whole body.
        content: The bytes that were decoded.
        status_code: The status code of the response; None without a response.
        request: The request, without its token.
        response: The response, if there was one.
        request_id: The request id that the server returned, if any.
        is_too_large: Whether the response is larger than `max_response_bytes`.
    """

    is_too_large = False

    def __init__(
        self,
        message: str,
        *,
        pointer: str = "",
        content: bytes = b"",
        request: http.Request | None = None,
        response: http.Response | None = None,
        request_id: str | None = None,
    ) -> None:
        """Store the location, the bytes and the response."""
        super().__init__(message)
        self.pointer = pointer
        self.content = content
        self.request = request
        self.response = response
        self.status_code = response.status_code if response is not None else None
        self.request_id = request_id


class IncompleteWalkError(_PicklableError):
    """A walk cannot guarantee that it yields every entry.

    Attributes:
        report: The report of the walk up to this point.
        checkpoint: The checkpoint from which the walk can be resumed.
    """

    report: Any = None
    checkpoint: str | None = None


class EntryDecodeError(ResponseDecodeError, IncompleteWalkError):
    """An entry of a walk does not match the OpenAPI document.

    Attributes:
        checkpoint: The checkpoint that resumes the walk at this entry.
        checkpoint_after: The checkpoint that resumes the walk after this entry.
    """

    checkpoint_after: str | None = None


class APIStatusError(_PicklableError):
    """The response has an error status.

    Attributes:
        status_code: The HTTP status code.
        type: The error type in the body, such as `NotFound`; None if the body has no type.
        message: The error message in the body; None if the body has no message.
        body: The body: the document's error model, other JSON, or a string.
        request_id: The request id that the server returned, if any.
        request: The request, without its token.
        response: The response.
        retry_after: Seconds to wait before the next attempt, from the `Retry-After` header, if any.
    """

    def __init__(
        self,
        text: str,
        *,
        response: http.Response,
        body: Any = None,
        kind: str | None = None,
        message: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        """Store the response and the values from its body."""
        super().__init__(text)
        self.status_code = response.status_code
        self.type = kind
        self.message = message
        self.body = body
        self.request_id = request_id
        self.request = response.request
        self.response = response
        self.retry_after = retry_after


class BadRequestError(APIStatusError):
    """400: the request is malformed."""


class _ScopeError(APIStatusError):
    """An authorization error that missing scopes may explain.

    Attributes:
        required_scopes: The scopes of the operation. The error message states whether any one of
            them suffices or all of them are needed.
        token_scopes: The scopes that the token claims; None if it is not a readable JWT. They are
            never verified.
    """

    required_scopes: frozenset[Any] = frozenset()
    token_scopes: frozenset[str] | None = None

    def explain(
        self, required: Iterable[Any], token_scopes: frozenset[str] | None, *, needs_all: bool
    ) -> None:
        """Add the required scopes and the token's scopes to the error and its message."""
        self.required_scopes = frozenset(required)
        self.token_scopes = token_scopes
        text = str(self)
        if self.required_scopes:
            quantity = "all of" if needs_all else "any one of"
            text += f". Required scopes ({quantity}): {_join_names(self.required_scopes)}"
        if token_scopes is not None:
            text += f". The token claims: {_join_names(token_scopes) or 'none'}"
        self.args = (text,)


class AuthenticationError(_ScopeError):
    """401: the token is missing, malformed, expired or revoked."""


class PermissionDeniedError(_ScopeError):
    """403: the token does not permit this request, or there is no token."""


class NotFoundError(APIStatusError):
    """404: the resource does not exist, or the token has no access to it."""


class RateLimitError(APIStatusError):
    """429: too many requests; `retry_after` is the delay that the server requested, if any."""


class InternalServerError(APIStatusError):
    """5xx: the server failed."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    429: RateLimitError,
}


def status_error_class(status_code: int) -> type[APIStatusError]:
    """Return the error class for a status code."""
    if 500 <= status_code <= 599:
        return InternalServerError
    return _BY_STATUS.get(status_code, APIStatusError)


def _join_names(names: Iterable[str]) -> str:
    return ", ".join(sorted(str(name) for name in names))
