"""Differences between the discriminators of unions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..document import Node
from ..normalize.schemas import composition
from ..normalize.schemas.discriminators import explicit_discriminator
from ..normalize.schemas.shapes import (
    Discriminator,
    OneOf,
    Ref,
    Shape,
    target_of,
)
from . import schema_rules as rules
from .change import Change
from .options import options
from .side import Side


def compare(
    old: tuple[Side, Shape], new: tuple[Side, Shape], node: Node, subject: str
) -> Iterator[Change]:
    """Compare the discriminators of two shapes if the old one is a union.

    Args:
        old: The old side and shape.
        new: The new side and shape.
        node: The node of the new shape.
        subject: The name of the value in Python.
    """
    unions = _union(*old), _union(*new)
    location = new[0].location(node)
    if unions[0] is None:
        return
    if unions[1] is None:
        yield from _only_one_left(unions[0], new, node, subject)
        return
    was, now = _discriminator(old[0], unions[0]), _discriminator(new[0], unions[1])
    was = _with_names(was, new[0].aliases)
    before, after = _by_value(was), _by_value(now)
    kept = _classes(unions[1])
    moved = [
        value for value, name in before.items() if name in kept and after.get(value, "") != name
    ]
    members = [each.member if each is not None else "" for each in (was, now)]
    others = [(each.default or each.otherwise) if each is not None else "" for each in (was, now)]
    if members[0] != members[1] or others[0] != others[1] or moved:
        yield rules.discriminator_changed(location, subject, _text(was), _text(now))
        return
    added = [value for value in after if value not in before]
    if added:
        yield rules.discriminator_value_added(location, subject, added)


def _only_one_left(
    old: OneOf, new: tuple[Side, Shape], node: Node, subject: str
) -> Iterator[Change]:
    """Compare the discriminator of a union with that of the only alternative that is left of it.

    A value that selected another alternative before, or none, would be decoded as this one.
    """
    side, shape = new
    was, left = old.discriminator, [each.shape for each in options(side, shape)]
    was = _with_names(was, side.aliases)
    only = left[0] if len(left) == 1 else None
    if was is None or not isinstance(only, Ref) or only.name not in was.values:
        return
    for alias in dict.fromkeys(name for each in options(side, shape) for name in each.aliases):
        node = side.schemas[alias].node
    described: list[tuple[Node, Shape]] = [(each, only) for each in composition.options(node)]
    now = explicit_discriminator(side.normalized.document, node, described)
    known = now.values.get(only.name, ()) if now is not None and now.member == was.member else ()
    takes_others = now is not None and now.default == only.name != was.default
    if takes_others or set(known) != set(was.values.get(only.name, ())):
        yield rules.discriminator_changed(side.location(node), subject, _text(was), _text(now))


def _union(side: Side, shape: Shape) -> OneOf | None:
    """Return the union of classes that a shape is or names; None for any other shape."""
    union = _named_union(side, shape)
    return union if union is not None and len(_classes(union)) > 1 else None


def constraints(side: Side, shape: Shape) -> tuple[tuple[str, Any], ...]:
    """Return the constraints beside the alternatives of the union that a shape is or names."""
    union = _named_union(side, shape)
    return () if union is None else union.constraints


def _named_union(side: Side, shape: Shape) -> OneOf | None:
    """Return the union that a shape is or names; None for any other shape."""
    target = target_of(shape, side.schemas)
    return target if isinstance(target, OneOf) else None


def _classes(union: OneOf) -> frozenset[str]:
    return frozenset(each.name for each in union.options if isinstance(each, Ref))


def _discriminator(side: Side, union: OneOf) -> Discriminator | None:
    return union.discriminator or side.normalized.discriminators.get(_classes(union))


def _with_names(
    discriminator: Discriminator | None, aliases: Mapping[str, str]
) -> Discriminator | None:
    """Return a discriminator with the names that its classes have now."""
    if discriminator is None:
        return None
    values: dict[str, tuple[Any, ...]] = {}
    for name, each in discriminator.values.items():
        now = aliases.get(name, name)
        values[now] = (*values.get(now, ()), *each)
    others = (aliases.get(each, each) for each in (discriminator.default, discriminator.otherwise))
    default, otherwise = others
    return replace(discriminator, values=values, default=default, otherwise=otherwise)


def _by_value(discriminator: Discriminator | None) -> dict[object, str]:
    """Return the class of each value; several are joined, in an order of their own."""
    found: dict[object, list[str]] = {}
    for name, values in discriminator.values.items() if discriminator is not None else ():
        for value in values:
            found.setdefault(value, []).append(name)
    return {value: "` or `".join(sorted(each)) for value, each in found.items()}


def _text(discriminator: Discriminator | None) -> str:
    """Return a discriminator as text for a message."""
    if discriminator is None:
        return "no member"
    pairs = (f"{value!s} as `{name}`" for value, name in _by_value(discriminator).items())
    rest = [f"others as `{discriminator.default}`"] if discriminator.default else []
    return f"`{discriminator.member}` ({', '.join([*pairs, *rest])})"
