"""Response headers with their documented types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, ParamSpec, Self, TypeVar

import msgspec

from ..core import http
from ..core.errors import ResponseDecodeError
from .raw_response import RawResponse, async_raw, raw

T = TypeVar("T")
P = ParamSpec("P")
H = TypeVar("H", bound="ResponseHeaders")


class ResponseHeaders(msgspec.Struct, frozen=True, kw_only=True):
    """The documented headers of a response; a missing header reads as `None`."""

    @classmethod
    def read(cls, headers: http.Headers) -> Self:
        """Return the documented headers of a response.

        Raises:
            ResponseDecodeError: If a header does not match the OpenAPI document.
        """
        found: dict[str, Any] = {}
        for field in msgspec.structs.fields(cls):
            text = headers.get(field.encode_name)
            if text is None:
                continue
            try:
                found[field.name] = _convert(text.strip(), field.type)
            except (msgspec.ValidationError, OverflowError):
                message = f"the header {field.encode_name} does not match the OpenAPI document"
                raise ResponseDecodeError(message) from None
        return cls(**found)


class TypedRawResponse(RawResponse[T], Generic[T, H]):
    """A successful response before decoding, with documented headers."""

    def __init__(self, raw: RawResponse[T], kind: type[H]) -> None:
        """Take over the attributes of a raw response."""
        vars(self).update(vars(raw))
        self._kind = kind

    @property
    def typed_headers(self) -> H:
        """The documented headers, with their types.

        Raises:
            ResponseDecodeError: If a header does not match the OpenAPI document.
        """
        return self._kind.read(self.headers)


def typed_raw(method: Callable[P, T], kind: type[H]) -> Callable[P, TypedRawResponse[T, H]]:
    """Return a version of a resource's method that returns a `TypedRawResponse`."""
    call = raw(method)

    def call_typed(*args: P.args, **kwargs: P.kwargs) -> TypedRawResponse[T, H]:
        return TypedRawResponse(call(*args, **kwargs), kind)

    return call_typed


def async_typed_raw(
    method: Callable[P, Awaitable[T]], kind: type[H]
) -> Callable[P, Awaitable[TypedRawResponse[T, H]]]:
    """Return a version of an asynchronous method that returns a `TypedRawResponse`."""
    call = async_raw(method)

    async def call_typed(*args: P.args, **kwargs: P.kwargs) -> TypedRawResponse[T, H]:
        return TypedRawResponse(await call(*args, **kwargs), kind)

    return call_typed


def _convert(text: str, kind: Any) -> Any:
    """Convert the value of a header; the items of a list are separated by commas."""
    try:
        return msgspec.convert(text, kind, strict=False)
    except msgspec.ValidationError:
        items = [item.strip() for item in text.split(",")] if text else []
        return msgspec.convert(items, kind, strict=False)
