"""Secrets other than one token: keys, names with passwords, and several at once."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from ..calls.secret import Secret
from ..core import http
from ..core.errors import InvalidArgumentError

_IN_HEADER = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?", re.ASCII)
_IN_COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]+", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class KeySecret(Secret):
    """An API key, which goes into a header, the query or a cookie."""

    __slots__ = ("_argument", "_location", "_name")

    def __init__(self, text: Any, argument: str, location: str, name: str) -> None:
        """Hide a key; `check` tells whether it is one.

        Args:
            text: The key.
            argument: The client's argument for it.
            location: `header`, `query` or `cookie`.
            name: The name of the header, parameter or cookie.
        """
        super().__init__(text)
        self._argument = argument
        self._location = location
        self._name = name

    def check(self) -> None:
        """Refuse what cannot stand where the key goes."""
        name, location = self._argument, self._location
        if not isinstance(self._text, str):
            kind = type(self._text).__name__
            raise InvalidArgumentError(f"{name}: a str is needed, not {kind}")
        if not self._fits(location):
            message = f"{name}: it is empty, or holds what cannot stand in a {location}"
            raise InvalidArgumentError(message)

    def _fits(self, location: str) -> bool:
        if location == "query":
            return bool(self._text) and not _CONTROLS.search(self._text)
        allowed = _IN_HEADER if location == "header" else _IN_COOKIE
        return allowed.fullmatch(self._text) is not None

    def apply(self, request: http.Request) -> None:
        """Add the key to a request."""
        name, headers = self._name, request.headers
        if self._location == "query":
            http.add_hidden_query(request, f"{quote(name, safe='')}={quote(self._text, safe='')}")
        elif self._location == "cookie":
            others = headers.get("cookie", "")
            headers["cookie"] = f"{others}; {name}={self._text}".removeprefix("; ")
        else:
            headers[name] = self._text

    def headers(self) -> frozenset[str]:
        """Give the names of the headers that show the key to the server."""
        name = "cookie" if self._location == "cookie" else self._name.lower()
        return frozenset[str]() if self._location == "query" else frozenset({name})

    def redact(self, content: bytes) -> bytes:
        """Give what a server said without the key, however it is written."""
        return _without(super().redact(content), quote(self._text, safe=""))


class HttpSecret(Secret):
    """What an `Authorization` header says of another HTTP scheme than Bearer."""

    __slots__ = ("_scheme",)

    def __init__(self, text: Any, scheme: str) -> None:
        """Hide a text; `check` tells whether it is one."""
        super().__init__(text)
        self._scheme = scheme

    def check(self) -> None:
        """Refuse what no header can hold."""
        if not isinstance(self._text, str) or not _IN_HEADER.fullmatch(self._text):
            message = f"{self._scheme}: a text of visible ASCII characters is needed"
            raise InvalidArgumentError(message)

    def authorization(self) -> str:
        """Give the header that shows the secret to the server."""
        return f"{self._scheme} {self._text}"

    def apply(self, request: http.Request) -> None:
        """Add the header to a request."""
        request.headers["Authorization"] = self.authorization()


class BasicSecret(HttpSecret):
    """A name and a password."""

    __slots__ = ("_password",)

    def __init__(self, username: Any, password: Any) -> None:
        """Hide both; `check` tells whether they can be sent."""
        super().__init__(None, "Basic")
        self._password = (username, "" if password is None else password)

    def check(self) -> None:
        """Refuse what the header cannot hold: a colon would end the name."""
        for number, what in enumerate(("username", "password")):
            if not is_plain(self._password[number]):
                raise InvalidArgumentError(f"{what}: a str without control characters is needed")
        if ":" in self._password[0]:
            raise InvalidArgumentError("username: a colon cannot stand in it")
        self._text = b64encode(":".join(self._password).encode()).decode()

    def redact(self, content: bytes) -> bytes:
        """Give what a server said without the password, however it is written."""
        return _without(super().redact(content), self._password[1])


class CombinedSecret(Secret):
    """Secrets that are sent together."""

    __slots__ = ("_parts",)

    def __init__(self, parts: tuple[Secret, ...]) -> None:
        """Keep the parts, each of which is hidden and was checked."""
        super().__init__("")
        self._parts = parts

    def apply(self, request: http.Request) -> None:
        """Add all of them to a request."""
        for part in self._parts:
            part.apply(request)

    def headers(self) -> frozenset[str]:
        """Give the names of the headers that show them to the server."""
        return frozenset(name for part in self._parts for name in part.headers())

    def claims(self) -> Mapping[Any, Any] | None:
        """Give what the first readable JWT among them says."""
        return next(filter(None, (part.claims() for part in self._parts)), None)

    def redact(self, content: bytes) -> bytes:
        """Give what a server said without any of them."""
        for part in self._parts:
            content = part.redact(content)
        return content

    def holds(self, secret: Secret) -> bool:
        """Whether a secret is one of the parts."""
        return any(part is secret for part in self._parts)


def is_plain(text: Any) -> bool:
    """Whether a value is a text without control characters, and of whole characters."""
    return isinstance(text, str) and not _CONTROLS.search(text)


def _without(content: bytes, text: str) -> bytes:
    """Replace a secret that is long enough not to be an ordinary word."""
    return content.replace(text.encode(), b"[secret]") if len(text) >= 16 else content
