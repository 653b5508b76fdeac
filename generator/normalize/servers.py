"""Servers of a document: their URLs and variables."""

from __future__ import annotations

from typing import Any

from ..document.json_values import JsonObject, array_at, is_object, object_at, text_at
from ..openapi.operations import TEMPLATE_EXPRESSION, OperationNode


def server_objects(value: Any) -> list[JsonObject]:
    """Return the servers of a document, a path item or an operation."""
    return [each for each in array_at(value, "servers") if is_object(each)]


def server_url(server: JsonObject) -> str:
    """Return the URL of a server with the defaults of its variables, without a final slash.

    Empty if a variable has no default, such as one that the server does not declare.
    """
    url = text_at(server, "url")
    if any(_default(server, name) is None for name in TEMPLATE_EXPRESSION.findall(url)):
        return ""
    return TEMPLATE_EXPRESSION.sub(lambda match: default_value(server, match[1]), url).rstrip("/")


def default_value(server: JsonObject, variable: str) -> str:
    """Return the default of a variable: `default`, else its first `enum` value, else empty."""
    return _default(server, variable) or ""


def _default(server: JsonObject, variable: str) -> str | None:
    described = object_at(object_at(server, "variables"), variable)
    given: Any = described.get("default")
    known = [given] if given is not None else array_at(described, "enum")
    return str(known[0]) if known else None


def operation_server_url(operation: OperationNode) -> str:
    """Return the URL of an operation's own server, or of its path's; empty if it has none.

    A variable without a default stays in it: a call without `base_url` is rejected then.
    """
    for holder in (operation.node, *operation.path_items):
        found = server_objects(holder.value)
        if found:
            return server_url(found[0]) or text_at(found[0], "url") or "/"
    return ""
