"""From the bytes of a request's body back to what they mean, as far as a mock checks it."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes
from email.message import Message
from typing import Any

import msgspec

from ..arguments.parameters import BodyFormat, Parameter, RequestBody
from ..arguments.schemas import Array, Object, Schema
from ..bodies.formats import FormBody, JsonBody, TextBody
from ..bodies.multipart import MultipartBody
from ..core.errors import InvalidArgumentError
from ..core.media_types import JSON, essence
from .parameters import RawPairs, from_pairs, kind_of, raw_pairs, typed


def read_body(body: RequestBody, headers: Mapping[str, str], content: bytes) -> Any:
    """Read and check the body of a request.

    Args:
        body: What the document says of it.
        headers: The request's headers.
        content: The body; it may be empty.

    Returns:
        Its wire form; the bytes of what is neither JSON nor a form nor a text; None if there is no
        body.

    Raises:
        InvalidArgumentError: If the document forbids it.
    """
    media_type = headers.get("content-type", "")
    if not content and not media_type:
        return None
    found = _format(body, media_type)
    if isinstance(found, JsonBody):
        try:
            value = msgspec.json.decode(content)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            raise InvalidArgumentError(f"{body.name}: it is no JSON") from None
        return found.schema.to_wire(value, body.name)
    if isinstance(found, FormBody):
        fields = _fields(found, raw_pairs(content.decode("ascii", "backslashreplace")))
        return found.schema.to_wire(typed(found.schema, fields), body.name)
    if isinstance(found, MultipartBody):
        _check_parts(found, body.name, media_type, content)
    if isinstance(found, TextBody) and "charset=utf-8" in media_type:
        text = content.decode("utf-8", "replace")
        return found.schema.to_wire(typed(found.schema, text), body.name)
    return content


def _format(body: RequestBody, media_type: str) -> BodyFormat:
    kind = essence(media_type)
    for each in body.formats:
        if each.covers(media_type) or each.covers(kind) or essence(each.media_type) == kind:
            return each
    message = f"{body.name}: the media type {media_type!r} is none of the document's"
    raise InvalidArgumentError(message)


def _fields(form: FormBody, pairs: RawPairs) -> dict[str, Any]:
    """Give the fields of a form by their names."""
    kind = kind_of(form.schema)
    known = dict(kind.properties) if isinstance(kind, Object) else {}
    names = [*known, *(name for name, _ in pairs if name.partition("[")[0] not in known)]
    found: dict[str, Any] = {}
    for name in dict.fromkeys(names):
        schema = kind_of(known.get(name, Schema()))
        field = form.fields.get(name)
        if field is None:
            media_type = JSON if isinstance(schema, Object) else ""
            field = Parameter(name, name, "query", media_type=media_type)
        value = from_pairs(msgspec.structs.replace(field, schema=schema), pairs)
        if value is not None:
            found[name] = _items(schema, value)
    return found


def _items(schema: Schema, value: Any) -> Any:
    """Read the items of a list that are objects, each of which is JSON."""
    if not isinstance(schema, Array) or not isinstance(kind_of(schema.items), Object):
        return value
    try:
        return [msgspec.json.decode(each) if isinstance(each, str) else each for each in value]
    except msgspec.DecodeError:
        return value


def _check_parts(form: MultipartBody, name: str, media_type: str, content: bytes) -> None:
    """Refuse a form that lacks a part."""
    head = f"Content-Type: {media_type}\r\n\r\n".encode()
    message: Message = message_from_bytes(head + content)
    if not message.is_multipart():
        raise InvalidArgumentError(f"{name}: it has no parts")
    parts: list[Any] = [*message.walk()]
    there = {str(each.get_param("name", header="content-disposition")) for each in parts}
    there |= {each.partition("[")[0] for each in there}
    kind = kind_of(form.schema)
    for wanted in kind.required if isinstance(kind, Object) else ():
        if wanted not in there:
            raise InvalidArgumentError(f"{name}: the part {wanted!r} is missing")
