"""What a shape allows, as options that can be told apart: a shape that is no choice has one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from generator.diff.catalogue import shown
from generator.diff.side import Side
from generator.normalize.schemas.shapes import (
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

# An option of the first kind has every value of one of the second that Python sees as it does.
_WIDER = {
    ("number", "integer"),
    ("string", "enum string"),
    ("integer", "enum integer"),
    ("number", "enum integer"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things that a shape allows.

    Attributes:
        shape: What it is; a name is that of a class or of an enumeration.
        kind: What tells it from others, as Python does.
        values: The known values, if it has such.
        aliases: The names that lead to it.
    """

    shape: Anything | Scalar | ListOf | MapOf | Ref
    kind: str
    values: tuple[Any, ...] = ()
    aliases: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_container(self) -> bool:
        """Whether two of this kind may have nothing in common."""
        return self.kind in {"object", "ListOf", "MapOf"}


Pair: TypeAlias = tuple[Option, Option]


def options(side: Side, shape: Shape) -> list[Option]:
    """Give the options of a shape; the names of other shapes than classes are looked through."""
    if isinstance(shape, OneOf):
        return [each for one in shape.options for each in options(side, one)]
    if isinstance(shape, Scalar):
        known = tuple(dict(shape.constraints).get("enum", ()))
        kind = f"enum {shape.type}" if known else f"{shape.type} {shape.format}".strip()
        return [Option(shape, kind, known)]
    if not isinstance(shape, Ref):
        return [Option(shape, type(shape).__name__)]
    named = side.schemas[shape.name].shape
    if isinstance(named, EnumShape):
        return [Option(shape, f"enum {named.type}", named.values)]
    if isinstance(named, ObjectShape) or named == shape:
        return [Option(shape, "object")]
    return [replace(each, aliases=(shape.name, *each.aliases)) for each in options(side, named)]


def without_null(found: list[Option]) -> list[Option]:
    """Leave out null, unless there is nothing else."""
    return [each for each in found if each.kind != "null"] or found


def pairs(was: list[Option], now: list[Option]) -> list[Pair]:
    """Find what became of each option: the same, one of its kind, or the only one that is left."""
    found: list[Pair] = []
    old, new = list(was), list(now)
    for what in ("shape", "kind"):
        for one in list(old):
            other = next((each for each in new if _is_like(one, each, what)), None)
            if other is not None:
                found.append((one, other))
                old.remove(one)
                new.remove(other)
    if len(old) == len(new) == 1:
        found.append((old[0], new[0]))
    return found


def _is_like(one: Option, other: Option, what: str) -> bool:
    return one.kind == other.kind and (what == "kind" or one.shape == other.shape)


def have(wide: Sequence[Option], narrow: Sequence[Option], found: Sequence[Pair]) -> bool:
    """Whether every value of some options is one of others; what is inside comes apart.

    Args:
        wide: The others.
        narrow: The options.
        found: What became of which, in either order.
    """
    return all(any(_covers(one, other, found) for one in wide) for other in narrow)


def _covers(wide: Option, narrow: Option, found: Sequence[Pair]) -> bool:
    if wide.kind == narrow.kind and wide.is_container:
        return (wide, narrow) in found or (narrow, wide) in found
    return wide.kind in {narrow.kind, "Anything"} or (wide.kind, narrow.kind) in _WIDER


def told(found: Sequence[Option]) -> str:
    """Name options in a message."""
    return " or ".join(dict.fromkeys(text for each in found for text in _told(each)))


def _told(option: Option) -> Iterator[str]:
    shape = option.shape
    if isinstance(shape, Ref):
        yield f"a value of `{shape.name}`" if option.values else f"`{shape.name}`"
    elif isinstance(shape, Scalar) and option.values:
        yield from map(shown, option.values)
    elif isinstance(shape, Scalar):
        yield f"{shape.type} ({shape.format})" if shape.format else shape.type
    else:
        yield {Anything: "anything", ListOf: "a list", MapOf: "a map"}[type(shape)]
