"""How an operation pages: `x-pagination` with its parameters' Python names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.json_types import JsonObject, object_at, text_at
from generator.python_code import Code, construct
from generator.runtime.pagination import Order, Pagination, Window
from generator.runtime.schemas import Epoch
from generator.shapes import Scalar, Shape

_PER_SECOND = {"epoch-milliseconds": 1000, "epoch-seconds": 1}
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?\Z")
_DAYS = (365, 30, 7, 1)


def window_times(extension: JsonObject) -> dict[str, bool]:
    """Give the names on the wire of the parameters that are moments, and whether they round up."""
    window = object_at(extension, "window")
    if text_at(window, "unit") not in _PER_SECOND:
        return {}
    bounds = {"from": False, "to": True}
    return {
        text_at(object_at(window, key), "parameter"): up
        for key, up in bounds.items()
        if key in window
    }


def moment(shape: Shape, extension: JsonObject, *, round_up: bool) -> Code:
    """Write the demand on a count of units that may be passed as a datetime as well."""
    limits = dict(shape.limits) if isinstance(shape, Scalar) else {}
    return construct(
        Epoch,
        per_second=_PER_SECOND[text_at(object_at(extension, "window"), "unit")],
        round_up=round_up,
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
    )


def pagination(
    extension: JsonObject, arguments: Mapping[str, str], operation: Code, item: Code
) -> Code:
    """Write how an operation pages.

    Args:
        extension: What `x-pagination` says.
        arguments: The Python names of the operation's parameters, by their names on the wire.
        operation: The constant that describes the operation.
        item: The type of an entry.
    """

    def argument(holder: JsonObject, key: str) -> str:
        return arguments.get(text_at(object_at(holder, key), "parameter"), "")

    request, response = object_at(extension, "request"), object_at(extension, "response")
    entry = object_at(extension, "item")
    order, window = object_at(extension, "order"), object_at(extension, "window")
    return construct(
        Pagination,
        operation=operation,
        item=item,
        style=text_at(extension, "style"),
        page=argument(request, "page"),
        first=object_at(request, "page").get("first", 0),
        size=argument(request, "size"),
        items=text_at(response, "items"),
        total=text_at(response, "total"),
        echoed_page=text_at(response, "page"),
        echoed_size=text_at(response, "size"),
        item_id=text_at(entry, "id"),
        item_time=text_at(entry, "time"),
        order=_order(order, argument(order, "field"), argument(order, "direction")),
        window=_window(window, argument(window, "from"), argument(window, "to")),
    )


def days(duration: str) -> int | None:
    """Read a duration of ISO 8601 that has no time part; None if it is none."""
    match = _DURATION.match(duration)
    if match is None or not any(match.groups()):
        return None
    return sum(int(count or 0) * each for count, each in zip(match.groups(), _DAYS, strict=True))


def _order(extension: JsonObject, field: str, direction: str) -> Code | None:
    if not extension:
        return None
    directions = object_at(extension, "direction")
    return construct(
        Order,
        field=field,
        by_time=text_at(object_at(extension, "field"), "value"),
        direction=direction,
        ascending=text_at(directions, "ascending"),
        descending=text_at(directions, "descending"),
        ties_by_id=extension.get("ties") == "id",
    )


def _window(extension: JsonObject, start: str, end: str) -> Code | None:
    if not extension:
        return None
    return construct(
        Window,
        start=start,
        end=end,
        bounds=text_at(extension, "bounds"),
        per_second=_PER_SECOND.get(text_at(extension, "unit"), 1),
        retention_days=days(text_at(extension, "retention")),
    )
