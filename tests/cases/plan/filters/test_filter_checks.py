"""Filter conditions with a known meaning, to compare entries with."""

from __future__ import annotations

from generator.normalize.schemas.shapes import (
    Anything,
    ListOf,
    NamedShape,
    ObjectShape,
    Property,
    Ref,
    Scalar,
    Shape,
)
from generator.planning.filter_checks import matches
from tests.support.planning import named_shape

TEXT = Scalar("string")
ID = Scalar("string", "", (("pattern", "^[0-9a-f]{24}$"),))


def members(**shapes: Shape) -> NamedShape:
    properties = tuple(
        Property(name, shape, required=False, doc="") for name, shape in shapes.items()
    )
    return named_shape("", ObjectShape(properties, None))


def match_texts(filter_: NamedShape, entry: NamedShape, **others: NamedShape) -> list[str]:
    schemas = {"Filter": filter_, "Entry": entry, **others}
    return [str(each) for each in matches(Ref("Filter"), Ref("Entry"), schemas)]


def test_condition_matches_the_field_named_by_group_and_member() -> None:
    pairs = matches(
        Ref("Filter"),
        Ref("Entry"),
        {
            "Filter": members(actor=ListOf(Ref("Actor")), target=ListOf(Ref("Actor"))),
            "Actor": members(id=TEXT, type=TEXT, other=TEXT),
            "Entry": members(actorId=TEXT, actorType=TEXT, targetId=TEXT, id=TEXT, actorid=TEXT),
        },
    )
    assert [str(each) for each in pairs] == [
        "Match(group='actor', key='id', field='actorId')",
        "Match(group='actor', key='type', field='actorType')",
        "Match(group='target', key='id', field='targetId')",
    ]


def test_only_the_first_letter_of_a_member_is_capitalized() -> None:
    entry = members(actorUserId=TEXT, actorUserid=TEXT)
    assert match_texts(members(actor=ListOf(Ref("A"))), entry, A=members(userId=TEXT)) == [
        "Match(group='actor', key='userId', field='actorUserId')"
    ]


def test_name_conditions_are_not_compared() -> None:
    filter_, entry = members(actor=ListOf(Ref("A"))), members(actorName=TEXT)
    assert match_texts(filter_, entry, A=members(name=TEXT)) == []


def test_plain_value_condition_matches_the_field_with_the_same_prefix_and_constraints() -> None:
    filter_ = members(resource=ListOf(ID))
    assert match_texts(filter_, members(resourceId=ID, resourceName=TEXT, actorId=ID)) == [
        "Match(group='resource', key='', field='resourceId')"
    ]
    assert match_texts(members(resourceIds=ListOf(ID)), members(resourceId=ID)) == [
        "Match(group='resourceIds', key='', field='resourceId')"
    ]


def test_plain_value_condition_with_no_or_several_candidates_is_not_compared() -> None:
    filter_ = members(resource=ListOf(ID))
    assert match_texts(filter_, members(resourceId=ID, resourceOther=ID)) == []
    assert match_texts(filter_, members(actorId=ID)) == []


def test_plain_value_condition_without_constraints_is_not_compared() -> None:
    assert match_texts(members(resource=ListOf(TEXT)), members(resourceId=TEXT)) == []
    assert match_texts(members(resource=ListOf(Anything())), members(resourceId=Anything())) == []


def test_condition_that_is_no_list_is_not_compared() -> None:
    assert match_texts(members(resource=ID), members(resourceId=ID)) == []


def test_schema_that_is_no_object_has_no_conditions() -> None:
    schemas = {"Filter": named_shape("", TEXT), "Entry": members(a=TEXT)}
    assert matches(Ref("Filter"), Ref("Entry"), schemas) == ()
    assert matches(Anything(), Ref("Entry"), schemas) == ()
