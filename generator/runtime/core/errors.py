"""Exception hierarchy of the package.

    ServiceError
    ├── InvalidArgumentError      an argument does not match the API document; nothing was sent
    ├── MissingTokenError         a required token was not passed
    ├── APIConnectionError        no response, or only a part of it
    │   └── APITimeoutError       no response in time
    ├── APIStatusError            a response with an error status
    │   ├── BadRequestError, AuthenticationError, PermissionDeniedError, NotFoundError,
    │   └── RateLimitError, InternalServerError
    ├── ResponseDecodeError       a response that does not match the API document
    └── IncompleteWalkError       a walk that cannot prove that it is complete
        └── EntryDecodeError      an undecodable entry of a walk (also a ResponseDecodeError)

All of them can be pickled, and none of them contains the token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .service import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from . import http

_ANY_ONE = "Any one of these scopes suffices"


class _PicklableError(ServiceError):
    """Base of errors that pickle by their attributes, because their constructors take keywords."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).__new__, (type(self), *self.args), self.__dict__


class InvalidArgumentError(_PicklableError, ValueError):
    """An argument does not match the API document; nothing was sent."""


class MissingTokenError(_PicklableError):
    """The operation requires a token and none was passed."""


class APIConnectionError(_PicklableError):
    """The request could not be sent, or its response did not arrive completely.

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
    """The response did not arrive in time."""


class ResponseDecodeError(_PicklableError):
    """The response does not match the API document.

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
    """A walk cannot prove that it returned every entry.

    Attributes:
        report: The report of the walk up to this point.
        checkpoint: The checkpoint from which the walk can be resumed.
    """

    report: Any = None
    checkpoint: str | None = None


class EntryDecodeError(ResponseDecodeError, IncompleteWalkError):
    """An entry of a walk does not match the API document.

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
            what = "All of these scopes are needed" if needs_all else _ANY_ONE
            text += f". {what}: {_join_names(self.required_scopes)}"
        if token_scopes is not None:
            text += f". The token claims: {_join_names(token_scopes) or 'none'}"
        self.args = (text,)


class AuthenticationError(_ScopeError):
    """401: the token is missing, malformed, expired or not recognized."""


class PermissionDeniedError(_ScopeError):
    """403: the token does not permit this request, or it is missing."""


class NotFoundError(APIStatusError):
    """404: the resource does not exist, or the token may not see it."""


class RateLimitError(APIStatusError):
    """429: too many requests; `retry_after` is the time to wait, if the server sent it."""


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
