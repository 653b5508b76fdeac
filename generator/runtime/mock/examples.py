"""What a mock of a service knows of an operation, and how examples become answers and errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Protocol, TypeAlias

import msgspec

from ..arguments.parameters import RequestBody
from ..calls.operation import Operation
from ..core.media_types import JSON
from ..models.model import Model, wire_names
from .contents import Entry
from .parameters import dict_of

Examples: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Examples of answers: by status or range, then by name."""

_KIND = ("type", "code")
_MESSAGE = ("message", "detail", "title")


ReadBody: TypeAlias = Callable[[RequestBody, Mapping[str, str], bytes], Any]
"""Reads and checks a request body: what the document says of it, the headers, the bytes."""


class StoredEntry(Protocol):
    """An entry that a mock holds."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def raw(self) -> bytes:
        """Its JSON text."""
        ...

    def is_in(self, collection: Mapping[str, Any], /) -> bool:
        """Whether it is in the collection that the parameters of a path name."""
        ...


class MockOperation(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """An operation that a mock answers.

    Attributes:
        operation: The operation.
        examples: The document's examples of its responses.
        defaults: What the service takes parameters to be that are left out, by name.
        source: The operationId of what lists the things that this operation returns; empty if
            nothing does.
        status: The status code of a success.
        media_type: The media type of a success; empty if it has no body.
        read_body: Reads its request body; None if it has none.
    """

    operation: Operation[Any]
    examples: Examples = {}
    defaults: Mapping[str, Any] = {}
    source: str = ""
    status: int = 200
    media_type: str = JSON
    read_body: ReadBody | None = None

    @property
    def item_id(self) -> str:
        """The position of an entry's id, if the operation pages; else empty."""
        return ""

    @property
    def is_paged(self) -> bool:
        """Whether its response is a page of entries."""
        return False

    def store(self, _entries: Iterable[Entry], _where: str, /) -> Sequence[StoredEntry]:
        """Return entries as the mock holds them.

        Raises:
            InvalidArgumentError: If an entry does not fit the document, unless it is bytes.
        """
        raise NotImplementedError  # Only an operation that pages has entries.

    def page(
        self,
        _entries: Sequence[StoredEntry] | None,
        _collection: Mapping[str, Any],
        _arguments: Mapping[str, Any],
        /,
    ) -> bytes:
        """Return the body of a page.

        Raises:
            RefusalError: If there is no such page.
        """
        raise NotImplementedError  # Only an operation that pages has pages.


class Answered(msgspec.Struct, frozen=True):
    """What a mock answers.

    Attributes:
        status: The HTTP status.
        content: The body.
        media_type: Its media type; empty if there is none.
        allowed: The methods that there are instead of one that there is not.
    """

    status: int
    content: bytes
    media_type: str = JSON
    allowed: tuple[str, ...] = ()


class RefusalError(Exception):
    """The request gets an error for an answer.

    Attributes:
        status: The HTTP status.
        words: Words of the name of the example that fits best.
        message: What to say instead of the example's words; empty to leave them.
        allowed: The methods that there are instead of one that there is not.
    """

    def __init__(
        self, status: int, words: str = "", message: str = "", allowed: Iterable[str] = ()
    ) -> None:
        """Keep what the answer is made of."""
        super().__init__(message)
        self.status = status
        self.words = words
        self.message = message
        self.allowed = tuple(allowed)


def refused(served: MockOperation | None, refusal: RefusalError) -> Answered:
    """Write an error as the document's examples and model of errors have it.

    Args:
        served: The operation that was called, or any other of the document.
        refusal: What is wrong.
    """
    status, text = refusal.status, refusal.message
    examples: Examples = served.examples if served is not None else {}
    body = _best(_of_status(examples, status), refusal.words.split())
    known = _error_members(served.operation.errors if served is not None else {})
    members: dict[str, Any] = dict_of(body) if isinstance(body, dict) else {}
    if body is None:
        reason = _reason(status)
        members = {name: reason.replace(" ", "") for name in _KIND if name in known}
        text = text or reason
    if text:
        members = members | {name: text for name in _MESSAGE if name in known}
    return Answered(status, msgspec.json.encode(members or body), allowed=refusal.allowed)


def _error_members(errors: Mapping[str, Any]) -> frozenset[str]:
    """Give the members of the document's model of errors."""
    for each in errors.values():
        if isinstance(each, type) and issubclass(each, Model):
            return wire_names(each)
    return frozenset({_KIND[0], _MESSAGE[0]})


def placed(example: Any, in_path: Mapping[str, Any], source: MockOperation | None) -> Any:
    """Give an example as if it stood where a request looks for it."""
    if not isinstance(example, dict):
        return example
    members = dict(dict_of(example))
    members |= {name: value for name, value in in_path.items() if name in members}
    if source is not None:
        *_, wanted = in_path.values()
        places = steps(source.item_id)
        members = with_member(members, places, wanted) if places else members
    return members


def with_member(members: dict[str, Any], places: list[str], value: Any) -> dict[str, Any]:
    """Give a copy of an object with a value at a place."""
    step, *further = places
    below = members.get(step)
    held: dict[str, Any] = dict_of(below) if isinstance(below, dict) else {}
    return {**members, step: with_member(held, further, value) if further else value}


def value_at(value: Any, pointer: str) -> Any:
    """Give what is at a place of an example; None if there is nothing."""
    for step in steps(pointer):
        value = dict_of(value).get(step) if isinstance(value, dict) else None
    return value


def steps(pointer: str) -> list[str]:
    """Split a JSON Pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def success(examples: Examples) -> Any:
    """Give the first example of a success."""
    for status, named in examples.items():
        if status.startswith("2"):
            return next(iter(named.values()), None)
    return None


def _of_status(examples: Examples, status: int) -> Mapping[str, Any]:
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in examples:
            return examples[key]
    return {}


def _best(named: Mapping[str, Any], words: list[str]) -> Any:
    """Give the example whose name has most of the words, else the first one."""
    ranked = sorted(named, key=lambda name: -sum(word in name.lower() for word in words))
    return named[ranked[0]] if ranked else None


def status_without_token(examples: Examples) -> int:
    """Give the status of a request without a token: 401, unless an example is named for another."""
    for status, named in examples.items():
        words = [re.sub(r"[^a-z]", "", name.lower()) for name in named]
        if status.isdecimal() and any(word in {"notoken", "missingtoken"} for word in words):
            return int(status)
    return 401


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
