"""OpenAPI's schemas as JSON Schema 2020-12, so that a validator can hold values against them.

Only what constrains is taken over, and only where it is well-formed: what is wrong with a schema is
said by other rules, and must not hide what is wrong with a value. OpenAPI 3.0's `nullable` and
`exclusiveMinimum: true` are translated, whichever version the document has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jsonschema_rs import Draft202012Validator, FancyRegexOptions, Registry, meta

from generator.document import Document, Node, UnresolvedReferenceError
from generator.document.json_values import JsonObject, is_array, is_object
from generator.openapi.objects import SHAPES

MASK = "this value"
_BASE = "urn:schemas"
_FORMATS = frozenset({"date", "date-time", "uuid"})
_TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object", "null"})
_PLAIN = (
    *("multipleOf", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "uniqueItems"),
    *("maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"),
)
_ONE = ("not", "if", "then", "else", "contains", "propertyNames", "additionalProperties")
_SEVERAL = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "dependentSchemas")
# A small limit: nothing that an example is about needs more, and a hostile pattern needs the most.
_REGEX = FancyRegexOptions(backtrack_limit=10_000)


@lru_cache(maxsize=10_000)
def can_match(pattern: str) -> bool:
    """Whether the validator can read a pattern."""
    try:
        Draft202012Validator({"pattern": pattern}, pattern_options=_REGEX)
    except ValueError:
        return False
    return True


@dataclass(slots=True)
class Validators:
    """Validators for the schemas of a document, made once for each.

    All schemas that are ever needed are translated before the first validator is asked for: they
    share one registry.
    """

    document: Document
    _definitions: JsonObject = field(default_factory=dict[str, Any])
    _names: dict[Node, str] = field(default_factory=dict[Node, str])
    _waiting: list[tuple[str, Node]] = field(default_factory=list[tuple[str, Node]])
    _ready: dict[str, Draft202012Validator] = field(default_factory=dict[str, Draft202012Validator])
    _registry: Registry | None = None

    def prepare(self, schemas: Iterable[Node]) -> None:
        """Translate schemas and all that they refer to."""
        for schema in schemas:
            self._name(schema)
        while self._waiting:
            name, node = self._waiting.pop()
            translated = self._translate(node)
            # One limit below zero would make the validator refuse all schemas.
            is_sound = meta.is_valid({"not": translated})
            self._definitions[name] = translated if is_sound else True
        self._registry = Registry([(_BASE, {"$defs": self._definitions})])

    def validator(self, schema: Node) -> Draft202012Validator:
        """Give the validator for a schema that was prepared."""
        name = self._names[schema]
        if name not in self._ready:
            self._ready[name] = Draft202012Validator(
                {"$ref": f"{_BASE}#/$defs/{name}"},
                registry=self._registry,
                validate_formats=True,
                offline=True,
                mask=MASK,
                pattern_options=_REGEX,
            )
        return self._ready[name]

    def _name(self, schema: Node) -> str:
        if schema not in self._names:
            self._names[schema] = f"s{len(self._names)}"
            self._waiting.append((self._names[schema], schema))
        return self._names[schema]

    def _reference(self, reference: str, schema: Node) -> JsonObject:
        try:
            target = self.document.target(reference, schema.source)
        except UnresolvedReferenceError:
            return {}
        return {"$ref": f"#/$defs/{self._name(target)}"}

    def _translate(self, schema: Node) -> JsonObject | bool:
        value = schema.value
        if not is_object(value):
            return value if isinstance(value, bool) else True
        result: JsonObject = {}
        if isinstance(value.get("$ref"), str):
            result |= self._reference(value["$ref"], schema)
        for name in filter(_TRANSLATED.__contains__, value):
            if name in _ONE:
                result[name] = self._translate(schema / name)
            elif name in _SEVERAL and value[name] and is_array(value[name]):
                result[name] = [self._translate(each) for each in (schema / name).items()]
            elif name in _NAMED and is_object(value[name]):
                result[name] = {
                    key: self._translate(each)
                    for key, each in (schema / name).members()
                    if name != "patternProperties" or can_match(key)
                }
        result |= self._items(schema)
        result |= _scalars(value)
        return _nullable(result) if value.get("nullable") is True else result

    def _items(self, schema: Node) -> JsonObject:
        """Translate `items`; a list of schemas is how older dialects wrote a tuple."""
        items = schema / "items"
        if is_array(items.value):
            translated = [self._translate(each) for each in items.items()]
            return {"prefixItems": translated} if translated else {}
        return {"items": self._translate(items)} if "items" in schema else {}


_TRANSLATED = frozenset({*_ONE, *_SEVERAL, *_NAMED})


def _scalars(value: JsonObject) -> JsonObject:
    """Take over the keywords that hold no schemas."""
    result = _limits(value)
    types = value.get("type")
    wanted = types if is_array(types) else [types]
    if wanted and all(isinstance(each, str) and each in _TYPES for each in wanted):
        result["type"] = list(dict.fromkeys(wanted))
    if isinstance(value.get("format"), str) and value["format"] in _FORMATS:
        result["format"] = value["format"]
    if isinstance(value.get("pattern"), str) and can_match(value["pattern"]):
        result["pattern"] = value["pattern"]
    if is_array(value.get("enum")):
        result["enum"] = value["enum"]
    if "const" in value:
        result["const"] = value["const"]
    if is_array(value.get("required")):
        result["required"] = _required(value, value["required"])
    return result


def _limits(value: JsonObject) -> JsonObject:
    """Take over the limits; where OpenAPI 3.0 only marks one as exclusive, move it."""
    shape = SHAPES["Schema"]
    result = {
        name: value[name] for name in _PLAIN if name in value and shape[name].match(value[name])
    }
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(result.get(exclusive), bool) and result.pop(exclusive) and limit in result:
            result[exclusive] = result.pop(limit)
    return result


def _required(value: JsonObject, names: list[Any]) -> list[str]:
    """Leave out what is required only of a request or only of an answer: an example is either."""
    properties = value.get("properties")
    known = properties if is_object(properties) else {}
    one_way = {
        name
        for name, each in known.items()
        if is_object(each) and (each.get("readOnly") is True or each.get("writeOnly") is True)
    }
    texts = dict.fromkeys(name for name in names if isinstance(name, str))
    return [name for name in texts if name not in one_way]


def _nullable(schema: JsonObject) -> JsonObject:
    """Let null pass, in a way that keeps the messages about other values plain."""
    if schema.keys() & {"$ref", "not", "const", "allOf", "anyOf", "oneOf", "if"}:
        return {"anyOf": [schema, {"type": "null"}]}
    if "type" in schema:
        schema["type"] = list(dict.fromkeys([*schema["type"], "null"]))
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema
