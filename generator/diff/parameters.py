"""Differences between the arguments of an operation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from ..normalize.parameters import ParameterReading
from . import operation_rules as rules
from .bodies import are_encoded_alike
from .change import Change
from .constraints import compare_unchecked
from .schemas import Comparison, Use
from .side import PlannedOperation, Side

_Argument: TypeAlias = tuple[str, ParameterReading]


def compare(
    old: Side, new: Side, before: PlannedOperation, after: PlannedOperation, schemas: Comparison
) -> Iterator[Change]:
    """Compare the parameters of two versions of an operation."""
    subject = before.name
    removed, added = list(before.arguments), list(after.arguments)
    for was, now in _pairs(before, after):
        removed.remove(was)
        added.remove(now)
        yield from _parameter(new, subject, was, now, schemas)
    for was in list(removed):
        renamed = next((now for now in added if _alike(was[1], now[1])), None)
        if renamed is not None:
            removed.remove(was)
            added.remove(renamed)
            location = new.location(renamed[1].node)
            yield rules.parameter_renamed(location, subject, was[0], renamed[0])
    for name, parameter in removed:
        yield rules.parameter_removed(old.location(parameter.node), subject, name)
    for name, parameter in added:
        found = rules.required_parameter_added if parameter.required else rules.parameter_added
        yield found(new.location(parameter.node), subject, name)


def _pairs(
    before: PlannedOperation, after: PlannedOperation
) -> Iterator[tuple[_Argument, _Argument]]:
    """Iterate over pairs of parameters: by their identity in requests, else by argument name."""
    left = list(after.arguments)
    unmatched: list[_Argument] = []
    by_location = {_key(each, _slots(after)): each for each in after.arguments}
    for was in before.arguments:
        now = by_location.get(_key(was, _slots(before)))
        if now is None:
            unmatched.append(was)
        else:
            left.remove(now)
            yield was, now
    for was in unmatched:
        now = next((each for each in left if each[0] == was[0]), None)
        if now is not None:
            left.remove(now)
            yield was, now


def _slots(planned: PlannedOperation) -> list[str]:
    return re.findall(r"\{([^{}]*)\}", planned.reading.path)


def _key(argument: _Argument, slots: Sequence[str]) -> tuple[str, str | int]:
    """Return the identity of a parameter in requests: in a path its position, else its name."""
    parameter = argument[1]
    if parameter.location == "path" and parameter.wire_name in slots:
        return "path", slots.index(parameter.wire_name)
    if parameter.location == "header":
        return "header", parameter.wire_name.lower()
    return parameter.location, parameter.wire_name


def _alike(old: ParameterReading, new: ParameterReading) -> bool:
    """Whether two parameters of different names are probably the same one, renamed."""
    return (old.location, old.shape, old.required, old.doc) == (
        new.location,
        new.shape,
        new.required,
        new.doc,
    )


def _parameter(
    new: Side, subject: str, before: _Argument, after: _Argument, schemas: Comparison
) -> Iterator[Change]:
    (old_name, was), (name, now) = before, after
    location = new.location(now.node)
    if old_name != name:
        yield rules.argument_renamed(location, subject, old_name, name)
    if was.location != "path" and _wire(was) != _wire(now):
        yield rules.parameter_moved(location, subject, name, _wire(was), _wire(now))
    if was.required != now.required:
        yield (rules.parameter_required if now.required else rules.parameter_optional)(
            location, subject, name
        )
    if was.default != now.default:
        if was.default is None:
            yield rules.default_stated(location, subject, name, now.default)
        else:
            yield rules.default_changed(location, subject, name, was.default, now.default)
    if _encoding(was) != _encoding(now) or not are_encoded_alike(schemas, was, now):
        yield rules.parameter_style_changed(location, subject, name)
    if now.deprecated and not was.deprecated:
        yield rules.parameter_deprecated(location, subject, name)
    if was.doc != now.doc:
        yield rules.text_changed(location, subject, f"the description of `{name}`")
    inside = f"{subject}({name})"
    sides = (schemas.old, was.node / "schema"), (new, now.node / "schema")
    yield from compare_unchecked(*sides, now.node, inside)
    yield from schemas.compare(was.shape, now.shape, Use.REQUEST, now.node, inside)


def _wire(parameter: ParameterReading) -> str:
    name = parameter.wire_name
    if parameter.location == "querystring":  # The name is not sent.
        return parameter.location
    return f"{parameter.location} {name.lower() if parameter.location == 'header' else name}"


def _encoding(parameter: ParameterReading) -> tuple[object, ...]:
    """Return the settings of the encoding of a value, without those of a form's members."""
    return (
        parameter.style,
        parameter.explode,
        parameter.arrays,
        parameter.media_type,
        parameter.allow_reserved,
        parameter.allow_empty,
    )
