"""Readers of responses: text, bytes, no body, or one of several.

The status code, then the media type, selects among several responses. A response with a media type
that the OpenAPI document does not list is never read as one that it does list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ..core.charsets import charset_of
from ..core.errors import ResponseDecodeError
from ..core.media_types import HTML, OCTETS, essence, is_json
from ..models.decoding import decode
from ..models.reading import is_html
from .response import ResponseReader

if TYPE_CHECKING:
    from .reply import Reply

T = TypeVar("T")

_PAGE = frozenset({HTML, "application/xhtml+xml"})
_PARAMETER = re.compile(r";\s*([^\s=;]+)=(\"[^\"]*\"|[^\s;]*)")


class EmptyResponse(ResponseReader[None], frozen=True):
    """A response without a body. An undocumented body is ignored."""

    def read(self, reply: Reply) -> None:
        """Return None; raise if the response is an HTML page."""
        if media_type_of(reply) in _PAGE or is_html(reply.content):
            raise ResponseDecodeError("the body is an HTML page", content=reply.content)


class JsonValueResponse(ResponseReader[T], frozen=True):
    """A JSON response that is not a single class, such as an array or a union.

    Attributes:
        kind: The Python type that it is decoded to.
    """

    kind: type[T] | Any

    def read(self, reply: Reply) -> T:
        """Return the decoded body of a response."""
        value: T = decode(reply.content, self.kind)
        return value


class TextResponse(ResponseReader[str], frozen=True):
    """A text response.

    Attributes:
        media_type: The documented media type.
    """

    media_type: str = "text/plain"

    def read(self, reply: Reply) -> str:
        """Return the decoded body of a response."""
        _reject_page(reply, self.media_type)
        encoding = charset_of(reply.response.headers.get("content-type", "")) or "utf-8"
        try:
            return reply.content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            message = f"the body is not valid text in {encoding}"
            raise ResponseDecodeError(message, content=reply.content) from None


class BinaryResponse(ResponseReader[bytes], frozen=True):
    """A binary response.

    Attributes:
        media_type: The documented media type.
    """

    media_type: str = OCTETS

    def read(self, reply: Reply) -> bytes:
        """Return the decoded body of a response."""
        _reject_page(reply, self.media_type)
        kind = media_type_of(reply)
        if is_json(kind) and not _is_listed(kind, self.media_type) and not self._is_any:
            message = f"the media type is {kind}, not {self.media_type}"
            raise ResponseDecodeError(message, content=reply.content)
        return reply.content

    @property
    def _is_any(self) -> bool:
        return self.media_type == OCTETS


class ResponseOption(msgspec.Struct, frozen=True):
    """A response that an operation may return, by status code and media type.

    Attributes:
        status: A status code, a range such as `2XX`, or `default`.
        media_type: The media type; empty if the response has no body.
        response: The reader of the response.
    """

    status: str
    media_type: str
    response: ResponseReader[Any]


class OneOfResponses(ResponseReader[T], frozen=True):
    """One of several responses, in order of preference.

    Attributes:
        choices: The responses to choose from.
    """

    choices: tuple[ResponseOption, ...]

    def read(self, reply: Reply) -> T:
        """Select a response by status code and media type, and read it."""
        found = _of_status(self.choices, reply.response.status_code)
        header: str = reply.response.headers.get("content-type", "")
        chosen = _fitting(found, header, is_empty=reply.stream is None and not reply.content)
        if chosen is None:
            listed = ", ".join(each.media_type or "no body" for each in found)
            message = (
                f"the media type is {header.strip()[:80]}, and the OpenAPI document lists: {listed}"
            )
            raise ResponseDecodeError(message, content=reply.content)
        result: T = chosen.read(reply)
        return result

    def is_streamed(self, status: int, media_type: str, /) -> bool:
        """Whether the response with this status code and media type is read item by item."""
        chosen = _fitting(_of_status(self.choices, status), media_type, is_empty=False)
        return chosen is not None and chosen.is_streamed(status, media_type)


def media_type_of(reply: Reply) -> str:
    """Return the media type in the Content-Type header, without parameters."""
    text: str = reply.response.headers.get("content-type", "")
    return essence(text)


def _of_status(choices: tuple[ResponseOption, ...], status: int) -> tuple[ResponseOption, ...]:
    """Return the responses of a status code, or all of them if the code is not documented."""
    for key in (str(status), f"{status // 100}XX", "default"):
        found = tuple(each for each in choices if each.status == key)
        if found:
            return found
    return choices


def _fitting(
    found: tuple[ResponseOption, ...], header: str, *, is_empty: bool
) -> ResponseReader[Any] | None:
    """Return the reader for a media type among the responses of one status code, or None."""
    kind = essence(header)
    same = [each for each in found if essence(each.media_type) == kind and (kind or is_empty)]
    chosen = same[0].response if len(same) == 1 else _with_parameters(same, header)
    for each in sorted(found, key=_generality) if chosen is None else ():
        if not each.media_type if is_empty else kind and _includes(each, kind, same):
            return each.response
    return found[0].response if chosen is None and (len(found) == 1 or not kind) else chosen


def _generality(option: ResponseOption) -> int:
    return option.media_type.count("*")


def _includes(option: ResponseOption, kind: str, same: list[ResponseOption]) -> bool:
    """Whether an option includes a media type; only a range, if others have other parameters."""
    is_candidate = not same or "*" in option.media_type
    return is_candidate and _is_listed(kind, essence(option.media_type))


def _with_parameters(same: list[ResponseOption], header: str) -> ResponseReader[Any] | None:
    """Return the reader of the media type with the most parameters of a header.

    None if the header contradicts all of them, such as by another version.
    """
    sent = _parameters(header)
    found: dict[int, ResponseReader[Any]] = {}
    for each in same:
        listed = _parameters(each.media_type)
        if all(sent.get(name, value) == value for name, value in listed.items()):
            found.setdefault(len(listed.keys() & sent.keys()), each.response)
    return found[max(found)] if found else None


def _parameters(header: str) -> dict[str, str]:
    """Return the parameters of a media type by name, case-insensitive."""
    return {name: value.strip('"') for name, value in _PARAMETER.findall(header.lower())}


def _is_listed(kind: str, listed: str) -> bool:
    """Whether a media type matches a documented one, which may be a range or a `+json` type."""
    family, _, rest = listed.partition("/")
    if rest == "*":
        return family in {"*", kind.partition("/")[0]}
    return kind == listed or (is_json(kind) and is_json(listed))


def _reject_page(reply: Reply, listed: str) -> None:
    """Reject an undocumented HTML page, such as a proxy's error page or a login form."""
    kind = media_type_of(reply)
    is_page = kind in _PAGE or (not kind and is_html(reply.content))
    if is_page and not (kind and _is_listed(kind, listed)):
        raise ResponseDecodeError("the body is an HTML page", content=reply.content)
