"""Validation of multipart forms that a mock receives."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from typing import Any

from ..arguments.composites import Object
from ..arguments.parameters import BodyFormat
from ..core.errors import InvalidArgumentError
from .parameters import resolve_deferred


def read_multipart_body(form: BodyFormat, name: str, media_type: str, content: bytes, /) -> bytes:
    """Return a multipart form unchanged.

    Raises:
        InvalidArgumentError: If it lacks a required part.
    """
    head = f"Content-Type: {media_type}\r\n\r\n".encode()
    message: Message = message_from_bytes(head + content)
    if not message.is_multipart():
        raise InvalidArgumentError(f"{name}: is not a multipart form")
    parts: list[Any] = [*message.walk()]
    names = {str(each.get_param("name", header="content-disposition")) for each in parts}
    names |= {each.partition("[")[0] for each in names}
    kind = resolve_deferred(form.schema)
    for required in kind.required if isinstance(kind, Object) else ():
        if required not in names:
            raise InvalidArgumentError(f"{name}: the required part {required!r} is missing")
    return content
