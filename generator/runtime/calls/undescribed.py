"""Responses that are documented only as JSON or string.

Frameworks document JSON by default, also for handlers that return a file, a table or plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ..core.media_types import is_json
from ..core.text_types import is_text
from ..models.decoding import decode
from .contents import BinaryResponse, TextResponse, media_type_of
from .response import ResponseReader

if TYPE_CHECKING:
    from .reply import Reply

T = TypeVar("T")


class UndescribedResponse(ResponseReader[T], frozen=True):
    """A response that is decoded by its Content-Type: JSON, text, or bytes.

    Attributes:
        kind: The Python type of JSON: `Any`, or `str`, which text of any media type is, too.
    """

    kind: type[T] | Any

    def read(self, reply: Reply) -> T:
        """Return the decoded JSON, the text or the bytes; raise for an HTML page."""
        kind = media_type_of(reply)
        value: Any
        if not kind or is_json(kind):
            value = decode(reply.content, self.kind)
        elif self.kind is Any and not is_text(kind):
            value = BinaryResponse(media_type=kind).read(reply)
        else:
            value = TextResponse().read(reply)
        result: T = value
        return result
