"""What a document says about credentials: its schemes, and which of them an operation needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from generator.document import Document, Node
from generator.document.json_values import JsonObject, is_array, is_object, object_at, text_at
from generator.openapi.operations import operations_of

Requirements: TypeAlias = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
"""Alternatives; each maps the names of schemes, all of which are needed, to scopes."""

# They answer a challenge of the server, which takes more than a text.
_CHALLENGES = frozenset(
    {"digest", "dpop", "gnap", "hoba", "mutual", "negotiate", "ntlm", "oauth", "vapid"}
)


@dataclass(frozen=True, slots=True)
class SchemeReading:
    """A security scheme.

    Attributes:
        name: The document's name of it.
        kind: `bearer`, `basic`, `http` (of another word), `apiKey`, `none` (what the connection
            itself shows), or `unknown`.
        doc: Its description.
        location: Of an API key, `header`, `query` or `cookie`.
        wire_name: Of an API key, the name of that; of `http`, the word before the text.
        token_url: Where a client fetches a token by its own credentials; empty if it cannot.
    """

    name: str
    kind: str
    doc: str
    location: str = ""
    wire_name: str = ""
    token_url: str = ""


def schemes(document: Document) -> dict[str, SchemeReading]:
    """Read all schemes of a document, by their names."""
    found: dict[str, SchemeReading] = {}
    for name, node in (document.root / "components" / "securitySchemes").members():
        resolved = document.resolve(node)
        if resolved is not None and is_object(resolved.value):
            found[name] = _scheme(name, resolved.value)
    return found


def _scheme(name: str, value: JsonObject) -> SchemeReading:
    kind, doc = text_at(value, "type"), text_at(value, "description")
    word = text_at(value, "scheme")
    if kind == "apiKey":
        return SchemeReading(name, kind, doc, text_at(value, "in"), text_at(value, "name"))
    if kind == "mutualTLS":
        return SchemeReading(name, "none", doc)
    if kind == "http" and word.lower() == "basic":
        return SchemeReading(name, "basic", doc)
    if kind in {"oauth2", "openIdConnect"} or (kind == "http" and word.lower() == "bearer"):
        flow = object_at(object_at(value, "flows"), "clientCredentials")
        return SchemeReading(name, "bearer", doc, token_url=text_at(flow, "tokenUrl"))
    if kind == "http" and word.isascii() and word.isalnum() and word.lower() not in _CHALLENGES:
        return SchemeReading(name, "http", doc, wire_name=word)
    return SchemeReading(name, "unknown", doc)


def usual(document: Document) -> Requirements:
    """Give what operations need that say nothing themselves.

    A document that has schemes and never says where they are needed, or that has none at all,
    leaves it to the caller: what a client is given is sent, and nothing is missed.
    """
    if "security" in document.root:
        return _alternatives(document.root.value["security"])
    if any("security" in each.node for each in operations_of(document)):
        return ()
    return (*(((name, ()),) for name in schemes(document)), ())


def requirements(operation: Node, otherwise: Requirements) -> Requirements:
    """Give what an operation needs; what operations usually need, if it says nothing."""
    value = operation.value.get("security")
    return otherwise if value is None else _alternatives(value)


def _alternatives(value: Any) -> Requirements:
    found: list[Any] = value if is_array(value) else []
    return tuple(
        tuple(
            (scheme, tuple(scope for scope in scopes or () if isinstance(scope, str)))
            for scheme, scopes in requirement.items()
            if not scheme.startswith("x-")
        )
        for requirement in found
        if is_object(requirement)
    )
