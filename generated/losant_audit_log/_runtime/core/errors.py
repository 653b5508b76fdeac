# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Every error that the package raises.

    ServiceError
    ├── InvalidArgumentError      an argument that the document forbids; nothing was sent
    ├── MissingTokenError         no token was given
    ├── APIConnectionError        no answer
    │   └── APITimeoutError       no answer in time
    ├── APIStatusError            an answer that is no success
    │   ├── BadRequestError, AuthenticationError, PermissionDeniedError, NotFoundError,
    │   └── RateLimitError, InternalServerError
    ├── ResponseDecodeError       an answer that is not what the document promises
    └── IncompleteWalkError       a walk that cannot be known to be complete
        └── EntryDecodeError      an entry of a walk that does not fit (a ResponseDecodeError, too)

All of them can be pickled, and none of them holds the token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from .service import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from . import http

_Error = TypeVar("_Error", bound=Exception)

_ANY_ONE = "Any one of these scopes would do"


def _rebuild(kind: type[_Error], arguments: tuple[Any, ...], state: dict[str, Any]) -> _Error:
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(state)
    return error


class _PicklableError(ServiceError):
    """Pickles by its attributes, since the constructors take keywords."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


class InvalidArgumentError(_PicklableError, ValueError):
    """An argument does not fit the document; nothing was sent."""


class MissingTokenError(_PicklableError):
    """The operation needs a token and none was given."""


class APIConnectionError(_PicklableError):
    """The request could not be sent, or its answer did not arrive whole.

    Attributes:
        request: What was sent, without its token.
        reason: `name` if there is no such host, `refused` if nothing listens there, `tls` if the
            two cannot agree on a safe connection; empty if it is something else.
    """

    def __init__(
        self, message: str, *, request: http.Request | None = None, reason: str = ""
    ) -> None:
        """Keep the request for the reader."""
        super().__init__(message)
        self.request = request
        self.reason = reason


class APITimeoutError(APIConnectionError):
    """The answer did not arrive in time."""


class ResponseDecodeError(_PicklableError):
    """The answer is not what the document promises.

    Attributes:
        pointer: The place in the JSON as a JSON Pointer; empty for the whole answer.
        content: The bytes that were decoded.
        status_code: The status of the answer, if there was one.
        request: What was sent, without its token.
        response: The answer, if there was one.
        request_id: The id that the server gave the request, if it did.
    """

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
        """Keep place, bytes and answer for the reader."""
        super().__init__(message)
        self.pointer = pointer
        self.content = content
        self.request = request
        self.response = response
        self.status_code = response.status_code if response is not None else None
        self.request_id = request_id


class IncompleteWalkError(_PicklableError):
    """A walk cannot be known to have given every entry.

    Attributes:
        report: What the walk did until then.
        checkpoint: Where it can go on.
    """

    report: Any = None
    checkpoint: str | None = None


class EntryDecodeError(ResponseDecodeError, IncompleteWalkError):
    """An entry of a walk is not what the document promises.

    Attributes:
        checkpoint: Where the walk can go on with this entry.
        checkpoint_after: Where it can go on behind it.
    """

    checkpoint_after: str | None = None


class APIStatusError(_PicklableError):
    """The API answered with a status that is no success.

    Attributes:
        status_code: The HTTP status.
        type: The kind of error that the body names, such as `NotFound`; None if it names none.
        message: The body's explanation; None if it has none.
        body: The body: the document's error model, other JSON, or a text.
        request_id: The id that the server gave the request, if it did.
        request: What was sent, without its token.
        response: The answer.
        retry_after: Seconds to wait before the next try, if the server said so.
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
        """Keep the answer and what its body says."""
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
    """A refusal that scopes may explain.

    Attributes:
        required_scopes: The scopes any one of which suffices for the operation, or all of which it
            needs: the text says which.
        token_scopes: The scopes that the token claims, if it is a readable JWT; never verified.
    """

    required_scopes: frozenset[Any] = frozenset()
    token_scopes: frozenset[str] | None = None

    def explain(
        self, required: Iterable[Any], held: frozenset[str] | None, *, needs_all: bool
    ) -> None:
        """Add the scopes to the error and its text."""
        self.required_scopes = frozenset(required)
        self.token_scopes = held
        text = str(self)
        if self.required_scopes:
            what = "All of these scopes are needed" if needs_all else _ANY_ONE
            text += f". {what}: {_listed(self.required_scopes)}"
        if held is not None:
            text += f". The token claims: {_listed(held) or 'none'}"
        self.args = (text,)


class AuthenticationError(_ScopeError):
    """401: the token is missing, malformed, expired or unknown."""


class PermissionDeniedError(_ScopeError):
    """403: the token does not allow this, or there is none."""


class NotFoundError(APIStatusError):
    """404: there is no such thing, or none that the token may see."""


class RateLimitError(APIStatusError):
    """429: too many requests; `retry_after` says for how long to wait, if the server did."""


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
    """Give the class of error for a status."""
    if 500 <= status_code <= 599:
        return InternalServerError
    return _BY_STATUS.get(status_code, APIStatusError)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(str(name) for name in names))
