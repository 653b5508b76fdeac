"""The security schemes of a document: what a client needs for each, and how it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from ..calls.exchange import Ask, Steps
from ..calls.secret import Secret
from ..core.guards import is_awaitable
from .secrets import BasicSecret, HttpSecret, KeySecret

if TYPE_CHECKING:
    from ..calls.call import Call
    from ..calls.settings import Settings


class Source:
    """Where one secret comes from: a text, or a callable that is asked at every attempt."""

    __slots__ = ("_given", "_make")

    def __init__(self, given: Any, make: Callable[[Any], Secret]) -> None:
        """Hide a text at once; a callable is no secret."""
        self._given = given if callable(given) else make(given)
        self._make = make

    def check(self) -> None:
        """Refuse a text that cannot be sent."""
        if isinstance(self._given, Secret):
            self._given.check()

    def ask(self) -> Any:
        """Give the `Secret`, or something to await, or a function that gives further steps."""
        if isinstance(self._given, Secret):
            return self._given
        answer: Any = self._given()
        if is_awaitable(answer):
            return answer
        secret = self._make(answer)
        del answer
        secret.check()
        return secret

    def steps(self, pending: Any, call: Call, _: Settings, ends: float | None, /) -> Steps[Secret]:
        """Give the steps to a secret that `ask` did not have."""
        secret: Secret = yield Ask(call, pending, ends, self._make)
        return secret

    def renew(self, _: Secret, /) -> bool:
        """Forget a secret that was refused; says whether another one can be had."""
        return False


class Scheme(msgspec.Struct, frozen=True):
    """A security scheme of the document."""

    def source(self, values: Mapping[str, Any]) -> Source | None:
        """Give where its secret comes from; None if that was not given.

        Args:
            values: The client's arguments, and what the environment has in their place.
        """
        raise NotImplementedError  # Each kind has its own.

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments for it."""
        return tuple(self.variables)

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables that stand for arguments, by the arguments' names."""
        raise NotImplementedError  # Each kind has its own.

    def is_shown(self, headers: Mapping[str, str], query: Mapping[str, str], /) -> bool:
        """Whether a request shows something of this scheme."""
        raise NotImplementedError  # Each kind has its own.


class HttpScheme(Scheme, frozen=True):
    """A text in the `Authorization` header: a token, unless the scheme is another than Bearer.

    Attributes:
        argument: The client's argument.
        variable: The environment variable.
        scheme: The word before the text.
    """

    argument: str
    variable: str
    scheme: str = "Bearer"

    def source(self, values: Mapping[str, Any]) -> Source | None:
        """Give where the text comes from."""
        given = values.get(self.argument)
        if given is None:
            return None
        if self.scheme == "Bearer":
            return Source(given, Secret)
        return Source(given, lambda text: HttpSecret(text, self.scheme))

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variable of the text."""
        return {self.argument: self.variable}

    def is_shown(self, headers: Mapping[str, str], _: Mapping[str, str], /) -> bool:
        """Whether the header is there."""
        word, *text = headers.get("authorization", "").split(maxsplit=1)
        return word.lower() == self.scheme.lower() and bool(text)


class Basic(Scheme, frozen=True):
    """A name and a password.

    Attributes:
        username: The client's argument for the name.
        password: The client's argument for the password.
        username_variable: The environment variable of the name.
        password_variable: The environment variable of the password.
    """

    username: str
    password: str
    username_variable: str
    password_variable: str

    def source(self, values: Mapping[str, Any]) -> Source | None:
        """Give name and password; a password alone is none, a name alone has an empty one."""
        if values.get(self.username) is None:
            return None
        hidden = BasicSecret(values[self.username], values.get(self.password))
        return Source(None, lambda _: hidden)

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables of both."""
        return {self.username: self.username_variable, self.password: self.password_variable}

    def is_shown(self, headers: Mapping[str, str], _: Mapping[str, str], /) -> bool:
        """Whether the header is there."""
        return headers.get("authorization", "").lower().startswith("basic ")


class ApiKey(Scheme, frozen=True):
    """A key in a header, the query or a cookie.

    Attributes:
        argument: The client's argument.
        variable: The environment variable.
        location: `header`, `query` or `cookie`.
        name: The name of the header, parameter or cookie.
    """

    argument: str
    variable: str
    location: str
    name: str

    def source(self, values: Mapping[str, Any]) -> Source | None:
        """Give where the key comes from."""
        given = values.get(self.argument)
        if given is None:
            return None
        where = (self.argument, self.location, self.name)
        return Source(given, lambda text: KeySecret(text, *where))

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variable of the key."""
        return {self.argument: self.variable}

    def is_shown(self, headers: Mapping[str, str], query: Mapping[str, str], /) -> bool:
        """Whether the key is there."""
        if self.location == "query":
            return bool(query.get(self.name))
        if self.location == "header":
            return bool(headers.get(self.name.lower()))
        pairs = (each.partition("=") for each in headers.get("cookie", "").split(";"))
        return any(name.strip() == self.name and bool(value) for name, _, value in pairs)
