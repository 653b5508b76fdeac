"""Sources of the token, and of other credentials.

A traceback may be printed with the local variables of each function in it. So the token is wrapped
in a `Secret` before anything can fail, and no function that can fail has it as a plain string.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from ..core import service
from ..core.errors import InvalidArgumentError, MissingTokenError
from ..core.guards import is_awaitable

if TYPE_CHECKING:
    from .operation import Operation
from .secret import Secret

TokenSource: TypeAlias = str | Callable[[], str]
AsyncTokenSource: TypeAlias = str | Callable[[], str | Awaitable[str]]

VARIABLE = f"{service.ENVIRONMENT}_API_TOKEN"


class Credentials:
    """The source of a client's secrets."""

    __slots__ = ()

    def check(self) -> None:
        """Reject invalid credentials.

        Raises:
            InvalidArgumentError: If a secret cannot be sent.
        """

    def require(self, _: Operation[Any], /) -> None:
        """Raise a `MissingTokenError` if it is known that an operation lacks credentials."""

    def ask(self, operation: Operation[Any], /) -> Any:
        """Return the `Secret` for an operation, an awaitable or steps that obtain it, or None.

        Raises:
            MissingTokenError: If the credentials are missing.
        """
        raise NotImplementedError  # Subclasses implement it.

    def renew(self, _: Secret | None, /) -> bool:
        """Discard a secret that the server rejected.

        Returns:
            Whether a new secret can be obtained.
        """
        return False


class FixedSecret(Credentials):
    """A secret that was obtained earlier."""

    __slots__ = ("_secret",)

    def __init__(self, secret: Secret | None) -> None:
        """Store the secret."""
        self._secret = secret

    def ask(self, _: Operation[Any], /) -> Any:
        """Return the secret."""
        return self._secret

    def __repr__(self) -> str:
        """Return a string without the secret."""
        return "FixedSecret(...)"


class Token(Credentials):
    """The source of the token: a string, a callable that is called for every attempt, or None."""

    __slots__ = ("_source",)

    def __init__(self, source: Any) -> None:
        """Store the source; the environment variable is the default."""
        if source is None:
            source = os.environ.get(VARIABLE) or None
        self._source: Any = Secret(source) if isinstance(source, str) else source

    def check(self) -> None:
        """Reject an invalid token.

        Raises:
            InvalidArgumentError: If it is neither a string nor a callable, or has characters that
                are not allowed in a header.
        """
        if isinstance(self._source, Secret):
            self._source.check()
        elif self._source is not None and not callable(self._source):
            kind = type(self._source).__name__
            raise InvalidArgumentError(f"token: expected a str or a callable, got {kind}")

    def require(self, operation: Operation[Any], /) -> None:
        """Raise a `MissingTokenError` if there is no token, and the operation needs one."""
        if self._source is None and operation.security and () not in operation.security:
            message = f"no token: pass token=... or set the environment variable {VARIABLE}"
            raise MissingTokenError(message)

    def ask(self, operation: Operation[Any], /) -> Any:
        """Return a `Secret`, an awaitable that returns the token, or None if none is needed.

        Raises:
            MissingTokenError: If there is no token.
            InvalidArgumentError: If the callable returned something else.
        """
        if isinstance(self._source, Secret):
            return self._source
        self.require(operation)
        if self._source is None:
            return None
        result: Any = self._source()
        if is_awaitable(result):
            return result
        secret = Secret(result)
        del result
        secret.check()
        return secret

    def __repr__(self) -> str:
        """Return a string without the token."""
        return "Token(...)"
