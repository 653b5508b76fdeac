"""How an operation pages, as `x-pagination` says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.normalize import ParameterReading
from generator.normalize.schemas.shapes import (
    Anything,
    ListOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Property,
    Ref,
    Scalar,
    Shape,
)
from generator.planning.pagination import (
    entry_shape,
    epoch_time_schema,
    pagination,
    paging_parameters,
    timestamp_parameters,
)
from generator.python.code import Code
from tests.support.planning import named

TEXT = Scalar("string")
WRITTEN = {"operation": Code("LIST"), "item": Code("models.Pet")}
PET = named("Pet", ObjectShape((Property("id", TEXT, required=True, doc=""),), None))


def read(name: str, shape: Shape = TEXT, style: str = "form", default: Any = None) -> Any:
    return ParameterReading(
        wire_name=name,
        location="query",
        required=False,
        shape=shape,
        style=style,
        explode=True,
        arrays="either",
        media_type="",
        allow_reserved=False,
        allow_empty=False,
        doc="",
        default=default,
        deprecated=False,
        node=PET.node,
    )


def written(
    extension: dict[str, Any],
    parameters: dict[str, ParameterReading] | None = None,
    schemas: dict[str, NamedShape] | None = None,
) -> str:
    known = {"Pet": PET, **(schemas or {})}
    return pagination(extension, parameters or {}, Ref("Pet"), known, **WRITTEN)


def test_what_is_not_said_is_left_out() -> None:
    extension = {"style": "link", "response": {"items": "/items"}}
    assert written(extension) == (
        "Pagination(operation=LIST, item=models.Pet, style='link', items='/items')"
    )


@pytest.mark.parametrize(("style", "shown"), [("page", ""), ("offset", "style='offset', ")])
def test_pages_that_are_counted(style: str, shown: str) -> None:
    """The arguments by their Python names; the places in the answer as they are."""
    extension = {
        "style": style,
        "request": {
            style: {"parameter": "startAt", "first": 1},
            "size": {"parameter": "pageSize"},
        },
        "response": {"items": "/pets", "total": "/count", style: "/at", "size": "/per"},
        "item": {"id": "/id", "time": "/born"},
    }
    parameters = {"start_at": read("startAt"), "page_size": read("pageSize")}
    assert written(extension, parameters) == (
        f"Pagination(operation=LIST, item=models.Pet, {shown}page='start_at', first=1, "
        "size='page_size', items='/pets', total='/count', echoed_page='/at', echoed_size='/per', "
        "item_id='/id', item_time='/born')"
    )


def test_cursors() -> None:
    extension = {
        "style": "cursor",
        "request": {"cursor": {"parameter": "after"}},
        "response": {"items": "/pets", "cursor": "/next", "more": "/hasMore"},
    }
    assert written(extension, {"after_": read("after")}) == (
        "Pagination(operation=LIST, item=models.Pet, style='cursor', page='after_', "
        "items='/pets', cursor='/next', more='/hasMore')"
    )


ORDER = {
    "field": {"parameter": "sortField", "value": "born"},
    "direction": {"parameter": "sort", "ascending": "asc", "descending": "desc"},
}


@pytest.mark.parametrize(
    ("default", "shown"), [("asc", ", descends=False"), ("desc", ""), (None, "")]
)
def test_the_order(default: str | None, shown: str) -> None:
    extension = {"style": "link", "response": {"items": ""}, "order": {**ORDER, "ties": "id"}}
    parameters = {"sort_field": read("sortField"), "sort": read("sort", default=default)}
    shown = (
        "order=Order(field='sort_field', by_time='born', direction='sort', ascending='asc', "
        f"descending='desc'{shown}, ties_by_id=True)"
    )
    assert shown in written(extension, parameters)


def test_an_order_that_cannot_be_chosen() -> None:
    """The newest come first then, and nothing is known of those of one moment."""
    extension = {"style": "link", "response": {"items": ""}, "order": {"ties": "none"}}
    assert written(extension).endswith("items='', order=Order())")


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("epoch-milliseconds", ""), ("epoch-seconds", ", per_second=1")],
)
def test_the_window(unit: str, shown: str) -> None:
    window = {
        "from": {"parameter": "startTime"},
        "to": {"parameter": "endTime"},
        "bounds": "half-open",
        "unit": unit,
        "retention": "P30D",
    }
    extension = {"style": "link", "response": {"items": ""}, "window": window}
    parameters = {"start_time": read("startTime"), "end": read("endTime")}
    assert written(extension, parameters).endswith(
        f"window=TimeWindow(start='start_time', end='end', bounds='half-open'{shown}, "
        "retention='P30D'))"
    )
    assert timestamp_parameters(extension) == {"startTime": False, "endTime": True}


def test_a_window_in_units_that_are_not_known_is_none() -> None:
    window = {"from": {"parameter": "a"}, "to": {"parameter": "b"}, "unit": "date-time"}
    extension = {"style": "link", "response": {"items": ""}, "window": window}
    assert "window" not in written(extension)
    assert timestamp_parameters(extension) == {}


def test_a_window_may_be_open_at_one_end() -> None:
    window = {"to": {"parameter": "b"}, "unit": "epoch-seconds"}
    assert timestamp_parameters({"window": window}) == {"b": True}


def test_the_one_deep_object_is_the_filter() -> None:
    filter_ = named(
        "Filter",
        ObjectShape((Property("actor", ListOf(Ref("Actor")), required=False, doc=""),), None),
    )
    actor = named("Actor", ObjectShape((Property("id", TEXT, required=False, doc=""),), None))
    entry = named("Pet", ObjectShape((Property("actorId", TEXT, required=False, doc=""),), None))
    schemas = {"Filter": filter_, "Actor": actor, "Pet": entry}
    extension = {"style": "link", "response": {"items": ""}}
    one = {"only": read("filter", Ref("Filter"), "deepObject"), "other": read("other")}
    assert written(extension, one, schemas).endswith(
        "filter='only', matches=(Match(group='actor', key='id', field='actorId'),))"
    )
    two = {**one, "more": read("more", Ref("Filter"), "deepObject")}
    assert "filter" not in written(extension, two, schemas)


def test_names_that_entries_may_have_besides_their_own() -> None:
    """Patterns that Python cannot read are left out."""
    entry = named("Pet", ObjectShape((), None, ("^x-", "[")))
    extension = {"style": "link", "response": {"items": ""}}
    assert written(extension, schemas={"Pet": entry}).endswith("expected=('^x-',))")
    assert "expected" not in written(extension, schemas={"Pet": named("Pet", Ref("Other"))})


def test_a_walk_sets_the_position_and_the_order() -> None:
    request = {
        "page": {"parameter": "p"},
        "offset": {"parameter": "o"},
        "cursor": {"parameter": "c"},
        "size": {"parameter": "s"},
    }
    assert paging_parameters({"request": request, "order": ORDER}) == {
        "p",
        "o",
        "c",
        "sortField",
        "sort",
    }
    assert paging_parameters({}) == frozenset()


@pytest.mark.parametrize(
    ("unit", "per_second"), [("epoch-seconds", 1), ("epoch-milliseconds", 1000)]
)
def test_moments_count_the_windows_units(unit: str, per_second: int) -> None:
    extension = {"window": {"unit": unit}}
    shape = Scalar("integer", "", (("minimum", 0), ("maximum", 9)))
    shown = "" if per_second == 1000 else f"per_second={per_second}, "
    found = epoch_time_schema(shape, extension, round_up=True)
    assert found == f"EpochTime({shown}round_up=True, minimum=0, maximum=9)"
    assert epoch_time_schema(Anything(), extension, round_up=False) == (
        "EpochTime()" if per_second == 1000 else f"EpochTime(per_second={per_second})"
    )


ANSWERS = {
    "Pet": PET,
    "Same": named("Same", Ref("Pet")),
    "Color": named("Color", TEXT),
    "Page": named(
        "Page",
        ObjectShape(
            (
                Property("other", ListOf(Ref("Color")), required=True, doc=""),
                Property("data", Ref("Data"), required=True, doc=""),
            ),
            None,
        ),
    ),
    "Data": named(
        "Data",
        ObjectShape(
            (
                Property("pets", ListOf(Ref("Pet")), required=True, doc=""),
                Property("same", ListOf(Ref("Same")), required=True, doc=""),
                Property("named", Ref("Pets"), required=True, doc=""),
                Property("colors", ListOf(Ref("Color")), required=True, doc=""),
                Property("texts", ListOf(TEXT), required=True, doc=""),
                Property("one", Ref("Pet"), required=True, doc=""),
            ),
            None,
        ),
    ),
    "Pets": named("Pets", ListOf(Ref("Pet"))),
    "AnyPet": replace(named("AnyPet", OneOf((Ref("Cat"), Ref("Pet")))), base="Pet"),
    "Cat": named("Cat", PET.shape),
}


@pytest.mark.parametrize(
    ("items", "entry"),
    [
        ("/data/pets", Ref("Pet")),
        ("/data/same", Ref("Same")),
        ("/data/named", Ref("Pet")),
        ("/data/colors", None),
        ("/data/texts", None),
        ("/data/one", None),
        ("/data/none", None),
        ("/data/pets/0", None),
        ("/pets", None),
        ("", None),
    ],
)
def test_an_entry_is_an_object_of_the_list_that_is_pointed_at(
    items: str, entry: Ref | None
) -> None:
    assert entry_shape(Ref("Page"), {"response": {"items": items}}, ANSWERS) == entry


def test_entries_that_extend_one_are_all_of_its_class() -> None:
    assert entry_shape(ListOf(Ref("AnyPet")), {"response": {"items": ""}}, ANSWERS) == Ref("Pet")


@pytest.mark.parametrize("answer", [Ref("Pets"), ListOf(Ref("Pet"))])
def test_the_answer_itself_may_be_the_list(answer: Shape) -> None:
    assert entry_shape(answer, {"response": {"items": ""}}, ANSWERS) == Ref("Pet")
