# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The token: held so that nothing shows it by accident.

A traceback may be printed with the local variables of each function in it. So the token is put into
a `Secret` before anything can fail, and no function that can fail holds it as a plain text.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence

if TYPE_CHECKING:
    from ..core import http


_VISIBLE = re.compile(r"[\x21-\x7e]+", re.ASCII)


_HIDEABLE = 16  # characters; a shorter token may be an ordinary word


class Secret:
    """A token that is neither shown, nor pickled, nor compared by accident."""

    __slots__ = ("_text",)

    def __init__(self, text: Any) -> None:
        """Hide a text; `check` tells whether it is one."""
        self._text = text

    def check(self) -> None:
        """Refuse what no header can hold, or what is more than a token.

        Raises:
            InvalidArgumentError: If it is no text of visible ASCII characters.
        """
        if not isinstance(self._text, str):
            kind = type(self._text).__name__
            raise InvalidArgumentError(f"token: the callable must give a str, not {kind}")
        if not _VISIBLE.fullmatch(self._text):
            message = (
                "token: only visible ASCII characters are allowed: no spaces, no line breaks, and "
                "no word before the token"
            )
            raise InvalidArgumentError(message)

    def authorization(self) -> str:
        """Give the header that shows the token to the server."""
        return f"Bearer {self._text}"

    def apply(self, request: http.Request) -> None:
        """Add the token to a request."""
        request.headers["Authorization"] = f"Bearer {self._text}"

    def headers(self) -> frozenset[str]:
        """Give the names of the headers that show the token to the server, in lower case."""
        return frozenset({"authorization"})

    def holds(self, secret: Secret) -> bool:
        """Whether this is, or contains, another secret."""
        return self is secret

    def scopes(self) -> frozenset[str] | None:
        """Give the scopes that the token claims, if it is a readable JWT; nothing is verified."""
        scope = (self.claims() or {}).get("scope")
        if isinstance(scope, str):
            return frozenset(scope.split())
        if is_sequence(scope) and all(isinstance(each, str) for each in scope):
            return frozenset(scope)
        return None

    def expires(self) -> float | None:
        """Give when the token ends by its own account, in seconds since 1970, if it says so."""
        end = (self.claims() or {}).get("exp")
        return float(end) if isinstance(end, int | float) and not isinstance(end, bool) else None

    def claims(self) -> Mapping[Any, Any] | None:
        """Give what a readable JWT says; None if the token is none. Nothing is verified."""
        parts = self._text.split(".")
        if len(parts) != 3:
            return None
        try:
            claims = msgspec.json.decode(urlsafe_b64decode(f"{parts[1]}{'=' * 3}"))
        except (ValueError, RecursionError):  # Those of base64 and msgspec are ValueErrors.
            return None
        return claims if is_mapping(claims) else None

    def hidden_in(self, content: bytes) -> bytes:
        """Give what a server said without the token, which some repeat when they refuse it."""
        if len(self._text) < _HIDEABLE:
            return content
        return content.replace(self._text.encode(), b"[token]")

    def __repr__(self) -> str:
        """Show that there is a secret, not which."""
        return "Secret(...)"

    def __reduce__(self) -> NoReturn:
        """Refuse to be written anywhere."""
        raise TypeError("a secret is not pickled")
