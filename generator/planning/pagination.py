"""Pagination of operations: `x-pagination` with the Python names of parameters."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from ..document import Document, Node
from ..document.json_values import JsonObject, object_at, parse_pointer, text_at
from ..normalize.parameters import ParameterReading
from ..normalize.schemas.shapes import (
    NOTHING,
    ListOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
    target_of,
)
from ..openapi.examples import data_value
from ..openapi.patterns import python_pattern
from ..python.code import Code, construct, name
from ..runtime.arguments.timestamps import EpochTime
from ..runtime.paging.link_header import next_link
from ..runtime.paging.pagination import Pagination
from ..runtime.paging.time_span import TimeSpan
from ..runtime.walks.by_time.window import TimeWindow
from ..runtime.walks.filter_check import check_matches
from ..runtime.walks.order import TimeOrder
from .constraints import keywords
from .filter_checks import matches
from .plan.operations import Listing

_POSITIONS = ("page", "offset", "cursor")
_UNORDERED = "Entries come in the order of the service."
_PER_SECOND = {"epoch-milliseconds": 1000, "epoch-seconds": 1}


def time_unit(extension: JsonObject) -> str:
    """Return the unit in which a window counts time: `milliseconds` or `seconds`."""
    return text_at(object_at(extension, "window"), "unit").removeprefix("epoch-")


def timestamp_parameters(extension: JsonObject) -> dict[str, bool]:
    """Return the wire names of parameters that are timestamps, and whether they round up."""
    window = object_at(extension, "window")
    if text_at(window, "unit") not in _PER_SECOND:
        return {}
    bounds = {"from": False, "to": True}
    return {
        text_at(object_at(window, key), "parameter"): up
        for key, up in bounds.items()
        if key in window
    }


def paging_parameters(extension: JsonObject) -> frozenset[str]:
    """Return the wire names of the parameters that a walk sets."""
    request, order = object_at(extension, "request"), object_at(extension, "order")
    return frozenset(
        text_at(object_at(holder, key), "parameter")
        for holder, key in (
            *((request, position) for position in _POSITIONS),
            (order, "field"),
            (order, "direction"),
        )
    ) - {""}


def upper_bound(extension: JsonObject) -> str:
    """Return the wire name of the parameter for the end of the time span, or an empty string."""
    return text_at(object_at(object_at(extension, "window"), "to"), "parameter")


def is_by_time(extension: JsonObject) -> bool:
    """Return whether a list can be read by time, with each entry recognized by its id."""
    item, window = object_at(extension, "item"), object_at(extension, "window")
    bounds = {"from", "to"} <= window.keys() and text_at(window, "unit") in _PER_SECOND
    return bounds and bool(text_at(item, "id") and text_at(item, "time"))


def epoch_time_schema(
    limits: tuple[tuple[str, Any], ...], extension: JsonObject, *, round_up: bool
) -> Code:
    """Return the schema of a count of units since 1970, which also accepts datetimes."""
    return construct(
        EpochTime,
        per_second=_PER_SECOND[text_at(object_at(extension, "window"), "unit")],
        round_up=round_up,
        **keywords(limits),
    )


def pagination(
    extension: JsonObject,
    parameters: Mapping[str, ParameterReading],
    entry: tuple[Ref, ...],
    schemas: dict[str, NamedShape],
    **constants: Code | None,
) -> Code:
    """Return the value of the constant that describes the pagination of an operation.

    Args:
        extension: The object `x-pagination`.
        parameters: The parameters of the operation by their Python names.
        entry: The objects that an entry may be.
        schemas: The named shapes of the document.
        **constants: The constant that describes the `operation`, the type of an `item`, and the
            `variants` of entries of several classes.
    """
    arguments = {each.wire_name: name for name, each in parameters.items()}
    filter_ = _filter(parameters)

    def argument(holder: JsonObject, key: str) -> str:
        return arguments.get(text_at(object_at(holder, key), "parameter"), "")

    request, response = object_at(extension, "request"), object_at(extension, "response")
    position = text_at(extension, "style")
    parts = object_at(extension, "item")
    order, window = object_at(extension, "order"), object_at(extension, "window")
    bounds = argument(window, "from"), argument(window, "to")
    is_one = len(entry) == 1
    conditions = matches(parameters[filter_].shape, entry[0], schemas) if filter_ and is_one else ()
    return construct(
        Pagination,
        **constants,
        style=text_at(extension, "style"),
        find_link=name(next_link.__name__) if text_at(extension, "style") == "link" else None,
        page=argument(request, position),
        first=object_at(request, position).get("first", 0),
        size=argument(request, "size"),
        walk_size=object_at(request, "size").get("walk"),
        items=text_at(response, "items"),
        total=text_at(response, "total"),
        echoed_page=text_at(response, "page") or text_at(response, "offset"),
        echoed_size=text_at(response, "size"),
        cursor=text_at(response, "cursor"),
        more=text_at(response, "more"),
        item_id=text_at(parts, "id"),
        item_time=text_at(parts, "time"),
        order=_order(order, argument(order, "field"), argument(order, "direction"), parameters),
        window=_window(window, *bounds),
        span=_span(window, *bounds),
        filter=filter_,
        matches=conditions,
        check_filter=name(check_matches.__name__) if conditions else None,
        expected=_name_patterns(entry[0], schemas) if is_one else (),
    )


def read_listing(
    document: Document, extension: JsonObject, parameters: Mapping[str, ParameterReading]
) -> Listing:
    """Return the documented properties of the entries of a paginated operation.

    Args:
        document: The document.
        extension: The object `x-pagination`.
        parameters: The parameters of the operation by their Python names.
    """
    item, window = object_at(extension, "item"), object_at(extension, "window")
    size = object_at(object_at(extension, "request"), "size")
    names = {each.wire_name: key for key, each in parameters.items()}
    filter_ = _filter(parameters)
    order, walk_order = _order_docs(extension, parameters)
    return Listing(
        id=text_at(item, "id"),
        time=text_at(item, "time"),
        start=names.get(text_at(object_at(window, "from"), "parameter"), ""),
        size=names.get(text_at(size, "parameter"), ""),
        walk_size=size.get("walk"),
        is_by_time=is_by_time(extension),
        filter=filter_,
        filter_example=_example(document, parameters[filter_].node) if filter_ else None,
        order=order,
        walk_order=walk_order,
    )


def _order_docs(
    extension: JsonObject, parameters: Mapping[str, ParameterReading]
) -> tuple[str, str]:
    """Return sentences on which entries come first: in a list, and in a walk.

    Args:
        extension: The object `x-pagination`.
        parameters: The parameters of the operation by their Python names.
    """
    order = object_at(extension, "order")
    names = {each.wire_name: key for key, each in parameters.items()}
    field, direction = object_at(order, "field"), object_at(order, "direction")
    sorting = [
        names[wire] for each in (field, direction) if (wire := text_at(each, "parameter")) in names
    ]
    if not order:
        is_span = text_at(object_at(extension, "window"), "unit") in _PER_SECOND
        return _UNORDERED, "The newest entries come first." if is_span else _UNORDERED
    defaults = {each.wire_name: each.default for each in parameters.values()}
    by_time = defaults.get(text_at(field, "parameter")) in (None, text_at(field, "value"))
    ascends = defaults.get(text_at(direction, "parameter")) == text_at(direction, "ascending")
    first = f"The {'oldest' if ascends else 'newest'} entries come first" if by_time else _UNORDERED
    changed = " and ".join(f"`{each}`" for each in sorting)
    verb = "change" if len(sorting) > 1 else "changes"
    if changed and by_time:
        listed = f"{first} by default; {changed} {verb} the order."
    else:
        listed = f"{first.rstrip('.')}{f'; {changed} {verb} it' if changed else ''}."
    oldest = ', or the oldest with `order="oldest"`' if text_at(direction, "parameter") else ""
    return listed, f"The newest entries come first{oldest}."


def _filter(parameters: Mapping[str, ParameterReading]) -> str:
    """Return the Python name of the only `deepObject` parameter, or an empty string."""
    filters = [name for name, each in parameters.items() if each.style == "deepObject"]
    return filters[0] if len(filters) == 1 else ""


def _example(document: Document, parameter: Node) -> object:
    """Return the value of a parameter's first example that is not serialized, or None."""
    if "example" in parameter:
        return parameter.value["example"]
    examples = (document.resolve(each) for _, each in (parameter / "examples").members())
    values = (data_value(each) for each in examples if each is not None)
    return next((each.value for each in values if each is not None), None)


def entry_shape(
    response: Shape, extension: JsonObject, schemas: dict[str, NamedShape]
) -> Shape | None:
    """Return the shape of an entry, by `response.items`; None if there is no array."""
    found = target_of(response, schemas)
    for step in parse_pointer(text_at(object_at(extension, "response"), "items")):
        members = found.properties if isinstance(found, ObjectShape) else ()
        shapes = (each.shape for each in members if each.wire_name == step)
        found = target_of(next(shapes, NOTHING), schemas)
    return found.item if isinstance(found, ListOf) else None


def entry_classes(entry: Shape | None, schemas: dict[str, NamedShape]) -> tuple[Ref, ...]:
    """Return the objects that an entry may be; none if it may be another value as well."""
    if isinstance(entry, Ref) and schemas[entry.name].base:
        return (Ref(schemas[entry.name].base),)  # A page has one class of entries: the base.
    target = target_of(entry or NOTHING, schemas)
    if isinstance(entry, Ref) and isinstance(target, ObjectShape):
        return (entry,)
    options = target.options if isinstance(target, OneOf) else ()
    found = [entry_classes(each, schemas) for each in options if each != Scalar("null")]
    return tuple(dict.fromkeys(chain(*found))) if all(found) else ()


def _name_patterns(entry: Ref, schemas: dict[str, NamedShape]) -> tuple[str, ...]:
    shape = schemas[entry.name].shape
    patterns = shape.expected if isinstance(shape, ObjectShape) else ()
    return tuple(each for each in map(python_pattern, patterns) if each is not None)


def _order(
    extension: JsonObject,
    field: str,
    direction: str,
    parameters: Mapping[str, ParameterReading],
) -> Code | None:
    if not extension:
        return None
    directions = object_at(extension, "direction")
    return construct(
        TimeOrder,
        field=field,
        by_time=text_at(object_at(extension, "field"), "value"),
        direction=direction,
        ascending=text_at(directions, "ascending"),
        descending=text_at(directions, "descending"),
        descends=direction not in parameters
        or parameters[direction].default != text_at(directions, "ascending"),
    )


def _span(extension: JsonObject, start: str, end: str) -> Code | None:
    if not start or not end:
        return None
    per_second = _PER_SECOND.get(text_at(extension, "unit"), 1)
    return construct(TimeSpan, start=start, end=end, per_second=per_second)


def _window(extension: JsonObject, start: str, end: str) -> Code | None:
    if text_at(extension, "unit") not in _PER_SECOND:
        return None
    return construct(
        TimeWindow,
        start=start,
        end=end,
        bounds=text_at(extension, "bounds"),
        per_second=_PER_SECOND[text_at(extension, "unit")],
        retention=text_at(extension, "retention"),
    )
