"""Credentials for several security schemes.

The document defines security schemes and, for each operation, alternative combinations of them. A
client has secrets for some of the schemes; a call uses the first alternative for which the client
has all secrets.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..calls.credentials import Credentials
from ..calls.exchange import Steps
from ..calls.secret import Secret
from ..core.errors import MissingTokenError
from .schemes import Scheme, SecretSource
from .secrets import CombinedSecret

if TYPE_CHECKING:
    from ..calls.call import Call
    from ..calls.operation import Operation
    from ..calls.settings import Settings


class Keyring(Credentials):
    """All secrets of a client.

    Args:
        schemes: The document's security schemes by name.
        given: The client's arguments.
        inherited: The keyring of the original client, whose secrets are kept for schemes without
            an argument. With None, environment variables are used for them.
    """

    __slots__ = ("_schemes", "_sources")

    def __init__(
        self,
        schemes: Mapping[str, Scheme],
        given: Mapping[str, Any],
        inherited: Credentials | None = None,
    ) -> None:
        self._schemes = schemes
        self._sources = inherited.sources if isinstance(inherited, Keyring) else {}
        values = {name: value for name, value in given.items() if value is not None}
        if inherited is None:
            values = {**_from_environment(schemes), **values}
        for name, scheme in schemes.items():
            source = scheme.source(values)
            if source is not None:
                self._sources[name] = source

    @property
    def sources(self) -> dict[str, SecretSource]:
        """The sources of the secrets by the names of their schemes; a copy."""
        return dict(self._sources)

    @classmethod
    def seal(
        cls, schemes: Mapping[str, Scheme], options: Mapping[str, Any], inherited: Credentials
    ) -> dict[str, Any]:
        """Replace the secrets in the options of a copied client with a keyring.

        This happens before anything can raise an error whose traceback would show the secrets.

        Args:
            schemes: The document's security schemes.
            options: The options that the copy replaces.
            inherited: The credentials of the original client.
        """
        arguments = {name for scheme in schemes.values() for name in scheme.arguments}
        given = {name: value for name, value in options.items() if name in arguments}
        changed = {name: value for name, value in options.items() if name not in arguments}
        if given:
            changed["token"] = cls(schemes, given, inherited)
        return changed

    def check(self) -> None:
        """Raise an error if a secret cannot be sent."""
        for source in self._sources.values():
            source.check()

    def ask(self, operation: Operation[Any], /) -> Any:
        """Return the secret for an operation, or a function that returns the steps to get it."""
        for alternative in operation.security:
            sources = [self._sources[name] for name in alternative if name in self._sources]
            if sources and len(sources) == len(alternative):
                return self._ask_all(sources)
        if () in operation.security:
            return None
        raise MissingTokenError(self._missing(operation))

    def renew(self, secret: Secret | None, /) -> bool:
        """Discard a secret that the server rejected; return whether a new one can be obtained."""
        if secret is None:
            return False
        renewed = [source.renew(secret) for source in self._sources.values()]
        return any(renewed)

    def _ask_all(self, sources: list[SecretSource]) -> Any:
        results = [source.ask() for source in sources]
        if all(isinstance(result, Secret) for result in results):
            return results[0] if len(results) == 1 else CombinedSecret(tuple(results))

        def steps(call: Call, settings: Settings, ends: float | None) -> Steps[Secret]:
            secrets: list[Secret] = []
            for source, result in zip(sources, results, strict=True):
                if isinstance(result, Secret):
                    secrets.append(result)
                else:
                    secrets.append((yield from source.steps(result, call, settings, ends)))
            return secrets[0] if len(secrets) == 1 else CombinedSecret(tuple(secrets))

        return steps

    def _missing(self, operation: Operation[Any]) -> str:
        """Return the message for missing credentials, with the arguments and variables to set."""
        ways: list[str] = []
        for alternative in operation.security:
            variables = _variables(self._schemes[name] for name in alternative)
            arguments = ", ".join(f"{argument}=..." for argument in variables)
            ways.append(f"{arguments} (or set {', '.join(variables.values())})")
        return f"{operation.name} requires credentials: pass {'; or '.join(ways)}"

    def __repr__(self) -> str:
        """Return the names of the schemes that have secrets, without the secrets."""
        return f"Keyring({', '.join(self._sources)})"


def _variables(schemes: Iterable[Scheme]) -> dict[str, str]:
    """Return the environment variables of security schemes by the client's arguments."""
    return {name: each for scheme in schemes for name, each in scheme.variables.items()}


def _from_environment(schemes: Mapping[str, Scheme]) -> dict[str, str]:
    """Return the arguments that environment variables set; empty variables are ignored."""
    variables = _variables(schemes.values())
    return {name: os.environ[each] for name, each in variables.items() if os.environ.get(each)}
