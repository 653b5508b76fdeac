"""The token: held so that nothing shows it by accident.

A traceback may be printed with the local variables of each function in it. So the token is put into
a `Secret` before anything can fail, and no function that can fail holds it as a plain text.
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
    """Where the secrets of a client come from."""

    __slots__ = ()

    def check(self) -> None:
        """Refuse what cannot be a secret.

        Raises:
            InvalidArgumentError: If one of them cannot be sent.
        """

    def ask(self, operation: Operation[Any], /) -> Any:
        """Give the `Secret` for an operation, or what it takes to have it; None if none is needed.

        Raises:
            MissingTokenError: If there is none.
        """
        raise NotImplementedError  # Each kind has its own.

    def renew(self, _: Secret | None, /) -> bool:
        """Forget a secret that was refused.

        Returns:
            Whether another one can be had.
        """
        return False


class Given(Credentials):
    """A secret that was asked for already."""

    __slots__ = ("_secret",)

    def __init__(self, secret: Secret | None) -> None:
        """Keep the secret."""
        self._secret = secret

    def ask(self, _: Operation[Any], /) -> Any:
        """Give the secret."""
        return self._secret

    def __repr__(self) -> str:
        """Show that there is a secret, not which."""
        return "Given(...)"


class Token(Credentials):
    """Where the token comes from: a text, a callable that is asked at every attempt, or nothing."""

    __slots__ = ("_source",)

    def __init__(self, source: Any) -> None:
        """Take the token, or the environment's if there is none."""
        if source is None:
            source = os.environ.get(VARIABLE) or None
        self._source: Any = Secret(source) if isinstance(source, str) else source

    def check(self) -> None:
        """Refuse what cannot be a token.

        Raises:
            InvalidArgumentError: If it is neither a text nor a callable, or has characters that no
                header can hold.
        """
        if isinstance(self._source, Secret):
            self._source.check()
        elif self._source is not None and not callable(self._source):
            raise InvalidArgumentError("token: a str or a callable that gives one is needed")

    def ask(self, operation: Operation[Any], /) -> Any:
        """Give a `Secret`, or something to await that gives the token; None if none is needed.

        Raises:
            MissingTokenError: If there is no token.
            InvalidArgumentError: If the callable gave something else.
        """
        if isinstance(self._source, Secret):
            return self._source
        if self._source is None:
            if () in operation.security:
                return None
            message = f"no token was given: pass token=... or set the environment's {VARIABLE}"
            raise MissingTokenError(message)
        answer: Any = self._source()
        if is_awaitable(answer):
            return answer
        secret = Secret(answer)
        del answer
        secret.check()
        return secret

    def __repr__(self) -> str:
        """Show that there is a token, not which."""
        return "Token(...)"
