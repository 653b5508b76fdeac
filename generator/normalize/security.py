"""Security schemes of a document, and security requirements of operations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from ..document import Document, Node
from ..document.json_values import JsonObject, is_array, is_object, object_at, text_at
from ..openapi.operations import operations_of
from ..openapi.requirements import scheme_name

Requirements: TypeAlias = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
"""Alternatives; each maps the names of schemes, all of them required, to scopes."""

# HTTP schemes that respond to a challenge of the server, which needs more than a fixed string.
_CHALLENGES = frozenset(
    {"digest", "dpop", "gnap", "hoba", "mutual", "negotiate", "ntlm", "oauth", "vapid"}
)


@dataclass(frozen=True, slots=True)
class SchemeReading:
    """A security scheme.

    Attributes:
        name: The name in the document.
        kind: `bearer`, `basic`, `http` (another HTTP scheme), `apiKey`, `none` (the connection
            authenticates, as in mutual TLS), or `unknown`.
        doc: The description.
        location: For an API key, `header`, `query` or `cookie`.
        wire_name: For an API key, the name of the parameter; for `http`, the HTTP scheme.
        token_url: The token URL of the client credentials flow; may be empty.
        deprecated: Whether the document marks it as deprecated.
    """

    name: str
    kind: str
    doc: str
    location: str = ""
    wire_name: str = ""
    token_url: str = ""
    deprecated: bool = False

    @property
    def about(self) -> str:
        """The description, which says whether the scheme is deprecated."""
        return f"Deprecated. {self.doc}".strip() if self.deprecated else self.doc


def schemes(document: Document) -> dict[str, SchemeReading]:
    """Return all security schemes of a document by name."""
    found: dict[str, SchemeReading] = {}
    for name, node in (document.root / "components" / "securitySchemes").members():
        resolved = document.resolve(node)
        if resolved is not None and is_object(resolved.value):
            deprecated = resolved.value.get("deprecated") is True
            found[name] = replace(_scheme(name, resolved.value), deprecated=deprecated)
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


def default_requirements(document: Document) -> Requirements:
    """Return the requirements of operations without `security`.

    If no part of the document has `security`, each declared scheme is optional: the client sends
    the credentials that it gets and requires none.
    """
    if "security" in document.root:
        return _alternatives(document, document.root.value["security"])
    if any("security" in each.node for each in operations_of(document)):
        return ()
    return (*(((name, ()),) for name in schemes(document)), ())


def requirements(document: Document, operation: Node, default: Requirements) -> Requirements:
    """Return the requirements of an operation, or the default if it has no `security`."""
    value = operation.value.get("security")
    return default if value is None else _alternatives(document, value)


def _alternatives(document: Document, value: Any) -> Requirements:
    found: list[Any] = value if is_array(value) else []
    known = object_at(object_at(document.root.value, "components"), "securitySchemes")
    return tuple(
        tuple(
            (
                scheme_name(scheme, known),
                tuple(scope for scope in scopes or () if isinstance(scope, str)),
            )
            for scheme, scopes in requirement.items()
            if not scheme.startswith("x-")
        )
        for requirement in found
        if is_object(requirement)
    )
