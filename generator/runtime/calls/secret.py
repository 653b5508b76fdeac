"""The token, wrapped so that no text shows it by accident.

A traceback may be printed with the local variables of each function in it. So the token is wrapped
in a `Secret` before anything can fail, and no function that can fail has it as a plain string.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence

if TYPE_CHECKING:
    from ..core import http


_VISIBLE = re.compile(r"[\x21-\x7e]+", re.ASCII)


_REDACTABLE = 8  # characters; a shorter token may be an ordinary word
_ENTITIES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}


class Secret:
    """A token that no `repr` shows and that cannot be pickled."""

    __slots__ = ("_text",)

    def __init__(self, text: Any) -> None:
        """Wrap a token, which `check` validates."""
        self._text = text

    def check(self) -> None:
        """Reject a token that a header cannot hold.

        Raises:
            InvalidArgumentError: If it is not a string of visible ASCII characters.
        """
        if not isinstance(self._text, str):
            kind = type(self._text).__name__
            raise InvalidArgumentError(f"token: the callable must return a str, got {kind}")
        if not _VISIBLE.fullmatch(self._text):
            message = (
                "token: only visible ASCII characters are allowed: remove spaces, line breaks and "
                "any prefix such as 'Bearer'"
            )
            raise InvalidArgumentError(message)

    def authorization(self) -> str:
        """Return the value of the Authorization header."""
        return f"Bearer {self._text}"

    def apply(self, request: http.Request) -> None:
        """Add the Authorization header to a request."""
        request.headers["Authorization"] = f"Bearer {self._text}"

    def headers(self) -> frozenset[str]:
        """Return the names of the headers with the token, in lowercase."""
        return frozenset({"authorization"})

    def holds(self, secret: Secret) -> bool:
        """Whether this is another secret, or contains it."""
        return self is secret

    def scopes(self) -> frozenset[str] | None:
        """Return the scopes that a JWT claims; None if it cannot be read. Nothing is verified."""
        scope = (self.claims() or {}).get("scope")
        if isinstance(scope, str):
            return frozenset(scope.split())
        if is_sequence(scope) and all(isinstance(each, str) for each in scope):
            return frozenset(scope)
        return None

    def expires(self) -> float | None:
        """Return the expiry time that a JWT claims, in seconds since 1970, or None."""
        end = (self.claims() or {}).get("exp")
        return float(end) if isinstance(end, int | float) and not isinstance(end, bool) else None

    def claims(self) -> Mapping[Any, Any] | None:
        """Return the claims of a JWT; None if the token is not a JWT. Nothing is verified."""
        parts = self._text.split(".")
        if len(parts) != 3:
            return None
        try:
            claims = msgspec.json.decode(urlsafe_b64decode(f"{parts[1]}{'=' * 3}"))
        except (ValueError, RecursionError):  # base64 and msgspec raise ValueErrors.
            return None
        return claims if is_mapping(claims) else None

    def redact(self, content: bytes) -> bytes:
        """Replace the token in a response: some servers repeat a token that they reject."""
        return without(content, self._text, b"[token]")

    def __repr__(self) -> str:
        """Return a string without the secret."""
        return "Secret(...)"

    def __reduce__(self) -> NoReturn:
        """Raise, so that no pickle has the secret."""
        raise TypeError("a secret cannot be pickled")


def without(content: bytes, text: str, substitute: bytes) -> bytes:
    """Replace a secret in whatever case and with whatever escape sequences it is written.

    Header names have no case, and JSON, URLs, HTML and `repr` escape characters, some of them
    optionally. A short secret is kept, because it could be an ordinary word.
    """
    if len(text) < _REDACTABLE:
        return content
    pattern = re.escape(text.encode())
    if any(sign in content for sign in (b"\\", b"%", b"&")):
        if not re.search(_any_notation(text[:_REDACTABLE]), content, re.IGNORECASE):
            return content  # The pattern of a long secret takes long to compile.
        pattern = _any_notation(text)
    return re.sub(pattern, substitute, content, flags=re.IGNORECASE)


def _any_notation(text: str) -> bytes:
    return b"".join(_notations(char, len(list(same))) for char, same in groupby(text))


def _notations(char: str, count: int) -> bytes:
    """Return a pattern for a repeated character, plain or escaped, with bounded backtracking."""
    encoded, code = char.encode(), ord(char)
    units = re.findall("....", char.encode("utf-16-be").hex())
    percent = "".join(f"%(?:25){{0,3}}{byte:02x}" for byte in encoded)
    json = r"\\{1,8}+".join(f"u{unit}" for unit in units)
    name = _ENTITIES.get(char, "#")
    entity = f"&(?:amp;)?(?:#x0{{0,6}}+{code:x}|#0{{0,6}}+{code}|{name});?"
    escaped = f"{percent}|{entity}|\\\\{{1,8}}+(?:{json}|x{code:02x})".encode()
    if char == "\\":
        return rb"(?:%s|\\){1,%d}" % (escaped, 8 * count)
    return rb"(?:%s|\\{0,8}+%s){%d}" % (escaped, re.escape(encoded), count)
