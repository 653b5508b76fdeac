"""Headers of an answer, with the types that the document gives them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, ParamSpec, Self, TypeVar, cast

import msgspec

from ..core import http
from ..core.errors import ResponseDecodeError
from .raw_response import RawResponse, as_raw

T = TypeVar("T")
P = ParamSpec("P")
H = TypeVar("H", bound="ResponseHeaders")


class ResponseHeaders(msgspec.Struct, frozen=True, kw_only=True):
    """Headers that the document describes; one that did not come reads as `None`."""

    @classmethod
    def read(cls, headers: http.Headers) -> Self:
        """Read the headers of an answer.

        Raises:
            ResponseDecodeError: If one of them is not what the document promises.
        """
        found: dict[str, Any] = {}
        for field in msgspec.structs.fields(cls):
            text = headers.get(field.encode_name)
            if text is None:
                continue
            try:
                found[field.name] = _convert(text.strip(), field.type)
            except (msgspec.ValidationError, OverflowError):
                message = f"the header {field.encode_name} is not what the document promises"
                raise ResponseDecodeError(message) from None
        return cls(**found)


class TypedRawResponse(RawResponse[T], Generic[T, H]):
    """An answer that was a success, whose headers the document describes."""

    def __init__(self, raw: RawResponse[T], kind: type[H]) -> None:
        """Take over an answer."""
        vars(self).update(vars(raw))
        self._kind = kind

    @property
    def typed_headers(self) -> H:
        """The headers that the document describes, with their types.

        Raises:
            ResponseDecodeError: If one of them is not what the document promises.
        """
        return self._kind.read(self.headers)


def typed_raw(method: Callable[P, T], kind: type[H]) -> Callable[P, TypedRawResponse[T, H]]:
    """Turn a resource's method into one that gives the `TypedRawResponse`."""
    call = cast("Callable[P, RawResponse[T]]", as_raw(method))

    def typed(*args: P.args, **kwargs: P.kwargs) -> TypedRawResponse[T, H]:
        return TypedRawResponse(call(*args, **kwargs), kind)

    return typed


def async_typed_raw(
    method: Callable[P, Awaitable[T]], kind: type[H]
) -> Callable[P, Awaitable[TypedRawResponse[T, H]]]:
    """Turn an asynchronous resource's method into one that gives the `TypedRawResponse`."""
    call = cast("Callable[P, Awaitable[RawResponse[T]]]", as_raw(method))

    async def typed(*args: P.args, **kwargs: P.kwargs) -> TypedRawResponse[T, H]:
        return TypedRawResponse(await call(*args, **kwargs), kind)

    return typed


def _convert(text: str, kind: Any) -> Any:
    """Read a header's text; a list is written with commas between its items."""
    try:
        return msgspec.convert(text, kind, strict=False)
    except msgspec.ValidationError:
        items = [item.strip() for item in text.split(",")] if text else []
        return msgspec.convert(items, kind, strict=False)
