# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Parameters on the wire: paths, queries, headers and cookies, in the styles of OpenAPI.

Values are JSON already; here they become text. In a URL everything but the unreserved characters of
RFC 3986 is percent-encoded, so that no value can change the shape of a URL; only the delimiters
that a style puts between values are not. Where OpenAPI does not say how a value is written, or it
would read as another one, it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from .parameters import Parameter
from .schemas import Schema

Pairs: TypeAlias = list[tuple[str, str]]
"""Names, and values that are percent-encoded already."""

_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_RESERVED = ":/?@!$'()*,;="  # Without those that end a value, or read as a space.
_TOKEN = "!#$&'*+-.^_`|~"  # What names of cookies can hold besides letters and digits.
_COOKIE = f"{_TOKEN}()/:<=>?@[]{{}}"


class JsonText(Schema, frozen=True, kw_only=True):
    """An object as its JSON text, where the style of a parameter has no way to write one.

    Attributes:
        schema: What the object must be.
    """

    schema: Schema

    def to_wire(self, value: Any, where: str) -> str:
        """Give the text."""
        return json_text(self.schema.to_wire(value, where), where)


def path_segment(parameter: Parameter, value: Any) -> str:
    """Encode a value as one piece of a path.

    Raises:
        InvalidArgumentError: If the value is empty, or one that URLs treat as a step in the path.
    """
    name, style = parameter.name, parameter.style
    if isinstance(value, str) and not style:
        try:
            text = quote(value, safe="")
        except UnicodeEncodeError:
            raise _not_text(name) from None
    elif style == "matrix":
        pairs = [(quoted(key, name), each) for key, each in _pairs(parameter, value)]
        text = "".join(f";{key}={each}" if each else f";{key}" for key, each in pairs)
    elif style == "label":
        text = "." + _joined(parameter, value, "." if parameter.explode else ",")
    else:
        text = _joined(parameter, value, ",")
    if text in {"", ".", ".."}:
        raise InvalidArgumentError(f"{name}: {value!r} cannot be part of a path")
    return text


def query_pairs(parameter: Parameter, value: Any) -> Pairs:
    """Give the names and the encoded values that a query parameter becomes."""
    if parameter.style != "deepObject":
        return _pairs(parameter, value)
    deep = _deep(parameter.wire_name, value, parameter)
    return [(name, _encoded(parameter, each)) for name, each in deep]


def query_string(pairs: Pairs) -> str:
    """Join names and encoded values.

    Raises:
        InvalidArgumentError: If a name is no text.
    """
    return "&".join([f"{quoted(name, ascii(name))}={each}" for name, each in pairs])


def header_text(parameter: Parameter, value: Any) -> str:
    """Write a value as a header, in which nothing is percent-encoded."""
    return value if isinstance(value, str) else _joined(parameter, value, ",")


def cookie_texts(parameter: Parameter, value: Any) -> list[str]:
    """Write a value as cookies; what cookies cannot hold is percent-encoded."""
    pairs = _pairs(parameter, value)
    return [f"{quoted(name, parameter.name, _TOKEN)}={each}" for name, each in pairs]


def json_text(value: Any, where: str, *, only_ascii: bool = False) -> str:
    """Write a value as JSON without spaces.

    Raises:
        InvalidArgumentError: If it holds half a surrogate pair or a number that JSON does not have.
    """
    try:
        text = json.dumps(
            value,
            ensure_ascii=only_ascii,
            allow_nan=False,
            check_circular=False,
            separators=(",", ":"),
        )
        text.encode()
    except UnicodeEncodeError:
        raise _not_text(where) from None
    except (TypeError, ValueError) as error:
        raise InvalidArgumentError(f"{where}: it cannot be written as JSON: {error}") from None
    return text


def scalar(value: Any) -> str:
    """Write a JSON value that is no list and no object as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return "" if value is None else str(value)
    except ValueError:  # Python writes no int of thousands of digits.
        raise InvalidArgumentError("a number has too many digits") from None


def quoted(text: str, where: str, safe: str = "") -> str:
    """Percent-encode a text.

    Raises:
        InvalidArgumentError: If it is no text.
    """
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError:
        raise _not_text(where) from None


def _pairs(parameter: Parameter, value: Any) -> Pairs:
    """Give names and encoded values: of each item or member, or of all of them in one."""
    name = parameter.wire_name
    is_object = is_mapping(value)
    if not is_object and not is_sequence(value):
        return [(name, _encoded(parameter, scalar(value)))]
    _refuse_empty(value, parameter.name)
    if not parameter.explode:
        parts = [part for member in value.items() for part in member] if is_object else value
        delimiter = _DELIMITERS.get(parameter.style, ",")
        texts = [_encoded(parameter, _plain(parameter, each), delimiter) for each in parts]
        return [(name, (delimiter if delimiter == "," else quote(delimiter)).join(texts))]
    members = value.items() if is_object else ((name, each) for each in value)
    return [(key, _encoded(parameter, _plain(parameter, each))) for key, each in members]


def _joined(parameter: Parameter, value: Any, delimiter: str) -> str:
    """Write a value as one text, in which only the members of objects have names."""
    is_object = is_mapping(value)
    if not parameter.explode or not (is_object or is_sequence(value)):
        return _pairs(parameter, value)[0][1]
    _refuse_empty(value, parameter.name)
    if not is_object:
        return delimiter.join(
            [_encoded(parameter, _plain(parameter, each), delimiter) for each in value]
        )
    texts: list[str] = []
    for key, each in value.items():
        _refuse_delimiter(parameter, key, "=")
        text = _encoded(parameter, _plain(parameter, each), delimiter)
        texts.append(f"{_encoded(parameter, key, delimiter)}={text}")
    return delimiter.join(texts)


def _encoded(parameter: Parameter, text: str, delimiter: str = "") -> str:
    """Encode a text for the place of the parameter.

    Args:
        parameter: The parameter.
        text: A value, or a part of one.
        delimiter: What stands around it; empty if it is the whole value.
    """
    if delimiter and (delimiter != "," or parameter.location == "header"):
        _refuse_delimiter(parameter, text, delimiter)  # It would not be encoded, or always.
    if parameter.location == "header":
        return text
    safe = _RESERVED if parameter.allow_reserved else ""
    safe = _COOKIE if parameter.location == "cookie" else safe
    return quoted(text, parameter.name, safe.replace(",", "") if delimiter else safe)


def _deep(name: str, value: Any, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """Write an object with brackets."""
    _refuse_empty(value, f"{parameter.name}{name.removeprefix(parameter.wire_name)}")
    if is_mapping(value):
        for key, each in value.items():
            if not key or set(key) & set("[]"):
                message = f"{parameter.name}: the member {key!r} cannot stand in brackets"
                raise InvalidArgumentError(message)
            yield from _deep(f"{name}[{key}]", each, parameter)
    elif is_sequence(value):
        _refuse_mixture(parameter, value)
        for index, each in enumerate(value):
            yield from _deep(f"{name}{_bracket(parameter, index, each)}", each, parameter)
    else:
        yield name, scalar(value)


def _bracket(parameter: Parameter, index: int, item: Any) -> str:
    """Give what tells an item of a list from the others."""
    if parameter.arrays == "either":
        return f"[{index}]" if is_mapping(item) or is_sequence(item) else "[]"
    return {"indices": f"[{index}]", "brackets": "[]", "repeat": ""}[parameter.arrays]


def _refuse_mixture(parameter: Parameter, items: Any) -> None:
    """Refuse a list whose items could not be told apart without numbers.

    With `[]`, a new item starts where a member comes again, so that each item must start with a
    member that the one before it has.
    """
    if parameter.arrays in {"indices", "either"}:
        return
    before: Mapping[str, Any] | None = None
    for item in items:
        is_unclear = is_sequence(item)
        if is_mapping(item):
            is_unclear = parameter.arrays == "repeat" or (
                before is not None and next(iter(item), "") not in before
            )
            before = item
        if is_unclear:
            message = (
                f"{parameter.name}: this list cannot be written, since its items have no numbers "
                "(x-deep-object) and could not be told apart"
            )
            raise InvalidArgumentError(message)


def _plain(parameter: Parameter, value: Any) -> str:
    """Write an item or a member, which can be no list and no object."""
    if is_mapping(value) or is_sequence(value):
        message = f"{parameter.name}: a list or an object inside it cannot be written there"
        raise InvalidArgumentError(message)
    return scalar(value)


def _refuse_empty(value: Any, where: str) -> None:
    """Refuse what would vanish, and with it a condition that the caller meant to set."""
    if (is_mapping(value) or is_sequence(value)) and not value:
        message = f"{where}: it is empty, and would be sent as if it were not there"
        raise InvalidArgumentError(message)


def _refuse_delimiter(parameter: Parameter, text: str, delimiter: str) -> None:
    if delimiter in text:
        message = f"{parameter.name}: {text[:40]!r} holds {delimiter!r}, which is what ends a value"
        raise InvalidArgumentError(message)


def _not_text(where: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"{where}: half a surrogate pair is no text and cannot be sent")
