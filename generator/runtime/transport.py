"""What the HTTP library raises, as errors of this package, with the token out of reach."""

from __future__ import annotations

from . import http
from .call import Call
from .errors import APIConnectionError, APITimeoutError, InvalidArgumentError, ResponseDecodeError
from .exchange import public_request
from .service import ServiceError


class DeadlineError(Exception):
    """The call's deadline passed while its answer was read."""


def failure(error: Exception, call: Call, request: http.Request) -> Exception:
    """Give the error of this package for what went wrong while sending.

    The library's own error would lead to the token: by its request, and by the variables of the
    functions in its traceback. So its text is kept, and the error itself is let go.

    Args:
        error: What was raised.
        call: What was sent.
        request: The request, which may hold the token.

    Returns:
        The error to raise; the same one if it is no matter of sending.
    """
    if isinstance(error, ServiceError):
        if isinstance(error, APIConnectionError | ResponseDecodeError):
            error.request = public_request(request)
        return error
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, DeadlineError):
        message = f"{call} was not done within its deadline of {call.deadline} s"
        return APITimeoutError(message, request=public_request(request))
    if http.is_timeout(error):
        message = f"{call} was not answered in time: {what}"
        return APITimeoutError(message, request=public_request(request))
    if http.is_usage_error(error):
        return InvalidArgumentError(f"{call} cannot be sent: {what}")
    if http.is_connection_error(error):
        message = f"{call} failed on the way: {what}"
        return APIConnectionError(message, request=public_request(request))
    return error
