"""Bodies that are read item by item, as they come."""

from __future__ import annotations

import time
import zlib
from collections import deque
from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, TypeVar

from ..calls.failures import request_id
from ..core import http
from ..core.errors import APIConnectionError, ResponseDecodeError
from ..core.response_body import DeadlineError, Inflater
from ..core.service import ServiceError
from .framing import Frame, Framing

if TYPE_CHECKING:
    from ..calls.reply import Incoming, Reply

T = TypeVar("T")
_Item_co = TypeVar("_Item_co", covariant=True)

_DONE = b"[DONE]"  # What many services send as the last event, where all others are JSON.


class ItemKind(Protocol[_Item_co]):
    """What the items of a stream are.

    Attributes:
        framing: How they are told apart.
        is_text: Whether they are strings, not JSON.
    """

    framing: ClassVar[type[Framing]]
    is_text: ClassVar[bool]

    def item(self, frame: Frame) -> _Item_co:
        """Read an item.

        Raises:
            ResponseDecodeError: If it is not what the document promises.
        """
        ...


class _Items(Generic[T]):
    """The items of a body, all but the I/O.

    Attributes:
        seconds: How long the rest may be waited for; None for ever.
        is_open: Whether more may come.
    """

    def __init__(self, reply: Reply, incoming: Incoming, kind: ItemKind[T]) -> None:
        self.seconds = incoming.seconds
        self.is_open = True
        self._incoming = incoming
        self._kind = kind
        self._framing = kind.framing(incoming.limit)
        self._frames: deque[Frame] = deque()
        self._is_whole = incoming.response.is_stream_consumed  # By a mock transport, or a hook.
        self._inflater = None if self._is_whole else _inflater(reply.response.headers)
        self._received = 0
        self._fault: ServiceError | None = None

    def chunks(self) -> Any:
        """Give what the body is read from, a chunk at a time."""
        response = self._incoming.response
        if self._is_whole:
            return _again(response.content) if self._incoming.is_async else iter([response.content])
        return response.aiter_raw() if self._incoming.is_async else response.iter_raw()

    def feed(self, chunk: bytes) -> None:
        """Take a chunk as it came over the wire; what is wrong with it is told after its items."""
        self._received += len(chunk)
        try:
            for piece in (chunk,) if self._inflater is None else self._inflater.pieces(chunk):
                self._frames.extend(self._framing.feed(piece))
        except zlib.error:
            self._fault = ResponseDecodeError("the answer's compressed body is damaged")
        except ServiceError as error:
            self._fault = error

    def finish(self) -> None:
        """Take the end of the body."""
        self.is_open = False
        if self._inflater is not None and self._received and not self._inflater.is_complete:
            raise APIConnectionError("the answer's compressed body ended early")
        self._frames.extend(self._framing.finish())

    def has_item(self) -> bool:
        """Whether an item is there.

        Raises:
            ServiceError: If none is, and what came instead is none.
        """
        if not self._frames and self._fault is not None:
            raise self._fault
        return bool(self._frames)

    def is_last(self) -> bool:
        """Whether the next item only says that there are no more."""
        frame = self._frames[0]
        return bool(frame.name) and frame.data == _DONE and not self._kind.is_text

    def take(self) -> T:
        """Read the next item."""
        return self._kind.item(self._frames.popleft())

    def waited(self, began: float, *, is_over: bool = False) -> None:
        """Count the time that the server took; what the caller does in between is not counted."""
        if self.seconds is not None:
            self.seconds -= time.monotonic() - began
            if self.seconds <= 0 or is_over:
                raise DeadlineError

    def failure(self, error: BaseException) -> BaseException:
        """Give the error to raise for what went wrong."""
        self.is_open = False
        self._frames.clear()
        return self._incoming.failure(error)


class _BaseStream(Generic[T]):
    """What synchronous and asynchronous streams share.

    Attributes:
        status_code: The HTTP status.
        headers: The answer's headers.
        request_id: The id that the server gave the request, if it did.
    """

    def __init__(self, reply: Reply, incoming: Incoming, kind: ItemKind[T]) -> None:
        self.status_code: int = reply.response.status_code
        self.headers: http.Headers = reply.response.headers
        self.request_id = request_id(reply.response.headers)
        self._items = _Items(reply, incoming, kind)
        self._response = reply.response
        self._chunks: Any = self._items.chunks()
        self._is_closed = False

    def _check_open(self) -> None:
        if self._is_closed and self._items.is_open:
            raise ServiceError("the stream was closed before its end")

    def __repr__(self) -> str:
        """Show the status, not the content."""
        return f"{type(self).__name__}({self.status_code})"


class Stream(_BaseStream[T]):
    """The items of an answer as they come.

    Iterate over it once, and close it, best with a `with` statement: until then it holds a
    connection. An item that does not fit the document raises `ResponseDecodeError`, a body that
    breaks off `APIConnectionError`. `max_response_bytes` holds for each item, and `deadline` for
    the time that is spent waiting for the server.
    """

    def __iter__(self) -> Iterator[T]:
        """Give the stream itself."""
        return self

    def __next__(self) -> T:
        """Wait for the next item."""
        self._check_open()
        items = self._items
        try:
            while not items.has_item():
                if not items.is_open:
                    break
                began = time.monotonic()
                chunk = next(self._chunks, None)
                items.waited(began)
                if chunk is None:
                    items.finish()
                else:
                    items.feed(chunk)
            if items.has_item() and not items.is_last():
                return items.take()
        except BaseException as error:
            self.close()
            found = items.failure(error)
        else:
            items.is_open = False
            self.close()
            raise StopIteration
        raise found

    def close(self) -> None:
        """Give the connection back; what has not come yet is lost."""
        self._is_closed = True
        self._response.close()

    def __enter__(self) -> Self:
        """Give the stream itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the stream."""
        self.close()


class AsyncStream(_BaseStream[T]):
    """The items of an answer as they come, with `async for` and `async with`; see `Stream`."""

    def __aiter__(self) -> AsyncIterator[T]:
        """Give the stream itself."""
        return self

    async def __anext__(self) -> T:
        """Wait for the next item."""
        import anyio

        self._check_open()
        items = self._items
        try:
            while not items.has_item():
                if not items.is_open:
                    break
                began, chunk = time.monotonic(), None
                with anyio.move_on_after(items.seconds) as scope:
                    chunk = await anext(self._chunks, None)
                items.waited(began, is_over=scope.cancelled_caught)
                if chunk is None:
                    items.finish()
                else:
                    items.feed(chunk)
            if items.has_item() and not items.is_last():
                return items.take()
        except BaseException as error:
            with anyio.CancelScope(shield=True):
                await self.aclose()
            found = items.failure(error)
        else:
            items.is_open = False
            await self.aclose()
            raise StopAsyncIteration
        raise found

    async def aclose(self) -> None:
        """Give the connection back; what has not come yet is lost."""
        self._is_closed = True
        await self._response.aclose()

    async def __aenter__(self) -> Self:
        """Give the stream itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the stream."""
        await self.aclose()


def _inflater(headers: http.Headers) -> Inflater | None:
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        return None
    return Inflater(is_gzip=encoding != "deflate")


async def _again(content: bytes) -> AsyncIterator[bytes]:
    yield content
