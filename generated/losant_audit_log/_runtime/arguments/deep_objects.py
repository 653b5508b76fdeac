# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Encoding of parameters in the style `deepObject`: names in brackets, such as `filter[name]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from .encoding import reject_empty, scalar
from .parameters import Parameter


def deep_pairs(parameter: Parameter, value: Any) -> Iterator[tuple[str, str]]:
    """Iterate over the names in bracket notation and the values of a nested object."""
    return _pairs(parameter.wire_name, value, parameter)


def _pairs(name: str, value: Any, parameter: Parameter) -> Iterator[tuple[str, str]]:
    reject_empty(value, f"{parameter.name}{name.removeprefix(parameter.wire_name)}")
    if is_mapping(value):
        for key, each in value.items():
            if not key or set(key) & set("[]"):
                message = f"{parameter.name}: the member name {key!r} is empty or has a bracket"
                raise InvalidArgumentError(message)
            yield from _pairs(f"{name}[{key}]", each, parameter)
    elif is_sequence(value):
        _reject_ambiguous_list(parameter, value)
        for index, each in enumerate(value):
            yield from _pairs(f"{name}{_bracket(parameter, index, each)}", each, parameter)
    else:
        yield name, scalar(value)


def _bracket(parameter: Parameter, index: int, item: Any) -> str:
    """Return the bracket suffix of an array item."""
    if parameter.arrays == "either":
        return f"[{index}]" if is_mapping(item) or is_sequence(item) else "[]"
    return {"indices": f"[{index}]", "brackets": "[]", "repeat": ""}[parameter.arrays]


def _reject_ambiguous_list(parameter: Parameter, items: Any) -> None:
    """Reject an array of objects or arrays that is ambiguous without indices.

    With `[]`, a server starts a new item where a member name repeats, so each item must begin with
    a member that the item before it has.
    """
    if parameter.arrays in {"indices", "either"}:
        return
    before: Mapping[str, Any] | None = None
    for item in items:
        is_ambiguous = is_sequence(item)
        if is_mapping(item):
            is_ambiguous = parameter.arrays == "repeat" or (
                before is not None and next(iter(item), "") not in before
            )
            before = item
        if is_ambiguous:
            message = f"{parameter.name}: the list is ambiguous without indices (x-deep-object)"
            raise InvalidArgumentError(message)
