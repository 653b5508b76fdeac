# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Mock of a service, without a network.

It checks requests like the service, in the usual order: path, method, arguments, token, scopes, and
whether the requested entry exists. Its responses come from entries that a test passes, otherwise
from the document's examples.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from ..arguments.parameters import Parameter
from ..calls.operation import Operation
from ..calls.secret import Secret
from ..core.errors import InvalidArgumentError
from ..core.guards import is_sequence
from ..core.media_types import JSON, is_json
from .arguments import read_arguments
from .contents import Body, Entry, encode_body, to_json
from .examples import (
    MockOperation,
    MockResponse,
    RejectedRequestError,
    error_response,
    status_without_token,
    success_example,
    with_path_values,
)

CheckCredentials: TypeAlias = Callable[[MockOperation, Mapping[str, str], str], None]
"""Rejects a request without valid credentials: takes the operation, the headers and the query."""


class MockService:
    """A mock of a document's operations.

    Args:
        operations: The operations.
        path: The prefix of the paths of all operations.
        entries: Entries by the operationId of the operation that lists them.
        answers: Response bodies of other operations, by operationId.
        token: The only accepted token; None to accept every token.
        check_credentials: Checks the credentials; None if the only scheme is a bearer token.

    Raises:
        InvalidArgumentError: If an operationId is unknown, or an entry does not match the document.
    """

    def __init__(
        self,
        operations: Iterable[MockOperation],
        *,
        path: str = "",
        entries: Mapping[str, Iterable[Entry]] | None = None,
        answers: Mapping[str, Body] | None = None,
        token: str | None = None,
        check_credentials: CheckCredentials | None = None,
    ) -> None:
        self._operations = {each.operation.name: each for each in operations}
        by_precedence = sorted(self._operations.values(), key=lambda each: _rank(each.operation))
        self._paths = [(_pattern(each.operation, path), each) for each in by_precedence]
        self._check_credentials = check_credentials
        self._accepted = None if token is None else Secret(token)
        self._lists = {name: each for name, each in self._operations.items() if each.is_paged}
        self._entries = {
            name: _find(self._lists, name, "entries").store(given, f"entries[{name!r}]")
            for name, given in (entries or {}).items()
        }
        single = {name: each for name, each in self._operations.items() if not each.is_paged}
        self._responses: dict[str, bytes] = {}
        for name, body in (answers or {}).items():
            _find(single, name, "answers")
            self._responses[name] = _encode(body, single[name], f"answers[{name!r}]")

    def add(self, entries: Iterable[Entry], operation: str | None) -> None:
        """Add entries to a list; the first ones replace the document's examples.

        Raises:
            InvalidArgumentError: If an entry is invalid, or if the list is not known.
        """
        name = self._list(operation)
        added = self._lists[name].store(entries, "entries")
        self._entries[name] = [*self._entries.get(name, ()), *added]

    def remove(self, entry: Entry | str, operation: str | None) -> None:
        """Remove an entry from a list.

        Args:
            entry: The entry, or its id.
            operation: The operationId of the list, or None for the only one.

        Raises:
            InvalidArgumentError: If the list or the entry is not known.
        """
        name = self._list(operation)
        stored = self._entries.get(name, ())
        id_ = entry if isinstance(entry, str) else self._lists[name].store([entry], "entry")[0].id
        left = [each for each in stored if each.id != id_]
        if len(left) == len(stored):
            raise InvalidArgumentError(f"entry: {name} has no entry with the id {id_!r}")
        self._entries[name] = left

    def _list(self, operation: str | None) -> str:
        """Return the list to change: the named one, else the only one with entries."""
        known = [*self._entries] or [*self._lists]
        name = known[0] if operation is None and len(known) == 1 else operation
        return _find(self._lists, name or "", "operation").operation.name

    def respond(
        self, method: str, path: str, query: str, headers: Mapping[str, str], content: bytes
    ) -> MockResponse:
        """Return the response to a request.

        Args:
            method: The HTTP method.
            path: The path, percent-encoded.
            query: The query, percent-encoded.
            headers: The headers.
            content: The body.
        """
        mocked: MockOperation | None = None
        try:
            mocked, arguments = self._read(method, path, query, headers, content)
            if self._check_credentials is None:
                self._check_token(mocked, headers.get("authorization", ""))
            else:
                self._check_credentials(mocked, headers, query)
            body = self._content(mocked, arguments)
            return MockResponse(mocked.status, body, mocked.media_type)
        except RejectedRequestError as error:
            return error_response(mocked or self._at(path), error)

    def failure(self, status: int, path: str) -> MockResponse:
        """Return the error response that the document's example for a status code defines."""
        return error_response(self._at(path), RejectedRequestError(status))

    def _at(self, path: str) -> MockOperation | None:
        """Return an operation at a path, regardless of its method, or else the first operation."""
        fallback = next(iter(self._operations.values()), None)
        return next((each for pattern, each in self._paths if pattern.fullmatch(path)), fallback)

    def _read(
        self, method: str, path: str, query: str, headers: Mapping[str, str], content: bytes
    ) -> tuple[MockOperation, dict[str, Any]]:
        """Find the operation and decode its arguments."""
        candidates = [(each, pattern.fullmatch(path)) for pattern, each in self._paths]
        matches = [(each, match) for each, match in candidates if match is not None]
        if not matches:
            raise RejectedRequestError(404, message=f"the document has no path {path}")
        for each, match in matches:
            operation = each.operation
            if operation.method == method:
                in_path = (part for part in operation.path if isinstance(part, Parameter))
                segments = zip(in_path, match.groups(), strict=True)
                values = {parameter.name: segment for parameter, segment in segments}
                try:
                    return each, read_arguments(each, values, query, headers, content)
                except InvalidArgumentError as error:
                    raise RejectedRequestError(400, message=str(error)) from None
        allowed = sorted({each.operation.method for each, _ in matches})
        raise RejectedRequestError(405, message=f"{method} is not allowed", allowed=allowed)

    def _check_token(self, mocked: MockOperation, authorization: str) -> None:
        """Reject a request without a valid token."""
        security = mocked.operation.security
        if not security or (() in security and not authorization):
            return
        scheme, _, text = authorization.partition(" ")
        if scheme.lower() != "bearer" or not text.strip():
            raise RejectedRequestError(status_without_token(mocked.examples), "no missing token")
        secret, accepted = Secret(text.strip()), self._accepted
        expires, scopes = secret.expires(), secret.scopes()
        if accepted is not None and secret.authorization() != accepted.authorization():
            raise RejectedRequestError(401, "invalid token")
        if expires is not None and expires <= time.time():
            raise RejectedRequestError(401, "expired token")
        required = mocked.operation.scopes
        if scopes is not None and required and scopes.isdisjoint(required):
            raise RejectedRequestError(403, "missing scope")

    def _content(self, mocked: MockOperation, arguments: Mapping[str, Any]) -> bytes:
        operation = mocked.operation
        in_path = {
            part.wire_name: arguments[part.name]
            for part in operation.path
            if isinstance(part, Parameter)
        }
        if operation.name in self._responses:
            return self._responses[operation.name]
        if mocked.is_paged:
            return mocked.page(self._entries.get(operation.name), in_path, arguments)
        if mocked.source in self._entries:
            *_, requested_id = in_path.values()
            collection = dict(list(in_path.items())[:-1])
            for each in self._entries[mocked.source]:
                if each.id.casefold() == str(requested_id).casefold() and each.is_in(collection):
                    return each.raw
            raise RejectedRequestError(404, message=f"{requested_id} was not found")
        example = success_example(mocked.examples)
        if not is_json(mocked.media_type) or mocked.media_type in operation.streams:
            body = b"" if example is None or not mocked.media_type else example
            return _encode(body, mocked, operation.name)
        if example is None:
            message = f"the document has no example of {operation.name}; pass a body in `answers`"
            raise RejectedRequestError(501, message=message)
        source = self._operations.get(mocked.source)
        return msgspec.json.encode(with_path_values(example, in_path, source))


def _rank(operation: Operation[Any]) -> list[tuple[bool, int]]:
    """Return a sort key that puts concrete path segments before templated ones, as OpenAPI does."""
    path = "".join("{" if isinstance(part, Parameter) else part for part in operation.path)
    return [("{" in segment, segment.count("{") - len(segment)) for segment in path.split("/")]


def _encode(body: Any, mocked: MockOperation, where: str) -> bytes:
    """Encode a response body; JSON must be an object or an array."""
    if mocked.media_type == JSON and not is_sequence(body):
        return to_json(body, where)
    return (mocked.encode_stream or encode_body)(body, mocked.media_type, where)


def _find(operations: Mapping[str, MockOperation], name: str, where: str) -> MockOperation:
    """Return an operation by name.

    Raises:
        InvalidArgumentError: If there is no operation of this name.
    """
    if name not in operations:
        known = ", ".join(operations) or "none"
        raise InvalidArgumentError(f"{where}: unknown operation {name!r}; expected one of: {known}")
    return operations[name]


def _pattern(operation: Operation[Any], path: str) -> re.Pattern[str]:
    parts = [
        "([^/]+)" if isinstance(part, Parameter) else re.escape(part) for part in operation.path
    ]
    return re.compile(re.escape(path.rstrip("/")) + "".join(parts))
