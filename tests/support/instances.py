"""Random values of the types that models are annotated with."""

from __future__ import annotations

import datetime as dt
import types
import typing
from typing import Any, Literal

import msgspec
from hypothesis import strategies as st

from tests.support.searching import JSON, TEXTS

_MOMENTS = st.datetimes(
    min_value=dt.datetime(1900, 1, 1),
    max_value=dt.datetime(2200, 1, 1),
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=2))]),
)
_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    Any: JSON,
    str: TEXTS,
    int: st.integers(-(2**63), 2**64 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 9),
    bool: st.booleans(),
    bytes: st.binary(max_size=9),
    type(None): st.none(),
    dt.datetime: _MOMENTS,
    dt.date: st.dates(),
}


def instances(kind: Any, depth: int = 3) -> st.SearchStrategy[Any]:
    """Draw values of a type; models are constructed by their keyword arguments.

    Args:
        kind: The type, as `typing.get_type_hints` returns it.
        depth: How many models may be nested. Deeper optional fields are None.
    """
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind in _SCALARS:
        return _SCALARS[kind]
    if origin is typing.Annotated:
        return instances(arguments[0], depth)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is list:
        return st.lists(instances(arguments[0], depth), max_size=3)
    if origin is dict:
        return st.dictionaries(TEXTS, instances(arguments[1], depth), max_size=3)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of([instances(each, depth) for each in arguments])
    if hasattr(kind, "options"):
        return st.one_of([instances(each, depth) for each in kind.options])
    return st.deferred(lambda: _models(kind, depth - 1))


def _models(kind: Any, depth: int) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind, include_extras=True)
    required: dict[str, Any] = {}
    optional: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if field.name.startswith("_"):
            continue
        if field.required:
            required[field.name] = instances(hints[field.name], depth)
        elif depth >= 0:
            optional[field.name] = instances(hints[field.name], depth)
    arguments = st.fixed_dictionaries(required, optional=optional)
    return arguments.map(lambda values: kind(**values))
