"""Class names derived from the document."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

SCHEMAS = """\
    Page: {type: object, properties: {field: {type: string}, list: {type: array, items: {}}}}
    Client: {type: object, properties: {msgspec: {type: string}, dt: {type: string}}}
    Operation: {type: object, properties: {raw: {type: string}, str: {type: string, default: x}}}
    Literal: {type: object, properties: {Any: {type: string}, none: {type: string}}}
    PetsError: {type: object, properties: {class: {type: string}}}
    v1.dotted.Name: {type: object, properties: {a: {type: string}}}
    Größe: {type: object, properties: {länge: {type: number}}}
    class: {type: string, enum: [asc, ASC, '', '1', import]}
    Order:
      type: object
      properties:
        items: {type: array, items: {type: object, properties: {id: {type: string}}}}
        entries: {type: array, items: {type: object, properties: {number: {type: integer}}}}
        boxes: {type: array, items: {type: object, properties: {width: {type: number}}}}
        status: {type: array, items: {type: object, properties: {open: {type: boolean}}}}
    Answer:
      type: object
      properties:
        page: {$ref: '#/components/schemas/Page'}
        client: {$ref: '#/components/schemas/Client'}
        operation: {$ref: '#/components/schemas/Operation'}
        literal: {$ref: '#/components/schemas/Literal'}
        error: {$ref: '#/components/schemas/PetsError'}
        dotted: {$ref: '#/components/schemas/v1.dotted.Name'}
        größe: {$ref: '#/components/schemas/Größe'}
        sort: {$ref: '#/components/schemas/class'}
        order: {$ref: '#/components/schemas/Order'}
"""


@pytest.fixture(scope="module")
def schemas() -> str:
    return SCHEMAS


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("page", "Page_"),
        ("client", "Client_"),
        ("operation", "Operation"),
        ("literal", "Literal_"),
        ("error", "PetsError"),
        ("dotted", "V1DottedName"),
        ("größe", "Größe"),
        ("order", "Order"),
    ],
)
def test_class_is_named_like_its_schema_unless_the_name_is_reserved(
    read: Any, name: str, kind: str
) -> None:
    assert type(getattr(read({name: {}}), name)).__name__ == kind


def test_names_of_the_package_are_not_replaced(pets: Any) -> None:
    assert inspect.isclass(pets.Client)
    assert not hasattr(pets.Client, "__struct_fields__")
    assert issubclass(pets.NotFoundError, pets.PetsError_)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("items", "OrderItem"),
        ("entries", "OrderEntry"),
        ("boxes", "OrderBox"),
        ("status", "OrderStatus"),
    ],
)
def test_inline_object_is_named_after_its_position(read: Any, place: str, kind: str) -> None:
    """The class of an item has the singular."""
    listed = getattr(read({"order": {place: [{}]}}).order, place)
    assert type(listed[0]).__name__ == kind


def test_enum_values_that_differ_in_case_have_distinct_constants(pets: Any) -> None:
    importlib.import_module(f"{pets.__name__}.constants")
    constants: type[Any] = pets.constants.Class
    values = {value for name, value in vars(constants).items() if not name.startswith("__")}
    assert values == {"asc", "ASC", "", "1", "import"}


def test_members_named_like_python_keywords_are_decoded(read: Any) -> None:
    assert read({"page": {"field": "a", "list": [1]}}).page.list_ == [1]
    assert read({"operation": {"raw": "a", "str": "b"}}).operation.raw_ == "a"
    assert read({"error": {"class": "a"}}).error.class_ == "a"
