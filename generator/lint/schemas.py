"""Schemas (T5xx)."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from ..document import Node, UnresolvedReferenceError
from ..document.diagnostics import Diagnostic
from ..document.json_values import array_at, is_array
from ..openapi.notation import json_types
from ..openapi.patterns import backtracks_exponentially, is_literal, python_pattern
from ..openapi.schema_types import TYPES, type_of
from ..openapi.survey import Survey, composed_schemas
from .json_schema import can_match

READ_AS = {"any": "no type at all", "file": "'type: string' with 'format: binary'"}
"""Types of older dialects with one sensible reading."""

_FORMATS = """
    base64url binary byte char commonmark date date-time date-time-local decimal decimal128 double
    double-int duration email float hostname html http-date idn-email idn-hostname int8 int16 int32
    int64 ipv4 ipv6 iri iri-reference json-pointer media-range password regex relative-json-pointer
    sf-binary sf-boolean sf-decimal sf-integer sf-string sf-token time time-local uint8 uint16
    uint32 uint64 uri uri-reference uri-template uuid
"""
FORMATS = frozenset(_FORMATS.split())

_UNIONS = ("anyOf", "oneOf")
_BOUNDS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    is_old = survey.document.version == (3, 0)
    bases = {
        survey.follow(part)
        for schema in survey.schemas_with("allOf")
        for part in (schema / "allOf").items()
    }
    for schema in survey.all("Schema"):
        yield from known_type(schema)
        yield from known_format(schema)
        yield from enum(schema)
        yield from lists(schema)
        if "discriminator" in schema:
            yield from discriminator(survey, schema)
            yield from required_discriminator(survey, schema)
            yield from used_discriminator(schema, is_base=schema in bases)
        if is_old:
            yield from items_of_array(schema)
    for schema in survey.schemas_with("pattern", "patternProperties"):
        yield from pattern(schema)
    for schema in survey.schemas_with(*(high for _, high in _BOUNDS)):
        yield from bounds(schema)
    for schema in survey.schemas_with("writeOnly"):
        yield from one_way(schema)
    yield from alternatives_of_itself(survey)


def type_nodes(schema: Node) -> list[Node]:
    """Return the nodes of a schema's types."""
    node = schema / "type"
    return list(node.items()) if is_array(node.value) else [node]


def known_type(schema: Node) -> Iterator[Diagnostic]:
    """A schema has one of the seven types of JSON Schema."""
    for node in type_nodes(schema):
        name = node.value
        if not isinstance(name, str) or name in TYPES:
            continue
        if name in READ_AS:
            message = f"unknown type {name!r}, which is read as {READ_AS[name]}"
            yield node.warning("T501", message, f"write {READ_AS[name]}")
        else:
            near = get_close_matches(name.lower(), TYPES, n=1)
            format_hint = f"write 'type: string' with 'format: {name}'"
            hint = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(TYPES)}"
            hint = format_hint if name in FORMATS else hint
            known = type_of(name)
            shown = " with format ".join(repr(each) for each in known if each) if known else ""
            reading = f"it is read as {shown or 'any value'}"
            yield node.error("T501", f"unknown type {name!r}", hint, reading=reading)


def known_format(schema: Node) -> Iterator[Diagnostic]:
    """OpenAPI allows any format, but an unknown one has no effect."""
    name = schema.value.get("format")
    if isinstance(name, str) and name not in FORMATS:
        near = None if name in TYPES else _near_format(name)
        moved = "the description" if "description" in schema else "a description"
        hint = f"did you mean {near!r}?" if near else f"move it to {moved}, or remove it"
        message = f"unknown format {name!r}, which is ignored"
        yield (schema / "format").warning("T502", message, hint)


@lru_cache(maxsize=1000)
def _near_format(name: str) -> str | None:
    near = get_close_matches(name.lower(), sorted(FORMATS), n=1, cutoff=0.75)
    return near[0] if near else None


def enum(schema: Node) -> Iterator[Diagnostic]:
    """Enum values are unique, and each has a type that the schema allows."""
    values = schema.value.get("enum")
    if not is_array(values):
        return
    if not values:
        hint = "list the values, or remove 'enum'"
        yield (schema / "enum").warning("T505", "empty enum, which allows no value", hint)
    types = {node.value for node in type_nodes(schema) if isinstance(node.value, str)}
    types |= {"null"} if types and schema.value.get("nullable") is True else set()
    seen: set[str] = set()
    for value in (schema / "enum").items():
        key = f"{json_types(value.value)[:1]}{value.value!r}"
        if key in seen:
            message = f"duplicate enum value {_json(value.value)}"
            yield value.warning("T503", message, "remove one of the two")
        seen.add(key)
        if types and types <= {*TYPES} and types.isdisjoint(json_types(value.value)):
            message = f"enum value {_json(value.value)} is not of type {_alternatives(types)}"
            yield value.warning("T504", message, _enum_hint(value.value, types))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _enum_hint(value: object, types: set[str]) -> str:
    if value is None:
        return "add 'null' to the type, or remove the value"
    if "string" in types:
        return "quote it; without quotes YAML reads a value of another type"
    return "correct the value or the type"


def _alternatives(types: set[str]) -> str:
    return " or ".join(repr(each) for each in TYPES if each in types)


def patterns_of(schema: Node) -> Iterator[tuple[Node, str, bool]]:
    """Iterate over the patterns of a schema: the node, the pattern, and whether it is a key."""
    own = schema / "pattern"
    if isinstance(own.value, str):
        yield own, own.value, False
    for text, node in (schema / "patternProperties").members():
        yield node, text, True


def pattern(schema: Node) -> Iterator[Diagnostic]:
    """A pattern that is invalid or takes exponential time is not checked before requests."""
    for node, text, is_key in patterns_of(schema):
        if is_literal(text):
            message = f"the pattern {text!r} has slashes around it, so that it matches no string"
            hint = "remove the slashes and what follows them (until then it is ignored)"
            yield node.warning("T506", message, hint, key=is_key)
        elif not _is_regex(text):
            hint = "write a regular expression of ECMA-262 (until then it is ignored)"
            message = f"the pattern {text!r} is not a valid regular expression"
            yield node.warning("T506", message, hint, key=is_key)
        elif backtracks_exponentially(text):
            hint = "remove repetitions of repetitions, such as '(a+)+' (until then it is ignored)"
            message = f"the pattern {text!r} takes exponential time on some strings without a match"
            yield node.warning("T510", message, hint, key=is_key)


@lru_cache(maxsize=10_000)
def _is_regex(text: str) -> bool:
    """Whether a pattern is valid in ECMA-262, or at least in Python."""
    if can_match(text) or python_pattern(text) is not None:
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # syntax that Python reserves
            re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def bounds(schema: Node) -> Iterator[Diagnostic]:
    """A minimum above its maximum allows no value."""
    for low, high in _BOUNDS:
        least, most = schema.value.get(low), schema.value.get(high)
        if _is_number(least) and _is_number(most) and least > most:
            message = f"{low!r} {least} is greater than {high!r} {most}, so no value is valid"
            yield (schema / low).warning("T507", message, "correct one of the two")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def discriminator(survey: Survey, schema: Node) -> Iterator[Diagnostic]:
    """Each value in a discriminator's mapping names an alternative, or a reference to one."""
    default = schema.at("discriminator", "defaultMapping")
    mapped = schema.at("discriminator", "mapping").members()
    options = [each for keyword in _UNIONS for each in (schema / keyword).items()]
    alternatives = {survey.follow(each) or each for each in options}
    composed = {node for each in alternatives for node in composed_schemas(survey.document, each)}
    for value, target in (*mapped, ("any other value", default)):
        if not isinstance(target.value, str):
            continue
        found = _schema_named(survey, target)
        message = f"the discriminator maps {value!r} to {target.value!r}, which is not a schema"
        if found is None:
            names = [
                name for name, _ in (survey.document.root / "components" / "schemas").members()
            ]
            near = get_close_matches(target.value.rpartition("/")[2], names, n=1)
            name = near[0] if near else "NAME"
            hint = f"{'did you mean' if near else 'write'} '#/components/schemas/{name}'"
            yield target.warning("T508", message, f"{hint}?" if near else hint)
        elif (
            options
            and found not in composed
            and alternatives.isdisjoint(composed_schemas(survey.document, found))
        ):
            message = message.replace("not a schema", "no alternative")
            yield target.warning("T508", message, "add it to the alternatives, or name one of them")


def required_discriminator(survey: Survey, schema: Node) -> Iterator[Diagnostic]:
    """Each alternative of a discriminator without `defaultMapping` requires its property."""
    if "defaultMapping" in schema / "discriminator":
        return
    named = schema.at("discriminator", "propertyName")
    options = [each for keyword in ("oneOf", "anyOf") for each in (schema / keyword).items()]
    for option in options or [schema]:
        parts = list(composed_schemas(survey.document, option))
        required = {
            name
            for part in [*parts, schema]
            for name in array_at(part.value, "required")
            if isinstance(name, str)
        }
        is_described = any("properties" in part for part in parts)
        if is_described and isinstance(named.value, str) and named.value not in required:
            where = f" of {(option / '$ref').value!r}" if "$ref" in option else ""
            message = f"the discriminator {named.value!r} is no required property{where}"
            hint = f"add '{named.value}' to its list 'required'"
            reading = "an object without it is decoded by its other properties"
            yield named.error("T518", message, hint, reading=reading)
            return


def used_discriminator(schema: Node, *, is_base: bool) -> Iterator[Diagnostic]:
    """A discriminator selects an alternative, or a schema that extends this one by `allOf`."""
    if not is_base and not any(keyword in schema for keyword in ("oneOf", "anyOf", "allOf")):
        message = "the discriminator has no effect: no schema is selected by it"
        hint = "write it beside 'oneOf', or reference this schema in the 'allOf' of others"
        yield (schema / "discriminator").warning("T512", message, hint, key=True)


def one_way(schema: Node) -> Iterator[Diagnostic]:
    """A property cannot be read-only and write-only."""
    if schema.value.get("readOnly") is True and schema.value.get("writeOnly") is True:
        message = "a property cannot be both 'readOnly' and 'writeOnly'"
        reading = "it is in no request and no response"
        node = schema / "writeOnly"
        yield node.error("T516", message, "remove one of the two", key=True, reading=reading)


def lists(schema: Node) -> Iterator[Diagnostic]:
    """Lists of alternatives are not empty, and those of names have each once."""
    for keyword in ("allOf", "anyOf", "oneOf", "prefixItems"):
        if schema.value.get(keyword) == []:
            message, hint = f"empty {keyword!r}", "list the schemas, or remove the keyword"
            yield (schema / keyword).error("T517", message, hint, reading="it is ignored")
    for keyword in ("required", "type"):
        seen: set[str] = set()
        for node in (schema / keyword).items():
            name = node.value
            if isinstance(name, str) and name in seen:
                message, hint = f"duplicate {name!r} in {keyword!r}", "remove one of the two"
                yield node.error("T517", message, hint, reading="it is read once")
            seen |= {name} if isinstance(name, str) else set()


def alternatives_of_itself(survey: Survey) -> Iterator[Diagnostic]:
    """A schema is no alternative of itself: it could be followed without end."""
    for schema, option in circular_alternatives(survey):
        message = f"the schema is an alternative of itself by {option.pointer[-2]!r}"
        hint = "remove it, or move it into 'properties' or 'items'"
        is_lossy = survey.follow(option) != schema
        yield option.error("R203", message, hint, reading="it is left out", is_lossy=is_lossy)


def circular_alternatives(survey: Survey) -> Iterator[tuple[Node, Node]]:
    """Iterate over schemas and those of their alternatives that have the schema as an alternative.

    They may extend the schema: that is how bases list their children.
    """
    options = {
        schema: [each for keyword in _UNIONS for each in (schema / keyword).items()]
        for schema in survey.schemas_with(*_UNIONS)
    }
    targets = {schema: map(survey.follow, found) for schema, found in options.items()}
    try:
        TopologicalSorter(targets).prepare()
    except CycleError:  # Only then each alternative is followed to its end.
        for schema, found in options.items():
            for option in found:
                if schema in composed_schemas(survey.document, option, _UNIONS):
                    yield schema, option


def _schema_named(survey: Survey, target: Node) -> Node | None:
    """Return the schema that a mapping names, by component or by reference, or None."""
    schemas = survey.document.root / "components" / "schemas"
    try:
        named = survey.document.target(target.value, target.source)
    except UnresolvedReferenceError:
        named = None
    named = schemas / target.value if target.value in schemas else named
    return None if named is None else survey.follow(named)


def items_of_array(schema: Node) -> Iterator[Diagnostic]:
    """OpenAPI 3.0 requires `items` for an array; without it, items may be any value."""
    if schema.value.get("type") == "array" and "items" not in schema:
        message = "missing 'items' for 'type: array', which OpenAPI 3.0 requires"
        hint, reading = "add 'items', or 'items: {}' for any value", "items may be any value"
        yield schema.error("T509", message, hint, reading=reading)
