"""Decoding of parameters, the inverse of `arguments.encoding`.

Values are split at delimiters before they are decoded, because a value may contain percent-encoded
delimiters. The results are strings, or lists and objects of strings if the document says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias
from urllib.parse import unquote, unquote_plus

from ..arguments.parameters import Parameter
from ..arguments.schemas import Schema
from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence

RawPairs: TypeAlias = list[tuple[str, str]]
"""Pairs of a name and a value that is still percent-encoded."""

_LARGEST = 2**63 - 1  # Every JSON library supports integers up to this one.
_DELIMITERS = {"spaceDelimited": r"%20|\+| ", "pipeDelimited": r"%7C|\|"}


def raw_pairs(text: str, separator: str = "&") -> RawPairs:
    """Split a query, or a `Cookie` header, into pairs."""
    pairs = (each.strip().partition("=") for each in text.split(separator) if each.strip())
    return [(unquote_plus(name), value) for name, _, value in pairs]


def from_path(parameter: Parameter, text: str) -> Any:
    """Decode a path segment."""
    if parameter.media_type:
        return _json(parameter, unquote(text))
    if parameter.style == "matrix":
        return from_pairs(parameter, raw_pairs(text, ";"), unquote)
    if parameter.style == "label":
        delimiter = r"\." if parameter.explode else ","
        return _split(parameter, text.removeprefix("."), delimiter, unquote)
    return _split(parameter, text, ",", unquote)


def from_header(parameter: Parameter, text: str) -> Any:
    """Decode a header value."""
    if parameter.media_type:
        return _json(parameter, text)
    return _split(parameter, text, r",\s*", str)


def from_pairs(
    parameter: Parameter, pairs: RawPairs, decode: Callable[[str], str] = unquote_plus
) -> Any:
    """Decode a query parameter or a cookie; None if it is missing."""
    name, kind = parameter.wire_name, resolve_deferred(parameter.schema)
    if parameter.encoding is not None:
        return parameter.encoding.read(parameter, pairs, decode)
    if kind.kind == "object" and parameter.explode and not parameter.media_type:
        known = [(key, decode(value)) for key, value in pairs if key in kind.properties]
        return dict(known) or None
    values = [value for key, value in pairs if key == name]
    if not values:
        return None
    if parameter.media_type:
        return _json(parameter, decode(values[-1]))
    if kind.kind in {"array", "object"} and not parameter.explode:
        return _split(parameter, values[-1], _DELIMITERS.get(parameter.style, ","), decode)
    texts = [decode(value) for value in values]
    is_list = kind.kind == "array" or (kind.kind == "union" and len(texts) > 1)
    return texts if is_list else texts[-1]


def resolve_deferred(schema: Any) -> Any:
    """Return the schema that a deferred schema refers to, or the schema itself."""
    while schema.kind == "reference":
        schema = schema.find()
    return schema


def as_dict(value: Any) -> dict[str, Any]:
    """Return a dict of unknown type as a dict with string keys, for type checkers."""
    result: dict[str, Any] = value
    return result


def _split(parameter: Parameter, text: str, delimiter: str, decode: Callable[[str], str]) -> Any:
    """Split a string into items or members if the schema is an array or an object."""
    kind = resolve_deferred(parameter.schema)
    if kind.kind == "array":
        return [decode(each) for each in re.split(delimiter, text)]
    if kind.kind != "object":
        return decode(text)
    parts = re.split(delimiter, text)
    if parameter.explode:
        pairs = [(key, value) for key, _, value in (each.partition("=") for each in parts)]
    else:
        pairs = list(zip(parts[::2], parts[1::2], strict=False))
    return {decode(key): decode(value) for key, value in pairs}


def _json(parameter: Parameter, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidArgumentError(f"{parameter.wire_name}: is not valid JSON") from None


def convert_strings(schema: Schema, given: Any) -> Any:
    """Convert strings to the types of a schema where possible."""
    kind = resolve_deferred(schema)
    if kind.kind == "union":
        for option in kind.options:
            value = convert_strings(option, given)
            try:
                option.to_wire(value, "")
            except InvalidArgumentError:
                continue
            return value
        return given
    if kind.kind == "json" and isinstance(given, str):
        with suppress(ValueError, RecursionError):
            return json.loads(given)
    if kind.kind == "array":
        return [convert_strings(kind.items, each) for each in _items(given)]
    if kind.kind == "object" and is_mapping(given):
        known, further = kind.properties, kind.additional or Schema()
        return {name: convert_strings(known.get(name, further), given[name]) for name in given}
    return _scalar(kind, given) if isinstance(given, str) else given


def _items(given: Any) -> list[Any]:
    if is_mapping(given):
        keys = sorted(given, key=lambda key: (not key.isdecimal(), len(key), key))
        return [given[key] for key in keys]
    return list(given) if is_sequence(given) else [given]


def _scalar(kind: Schema, text: str) -> Any:
    if kind.kind == "integer" and re.fullmatch(r"-?[0-9]{1,19}", text):
        return number if abs(number := int(text)) <= _LARGEST else text
    if kind.kind == "number" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", text):
        return float(text)
    if kind.kind == "boolean" and text in {"true", "false"}:
        return text == "true"
    if kind.kind == "null" and not text:
        return None
    return text
