"""Decoding and validation of request bodies that a mock receives."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes
from email.message import Message
from typing import Any

import msgspec

from ..arguments.composites import Array, Object
from ..arguments.parameters import BodyFormat, Parameter, RequestBody
from ..arguments.schemas import Schema
from ..bodies.formats import FormBody, JsonBody, TextBody
from ..core.errors import InvalidArgumentError
from ..core.media_types import JSON, essence
from .parameters import RawPairs, convert_strings, from_pairs, raw_pairs, resolve_deferred


def read_body(body: RequestBody, headers: Mapping[str, str], content: bytes) -> Any:
    """Decode and validate a request body.

    Args:
        body: The request body as the document defines it.
        headers: The request headers.
        content: The body; it may be empty.

    Returns:
        The body as JSON data; the bytes of a body that is neither JSON nor a form nor a string;
        None if there is no body.

    Raises:
        InvalidArgumentError: If the body does not match its schema.
    """
    media_type = headers.get("content-type", "")
    if not content and not media_type:
        return None
    form = _format(body, media_type)
    if isinstance(form, JsonBody):
        try:
            value = msgspec.json.decode(content)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            raise InvalidArgumentError(f"{body.name}: is not valid JSON") from None
        return form.schema.to_wire(value, body.name)
    if isinstance(form, FormBody):
        fields = _fields(form, raw_pairs(content.decode("ascii", "backslashreplace")))
        return form.schema.to_wire(convert_strings(form.schema, fields), body.name)
    if form.media_type.startswith("multipart/"):
        _check_parts(form, body.name, media_type, content)
    if isinstance(form, TextBody) and "charset=utf-8" in media_type:
        text = content.decode("utf-8", "replace")
        return form.schema.to_wire(convert_strings(form.schema, text), body.name)
    return content


def _format(body: RequestBody, media_type: str) -> BodyFormat:
    kind = essence(media_type)
    for each in body.formats:
        if each.covers(media_type) or each.covers(kind) or essence(each.media_type) == kind:
            return each
    known = ", ".join(each.media_type for each in body.formats)
    raise InvalidArgumentError(f"{body.name}: media type {media_type!r} is not one of: {known}")


def _fields(form: FormBody, pairs: RawPairs) -> dict[str, Any]:
    """Return the fields of a form by name."""
    kind = resolve_deferred(form.schema)
    known = dict(kind.properties) if isinstance(kind, Object) else {}
    names = [*known, *(name for name, _ in pairs if name.partition("[")[0] not in known)]
    fields: dict[str, Any] = {}
    for name in dict.fromkeys(names):
        schema = resolve_deferred(known.get(name, Schema()))
        field = form.fields.get(name)
        if field is None:
            media_type = JSON if isinstance(schema, Object) else ""
            field = Parameter(name, name, "query", media_type=media_type)
        value = from_pairs(msgspec.structs.replace(field, schema=schema), pairs)
        if value is not None:
            fields[name] = _items(schema, value)
    return fields


def _items(schema: Schema, value: Any) -> Any:
    """Decode the items of an array of objects, each of which is a JSON string."""
    if not isinstance(schema, Array) or not isinstance(resolve_deferred(schema.items), Object):
        return value
    try:
        return [msgspec.json.decode(each) if isinstance(each, str) else each for each in value]
    except msgspec.DecodeError:
        return value


def _check_parts(form: BodyFormat, name: str, media_type: str, content: bytes) -> None:
    """Raise an error if a multipart form lacks a required part."""
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
