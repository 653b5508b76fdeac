"""Encoding of path, query, header and cookie parameters by style.

Values are JSON data already; here they become strings. In a URL every character except the
unreserved ones of RFC 3986 is percent-encoded, so that no value can change the structure of the
URL; only the delimiters that a style inserts between values are not encoded. A value is rejected if
OpenAPI does not define its encoding, or if the encoded value would be read as a different one.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeAlias
from urllib.parse import quote

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from .parameters import Parameter

Pairs: TypeAlias = list[tuple[str, str]]
"""Pairs of a name and a percent-encoded value."""

EMPTY = "must not be empty, because it would not be sent; omit it instead"
"""The reason for rejecting an empty array or object."""

_COMPACT: dict[str, Any] = {"allow_nan": False, "check_circular": False, "separators": (",", ":")}
_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_RESERVED = "/?;:@!$'()*,="  # Without # and & (they end a value), brackets and + (a space).
_TOKEN = "!#$&'*+-.^_`|~"  # Allowed in cookie names besides letters and digits.
_COOKIE = f"{_TOKEN}()/:<=>?@[]{{}}"


def path_segment(parameter: Parameter, value: Any) -> str:
    """Encode a value as one segment of a path.

    Raises:
        InvalidArgumentError: If the segment is empty, `.` or `..`, which URLs treat specially.
    """
    name, style = parameter.name, parameter.style
    if isinstance(value, str) and not style and not parameter.allow_reserved:
        try:
            text = quote(value, safe="")
        except UnicodeEncodeError:
            raise _surrogate_error(name) from None
    elif style == "matrix":
        pairs = [(percent_encode(key, name), each) for key, each in _pairs(parameter, value)]
        text = "".join(f";{key}={each}" if each else f";{key}" for key, each in pairs)
    elif style == "label":
        text = "." + _join(parameter, value, "." if parameter.explode else ",")
    else:
        text = _join(parameter, value, ",")
    if text.replace("%2E", ".").replace("%2e", ".") in {"", ".", ".."}:
        raise InvalidArgumentError(f"{name}: {value!r} cannot be a path segment")
    return text


def query_pairs(parameter: Parameter, value: Any) -> Pairs:
    """Return the names and encoded values of a parameter of the query, or of a cookie."""
    if parameter.encoding is None:
        return _pairs(parameter, value)
    return [*parameter.encoding.pairs(parameter.wire_name, value, parameter)]


def query_string(pairs: Pairs) -> str:
    """Join names and encoded values to a query string.

    No encoded value contains `&`, so a name with the value `&` stands alone.

    Raises:
        InvalidArgumentError: If a name contains an unpaired surrogate.
    """
    encoded = [f"{percent_encode(name, ascii(name))}={each}" for name, each in pairs]
    return "&".join([each.removesuffix("=&") for each in encoded])


def header_value(parameter: Parameter, value: Any) -> str:
    """Encode a value as a header value, without percent-encoding."""
    return value if isinstance(value, str) else _join(parameter, value, ",")


def cookie_pairs(parameter: Parameter, value: Any) -> list[str]:
    """Encode a value as cookie pairs; characters that cookies do not allow are percent-encoded."""
    pairs = query_pairs(parameter, value)
    return [f"{percent_encode(name, parameter.name, _TOKEN)}={each}" for name, each in pairs]


def json_string(value: Any, where: str, *, only_ascii: bool = False) -> str:
    """Serialize a value as JSON without spaces.

    Raises:
        InvalidArgumentError: If it contains an unpaired surrogate, NaN, infinity or an object that
            JSON cannot represent.
    """
    try:
        text = json.dumps(value, ensure_ascii=only_ascii, **_COMPACT)
        text.encode()
    except UnicodeEncodeError:
        raise _surrogate_error(where) from None
    except (TypeError, ValueError) as error:
        raise InvalidArgumentError(f"{where}: cannot be serialized as JSON: {error}") from None
    return text


def scalar(value: Any) -> str:
    """Convert a JSON value other than an array or object to a string.

    A number without a fraction is an integer, which some services take only without a point.
    """
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    try:
        return str(value).removesuffix(".0") if isinstance(value, float) else str(value)
    except ValueError:  # Python limits the number of digits in the conversion of an int.
        raise InvalidArgumentError("the number has too many digits to be sent") from None


def percent_encode(text: str, where: str, safe: str = "") -> str:
    """Percent-encode a string.

    Raises:
        InvalidArgumentError: If it contains an unpaired surrogate.
    """
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError:
        raise _surrogate_error(where) from None


def present(value: Any) -> Any:
    """Return an object without the members that are None: only JSON has null."""
    return {k: v for k, v in value.items() if v is not None} if is_mapping(value) else value


def _pairs(parameter: Parameter, value: Any) -> Pairs:
    """Return a pair for each item or member, or one pair with all of them if not exploded."""
    name = parameter.wire_name
    value = present(value)
    is_object = is_mapping(value)
    if not is_object and not is_sequence(value):
        return [(name, encode(parameter, scalar(value)))]
    reject_empty(value, parameter.name)
    if not parameter.explode:
        parts = [part for member in value.items() for part in member] if is_object else value
        delimiter = _DELIMITERS.get(parameter.style, ",")
        strings = [encode(parameter, _scalar_member(parameter, each), delimiter) for each in parts]
        return [(name, (delimiter if delimiter == "," else quote(delimiter)).join(strings))]
    items = value.items() if is_object else ((name, each) for each in value)
    lists = [
        (key, each if is_object and each and is_sequence(each) else [each]) for key, each in items
    ]
    members = [(key, each) for key, several in lists for each in several]
    return [(key, encode(parameter, _scalar_member(parameter, each))) for key, each in members]


def _join(parameter: Parameter, value: Any, delimiter: str) -> str:
    """Encode a value as one string, in which only the members of objects have names."""
    is_object = is_mapping(value)
    if not parameter.explode or not (is_object or is_sequence(value)):
        return _pairs(parameter, value)[0][1]
    value = present(value)
    reject_empty(value, parameter.name)
    strings: list[str] = []
    for key, each in value.items() if is_object else (("", each) for each in value):
        _reject_delimiter(parameter, key, "=")
        name = f"{encode(parameter, key, delimiter)}=" if is_object else ""
        strings.append(name + encode(parameter, _scalar_member(parameter, each), delimiter))
    return delimiter.join(strings)


def encode(parameter: Parameter, text: str, delimiter: str = "") -> str:
    """Encode a string for the location of the parameter.

    Args:
        parameter: The parameter.
        text: The value, or a part of it.
        delimiter: The delimiter between parts; empty for a complete value.
    """
    if delimiter and (delimiter != "," or parameter.location == "header"):
        # Headers encode nothing, and space, `|` and `.` look alike inside and between values.
        _reject_delimiter(parameter, text, delimiter)
    if parameter.location == "header":
        return text
    # The first three would end a segment of a path, or begin a matrix parameter.
    safe = _RESERVED[3 if parameter.location == "path" else 0 :] if parameter.allow_reserved else ""
    safe = _COOKIE if parameter.location == "cookie" else safe
    encoded = percent_encode(text, parameter.name, safe.replace(",", "") if delimiter else safe)
    # As in the reserved expansion of RFC 6570, what is percent-encoded already stays as it is.
    return re.sub("%25(?=[0-9A-Fa-f]{2})", "%", encoded) if parameter.allow_reserved else encoded


def _scalar_member(parameter: Parameter, value: Any) -> str:
    """Convert an item or a member to a string; nested arrays and objects are rejected."""
    if is_mapping(value) or is_sequence(value):
        raise InvalidArgumentError(f"{parameter.name}: its style cannot encode nested values")
    return scalar(value)


def reject_empty(value: Any, where: str) -> None:
    """Reject an empty array or object: it would not be sent, and the intended condition be lost."""
    if (is_mapping(value) or is_sequence(value)) and not value:
        raise InvalidArgumentError(f"{where}: {EMPTY}")


def _reject_delimiter(parameter: Parameter, text: str, delimiter: str) -> None:
    if delimiter in text:
        message = f"{parameter.name}: {text[:40]!r} must not contain the delimiter {delimiter!r}"
        raise InvalidArgumentError(message)


def _surrogate_error(where: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"{where}: an unpaired surrogate cannot be encoded as UTF-8")
