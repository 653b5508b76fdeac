"""Translation of OpenAPI schemas to JSON Schema 2020-12 for a validator.

Only well-formed assertions are copied: other rules report the errors of schemas, which must not
hide the errors of values. OpenAPI 3.0's `nullable` and `exclusiveMinimum: true` are translated in
documents of any version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jsonschema_rs import Draft202012Validator, FancyRegexOptions, Registry, meta

from ..document import Document, Node, UnresolvedReferenceError
from ..document.json_values import JsonObject, is_array, is_object
from ..openapi.objects import SHAPES
from ..openapi.schema_types import TYPES

MASK = "this value"
_BASE = "urn:schemas"
_FORMATS = frozenset({"date", "date-time", "uuid"})
_PLAIN = (
    *("multipleOf", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "uniqueItems"),
    *("maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"),
)
_ONE = ("not", "if", "then", "else", "contains", "propertyNames", "additionalProperties")
_SEVERAL = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "dependentSchemas")
# A low limit: examples never need more, and hostile patterns would use all of a higher one.
_REGEX = FancyRegexOptions(backtrack_limit=10_000)


@lru_cache(maxsize=10_000)
def can_match(pattern: str) -> bool:
    """Whether the validator supports a pattern."""
    try:
        Draft202012Validator({"pattern": pattern}, pattern_options=_REGEX)
    except ValueError:
        return False
    return True


@dataclass(slots=True)
class Validators:
    """Validators for the schemas of a document, built once for each schema.

    `prepare` is called once with all schemas before `validator`, because they share one registry.
    """

    document: Document
    _definitions: JsonObject = field(default_factory=dict[str, Any])
    _names: dict[Node, str] = field(default_factory=dict[Node, str])
    _waiting: list[tuple[str, Node]] = field(default_factory=list[tuple[str, Node]])
    _ready: dict[str, Draft202012Validator] = field(default_factory=dict[str, Draft202012Validator])
    _registry: Registry | None = None

    def prepare(self, schemas: Iterable[Node]) -> None:
        """Translate schemas and all schemas that they reference."""
        for schema in schemas:
            self._name(schema)
        while self._waiting:
            name, node = self._waiting.pop()
            translated = self._translate(node)
            # One malformed constraint, such as a negative length, would break the whole registry.
            is_sound = meta.is_valid({"not": translated})
            self._definitions[name] = translated if is_sound else True
        self._registry = Registry([(_BASE, {"$defs": self._definitions})])

    def validator(self, schema: Node) -> Draft202012Validator:
        """Return the validator for a schema that was passed to `prepare`."""
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
                result[name] = [self._translate(each) for each in self._parts(schema, name)]
            elif name in _NAMED and is_object(value[name]):
                result[name] = {
                    key: self._translate(each)
                    for key, each in (schema / name).members()
                    if name != "patternProperties" or can_match(key)
                }
        result |= self._items(schema)
        result |= _scalars(value)
        return _nullable(result) if value.get("nullable") is True else result

    def _parts(self, schema: Node, keyword: str) -> list[Node]:
        """Return the schemas of a keyword, with those that references add to them, each once.

        The validator would follow every way that leads to a schema. An object that several
        alternatives of `oneOf` lead to is one alternative.
        """
        if keyword == "prefixItems":
            return [*(schema / keyword).items()]
        found: list[Node] = []
        waiting = [*(schema / keyword).items()][::-1]
        seen = {id(schema.value)}
        while waiting:
            part = waiting.pop()
            is_reference = is_object(part.value) and part.value.keys() == {"$ref"}
            target = (self.document.resolve(part) if is_reference else None) or part
            if not is_array((target / keyword).value) or "nullable" in target:
                found.append(part)
                continue
            if id(target.value) in seen:
                continue
            own = {key: each for key, each in target.value.items() if key != keyword}
            rest = Node(target.source, target.pointer, own)
            if self._translate(rest):
                if keyword != "allOf":
                    found.append(part)
                    continue
                found.append(rest)
            seen.add(id(target.value))
            waiting += [*(target / keyword).items()][::-1]
        return found

    def _items(self, schema: Node) -> JsonObject:
        """Translate `items`; a list of schemas is a tuple in older dialects."""
        items = schema / "items"
        if is_array(items.value):
            translated = [self._translate(each) for each in items.items()]
            return {"prefixItems": translated} if translated else {}
        return {"items": self._translate(items)} if "items" in schema else {}


_TRANSLATED = frozenset({*_ONE, *_SEVERAL, *_NAMED})


def _scalars(value: JsonObject) -> JsonObject:
    """Copy the keywords whose values are not schemas."""
    result = _constraints(value)
    types = value.get("type")
    wanted = types if is_array(types) else [types]
    if wanted and all(isinstance(each, str) and each in TYPES for each in wanted):
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
        result["required"] = _required_names(value, value["required"])
    return result


def _constraints(value: JsonObject) -> JsonObject:
    """Copy constraints; convert the boolean exclusive bounds of OpenAPI 3.0 to numbers."""
    shape = SHAPES["Schema"]
    result = {
        name: value[name] for name in _PLAIN if name in value and shape[name].match(value[name])
    }
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(result.get(exclusive), bool) and result.pop(exclusive) and bound in result:
            result[exclusive] = result.pop(bound)
    return result


def _required_names(value: JsonObject, names: list[Any]) -> list[str]:
    """Return the required names except read-only and write-only ones: an example is either way."""
    properties = value.get("properties")
    known = properties if is_object(properties) else {}
    one_way = {
        name
        for name, each in known.items()
        if is_object(each) and (each.get("readOnly") is True or each.get("writeOnly") is True)
    }
    strings = dict.fromkeys(name for name in names if isinstance(name, str))
    return [name for name in strings if name not in one_way]


def _nullable(schema: JsonObject) -> JsonObject:
    """Allow null in the form that keeps the validator's messages about other values simple."""
    if schema.keys() & {"$ref", "not", "const", "allOf", "anyOf", "oneOf", "if"}:
        return {"anyOf": [schema, {"type": "null"}]}
    if "type" in schema:
        schema["type"] = list(dict.fromkeys([*schema["type"], "null"]))
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema
