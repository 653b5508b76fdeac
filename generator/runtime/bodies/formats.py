"""The ways to write a request's body that need no parts: JSON, forms, texts and bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..arguments.encoding import Pairs, json_text, query_pairs, query_string, quoted, scalar
from ..arguments.parameters import BodyFormat, Parameter
from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from ..core.media_types import OCTETS
from .payload import Payload, piece

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]+)\"?", re.IGNORECASE)


class JsonBody(BodyFormat, frozen=True):
    """A body in JSON."""

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Write JSON in UTF-8, which it always is."""
        text = json_text(self.schema.to_wire(value, where), where)
        return Payload(media_type, (text.encode(),))


class FormBody(BodyFormat, frozen=True):
    """A body as HTML forms send it, percent-encoded.

    Attributes:
        fields: How fields are written that are not written in the usual way: a text as it is, a
            list as several fields, an object in JSON.
    """

    fields: Mapping[str, Parameter] = {}

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Write names and values as in a query."""
        members = self.schema.to_wire(value, where)
        if not is_mapping(members):
            raise InvalidArgumentError(f"{where}: a form needs a model or a mapping")
        pairs: Pairs = []
        for name, each in members.items():
            pairs += form_pairs(self.fields.get(name), name, each, f"{where}.{name}")
        return Payload(media_type, (query_string(pairs).encode(),))


class TextBody(BodyFormat, frozen=True):
    """A body that is text, or bytes that a program has encoded itself."""

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Write a text in the media type's character set, which is UTF-8 unless it says another."""
        if not isinstance(value, str) and (hasattr(value, "__iter__") or hasattr(value, "read")):
            return Payload(_concrete(media_type), (piece(value, where),))
        text = scalar(self.schema.to_wire(value, where))
        content, charset = encoded(text, media_type, where)
        return Payload(f"{_concrete(media_type, 'text/plain')}{charset}", (content,))


class BinaryBody(BodyFormat, frozen=True):
    """A body of bytes, whatever they mean."""

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Send bytes as they are."""
        return Payload(_concrete(media_type), (piece(value, where),))


def form_pairs(field: Parameter | None, name: str, value: Any, where: str) -> Pairs:
    """Give the names and encoded values of a field of a form.

    Args:
        field: How it is written, if it is not written in the usual way.
        name: Its name.
        value: Its wire form.
        where: Its place in the argument.
    """
    if field is not None and not field.media_type:
        return query_pairs(field, value)
    is_list = is_sequence(value) and field is None
    if is_list and not value:
        message = f"{where}: it is empty, and would be sent as if it were not there"
        raise InvalidArgumentError(message)
    texts = [field_text(field, each, where) for each in (value if is_list else [value])]
    return [(name, quoted(text, where)) for text in texts]


def field_text(field: Parameter | None, value: Any, where: str) -> str:
    """Write a field as a text: what has members or items, or what the document says, in JSON."""
    is_json = field is not None and field.media_type.endswith("json")
    if is_json or is_mapping(value) or is_sequence(value):
        return json_text(value, where)
    return scalar(value)


def encoded(text: str, media_type: str, where: str) -> tuple[bytes, str]:
    """Encode a text, and give what has to follow its media type.

    Raises:
        InvalidArgumentError: If the character set does not have one of its characters.
    """
    given = _CHARSET.search(media_type)
    charset = given[1] if given else "utf-8"
    try:
        return text.encode(charset), "" if given else "; charset=utf-8"
    except (LookupError, UnicodeError):
        raise InvalidArgumentError(f"{where}: it cannot be written in {charset}") from None


def _concrete(media_type: str, otherwise: str = OCTETS) -> str:
    """Give a media type that can be sent: a range says nothing about one body."""
    return otherwise if "*" in media_type else media_type
