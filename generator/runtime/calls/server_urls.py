"""Addresses of servers in which something varies."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..core.errors import InvalidArgumentError

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_VALUE = re.compile(r"[A-Za-z0-9._~-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*", re.ASCII)


def address(template: str, values: Mapping[str, str]) -> str:
    """Put values into the address of a server.

    Args:
        template: The address, with names in braces.
        values: What stands in their places.

    Raises:
        InvalidArgumentError: If a value has a character that would change the shape of the address,
            such as one that leads to another host.
    """
    host_ends = template.find("/", template.find("://") + 3)

    def value(match: re.Match[str]) -> str:
        name = match[1]
        text = values[name]
        is_host = host_ends < 0 or match.start() < host_ends
        if not _VALUE.fullmatch(text) or (is_host and "/" in text):
            raise InvalidArgumentError(f"{name}: {text!r} cannot be part of an address")
        if {".", ".."} & set(text.split("/")):
            raise InvalidArgumentError(f"{name}: {text!r} cannot be part of an address")
        return text

    return _VARIABLE.sub(value, template)
