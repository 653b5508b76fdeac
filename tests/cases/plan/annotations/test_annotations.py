"""Python types of fields in responses, and of arguments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.normalize.schemas.shapes import (
    Anything,
    Discriminator,
    EnumShape,
    ObjectShape,
    Scalar,
)
from generator.planning.types.annotations import Annotations, optional, without_none
from generator.python.code import Code
from generator.python.types import DictType, ListType, Name, TypeExpression, UnionType
from tests.support.planning import named_shape

OBJECT = ObjectShape((), Anything())
SHAPES: dict[str, Any] = {
    **dict.fromkeys(("Pet", "Cat", "Dog", "Toy", "Ball"), OBJECT),
    "Color": EnumShape("string", ("red", "green")),
    "Level": EnumShape("integer", (1, 2)),
    **dict.fromkeys(("Id", "Born", "Tags", "Friend", "Nickname", "Whatever"), Scalar("string")),
    **dict.fromkeys(("Nothing", "Void", "Neither"), Scalar("null")),
}
ALIASES: dict[str, TypeExpression] = {
    "Id": Name("str"),
    "Born": Name("datetime"),
    "Tags": ListType(Name("str")),
    "Friend": UnionType((Name("Pet"), Name("Toy"))),
    "Nickname": UnionType((Name("str"), Name("None"))),
    "Whatever": Name("Any"),
    "Nothing": Name("None"),
    "Void": Name("Nothing"),
    "Neither": UnionType((Name("Nothing"), Name("Void"))),
}
KINDS = Discriminator("kind", {"Cat": ("cat",), "Dog": ("dog", "puppy")})
DISCRIMINATORS = {
    frozenset({"Cat", "Dog"}): KINDS,
    frozenset({"Ball", "Toy"}): Discriminator("sort", {"Ball": ("ball",), "Toy": ()}, "Toy"),
}
CAT = "Annotated[Cat, Tag(member='kind', values=('cat',))]"
DOG = "Annotated[Dog, Tag(member='kind', values=('dog', 'puppy'))]"
BALL = "Annotated[Ball, Tag(member='sort', values=('ball',))]"


@pytest.fixture
def writer() -> Annotations:
    schemas = {name: named_shape(name, shape) for name, shape in SHAPES.items()}
    return Annotations(schemas, ALIASES, DISCRIMINATORS)


def union(*options: str | TypeExpression) -> UnionType:
    return UnionType(tuple(Name(each) if isinstance(each, str) else each for each in options))


@pytest.mark.parametrize(
    ("type_", "field", "argument"),
    [
        (Name("str"), "str", "str"),
        (Name("Any"), "Any", "Any"),
        (Name("datetime"), "Timestamp", "dt.datetime"),
        (Name("date"), "dt.date", "dt.date"),
        (Name("Pet"), "Pet", "Pet | Mapping[str, Any]"),
        (Name("Color"), "Open[Color]", "Color"),
        (Name("Level"), "int", "Level"),
        (Name("Id"), "Id", "str"),
        (Name("Born"), "Born", "dt.datetime"),
        (ListType(Name("Color")), "list[Open[Color]]", "Sequence[Color]"),
        (DictType(Name("datetime")), "dict[str, Timestamp]", "Mapping[str, dt.datetime]"),
        (ListType(union("str", "int")), "list[str | int]", "Sequence[str | int]"),
    ],
)
def test_field_and_argument_have_their_types(
    writer: Annotations, type_: TypeExpression, field: str, argument: str
) -> None:
    """Enums are open in responses, and closed in arguments."""
    assert writer.field(type_) == field
    assert writer.argument(type_) == argument


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        (union("Id", "str"), "str"),
        (union("Pet", "Toy"), "Pet | Mapping[str, Any] | Toy"),
        (union("datetime", "None"), "dt.datetime | None"),
        (union("Nickname", "int"), "str | int | None"),
        (ListType(union("Nickname", "int")), "Sequence[str | int | None]"),
    ],
)
def test_argument_union_has_each_member_once_with_none_last(
    writer: Annotations, type_: TypeExpression, written: str
) -> None:
    """Aliases are replaced by their members."""
    assert writer.argument(type_) == written


@pytest.mark.parametrize(
    ("type_", "field", "argument"),
    [
        (Name("Nothing"), "None", "None"),
        (Name("Neither"), "None", "None"),
        (union("Nothing", "Void"), "None", "None"),
        (union("Void", "None"), "None", "None"),
        (union("Neither", "str"), "str | None", "str | None"),
        (ListType(union("Nothing", "None")), "list[None]", "Sequence[None]"),
    ],
)
def test_aliases_of_null_are_none(
    writer: Annotations, type_: TypeExpression, field: str, argument: str
) -> None:
    """Python does not unite None with None, whatever the aliases."""
    assert writer.field(type_) == field
    assert writer.argument(type_) == argument


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        (union("str", "int"), "str | int"),
        (union("int", "str", "None"), "int | str | None"),
        (union("Pet", "str", ListType(Name("int"))), "Pet | str | list[int]"),
        (union("datetime", "int"), "Timestamp | int"),
        (union("date", "Level"), "dt.date | int"),
        (union("Color", "str"), "Open[Color] | str"),
        (union("Level", "int"), "int"),
        (union("Nickname", "Pet"), "Nickname | Pet"),
        (union("Friend", "None"), "Friend | None"),
    ],
)
def test_union_that_json_distinguishes_is_a_plain_union(
    writer: Annotations, type_: TypeExpression, written: str
) -> None:
    assert writer.field(type_) == written


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        (union("Tags", ListType(Name("int"))), "Either[Tags | list[int]]"),
        (union("datetime", "date"), "Either[Timestamp | dt.date]"),
        (union("str", "datetime", "None"), "Either[str | Timestamp] | None"),
        (union("date", "Color"), "Either[dt.date | Open[Color]]"),
        (union("Born", "Id"), "Either[Born | Id]"),
        (union("Pet", "date", "str"), "Either[Pet | dt.date | str]"),
    ],
)
def test_union_that_json_does_not_distinguish_is_tried_in_order(
    writer: Annotations, type_: TypeExpression, written: str
) -> None:
    assert writer.field(type_) == written


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        (union("Pet", "Toy"), "Variant[Pet | Toy]"),
        (union("Pet", "Toy", "None"), "Variant[Pet | Toy] | None"),
        (union("Pet", DictType(Name("int"))), "Variant[Pet | dict[str, int]]"),
        (union("str", "Friend"), "Variant[str | Friend]"),
    ],
)
def test_union_of_objects_is_open(writer: Annotations, type_: TypeExpression, written: str) -> None:
    assert writer.field(type_) == written


@pytest.mark.parametrize("type_", [union("Any", "str"), union("None", "Whatever")])
def test_union_with_any_is_any(writer: Annotations, type_: TypeExpression) -> None:
    assert writer.field(type_) == "Any"


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        (union("Cat", "Dog"), f"Variant[{CAT} | {DOG}]"),
        (union("Dog", "Cat", "None"), f"Variant[{DOG} | {CAT}] | None"),
        (union("Cat", "str", "Dog"), f"Variant[{CAT} | str | {DOG}]"),
        (union("Cat", "Dog", ListType(Name("int"))), f"Variant[{CAT} | {DOG} | list[int]]"),
        (union("Cat", "Pet"), "Variant[Cat | Pet]"),
    ],
)
def test_union_with_a_discriminator_is_decoded_by_its_tag(
    writer: Annotations, type_: TypeExpression, written: str
) -> None:
    """Whatever other kinds of values the union has."""
    assert writer.field(type_) == written


def test_discriminator_of_a_union_comes_before_that_of_its_objects(writer: Annotations) -> None:
    own = Discriminator("sound", {"Cat": ("meow",), "Dog": ()})
    assert writer.field(UnionType((Name("Cat"), Name("Dog")), own)) == (
        "Variant[Annotated[Cat, Tag(member='sound', values=('meow',))] | Dog]"
    )


def test_default_of_a_discriminator_comes_first_and_has_all_other_values(
    writer: Annotations,
) -> None:
    own = Discriminator("sound", {"Cat": ("meow",), "Dog": ("woof",)}, default="Dog")
    assert writer.field(UnionType((Name("Cat"), Name("Dog")), own)) == (
        "Either[Annotated[Dog, Tag(member='sound', values=('woof',), is_default=True)]"
        " | Annotated[Cat, Tag(member='sound', values=('meow',))]]"
    )


def test_base_class_comes_first_in_a_union_with_its_subclass(
    writer: Annotations,
) -> None:
    assert writer.field(union("Ball", "Toy")) == f"Either[Toy | {BALL}]"


def test_types_of_another_module_are_qualified(writer: Annotations) -> None:
    """In that module a method may be called `list`."""
    other = writer.for_module("models.", "builtins.list")
    assert other.field(ListType(Name("Color"))) == "builtins.list[Open[models.Color]]"
    assert other.field(union("Pet", "Id", "int")) == "models.Pet | models.Id | int"
    assert other.field(union("Toy", "Ball")) == (
        "Either[models.Toy | Annotated[models.Ball, Tag(member='sort', values=('ball',))]]"
    )
    assert other.argument(union("Pet", "Color", "Born")) == (
        "models.Pet | Mapping[str, Any] | models.Color | dt.datetime"
    )


@pytest.mark.parametrize(
    ("type_", "argument"),
    [
        (Name("datetime"), "dt.datetime | str"),
        (Name("Born"), "dt.datetime | str"),
        (Name("date"), "dt.date | str"),
        (ListType(Name("str")), "abc.Sequence[str]"),
        (DictType(Name("date")), "abc.Mapping[str, dt.date | str]"),
        (Name("Pet"), "Pet | PetDict"),
        (Name("Cat"), "Cat | abc.Mapping[str, Any]"),
        (Name("Color"), "Color"),
    ],
)
def test_member_of_a_mapping_has_a_json_value_or_one_of_python(
    writer: Annotations, type_: TypeExpression, argument: str
) -> None:
    inside = replace(writer, in_mapping=True, mappings={"Pet": "PetDict"})
    assert inside.argument(type_) == argument


def test_typed_mapping_is_qualified_in_another_module(writer: Annotations) -> None:
    other = replace(writer, mappings={"Pet": "PetDict"}).for_module("models.", "list")
    assert other.argument(union("Pet", "Cat")) == (
        "models.Pet | models.PetDict | models.Cat | Mapping[str, Any]"
    )


@pytest.mark.parametrize(
    ("module", "annotation", "is_class"),
    [
        ("", "Pet", True),
        ("", "Color", False),
        ("", "Id", False),
        ("", "int", False),
        ("models.", "models.Pet", True),
        ("models.", "Pet", False),
        ("models.", "models.Color", False),
        ("models.", "str", False),
    ],
)
def test_classes_are_the_objects_of_the_module(
    writer: Annotations, module: str, annotation: str, *, is_class: bool
) -> None:
    assert writer.for_module(module, "list").is_class(annotation) is is_class


@pytest.mark.parametrize(
    ("annotation", "written"),
    [
        ("str", "str | None"),
        ("str | int", "str | int | None"),
        ("list[str | None]", "list[str | None] | None"),
        ("str | None", "str | None"),
        ("None", "None"),
        ("Any", "Any"),
    ],
)
def test_optional_adds_none_once(annotation: str, written: str) -> None:
    assert optional(Code(annotation)) == written


@pytest.mark.parametrize(
    ("type_", "rest"),
    [
        (union("str", "None"), Name("str")),
        (union("str", "int", "None"), union("str", "int")),
        (
            UnionType((Name("Cat"), Name("Dog"), Name("None")), KINDS),
            UnionType((Name("Cat"), Name("Dog")), KINDS),
        ),
        (Name("str"), Name("str")),
    ],
)
def test_without_none_removes_none(type_: TypeExpression, rest: TypeExpression) -> None:
    assert without_none(type_) == rest
