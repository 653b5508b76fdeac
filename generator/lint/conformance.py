"""Requirements on names and values, and keywords without effect (D008 to T513)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import is_array, is_object
from ..openapi.operations import TEMPLATE_EXPRESSION
from ..openapi.patterns import backtracks_exponentially, is_literal, python_pattern
from ..openapi.schema_types import MAY_EVALUATE, UNCHECKED
from ..openapi.survey import Survey, composed_schemas
from .json_schema import can_match
from .schemas import patterns_of

_COMPONENT_KEY = re.compile(r"[a-zA-Z0-9.\-_]+")
_COUNTS = (
    *("minLength", "maxLength", "minItems", "maxItems"),
    *("minProperties", "maxProperties", "minContains", "maxContains"),
)
_FLOW_URLS = {
    "implicit": ("authorizationUrl",),
    "password": ("tokenUrl",),
    "clientCredentials": ("tokenUrl",),
    "authorizationCode": ("authorizationUrl", "tokenUrl"),
    "deviceAuthorization": ("deviceAuthorizationUrl", "tokenUrl"),
}
_CONSTRAINTS = frozenset(
    {*_COUNTS, "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
    | {"pattern", "uniqueItems", "dependentRequired"}
)
_TYPED = frozenset({"type", "enum", "const", "$ref", "allOf", "anyOf", "oneOf"}) | frozenset(
    {"items", "prefixItems", "properties", "additionalProperties"}
)
"""Keywords of which a type follows, or the types of other schemas."""

_UNFOLLOWED = ("$dynamicRef", "$recursiveRef")


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    yield from component_keys(survey)
    yield from unique_tags(survey)
    for server in survey.all("Server"):
        yield from declared_variables(server)
    for scheme in survey.all("SecurityScheme"):
        yield from flow_urls(scheme)
    for schema in survey.schemas_with(*_COUNTS, "multipleOf"):
        yield from counts(schema)
    for schema in survey.schemas_with(*UNCHECKED, *_UNFOLLOWED, "unevaluatedProperties"):
        yield from supported_keywords(survey, schema)
    for schema in survey.schemas_with("pattern", "patternProperties"):
        yield from supported_pattern(schema)
    for schema in survey.schemas_with("anyOf", "oneOf"):
        yield from validated_alternatives(survey, schema)
    for schema in survey.schemas_with("const", "enum"):
        yield from validated_constants(schema)


def component_keys(survey: Survey) -> Iterator[Diagnostic]:
    """The keys of components consist of letters, digits, dots, hyphens and underscores."""
    for where, key, node in _keys(survey):
        if not _COMPONENT_KEY.fullmatch(key):
            message = f"invalid key {key!r} in {where}"
            hint = "use only letters, digits, '.', '-' and '_'"
            yield node.error("D008", message, hint, key=True, reading="it is read as it is")


def _keys(survey: Survey) -> Iterator[tuple[str, str, Node]]:
    """Iterate over the keys of components, and those of links, which are restricted alike."""
    for kind, group in (survey.document.root / "components").members():
        for key, node in group.members() if not kind.startswith("x-") else ():
            yield f"components/{kind}", key, node
    for response in survey.all("Response"):
        for key, node in (response / "links").members():
            yield "links", key, node


def unique_tags(survey: Survey) -> Iterator[Diagnostic]:
    """The names of the document's tags are unique."""
    seen: set[str] = set()
    for tag in (survey.document.root / "tags").items():
        name = (tag / "name").value
        if not isinstance(name, str):
            continue
        if name in seen:
            message = f"duplicate tag {name!r}"
            hint = "remove one of the two"
            yield (tag / "name").error("D009", message, hint, reading="both are one tag")
        seen.add(name)


def declared_variables(server: Node) -> Iterator[Diagnostic]:
    """A server declares each variable in its URL."""
    url = (server / "url").value
    for name in dict.fromkeys(TEMPLATE_EXPRESSION.findall(url)) if isinstance(url, str) else ():
        if name not in server / "variables":
            message = f"undeclared server variable {{{name}}} in the URL {url!r}"
            hint = f"declare it: 'variables: {{{name}: {{default: ...}}}}'"
            reading = "the URL is no default"
            yield (server / "url").error("D010", message, hint, reading=reading)


def flow_urls(scheme: Node) -> Iterator[Diagnostic]:
    """An OAuth flow has the URLs that its kind requires."""
    for kind, flow in (scheme / "flows").members():
        for name in _FLOW_URLS.get(kind, ()) if is_object(flow.value) else ():
            if flow.value.get(name) is None:
                message = f"missing field {name!r} in the OAuth flow {kind!r}"
                reading = "the caller's token is sent as Bearer"
                yield flow.error("A606", message, f"add '{name}'", key=True, reading=reading)


def counts(schema: Node) -> Iterator[Diagnostic]:
    """Lengths and numbers of items are not negative, and a multiple is of a positive number."""
    for keyword in {*_COUNTS, "multipleOf"} & schema.value.keys():
        value = schema.value[keyword]
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        is_valid = value > 0 if keyword == "multipleOf" else value >= 0 and value == int(value)
        if not is_valid:
            needed = "a positive number" if keyword == "multipleOf" else "a non-negative integer"
            message = f"{keyword!r} must be {needed}, not {value}"
            hint = f"write {needed}, or remove the keyword"
            yield (schema / keyword).error("T511", message, hint, reading="it is ignored")


def supported_keywords(survey: Survey, schema: Node) -> Iterator[Diagnostic]:
    """Some keywords have no effect: requests are not validated by them, references not resolved."""
    for keyword in (*UNCHECKED, *_UNFOLLOWED):
        if keyword not in schema:
            continue
        what = "requests are not validated by it"
        hint = "describe the rule in a description as well"
        if keyword in _UNFOLLOWED:
            what, hint = "it is read as any value", "write '$ref: \"#/...\"' to the schema"
        yield (schema / keyword).warning("T512", f"unsupported keyword {keyword!r}: {what}", hint)
    further = schema / "unevaluatedProperties"  # Alone it is like `additionalProperties`.
    parts = (schema, *composed_schemas(survey.document, schema, ("allOf",)))
    is_limit = is_object(further.value) or further.value is False
    if is_limit and any(MAY_EVALUATE & part.value.keys() for part in parts):
        message = "'unevaluatedProperties' beside a keyword that may describe further properties"
        hint = "list all properties in the schema; until then requests are not validated by it"
        yield further.warning("T512", message, hint)


def supported_pattern(schema: Node) -> Iterator[Diagnostic]:
    r"""Patterns of ECMA-262 without an equivalent in Python, such as `\p{L}`, are not checked."""
    for node, text, is_key in patterns_of(schema):
        if backtracks_exponentially(text) or not can_match(text):
            continue
        if python_pattern(text) is not None or is_literal(text):
            continue
        message = f"the pattern {text!r} has no equivalent in Python: requests are not checked"
        hint = "write character ranges instead of properties such as \\p{Lu}"
        yield node.warning("T513", message, hint, key=is_key)


def validated_alternatives(survey: Survey, schema: Node) -> Iterator[Diagnostic]:
    """Constraints of an alternative need the type of a value, its own or that of the schema."""
    if "properties" not in schema and {"type", "items", "additionalProperties"} & set(schema.value):
        return
    for option in (each for name in ("anyOf", "oneOf") for each in (schema / name).items()):
        target = survey.follow(option)
        if target is None or not is_object(target.value) or _TYPED & target.value.keys():
            continue
        for keyword in sorted(_CONSTRAINTS & target.value.keys())[:1]:
            message = f"requests are not validated by {keyword!r} in an alternative without a type"
            hint = "write 'type' beside it, and describe the alternative completely"
            yield option.warning("T512", message, hint)


def validated_constants(schema: Node) -> Iterator[Diagnostic]:
    """Objects and lists are no constants in Python: requests are not validated by them."""
    for node in (schema / "const", *(schema / "enum").items()):
        if is_object(node.value) or is_array(node.value):
            what = "an object" if is_object(node.value) else "a list"
            message = f"requests are not validated by {what} as a constant"
            hint = "describe it by 'properties' or 'items', with constants in it"
            yield node.warning("T512", message, hint)
