"""Differences between schemas, in the direction in which values travel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from generator.diff import schema_catalogue as rules
from generator.diff.change import Change
from generator.diff.limits import Verdict, verdicts
from generator.diff.objects import compare_enums, compare_objects, compare_values
from generator.diff.options import Option, Pair, have, options, pairs, told, without_null
from generator.diff.side import Side
from generator.document import Node
from generator.normalize.schemas.shapes import EnumShape, ListOf, MapOf, Ref, Scalar, Shape


class Use(StrEnum):
    """Which way the values of a schema travel."""

    REQUEST = "request"
    ANSWER = "answer"


# What it means that types changed, by whether that is harmless: wider in requests, narrower in
# answers.
_TYPES = {
    (Use.REQUEST, True): rules.request_type_widened,
    (Use.REQUEST, False): rules.request_type_changed,
    (Use.ANSWER, True): rules.answer_type_narrowed,
    (Use.ANSWER, False): rules.answer_type_changed,
}


@dataclass(slots=True, eq=False)
class Comparison:
    """Compares the schemas of two documents; each pair of classes once a direction.

    Attributes:
        old: What it was.
        new: What it is.
        seen: The classes and enumerations that were compared.
        aliases: The names of other shapes that were looked through.
        within: What is being compared.
    """

    old: Side
    new: Side
    seen: set[tuple[str, str, Use]] = field(default_factory=set[tuple[str, str, Use]])
    aliases: set[str] = field(default_factory=set[str])
    within: list[tuple[Shape, Shape, Use]] = field(default_factory=list[tuple[Shape, Shape, Use]])

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
        step = (old, new, use)
        if step in self.within:  # A shape that contains itself.
            return
        self.within.append(step)
        was, now = options(self.old, old), options(self.new, new)
        self.aliases.update(name for each in was for name in each.aliases)
        if use is Use.ANSWER and optional:
            was, now = without_null(was), without_null(now)
        found = pairs(without_null(was), without_null(now))
        for pair in found:
            yield from self._inside(pair, use, node, subject)
        wider, narrower = have(now, was, found), have(was, now, found)
        if not (wider and narrower):
            rule = _TYPES[use, wider if use is Use.REQUEST else narrower]
            yield rule(self.new.place(node), subject, told(was), told(now))
        self.within.pop()

    def unused(self) -> Iterator[Change]:
        """Compare the named shapes that no operation uses, such as those of webhooks."""
        compared = {old for old, _, _ in self.seen}
        for name in self.old.schemas:
            if name in self.new.schemas and name not in compared | self.aliases:
                node = self.new.schemas[name].node
                yield from self.compare(Ref(name), Ref(name), Use.ANSWER, node, name)

    def _inside(self, pair: Pair, use: Use, node: Node, subject: str) -> Iterator[Change]:
        """Compare what is inside two options."""
        (old, new), (was, now) = pair, (pair[0].shape, pair[1].shape)
        if isinstance(was, ListOf) and isinstance(now, ListOf):
            yield from self._limits(was.limits, now.limits, use, node, subject)
            yield from self.compare(was.item, now.item, use, node, f"{subject}[]")
        elif isinstance(was, MapOf) and isinstance(now, MapOf):
            yield from self.compare(was.value, now.value, use, node, f"{subject}{{}}")
        elif old.kind == new.kind and isinstance(was, Ref) and isinstance(now, Ref):
            yield from self._references(was.name, now.name, use, node, subject)
        elif old.kind == new.kind and old.values:
            values = list(old.values), list(new.values)
            yield from compare_values(self, *values, use, node=node, subject=subject)
        elif isinstance(was, Scalar) and isinstance(now, Scalar) and _share_limits(old, new):
            yield from self._limits(was.limits, now.limits, use, node, subject)

    def _references(
        self, old: str, new: str, use: Use, node: Node, subject: str
    ) -> Iterator[Change]:
        """Compare two classes, or two enumerations; one that is still there became no other."""
        if old != new and (old in self.new.schemas or new in self.old.schemas):
            yield _TYPES[use, False](self.new.place(node), subject, f"`{old}`", f"`{new}`")
            return
        step = (old, new, use)
        if step in self.seen:
            return
        self.seen.add(step)
        before, after = self.old.schemas[old], self.new.schemas[new]
        if old != new:
            yield rules.model_renamed(self.new.place(after.node), old, new)
        compare = compare_enums if isinstance(after.shape, EnumShape) else compare_objects
        yield from compare(self, before, after, use)

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


def _share_limits(old: Option, new: Option) -> bool:
    """Whether limits of one mean something for the other."""
    return old.kind == new.kind or {old.kind, new.kind} == {"integer", "number"}
