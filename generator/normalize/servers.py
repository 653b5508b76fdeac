"""The servers of a document: their addresses, with what varies in them."""

from __future__ import annotations

import re
from typing import Any

from generator.document.json_values import JsonObject, array_at, is_object, object_at, text_at
from generator.openapi.operations import OperationNode

VARIABLE = re.compile(r"\{([^{}]*)\}")


def listed(value: Any) -> list[JsonObject]:
    """Give the servers of a document, a path item or an operation."""
    return [each for each in array_at(value, "servers") if is_object(each)]


def address(server: JsonObject) -> str:
    """Give a server's address, each variable at its default, without a slash at the end."""
    url = VARIABLE.sub(lambda match: default(server, match[1]), text_at(server, "url"))
    return url.rstrip("/")


def default(server: JsonObject, variable: str) -> str:
    """Give what a variable is unless a program says otherwise."""
    described = object_at(object_at(server, "variables"), variable)
    given: Any = described.get("default")
    known = array_at(described, "enum")
    return str(known[0]) if given is None and known else "" if given is None else str(given)


def own(operation: OperationNode) -> str:
    """Give the address of an operation's own server, or its path's; empty if it has none."""
    for holder in (operation.node, operation.path_item):
        found = listed(holder.value)
        if found:
            return address(found[0]) or "/"
    return ""
