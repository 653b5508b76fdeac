"""Classes that equal schemas without names of their own share.

Schemas are equal if they are in everything that a model shows, except descriptions and the order
of properties and values, which is then that of the schema with the shortest name. A schema that
equals a component is that component, which keeps its own descriptions; components stay apart.
The order of the document has no influence on names and types.

In a document of few operations, two schemas that differ in their descriptions, or are no
component, keep the names of their positions, and from three on they are one. Two classes cost users
little there, and each has the words and the description of its position, of which a common class
keeps only the equal ones. A merge would also rename classes that programs import today.

Equality and renaming are one module because they visit the same parts of shapes.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..document.json_values import is_object
from ..normalize import Normalized
from ..normalize.operations import OperationReading
from ..normalize.request_bodies import MediaReading
from ..normalize.responses import PartsReading, ResponseReading
from ..normalize.schemas.shapes import (
    Discriminator,
    EnumShape,
    NamedShape,
    ObjectShape,
    OneOf,
    Property,
    Ref,
    Shape,
    with_inner_shapes,
)
from ..python import names
from ..python.reserved import CLASS_NAMES
from .directions import directions, reachable
from .plan.package import MANY
from .types.constants import constant_of, discriminating_properties
from .types.nulls import allows_null

_SEVERAL = 3  # positions of a schema that share a class; in a large document, two do; see above
_DEEPEST = 100  # levels of schemas in schemas that are compared
_STATUS = re.compile(r"Response\d+")  # one word, which says enough
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def share(normalized: Normalized) -> Normalized:
    """Return a document in which equal schemas without names of their own are one."""
    schemas = normalized.schemas
    same = _Equality(normalized).representatives()
    groups: dict[str, list[str]] = {}
    for name in schemas:
        groups.setdefault(same[name], []).append(name)
    shared = {first: group for first, group in groups.items() if len(group) > 1}
    if not shared:
        return normalized
    chosen = _names(
        {first: group for first, group in shared.items() if not _is_component(schemas[first])},
        schemas,
    )
    renamed = _Renamed({name: chosen.get(first, first) for name, first in same.items()})
    found: dict[str, NamedShape] = {}
    for name, named in schemas.items():
        if renamed.name(name) not in found and same[name] == name:
            group = [schemas[each] for each in shared.get(name, [name])]
            is_own = _is_component(named)
            joined = named if is_own else _with_common_descriptions(named, group)
            found[renamed.name(name)] = renamed.named_shape(joined)
    operations = tuple(map(renamed.operation, normalized.operations))
    used = _used_names(operations, found)
    unused = {renamed.name(name) for name in _used_names(normalized.operations, schemas)} - used
    return replace(
        normalized,
        operations=operations,
        schemas={name: each for name, each in found.items() if name not in unused},
        discriminators={
            frozenset(map(renamed.name, union)): renamed.discriminator(each)
            for union, each in normalized.discriminators.items()
        },
    )


def _used_names(
    operations: Iterable[OperationReading], schemas: Mapping[str, NamedShape]
) -> set[str]:
    """Return the class names of the components, and of schemas in them and in the operations."""
    components = [Ref(name) for name, named in schemas.items() if _is_component(named)]
    inside = (shape for each in operations for shape in _shapes(each))
    return {*reachable([*components, *inside], schemas)}


def _is_component(named: NamedShape) -> bool:
    """Whether a schema or its family is named in the document."""
    pointer = named.node.pointer
    is_listed = pointer[:2] == ("components", "schemas") and len(pointer) == 3
    return is_listed or bool(named.base) or not pointer or pointer[0] not in _SECTIONS


_SECTIONS = frozenset({"components", "paths", "webhooks"})


class _Equality:
    """Finds the schemas that are equal.

    Args:
        normalized: The document.
    """

    def __init__(self, normalized: Normalized) -> None:
        self._schemas = normalized.schemas
        operations = normalized.operations
        self._several = 2 if len(operations) > MANY else _SEVERAL
        shapes = [shape for each in operations for shape in _shapes(each)]
        forms = [
            media.shape for each in operations for media in each.media if media.kind == "multipart"
        ]
        self._directions = directions(normalized)
        self._forms = reachable(forms, self._schemas)
        self._tags: dict[str, list[str]] = {}
        for name, member in sorted(discriminating_properties(normalized, shapes)):
            self._tags.setdefault(name, []).append(member)

    def representatives(self) -> dict[str, str]:
        """Return the representative of each schema: itself, unless it shares a class."""
        components = {name for name, named in self._schemas.items() if _is_component(named)}
        keys = {name: self._key(self._schemas[name]) for name in sorted(self._schemas, key=_rank)}
        same = {name: name for name in keys}
        for _ in range(_DEEPEST):
            groups: dict[object, list[str]] = {}
            for name, key in keys.items():
                inside = tuple(same[each] for each in key.inside)
                groups.setdefault((key.text, inside), []).append(name)
            found = {name: name for name in keys}
            for group in groups.values():
                if len(group) > 1:
                    found |= self._choices(group, components)
            if found == same:
                break
            same = found
        counts = Counter(same.values())
        return {
            name: first if first in components or counts[first] >= self._several else name
            for name, first in same.items()
        }

    def _choices(self, group: Sequence[str], components: Collection[str]) -> dict[str, str]:
        """Return the representatives of equal schemas without names of their own.

        It is a component with the same descriptions, else the only component, else one of them.
        """
        named = [name for name in group if name in components]
        own = {self._docs(name): name for name in reversed(named)}
        others = [name for name in group if name not in components]
        exact = {name: own[docs] for name in others if own and (docs := self._docs(name)) in own}
        left = [name for name in others if name not in exact]
        is_one = len(named) == 1 and len(left) + 1 >= self._several
        return exact | dict.fromkeys(left, named[0] if is_one else next(iter(left), ""))

    def _docs(self, name: str) -> tuple[str, ...]:
        named = self._schemas[name]
        members = _by_name(named.shape) if isinstance(named.shape, ObjectShape) else ()
        return (named.doc, *(each.doc for each in members))

    def _key(self, named: NamedShape) -> _Key:
        """Return the structure of a schema, apart from the names of the schemas inside it."""
        inside: list[str] = []
        shape = named.shape
        value = named.node.value
        facts: list[object] = [is_object(value) and value.get("deprecated") is True]
        if isinstance(shape, ObjectShape):
            facts += [self._tags.get(named.name), *self._uses(named.name, shape)]
            facts += [self._facts(each, inside) for each in _by_name(shape)]
            facts.append(shape.additional and _without_names(shape.additional, inside))
            facts += [(name, _without_names(each, inside)) for name, each in shape.patterns]
            facts += [shape.expected, shape.is_open, shape.constraints]
        else:
            facts.append(
                replace(shape, values=tuple(sorted(shape.values, key=repr)))
                if isinstance(shape, EnumShape)
                else _without_names(shape, inside)
            )
        return _Key(repr(facts), tuple(inside))

    def _facts(self, member: Property, inside: list[str]) -> Property:
        """Return the visible parts of a property; of defaults, only that of a constant."""
        constant = constant_of(member.shape, self._schemas)
        default = None if constant is None else member.default
        shape = _without_names(member.shape, inside)
        return replace(member, shape=shape, doc="", default=default)

    def _uses(self, name: str, shape: ObjectShape) -> Iterator[bool]:
        """Iterate over where an object is used, if its class depends on that."""
        depends = any(
            each.read_only
            or each.write_only
            or (not each.required and allows_null(each.shape, self._schemas))
            for each in shape.properties
        )
        if depends:
            yield name in self._directions.sent
            yield name in self._directions.received
        if "binary" in repr(shape):
            yield name in self._forms


@dataclass(frozen=True, slots=True)
class _Key:
    """A schema as a text, with the names of the schemas inside it."""

    text: str
    inside: tuple[str, ...]


def _without_names(shape: Shape, found: list[str]) -> Shape:
    """Return a shape without the names in it, which are collected."""
    match shape:
        case Ref():
            found.append(shape.name)
            return Ref("")
        case OneOf(discriminator=Discriminator() as key):
            options = tuple(_without_names(each, found) for each in shape.options)
            others = [key.otherwise, key.default]
            found += [*key.values, *filter(None, others)]
            values = {str(at): each for at, each in enumerate(key.values.values())}
            otherwise, default = [str(bool(each)) for each in others]
            key = replace(key, values=values, otherwise=otherwise, default=default)
            return replace(shape, options=options, discriminator=key)
        case _:
            return with_inner_shapes(shape, lambda each: _without_names(each, found))


@dataclass(frozen=True, slots=True)
class _Renamed:
    """Replaces the names of equal schemas by the names of their common classes.

    Attributes:
        names: The new names, by the old ones.
    """

    names: Mapping[str, str]

    def name(self, name: str) -> str:
        """Return the new name."""
        return self.names.get(name, name)

    def named_shape(self, named: NamedShape) -> NamedShape:
        """Return a named shape."""
        shape = named.shape
        if isinstance(shape, ObjectShape):
            shape = replace(
                shape,
                properties=tuple(
                    replace(each, shape=self.shape(each.shape)) for each in shape.properties
                ),
                additional=shape.additional and self.shape(shape.additional),
                patterns=tuple((name, self.shape(each)) for name, each in shape.patterns),
            )
        elif not isinstance(shape, EnumShape):
            shape = self.shape(shape)
        return replace(named, name=self.name(named.name), shape=shape)

    def shape(self, shape: Shape) -> Shape:
        """Return a shape; alternatives that are one now are one."""
        match shape:
            case Ref():
                return Ref(self.name(shape.name))
            case OneOf():
                options = tuple(dict.fromkeys(map(self.shape, shape.options)))
                key = shape.discriminator and self.discriminator(shape.discriminator)
                if len(options) == 1 and not shape.constraints:
                    return options[0]
                return replace(shape, options=options, discriminator=key)
            case _:
                return with_inner_shapes(shape, self.shape)

    def discriminator(self, key: Discriminator) -> Discriminator:
        """Return a discriminator."""
        values: dict[str, tuple[object, ...]] = {}
        for name, each in key.values.items():
            values[self.name(name)] = (*values.get(self.name(name), ()), *each)
        otherwise, default = self.name(key.otherwise), self.name(key.default)
        return replace(key, values=values, otherwise=otherwise, default=default)

    def operation(self, operation: OperationReading) -> OperationReading:
        """Return an operation."""
        body = operation.body
        media = () if body is None else map(self._media, body.media)
        return replace(
            operation,
            parameters=tuple(
                replace(each, shape=self.shape(each.shape)) for each in operation.parameters
            ),
            body=body and replace(body, media=tuple(media)),
            responses=tuple(map(self._response, operation.responses)),
        )

    def _media(self, media: MediaReading) -> MediaReading:
        further = media.further
        return replace(
            media,
            shape=self.shape(media.shape),
            parts=tuple(replace(each, shape=self.shape(each.shape)) for each in media.parts),
            further=further and replace(further, shape=self.shape(further.shape)),
        )

    def _parts(self, parts: PartsReading) -> PartsReading:
        further = None if parts.further is None else self.shape(parts.further)
        return replace(parts, prefix=tuple(map(self.shape, parts.prefix)), further=further)

    def _response(self, response: ResponseReading) -> ResponseReading:
        return replace(
            response,
            parts=tuple(map(self._parts, response.parts)),
            content=tuple((name, self.shape(each)) for name, each in response.content),
            headers=tuple(replace(each, shape=self.shape(each.shape)) for each in response.headers),
        )


def _shapes(operation: OperationReading) -> Iterator[Shape]:
    yield from (each.shape for each in operation.parameters)
    yield from (each.shape for each in operation.media)
    for response in operation.responses:
        yield from (shape for _, shape in response.content)
        yield from (each.shape for each in response.headers)


def _names(groups: Mapping[str, Sequence[str]], taken: Collection[str]) -> dict[str, str]:
    """Return the names of shared schemas, by the first of each group.

    It is the common part of the names of all locations, else the shortest of them. Of schemas with
    the same common part, one with most of the locations has it: another operation can take it from
    this schema, but not give it to another one.
    """
    common = {first: _common(group) for first, group in groups.items()}
    locations: Counter[str] = Counter()
    for first, group in groups.items():
        locations[common[first]] += len(group)
    chosen: dict[str, str] = {}
    for first, group in groups.items():
        name = common[first]
        is_free = name in group or (name not in taken and name not in CLASS_NAMES)
        is_specific = len(names.words(name)) > 1 or _STATUS.fullmatch(name) is not None
        is_own = is_free and 2 * len(group) > locations[name] and is_specific
        chosen[first] = name if is_own else min(group, key=_rank)
    return chosen


def _rank(name: str) -> tuple[int, str]:
    """Return the order of names: the shortest is first, wherever its schema is in the document."""
    return len(name), name


def _common(group: Sequence[str]) -> str:
    """Return the common first words and the common last words of names."""
    split = [names.words(name) for name in group]
    start = len(_beginning(split))
    rest = [each[start:][::-1] for each in split]
    end = len(_beginning(rest))
    found = (*split[0][:start], *split[0][len(split[0]) - end :])
    return names.class_name(" ".join(found)) if found else ""


def _with_common_descriptions(named: NamedShape, group: Sequence[NamedShape]) -> NamedShape:
    """Return a shared schema with the common part of its descriptions."""
    doc = _common_description([each.doc for each in group])
    if not isinstance(named.shape, ObjectShape):
        return replace(named, doc=doc)
    docs: dict[str, list[str]] = {}
    for shape in (each.shape for each in group if isinstance(each.shape, ObjectShape)):
        for member in shape.properties:
            docs.setdefault(member.wire_name, []).append(member.doc)
    properties = tuple(
        replace(each, doc=_common_description(docs[each.wire_name]))
        for each in named.shape.properties
    )
    return replace(named, doc=doc, shape=replace(named.shape, properties=properties))


def _by_name(shape: ObjectShape) -> list[Property]:
    """Return the properties in alphabetical order: that of the document has no meaning."""
    return sorted(shape.properties, key=lambda each: each.wire_name)


def _common_description(docs: Iterable[str]) -> str:
    """Return the common first sentences of texts."""
    unique = [*dict.fromkeys(docs)]
    if len(unique) == 1:
        return unique[0]
    return " ".join(_beginning([_SENTENCE.split(each) for each in unique]))


def _beginning(texts: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the common first words or sentences of texts."""
    columns = zip(*texts, strict=False)
    length = sum(1 for _ in itertools.takewhile(lambda column: len({*column}) == 1, columns))
    return texts[0][:length]
