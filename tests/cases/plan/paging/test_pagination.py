"""Pagination of an operation, as described by `x-pagination`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.document import load
from generator.document.json_values import JsonObject
from generator.normalize.parameters import ParameterReading
from generator.normalize.schemas.shapes import (
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
    entry_classes,
    entry_shape,
    epoch_time_schema,
    is_by_time,
    pagination,
    paging_parameters,
    read_listing,
    time_unit,
    timestamp_parameters,
    upper_bound,
)
from generator.planning.plan.operations import Listing
from generator.python.code import Code
from generator.python.names import identifier
from tests.support.planning import named_shape, operations, plan_document

TEXT = Scalar("string")
WRITTEN = {"operation": Code("LIST"), "item": Code("models.Pet")}
PET = named_shape("Pet", ObjectShape((Property("id", TEXT, required=True, doc=""),), None))


def read(name: str, shape: Shape = TEXT, style: str = "form", default: Any = None) -> Any:
    return ParameterReading(
        wire_name=name,
        location="query",
        required=False,
        shape=shape,
        style=style,
        doc="",
        default=default,
        deprecated=False,
        node=PET.node,
    )


def pagination_text(
    extension: dict[str, Any],
    parameters: dict[str, ParameterReading] | None = None,
    schemas: dict[str, NamedShape] | None = None,
) -> str:
    known = {"Pet": PET, **(schemas or {})}
    return pagination(extension, parameters or {}, (Ref("Pet"),), known, **WRITTEN)


def test_pagination_omits_default_values() -> None:
    extension = {"style": "link", "response": {"items": "/items"}}
    assert pagination_text(extension) == (
        "Pagination(operation=LIST, item=models.Pet, style='link', find_link=next_link, "
        "items='/items')"
    )


def test_size_of_walks_is_part_of_the_pagination() -> None:
    size = {"parameter": "pageSize", "walk": 500}
    extension = {"style": "link", "request": {"size": size}, "response": {"items": ""}}
    assert pagination_text(extension, {"page_size": read("pageSize")}) == (
        "Pagination(operation=LIST, item=models.Pet, style='link', find_link=next_link, "
        "size='page_size', walk_size=500, items='')"
    )


@pytest.mark.parametrize(("style", "shown"), [("page", ""), ("offset", "style='offset', ")])
def test_page_and_offset_styles_have_parameters_and_pointers(style: str, shown: str) -> None:
    """Parameters by their Python names, response members by their JSON pointers."""
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
    assert pagination_text(extension, parameters) == (
        f"Pagination(operation=LIST, item=models.Pet, {shown}page='start_at', first=1, "
        "size='page_size', items='/pets', total='/count', echoed_page='/at', echoed_size='/per', "
        "item_id='/id', item_time='/born')"
    )


def test_cursor_style_has_a_cursor_and_a_more_pointer() -> None:
    extension = {
        "style": "cursor",
        "request": {"cursor": {"parameter": "after"}},
        "response": {"items": "/pets", "cursor": "/next", "more": "/hasMore"},
    }
    assert pagination_text(extension, {"after_": read("after")}) == (
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
def test_order_has_its_parameters_and_default_direction(default: str | None, shown: str) -> None:
    extension = {"style": "link", "response": {"items": ""}, "order": {**ORDER, "ties": "id"}}
    parameters = {"sort_field": read("sortField"), "sort": read("sort", default=default)}
    shown = (
        "order=TimeOrder(field='sort_field', by_time='born', direction='sort', ascending='asc', "
        f"descending='desc'{shown})"
    )
    assert shown in pagination_text(extension, parameters)


def test_order_without_parameters_is_fixed() -> None:
    """Newest entries come first, and ties have no known order."""
    extension = {"style": "link", "response": {"items": ""}, "order": {"ties": "none"}}
    assert pagination_text(extension).endswith("items='', order=TimeOrder())")


OLDEST = 'The newest entries come first, or the oldest with `order="oldest"`.'
NEWEST = "The newest entries come first."
ANY = "Entries come in the order of the service"


@pytest.mark.parametrize(
    ("extension", "defaults", "listed", "walked"),
    [
        ({}, {}, f"{ANY}.", f"{ANY}."),
        ({"window": {"unit": "epoch-seconds"}}, {}, f"{ANY}.", NEWEST),
        ({"window": {"unit": "days"}}, {}, f"{ANY}.", f"{ANY}."),
        ({"order": {"ties": "none"}}, {}, NEWEST, NEWEST),
        ({"order": ORDER}, {}, NEWEST, OLDEST),
        (
            {"order": ORDER},
            {"sort": "asc"},
            "The oldest entries come first by default; `sort` changes the order.",
            OLDEST,
        ),
        (
            {"order": ORDER},
            {"sortField": "born", "sort": "desc"},
            "The newest entries come first by default; `sort_field` and `sort` change the order.",
            OLDEST,
        ),
        (
            {"order": ORDER},
            {"sort": "asc", "sortField": "name"},
            f"{ANY}; `sort_field` and `sort` change it.",
            OLDEST,
        ),
    ],
)
def test_listing_has_the_order_of_its_entries(
    tmp_path: Path, extension: JsonObject, defaults: dict[str, str], listed: str, walked: str
) -> None:
    (tmp_path / "openapi.yaml").write_text("{}", "utf-8")
    parameters = {identifier(name): read(name, default=each) for name, each in defaults.items()}
    found = read_listing(load(tmp_path / "openapi.yaml"), extension, parameters)
    assert (found.order, found.walk_order) == (listed, walked)


@pytest.mark.parametrize(
    ("unit", "shown", "span"),
    [
        ("epoch-milliseconds", "", ", per_second=1000"),
        ("epoch-seconds", ", per_second=1", ""),
    ],
)
def test_window_has_its_parameters_bounds_unit_and_retention(
    unit: str, shown: str, span: str
) -> None:
    window = {
        "from": {"parameter": "startTime"},
        "to": {"parameter": "endTime"},
        "bounds": "half-open",
        "unit": unit,
        "retention": "P30D",
    }
    extension = {"style": "link", "response": {"items": ""}, "window": window}
    parameters = {"start_time": read("startTime"), "end": read("endTime")}
    assert pagination_text(extension, parameters).endswith(
        f"window=TimeWindow(start='start_time', end='end', bounds='half-open'{shown}, "
        f"retention='P30D'), span=TimeSpan(start='start_time', end='end'{span}))"
    )
    assert timestamp_parameters(extension) == {"startTime": False, "endTime": True}


def test_window_of_an_unknown_unit_is_ignored() -> None:
    window = {"from": {"parameter": "a"}, "to": {"parameter": "b"}, "unit": "date-time"}
    extension = {"style": "link", "response": {"items": ""}, "window": window}
    assert "window" not in pagination_text(extension)
    assert timestamp_parameters(extension) == {}


def test_window_of_an_unknown_unit_has_a_span() -> None:
    window = {"from": {"parameter": "a"}, "to": {"parameter": "b"}, "unit": "date-time"}
    extension = {"style": "link", "response": {"items": ""}, "window": window}
    written = pagination_text(extension, {"a": read("a"), "b": read("b")})
    assert written.endswith("items='', span=TimeSpan(start='a', end='b'))")


@pytest.mark.parametrize("bound", ["from", "to"])
def test_window_may_have_one_bound(bound: str) -> None:
    window = {bound: {"parameter": "b"}, "unit": "epoch-seconds"}
    assert timestamp_parameters({"window": window}) == {"b": bound == "to"}
    extension = {"style": "link", "response": {"items": ""}, "window": window}
    assert "span" not in pagination_text(extension, {"b": read("b")})


def test_only_deep_object_parameter_is_the_filter() -> None:
    filter_ = named_shape(
        "Filter",
        ObjectShape((Property("actor", ListOf(Ref("Actor")), required=False, doc=""),), None),
    )
    actor = named_shape("Actor", ObjectShape((Property("id", TEXT, required=False, doc=""),), None))
    entry = named_shape(
        "Pet", ObjectShape((Property("actorId", TEXT, required=False, doc=""),), None)
    )
    schemas = {"Filter": filter_, "Actor": actor, "Pet": entry}
    extension = {"style": "link", "response": {"items": ""}}
    one = {"only": read("filter", Ref("Filter"), "deepObject"), "other": read("other")}
    assert pagination_text(extension, one, schemas).endswith(
        "filter='only', matches=(Match(group='actor', key='id', field='actorId'),), "
        "check_filter=check_matches)"
    )
    two = {**one, "more": read("more", Ref("Filter"), "deepObject")}
    assert "filter" not in pagination_text(extension, two, schemas)


def test_expected_names_are_patterns_of_the_entry() -> None:
    """Patterns that Python cannot compile are omitted."""
    entry = named_shape("Pet", ObjectShape((), None, ("^x-", "[")))
    extension = {"style": "link", "response": {"items": ""}}
    assert pagination_text(extension, schemas={"Pet": entry}).endswith("expected=('^x-',))")
    assert "expected" not in pagination_text(
        extension, schemas={"Pet": named_shape("Pet", Ref("Other"))}
    )


def test_entries_of_several_classes_have_no_expected_names() -> None:
    entry = named_shape("Pet", ObjectShape((), None, ("^x-",)))
    extension = {"style": "link", "response": {"items": ""}}
    entries = (Ref("Pet"), Ref("Cat"))
    found = pagination(extension, {}, entries, {"Pet": entry, "Cat": entry}, **WRITTEN)
    assert "expected" not in found


def test_paging_parameters_are_position_and_order() -> None:
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
def test_epoch_time_has_the_unit_of_the_window(unit: str, per_second: int) -> None:
    extension = {"window": {"unit": unit}}
    assert time_unit(extension) == unit.removeprefix("epoch-")
    shown = "" if per_second == 1000 else f"per_second={per_second}, "
    limits = (("minimum", 0), ("exclusiveMaximum", 9))
    found = epoch_time_schema(limits, extension, round_up=True)
    assert found == f"EpochTime({shown}round_up=True, minimum=0, exclusive_maximum=9)"
    assert epoch_time_schema((), extension, round_up=False) == (
        "EpochTime()" if per_second == 1000 else f"EpochTime(per_second={per_second})"
    )


WINDOW: JsonObject = {
    "from": {"parameter": "startTime"},
    "to": {"parameter": "endTime"},
    "unit": "epoch-seconds",
}
BY_TIME: JsonObject = {"item": {"id": "/id", "time": "/at"}, "window": WINDOW}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"order": ORDER}, True),
        ({"window": {**WINDOW, "bounds": "inclusive"}}, True),
        ({"window": {**WINDOW, "unit": "date-time"}}, False),
        *(
            ({"window": {key: each for key, each in WINDOW.items() if key != missing}}, False)
            for missing in WINDOW
        ),
        ({"window": None}, False),
        ({"item": {"id": "/id"}}, False),
        ({"item": {"time": "/at"}}, False),
        ({"item": None}, False),
    ],
)
def test_list_is_read_by_time_if_it_has_a_window_in_units_and_entries_with_ids_and_times(
    change: JsonObject, *, expected: bool
) -> None:
    assert is_by_time({**BY_TIME, **change}) is expected


def test_listing_has_pointers_into_entries_and_python_names_of_arguments(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text("{}", "utf-8")
    document = load(tmp_path / "openapi.yaml")
    extension = {**BY_TIME, "request": {"size": {"parameter": "pageSize", "walk": 500}}}
    parameters = {
        "page_size": read("pageSize"),
        "start_time": read("startTime"),
        "where": replace(read("filter", style="deepObject"), node=document.root),
    }
    assert read_listing(document, extension, parameters) == Listing(
        id="/id",
        time="/at",
        start="start_time",
        size="page_size",
        walk_size=500,
        is_by_time=True,
        filter="where",
        filter_example=None,
        order=f"{ANY}.",
        walk_order=NEWEST,
    )
    assert read_listing(document, {}, {}) == Listing(
        id="",
        time="",
        start="",
        size="",
        walk_size=None,
        is_by_time=False,
        filter="",
        filter_example=None,
        order=f"{ANY}.",
        walk_order=f"{ANY}.",
    )


def test_upper_bound_is_the_parameter_for_the_end_of_the_window() -> None:
    assert upper_bound(BY_TIME) == "endTime"
    assert upper_bound({}) == ""


ANSWERS = {
    "Pet": PET,
    "Same": named_shape("Same", Ref("Pet")),
    "Color": named_shape("Color", TEXT),
    "Page": named_shape(
        "Page",
        ObjectShape(
            (
                Property("other", ListOf(Ref("Color")), required=True, doc=""),
                Property("data", Ref("Data"), required=True, doc=""),
            ),
            None,
        ),
    ),
    "Data": named_shape(
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
    "Pets": named_shape("Pets", ListOf(Ref("Pet"))),
    "AnyPet": replace(named_shape("AnyPet", OneOf((Ref("Cat"), Ref("Pet")))), base="Pet"),
    "Cat": named_shape("Cat", PET.shape),
}


def classes(response: Shape, items: str = "") -> tuple[Ref, ...]:
    """Return the objects that an entry of a response may be."""
    return entry_classes(entry_shape(response, {"response": {"items": items}}, ANSWERS), ANSWERS)


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
def test_entry_is_an_object_in_the_referenced_list(items: str, entry: Ref | None) -> None:
    assert classes(Ref("Page"), items) == ((entry,) if entry else ())


def test_entry_of_an_inheritance_union_is_the_base_class() -> None:
    assert classes(ListOf(Ref("AnyPet"))) == (Ref("Pet"),)


def test_entry_of_a_union_is_one_of_its_objects() -> None:
    union = OneOf((Ref("Cat"), OneOf((Ref("Same"), Ref("Cat"))), Scalar("null")))
    assert classes(ListOf(union)) == (Ref("Cat"), Ref("Same"))
    assert classes(ListOf(OneOf((Ref("Cat"), TEXT)))) == ()


@pytest.mark.parametrize("answer", [Ref("Pets"), ListOf(Ref("Pet"))])
def test_response_may_be_the_list_of_entries(answer: Shape) -> None:
    assert classes(answer) == (Ref("Pet"),)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("example: {name: Rex}", {"name": "Rex"}),
        ("examples: {far: {externalValue: a.json}, near: {value: {name: Tom}}}", {"name": "Tom"}),
        ("examples: {far: {externalValue: a.json}}", None),
        ("examples: {text: {serializedValue: 'filter[name]=Rex'}}", None),
        (
            "examples: {text: {serializedValue: '{}'}, near: {dataValue: {name: Tom}}}",
            {"name": "Tom"},
        ),
    ],
)
def test_example_of_a_filter_is_the_first_one_in_the_document_that_is_not_serialized(
    tmp_path: Path, written: str, expected: object
) -> None:
    _, package = plan_document(
        tmp_path,
        f"""\
paths:
  /pets:
    get:
      operationId: pets.list
      parameters:
        - {{name: page, in: query, schema: {{type: integer}}}}
        - name: filter
          in: query
          style: deepObject
          explode: true
          schema: {{type: object, properties: {{name: {{type: string}}}}}}
          {written}
      x-pagination: {{style: page, request: {{page: {{parameter: page}}}}, response: {{items: ''}}}}
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              schema:
                type: array
                items: {{type: object, properties: {{name: {{type: string}}}}}}
""",
    )
    found = operations(package)["pets.list"].listing
    assert found is not None
    assert found.filter_example == expected
