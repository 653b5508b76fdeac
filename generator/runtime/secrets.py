"""The token: held so that nothing shows it by accident."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn, TypeAlias

from . import service
from .errors import InvalidArgumentError, MissingTokenError

TokenSource: TypeAlias = str | Callable[[], str]
AsyncTokenSource: TypeAlias = str | Callable[[], str | Awaitable[str]]

VARIABLE = f"{service.ENVIRONMENT}_API_TOKEN"
_VISIBLE = re.compile(r"[\x21-\x7e]+\Z", re.ASCII)


class Secret:
    """A text that is neither shown, nor pickled, nor compared by accident."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Hide a text."""
        self._text = text

    def reveal(self) -> str:
        """Give the text."""
        return self._text

    def __repr__(self) -> str:
        """Show that there is a secret, not which."""
        return "Secret(...)"

    def __reduce__(self) -> NoReturn:
        """Refuse to be written anywhere."""
        raise TypeError("a secret is not pickled")


class Token:
    """Where the token comes from: a text, a callable that is asked at every attempt, or nothing."""

    __slots__ = ("_source",)

    def __init__(self, source: Any) -> None:
        """Take the token, or the environment's if there is none.

        Raises:
            InvalidArgumentError: If it is neither a text nor a callable, or has characters that no
                header can hold.
        """
        if source is None:
            source = os.environ.get(VARIABLE) or None
        if isinstance(source, str):
            source = Secret(_checked(source))
        elif source is not None and not callable(source):
            raise InvalidArgumentError("token: a str or a callable that gives one is needed")
        self._source: Secret | Callable[[], Any] | None = source

    def ask(self) -> Any:
        """Give a `Secret`, or what the callable gave.

        Raises:
            MissingTokenError: If there is no token.
        """
        if isinstance(self._source, Secret):
            return self._source
        if self._source is None:
            message = f"no token was given: pass token=... or set the environment's {VARIABLE}"
            raise MissingTokenError(message)
        return self._source()

    def __repr__(self) -> str:
        """Show that there is a token, not which."""
        return "Token(...)"


def as_secret(answer: Any) -> Secret:
    """Check what a token's callable gave."""
    if isinstance(answer, Secret):
        return answer
    if not isinstance(answer, str):
        message = f"token: the callable must give a str, not {type(answer).__name__}"
        raise InvalidArgumentError(message)
    return Secret(_checked(answer))


def _checked(token: str) -> str:
    if not _VISIBLE.match(token):
        message = (
            "token: only visible ASCII characters are allowed: no spaces, no line breaks, and no "
            "word before the token"
        )
        raise InvalidArgumentError(message)
    return token
