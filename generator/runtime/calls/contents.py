"""Answers that are more, or less, than one kind of JSON.

Which of several the server has sent is told by the status, then by the media type. An answer that
claims to be something else than the document lists is never taken for one that it does list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ..core.errors import ResponseDecodeError
from ..core.media_types import OCTETS, essence, is_json
from ..models.decoding import decode, is_html
from .response import ResponseReader

if TYPE_CHECKING:
    from .reply import Reply

T = TypeVar("T")

_PAGE = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)


class EmptyResponse(ResponseReader[None], frozen=True):
    """An answer that says all by its status. A body that nobody described is left alone."""

    def read(self, reply: Reply) -> None:
        """Read nothing, but refuse a page that is meant for people."""
        if media_type_of(reply) in _PAGE or is_html(reply.content):
            raise ResponseDecodeError("the body is a page in HTML", content=reply.content)


class JsonValueResponse(ResponseReader[T], frozen=True):
    """An answer in JSON that is no one class.

    Attributes:
        kind: What it is read as.
    """

    kind: type[T] | Any

    def read(self, reply: Reply) -> T:
        """Read an answer."""
        value: T = decode(reply.content, self.kind)
        return value


class TextResponse(ResponseReader[str], frozen=True):
    """An answer that is a text.

    Attributes:
        media_type: Which, as the document says.
    """

    media_type: str = "text/plain"

    def read(self, reply: Reply) -> str:
        """Read an answer."""
        _refuse_page(reply, self.media_type)
        charset = _CHARSET.search(reply.response.headers.get("content-type", ""))
        encoding = charset[1] if charset else "utf-8"
        try:
            return reply.content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            message = f"the body is no text in {encoding[:40]}"
            raise ResponseDecodeError(message, content=reply.content) from None


class BinaryResponse(ResponseReader[bytes], frozen=True):
    """An answer that is bytes.

    Attributes:
        media_type: Which, as the document says.
    """

    media_type: str = OCTETS

    def read(self, reply: Reply) -> bytes:
        """Read an answer."""
        _refuse_page(reply, self.media_type)
        kind = media_type_of(reply)
        if is_json(kind) and not _is_listed(kind, self.media_type) and not self._is_any:
            message = f"the answer is {kind}, not {self.media_type}"
            raise ResponseDecodeError(message, content=reply.content)
        return reply.content

    @property
    def _is_any(self) -> bool:
        return self.media_type == OCTETS


class ResponseOption(msgspec.Struct, frozen=True):
    """A response that an operation may return, by status code and media type.

    Attributes:
        status: A status, a range such as `2XX`, or `default`.
        media_type: The media type; empty if there is no body.
        response: How it is read.
    """

    status: str
    media_type: str
    response: ResponseReader[Any]


class OneOfResponses(ResponseReader[T], frozen=True):
    """One of several answers, the preferred ones first.

    Attributes:
        choices: All of them.
    """

    choices: tuple[ResponseOption, ...]

    def read(self, reply: Reply) -> T:
        """Find out which one was sent, and read it."""
        found = _of_status(self.choices, reply.response.status_code)
        kind = media_type_of(reply)
        chosen = _fitting(found, kind, is_empty=reply.stream is None and not reply.content)
        if chosen is None:
            listed = ", ".join(each.media_type or "no body" for each in found)
            message = f"the answer is {kind[:80]}, and the document lists: {listed}"
            raise ResponseDecodeError(message, content=reply.content)
        result: T = chosen.read(reply)
        return result

    def is_streamed(self, status: int, media_type: str, /) -> bool:
        """Whether that one is which is sent with such a head."""
        chosen = _fitting(_of_status(self.choices, status), media_type, is_empty=False)
        return chosen is not None and chosen.is_streamed(status, media_type)


def media_type_of(reply: Reply) -> str:
    """Give the media type that an answer claims to be, without its parameters."""
    text: str = reply.response.headers.get("content-type", "")
    return essence(text)


def _of_status(choices: tuple[ResponseOption, ...], status: int) -> tuple[ResponseOption, ...]:
    """Give the answers of a status; of one that is not listed, what the others bring."""
    for key in (str(status), f"{status // 100}XX", "default"):
        found = tuple(each for each in choices if each.status == key)
        if found:
            return found
    return choices


def _fitting(
    found: tuple[ResponseOption, ...], kind: str, *, is_empty: bool
) -> ResponseReader[Any] | None:
    """Give which of the answers of a status was sent, by its media type."""
    for each in found:
        if each.media_type == kind and (kind or is_empty):
            return each.response
    for each in found:
        if not each.media_type if is_empty else kind and _is_listed(kind, each.media_type):
            return each.response
    return found[0].response if len(found) == 1 or not kind else None


def _is_listed(kind: str, listed: str) -> bool:
    """Whether a media type is what the document lists, which may be a range or a kind of JSON."""
    family, _, rest = listed.partition("/")
    if rest == "*":
        return family in {"*", kind.partition("/")[0]}
    return kind == listed or (is_json(kind) and is_json(listed))


def _refuse_page(reply: Reply, listed: str) -> None:
    """Refuse a page for people where the document has none: a proxy's, or a form to log in."""
    kind = media_type_of(reply)
    is_page = kind in _PAGE or (not kind and is_html(reply.content))
    if is_page and not (kind and _is_listed(kind, listed)):
        raise ResponseDecodeError("the body is a page in HTML", content=reply.content)
