# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Mocked operations, and responses from the document's examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from http.client import responses
from typing import Any, Protocol, TypeAlias

import msgspec

from ..arguments.parameters import RequestBody
from ..calls.operation import Operation
from ..core.media_types import JSON
from ..models.model import Model, json_names
from .contents import Entry
from .parameters import as_dict

Examples: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Examples of responses: by status code or range such as `4XX`, then by name."""

_KIND = ("type", "code")
_MESSAGE = ("message", "detail", "title")


ReadBody: TypeAlias = Callable[[RequestBody, Mapping[str, str], bytes], Any]
"""Decodes and validates a request body: takes its definition, the headers and the bytes."""

EncodeStream: TypeAlias = Callable[[Any, str, str], bytes]
"""Encodes a stream: takes its items, the media type, and the name of the body for messages."""


class StoredEntry(Protocol):
    """An entry in the store of a mock."""

    @property
    def id(self) -> str:
        """The id."""
        ...

    @property
    def raw(self) -> bytes:
        """The JSON."""
        ...

    def is_in(self, collection: Mapping[str, Any], /) -> bool:
        """Whether it belongs to the collection with these path parameters."""
        ...


class MockOperation(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """An operation of a mock.

    Attributes:
        operation: The operation.
        examples: The document's examples of its responses.
        defaults: The service's default values of parameters, by name.
        source: The operationId of the operation that lists the entries of which this one returns
            one; may be empty.
        status: The status code of a successful response.
        media_type: The media type of a successful response; empty if it has no body.
        encode_stream: Encodes a body of that media type; None if it is no stream.
        read_body: Decodes its request body; None if it has none.
    """

    operation: Operation[Any]
    examples: Examples = {}
    defaults: Mapping[str, Any] = {}
    source: str = ""
    status: int = 200
    media_type: str = JSON
    encode_stream: EncodeStream | None = None
    read_body: ReadBody | None = None

    @property
    def is_paged(self) -> bool:
        """Whether its response is a page of entries."""
        return False

    def with_id(self, _members: dict[str, Any], _id: Any, /) -> dict[str, Any]:
        """Return the members of an entry with an id."""
        raise NotImplementedError  # Only a paged operation has entries.

    def store(self, _entries: Iterable[Entry], _where: str, /) -> Sequence[StoredEntry]:
        """Return entries in the form that the mock stores.

        Raises:
            InvalidArgumentError: If an entry does not match the document, unless it is bytes.
        """
        raise NotImplementedError  # Only a paged operation has entries.

    def page(
        self,
        _entries: Sequence[StoredEntry] | None,
        _collection: Mapping[str, Any],
        _arguments: Mapping[str, Any],
        /,
    ) -> bytes:
        """Return the body of a page.

        Raises:
            RejectedRequestError: If the collection or the page does not exist.
        """
        raise NotImplementedError  # Only a paged operation has pages.


class MockResponse(msgspec.Struct, frozen=True):
    """A response of a mock.

    Attributes:
        status: The HTTP status code.
        content: The body.
        media_type: The media type of the body; empty without a body.
        allowed: The methods for the `Allow` header of a 405 response.
    """

    status: int
    content: bytes
    media_type: str = JSON
    allowed: tuple[str, ...] = ()


class RejectedRequestError(Exception):
    """The mock rejects a request with an error response.

    Attributes:
        status: The HTTP status code.
        words: Words in the name of the example to use, separated by spaces.
        message: The error message; empty for the message of the example.
        allowed: The methods for the `Allow` header of a 405 response.
    """

    def __init__(
        self, status: int, words: str = "", message: str = "", allowed: Iterable[str] = ()
    ) -> None:
        """Store the parts of the error response."""
        super().__init__(message)
        self.status = status
        self.words = words
        self.message = message
        self.allowed = tuple(allowed)


def error_response(mocked: MockOperation | None, error: RejectedRequestError) -> MockResponse:
    """Return an error response from the document's examples and its error model.

    Args:
        mocked: The operation that was called, or any other operation of the document.
        error: The reason for the error response.
    """
    status, text = error.status, error.message
    examples: Examples = mocked.examples if mocked is not None else {}
    body = _best_example(_of_status(examples, status), error.words.split())
    known = _error_members(mocked.operation.errors if mocked is not None else {})
    members: dict[str, Any] = as_dict(body) if isinstance(body, dict) else {}
    if body is None:
        reason = _reason(status)
        members = {name: reason.replace(" ", "") for name in _KIND if name in known}
        text = text or reason
    if text:
        members = members | {name: text for name in _MESSAGE if name in known}
    return MockResponse(status, msgspec.json.encode(members or body), allowed=error.allowed)


def _error_members(errors: Mapping[str, Any]) -> frozenset[str]:
    """Return the JSON names in the document's error model."""
    for each in errors.values():
        if isinstance(each, type) and issubclass(each, Model):
            return json_names(each)
    return frozenset({_KIND[0], _MESSAGE[0]})


def with_path_values(example: Any, in_path: Mapping[str, Any], source: MockOperation | None) -> Any:
    """Return an example with the values that the path of the request contains.

    Args:
        example: The example of a response.
        in_path: The path parameters.
        source: The operation that lists such entries, if any; the last path parameter is
            then the id of the entry.
    """
    if not isinstance(example, dict):
        return example
    members = dict(as_dict(example))
    members |= {name: value for name, value in in_path.items() if name in members}
    if source is not None:
        *_, requested_id = in_path.values()
        members = source.with_id(members, requested_id)
    return members


def success_example(examples: Examples) -> Any:
    """Return the first example of a successful response, or None."""
    for status, named in examples.items():
        if status.startswith("2"):
            return next(iter(named.values()), None)
    return None


def _of_status(examples: Examples, status: int) -> Mapping[str, Any]:
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in examples:
            return examples[key]
    return {}


def _best_example(named: Mapping[str, Any], words: list[str]) -> Any:
    """Return the example whose name contains the most words, or None if there are no examples."""
    ranked = sorted(named, key=lambda name: -sum(word in name.lower() for word in words))
    return named[ranked[0]] if ranked else None


def status_without_token(examples: Examples) -> int:
    """Return the status code for a missing token: that of an example with this name, or 401."""
    for status, named in examples.items():
        words = [re.sub(r"[^a-z]", "", name.lower()) for name in named]
        if status.isdecimal() and any(word in {"notoken", "missingtoken"} for word in words):
            return int(status)
    return 401


def _reason(status: int) -> str:
    return responses.get(status, "Error")
