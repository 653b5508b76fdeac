"""Schemas of a document as shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import names
from generator.document import Document, Node
from generator.json_types import JsonObject, Pointer, array_at, is_array, is_object, text_at
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
_LIMITS = {
    "string": ("pattern", "minLength", "maxLength"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("minItems", "maxItems", "uniqueItems"),
}
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
_CLASSES = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}
_Key = tuple[Path, Pointer]


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
        self._names: dict[_Key, str] = {
            _key(node): name for node, name in zip(components, names.distinct(wanted), strict=True)
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
        if _key(node) in self._names:
            return self._define(node, self._names[_key(node)])
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
            return ListOf(item, _limits(value, "array"))
        if kind not in _SCALARS:
            return Anything()
        known = [each for each in _enum(value) if each is not None]
        if len(known) > 1 and kind in {"string", "integer"}:
            return EnumShape(kind, tuple(dict.fromkeys(known)))
        given = text_at(value, "format")
        limits = _limits(value, kind)
        if known:
            limits = (*limits, ("enum", tuple(known)))
        return Scalar(kind, given if given in _FORMATS and kind == "string" else "", limits)

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
        key = _key(node)
        if key not in self._names:
            name = "".join(self._name_parts(node))
            self._names[key] = names.distinct([name], self._taken)[0]
            self._taken.add(self._names[key])
        return self._names[key]

    def _name_parts(self, node: Node) -> Iterator[str]:
        """Give the words of an inline schema's name: its owner's, then the steps to it."""
        pointer = node.pointer
        start = 0
        for length in range(len(pointer) - 1, 0, -1):
            owner = self._names.get((node.source.path, pointer[:length]))
            if owner is not None:
                yield owner
                start = length
                break
        else:
            base, start = _base_name(node)
            yield base
        last = ""
        steps = iter(pointer[start:])
        for step in steps:
            previous, last = last, ""
            if step in {"properties", "$defs", "definitions", "patternProperties"}:
                yield previous
                last = names.class_name(str(next(steps, "")))
            elif step == "items":
                yield names.singular(previous) if previous else "Item"
            elif step == "additionalProperties":
                yield f"{previous}Value"
            elif step in {"oneOf", "anyOf", "prefixItems"}:
                yield f"{previous}Option{int(next(steps, 0)) + 1}"
            else:  # A step of `allOf`, which adds nothing to what its owner is.
                last = previous
        yield last


def _base_name(node: Node) -> tuple[str, int]:
    """Name the operation, parameter or component that an inline schema belongs to."""
    pointer = node.pointer
    if pointer[:1] == ("components",) and len(pointer) > 2:
        return names.class_name(str(pointer[2])), 3
    if pointer[:1] in {("paths",), ("webhooks",)} and len(pointer) > 2:
        operation = node.source.root.at(*pointer[:3])
        wanted = text_at(operation.value, "operationId") if is_object(operation.value) else ""
        base = names.class_name(wanted or f"{pointer[2]} {pointer[1]}")
        return base + _operation_part(node), min(5, len(pointer))
    stem = node.source.path.stem if not pointer else str(pointer[-1])
    return names.class_name(stem), len(pointer)


def _operation_part(node: Node) -> str:
    """Say which part of an operation a schema describes."""
    pointer = node.pointer
    part = pointer[3] if len(pointer) > 3 else ""
    if part == "requestBody":
        return "Body"
    if part == "responses" and len(pointer) > 4:
        status = str(pointer[4])
        return "Response" if status.startswith("2") else f"Response{names.class_name(status)[-3:]}"
    if part == "parameters" and len(pointer) > 4:
        parameter = node.source.root.at(*pointer[:5]).value
        return names.class_name(text_at(parameter, "name")) if is_object(parameter) else ""
    return ""


def _key(node: Node) -> _Key:
    return node.source.path, node.pointer


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


def _limits(value: JsonObject, kind: str) -> tuple[tuple[str, Any], ...]:
    """Give the keywords that limit a value; OpenAPI 3.0's exclusive bounds as 3.1 has them."""
    limits: dict[str, Any] = {
        keyword: value[keyword] for keyword in _LIMITS.get(kind, ()) if keyword in value
    }
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        is_old = isinstance(limits.get(exclusive), bool)
        if is_old and limits.pop(exclusive) and bound in limits:
            limits[exclusive] = limits.pop(bound)
    if "pattern" in limits:
        limits["pattern"] = python_pattern(str(limits["pattern"]))
    return tuple((keyword, limit) for keyword, limit in limits.items() if limit is not None)


def python_pattern(pattern: str) -> str | None:
    r"""Translate a regular expression of ECMA-262; None if Python has no equal.

    In Python `$` also fits before a line break at the end, and `\d` and `\w` fit letters and
    digits of every script; in ECMA-262 they do not.
    """
    translated: list[str] = []
    in_class = False
    for part in re.findall(r"\\.|.", pattern, re.DOTALL):
        if part in _CLASSES:
            translated.append(_CLASSES[part] if in_class else f"[{_CLASSES[part]}]")
        elif part == "$" and not in_class:
            translated.append(r"\Z")
        else:
            in_class = part == "[" or (in_class and part != "]")
            translated.append(part)
    text = "".join(translated)
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return None
    return text
