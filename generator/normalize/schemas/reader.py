"""Reader of schemas as shapes.

The reader is one module because schemas contain schemas: its methods call each other.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

from ...document import Document, Node
from ...document.json_values import JsonObject, array_at, is_object, text_at
from ...openapi.media_types import is_binary
from ...openapi.schema_types import ALTERNATIVES, SCALARS, only_requires
from ...python import names
from ...python.reserved import CLASS_NAMES
from . import discriminators
from .composition import (
    ANNOTATIONS,
    COMPOSED,
    further_members,
    has_siblings,
    merged_keywords,
    options,
    parts,
    target,
)
from .constraints import constraints_of, constraints_of_members, untyped_constraints
from .inheritance import families
from .inline_names import NodeId, inline_name, node_id
from .kinds import (
    FORMATS,
    is_nullable,
    kinds,
    known_values,
    nullable,
    union_of,
)
from .shapes import (
    NOTHING,
    Anything,
    Discriminator,
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

_DEEPEST = 300  # named schemas inside one another that are read at once


@dataclass(frozen=True)
class _Open:
    """The schemas of a named schema that are being read.

    Attributes:
        inline: The inline schemas.
        merging: Those with parts, by identity: one schema can have several positions.
        intersections: The intersections.
        intersected: Those inside of them, if read.
    """

    inline: set[NodeId] = field(default_factory=set[NodeId])
    merging: set[int] = field(default_factory=set[int])
    intersections: dict[frozenset[NodeId], Node] = field(
        default_factory=dict[frozenset[NodeId], Node]
    )
    intersected: dict[frozenset[NodeId], Shape] = field(
        default_factory=dict[frozenset[NodeId], Shape]
    )


class SchemaReader:
    """Reads schemas as shapes, and collects the named ones.

    Attributes:
        document: The document of the schemas.
        named: The named schemas so far, by class name.
        merged: The alternatives that require properties, merged with an object beside them.
    """

    def __init__(self, document: Document) -> None:
        """Assign the names of the components, which take precedence over all other names."""
        self.document = document
        self.named: dict[str, NamedShape] = {}
        self.merged: dict[NodeId, Node] = {}
        self._required: dict[NodeId, Node] = {}  # what objects require
        self._described: set[NodeId] = set()  # of this, what they or their extensions describe
        components = [node for _, node in (document.root / "components" / "schemas").members()]
        wanted = [names.class_name(str(node.pointer[-1])) for node in components]
        wanted = [f"{name}_" if name in CLASS_NAMES else name for name in wanted]
        self._names: dict[NodeId, str] = {
            node_id(node): name
            for node, name in zip(components, names.distinct(wanted), strict=True)
        }
        for node in components:  # In a document that is split over several files, they are there.
            self._names.setdefault(node_id(target(document, node)), self._names[node_id(node)])
        self._used_names = {*CLASS_NAMES, *self._names.values()}
        self._families = families(document, components)
        anyone = [f"Any{self._names[base]}" for base in self._families]
        self._family_names = dict(
            zip(self._families, names.distinct(anyone, self._used_names), strict=True)
        )
        self._used_names.update(self._family_names.values())
        self._reading: set[str] = set()
        self._postponed: list[NamedShape] = []  # what lies deeper in others than is read at once
        self._open = _Open()
        self._recursive: set[NodeId] = set()  # inline schemas that contain themselves
        self._nullable: dict[NodeId, bool] = {}  # of schemas with parts
        self._discriminators: dict[frozenset[str], Discriminator] = {}
        self._unions: set[tuple[str, ...]] = set()

    def discriminators(self) -> dict[frozenset[str], Discriminator]:
        """Return the discriminators of families and the implied ones, by class names of objects."""
        found = {
            frozenset(union): discriminators.implied_discriminator(union, self.named)
            for union in self._unions
        }
        known = {union: each for union, each in found.items() if each is not None}
        return known | self._discriminators

    def names_without_property(self) -> tuple[Node, ...]:
        """Return the names of required properties that no object describes."""
        return tuple(
            node for position, node in self._required.items() if position not in self._described
        )

    def shape(self, node: Node) -> Shape:
        """Return the shape of a schema, and collect the named schemas inside it."""
        if "$ref" in node and isinstance(node.value["$ref"], str) and not has_siblings(node):
            return self.shape(target(self.document, node))
        if not is_object(node.value):
            return NOTHING if node.value is False else Anything()
        if node_id(node) in self._families:
            return self._family(node)
        if node_id(node) in self._names:
            return self._define(node, self._names[node_id(node)])
        if node_id(node) in self._open.inline:
            self._recursive.add(node_id(node))
            reference = Ref(self._inline_name(node))
            return nullable(reference) if self._allows_null(node) else reference
        self._open.inline.add(node_id(node))
        read = self._read(node)
        self._open.inline.discard(node_id(node))
        if isinstance(read, ObjectShape | EnumShape) or node_id(node) in self._recursive:
            return self._define(node, self._inline_name(node), read)
        return read

    def component(self, node: Node) -> None:
        """Read a component; one that only refers to another is a further name of it."""
        shape, name = self.shape(node), self._names[node_id(node)]
        if isinstance(shape, OneOf):  # It names what its target does: the values besides null.
            shape = next((each for each in shape.options if nullable(each) == shape), shape)
        if isinstance(shape, Ref) and name not in self.named:
            self.named[name] = NamedShape(name, "", node, shape)

    def _define(
        self, node: Node, name: str, read: ObjectShape | EnumShape | Shape | None = None
    ) -> Shape:
        """Define a named schema once, also if it contains itself, and return a reference to it."""
        if name not in self.named and name not in self._reading:
            placeholder = NamedShape(name, text_at(node.value, "description"), node)
            self.named[name] = placeholder
            if read is None and len(self._reading) >= _DEEPEST:
                self._postponed.append(placeholder)
            else:
                self._complete(placeholder, read)
            while self._postponed and not self._reading:
                self._complete(self._postponed.pop())
        reference = Ref(name)
        return nullable(reference) if self._allows_null(node) else reference

    def _allows_null(self, node: Node) -> bool:
        """Whether a schema allows null, itself or because one of its parts does, and all may."""
        if is_nullable(node.value) or not {"allOf", "$ref"} & node.value.keys():
            return is_nullable(node.value)
        if node_id(node) not in self._nullable:
            found = [part.value for part in parts(self.document, node)]
            typed = [
                each for each in found if kinds(each) or any(key in each for key in ALTERNATIVES)
            ]
            is_one = all(map(is_nullable, typed)) and any(map(is_nullable, found))
            self._nullable[node_id(node)] = is_one
        return self._nullable[node_id(node)]

    def _complete(
        self, named: NamedShape, read: Shape | ObjectShape | EnumShape | None = None
    ) -> None:
        """Read the contents of a named schema, unless they are already read."""
        self._reading.add(named.name)
        outside, self._open = self._open, _Open()  # The contents depend on no reference to it.
        shape = self._read(named.node) if read is None else read
        self._open = outside
        self.named[named.name] = replace(named, shape=shape)
        self._reading.discard(named.name)

    def _family(self, node: Node) -> Shape:
        """Return the shape of a schema that others extend: the union of all of them."""
        base, name = self._names[node_id(node)], self._family_names[node_id(node)]
        self._define(node, base)
        if name not in self.named:
            family = self._families[node_id(node)]
            children = [(child, Ref(self._names[node_id(child)])) for child in family.children]
            found = discriminators.read_discriminator(self.document, family.discriminator, children)
            union = frozenset({base, *(child.name for _, child in children)})
            self._discriminators[union] = replace(found, otherwise=base)
            doc = f"A `{base}` or an object that extends it."
            options = (*(child for _, child in children), Ref(base))
            self.named[name] = NamedShape(
                name, doc, node, OneOf(options, self._discriminators[union]), base
            )
        return nullable(Ref(name)) if is_nullable(node.value) else Ref(name)

    def _read(self, node: Node) -> ObjectShape | EnumShape | Shape:
        """Read a schema's own keywords."""
        value: JsonObject = node.value
        if "allOf" in value or "$ref" in value:
            if id(value) in self._open.merging:
                return Anything()  # The schema is a part of itself, which adds nothing.
            self._open.merging.add(id(value))
            shape = self._merge(node, parts(self.document, node))
            self._open.merging.discard(id(value))
            return shape
        if options(node):
            return self._union(node)
        allowed = [kind for kind in kinds(value) if kind != "null"]
        shapes = [self._of_kind(node, kind) for kind in allowed]
        if not shapes:
            # Without a type, `nullable` allows nothing that is not allowed already.
            return (
                Scalar("null") if "null" in kinds(value) else Anything(untyped_constraints(value))
            )
        if len(shapes) == 1:
            only = shapes[0]
            if isinstance(only, ObjectShape | EnumShape):
                return only
            return nullable(only) if is_nullable(value) else only
        named = [
            self._name_type(node, kind, each) for kind, each in zip(allowed, shapes, strict=True)
        ]
        return union_of([*named, Scalar("null")] if is_nullable(value) else named)

    def _name_type(self, node: Node, kind: str, shape: ObjectShape | EnumShape | Shape) -> Shape:
        """Name a class or enumeration that is one of several types of a schema."""
        if not isinstance(shape, ObjectShape | EnumShape):
            return shape
        own = Node(node.source, (*node.pointer, kind), node.value)
        return self._define(own, self._inline_name(own), shape)

    def _of_kind(self, node: Node, kind: str) -> ObjectShape | EnumShape | Shape:
        value: JsonObject = node.value
        if kind == "object":
            return self._object(node, [node])
        if kind == "array":
            return self._list(node)
        if kind == "file":
            return Scalar("string", "binary")
        if kind not in SCALARS:
            return Anything()
        known = known_values(value, kind)
        if len(known) > 1 and kind in {"string", "integer"}:
            return EnumShape(kind, known)
        given = text_at(value, "format")
        given = "binary" if given not in FORMATS and is_binary(value) else given
        constraints = constraints_of(value, kind)
        if known:
            constraints = (*constraints, ("enum", known))
        return Scalar(kind, given if given in FORMATS and kind == "string" else "", constraints)

    def _list(self, node: Node) -> ListOf:
        """Return a list, whose items are of the shapes of `prefixItems` and `items`."""
        prefix = tuple(self.shape(each) for each in (node / "prefixItems").items())
        items = node / "items"
        further = Anything() if items.value is None else self.shape(items)
        others = [] if prefix and further == NOTHING else [further]
        constraints = constraints_of(node.value, "array")
        return ListOf(
            union_of([*prefix, *others]), constraints, prefix, further if prefix else None
        )

    def _object(self, node: Node, described: Sequence[Node]) -> ObjectShape | Shape:
        """Read the object that several schemas describe together, as parts of an `allOf`.

        A member that several of them describe is of all of their schemas.

        Args:
            node: The schema.
            described: Its parts.
        """
        properties: dict[str, Property] = {}
        required = {
            name
            for part in described
            for name in array_at(part.value, "required")
            if isinstance(name, str)
        }
        patterns: dict[str, list[Node]] = {}
        members: dict[str, list[Node]] = {}
        for part in described:
            for name, schema in (part / "properties").members():
                members.setdefault(name, []).append(schema)
            for pattern, schema in (part / "patternProperties").members():
                patterns.setdefault(pattern, []).append(schema)
        for name, schemas in members.items():
            shape = None if len(schemas) == 1 else Anything()  # They are read together then.
            read = [
                self._property(name, each, required=name in required, shape=shape)
                for each in schemas
            ]
            properties[name] = self._join_members(node, schemas, read)
        further = further_members(described)
        is_closed = any(each.value is False for each in further)
        own = Node(node.source, (*node.pointer, "additionalProperties"), {})
        described_further = [each for each in further if is_object(each.value) and each.value]
        additional = None if is_closed else self._intersection(own, described_further)
        matching = {
            pattern: self._intersection(
                Node(node.source, (*node.pointer, "patternProperties", pattern), {}), schemas
            )
            for pattern, schemas in patterns.items()
        }
        self._note_alternatives(described)
        for name, schema in self._alternative_members(described):
            found = self._property(name, schema, required=False)
            if name not in properties:
                properties[name] = found
            elif found.shape != properties[name].shape and not properties[name].required:
                joined = union_of([properties[name].shape, found.shape])
                properties[name] = replace(properties[name], shape=joined)
        constraints = constraints_of(merged_keywords(described), "object")
        if properties or additional is None:
            self._note_required(described, properties)
            is_open = any(not isinstance(shape, Anything) for shape in matching.values())
            is_open |= additional is not None and any(
                each.value is True or is_object(each.value) for each in further
            )
            limits = constraints_of_members(
                constraints,
                least=sum(each.required and not each.read_only for each in properties.values()),
                most=len(properties) if additional is None and not matching else None,
            )
            return ObjectShape(
                tuple(properties.values()),
                additional,
                tuple(matching),
                is_open,
                tuple(matching.items()),
                limits,
            )
        value = union_of([additional, *matching.values()])
        return MapOf(value, constraints, tuple(matching.items()), additional if patterns else None)

    def _note_required(self, described: Iterable[Node], properties: Container[str]) -> None:
        """Note the required properties, and which of them are described."""
        for node in (each for part in described for each in (part / "required").items()):
            self._required[node_id(node)] = node
            if not isinstance(node.value, str) or node.value in properties:
                self._described.add(node_id(node))

    def _note_alternatives(self, described: Iterable[Node]) -> None:
        """Note the alternatives that require properties: an object has those of all of them."""
        for part in described:
            for node in (part / keyword for keyword in ALTERNATIVES if keyword in part):
                inside = (each for option in node.items() for each in parts(self.document, option))
                if any(array_at(each.value, "required") for each in inside):
                    self.merged[node_id(node)] = node

    def _alternative_members(self, described: Iterable[Node]) -> list[tuple[str, Node]]:
        """Return the members that an object has only in one of several alternatives."""
        found: list[tuple[str, Node]] = []
        waiting = list(described)
        seen: set[int] = set()
        while waiting:
            for option in options(waiting.pop(0)):
                inside = [] if id(option.value) in seen else parts(self.document, option)
                seen.add(id(option.value))
                found += [member for each in inside for member in (each / "properties").members()]
                waiting += inside
        return found

    def _join_members(
        self, node: Node, schemas: Sequence[Node], described: Sequence[Property]
    ) -> Property:
        """Return the member that several schemas describe together."""
        first = described[0]
        if len(described) == 1:
            return first
        own = Node(node.source, (*node.pointer, "properties", first.wire_name), {})
        docs = [each.doc for each in described if each.doc]
        return replace(
            first,
            shape=self._intersection(own, schemas),
            doc=docs[-1] if docs else "",
            sensitive=any(each.sensitive for each in described),
            deprecated=any(each.deprecated for each in described),
            read_only=any(each.read_only for each in described),
            write_only=any(each.write_only for each in described),
            default=next((each.default for each in described if each.default is not None), None),
        )

    def _intersection(self, node: Node, schemas: Sequence[Node]) -> Shape:
        """Return the shape of the values that fit several schemas.

        Args:
            node: The position of the values, for names.
            schemas: The schemas.
        """
        if any(each.value is False for each in schemas):
            return NOTHING
        unique = self._distinct(schemas)
        if len(unique) < 2:
            return self.shape(unique[0]) if unique else Anything()
        together = frozenset(node_id(target(self.document, each)) for each in unique)
        if together in self._open.intersections:  # An intersection inside itself.
            outer = self._open.intersections[together]
            self._recursive.add(node_id(outer))
            reference = Ref(self._inline_name(outer))
            return nullable(reference) if is_nullable(outer.value) else reference
        if together not in self._open.intersected:
            self._open.intersected[together] = self._intersect(node, unique, together)
        found = self._open.intersected[together]
        if not self._open.intersections:
            self._open.intersected.clear()  # Those at other positions have other names.
        return found

    def _distinct(self, schemas: Iterable[Node]) -> list[Node]:
        """Return the distinct schemas that constrain values."""
        unique: list[Node] = []
        for each in schemas:
            if is_object(each.value) and not any(
                (each.source, each.value) == (known.source, known.value) for known in unique
            ):
                found = parts(self.document, each)
                if any(set(part.value) - ANNOTATIONS - {"nullable"} for part in found):
                    unique.append(each)
        return unique

    def _intersect(self, node: Node, schemas: Sequence[Node], together: frozenset[NodeId]) -> Shape:
        """Read an intersection; see `_intersection` for the arguments."""
        if any(id(each.value) in self._open.merging for each in schemas):
            return self.shape(schemas[0])  # A schema inside itself.
        self._open.merging.update(id(each.value) for each in schemas)
        described = [part for each in schemas for part in parts(self.document, each)]
        keywords = merged_keywords(described)
        value: JsonObject = {"description": text_at(keywords, "description")}
        if is_nullable(keywords):
            value["nullable"] = True
        node = Node(node.source, node.pointer, value)
        self._open.intersections[together] = node
        read = self._merge(node, described)
        del self._open.intersections[together]
        self._open.merging.difference_update(id(each.value) for each in schemas)
        if isinstance(read, ObjectShape | EnumShape) or node_id(node) in self._recursive:
            return self._define(node, self._inline_name(node), read)
        return read

    def _property(
        self, name: str, schema: Node, *, required: bool, shape: Shape | None = None
    ) -> Property:
        chain = self.document.chain(schema)
        values: list[JsonObject] = [each.value for each in chain if is_object(each.value)]
        default = next((each["default"] for each in values if "default" in each), None)
        docs = [text_at(each, "description") for each in values]
        flags = {
            keyword
            for keyword in ("x-sensitive", "deprecated", "readOnly", "writeOnly")
            if any(each.get(keyword) is True for each in values)
        }
        return Property(
            wire_name=name,
            shape=self.shape(schema) if shape is None else shape,
            required=required,
            doc=next(filter(None, docs), ""),
            sensitive="x-sensitive" in flags,
            deprecated="deprecated" in flags,
            read_only="readOnly" in flags,
            write_only="writeOnly" in flags,
            default=default if isinstance(default, str | int | float) else None,
        )

    def _merge(self, node: Node, described: Iterable[Node]) -> ObjectShape | EnumShape | Shape:
        """Read a schema with `allOf`, or with keywords beside `$ref`.

        Args:
            node: The schema.
            described: Its parts.
        """
        meaningful = [part for part in described if set(part.value) - ANNOTATIONS - {"nullable"}]
        only = meaningful[0] if len(meaningful) == 1 else node
        if only is not node and not self._extends(node, only):
            position = node_id(only)
            is_own = position not in self._names and not is_nullable(only.value)
            is_own |= position == node_id(node)  # The keywords beside `allOf` or `$ref`.
            shape = self._read(only) if is_own else self.shape(only)
            if isinstance(shape, ObjectShape | EnumShape):
                return shape  # It gets the name of the whole schema.
            return nullable(shape) if is_nullable(node.value) else shape
        allowed = {kind for part in meaningful for kind in kinds(part.value)} - {"null"}
        several = sum(bool(options(part)) for part in meaningful) > 1
        if "object" in allowed or any("properties" in part.value for part in meaningful):
            return self._object(node, meaningful)
        if several and self._alternative_members(meaningful):
            return self._object(node, meaningful)
        merged = Node(node.source, node.pointer, merged_keywords(meaningful))
        items = [part / "items" for part in meaningful if "items" in part]
        if len(items) > 1 and "prefixItems" not in merged and kinds(merged.value) == ["array"]:
            own = Node(node.source, (*node.pointer, "items"), {})
            joined = ListOf(self._intersection(own, items), constraints_of(merged.value, "array"))
            return nullable(joined) if is_nullable(merged.value) else joined
        return self._read(merged)

    def _extends(self, node: Node, base: Node) -> bool:
        """Whether a schema extends another, and so is its own class even if it adds nothing."""
        family = self._families.get(node_id(base))
        return family is not None and node_id(node) in map(node_id, family.children)

    def _union(self, node: Node) -> ObjectShape | EnumShape | Shape:
        value: JsonObject = node.value
        alternatives = options(node)
        if "properties" in value or all(map(only_requires, alternatives)):
            read = self._object(node, [node])
            others = [] if "type" in value else self._other_than_objects(alternatives)
            return union_of([self._name_type(node, "object", read), *others]) if others else read
        shapes = [self._alternative(node, option) for option in alternatives]
        declared = discriminators.explicit_discriminator(
            self.document, node, list(zip(alternatives, shapes, strict=True))
        )
        joined = union_of([*shapes, *([Scalar("null")] if is_nullable(value) else [])])
        limits = untyped_constraints(self._without_read_only(node))
        joined = replace(joined, constraints=limits) if isinstance(joined, OneOf) else joined
        if isinstance(joined, OneOf) and declared is not None:
            return replace(joined, discriminator=declared)
        self._unions.add(tuple(each.name for each in shapes if isinstance(each, Ref)))
        return joined

    def _alternative(self, node: Node, option: Node) -> Shape:
        """Return the shape of an alternative; one of a list or a map is of the schema's type."""
        own = {key: each for key, each in node.value.items() if key not in ALTERNATIVES}
        is_inline = is_object(option.value) and option.value.keys().isdisjoint(COMPOSED)
        if not is_inline or set(kinds(own)) - {"null"} not in ({"array"}, {"object"}):
            return self.shape(option)
        whole = Node(node.source, node.pointer, own)
        is_empty = not option.value.keys() - ANNOTATIONS
        read = self._read(whole) if is_empty else self._merge(option, [whole, option])
        if isinstance(read, ObjectShape | EnumShape):
            return self._define(option, self._inline_name(option), read)
        return read

    def _without_read_only(self, node: Node) -> JsonObject:
        """Return the keywords of a union, without the requirements of read-only properties."""
        value: JsonObject = node.value
        names = [each for each in array_at(value, "required") if isinstance(each, str)]
        if not names:
            return value
        found = {
            name
            for name, schema in self._alternative_members([node])
            if self._property(name, schema, required=True, shape=Anything()).read_only
        }
        return {**value, "required": [each for each in names if each not in found]}

    def _other_than_objects(self, alternatives: Iterable[Node]) -> list[Shape]:
        """Return the shapes of the alternatives that are strings, numbers or arrays."""
        found = [self.shape(each) for each in alternatives if not only_requires(each)]
        return [
            each
            for each in found
            if isinstance(each, Scalar | ListOf)
            or (isinstance(each, Ref) and isinstance(self.named[each.name].shape, EnumShape))
        ]

    def _inline_name(self, node: Node) -> str:
        """Return the name of an inline schema, derived from its position."""
        id_ = node_id(node)
        if id_ not in self._names:
            name = inline_name(node, self._names)
            self._names[id_] = names.distinct([name], self._used_names)[0]
            self._used_names.add(self._names[id_])
        return self._names[id_]
