"""Readers of successful responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

import msgspec

from ..models.decoding import decode

if TYPE_CHECKING:
    from .reply import Reply

T = TypeVar("T")


class ResponseReader(msgspec.Struct, Generic[T], frozen=True):
    """A reader of a successful response.

    Attributes:
        reads_redirects: Whether the redirects that the document promises are successful.
    """

    reads_redirects: ClassVar[bool] = False

    def read(self, reply: Reply) -> T:
        """Return the decoded body of a response.

        Raises:
            ResponseDecodeError: If it does not match the OpenAPI document.
        """
        raise NotImplementedError  # Subclasses implement it.

    def is_streamed(self, _status: int, _media_type: str, /) -> bool:
        """Whether a response with this status code and media type is read item by item."""
        return False


class JsonResponse(ResponseReader[T], frozen=True):
    """A JSON response of one class.

    Attributes:
        type: The class that it is decoded to.
    """

    type: type[T]

    def read(self, reply: Reply) -> T:
        """Return the decoded body of a response."""
        return decode(reply.content, self.type)
