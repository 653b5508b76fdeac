# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""From a request back to the arguments of an operation: the opposite of encoding them.

A URL holds nothing but texts. What they mean is what the document says of each parameter, and what
does not fit stays a text, so that it is refused as the service would refuse it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from .errors import InvalidArgumentError
from .guards import is_mapping, is_sequence
from .operation import Operation, Parameter
from .schemas import AnyOf, Array, Boolean, Epoch, Integer, Later, Null, Number, Object, Schema

Pairs: TypeAlias = list[tuple[str, str]]

_STEP = re.compile(r"\[([^\[\]]*)\]")


def read_arguments(
    operation: Operation[Any], path: Mapping[str, str], query: Pairs, headers: Mapping[str, str]
) -> dict[str, Any]:
    """Read and check the arguments of a request.

    Args:
        operation: What was called.
        path: The texts in the place of the path's parameters, by the parameters' names.
        query: The query's names and values.
        headers: The request's headers.

    Returns:
        Their wire forms by the names that they have in Python; what was not given is missing.

    Raises:
        InvalidArgumentError: If the document forbids one of them, or one is missing.
    """
    found: dict[str, Any] = {}
    for parameter in operation.parameters:
        if parameter.location == "path":
            given: Any = path[parameter.name]
        elif parameter.location == "query":
            given = _from_query(parameter, query)
        else:
            given = headers.get(parameter.wire_name)
        if given is not None:
            value = _typed(parameter.schema, given)
            found[parameter.name] = parameter.schema.to_wire(value, parameter.wire_name)
        elif parameter.required:
            raise InvalidArgumentError(f"{parameter.wire_name}: it is missing")
    return found


def _from_query(parameter: Parameter, query: Pairs) -> Any:
    name, kind = parameter.wire_name, _kind(parameter.schema)
    if parameter.style == "deepObject":
        return _deep(name, query)
    if isinstance(kind, Object) and parameter.explode:
        return {key: value for key, value in query if key in kind.properties} or None
    values = [value for key, value in query if key == name]
    if not values:
        return None
    if isinstance(kind, Object):
        parts = values[-1].split(",")
        return dict(zip(parts[::2], parts[1::2], strict=False))
    if isinstance(kind, Array):
        return values if parameter.explode else values[-1].split(",")
    return values[-1] if len(values) == 1 or not isinstance(kind, AnyOf) else values


def _deep(name: str, query: Pairs) -> Any:
    """Put an object together of the parameters that start with its name and a bracket."""
    tree: dict[str, Any] = {}
    for key, value in query:
        if key.startswith(f"{name}["):
            _insert(tree, _STEP.findall(key[len(name) :]), value)
    return tree or None


def _insert(tree: dict[str, Any], steps: list[str], value: str) -> None:
    """Put a value into a tree, in which items are members by their numbers."""
    step, *further = steps
    if not step:  # `[]` is a new item, or the last one that has no such member yet.
        last = str(len(tree) - 1)
        held = tree.get(last)
        same = bool(further) and is_mapping(held) and further[0] not in held
        step = last if same else str(len(tree))
    if further:
        below = tree.setdefault(step, {})
        if is_mapping(below):
            _insert(dict_of(below), further, value)
    elif step in tree:  # A list whose items have the same name.
        held = tree[step]
        tree[step] = [*held, value] if isinstance(held, list) else [held, value]
    else:
        tree[step] = value


def dict_of(value: Any) -> dict[str, Any]:
    """Give a dict that is known to be one, with its type."""
    result: dict[str, Any] = value
    return result


def _kind(schema: Schema) -> Schema:
    while isinstance(schema, Later):
        schema = schema.find()
    return schema


def _typed(schema: Schema, given: Any) -> Any:
    """Give texts the types that a schema asks for, where they can have them."""
    kind = _kind(schema)
    if isinstance(kind, AnyOf):
        for option in kind.options:
            value = _typed(option, given)
            try:
                option.to_wire(value, "")
            except InvalidArgumentError:
                continue
            return value
        return given
    if isinstance(kind, Array):
        return [_typed(kind.items, each) for each in _items(given)]
    if isinstance(kind, Object) and is_mapping(given):
        further = kind.additional or Schema()
        return {key: _typed(kind.properties.get(key, further), each) for key, each in given.items()}
    return _scalar(kind, given) if isinstance(given, str) else given


def _items(given: Any) -> list[Any]:
    if is_mapping(given):
        keys = sorted(given, key=lambda key: (not key.isdecimal(), len(key), key))
        return [given[key] for key in keys]
    return list(given) if is_sequence(given) else [given]


def _scalar(kind: Schema, text: str) -> Any:
    if isinstance(kind, Integer | Epoch) and re.fullmatch(r"-?[0-9]{1,18}", text):
        return int(text)
    if isinstance(kind, Number) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", text):
        return float(text)
    if isinstance(kind, Boolean) and text in {"true", "false"}:
        return text == "true"
    if isinstance(kind, Null) and not text:
        return None
    return text
