"""Differences between classes, and between types with known values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.diff import catalogue
from generator.diff import schema_catalogue as rules
from generator.diff.change import Change
from generator.document import Node
from generator.normalize.schemas.shapes import EnumShape, MapOf, NamedShape, ObjectShape, Property

if TYPE_CHECKING:  # They call each other.
    from generator.diff.schemas import Comparison, Use


def compare_objects(
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


def compare_enums(
    comparison: Comparison, old: NamedShape, new: NamedShape, use: Use
) -> Iterator[Change]:
    """Compare the known values of two types, and the names of their constants."""
    place = comparison.new.place(new.node)
    yield from compare_values(
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


def compare_values(
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
