"""Server URLs with variables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..core.errors import InvalidArgumentError

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_VALUE = re.compile(r"[A-Za-z0-9._~-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*", re.ASCII)


def expand_url(template: str, values: Mapping[str, str]) -> str:
    """Return a server's URL with its variables replaced by values.

    Args:
        template: The URL, with the names of variables in braces.
        values: The values by the names of the variables.

    Raises:
        InvalidArgumentError: If a value has a character that changes the structure of the URL, for
            example one that leads to another host.
    """
    host_ends = template.find("/", template.find("://") + 3)

    def value(match: re.Match[str]) -> str:
        name = match[1]
        text = values[name]
        is_host = host_ends < 0 or match.start() < host_ends
        if not _VALUE.fullmatch(text) or (is_host and "/" in text):
            raise InvalidArgumentError(f"{name}: {text!r} is not allowed in a server URL")
        if {".", ".."} & set(text.split("/")):
            raise InvalidArgumentError(f"{name}: {text!r} is not allowed in a server URL")
        return text

    return _VARIABLE.sub(value, template)
