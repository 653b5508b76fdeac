"""Streams: response bodies that are read item by item as they arrive."""

from __future__ import annotations

import os
import time
import zlib
from collections import deque
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, TypeVar

from ..calls.errors import request_id
from ..core import http
from ..core.errors import APIConnectionError, ResponseDecodeError
from ..core.response_body import DeadlineError, Inflater
from ..core.service import ServiceError
from .framing import Frame, Framing

if TYPE_CHECKING:
    from ..calls.reply import Incoming, Reply

T = TypeVar("T")
_Item_co = TypeVar("_Item_co", covariant=True)

_DONE = b"[DONE]"  # The last event of many services whose other events are JSON.


class ItemFormat(Protocol[_Item_co]):
    """The framing and the decoding of a stream's items.

    Attributes:
        is_text: Whether the items are strings instead of JSON.
    """

    is_text: ClassVar[bool]

    def begin(self, limit: int) -> Framing:
        """Return the framing of a new body, whose items have a maximum size in bytes."""
        ...

    def item(self, frame: Frame) -> _Item_co:
        """Decode an item.

        Raises:
            ResponseDecodeError: If it does not match the document.
        """
        ...


class _Items(Generic[T]):
    """The items of a body, without I/O.

    Attributes:
        seconds: The remaining seconds to wait for the server; None for no limit.
        is_open: Whether more chunks may arrive.
    """

    def __init__(self, reply: Reply, incoming: Incoming, kind: ItemFormat[T]) -> None:
        self.seconds = incoming.seconds
        self.is_open = True
        self._incoming = incoming
        self._kind = kind
        self._framing = kind.begin(incoming.limit)
        self._frames: deque[Frame] = deque()
        # A mock transport or an event hook may have read the complete body.
        self._is_complete = incoming.response.is_stream_consumed
        self._inflater = None if self._is_complete else _inflater(reply.response.headers)
        self._received = 0
        self._fault: ServiceError | None = None

    def chunks(self) -> Any:
        """Return an iterator, or an asynchronous iterator, over the chunks of the body."""
        response = self._incoming.response
        if self._is_complete:
            return (
                _async_chunks(response.content)
                if self._incoming.is_async
                else iter([response.content])
            )
        return response.aiter_raw() if self._incoming.is_async else response.iter_raw()

    def feed(self, chunk: bytes) -> None:
        """Add an encoded chunk; an error in it is raised after the items that precede it."""
        self._received += len(chunk)
        try:
            for piece in (chunk,) if self._inflater is None else self._inflater.pieces(chunk):
                self._frames.extend(self._framing.feed(piece))
        except zlib.error:
            self._fault = ResponseDecodeError("the response's compressed body is damaged")
        except ServiceError as error:
            self._fault = error

    def finish(self) -> None:
        """End the body.

        Raises:
            APIConnectionError: If it is truncated.
        """
        self.is_open = False
        if self._inflater is not None and self._received and not self._inflater.is_complete:
            raise APIConnectionError("the response's compressed body is truncated")
        self._frames.extend(self._framing.finish())

    def has_item(self) -> bool:
        """Whether a complete item has arrived.

        Raises:
            ServiceError: If no item is left and the data after the last one is invalid.
        """
        if not self._frames and self._fault is not None:
            raise self._fault
        return bool(self._frames)

    def is_last(self) -> bool:
        """Whether the next item is the end marker `[DONE]`."""
        frame = self._frames[0]
        return bool(frame.name) and frame.data == _DONE and not self._kind.is_text

    def take(self) -> T:
        """Remove the next item and return it decoded."""
        return self._kind.item(self._frames.popleft())

    def record_wait(self, began: float, *, is_over: bool = False) -> None:
        """Subtract the time spent waiting for the server; the caller's own time does not count.

        Args:
            began: The start of the wait on the monotonic clock.
            is_over: Whether the wait was canceled because the time ran out.

        Raises:
            DeadlineError: If no time is left.
        """
        if self.seconds is not None:
            self.seconds -= time.monotonic() - began
            if self.seconds <= 0 or is_over:
                raise DeadlineError

    def failure(self, error: BaseException) -> BaseException:
        """End the stream after an error, and return the error to raise."""
        self.is_open = False
        self._frames.clear()
        return self._incoming.failure(error)


class _BaseStream(Generic[T]):
    """Base class of synchronous and asynchronous streams.

    Attributes:
        status_code: The HTTP status code.
        headers: The response headers.
        request_id: The request id that the server returned, if any.
    """

    def __init__(self, reply: Reply, incoming: Incoming, kind: ItemFormat[T]) -> None:
        self.status_code: int = reply.response.status_code
        self.headers: http.Headers = reply.response.headers
        self.request_id = request_id(reply.response.headers)
        self._items = _Items(reply, incoming, kind)
        self._response = reply.response
        self._chunks: Any = self._items.chunks()
        self._is_closed = False
        self._process = os.getpid()

    def _check_open(self) -> None:
        if self._process != os.getpid():
            raise ServiceError("the stream was opened before os.fork(); read it in that process")
        if self._is_closed and self._items.is_open:
            raise ServiceError("the stream was closed before its end; close it after the iteration")

    def __repr__(self) -> str:
        """Return the status code without the content."""
        return f"{type(self).__name__}({self.status_code})"


class Stream(_BaseStream[T]):
    """The items of a response as they arrive.

    Iterate over it once, and close it, preferably with a `with` statement: an open stream occupies
    a connection. An item that does not match the document raises `ResponseDecodeError`, a truncated
    body raises `APIConnectionError`. `max_response_bytes` limits each item, and `deadline` limits
    the time spent waiting for the server.
    """

    def __iter__(self) -> Iterator[T]:
        """Return the stream itself."""
        return self

    def __next__(self) -> T:
        """Wait for the next item and return it."""
        self._check_open()
        items = self._items
        try:
            while not items.has_item() and items.is_open:
                self._receive()
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

    def _receive(self) -> None:
        """Wait for the next chunk, which no local variable of an error's traceback may show."""
        began = time.monotonic()
        chunk = next(self._chunks, None)
        self._items.record_wait(began)
        if chunk is None:
            self._items.finish()
        else:
            self._items.feed(chunk)

    def close(self) -> None:
        """Release the connection; items that have not arrived are lost."""
        self._is_closed = True
        if self._process == os.getpid():
            self._response.close()

    def __enter__(self) -> Self:
        """Return the stream itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the stream."""
        self.close()


class AsyncStream(_BaseStream[T]):
    """The items of a response as they arrive, for `async for` and `async with`; see `Stream`."""

    def __aiter__(self) -> AsyncIterator[T]:
        """Return the stream itself."""
        return self

    async def __anext__(self) -> T:
        """Wait for the next item and return it."""
        import anyio

        self._check_open()
        items = self._items
        try:
            while not items.has_item() and items.is_open:
                await self._receive()
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

    async def _receive(self) -> None:
        """Wait for the next chunk, which no local variable of an error's traceback may show."""
        import anyio

        from ..core.cancellation import run_apart

        began, chunk = time.monotonic(), None
        with anyio.move_on_after(self._items.seconds) as scope:
            chunk = await run_apart(lambda: anext(self._chunks, None))
        self._items.record_wait(began, is_over=scope.cancelled_caught)
        if chunk is None:
            self._items.finish()
        else:
            self._items.feed(chunk)

    async def aclose(self) -> None:
        """Release the connection; items that have not arrived are lost."""
        from ..core.cancellation import run_apart

        self._is_closed = True
        if self._process == os.getpid():
            await run_apart(self._response.aclose)

    async def __aenter__(self) -> Self:
        """Return the stream itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the stream."""
        await self.aclose()


def _inflater(headers: http.Headers) -> Inflater | None:
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        return None
    return Inflater(is_gzip=encoding != "deflate")


async def _async_chunks(content: bytes) -> AsyncIterator[bytes]:
    yield content
