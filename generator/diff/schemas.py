"""Differences between schemas, in the direction in which values travel.

Two shapes are compared by their options: a shape that is no choice has one. An option covers
another if every value of the other is a value of its own that Python sees as the same type.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from generator.diff import schema_catalogue as rules
from generator.diff.change import Change
from generator.diff.limits import Verdict, verdicts
from generator.diff.objects import compare_enums, compare_objects, compare_values
from generator.diff.side import Side
from generator.document import Node
from generator.shapes import (
    Anything,
    EnumShape,
    ListOf,
    MapOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
)

_NULL = Scalar("null")


class Use(StrEnum):
    """Which way the values of a schema travel."""

    REQUEST = "request"
    ANSWER = "answer"


@dataclass(slots=True, eq=False)
class Comparison:
    """Compares the schemas of two documents; each pair of named ones once a direction."""

    old: Side
    new: Side
    seen: set[tuple[str, str, Use]] = field(default_factory=set[tuple[str, str, Use]])

    def compare(
        self, old: Shape, new: Shape, use: Use, node: Node, subject: str, *, optional: bool = False
    ) -> Iterator[Change]:
        """Compare two shapes.

        Args:
            old: What it was.
            new: What it is.
            use: Which way the values travel.
            node: Where the new one is used.
            subject: What it is, as programs name it.
            optional: Whether it reads as None anyway, so that a null makes no difference.
        """
        was, now = self._options(self.old, old), self._options(self.new, new)
        if use is Use.ANSWER and optional:
            was, now = _without_null(was), _without_null(now)
        if len(was) == len(now) == 1 or len(_without_null(was)) == len(_without_null(now)) == 1:
            before, after = _without_null(was) or was, _without_null(now) or now
            yield from self._inside(before[0], after[0], use, node, subject)
            nulls = (_NULL in was, _NULL in now)
            if self._alike(before[0], after[0]) and nulls[0] == nulls[1]:
                return
        else:
            for one in was:
                for other in now:
                    if one == other or self._kind(one) == self._kind(other):
                        yield from self._inside(one, other, use, node, subject)
        yield from self._types(was, now, use, node, subject)

    def unused(self) -> Iterator[Change]:
        """Compare the named shapes that no operation uses, such as those of webhooks."""
        compared = {old for old, _, _ in self.seen}
        for name, shape in self.old.schemas.items():
            if name not in compared and name in self.new.schemas:
                yield from self._named(shape, self.new.schemas[name], Use.ANSWER)

    def _types(
        self, was: list[Shape], now: list[Shape], use: Use, node: Node, subject: str
    ) -> Iterator[Change]:
        """Compare which types are possible."""
        wider = all(any(self._covers(one, other) for one in now) for other in was)
        narrower = all(any(self._covers(one, other) for one in was) for other in now)
        if wider and narrower:
            return
        if use is Use.REQUEST:
            found = rules.request_type_widened if wider else rules.request_type_changed
        else:
            found = rules.answer_type_narrowed if narrower else rules.answer_type_changed
        told = [" or ".join(_told(each) for each in options) for options in (was, now)]
        yield found(self.new.place(node), subject, told[0], told[1])

    def _inside(
        self, old: Shape, new: Shape, use: Use, node: Node, subject: str
    ) -> Iterator[Change]:
        """Compare what is inside two options of one kind."""
        if isinstance(old, Ref) and isinstance(new, Ref):
            yield from self._references(old.name, new.name, use, node, subject)
        elif self._kind(old) == self._kind(new) and self._kind(old).startswith("enum "):
            yield from compare_values(
                self, self._values(old), self._values(new), use, node=node, subject=subject
            )
        elif isinstance(old, ListOf) and isinstance(new, ListOf):
            yield from self._limits(old.limits, new.limits, use, node, subject)
            yield from self.compare(old.item, new.item, use, node, f"{subject}[]")
        elif isinstance(old, MapOf) and isinstance(new, MapOf):
            yield from self.compare(old.value, new.value, use, node, f"{subject}{{}}")
        elif isinstance(old, Scalar) and isinstance(new, Scalar) and old.type == new.type:
            yield from self._limits(old.limits, new.limits, use, node, subject)

    def _references(
        self, old: str, new: str, use: Use, node: Node, subject: str
    ) -> Iterator[Change]:
        before, after = self.old.schemas[old], self.new.schemas[new]
        if isinstance(before.shape, EnumShape) != isinstance(after.shape, EnumShape):
            return
        if old != new and (old, new, use) not in self.seen:
            if old in self.new.schemas and new in self.old.schemas:
                found = (
                    rules.request_type_changed if use is Use.REQUEST else rules.answer_type_changed
                )
                yield found(self.new.place(node), subject, f"`{old}`", f"`{new}`")
            else:
                yield rules.model_renamed(self.new.place(after.node), old, new)
        yield from self._named(before, after, use)

    def _named(self, old: NamedShape, new: NamedShape, use: Use) -> Iterator[Change]:
        step = (old.name, new.name, use)
        if step in self.seen:
            return
        self.seen.add(step)
        if isinstance(old.shape, EnumShape) and isinstance(new.shape, EnumShape):
            yield from compare_enums(self, old, new, use)
        elif isinstance(old.shape, ObjectShape) and isinstance(new.shape, ObjectShape):
            yield from compare_objects(self, old, new, use)
        elif not isinstance(old.shape, EnumShape | ObjectShape) and not isinstance(
            new.shape, EnumShape | ObjectShape
        ):
            yield from self.compare(old.shape, new.shape, use, new.node, old.name)

    def _limits(
        self,
        old: tuple[tuple[str, Any], ...],
        new: tuple[tuple[str, Any], ...],
        use: Use,
        node: Node,
        subject: str,
    ) -> Iterator[Change]:
        place = self.new.place(node)
        for keyword, was, now, verdict in verdicts(dict(old), dict(new)):
            if use is Use.ANSWER:
                yield rules.answer_limit_changed(place, subject, keyword)
            elif verdict is Verdict.TIGHTENED:
                yield rules.request_limit_tightened(place, subject, keyword, was, now)
            else:
                yield rules.request_limit_loosened(place, subject, keyword, was, now)

    def _options(self, side: Side, shape: Shape) -> list[Shape]:
        """Give the options of a shape; names of other shapes than classes are looked through."""
        if isinstance(shape, OneOf):
            return [each for option in shape.options for each in self._options(side, option)]
        if isinstance(shape, Ref):
            named = side.schemas[shape.name].shape
            if not isinstance(named, ObjectShape | EnumShape) and named != shape:
                return self._options(side, named)
        return [shape]

    def _alike(self, old: Shape, new: Shape) -> bool:
        return self._covers(old, new) and self._covers(new, old)

    def _covers(self, wide: Shape, narrow: Shape) -> bool:
        """Whether every value of one option is one of another; what is inside comes apart."""
        if isinstance(wide, Anything):
            return True
        kinds = self._kind(wide), self._kind(narrow)
        return kinds[0] == kinds[1] or kinds in {
            ("number", "integer"),
            ("string", "enum string"),
            ("integer", "enum integer"),
            ("number", "enum integer"),
        }

    def _values(self, shape: Shape) -> list[Any]:
        """Give the known values of a shape that has such."""
        if isinstance(shape, Scalar):
            return list(dict(shape.limits)["enum"])
        for side in (self.old, self.new):
            named = side.schemas.get(shape.name) if isinstance(shape, Ref) else None
            if named and isinstance(named.shape, EnumShape):
                return list(named.shape.values)
        return []

    def _kind(self, shape: Shape) -> str:
        """Tell kinds of values apart as Python does."""
        if isinstance(shape, Scalar) and "enum" in dict(shape.limits):
            return f"enum {shape.type}"
        if isinstance(shape, Scalar):
            return f"{shape.type} {shape.format}".strip()
        if isinstance(shape, Ref):
            for side in (self.new, self.old):
                named = side.schemas.get(shape.name)
                if named and isinstance(named.shape, EnumShape):
                    return f"enum {named.shape.type}"
            return "object"
        return type(shape).__name__


def _without_null(options: list[Shape]) -> list[Shape]:
    return [each for each in options if each != _NULL]


def _told(shape: Shape) -> str:
    """Name a shape in a message."""
    match shape:
        case Anything():
            return "anything"
        case Scalar():
            return f"{shape.type} ({shape.format})" if shape.format else shape.type
        case ListOf():
            return "a list"
        case MapOf():
            return "a map"
        case Ref():
            return f"`{shape.name}`"
        case OneOf():
            return " or ".join(_told(each) for each in shape.options)
