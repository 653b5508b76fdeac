"""Encodings of request bodies without parts: JSON, forms, strings and bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..arguments.encoding import (
    EMPTY,
    Pairs,
    json_string,
    percent_encode,
    present,
    query_pairs,
    query_string,
    scalar,
)
from ..arguments.parameters import BodyFormat, Parameter
from ..arguments.schemas import Schema
from ..arguments.validation import wrong_type
from ..core.charsets import charset_of
from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from ..core.media_types import OCTETS, essence, is_json
from .payload import Payload, piece


class JsonBody(BodyFormat, frozen=True):
    """A request body in JSON."""

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Serialize the body as JSON, always in UTF-8."""
        text = json_string(self.schema.to_wire(value, where), where)
        return Payload(media_type, (text.encode(),))


class FormBody(BodyFormat, frozen=True):
    """A request body as `application/x-www-form-urlencoded`.

    Attributes:
        fields: The encodings of fields that differ from the default. By default a scalar is sent
            as a string, an array as one field per item, and an object as JSON.
    """

    fields: Mapping[str, Parameter] = {}

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Encode the fields like query parameters."""
        members = present(self.schema.to_wire(without_nulls(value, self.schema), where))
        if not is_mapping(members):
            raise InvalidArgumentError(
                f"{where}: expected a model or a mapping with the form's fields"
            )
        pairs: Pairs = []
        for name, each in members.items():
            pairs += form_pairs(self.fields.get(name), name, each, f"{where}.{name}")
        return Payload(media_type, (query_string(pairs).encode(),))


class TextBody(BodyFormat, frozen=True):
    """A request body that is a string, or bytes that are encoded already."""

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Encode a string in the `charset` of the media type; UTF-8 by default."""
        if not isinstance(value, str) and (hasattr(value, "__iter__") or hasattr(value, "read")):
            return Payload(_concrete(media_type), (piece(value, where),))
        text = scalar(self.schema.to_wire(value, where))
        content, charset = encode_string(text, media_type, where)
        return Payload(f"{_concrete(media_type, 'text/plain')}{charset}", (content,))


class BinaryBody(BodyFormat, frozen=True):
    """A request body of arbitrary bytes."""

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Return the bytes unchanged."""
        return Payload(_concrete(media_type), (piece(value, where),))


def without_nulls(form: Any, schema: Schema) -> Any:
    """Return a form without the optional members that are None: only JSON has null."""
    required: Sequence[str] = getattr(schema, "required", ())
    return (
        {name: each for name, each in form.items() if each is not None or name in required}
        if is_mapping(form)
        else form
    )


def form_pairs(field: Parameter | None, name: str, value: Any, where: str) -> Pairs:
    """Return the names and encoded values of a form field.

    Args:
        field: The encoding of the field; None for the default.
        name: The name of the field.
        value: The value as JSON data.
        where: The location of the value in the argument.
    """
    if field is not None and not field.media_type:
        return query_pairs(field, value)
    is_opaque = field is not None and not is_json(essence(field.media_type))
    is_list = is_sequence(value) and (field is None or is_opaque)
    if is_list and not value:
        raise InvalidArgumentError(f"{where}: {EMPTY}")
    values = value if is_list else [value]
    if field is not None and is_opaque:
        reject_structures(values, where, field.media_type)
    strings = [field_string(field, each, where) for each in values]
    return [(name, percent_encode(each, where)) for each in strings]


def reject_structures(values: Sequence[Any], where: str, media_type: str) -> None:
    """Raise an error for an object or array in a media type other than JSON."""
    for each in values:
        if is_mapping(each) or is_sequence(each):
            raise wrong_type(where, each, f"a str that is encoded as {media_type}")


def field_string(field: Parameter | None, value: Any, where: str) -> str:
    """Convert a field to a string: arrays, objects and fields with a JSON media type as JSON."""
    is_json = field is not None and field.media_type.endswith("json")
    if is_json or is_mapping(value) or is_sequence(value):
        return json_string(value, where)
    return scalar(value)


def encode_string(text: str, media_type: str, where: str) -> tuple[bytes, str]:
    """Encode a string in the `charset` of a media type.

    Returns:
        The bytes, and the parameter to append to the media type, empty if it has a `charset`.

    Raises:
        InvalidArgumentError: If the character set is unknown or lacks one of the characters.
    """
    stated = charset_of(media_type)
    charset = stated or "utf-8"
    try:
        return text.encode(charset), "" if stated else "; charset=utf-8"
    except (LookupError, UnicodeError):
        raise InvalidArgumentError(f"{where}: cannot be encoded as {charset}") from None


def _concrete(media_type: str, otherwise: str = OCTETS) -> str:
    """Return a media type that can be sent; a range such as `text/*` cannot."""
    return otherwise if "*" in media_type else media_type
