"""Which conditions of a filter have a meaning that is known, so that answers can be held to it."""

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
from tests.support.planning import named

TEXT = Scalar("string")
ID = Scalar("string", "", (("pattern", "^[0-9a-f]{24}$"),))


def members(**shapes: Shape) -> NamedShape:
    properties = tuple(
        Property(name, shape, required=False, doc="") for name, shape in shapes.items()
    )
    return named("", ObjectShape(properties, None))


def found(filter_: NamedShape, entry: NamedShape, **others: NamedShape) -> list[str]:
    schemas = {"Filter": filter_, "Entry": entry, **others}
    return [str(each) for each in matches(Ref("Filter"), Ref("Entry"), schemas)]


def test_a_member_of_a_group_means_the_member_that_both_name() -> None:
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


def test_only_the_first_letter_is_raised() -> None:
    entry = members(actorUserId=TEXT, actorUserid=TEXT)
    assert found(members(actor=ListOf(Ref("A"))), entry, A=members(userId=TEXT)) == [
        "Match(group='actor', key='userId', field='actorUserId')"
    ]


def test_how_names_are_compared_is_not_known() -> None:
    filter_, entry = members(actor=ListOf(Ref("A"))), members(actorName=TEXT)
    assert found(filter_, entry, A=members(name=TEXT)) == []


def test_plain_values_mean_the_one_member_of_the_same_beginning_and_limits() -> None:
    filter_ = members(resource=ListOf(ID))
    assert found(filter_, members(resourceId=ID, resourceName=TEXT, actorId=ID)) == [
        "Match(group='resource', key='', field='resourceId')"
    ]
    assert found(members(resourceIds=ListOf(ID)), members(resourceId=ID)) == [
        "Match(group='resourceIds', key='', field='resourceId')"
    ]


def test_and_nothing_if_there_are_several_or_none() -> None:
    filter_ = members(resource=ListOf(ID))
    assert found(filter_, members(resourceId=ID, resourceOther=ID)) == []
    assert found(filter_, members(actorId=ID)) == []


def test_or_if_nothing_tells_them_from_other_values() -> None:
    assert found(members(resource=ListOf(TEXT)), members(resourceId=TEXT)) == []
    assert found(members(resource=ListOf(Anything())), members(resourceId=Anything())) == []


def test_what_is_no_list_of_alternatives_is_left_out() -> None:
    assert found(members(resource=ID), members(resourceId=ID)) == []


def test_what_is_no_object_has_no_members() -> None:
    schemas = {"Filter": named("", TEXT), "Entry": members(a=TEXT)}
    assert matches(Ref("Filter"), Ref("Entry"), schemas) == ()
    assert matches(Anything(), Ref("Entry"), schemas) == ()
