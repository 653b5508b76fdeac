# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""A service without a network: it answers requests by the document and its examples.

It checks what a service checks, in the usual order: the path, the method, the arguments, the token,
its scopes, and whether the thing exists. What it answers comes from entries that a test gives, else
from the document's examples.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import parse_qsl

import msgspec

from ..arguments.parameters import Parameter
from ..calls.operation import Operation
from ..calls.secret import Secret
from ..core.errors import InvalidArgumentError
from ..core.guards import is_sequence
from ..core.media_types import JSON
from .arguments import read_arguments
from .contents import Body, Entry, to_json, written
from .examples import (
    Answered,
    MockOperation,
    RefusalError,
    placed,
    refused,
    status_without_token,
    success,
)


class Shown(Protocol):
    """A security scheme, as far as a service looks at it."""

    def is_shown(self, headers: Mapping[str, str], query: Mapping[str, str], /) -> bool:
        """Whether a request shows something of this scheme."""
        ...


class MockService:
    """A service that answers a document's operations.

    Args:
        served: The operations.
        path: What the paths of all operations start with.
        entries: Entries by the operationId of what lists them.
        answers: Answers of other operations, by operationId.
        token: The only token that is good; any one is if this is None.
        schemes: The security schemes, if there is more than a token.

    Raises:
        InvalidArgumentError: If there is no such operation, or an entry does not fit.
    """

    def __init__(
        self,
        served: Iterable[MockOperation],
        *,
        path: str = "",
        entries: Mapping[str, Iterable[Entry]] | None = None,
        answers: Mapping[str, Body] | None = None,
        token: str | None = None,
        schemes: Mapping[str, Shown] | None = None,
    ) -> None:
        self._served = {each.operation.name: each for each in served}
        self._paths = [(_pattern(each.operation, path), each) for each in self._served.values()]
        self._schemes = schemes
        self._good = None if token is None else Secret(token)
        paged = {name: each for name, each in self._served.items() if each.is_paged}
        self._entries = {
            name: _known(paged, name, "entries").store(given, f"entries[{name!r}]")
            for name, given in (entries or {}).items()
        }
        single = {name: each for name, each in self._served.items() if not each.is_paged}
        self._answers: dict[str, bytes] = {}
        for name, answer in (answers or {}).items():
            _known(single, name, "answers")
            self._answers[name] = _body(answer, single[name].media_type, f"answers[{name!r}]")

    def answer(
        self, method: str, path: str, query: str, headers: Mapping[str, str], content: bytes
    ) -> Answered:
        """Answer a request.

        Args:
            method: The HTTP method.
            path: The path, percent-encoded.
            query: The query, percent-encoded.
            headers: The headers.
            content: The body.
        """
        served: MockOperation | None = None
        try:
            served, arguments = self._read(method, path, query, headers, content)
            if self._schemes is None:
                self._check_token(served, headers.get("authorization", ""))
            else:
                self._check_schemes(served, self._schemes, headers, query)
            answer = self._content(served, arguments)
            return Answered(served.status, answer, served.media_type)
        except RefusalError as refusal:
            return refused(served or self._at(path), refusal)

    def failure(self, status: int, path: str) -> Answered:
        """Give the answer that the document's example of a status is."""
        return refused(self._at(path), RefusalError(status))

    def _at(self, path: str) -> MockOperation | None:
        """Give an operation at a path, whatever its method; else any one."""
        fallback = self._paths[0][1] if self._paths else None
        return next((each for pattern, each in self._paths if pattern.fullmatch(path)), fallback)

    def _read(
        self, method: str, path: str, query: str, headers: Mapping[str, str], content: bytes
    ) -> tuple[MockOperation, dict[str, Any]]:
        """Find the operation and read its arguments."""
        matches = [(each, pattern.fullmatch(path)) for pattern, each in self._paths]
        there = [(each, match) for each, match in matches if match is not None]
        if not there:
            raise RefusalError(404, message=f"there is no path {path}")
        for each, match in there:
            operation = each.operation
            if operation.method == method:
                in_path = (part for part in operation.path if isinstance(part, Parameter))
                texts = zip(in_path, match.groups(), strict=True)
                values = {parameter.name: text for parameter, text in texts}
                try:
                    return each, read_arguments(each, values, query, headers, content)
                except InvalidArgumentError as error:
                    raise RefusalError(400, message=str(error)) from None
        allowed = sorted({each.operation.method for each, _ in there})
        raise RefusalError(405, message=f"{method} is not allowed", allowed=allowed)

    def _check_token(self, served: MockOperation, authorization: str) -> None:
        """Refuse a request without a good token."""
        security = served.operation.security
        if not security or (() in security and not authorization):
            return
        scheme, _, text = authorization.partition(" ")
        if scheme.lower() != "bearer" or not text.strip():
            raise RefusalError(status_without_token(served.examples), "no missing token")
        secret, good = Secret(text.strip()), self._good
        expires, scopes = secret.expires(), secret.scopes()
        if good is not None and secret.authorization() != good.authorization():
            raise RefusalError(401, "invalid token")
        if expires is not None and expires <= time.time():
            raise RefusalError(401, "expired token")
        required = served.operation.scopes
        if scopes is not None and required and scopes.isdisjoint(required):
            raise RefusalError(403, "missing scope")

    def _check_schemes(
        self,
        served: MockOperation,
        schemes: Mapping[str, Shown],
        headers: Mapping[str, str],
        query: str,
    ) -> None:
        """Refuse a request that shows nothing of what an operation needs."""
        shown = dict(parse_qsl(query))
        for alternative in served.operation.security:
            if all(schemes[name].is_shown(headers, shown) for name in alternative):
                return
        if served.operation.security:
            raise RefusalError(status_without_token(served.examples), "no missing token")

    def _content(self, served: MockOperation, arguments: Mapping[str, Any]) -> bytes:
        operation = served.operation
        in_path = {
            part.wire_name: arguments[part.name]
            for part in operation.path
            if isinstance(part, Parameter)
        }
        if operation.name in self._answers:
            return self._answers[operation.name]
        if served.is_paged:
            return served.page(self._entries.get(operation.name), in_path, arguments)
        if served.source in self._entries:
            *_, wanted = in_path.values()
            place = dict(list(in_path.items())[:-1])
            for each in self._entries[served.source]:
                if each.id.casefold() == str(wanted).casefold() and each.is_in(place):
                    return each.raw
            raise RefusalError(404, message=f"{wanted} was not found")
        example = success(served.examples)
        if served.media_type != JSON:
            body = b"" if example is None or not served.media_type else example
            return written(body, served.media_type, operation.name)
        if example is None:
            message = f"the document has no example of {operation.name}: give one in answers"
            raise RefusalError(501, message=message)
        source = self._served.get(served.source)
        return msgspec.json.encode(placed(example, in_path, source))


def _body(answer: Any, media_type: str, where: str) -> bytes:
    """Write an answer; one in JSON is an object, or a list of what it is to hold."""
    if media_type == JSON and not is_sequence(answer):
        return to_json(answer, where)
    return written(answer, media_type, where)


def _known(known: Mapping[str, MockOperation], name: str, where: str) -> MockOperation:
    if name not in known:
        listed = ", ".join(known) or "none"
        raise InvalidArgumentError(f"{where}: there is no {name!r} here, only: {listed}")
    return known[name]


def _pattern(operation: Operation[Any], path: str) -> re.Pattern[str]:
    parts = [
        "([^/]+)" if isinstance(part, Parameter) else re.escape(part) for part in operation.path
    ]
    return re.compile(re.escape(path.rstrip("/")) + "".join(parts))
