"""Addresses, exclusive fields, and values of servers (D012 to D015)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import array_at, is_array, is_object, object_at
from ..openapi.operations import TEMPLATE_EXPRESSION
from ..openapi.survey import Survey

_URIS = {
    "OpenAPI": ("jsonSchemaDialect", "$self"),
    "Info": ("termsOfService",),
    "Contact": ("url",),
    "License": ("url",),
    "ExternalDocumentation": ("url",),
    "OAuthFlow": ("authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl"),
    "SecurityScheme": ("openIdConnectUrl", "oauth2MetadataUrl"),
    "XML": ("namespace",),
}
_NOT_IN_URIS = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_EXCLUSIVE = (
    ("License", "identifier", "url", "both are ignored"),
    ("Example", "value", "externalValue", "'value' is used"),
    ("Example", "value", "dataValue", "'value' is used"),
    ("Example", "value", "serializedValue", "'value' is used"),
    ("Example", "serializedValue", "externalValue", "'serializedValue' is used"),
    ("Parameter", "example", "examples", "both are examples"),
    ("Header", "example", "examples", "both are examples"),
    ("MediaType", "example", "examples", "'example' is used first"),
    ("MediaType", "encoding", "prefixEncoding", "'encoding' is ignored"),
    ("MediaType", "encoding", "itemEncoding", "'encoding' is ignored"),
    ("XML", "nodeType", "attribute", "neither is read"),
    ("XML", "nodeType", "wrapped", "neither is read"),
    ("Link", "operationRef", "operationId", "links are not read"),
)


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for kind, names in _URIS.items():
        for node in survey.all(kind):
            for name in names:
                yield from uri(node / name, is_absolute=kind == "XML")
    yield from without_fragment(survey.document.root / "$self")
    for contact in survey.all("Contact"):
        yield from email(contact / "email")
    for kind, one, other, reading in _EXCLUSIVE:
        for node in survey.all(kind):
            if one in node and other in node:
                message = f"{one!r} and {other!r} exclude each other"
                yield (node / other).error(
                    "D013", message, "remove one of the two", key=True, reading=reading
                )
    for server in survey.all("Server"):
        yield from without_query(server / "url")
        yield from server_uri(server)
    for variable in survey.all("ServerVariable"):
        yield from known_default(variable)


def uri(node: Node, *, is_absolute: bool) -> Iterator[Diagnostic]:
    """Links and other addresses have the form of a URI, which may be relative."""
    text = node.value
    if not isinstance(text, str):
        return
    is_relative = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) is None
    if _NOT_IN_URIS.search(text) or (is_absolute and is_relative):
        needed = "an absolute URI" if is_absolute else "a URI"
        message = f"{node.pointer[-1]!r} must be {needed}, not {text!r}"
        yield node.error("D012", message, f"write {needed}", reading="it is used as it is")


def without_fragment(own: Node) -> Iterator[Diagnostic]:
    """The URI of a whole document has no fragment."""
    if isinstance(own.value, str) and "#" in own.value:
        message = f"'$self' must be a URI without a fragment, not {own.value!r}"
        hint, reading = "remove the fragment", "the fragment is ignored"
        yield own.error("D012", message, hint, reading=reading)


def email(node: Node) -> Iterator[Diagnostic]:
    """The address of a contact has the form of an e-mail address."""
    if isinstance(node.value, str) and _EMAIL.fullmatch(node.value) is None:
        message = f"'email' must be an e-mail address, not {node.value!r}"
        hint = "write an address such as api@example.com"
        yield node.error("D012", message, hint, reading="it is ignored")


def without_query(url: Node) -> Iterator[Diagnostic]:
    """Paths are appended to the URL of a server, so it has no query and no fragment."""
    if isinstance(url.value, str) and set(url.value) & {"?", "#"}:
        message = f"the server URL {url.value!r} has a query or a fragment"
        hint = "describe the query by parameters"
        yield url.error("D014", message, hint, reading="the URL is no default")


def server_uri(server: Node) -> Iterator[Diagnostic]:
    """The URL of a server has the form of a URI, with the defaults of its variables."""
    text = (server / "url").value
    if not isinstance(text, str):
        return
    variables = object_at(server.value, "variables")
    url = TEMPLATE_EXPRESSION.sub(
        lambda name: str(object_at(variables, name[1]).get("default", "1")), text
    )
    try:
        is_valid = not _NOT_IN_URIS.search(url) and urlsplit(url).port != 0
    except ValueError:  # An invalid port, or a bracket without the other one.
        is_valid = False
    if not is_valid:
        message = f"the server URL {text!r} must be a URI"
        hint = "write a URL such as 'https://api.example.com'"
        yield (server / "url").error("D012", message, hint, reading="callers pass another one")


def known_default(variable: Node) -> Iterator[Diagnostic]:
    """The values of a server variable are not empty, and contain its default."""
    default, known = (variable / "default").value, array_at(variable.value, "enum")
    if not is_object(variable.value) or not is_array(variable.value.get("enum")):
        return
    if not known:
        message, hint = "empty 'enum' of a server variable", "list the values, or remove 'enum'"
        reading = "any value is accepted"
        yield (variable / "enum").error("D015", message, hint, reading=reading)
    elif default is not None and default not in known:
        message = f"the default {default!r} of a server variable is not in its 'enum'"
        hint = f"write one of {', '.join(map(str, known))}"
        reading = "it is used as it is"
        yield (variable / "default").error("D015", message, hint, reading=reading)
