"""Servers that callers can choose from."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..document.json_values import JsonObject, array_at, object_at, text_at
from ..normalize import servers
from ..openapi.operations import TEMPLATE_EXPRESSION
from ..python import names
from ..python.reserved import SERVER_NAMES
from .plan.service import Server, ServerVariable


def plan_servers(root: JsonObject) -> tuple[Server, ...]:
    """Return the servers; empty if there is one server without variables, or none."""
    found = servers.server_objects(root)
    if len(found) < 2 and not any(_variables(each) for each in found):
        return ()
    return tuple(
        Server(
            name=names.identifier(name, SERVER_NAMES) if _variables(each) else name,
            url=text_at(each, "url").rstrip("/"),
            doc=text_at(each, "description"),
            variables=_variables(each),
        )
        for name, each in names.distinct_pairs(
            found, lambda each: names.constant_name(_title(each))
        )
    )


def _title(server: JsonObject) -> str:
    """Return the title of a server: its name, a description of up to four words, or its host."""
    description, url = text_at(server, "description"), text_at(server, "url")
    short = description if len(description.split()) <= 4 else ""
    host = _host(servers.server_url(server))
    return next(
        each for each in (text_at(server, "name"), short, host, url, "server") if names.words(each)
    )


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # A placeholder in brackets as the host, which is not a valid IPv6 address.
        return ""


def _variables(server: JsonObject) -> tuple[ServerVariable, ...]:
    wire_names = dict.fromkeys(TEMPLATE_EXPRESSION.findall(text_at(server, "url")))
    described = object_at(server, "variables")
    return tuple(
        ServerVariable(
            name=name,
            wire_name=wire_name,
            default=servers.default_value(server, wire_name),
            known=tuple(str(each) for each in array_at(object_at(described, wire_name), "enum")),
            doc=text_at(object_at(described, wire_name), "description"),
        )
        for name, wire_name in names.distinct_pairs(
            wire_names, lambda each: names.identifier(each, SERVER_NAMES)
        )
    )
