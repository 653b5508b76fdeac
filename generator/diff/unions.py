"""Differences between the discriminators of unions."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff import schema_catalogue as rules
from generator.diff.change import Change
from generator.diff.side import Side
from generator.normalize.schemas.shapes import (
    Discriminator,
    EnumShape,
    ListOf,
    MapOf,
    ObjectShape,
    OneOf,
    Ref,
    Shape,
)
from generator.planning.directions import operation_shapes


def compare(old: Side, new: Side) -> Iterator[Change]:
    """Compare the discriminators of the unions that both documents have."""
    before, after = old.normalized.discriminators, new.normalized.discriminators
    root = new.normalized.document.root
    for classes in sorted({*before, *after}, key=sorted):
        was, now = before.get(classes), after.get(classes)
        names = sorted(classes)
        location = new.location(new.schemas[names[0]].node if names[0] in new.schemas else root)
        subject = " or ".join(names)
        if was is None:
            if now is not None and classes in _unions(old):
                yield from _pair(Discriminator("", {}), now, new, subject)
        elif now is None:
            if classes in _unions(new):
                yield rules.discriminator_changed(location, subject, _text(was), "no member")
            else:
                yield from _extended(was, new, subject)
        else:
            yield from _pair(was, now, new, subject)


def _extended(was: Discriminator, new: Side, subject: str) -> Iterator[Change]:
    """Compare a discriminator with that of a union that has some of its classes and others."""
    classes = {*was.values}
    others = [each for key, each in new.normalized.discriminators.items() if len(key & classes) > 1]
    if others:
        nearest = max(others, key=lambda each: len(each.values.keys() & classes))
        yield from _pair(was, nearest, new, subject)


def _pair(was: Discriminator, now: Discriminator, new: Side, subject: str) -> Iterator[Change]:
    known = [name for name in now.values if name in new.schemas]
    location = new.location(new.schemas[known[0]].node)
    before, after = _by_value(was), _by_value(now)
    moved = [
        value
        for value, name in before.items()
        if after.get(value, "") != name and name in now.values
    ]
    if was.member != now.member or was.otherwise != now.otherwise or moved:
        yield rules.discriminator_changed(location, subject, _text(was), _text(now))
        return
    added = [value for value in after if value not in before]
    if added:
        yield rules.discriminator_value_added(location, subject, added)


def _by_value(discriminator: Discriminator) -> dict[object, str]:
    return {value: name for name, each in discriminator.values.items() for value in each}


def _text(discriminator: Discriminator) -> str:
    """Return a discriminator as text for a message."""
    if not discriminator.member:
        return "no member"
    pairs = (f"{value!s} as `{name}`" for value, name in _by_value(discriminator).items())
    return f"`{discriminator.member}` ({', '.join(pairs)})"


def _unions(side: Side) -> set[frozenset[str]]:
    """Return the class names of every union of a document."""
    found: set[frozenset[str]] = set()
    for shape in operation_shapes(side.normalized):
        _collect(shape, found)
    for named in side.schemas.values():
        if isinstance(named.shape, ObjectShape):
            for member in named.shape.properties:
                _collect(member.shape, found)
            if named.shape.additional is not None:
                _collect(named.shape.additional, found)
        elif not isinstance(named.shape, EnumShape):
            _collect(named.shape, found)
    return found


def _collect(shape: Shape, found: set[frozenset[str]]) -> None:
    match shape:
        case ListOf():
            _collect(shape.item, found)
        case MapOf():
            _collect(shape.value, found)
        case OneOf():
            found.add(frozenset(each.name for each in shape.options if isinstance(each, Ref)))
            for option in shape.options:
                _collect(option, found)
        case _:
            return
