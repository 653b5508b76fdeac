"""Credentials: the arguments of clients, and the credentials of each operation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from ..normalize.operations import OperationReading
from ..normalize.security import SchemeReading
from ..openapi.parameters import is_token
from ..python import names
from ..python.code import Code, construct
from ..python.reserved import CREDENTIAL_NAMES
from ..runtime.auth import oauth
from ..runtime.auth import schemes as runtime
from .curl import credential_option
from .plan.service import Credential

_TOKEN = "TokenSource | None"
_TEXT = "str | None"
_CURL = {"query": ("--url-query", "="), "header": ("-H", ": "), "cookie": ("-b", "=")}
_MOST = 64  # combinations of schemes that a document requires together


@dataclass(frozen=True, slots=True)
class Security:
    """The credentials of clients and operations.

    Attributes:
        has_single_token: Whether clients take one token and no other credentials.
        schemes: How each secret is sent, by its name in operations.
        credentials: The arguments of clients.
    """

    has_single_token: bool
    schemes: tuple[tuple[str, Code], ...]
    credentials: tuple[Credential, ...]
    _names: dict[str, str]
    _readings: dict[str, SchemeReading]
    _curl: dict[str, str]

    def curl(self, operation: OperationReading) -> tuple[str, ...]:
        """Return the options of curl that send the first alternative of the credentials."""
        first = next(iter(self.alternatives(operation)), ())
        return tuple(self._curl[name] for name in first)

    def alternatives(self, operation: OperationReading) -> tuple[tuple[str, ...], ...]:
        """Return the alternative credentials of an operation; without credentials comes last."""
        if not self._names:
            return (("token",), ()) if operation.security else ()
        sets = [
            compatible_schemes(self._readings[name] for name, _ in each)
            for each in operation.security
            if all(name in self._names for name, _ in each)
        ]
        # A requirement that no request can meet completely comes last.
        found = dict.fromkeys(
            self._secret_names(scheme.name for scheme in together)
            for each in sorted(sets, key=lambda each: len(each) > 1)
            for together in each
        )
        return (*(each for each in found if each), *(((),) if () in found else ()))

    def _secret_names(self, schemes: Iterable[str]) -> tuple[str, ...]:
        """Return the names of the secrets for some schemes; one token serves several schemes."""
        names_ = [name for name in schemes if self._names[name]]
        tokens = [name for name in names_ if self._readings[name].kind == "bearer"]
        return tuple(self._names[name] for name in names_ if name not in tokens[1:])


def is_sendable(scheme: SchemeReading) -> bool:
    """Whether a client can send the credentials of a scheme."""
    if scheme.kind == "apiKey":
        is_name = is_token(scheme.wire_name)
        return is_name or (scheme.location == "query" and bool(scheme.wire_name))
    return scheme.kind != "unknown"


def compatible_schemes(schemes: Iterable[SchemeReading]) -> list[list[SchemeReading]]:
    """Return the sets of schemes whose credentials one request can carry.

    That is one set with all of them, unless some have the same location, such as the header
    `Authorization`: then each set has one of these.
    """
    chosen = product(*(options.values() for options in _by_location(schemes).values()))
    return [[scheme for group in each for scheme in group] for each in islice(chosen, _MOST)]


def conflicts(schemes: Iterable[SchemeReading]) -> Iterator[tuple[str, list[str]]]:
    """Iterate over the locations that several schemes share, with the names of the schemes."""
    for (location, name), options in _by_location(schemes).items():
        if len(options) > 1:
            names_ = [scheme.name for group in options.values() for scheme in group]
            yield f"{location} {name!r}", names_


def _by_location(
    schemes: Iterable[SchemeReading],
) -> dict[tuple[str, str], dict[str, list[SchemeReading]]]:
    """Return the credentials for each location, each with the schemes that it serves.

    Bearer tokens that are required together, for example for two OAuth 2 flows, are one token.
    """
    found: dict[tuple[str, str], dict[str, list[SchemeReading]]] = {}
    for scheme in schemes:
        credential = "" if scheme.kind == "bearer" else scheme.name
        found.setdefault(_location(scheme), {}).setdefault(credential, []).append(scheme)
    return found


def _location(scheme: SchemeReading) -> tuple[str, str]:
    if scheme.kind == "none":
        return "connection", scheme.name
    if scheme.kind == "apiKey":
        is_header = scheme.location == "header"
        return scheme.location, scheme.wire_name.lower() if is_header else scheme.wire_name
    return "header", "authorization"


def plan_security(
    schemes: dict[str, SchemeReading], operations: Iterable[OperationReading], environment: str
) -> Security:
    """Return the credentials of clients and operations.

    Args:
        schemes: The security schemes of the document.
        operations: The operations.
        environment: The prefix of environment variables.
    """
    used = _users(operations)
    needed = {name: each for name, each in schemes.items() if name in used and is_sendable(each)}
    tokens = [name for name, each in needed.items() if each.kind == "bearer"]
    shares = len({used[name] for name in tokens}) == 1
    # If all bearer schemes share one token, prefer the scheme whose tokens a client can fetch.
    shared = min(tokens, key=lambda name: not needed[name].token_url) if shares else ""
    if shared:
        deprecated = all(needed[name].deprecated for name in tokens)
        needed[shared] = replace(needed[shared], deprecated=deprecated)
    given = {
        name: each
        for name, each in needed.items()
        if each.kind != "bearer" or not shares or name == shared
    }
    planner = _Planner(environment, given.values(), has_one_token=shares)
    argument_of = {
        name: "" if each.kind == "none" else planner.add(each) for name, each in given.items()
    }
    argument_of |= {name: argument_of[shared] for name in tokens if shares}
    has_single_token = all(each.kind in {"bearer", "none"} for each in needed.values()) and (
        not tokens or (shares and not needed[shared].token_url)
    )
    return Security(
        has_single_token,
        tuple(planner.schemes),
        tuple(planner.credentials),
        argument_of,
        needed,
        planner.curl,
    )


def _users(operations: Iterable[OperationReading]) -> dict[str, frozenset[str]]:
    """Return the ids of the operations that use each scheme."""
    found: dict[str, set[str]] = {}
    for operation in operations:
        for alternative in operation.security:
            for name, _ in alternative:
                found.setdefault(name, set()).add(operation.id)
    return {name: frozenset(users) for name, users in found.items()}


class _Planner:
    """Collector of arguments and schemes, with distinct names."""

    def __init__(
        self, environment: str, schemes: Collection[SchemeReading], *, has_one_token: bool
    ) -> None:
        self.schemes: list[tuple[str, Code]] = []
        self.credentials: list[Credential] = []
        bearer = credential_option("-H", "Authorization: Bearer ", f"{environment}_API_TOKEN")
        self.curl = {"token": bearer}
        self._environment = environment
        self._kinds = [each.kind for each in schemes]
        self._fetching = sum(bool(each.token_url) for each in schemes)
        self._has_one_token = has_one_token
        # `api_token` would have the same environment variable as the token.
        self._taken = ["api_token"] if has_one_token else []

    def add(self, scheme: SchemeReading) -> str:
        """Add a scheme and return the name of its secret."""
        alone = self._kinds.count(scheme.kind) == 1
        if scheme.kind == "bearer":
            name = self._name("token" if self._has_one_token else scheme.name)
            return self._token(scheme, name)
        if scheme.kind == "apiKey":
            name = self._name("api_key" if alone else scheme.name)
            return self._key(scheme, name)
        if scheme.kind == "basic":
            return self._basic(scheme, "" if alone else f"{names.identifier(scheme.name)}_")
        name, word = self._name("authorization" if alone else scheme.name), scheme.wire_name
        variable = self._argument(name, _TOKEN, f"The credentials after `{word}`", scheme)
        code = construct(runtime.HttpScheme, argument=name, variable=variable, scheme=word)
        self.curl[name] = credential_option("-H", f"Authorization: {word} ", variable)
        self.schemes.append((name, code))
        return name

    def _token(self, scheme: SchemeReading, name: str) -> str:
        known = "API_TOKEN" if name == "token" else ""
        variable = self._argument(name, _TOKEN, "The access token", scheme, known)
        code = construct(runtime.HttpScheme, argument=name, variable=variable)
        self.curl[name] = credential_option("-H", "Authorization: Bearer ", variable)
        if scheme.token_url:
            prefix = self._prefix(name)
            further = {
                "client_id": "The client id, for a client that fetches tokens itself",
                "client_secret": "The client secret that belongs to the client id",
                "token_url": f"The token URL, if not `{scheme.token_url}`",
            }
            for each, doc in further.items():
                self._argument(self._name(f"{prefix}{each}"), _TEXT, doc)
            scopes = self._name(f"{prefix}scopes")
            annotation = Code("str | Iterable[str] | None")
            doc = "The scopes to request; by default the service decides."
            self.credentials.append(Credential(scopes, annotation, doc, ""))
            code = construct(
                oauth.ClientCredentials,
                argument=name,
                variable=variable,
                token_url=scheme.token_url,
                prefix=prefix,
                variable_prefix=f"{self._environment}_{prefix.upper()}",
            )
        self.schemes.append((name, code))
        return name

    def _prefix(self, token: str) -> str:
        """Return the prefix of the further arguments for a token."""
        own = f"{token.rstrip('_')}_"
        prefix = "" if self._fetching == 1 else own
        while any(f"{prefix}{each}" in self._taken for each in oauth.ARGUMENTS):
            prefix = f"{own}{prefix}"
        return prefix

    def _key(self, scheme: SchemeReading, name: str) -> str:
        where = {"query": "parameter", "header": "header", "cookie": "cookie"}[scheme.location]
        variable = self._argument(name, _TOKEN, f"The API key for the {where}", scheme)
        code = construct(
            runtime.ApiKey,
            argument=name,
            variable=variable,
            location=scheme.location,
            name=scheme.wire_name,
        )
        option, separator = _CURL[scheme.location]
        self.curl[name] = credential_option(option, f"{scheme.wire_name}{separator}", variable)
        self.schemes.append((name, code))
        return name

    def _basic(self, scheme: SchemeReading, prefix: str) -> str:
        username, password = self._name(f"{prefix}username"), self._name(f"{prefix}password")
        code = construct(
            runtime.Basic,
            username=username,
            password=password,
            username_variable=self._argument(username, _TEXT, "The user name", scheme),
            password_variable=self._argument(password, _TEXT, "The password", scheme),
        )
        name = self._name(f"{prefix}basic")
        variables = (
            f"{self._environment}_{names.constant_name(each)}" for each in (username, password)
        )
        self.curl[name] = "-u " + '"' + ":".join(f"${each}" for each in variables) + '"'
        self.schemes.append((name, code))
        return name

    def _name(self, wanted: str) -> str:
        name = names.distinct([names.identifier(wanted, CREDENTIAL_NAMES)], self._taken)[0]
        self._taken.append(name)
        return name

    def _argument(
        self,
        name: str,
        annotation: str,
        doc: str,
        scheme: SchemeReading | None = None,
        variable: str = "",
    ) -> str:
        """Add an argument of the client and return its environment variable."""
        variable = f"{self._environment}_{variable or names.constant_name(name)}"
        if annotation == _TOKEN:
            doc += ", or a callable that returns one and is called for every attempt"
        about = scheme.about if scheme is not None else ""
        first_paragraph = " ".join(about.partition("\n\n")[0].split()).rstrip(".")
        doc += f". {first_paragraph}." if first_paragraph else "."
        deprecated = scheme is not None and scheme.deprecated
        self.credentials.append(Credential(name, Code(annotation), doc, variable, deprecated))
        return variable
