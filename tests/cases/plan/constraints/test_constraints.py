"""Constraints of arguments as schemas of the run time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.normalize.schemas.shapes import (
    Anything,
    Discriminator,
    EnumShape,
    ListOf,
    MapOf,
    ObjectShape,
    OneOf,
    Property,
    Ref,
    Scalar,
    Shape,
)
from generator.planning.constraints import Constraints
from generator.python.code import Code
from tests.support.planning import named_shape

TEXT, NUMBER, BYTES = Scalar("string"), Scalar("number"), Scalar("string", "binary")
SIMPLE: list[tuple[Shape, str]] = [
    (Anything(), "Schema()"),
    (Scalar("string", "date-time", (("minLength", 1),)), "DateTime()"),
    (Scalar("string", "date"), "Date()"),
    (Scalar("null"), "Null()"),
    (Scalar("boolean", "", (("enum", (True,)),)), "Boolean(enum=(True,))"),
    (
        Scalar("string", "", (("minLength", 1), ("maxLength", 9), ("pattern", "a"))),
        "String(min_length=1, max_length=9, pattern='a')",
    ),
    (
        Scalar("integer", "", (("minimum", 1), ("maximum", 9), ("multipleOf", 2))),
        "Integer(minimum=1, maximum=9, multiple_of=2)",
    ),
    (
        Scalar("number", "", (("exclusiveMinimum", 1), ("exclusiveMaximum", 9))),
        "Number(exclusive_minimum=1, exclusive_maximum=9)",
    ),
    (
        ListOf(TEXT, (("minItems", 1), ("maxItems", 9), ("uniqueItems", True))),
        "Array(items=String(), min_items=1, max_items=9, unique=True)",
    ),
    (MapOf(NUMBER), "Object(additional=Number())"),
    (OneOf((TEXT, NUMBER)), "AnyOf(options=(String(), Number()))"),
]


def member(name: str, shape: Shape, *, required: bool = False, read_only: bool = False) -> Property:
    return Property(name, shape, required, "", read_only=read_only)


PET = ObjectShape(
    (
        member("id", TEXT, required=True, read_only=True),
        member("name", TEXT, required=True),
        member("color", Ref("Color")),
        member("parent", Ref("Pet")),
    ),
    NUMBER,
)
SHAPES: dict[str, Any] = {
    "Pet": PET,
    "Color": EnumShape("string", ("red", "green")),
    "Level": EnumShape("integer", (1, 2)),
    "Name": Scalar("string", "", (("minLength", 1),)),
    "Closed": ObjectShape((member("name", Ref("Name")),), None),
    "Again": Ref("Closed"),
    "Several": OneOf((Ref("Closed"), MapOf(BYTES))),
}
SCHEMAS = {name: named_shape(name, shape) for name, shape in SHAPES.items()}


@pytest.fixture
def constraints() -> Constraints:
    return Constraints(SCHEMAS, {})


def constant_values(constraints: Constraints) -> dict[str, str]:
    return {each.name: each.value for each in constraints.constants()}


@pytest.mark.parametrize(("shape", "code"), SIMPLE)
def test_schema_has_the_constraints_of_its_kind(
    constraints: Constraints, shape: Shape, code: str
) -> None:
    assert constraints.schema(shape) == code
    assert constraints.constants() == ()


def test_named_schemas_become_constants_in_definition_order(constraints: Constraints) -> None:
    assert constraints.schema(Ref("Closed")) == "CLOSED"
    assert list(constant_values(constraints).items()) == [
        ("NAME", "String(min_length=1)"),
        ("CLOSED", "Object(properties={'name': NAME}, additional=None)"),
    ]


def test_used_schemas_are_written_once(constraints: Constraints) -> None:
    for _ in range(2):
        assert constraints.schema(Ref("Level")) == "LEVEL"
    assert constant_values(constraints) == {"LEVEL": "Integer(enum=get_args(models.Level))"}


def test_recursive_schema_is_deferred(constraints: Constraints) -> None:
    """Read-only properties are omitted: they come from the server."""
    constraints.schema(Ref("Pet"))
    assert constant_values(constraints) == {
        "COLOR": "String(enum=get_args(models.Color))",
        "PET": "Object(properties={'id': String(), 'name': String(), 'color': COLOR, "
        "'parent': Deferred(find=lambda: PET)}, required=('name',), additional=Number())",
    }
    # A type checker cannot tell the type of what is made of itself.
    assert [each.type for each in constraints.constants()] == [None, "Schema"]


def test_inheritance_schema_selects_by_tag_and_falls_back_to_the_base() -> None:
    cat, pet = ObjectShape((member("lives", NUMBER),), None), ObjectShape((), None)
    schemas = {
        "Cat": named_shape("Cat", cat),
        "Pet": named_shape("Pet", pet),
        "AnyPet": replace(named_shape("AnyPet", OneOf((Ref("Cat"), Ref("Pet")))), base="Pet"),
    }
    marks = Discriminator("kind", {"Cat": ("cat", "lion"), "Pet": ("pet",)}, otherwise="Pet")
    constraints = Constraints(schemas, {frozenset({"Cat", "Pet"}): marks})
    assert constraints.schema(Ref("AnyPet"), "c.") == "c.ANY_PET"
    assert constant_values(constraints) == {
        "CAT": "Object(properties={'lives': Number()}, additional=None)",
        "PET": "Object(additional=None)",
        "ANY_PET": "DiscriminatedObject(member='kind', "
        "known={'cat': CAT, 'lion': CAT, 'pet': PET}, otherwise=PET)",
    }


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (Ref("Name"), "constraints.NAME"),
        (ListOf(Ref("Name")), "Array(items=constraints.NAME)"),
        (MapOf(Ref("Name")), "Object(additional=constraints.NAME)"),
        (OneOf((Ref("Name"), TEXT)), "AnyOf(options=(constraints.NAME, String()))"),
    ],
)
def test_constants_are_qualified_in_other_modules(
    constraints: Constraints, shape: Shape, code: str
) -> None:
    assert constraints.schema(shape, "constraints.") == code
    assert constant_values(constraints) == {"NAME": "String(min_length=1)"}


FORMS: list[tuple[Shape | ObjectShape, str]] = [
    (
        ObjectShape((member("a", BYTES), member("b", TEXT, required=True)), None),
        "Object(properties={'a': FileSchema(), 'b': String()}, required=('b',), additional=None)",
    ),
    (
        ObjectShape(
            (
                member("photo", TEXT),
                member("photos", ListOf(Anything(), (("maxItems", 2),))),
                member("names", ListOf(Ref("Name"))),
                member("named", Ref("Name")),
            ),
            BYTES,
        ),
        (
            "Object(properties={'photo': FileSchema(), 'photos': Array(items=FileSchema(), "
            "max_items=2), 'names': Array(items=c.NAME), 'named': c.NAME}, additional=FileSchema())"
        ),
    ),
    (
        ObjectShape(
            (
                member("any", Anything()),
                member("one", OneOf((BYTES, Ref("Name")))),
                member("list", ListOf(Anything())),
                member("text", TEXT),
            ),
            Anything(),
        ),
        (
            "Object(properties={'any': FileSchema(otherwise=Schema()), "
            "'one': AnyOf(options=(FileSchema(), c.NAME)), "
            "'list': Array(items=FileSchema(otherwise=Schema())), 'text': String()}, "
            "additional=FileSchema(otherwise=Schema()))"
        ),
    ),
    (ObjectShape((), Ref("Name")), "Object(additional=c.NAME)"),
    (MapOf(BYTES), "Object(additional=FileSchema())"),
    (MapOf(Ref("Name")), "Object(additional=c.NAME)"),
    (Anything(), "Object(additional=FileSchema(otherwise=Schema()))"),
    (Ref("Again"), "Object(properties={'name': c.NAME}, additional=None)"),
    (
        Ref("Several"),
        (
            "AnyOf(options=(Object(properties={'name': c.NAME}, additional=None), "
            "Object(additional=FileSchema())))"
        ),
    ),
]


@pytest.mark.parametrize(("shape", "code"), FORMS)
def test_members_of_forms_may_be_files(constraints: Constraints, shape: Any, code: str) -> None:
    """Binary members, members with a media type, and members without a type."""
    assert constraints.form(shape, {"photo", "photos", "named"}, "c.") == code


def test_constants_are_unqualified_in_their_own_module(constraints: Constraints) -> None:
    assert constraints.form(MapOf(Ref("Name")), ()) == "Object(additional=NAME)"


def test_files_are_allowed_in_all_options_of_a_form() -> None:
    option = ObjectShape((member("photo", TEXT),), None)
    schemas = {"One": named_shape("One", option)}
    form = Constraints(schemas, {}).form(OneOf((Ref("One"), Ref("One"))), {"photo"})
    file = "Object(properties={'photo': FileSchema()}, additional=None)"
    assert form == f"AnyOf(options=({file}, {file}))"


def test_members_that_are_files_or_links_take_either_and_may_be_null(
    constraints: Constraints,
) -> None:
    shape = OneOf((ListOf(TEXT), Scalar("null"), TEXT))
    form: Any = ObjectShape((member("link", shape), member("file", shape)), None)
    assert constraints.form(form, {"file"}, links={"link"}) == (
        "Object(properties={'link': AnyOf(options=(Array(items=FileSchema(otherwise=String())), "
        "Null(), FileSchema(otherwise=String()))), "
        "'file': AnyOf(options=(Array(items=FileSchema()), Null(), FileSchema()))}, "
        "additional=None)"
    )


OBJECTS = OneOf((MapOf(TEXT), ListOf(Ref("Closed"), (("minItems", 1),)), Ref("Name"), Ref("Pet")))
ENCODED: Any = ObjectShape(
    (member("data", OBJECTS, required=True), member("only", Ref("Closed"))),
    Ref("Name"),
    patterns=(("^x", Ref("Name")), ("(?<=a+)", Ref("Name"))),
)


@pytest.mark.parametrize("is_multipart", [False, True])
def test_objects_in_a_member_that_the_caller_encodes_are_strings(
    constraints: Constraints, *, is_multipart: bool
) -> None:
    """Other members, and values that are no objects, keep their schemas; each option is once."""
    make = constraints.form if is_multipart else constraints.encoded_form
    encoded = dict.fromkeys(["data", "only"], Code("XML"))
    further: dict[str, Any] = {"files": ()} if is_multipart else {}
    assert make(ENCODED, encoded=encoded, module="c.", **further) == (
        "Object(properties={'data': AnyOf(options=(XML, Array(items=XML, min_items=1), c.NAME)), "
        "'only': XML}, required=('data',), patterns={'^x': c.NAME, '': Schema()}, "
        "additional=c.NAME)"
    )


def test_form_without_members_that_the_caller_encodes_is_its_schema(
    constraints: Constraints,
) -> None:
    xml = {"data": Code("XML")}
    assert constraints.encoded_form(Ref("Closed"), xml, "c.") == "c.CLOSED"
    assert constraints.encoded_form(MapOf(Ref("Name")), xml) == "Object(additional=NAME)"
    assert constraints.encoded_form(Ref("Closed"), {"name": Code("XML")}) == (
        "Object(properties={'name': NAME}, additional=None)"
    )


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (BYTES, "FileSchema()"),
        (ListOf(Ref("Name")), "Array(items=c.NAME)"),
        (Anything(), "FileSchema(otherwise=Schema())"),
    ],
)
def test_part_with_a_position_may_be_a_file(
    constraints: Constraints, shape: Shape, code: str
) -> None:
    assert constraints.form_field(shape, "c.") == code


def test_union_that_contains_itself_has_its_other_options_once() -> None:
    shapes: dict[str, Any] = {
        "Left": OneOf((Ref("Left"), Ref("Right"), MapOf(TEXT))),
        "Right": OneOf((Ref("Left"), MapOf(BYTES))),
    }
    schemas = {name: named_shape(name, shape) for name, shape in shapes.items()}
    assert Constraints(schemas, {}).form(Ref("Left"), ()) == (
        "AnyOf(options=(Object(additional=FileSchema()), Object(additional=String())))"
    )


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ((("maxProperties", 3),), "most=3"),
        ((("minProperties", 1),), "least=1"),
        ((("dependentRequired", (("a", ("b",)),)),), "together={'a': ('b',)}"),
    ],
)
def test_limits_of_objects_are_part_of_their_schemas(
    constraints: Constraints, limits: Any, code: str
) -> None:
    assert constraints.schema(MapOf(NUMBER, limits)) == (
        f"ConstrainedObject(additional=Number(), {code})"
    )


def test_schema_deep_inside_others_is_deferred_and_defined_after_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("generator.planning.constraints._DEEPEST", 3)
    shapes: dict[str, Any] = {f"S{n}": MapOf(Ref(f"S{n + 1}")) for n in range(3)} | {"S3": TEXT}
    constraints = Constraints({name: named_shape(name, each) for name, each in shapes.items()}, {})
    assert constraints.schema(Ref("S0")) == "S0"
    assert list(constant_values(constraints).items()) == [
        ("S2", "Object(additional=Deferred(find=lambda: S3))"),
        ("S1", "Object(additional=S2)"),
        ("S0", "Object(additional=S1)"),
        ("S3", "String()"),
    ]
