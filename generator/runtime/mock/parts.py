"""Multipart response bodies of a mock. Optional: generated code passes it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.guards import is_sequence
from ..core.media_types import JSON, OCTETS
from .contents import value_to_json
from .examples import RejectedRequestError


def encode_parts(body: Any, media_type: str, where: str) -> bytes:
    """Encode a list of parts, or a single one: bytes, strings, and other values as JSON.

    Args:
        body: The parts; bytes are returned unchanged.
        media_type: The media type of the body, with its boundary.
        where: The name of the value, for messages.

    Raises:
        InvalidArgumentError: If a part cannot be represented as JSON.
        RejectedRequestError: If the document has no example; a body without parts is invalid.
    """
    if body == b"":
        message = f"the document has no example of {where}; pass a body in `answers`"
        raise RejectedRequestError(501, message=message)
    if isinstance(body, bytes):
        return body
    parts: Sequence[Any] = body if is_sequence(body) else [body]
    boundary = media_type.rpartition("boundary=")[2]
    encoded: list[bytes] = []
    for each in parts:
        kind, content = JSON, b""
        if isinstance(each, bytes):
            kind, content = OCTETS, each
        elif isinstance(each, str):
            kind, content = "text/plain; charset=utf-8", each.encode()
        else:
            content = value_to_json(each, where)
        head = f"--{boundary}\r\nContent-Type: {kind}\r\n\r\n"
        encoded.append(head.encode() + content + b"\r\n")
    return b"".join([*encoded, f"--{boundary}--\r\n".encode()])
