"""Which Python types fields and arguments have: as they come, and as they are given."""

from __future__ import annotations

from typing import Any

import pytest

from generator.normalize.schemas.shapes import (
    Anything,
    Discriminator,
    EnumShape,
    ObjectShape,
    Scalar,
)
from generator.planning.annotations import Annotations, optional, without_none
from generator.python.code import Code
from generator.python.types import DictType, ListType, Name, TypeExpression, UnionType
from tests.support.planning import named

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
DISCRIMINATORS = {
    frozenset({"Cat", "Dog"}): Discriminator("kind", {"Cat": ("cat",), "Dog": ("dog", "puppy")}),
    frozenset({"Ball", "Toy"}): Discriminator("sort", {"Ball": ("ball",), "Toy": ()}, "Toy"),
}
CAT = "Annotated[Cat, Tag(member='kind', values=('cat',))]"
DOG = "Annotated[Dog, Tag(member='kind', values=('dog', 'puppy'))]"
BALL = "Annotated[Ball, Tag(member='sort', values=('ball',))]"


@pytest.fixture
def writer() -> Annotations:
    schemas = {name: named(name, shape) for name, shape in SHAPES.items()}
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
def test_types(writer: Annotations, type_: TypeExpression, field: str, argument: str) -> None:
    """What is known of answers may grow; what is known of arguments holds."""
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
def test_an_argument_of_several_types(
    writer: Annotations, type_: TypeExpression, written: str
) -> None:
    """Each stands there once, None last."""
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
def test_names_of_nothing_but_null_are_none(
    writer: Annotations, type_: TypeExpression, field: str, argument: str
) -> None:
    """Python does not join None with None, by whatever names."""
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
def test_types_that_json_tells_apart_are_a_plain_union(
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
def test_what_json_does_not_tell_apart_is_tried(
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
def test_one_of_several_objects_may_be_another_one(
    writer: Annotations, type_: TypeExpression, written: str
) -> None:
    assert writer.field(type_) == written


@pytest.mark.parametrize("type_", [union("Any", "str"), union("None", "Whatever")])
def test_any_value_is_no_choice(writer: Annotations, type_: TypeExpression) -> None:
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
def test_objects_are_told_apart_by_what_marks_them(
    writer: Annotations, type_: TypeExpression, written: str
) -> None:
    """Whatever other kinds of values there are."""
    assert writer.field(type_) == written


def test_what_all_others_are_comes_first_and_leaves_nothing_unknown(
    writer: Annotations,
) -> None:
    assert writer.field(union("Ball", "Toy")) == f"Either[Toy | {BALL}]"


def test_another_module_says_where_types_are(writer: Annotations) -> None:
    """There a method may be called `list`."""
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
def test_none_is_allowed_once(annotation: str, written: str) -> None:
    assert optional(Code(annotation)) == written


@pytest.mark.parametrize(
    ("type_", "rest"),
    [
        (union("str", "None"), Name("str")),
        (union("str", "int", "None"), union("str", "int")),
        (Name("str"), Name("str")),
    ],
)
def test_none_can_be_left_out(type_: TypeExpression, rest: TypeExpression) -> None:
    assert without_none(type_) == rest
