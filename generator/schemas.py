"""Schemas of a document as shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator import names
from generator.document import Document, Node
from generator.json_types import JsonObject, array_at, is_array, is_object, text_at
from generator.schema_limits import limits
from generator.schema_names import Key, inline_name, key
from generator.shapes import (
    Anything,
    EnumShape,
    ListOf,
    MapOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Property,
    Ref,
    Scalar,
    Shape,
)

_SCALARS = frozenset({"string", "integer", "number", "boolean", "null"})
_FORMATS = frozenset({"date-time", "date", "binary"})
# Keywords that say nothing about which values fit.
_REMARKS = frozenset(
    {
        "$ref",
        "title",
        "summary",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "xml",
        "externalDocs",
        "$comment",
    }
)


class SchemaReader:
    """Reads schemas, and remembers those that need a name.

    Attributes:
        document: The document that the schemas are in.
        named: The named schemas so far, by class name.
    """

    def __init__(self, document: Document) -> None:
        """Settle the names of the components, which everything else has to respect."""
        self.document = document
        self.named: dict[str, NamedShape] = {}
        components = [node for _, node in (document.root / "components" / "schemas").members()]
        wanted = [names.class_name(str(node.pointer[-1])) for node in components]
        self._names: dict[Key, str] = {
            key(node): name for node, name in zip(components, names.distinct(wanted), strict=True)
        }
        self._taken = set(self._names.values())
        self._reading: set[str] = set()

    def shape(self, node: Node) -> Shape:
        """Give the shape of a schema; named schemas inside it are remembered."""
        if "$ref" in node and isinstance(node.value["$ref"], str):
            target = self.document.follow(node)
            if set(node.value) <= _REMARKS or not self._limits_more(node):
                return self.shape(target)
        if not is_object(node.value):
            return Anything()
        if key(node) in self._names:
            return self._define(node, self._names[key(node)])
        read = self._read(node)
        if isinstance(read, ObjectShape | EnumShape):
            return self._define(node, self._inline_name(node), read)
        return read

    def _limits_more(self, node: Node) -> bool:
        return any(
            keyword not in _REMARKS and not keyword.startswith("x-") for keyword in node.value
        )

    def _define(
        self, node: Node, name: str, read: ObjectShape | EnumShape | Shape | None = None
    ) -> Shape:
        """Remember a named schema, once; one that is being read is inside itself."""
        if name not in self.named and name not in self._reading:
            self._reading.add(name)
            placeholder = NamedShape(name, text_at(node.value, "description"), node)
            self.named[name] = placeholder
            shape = self._read(node) if read is None else read
            self.named[name] = replace(placeholder, shape=shape)
            self._reading.discard(name)
        reference = Ref(name)
        return _nullable(reference) if _is_nullable(node.value) else reference

    def _read(self, node: Node) -> ObjectShape | EnumShape | Shape:
        """Read a schema's own keywords."""
        value: JsonObject = node.value
        if "allOf" in value or "$ref" in value:
            return self._merged(node)
        if "oneOf" in value or "anyOf" in value:
            return self._union(node)
        kinds = _kinds(value)
        shapes = [self._of_kind(node, kind) for kind in kinds if kind != "null"]
        if not shapes:
            return Scalar("null") if kinds else Anything()
        if len(shapes) == 1:
            only = shapes[0]
            if isinstance(only, ObjectShape | EnumShape):
                return only
            return _nullable(only) if _is_nullable(value) else only
        options: list[Shape] = [
            Anything() if isinstance(each, ObjectShape | EnumShape) else each for each in shapes
        ]
        return _one_of([*options, Scalar("null")] if _is_nullable(value) else options)

    def _of_kind(self, node: Node, kind: str) -> ObjectShape | EnumShape | Shape:
        value: JsonObject = node.value
        if kind == "object":
            return self._object([node])
        if kind == "array":
            items = node / "items"
            item = self.shape(items) if is_object(items.value) else Anything()
            return ListOf(item, limits(value, "array"))
        if kind not in _SCALARS:
            return Anything()
        known = [each for each in _enum(value) if each is not None]
        if len(known) > 1 and kind in {"string", "integer"}:
            return EnumShape(kind, tuple(dict.fromkeys(known)))
        given = text_at(value, "format")
        limited = limits(value, kind)
        if known:
            limited = (*limited, ("enum", tuple(known)))
        return Scalar(kind, given if given in _FORMATS and kind == "string" else "", limited)

    def _object(self, parts: list[Node]) -> ObjectShape | Shape:
        """Read the object that several schemas describe together."""
        properties: dict[str, Property] = {}
        required = {name for part in parts for name in array_at(part.value, "required")}
        additional: Shape | None = Anything()
        expected: list[str] = []
        for part in parts:
            for name, schema in (part / "properties").members():
                properties[name] = self._property(name, schema, required=name in required)
            more = part / "additionalProperties"
            if more.value is False:
                additional = None
            elif is_object(more.value) and more.value:
                additional = self.shape(more)
            expected += [pattern for pattern, _ in (part / "patternProperties").members()]
        if properties or additional is None:
            return ObjectShape(tuple(properties.values()), additional, tuple(expected))
        return MapOf(additional)

    def _property(self, name: str, schema: Node, *, required: bool) -> Property:
        value: JsonObject = schema.value if is_object(schema.value) else {}
        target = self.document.follow(schema).value if "$ref" in value else value
        target = target if is_object(target) else {}
        return Property(
            wire_name=name,
            shape=self.shape(schema),
            required=required,
            doc=text_at(value, "description") or text_at(target, "description"),
            sensitive=target.get("x-sensitive") is True or value.get("x-sensitive") is True,
            deprecated=target.get("deprecated") is True or value.get("deprecated") is True,
        )

    def _merged(self, node: Node) -> ObjectShape | EnumShape | Shape:
        """Read a schema that consists of several, all of which must fit."""
        parts = list(self._parts(node))
        meaningful = [part for part in parts if set(part.value) - _REMARKS - {"nullable"}]
        if len(meaningful) == 1 and meaningful[0] is not node:
            shape = self.shape(meaningful[0])
            return _nullable(shape) if _is_nullable(node.value) else shape
        kinds = {kind for part in meaningful for kind in _kinds(part.value)} - {"null"}
        if kinds == {"object"} or any("properties" in part.value for part in meaningful):
            return self._object(meaningful)
        return self._read_first(meaningful)

    def _read_first(self, parts: list[Node]) -> ObjectShape | EnumShape | Shape:
        for part in parts:
            if not {"allOf", "$ref"} & set(part.value):
                return self._read(part)
        return Anything()

    def _parts(self, node: Node, depth: int = 0) -> Iterator[Node]:
        """Give the schemas that an `allOf` is made of, flat, with its own keywords last."""
        if depth > 20:  # A schema that contains itself adds nothing more.
            return
        node = self.document.follow(node) if set(node.value) <= _REMARKS else node
        if "$ref" in node:
            yield from self._parts(self.document.follow(node), depth + 1)
        for part in (node / "allOf").items():
            if is_object(part.value):
                yield from self._parts(part, depth + 1)
        own = {key: each for key, each in node.value.items() if key not in {"allOf", "$ref"}}
        if set(own) - _REMARKS:
            yield Node(node.source, node.pointer, own)

    def _union(self, node: Node) -> ObjectShape | EnumShape | Shape:
        value: JsonObject = node.value
        options = [
            option
            for keyword in ("oneOf", "anyOf")
            for option in (node / keyword).items()
            if is_object(option.value)
        ]
        if "properties" in value or all(set(each.value) <= {"required"} for each in options):
            return self._object([node])
        shapes: list[Shape] = []
        for option in options:
            shape = self.shape(option)
            shapes += shape.options if isinstance(shape, OneOf) else [shape]
        if _is_nullable(value):
            shapes.append(Scalar("null"))
        return _one_of(shapes)

    def _inline_name(self, node: Node) -> str:
        """Name a schema after the place where it stands."""
        place = key(node)
        if place not in self._names:
            name = inline_name(node, self._names)
            self._names[place] = names.distinct([name], self._taken)[0]
            self._taken.add(self._names[place])
        return self._names[place]


def _kinds(value: JsonObject) -> list[str]:
    """Give the types that a schema allows; those that it only implies, too."""
    given = value.get("type")
    if isinstance(given, str):
        return [given]
    if is_array(given):
        return [kind for kind in given if isinstance(kind, str)]
    if "properties" in value or "additionalProperties" in value:
        return ["object"]
    if "items" in value or "prefixItems" in value:
        return ["array"]
    return list(dict.fromkeys(_kind_of(each) for each in _enum(value)))


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    for kind, type_ in (("string", str), ("integer", int), ("number", float), ("null", type(None))):
        if isinstance(value, type_):
            return kind
    return "object" if is_object(value) else "array"


def _enum(value: JsonObject) -> list[Any]:
    if "const" in value:
        return [value["const"]]
    return array_at(value, "enum")


def _is_nullable(value: JsonObject) -> bool:
    if value.get("nullable") is True:
        return True
    return "null" in _kinds(value) or ("enum" in value and None in _enum(value))


def _nullable(shape: Shape) -> Shape:
    return _one_of([shape, Scalar("null")])


def _one_of(options: list[Shape]) -> Shape:
    """Join options; anything swallows the others, and one alone is no choice."""
    flat: list[Shape] = []
    for option in options:
        flat += option.options if isinstance(option, OneOf) else [option]
    if not flat or any(isinstance(option, Anything) for option in flat):
        return Anything()
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else OneOf(unique)
