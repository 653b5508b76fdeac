"""The parameter style `cookie`: pairs of a cookie without percent-encoding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from ..core.headers import TOKEN
from .encoding import Pairs, present, reject_empty, scalar
from .parameters import Parameter

_VALUE = re.compile(r"[!#-+\--:<-\[\]-~]*")  # cookie-octet of RFC 6265


class CookieStyle(msgspec.Struct, frozen=True):
    """The encoding of a value as it is; characters that cookies do not allow are rejected."""

    def pairs(self, name: str, value: Any, parameter: Parameter) -> Iterator[tuple[str, str]]:
        """Iterate over the names and the values of cookies."""
        value = present(value)
        reject_empty(value, parameter.name)
        if is_mapping(value):
            members = [(key, _text(parameter, each)) for key, each in value.items()]
        else:
            items = value if is_sequence(value) else [value]
            members = [(name, _text(parameter, each)) for each in items]
        for key, _ in members:
            if not re.fullmatch(TOKEN, key):
                message = f"{parameter.name}: {key[:40]!r} cannot be the name of a cookie"
                raise InvalidArgumentError(message)
        if parameter.explode:
            yield from members
            return
        flat = [part for pair in members for part in pair] if is_mapping(value) else None
        yield name, ",".join(flat or [each for _, each in members])

    def read(self, parameter: Parameter, pairs: Pairs, _decode: Callable[[str], str]) -> Any:
        """Build the value from the cookies of a request."""
        kind: Any = parameter.schema
        while kind.kind == "reference":
            kind = kind.find()
        if kind.kind == "object" and parameter.explode:
            return {key: value for key, value in pairs if key in kind.properties} or None
        found = [value for key, value in pairs if key == parameter.wire_name]
        if not found or kind.kind not in {"array", "object"}:
            return found[-1] if found else None
        parts = found if parameter.explode else found[-1].split(",")
        return parts if kind.kind == "array" else dict(zip(parts[::2], parts[1::2], strict=False))


def _text(parameter: Parameter, value: Any) -> str:
    """Return a value as it is sent.

    Raises:
        InvalidArgumentError: If it contains a character that cookies do not allow.
    """
    if is_mapping(value) or is_sequence(value):
        message = f"{parameter.name}: its style cannot encode nested values"
        raise InvalidArgumentError(message)
    text = scalar(value)
    if not _VALUE.fullmatch(text):
        message = f"{parameter.name}: {text[:40]!r} has a character that cookies do not allow"
        raise InvalidArgumentError(message)
    return text
