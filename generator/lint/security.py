"""Security schemes and security requirements (A6xx)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import is_array, is_object, text_at
from ..openapi.media_types import FORM, essence
from ..openapi.operations import sent_method
from ..openapi.parameters import parameter_key
from ..openapi.requirements import scheme_name
from ..openapi.survey import Operation, Survey

_NEEDS = {
    "apiKey": ("name", "in"),
    "http": ("scheme",),
    "oauth2": ("flows",),
    "openIdConnect": ("openIdConnectUrl",),
    "mutualTLS": (),
}
_NOT_SENT = "no credential is sent for it"
_READINGS = {
    "flows": ("the caller's token is sent as Bearer", False),
    "scheme": ("it is read as 'bearer'", False),
}
BASIC = {"type": "http", "scheme": "basic"}
"""The equivalent of Swagger 2.0's type `basic`."""

_HTTP_SCHEMES = ("basic", "bearer")
_KEY_LOCATIONS = ("header", "query", "cookie")


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    schemes = dict((survey.document.root / "components" / "securitySchemes").members())
    scopes = {name: declared_scopes(survey, scheme) for name, scheme in schemes.items()}
    for requirement in survey.all("SecurityRequirement"):
        for written, wanted in requirement.members():
            name = scheme_name(written, schemes)
            yield from declared_scheme(name, wanted, schemes)
            yield from known_scopes(wanted, scopes.get(name, frozenset()))
            if survey.document.version == (3, 0) and name in schemes:
                yield from without_scopes(survey.follow(schemes[name]), wanted)
    yield from forgotten(survey, schemes)
    for operation in survey.operations:
        yield from credentials_as_parameters(survey, operation, schemes)
    for scheme in survey.all("SecurityScheme"):
        yield from known_type(scheme)
        yield from complete(scheme)
        yield from http_scheme(scheme)


def declared_scheme(name: str, wanted: Node, schemes: dict[str, Node]) -> Iterator[Diagnostic]:
    """A security requirement names a scheme of the components."""
    if name not in schemes and not name.startswith("x-"):
        near = get_close_matches(name, schemes, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "declare it in components/securitySchemes"
        message = f"undeclared security scheme {name!r}"
        yield wanted.error("A601", message, hint, key=True, reading=_NOT_SENT, is_lossy=True)


def declared_scopes(survey: Survey, scheme: Node) -> frozenset[str]:
    """Return the scopes that a scheme declares; empty if it declares none."""
    target = survey.follow(scheme)
    if target is None:
        return frozenset()
    lists = [target / "x-scopes"]
    if (target / "type").value == "oauth2":
        lists += [flow / "scopes" for _, flow in (target / "flows").members()]
    return frozenset(name for each in lists for name, _ in each.members())


def known_scopes(wanted: Node, declared: frozenset[str]) -> Iterator[Diagnostic]:
    """A scope is one of those that its scheme declares, if the scheme declares any."""
    for scope in wanted.items():
        if declared and isinstance(scope.value, str) and scope.value not in declared:
            near = get_close_matches(scope.value, sorted(declared), n=1)
            hint = f"did you mean {near[0]!r}?" if near else "declare it in the security scheme"
            message = f"undeclared scope {scope.value!r}"
            yield scope.error("A602", message, hint, reading="it is used as it is")


def without_scopes(scheme: Node | None, wanted: Node) -> Iterator[Diagnostic]:
    """In OpenAPI 3.0 only OAuth 2 and OpenID Connect have scopes."""
    kind = (scheme / "type").value if scheme is not None else None
    if kind in ("http", "apiKey") and wanted.value and is_array(wanted.value):
        message = f"scopes of a security scheme of type {kind!r}, which has none in OpenAPI 3.0"
        hint = "write '[]', or 'openapi: 3.1.0'"
        yield wanted.error("A607", message, hint, reading="they are read as in OpenAPI 3.1")


def forgotten(survey: Survey, schemes: dict[str, Node]) -> Iterator[Diagnostic]:
    """An operation declares its credentials, or `security: []` without any."""
    if not schemes or "security" in survey.document.root:
        return
    unsecured = [each for each in survey.operations if "security" not in each.node]
    if len(unsecured) == len(survey.operations):
        if unsecured:
            message = "no operation has 'security', although security schemes are declared"
            hint = "add 'security' to the document; until then each credential is optional"
            node = survey.document.root / "components" / "securitySchemes"
            yield node.warning("A608", message, hint, key=True)
        return
    for operation in unsecured:
        message = f"{sent_method(operation.method)} {operation.path} has no 'security'"
        hint = "add it; until then no credential is sent (write 'security: []' if that is intended)"
        yield operation.node.warning("A608", message, hint, key=True)


def credentials_as_parameters(
    survey: Survey, operation: Operation, schemes: dict[str, Node]
) -> Iterator[Diagnostic]:
    """An API key of a security scheme replaces a parameter of its name."""
    own = operation.node if "security" in operation.node else survey.document.root
    keys: dict[tuple[str, str], str] = {}
    for requirement in (own / "security").items():
        for written, _ in requirement.members():
            name = scheme_name(written, schemes)
            scheme = survey.follow(schemes[name]) if name in schemes else None
            if scheme is not None and (scheme / "type").value == "apiKey":
                wire = str((scheme / "name").value), str((scheme / "in").value)
                keys.setdefault(parameter_key(*wire), name)
    for parameter in operation.parameters:
        name, location = (parameter / "name").value, (parameter / "in").value
        key = keys.get(parameter_key(str(name), str(location)))
        if key is not None:
            message = f"parameter {name!r} is also the API key of the security scheme"
            hint = "remove the parameter; until then the client's API key replaces the argument"
            yield parameter.warning("P408", f"{message} {key!r}", hint)
        if location == "querystring":
            yield from _appended_keys(parameter, [key for key in keys if key[1] == "query"])


def _appended_keys(parameter: Node, keys: list[tuple[str, str]]) -> Iterator[Diagnostic]:
    """An API key in the query adds a field to a form, but breaks a query in another format."""
    kinds = {essence(media_type) for media_type, _ in (parameter / "content").members()}
    for name, _ in keys if kinds - {FORM} else ():
        message = f"the API key {name!r} is appended to a query that is not a form"
        hint = "send the API key in a header, or the query as a form"
        yield parameter.warning("P408", message, hint)


def known_type(scheme: Node) -> Iterator[Diagnostic]:
    """The type of a scheme, one of OpenAPI's, determines how a credential is sent."""
    kind = scheme.value.get("type")
    if isinstance(kind, str) and kind not in _NEEDS:
        near = get_close_matches(kind, _NEEDS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(_NEEDS)}"
        hint = "write 'type: http' with 'scheme: basic'" if kind == "basic" else hint
        message = f"unknown security scheme type {kind!r}"
        is_basic = kind == "basic"
        reading = "it is read as HTTP Basic" if is_basic else _NOT_SENT
        node = scheme / "type"
        yield node.error("A603", message, hint, reading=reading, is_lossy=not is_basic)


def complete(scheme: Node) -> Iterator[Diagnostic]:
    """A scheme has the fields that its type requires; only `openIdConnectUrl` can be missing."""
    kind = scheme.value.get("type")
    for name in _NEEDS.get(kind, ()) if isinstance(kind, str) else ():
        if scheme.value.get(name) is None:
            message = f"missing field {name!r} in a security scheme of type {kind!r}"
            if name == "openIdConnectUrl":
                yield scheme.warning("A604", message, f"add '{name}'")
                continue
            reading, is_lossy = _READINGS.get(name, (_NOT_SENT, True))
            yield scheme.error("A604", message, f"add '{name}'", reading=reading, is_lossy=is_lossy)
    location = scheme.value.get("in")
    if kind == "apiKey" and isinstance(location, str) and location not in _KEY_LOCATIONS:
        message = f"invalid location {location!r} of an API key"
        hint = f"write one of {', '.join(_KEY_LOCATIONS)}"
        yield (scheme / "in").error("A604", message, hint, reading=_NOT_SENT, is_lossy=True)


def is_usable(scheme: Node) -> bool:
    """Whether a scheme determines how a credential is sent."""
    if not is_object(scheme.value):
        return False
    kind = text_at(scheme.value, "type")
    if kind == "apiKey":
        is_named = isinstance(scheme.value.get("name"), str)
        return is_named and text_at(scheme.value, "in") in _KEY_LOCATIONS
    return kind in _NEEDS


def http_scheme(scheme: Node) -> Iterator[Diagnostic]:
    """The client supports Basic and Bearer; for other schemes the caller formats the credential."""
    name = scheme.value.get("scheme")
    if scheme.value.get("type") != "http" or not isinstance(name, str):
        return
    if name.lower() not in _HTTP_SCHEMES:
        near = get_close_matches(name.lower(), _HTTP_SCHEMES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "write 'bearer' or 'basic'"
        message = f"unsupported HTTP scheme {name!r}; the caller must format its credential"
        yield (scheme / "scheme").warning("A605", message, hint)
