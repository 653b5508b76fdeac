"""Security schemes: their arguments, environment variables, and placement in requests."""

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


class SecretSource:
    """The source of a secret: a string, or a callable that is called for every attempt."""

    __slots__ = ("_given", "_make")

    def __init__(self, given: Any, make: Callable[[Any], Secret]) -> None:
        """Wrap a string in a `Secret` at once; a callable is not secret."""
        self._given = given if callable(given) else make(given)
        self._make = make

    def check(self) -> None:
        """Raise an error if a secret that is known already cannot be sent."""
        if isinstance(self._given, Secret):
            self._given.check()

    def ask(self) -> Any:
        """Return the `Secret`, or a pending value, such as an awaitable, to pass to `steps`."""
        if isinstance(self._given, Secret):
            return self._given
        result: Any = self._given()
        if is_awaitable(result):
            return result
        secret = self._make(result)
        del result  # A traceback of `check` must not show it.
        secret.check()
        return secret

    def steps(self, pending: Any, call: Call, _: Settings, ends: float | None, /) -> Steps[Secret]:
        """Return the steps that get a secret from the pending value of `ask`."""
        secret: Secret = yield Ask(call, pending, ends, self._make)
        return secret

    def renew(self, _: Secret, /) -> bool:
        """Discard a secret that the server rejected; return whether a new one can be obtained."""
        return False


class Scheme(msgspec.Struct, frozen=True):
    """A security scheme of the document."""

    def source(self, values: Mapping[str, Any]) -> SecretSource | None:
        """Return the source of the secret; None if no secret was passed.

        Args:
            values: The client's arguments, or the environment variables in their place.
        """
        raise NotImplementedError  # Subclasses implement it.

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments for this scheme."""
        return tuple(self.variables)

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables by the arguments that they replace."""
        raise NotImplementedError  # Subclasses implement it.

    def is_present(self, headers: Mapping[str, str], query: Mapping[str, str], /) -> bool:
        """Whether a request has credentials of this scheme."""
        raise NotImplementedError  # Subclasses implement it.


class HttpScheme(Scheme, frozen=True):
    """Credentials in the `Authorization` header: a bearer token, or those of another HTTP scheme.

    Attributes:
        argument: The client's argument.
        variable: The environment variable.
        scheme: The name of the HTTP scheme, which precedes the credentials.
    """

    argument: str
    variable: str
    scheme: str = "Bearer"

    def source(self, values: Mapping[str, Any]) -> SecretSource | None:
        """Return the source of the credentials."""
        given = values.get(self.argument)
        if given is None:
            return None
        if self.scheme == "Bearer":
            return SecretSource(given, Secret)
        return SecretSource(given, lambda text: HttpSecret(text, self.scheme))

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variable of the credentials."""
        return {self.argument: self.variable}

    def is_present(self, headers: Mapping[str, str], _: Mapping[str, str], /) -> bool:
        """Whether a request has an `Authorization` header of this scheme."""
        scheme, *credentials = headers.get("authorization", "").split(maxsplit=1)
        return scheme.lower() == self.scheme.lower() and bool(credentials)


class Basic(Scheme, frozen=True):
    """Basic authentication: a username and a password.

    Attributes:
        username: The client's argument for the username.
        password: The client's argument for the password.
        username_variable: The environment variable of the username.
        password_variable: The environment variable of the password.
    """

    username: str
    password: str
    username_variable: str
    password_variable: str

    def source(self, values: Mapping[str, Any]) -> SecretSource | None:
        """Return the source of both; None without a username; the password may be missing."""
        if values.get(self.username) is None:
            return None
        hidden = BasicSecret(values[self.username], values.get(self.password))
        return SecretSource(None, lambda _: hidden)

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables of the username and the password."""
        return {self.username: self.username_variable, self.password: self.password_variable}

    def is_present(self, headers: Mapping[str, str], _: Mapping[str, str], /) -> bool:
        """Whether a request has an `Authorization` header of this scheme."""
        return headers.get("authorization", "").lower().startswith("basic ")


class ApiKey(Scheme, frozen=True):
    """An API key in a header, a query parameter or a cookie.

    Attributes:
        argument: The client's argument.
        variable: The environment variable.
        location: `header`, `query` or `cookie`.
        name: The name of the header, query parameter or cookie.
    """

    argument: str
    variable: str
    location: str
    name: str

    def source(self, values: Mapping[str, Any]) -> SecretSource | None:
        """Return the source of the key."""
        given = values.get(self.argument)
        if given is None:
            return None
        where = (self.argument, self.location, self.name)
        return SecretSource(given, lambda text: KeySecret(text, *where))

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variable of the key."""
        return {self.argument: self.variable}

    def is_present(self, headers: Mapping[str, str], query: Mapping[str, str], /) -> bool:
        """Whether a request has the key."""
        if self.location == "query":
            return bool(query.get(self.name))
        if self.location == "header":
            return bool(headers.get(self.name.lower()))
        pairs = (each.partition("=") for each in headers.get("cookie", "").split(";"))
        return any(name.strip() == self.name and bool(value) for name, _, value in pairs)
