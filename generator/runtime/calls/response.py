"""How the responses of an operation are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from ..models.decoding import decode

if TYPE_CHECKING:
    from .reply import Reply

T = TypeVar("T")


class ResponseReader(msgspec.Struct, Generic[T], frozen=True):
    """What a success brings, and how it is read."""

    def read(self, reply: Reply) -> T:
        """Read an answer.

        Raises:
            ResponseDecodeError: If it is not what the document promises.
        """
        raise NotImplementedError  # Each kind has its own.

    def is_streamed(self, _status: int, _media_type: str, /) -> bool:
        """Whether an answer of such a head is read item by item."""
        return False


class JsonResponse(ResponseReader[T], frozen=True):
    """An answer in JSON.

    Attributes:
        type: What it is read as.
    """

    type: type[T]

    def read(self, reply: Reply) -> T:
        """Read an answer."""
        return decode(reply.content, self.type)
