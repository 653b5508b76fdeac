"""All the credentials of a client, where they are more, or other, than one token.

The document names security schemes, and for each operation alternatives of them. A client is given
what it has for some of the schemes; of an operation's alternatives the first counts for which
everything is there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..calls.credentials import Credentials
from ..calls.exchange import Steps
from ..calls.secret import Secret
from ..core.errors import MissingTokenError
from .schemes import Scheme, Source
from .secrets import CombinedSecret

if TYPE_CHECKING:
    from ..calls.call import Call
    from ..calls.operation import Operation
    from ..calls.settings import Settings


class Keyring(Credentials):
    """All secrets of a client.

    Args:
        schemes: The document's schemes by the names that operations have for them.
        given: The client's arguments.
        inherited: The keyring whose secrets are kept where nothing is given.
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
    def sources(self) -> dict[str, Source]:
        """Where the secrets come from, by the names of their schemes; a copy."""
        return dict(self._sources)

    @classmethod
    def sealed(
        cls,
        schemes: Mapping[str, Scheme],
        options: Mapping[str, Any],
        inherited: Credentials,
    ) -> dict[str, Any]:
        """Hide the secrets among the options of a copy, before anything can fail.

        Args:
            schemes: The document's schemes.
            options: What the copy does differently.
            inherited: The credentials of the original.
        """
        arguments = {name for scheme in schemes.values() for name in scheme.arguments}
        given = {name: value for name, value in options.items() if name in arguments}
        changed = {name: value for name, value in options.items() if name not in arguments}
        if given:
            changed["token"] = cls(schemes, given, inherited)
        return changed

    def check(self) -> None:
        """Refuse what cannot be sent."""
        for source in self._sources.values():
            source.check()

    def ask(self, operation: Operation[Any], /) -> Any:
        """Give what an operation needs, or a function that gives the steps to it."""
        for alternative in operation.security:
            sources = [self._sources[name] for name in alternative if name in self._sources]
            if sources and len(sources) == len(alternative):
                return self._asked(sources)
        if () in operation.security:
            return None
        raise MissingTokenError(self._missing(operation))

    def renew(self, secret: Secret | None, /) -> bool:
        """Forget what was refused, if another one can be had."""
        if secret is None:
            return False
        renewed = [source.renew(secret) for source in self._sources.values()]
        return any(renewed)

    def _asked(self, sources: list[Source]) -> Any:
        answers = [source.ask() for source in sources]
        if all(isinstance(answer, Secret) for answer in answers):
            return answers[0] if len(answers) == 1 else CombinedSecret(tuple(answers))

        def steps(call: Call, settings: Settings, ends: float | None) -> Steps[Secret]:
            secrets: list[Secret] = []
            for source, answer in zip(sources, answers, strict=True):
                if isinstance(answer, Secret):
                    secrets.append(answer)
                else:
                    secrets.append((yield from source.steps(answer, call, settings, ends)))
            return secrets[0] if len(secrets) == 1 else CombinedSecret(tuple(secrets))

        return steps

    def _missing(self, operation: Operation[Any]) -> str:
        """Say what has to be given."""
        ways: list[str] = []
        for alternative in operation.security:
            variables = _variables(self._schemes[name] for name in alternative)
            arguments = ", ".join(f"{argument}=..." for argument in variables)
            ways.append(f"{arguments} (or the environment's {', '.join(variables.values())})")
        return f"{operation.name} needs credentials: pass {'; or '.join(ways)}"

    def __repr__(self) -> str:
        """Show for which schemes there are secrets, not which."""
        return f"Keyring({', '.join(self._sources)})"


def _variables(schemes: Iterable[Scheme]) -> dict[str, str]:
    """Give the environment variables of some schemes, by the arguments for which they stand."""
    return {name: each for scheme in schemes for name, each in scheme.variables.items()}


def _from_environment(schemes: Mapping[str, Scheme]) -> dict[str, str]:
    """Give what the environment holds for arguments."""
    variables = _variables(schemes.values())
    return {name: os.environ[each] for name, each in variables.items() if os.environ.get(each)}
