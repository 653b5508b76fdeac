"""Differences between schemas, in the direction in which values travel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from generator.diff import catalogue
from generator.diff import schema_catalogue as rules
from generator.diff.change import Change
from generator.diff.limits import Verdict, verdicts
from generator.diff.options import Option, Pair, have, options, pairs, told, without_null
from generator.diff.side import Side
from generator.document import Node
from generator.normalize.schemas.shapes import (
    EnumShape,
    ListOf,
    MapOf,
    NamedShape,
    ObjectShape,
    Property,
    Ref,
    Scalar,
    Shape,
)


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
            yield from self._limits(was.constraints, now.constraints, use, node, subject)
            yield from self.compare(was.item, now.item, use, node, f"{subject}[]")
        elif isinstance(was, MapOf) and isinstance(now, MapOf):
            yield from self.compare(was.value, now.value, use, node, f"{subject}{{}}")
        elif old.kind == new.kind and isinstance(was, Ref) and isinstance(now, Ref):
            yield from self._references(was.name, now.name, use, node, subject)
        elif old.kind == new.kind and old.values:
            values = list(old.values), list(new.values)
            yield from _compare_values(self, *values, use, node=node, subject=subject)
        elif isinstance(was, Scalar) and isinstance(now, Scalar) and _share_limits(old, new):
            yield from self._limits(was.constraints, now.constraints, use, node, subject)

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
        compare = _compare_enums if isinstance(after.shape, EnumShape) else _compare_objects
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


def _compare_objects(
    comparison: Comparison, old: NamedShape, new: NamedShape, use: Use
) -> Iterator[Change]:
    """Compare the fields of two classes."""
    before, after = _properties(old), _properties(new)
    if old.doc != new.doc:
        place = comparison.new.place(new.node)
        yield catalogue.text_changed(place, new.name, "what is said about it")
    for name in before:
        if name not in after:
            removed = rules.request_property_removed
            if use == "answer":
                removed = rules.answer_property_removed
            place = comparison.old.place(_place(old.node, name))
            yield removed(place, old.name, _field(comparison, old.name, name, new=False))
    for name, property_ in after.items():
        place = comparison.new.place(_place(new.node, name))
        told = _field(comparison, new.name, name, new=True)
        if name in before:
            yield from _property(comparison, old, new, use, was=before[name], now=property_)
        elif use == "answer":
            yield rules.answer_property_added(place, new.name, told)
        elif property_.required:
            yield rules.request_property_required(place, new.name, told)
        else:
            yield rules.request_property_added(place, new.name, told)
    yield from _additional(comparison, old, new, use)


def _compare_enums(
    comparison: Comparison, old: NamedShape, new: NamedShape, use: Use
) -> Iterator[Change]:
    """Compare the known values of two types, and the names of their constants."""
    place = comparison.new.place(new.node)
    yield from _compare_values(
        comparison, _values(old), _values(new), use, node=new.node, subject=new.name
    )
    names = {
        value: name
        for each in comparison.old.plan.enumerations
        if each.name == old.name
        for name, value in each.members
    }
    for each in comparison.new.plan.enumerations:
        for name, value in each.members if each.name == new.name else ():
            if value in names and names[value] != name:
                yield rules.constant_renamed(place, new.name, names[value], name)
    if old.doc != new.doc:
        yield catalogue.text_changed(place, new.name, "what is said about it")


def _compare_values(
    comparison: Comparison,
    old: list[Any],
    new: list[Any],
    use: Use,
    *,
    node: Node,
    subject: str,
) -> Iterator[Change]:
    """Compare two lists of known values."""
    place = comparison.new.place(node)
    removed = [value for value in old if value not in new]
    added = [value for value in new if value not in old]
    answer = use == "answer"
    if removed:
        gone = rules.answer_value_removed if answer else rules.request_value_removed
        yield gone(place, subject, removed)
    if added:
        come = rules.answer_value_added if answer else rules.request_value_added
        yield come(place, subject, added)


def _property(
    comparison: Comparison,
    old: NamedShape,
    new: NamedShape,
    use: Use,
    *,
    was: Property,
    now: Property,
) -> Iterator[Change]:
    node = _place(new.node, now.wire_name)
    place = comparison.new.place(node)
    before = _field(comparison, old.name, was.wire_name, new=False)
    name = _field(comparison, new.name, now.wire_name, new=True)
    if before != name:
        yield rules.field_renamed(place, new.name, before, name)
    if was.required != now.required:
        found = {
            ("request", True): rules.request_property_required,
            ("request", False): rules.request_property_optional,
            ("answer", True): rules.answer_property_required,
            ("answer", False): rules.answer_property_optional,
        }[str(use), now.required]
        yield found(place, new.name, name)
    if was.sensitive != now.sensitive:
        yield rules.sensitivity_changed(place, new.name, name, sensitive=now.sensitive)
    if now.deprecated and not was.deprecated:
        yield rules.property_deprecated(place, new.name, name)
    if was.doc != now.doc:
        yield catalogue.text_changed(place, new.name, f"what is said about `{name}`")
    optional = not was.required and not now.required
    subject = f"{new.name}.{name}"
    yield from comparison.compare(was.shape, now.shape, use, node, subject, optional=optional)


def _additional(
    comparison: Comparison, old: NamedShape, new: NamedShape, use: Use
) -> Iterator[Change]:
    """Compare what members are possible that have no name."""
    was = old.shape.additional if isinstance(old.shape, ObjectShape) else None
    now = new.shape.additional if isinstance(new.shape, ObjectShape) else None
    if use == "answer" or was == now:
        return
    place = comparison.new.place(new.node)
    if now is None:
        yield rules.request_type_changed(place, new.name, "any fields", "known fields only")
    elif was is None:
        yield rules.request_type_widened(place, new.name, "known fields", "other fields")
    else:
        before, after = MapOf(was), MapOf(now)
        yield from comparison.compare(before, after, use, new.node, new.name)


def _properties(named: NamedShape) -> dict[str, Property]:
    members = named.shape.properties if isinstance(named.shape, ObjectShape) else ()
    return {each.wire_name: each for each in members}


def _values(named: NamedShape) -> list[Any]:
    return list(named.shape.values) if isinstance(named.shape, EnumShape) else []


def _field(comparison: Comparison, model: str, wire_name: str, *, new: bool) -> str:
    """Give the name of a field in Python."""
    side = comparison.new if new else comparison.old
    planned = side.models.get(model)
    fields = planned.fields if planned else ()
    return next((each.name for each in fields if each.wire_name == wire_name), wire_name)


def _place(node: Node, name: str) -> Node:
    """Find a property; one that another schema contributes is placed at the schema."""
    return node.at("properties", name) if name in node / "properties" else node
