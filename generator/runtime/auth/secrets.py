"""Secrets other than bearer tokens: API keys, passwords and combinations."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from ..calls.secret import Secret, without
from ..core import http
from ..core.errors import InvalidArgumentError
from .hidden_query import add_hidden_query

_IN_HEADER = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?", re.ASCII)
_IN_COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]+", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class KeySecret(Secret):
    """An API key that is sent in a header, a query parameter or a cookie."""

    __slots__ = ("_argument", "_location", "_name")

    def __init__(self, text: Any, argument: str, location: str, name: str) -> None:
        """Wrap a key; `check` validates it.

        Args:
            text: The key.
            argument: The client's argument for it.
            location: `header`, `query` or `cookie`.
            name: The name of the header, query parameter or cookie.
        """
        super().__init__(text)
        self._argument = argument
        self._location = location
        self._name = name

    def check(self) -> None:
        """Raise an error if the key is not allowed in its location."""
        name, location = self._argument, self._location
        if not isinstance(self._text, str):
            kind = type(self._text).__name__
            raise InvalidArgumentError(f"{name}: expected a str, got {kind}")
        if not self._is_allowed(location):
            message = f"{name}: is empty or contains a character that a {location} does not allow"
            raise InvalidArgumentError(message)

    def _is_allowed(self, location: str) -> bool:
        if location == "query":
            return bool(self._text) and not _CONTROLS.search(self._text)
        allowed = _IN_HEADER if location == "header" else _IN_COOKIE
        return allowed.fullmatch(self._text) is not None

    def apply(self, request: http.Request) -> None:
        """Add the key to a request; it replaces a parameter of its name."""
        name, headers = self._name, request.headers
        if self._location == "query":
            add_hidden_query(request, quote(name, safe=""), quote(self._text, safe=""))
        elif "cookie" in self.headers():  # Other cookies may be in it.
            others = [each.strip() for each in headers.get("cookie", "").split(";")]
            others = [each for each in others if each and each.partition("=")[0] != name]
            pair = f"{name}={self._text}" if self._location == "cookie" else self._text
            headers["cookie"] = "; ".join([*others, pair])
        else:
            headers[name] = self._text

    def headers(self) -> frozenset[str]:
        """Return the lowercase names of the headers that contain the key."""
        name = "cookie" if self._location == "cookie" else self._name.lower()
        return frozenset[str]() if self._location == "query" else frozenset({name})

    def redact(self, content: bytes) -> bytes:
        """Return a response's content with the key redacted, plain or percent-encoded."""
        return without(content, self._text, b"[secret]")


class HttpSecret(Secret):
    """Credentials of an HTTP scheme other than Bearer in the `Authorization` header."""

    __slots__ = ("_scheme",)

    def __init__(self, text: Any, scheme: str) -> None:
        """Wrap the credentials; `check` validates them."""
        super().__init__(text)
        self._scheme = scheme

    def check(self) -> None:
        """Raise an error if a header does not allow the credentials."""
        if not isinstance(self._text, str) or not _IN_HEADER.fullmatch(self._text):
            message = f"{self._scheme}: expected a str of visible ASCII characters"
            raise InvalidArgumentError(message)

    def authorization(self) -> str:
        """Return the value of the `Authorization` header."""
        return f"{self._scheme} {self._text}"

    def apply(self, request: http.Request) -> None:
        """Add the `Authorization` header to a request."""
        request.headers["Authorization"] = self.authorization()


class BasicSecret(HttpSecret):
    """A username and a password."""

    __slots__ = ("_password",)

    def __init__(self, username: Any, password: Any) -> None:
        """Wrap both; `check` validates them."""
        super().__init__(None, "Basic")
        self._password = (username, "" if password is None else password)

    def check(self) -> None:
        """Raise an error if the username or the password is not allowed.

        A colon would end the username.
        """
        for number, name in enumerate(("username", "password")):
            if not is_plain(self._password[number]):
                raise InvalidArgumentError(f"{name}: expected a str without control characters")
        if ":" in self._password[0]:
            raise InvalidArgumentError("username: must not contain a colon")
        self._text = b64encode(":".join(self._password).encode()).decode()

    def redact(self, content: bytes) -> bytes:
        """Return a response's content with the password redacted, plain or encoded."""
        return without(super().redact(content), self._password[1], b"[secret]")


class CombinedSecret(Secret):
    """Secrets that are sent together."""

    __slots__ = ("_parts",)

    def __init__(self, parts: tuple[Secret, ...]) -> None:
        """Store the parts, which are wrapped and validated already."""
        super().__init__("")
        self._parts = parts

    def apply(self, request: http.Request) -> None:
        """Add all secrets to a request."""
        for part in self._parts:
            part.apply(request)

    def headers(self) -> frozenset[str]:
        """Return the lowercase names of the headers that contain the secrets."""
        return frozenset(name for part in self._parts for name in part.headers())

    def claims(self) -> Mapping[Any, Any] | None:
        """Return the claims of the first secret that is a readable JWT."""
        return next(filter(None, (part.claims() for part in self._parts)), None)

    def redact(self, content: bytes) -> bytes:
        """Return a response's content with all secrets redacted."""
        for part in self._parts:
            content = part.redact(content)
        return content

    def holds(self, secret: Secret) -> bool:
        """Whether a secret is one of the parts."""
        return any(part is secret for part in self._parts)


def is_plain(text: Any) -> bool:
    """Whether a value is a string without control characters and unpaired surrogates."""
    return isinstance(text, str) and not _CONTROLS.search(text)
