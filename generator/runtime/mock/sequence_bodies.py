"""Validation of bodies with several items that a mock receives."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from typing import Any

import msgspec

from ..arguments.parameters import BodyFormat
from ..bodies.multipart import FileSchema
from ..bodies.sequences import ItemsBody, PartFormat, PartsBody
from ..core.errors import InvalidArgumentError
from ..core.media_types import essence, is_json
from .parameters import convert_strings


def read_items_body(form: BodyFormat, name: str, _media_type: str, content: bytes, /) -> list[Any]:
    """Decode and validate the items of a body in JSON.

    Raises:
        InvalidArgumentError: If an item is not valid JSON or does not match its schema.
    """
    separator = form.separator.encode() if isinstance(form, ItemsBody) else b""
    items = content.split(separator or b"\n")
    if separator and items[0].strip():
        raise InvalidArgumentError(f"{name}: has data before the first separator")
    found: list[Any] = []
    for each in filter(bytes.strip, items):
        where = f"{name}[{len(found)}]"
        found.append(form.schema.to_wire(_json(each, where), where))
    return found


def read_parts_body(form: BodyFormat, name: str, media_type: str, content: bytes, /) -> bytes:
    """Return a multipart body unchanged.

    Raises:
        InvalidArgumentError: If a part does not match the description of its position.
    """
    message: Message = message_from_bytes(f"Content-Type: {media_type}\r\n\r\n".encode() + content)
    if not message.is_multipart():
        raise InvalidArgumentError(f"{name}: is not a multipart body")
    parts: list[Any] = [*message.get_payload()]
    for index, each in enumerate(parts):
        described = form.format_at(index, name) if isinstance(form, PartsBody) else PartFormat()
        _check_part(described, each, f"{name}[{index}]")
    return content


def _check_part(described: PartFormat, part: Message, where: str) -> None:
    media_type = part.get_content_type()
    allowed = described.part.media_types
    if allowed and not any(BodyFormat(essence(each)).covers(media_type) for each in allowed):
        known = ", ".join(allowed)
        raise InvalidArgumentError(f"{where}: media type {media_type!r} is not one of: {known}")
    content = part.get_payload(decode=True)
    if isinstance(described.schema, FileSchema) or not isinstance(content, bytes):
        return
    text = content.decode("utf-8", "replace")
    given = (
        _json(content, where) if is_json(media_type) else convert_strings(described.schema, text)
    )
    described.schema.to_wire(given, where)


def _json(content: bytes, where: str) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise InvalidArgumentError(f"{where}: is not valid JSON") from None
