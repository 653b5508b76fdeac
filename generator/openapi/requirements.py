"""Names of security schemes in security requirements."""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import unquote

_COMPONENTS = "#/components/securitySchemes/"


def scheme_name(name: str, schemes: Container[str]) -> str:
    """Return the component that a security requirement names, by its key or (3.2) by its URI.

    Args:
        name: The name in the requirement.
        schemes: The names of the document's security schemes.
    """
    if name in schemes or not name.startswith(_COMPONENTS):
        return name
    return unquote(name.removeprefix(_COMPONENTS)).replace("~1", "/").replace("~0", "~")
