"""Decoding and validation of request bodies that a mock receives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import msgspec

from ..arguments.parameters import BodyFormat, RequestBody
from ..core.errors import InvalidArgumentError
from ..core.media_types import essence
from .examples import ReadBody

FormatReader: TypeAlias = Callable[[BodyFormat, str, str, bytes], Any]
"""Decodes a body in one format: takes the format, the body's name, its media type and the bytes."""


def body_reader(*readers: FormatReader) -> ReadBody:
    """Return a function that decodes and validates a request body.

    It returns JSON data, or the bytes of a body that is neither JSON nor a form nor a string; None
    if there is no body. It raises an `InvalidArgumentError` if the body does not match its schema.

    Args:
        *readers: The readers of the body's formats, in their order.
    """

    def read(body: RequestBody, headers: Mapping[str, str], content: bytes) -> Any:
        media_type = headers.get("content-type", "")
        if not content and not media_type:
            return None
        kind = essence(media_type)
        for each, reader in zip(body.formats, readers, strict=True):
            if each.covers(media_type) or each.covers(kind) or essence(each.media_type) == kind:
                return reader(each, body.name, media_type, content)
        known = ", ".join(each.media_type for each in body.formats)
        raise InvalidArgumentError(f"{body.name}: media type {media_type!r} is not one of: {known}")

    return read


def read_json_body(form: BodyFormat, name: str, _media_type: str, content: bytes, /) -> Any:
    """Decode and validate a body in JSON."""
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise InvalidArgumentError(f"{name}: is not valid JSON") from None
    return form.schema.to_wire(value, name)
