"""Decoding of forms that a mock receives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from ..arguments.composites import Array, Object
from ..arguments.parameters import BodyFormat, Parameter
from ..arguments.schemas import Schema
from ..bodies.formats import FormBody
from ..core.media_types import JSON
from .parameters import convert_strings, from_pairs, raw_pairs, resolve_deferred


def read_form_body(form: BodyFormat, name: str, _media_type: str, content: bytes, /) -> Any:
    """Decode and validate a form."""
    encodings: Mapping[str, Parameter] = form.fields if isinstance(form, FormBody) else {}
    pairs = raw_pairs(content.decode("ascii", "backslashreplace"))
    kind = resolve_deferred(form.schema)
    known = dict(kind.properties) if isinstance(kind, Object) else {}
    names = [*known, *(field for field, _ in pairs if field.partition("[")[0] not in known)]
    members: dict[str, Any] = {}
    for each in dict.fromkeys(names):
        schema = resolve_deferred(known.get(each, Schema()))
        default = Parameter(each, each, "query", media_type=_media_type_of(schema))
        encoding = msgspec.structs.replace(encodings.get(each, default), schema=schema)
        value = from_pairs(encoding, pairs)
        if value is not None:
            members[each] = _items(schema, value)
    return form.schema.to_wire(convert_strings(form.schema, members), name)


def _media_type_of(schema: Schema) -> str:
    return JSON if isinstance(schema, Object) else ""


def _items(schema: Schema, value: Any) -> Any:
    """Decode the items of an array of objects, each of which is a JSON string."""
    if not isinstance(schema, Array) or not isinstance(resolve_deferred(schema.items), Object):
        return value
    try:
        return [msgspec.json.decode(each) if isinstance(each, str) else each for each in value]
    except msgspec.DecodeError:
        return value
