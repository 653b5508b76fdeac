"""Differences between schemas, separately for requests and responses.

The comparison is one module because the parts of a schema are compared by way of each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from typing import Any

from ..document import Node
from ..normalize.schemas.shapes import (
    NOTHING,
    Anything,
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
from . import operation_rules, unions
from . import schema_rules as rules
from .change import Change
from .constraints import Verdict, compare_unchecked, compare_unchecked_members, verdicts
from .options import Option, Pair, cover, options, options_text, pairs, without_null
from .side import Side


class Use(StrEnum):
    """Whether the values of a schema are sent or received."""

    REQUEST = "request"
    RESPONSE = "response"


# The rules of changed types, by whether the change is compatible: wider in requests, narrower in
# responses.
_TYPES = {
    (Use.REQUEST, True): rules.request_type_widened,
    (Use.REQUEST, False): rules.request_type_changed,
    (Use.RESPONSE, True): rules.response_type_narrowed,
    (Use.RESPONSE, False): rules.response_type_changed,
}


_DEEPEST = 50  # shapes inside one another that are compared at once


@dataclass(slots=True, eq=False)
class Comparison:
    """Comparison of the schemas of two documents, each pair of classes once for each use.

    Attributes:
        old: The old side.
        new: The new side.
        seen: The classes and enumerations that were compared.
        aliases: The names of the type aliases that were resolved.
        changed_aliases: Those of the aliases in which a rule found a change.
        postponed: The classes that lie deeper in others than is compared at once.
        within: The shapes that are being compared.
        equal: The shapes that were compared without a difference, with whether null makes none.
    """

    old: Side
    new: Side
    seen: set[tuple[str, str, Use]] = field(default_factory=set[tuple[str, str, Use]])
    aliases: set[str] = field(default_factory=set[str])
    changed_aliases: set[str] = field(default_factory=set[str])
    postponed: list[tuple[str, str, Use]] = field(default_factory=list[tuple[str, str, Use]])
    within: set[tuple[Shape, Shape, Use]] = field(default_factory=set[tuple[Shape, Shape, Use]])
    equal: set[tuple[Shape, Shape, Use, bool]] = field(
        default_factory=set[tuple[Shape, Shape, Use, bool]]
    )

    def compare(
        self, old: Shape, new: Shape, use: Use, node: Node, subject: str, *, optional: bool = False
    ) -> Iterator[Change]:
        """Compare two shapes.

        Args:
            old: The old shape.
            new: The new shape.
            use: Whether the values are sent or received.
            node: The node that uses the new shape.
            subject: The name of the value in Python.
            optional: Whether a missing value reads as None, so that null makes no difference.
        """
        if use is Use.RESPONSE:  # Responses are not held to the schema `false`.
            old, new = (Anything() if each == NOTHING else each for each in (old, new))
        step = (old, new, use)
        if step in self.within or (*step, optional) in self.equal:  # A recursive shape, or known.
            return
        self.within.add(step)
        was, now = options(self.old, old), options(self.new, new)
        aliases = {name for each in (*was, *now) for name in each.aliases}
        self.aliases.update(name for each in was for name in each.aliases)
        found = chain(
            unions.compare((self.old, old), (self.new, new), node, subject),
            self._options(was, now, use, node, subject, optional=optional),
            self.constraints(
                unions.constraints(self.old, old),
                unions.constraints(self.new, new),
                use,
                node,
                subject,
            ),
        )
        is_equal = True
        for change in found:
            is_equal = False
            self.changed_aliases |= aliases
            yield change
        self.within.remove(step)
        while self.postponed and not self.within:
            yield from self._contents(*self.postponed.pop())
        if is_equal:
            self.equal.add((*step, optional))

    def _options(
        self,
        was: list[Option],
        now: list[Option],
        use: Use,
        node: Node,
        subject: str,
        *,
        optional: bool,
    ) -> Iterator[Change]:
        """Compare the options of two shapes."""
        if use is Use.RESPONSE and optional:
            was, now = without_null(was), without_null(now)
        found = pairs(without_null(was), without_null(now), self.new.aliases)
        for pair in found:
            yield from self._inside(pair, use, node, subject)
        wider, narrower = cover(now, was, found), cover(was, now, found)
        if use is Use.RESPONSE and len({other for _, other in found}) < len(found):
            narrower = False  # Programs distinguish the classes of responses, which are now one.
        if not (wider and narrower):
            rule = _TYPES[use, wider if use is Use.REQUEST else narrower]
            yield rule(self.new.location(node), subject, options_text(was), options_text(now))

    def compare_unused(self) -> Iterator[Change]:
        """Compare the named shapes that no operation uses, for example those of webhooks."""
        compared = {old for old, _, _ in self.seen}
        for name in self.old.schemas:
            if name in self.new.schemas and name not in compared and name not in self.aliases:
                node = self.new.schemas[name].node
                yield from self.compare(Ref(name), Ref(name), Use.RESPONSE, node, name)

    def _inside(self, pair: Pair, use: Use, node: Node, subject: str) -> Iterator[Change]:
        """Compare the nested values of two options."""
        (old, new), (was, now) = pair, (pair[0].shape, pair[1].shape)
        if isinstance(was, ListOf) and isinstance(now, ListOf):
            yield from self.constraints(was.constraints, now.constraints, use, node, subject)
            yield from self._items(was, now, use, node, subject)
        elif isinstance(was, Anything) and isinstance(now, Anything):
            yield from self.constraints(was.constraints, now.constraints, use, node, subject)
        elif isinstance(was, MapOf) and isinstance(now, MapOf):
            yield from self.constraints(was.constraints, now.constraints, use, node, subject)
            yield from self.compare(was.value, now.value, use, node, f"{subject}{{}}")
        elif old.kind == new.kind and isinstance(was, Ref) and isinstance(now, Ref):
            yield from self._references(was.name, now.name, use, node, subject)
        elif old.kind == new.kind and old.values:
            values = list(old.values), list(new.values)
            yield from _compare_values(self, *values, use, node=node, subject=subject)
        elif isinstance(was, Scalar) and isinstance(now, Scalar) and _share_constraints(old, new):
            is_integer = old.kind.startswith("integer") and new.kind.startswith("integer")
            yield from self.constraints(
                was.constraints, now.constraints, use, node, subject, is_integer=is_integer
            )

    def _items(
        self, was: ListOf, now: ListOf, use: Use, node: Node, subject: str
    ) -> Iterator[Change]:
        """Compare the items of two lists, those with shapes of their own by position."""
        most = max(len(was.prefix), len(now.prefix))
        for i in range(most):
            old, new = (
                each.prefix[i] if i < len(each.prefix) else _rest(each, use) for each in (was, now)
            )
            yield from self.compare(old, new, use, node, f"{subject}[{i}]")
        yield from self.compare(_rest(was, use), _rest(now, use), use, node, f"{subject}[]")

    def _references(
        self, old: str, new: str, use: Use, node: Node, subject: str
    ) -> Iterator[Change]:
        """Compare two classes or two enumerations.

        They are one if the new one has the old name too; or renamed, if neither name exists on
        both sides.
        """
        is_alias = self.new.aliases.get(old) == new
        if old != new and not is_alias and (old in self.new.schemas or new in self.old.schemas):
            yield _TYPES[use, False](self.new.location(node), subject, f"`{old}`", f"`{new}`")
            return
        step = (old, new, use)
        if step in self.seen:
            return
        self.seen.add(step)
        if len(self.within) < _DEEPEST:
            yield from self._contents(*step)
        else:
            self.postponed.append(step)

    def _contents(self, old: str, new: str, use: Use) -> Iterator[Change]:
        """Compare the contents of two classes or two enumerations."""
        before, after = self.old.schemas[old], self.new.schemas[new]
        if self.new.aliases.get(old) == new:
            after = replace(after, name=old)
        elif old != new:
            yield rules.model_renamed(self.new.location(after.node), old, new)
        if isinstance(before.shape, ObjectShape) and isinstance(after.shape, ObjectShape):
            yield from _compare_objects(self, before, after, use)
            yield from _whole(self, before.shape, after.shape, use, after)
        else:
            yield from _compare_enums(self, before, after, use)

    def constraints(
        self,
        old: tuple[tuple[str, Any], ...],
        new: tuple[tuple[str, Any], ...],
        use: Use,
        node: Node,
        subject: str,
        *,
        is_integer: bool = False,
    ) -> Iterator[Change]:
        """Compare the constraints of two values of one type."""
        location = self.new.location(node)
        found = verdicts(dict(old), dict(new), is_integer=is_integer)
        for keyword, was, now, verdict in found:
            if use is Use.RESPONSE:
                yield rules.response_constraint_changed(location, subject, keyword)
            elif verdict is Verdict.TIGHTENED:
                yield rules.request_constraint_tightened(location, subject, keyword, was, now)
            else:
                yield rules.request_constraint_loosened(location, subject, keyword, was, now)


def _rest(shape: ListOf, use: Use) -> Shape:
    """Return the shape of the items of a list after the first ones.

    Responses are not held to the schema `false`: further items are read like the first ones.
    """
    is_read = use is Use.RESPONSE and shape.further == NOTHING
    return shape.item if shape.further is None or is_read else shape.further


def _share_constraints(old: Option, new: Option) -> bool:
    """Whether two options have the same constraints."""
    return old.kind == new.kind or {old.kind, new.kind} == {"integer", "number"}


def _compare_objects(
    comparison: Comparison, old: NamedShape, new: NamedShape, use: Use
) -> Iterator[Change]:
    """Compare the fields of two classes."""
    before, after = _properties(old), _properties(new)
    if old.doc != new.doc:
        location = comparison.new.location(new.node)
        yield operation_rules.text_changed(location, new.name, "the description")
    if use is Use.REQUEST:
        sides = (comparison.old, old.node), (comparison.new, new.node)
        yield from compare_unchecked(*sides, new.node, new.name)
    for name in before:
        if name not in after:
            removed = rules.request_property_removed
            if use is Use.RESPONSE:
                removed = rules.response_property_removed
            location = comparison.old.location(_property_node(old.node, name))
            yield removed(location, old.name, _field(comparison, old.name, name, new=False))
    for name, property_ in after.items():
        location = comparison.new.location(_property_node(new.node, name))
        field_name = _field(comparison, new.name, name, new=True)
        if name in before:
            yield from _property(comparison, old, new, use, was=before[name], now=property_)
        elif use is Use.RESPONSE:
            yield rules.response_property_added(location, new.name, field_name)
        elif _is_required(property_, use):
            yield rules.request_property_required(location, new.name, field_name)
        else:
            yield rules.request_property_added(location, new.name, field_name)
    yield from _additional(comparison, old, new, use)


def _whole(
    comparison: Comparison, was: ObjectShape, now: ObjectShape, use: Use, new: NamedShape
) -> Iterator[Change]:
    """Compare the constraints of two classes on whole objects."""
    yield from comparison.constraints(was.constraints, now.constraints, use, new.node, new.name)
    if use is Use.RESPONSE and was.is_open != now.is_open:
        rule = rules.response_opened if now.is_open else rules.response_closed
        yield rule(comparison.new.location(new.node), new.name)


def _compare_enums(
    comparison: Comparison, old: NamedShape, new: NamedShape, use: Use
) -> Iterator[Change]:
    """Compare the known values of two types, and the names of their constants."""
    location = comparison.new.location(new.node)
    yield from _compare_values(
        comparison, _values(old), _values(new), use, node=new.node, subject=new.name
    )
    names = comparison.old.constants.get(old.name, {})
    for value, name in comparison.new.constants.get(new.name, {}).items():
        if value in names and names[value] != name:
            yield rules.constant_renamed(location, new.name, names[value], name)
    if old.doc != new.doc:
        yield operation_rules.text_changed(location, new.name, "the description")


def _compare_values(
    comparison: Comparison,
    old: list[Any],
    new: list[Any],
    use: Use,
    *,
    node: Node,
    subject: str,
) -> Iterator[Change]:
    """Compare the known values of an enumeration."""
    location = comparison.new.location(node)
    before, after = set(old), set(new)
    removed = [value for value in old if value not in after]
    added = [value for value in new if value not in before]
    is_response = use is Use.RESPONSE
    if removed:
        rule = rules.response_value_removed if is_response else rules.request_value_removed
        yield rule(location, subject, removed)
    if added:
        rule = rules.response_value_added if is_response else rules.request_value_added
        yield rule(location, subject, added)


def _property(
    comparison: Comparison,
    old: NamedShape,
    new: NamedShape,
    use: Use,
    *,
    was: Property,
    now: Property,
) -> Iterator[Change]:
    node = _property_node(new.node, now.wire_name)
    location = comparison.new.location(node)
    before = _field(comparison, old.name, was.wire_name, new=False)
    name = _field(comparison, new.name, now.wire_name, new=True)
    if before != name:
        yield rules.field_renamed(location, new.name, before, name)
    if _is_present(was, use) != _is_present(now, use):
        changed = {
            (Use.REQUEST, True): rules.request_property_writable,
            (Use.REQUEST, False): rules.request_property_read_only,
            (Use.RESPONSE, True): rules.response_property_readable,
            (Use.RESPONSE, False): rules.response_property_write_only,
        }[use, _is_present(now, use)]
        yield changed(location, new.name, name)
    reads_both = _is_present(was, use) and _is_present(now, use)
    if _is_required(was, use) != _is_required(now, use) and (use is Use.REQUEST or reads_both):
        found = {
            (Use.REQUEST, True): rules.request_property_required,
            (Use.REQUEST, False): rules.request_property_optional,
            (Use.RESPONSE, True): rules.response_property_required,
            (Use.RESPONSE, False): rules.response_property_optional,
        }[use, _is_required(now, use)]
        yield found(location, new.name, name)
    if was.sensitive != now.sensitive:
        yield rules.sensitivity_changed(location, new.name, name, sensitive=now.sensitive)
    if now.deprecated and not was.deprecated:
        yield rules.property_deprecated(location, new.name, name)
    if was.doc != now.doc:
        yield operation_rules.text_changed(location, new.name, f"the description of `{name}`")
    optional = not (_is_required(was, use) or _is_required(now, use))
    subject = f"{new.name}.{name}"
    if use is Use.REQUEST:
        sides = (comparison.old, old.node), (comparison.new, new.node)
        yield from compare_unchecked_members(*sides, now.wire_name, subject)
    yield from comparison.compare(was.shape, now.shape, use, node, subject, optional=optional)


def _additional(
    comparison: Comparison, old: NamedShape, new: NamedShape, use: Use
) -> Iterator[Change]:
    """Compare `additionalProperties`."""
    was = old.shape.additional if isinstance(old.shape, ObjectShape) else None
    now = new.shape.additional if isinstance(new.shape, ObjectShape) else None
    location, any_, known = comparison.new.location(new.node), "other fields", "known fields"
    if was is not None and now is not None:
        subject = f"{new.name}{{}}"
        yield from comparison.compare(was, now, use, new.node, subject)
    elif was is now:
        return
    elif use is Use.REQUEST and was is not None:
        yield rules.request_type_changed(location, new.name, "any fields", f"{known} only")
    elif use is Use.REQUEST and now is not None:
        yield rules.request_type_widened(location, new.name, known, any_)
    elif was is not None and not isinstance(was, Anything):
        yield rules.response_type_changed(location, new.name, any_, known)
    elif was is not None:
        yield rules.response_type_narrowed(location, new.name, any_, known)


def _is_present(member: Property, use: Use) -> bool:
    """Whether a property occurs in requests, or in responses."""
    return not (member.read_only if use is Use.REQUEST else member.write_only)


def _is_required(member: Property, use: Use) -> bool:
    """Whether every request, or every response, has a property."""
    return member.required and _is_present(member, use)


def _properties(named: NamedShape) -> dict[str, Property]:
    members = named.shape.properties if isinstance(named.shape, ObjectShape) else ()
    return {each.wire_name: each for each in members}


def _values(named: NamedShape) -> list[Any]:
    return list(named.shape.values) if isinstance(named.shape, EnumShape) else []


def _field(comparison: Comparison, model: str, wire_name: str, *, new: bool) -> str:
    """Return the Python name of a field."""
    side = comparison.new if new else comparison.old
    return side.fields.get(model, {}).get(wire_name, wire_name)


def _property_node(node: Node, name: str) -> Node:
    """Return the node of a property, or the schema if another schema contributes the property."""
    return node.at("properties", name) if name in node / "properties" else node
