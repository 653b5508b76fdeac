"""Options of a shape: a union's alternatives, or the shape itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from ..normalize.schemas.shapes import (
    NOTHING,
    Anything,
    EnumShape,
    ListOf,
    MapOf,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
)
from .operation_rules import json_text
from .side import Side

# Pairs of kinds: the first contains every value of the second, with the same Python type.
_WIDER = {
    ("number", "integer"),
    ("string", "enum string"),
    ("integer", "enum integer"),
    ("number", "enum integer"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """An alternative of a shape.

    Attributes:
        shape: The shape; a reference is one to a class or an enumeration.
        kind: The kind, which distinguishes options as Python types do.
        values: The known values of an enumeration.
        aliases: The names of the type aliases that were resolved.
    """

    shape: Anything | Scalar | ListOf | MapOf | Ref
    kind: str
    values: tuple[Any, ...] = ()
    aliases: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_container(self) -> bool:
        """Whether two options of this kind may have no value in common."""
        return self.kind in {"object", "ListOf", "MapOf"}


Pair: TypeAlias = tuple[Option, Option]


def options(side: Side, shape: Shape) -> list[Option]:
    """Return the distinct options of a shape, with type aliases resolved."""
    return _options(side, shape, {})


def _options(side: Side, shape: Shape, known: dict[str, list[Option]]) -> list[Option]:
    """Return the options of a shape; those of each type alias are resolved once."""
    if isinstance(shape, OneOf):
        found: dict[Option, Option] = {}
        for each in (each for one in shape.options for each in _options(side, one, known)):
            aliases = dict.fromkeys((*found.get(each, each).aliases, *each.aliases))
            found[each] = replace(each, aliases=tuple(aliases))
        return [*found.values()]
    if isinstance(shape, Scalar):
        values = tuple(dict(shape.constraints).get("enum", ()))
        kind = f"enum {shape.type}" if values else f"{shape.type} {shape.format}".strip()
        return [Option(shape, kind, values)]
    if not isinstance(shape, Ref):
        return [] if shape == NOTHING else [Option(shape, type(shape).__name__)]
    named = side.schemas[shape.name].shape
    if isinstance(named, EnumShape):
        return [Option(shape, f"enum {named.type}", named.values)]
    if isinstance(named, ObjectShape) or named == shape:
        return [Option(shape, "object")]
    if shape.name not in known:
        inside = _options(side, named, known)
        known[shape.name] = [replace(each, aliases=(shape.name, *each.aliases)) for each in inside]
    return known[shape.name]


def without_null(found: list[Option]) -> list[Option]:
    """Return the options without null, unless null is the only one."""
    return [each for each in found if each.kind != "null"] or found


def pairs(was: list[Option], now: list[Option], aliases: Mapping[str, str]) -> list[Pair]:
    """Return pairs of old and new options: equal, of one kind, or the only ones left.

    Args:
        was: The old options.
        now: The new options. Several old classes can have become the same new one.
        aliases: The other names that classes have now.
    """
    known: dict[tuple[str, Shape], Option] = {(each.kind, each.shape): each for each in now}
    same = {one: known.get((one.kind, _now(one.shape, aliases))) for one in was}
    found = [(one, other) for one, other in same.items() if other is not None]
    kept = {*same.values()}
    old = [one for one, other in same.items() if other is None]
    new = [each for each in now if each not in kept]
    for one in list(old):
        other = next((each for each in new if one.kind == each.kind), None)
        if other is not None:
            found.append((one, other))
            old.remove(one)
            new.remove(other)
    if len(old) == len(new) == 1:
        found.append((old[0], new[0]))
    return found


def _now(shape: Shape, aliases: Mapping[str, str]) -> Shape:
    """Return a shape, or a reference to the class that has its name now."""
    return Ref(aliases.get(shape.name, shape.name)) if isinstance(shape, Ref) else shape


def cover(wide: Sequence[Option], narrow: Sequence[Option], found: Sequence[Pair]) -> bool:
    """Whether some options contain every value of others; nested values are compared elsewhere.

    Args:
        wide: The options that may contain the others.
        narrow: The other options.
        found: The pairs of old and new options, in either order.
    """
    known, kinds = {*wide}, {each.kind for each in wide}
    paired = {
        one
        for pair in found
        for one, other in (pair, pair[::-1])
        if other in known and one.kind == other.kind
    }
    return "Anything" in kinds or all(
        each in paired
        if each.is_container
        else each.kind in kinds or any((kind, each.kind) in _WIDER for kind in kinds)
        for each in narrow
    )


def options_text(found: Sequence[Option]) -> str:
    """Return the description of options for a message."""
    texts = dict.fromkeys(text for each in found for text in _descriptions(each))
    return " or ".join(texts) or "no value"


def _descriptions(option: Option) -> Iterator[str]:
    shape = option.shape
    if isinstance(shape, Ref):
        yield f"a value of `{shape.name}`" if option.values else f"`{shape.name}`"
    elif isinstance(shape, Scalar) and option.values:
        yield from map(json_text, option.values)
    elif isinstance(shape, Scalar):
        yield f"{shape.type} ({shape.format})" if shape.format else shape.type
    else:
        yield {Anything: "any value", ListOf: "an array", MapOf: "a map"}[type(shape)]
