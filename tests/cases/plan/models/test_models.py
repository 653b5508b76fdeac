"""Classes, enums and aliases: names and members."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.normalize.schemas.shapes import (
    Anything,
    EnumShape,
    ListOf,
    NamedShape,
    ObjectShape,
    Property,
    Ref,
    Scalar,
)
from generator.planning import models
from generator.planning.directions import Directions
from generator.planning.plan.models import Field, Model
from generator.planning.types.annotations import Annotations
from generator.planning.types.model_types import ModelTypes
from generator.python.types import ListType, Name, TypeExpression, UnionType
from tests.support.planning import named_shape, plan_document

TEXT = Scalar("string")
NOWHERE = Directions(frozenset(), frozenset())


def member(name: str, *, required: bool = True, doc: str = "", **flags: bool) -> Property:
    return Property(name, TEXT, required, doc, **flags)


def model(
    *members: Property,
    types: tuple[TypeExpression, ...] = (),
    directions: Directions = NOWHERE,
    expected: tuple[str, ...] = (),
) -> Model:
    """Plan the class `Pet`; its members are strings by default."""
    schemas = {"Pet": named_shape("Pet", ObjectShape(members, None, expected))}
    written = ModelTypes({"Pet": types or (Name("str"),) * len(members)}, {}, {})
    planner = models.ModelPlanner(schemas, written, Annotations(schemas, {}, {}), directions)
    (planned_model,) = planner.models()
    return planned_model


def only_field(member: Property, type_: TypeExpression, **options: Any) -> Field:
    (field,) = model(member, types=(type_,), **options).fields
    return field


@pytest.mark.parametrize(
    ("wire_names", "python_names"),
    [
        (["orgId", "first-name"], ["org_id", "first_name"]),
        (["raw", "extra", "toDict", "toJson"], ["raw_", "extra_", "to_dict_", "to_json_"]),
        (["dt", "msgspec"], ["dt_", "msgspec_"]),
        (["list", "str", "class"], ["list_", "str_", "class_"]),
        (["a-b", "a_b", "aB"], ["a_b", "a_b2", "a_b3"]),
    ],
)
def test_field_names_are_unique_and_not_reserved(
    wire_names: list[str], python_names: list[str]
) -> None:
    """A name must not hide one that classes have or the module uses."""
    properties = tuple(member(name) for name in wire_names)
    assert models.field_names(ObjectShape(properties, None)) == python_names
    assert [each.name for each in model(*properties).fields] == python_names
    assert [each.wire_name for each in model(*properties).fields] == wire_names


@pytest.mark.parametrize(
    ("wire_names", "renames", "explicit"),
    [
        (["name", "age"], False, []),
        (["first_name", "age"], False, []),
        (["firstName", "age"], True, []),
        (["firstName", "last_name"], False, ["firstName"]),
        (["first-name", "age"], False, ["first-name"]),
        (["firstName", "class", "list"], True, ["class", "list"]),
        (["name", "class"], False, ["class"]),
        (["class_", "a"], False, []),
        (["sha256Hash", "_type"], False, ["sha256Hash", "_type"]),
        (["sha256Hash", "orgIds"], True, []),
        (["a1", "lineNo2"], True, []),
    ],
)
def test_json_names_that_follow_the_rename_rule_are_not_explicit(
    wire_names: list[str], *, renames: bool, explicit: list[str]
) -> None:
    """The rule is msgspec's `camel`, if it fits every name that is not a Python name already."""
    found = model(*(member(name) for name in wire_names))
    assert found.is_camel_case == renames
    assert [each.wire_name for each in found.fields if each.has_explicit_name] == explicit
    written = {each.name: each.wire_name for each in found.fields if each.has_explicit_name}
    struct = msgspec.defstruct(
        "Pet",
        [(each.name, str, msgspec.field(name=written.get(each.name))) for each in found.fields],
        rename="camel" if found.is_camel_case else None,
    )
    assert [each.encode_name for each in msgspec.structs.fields(struct)] == wire_names


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a\nb", "(raw)"])
def test_property_name_that_msgspec_rejects_is_no_field(name: str) -> None:
    found = model(member("firstName"), member(name), types=(Name("int"), Name("str")))
    assert [(each.name, each.annotation) for each in found.fields] == [("first_name", "int")]
    assert found.is_camel_case is True


@pytest.mark.parametrize(
    ("property_", "type_", "annotation"),
    [
        (member("a"), Name("datetime"), "Timestamp"),
        (member("a", required=False), Name("datetime"), "Timestamp | None"),
        (member("a"), UnionType((Name("str"), Name("None"))), "str | None"),
        (member("a", required=False), UnionType((Name("str"), Name("None"))), "str | None"),
        (member("a", sensitive=True), Name("str"), "Sensitive[str]"),
        (member("a", required=False, sensitive=True), Name("str"), "Sensitive[str] | None"),
    ],
)
def test_field_annotation_has_optionality_and_sensitivity(
    property_: Property, type_: TypeExpression, annotation: str
) -> None:
    """An optional field may be None; a sensitive one is annotated."""
    found = only_field(property_, type_)
    assert found.annotation == annotation
    assert found.required == property_.required


@pytest.mark.parametrize(
    ("property_", "doc"),
    [
        (member("a", doc="Its name."), "Its name."),
        (member("a", doc="Its name.", deprecated=True), "Deprecated. Its name."),
        (member("a", deprecated=True), "Deprecated."),
    ],
)
def test_field_description_mentions_deprecation(property_: Property, doc: str) -> None:
    assert only_field(property_, Name("str")).doc == doc


def test_read_only_field_of_a_shared_class_is_optional() -> None:
    found = only_field(
        member("id", read_only=True),
        Name("int"),
        directions=Directions(frozenset({"Pet"}), frozenset({"Pet"})),
    )
    assert (found.required, found.annotation, found.doc) == (
        False,
        "int | None",
        "Only in responses.",
    )


CONSTANTS = """\
paths:
  /pets:
    post:
      operationId: pets.add
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}
    Dog: {type: object, properties: {kind: {type: string}}}
    Cat:
      type: object
      required: [required, nullable]
      properties:
        kind: {type: string, const: cat}
        required: {type: integer, const: 3}
        nullable: {oneOf: [{type: string, const: a}, {type: 'null'}]}
        optional: {type: string, const: b}
        usual: {type: string, const: c, default: c}
        secret: {type: string, const: d, x-sensitive: true}
        either: {oneOf: [{type: string, const: a}, {type: 'null'}]}
        other: {type: [string, 'null']}
"""


def test_field_with_one_value_has_it_as_its_default_if_the_value_is_certain(
    tmp_path: Path,
) -> None:
    """Null may be sent, so that a nullable field of a request body has a default of its own."""
    _, package = plan_document(tmp_path, CONSTANTS)
    fields = next(each.fields for each in package.models if each.name == "Cat")
    assert [(each.name, each.annotation, each.required, each.default) for each in fields] == [
        ("kind", "Constant[Literal['cat']]", False, "'cat'"),
        ("required", "Constant[Literal[3]]", False, "3"),
        ("nullable", "Constant[Literal['a']] | None", True, None),
        ("optional", "Constant[Literal['b']] | None", False, None),
        ("usual", "Constant[Literal['c']]", False, "'c'"),
        ("secret", "Sensitive[Constant[Literal['d']]] | None", False, None),
        ("either", "Constant[Literal['a']] | None", False, "MISSING"),
        ("other", "str | None", False, "MISSING"),
    ]


def test_field_of_a_script_without_case_is_not_named_like_a_class(tmp_path: Path) -> None:
    name = "{type: object, properties: {名: {type: string}, 字: {type: string}}}"
    _, package = plan_document(tmp_path, f"paths: {{}}\ncomponents: {{schemas: {{名: {name}}}}}\n")
    (found,) = package.models
    assert found.name == "名"
    assert [(each.name, each.wire_name) for each in found.fields] == [("名_", "名"), ("字", "字")]


@pytest.mark.parametrize(
    ("schema", "is_open"),
    [
        ("{type: object, properties: {a: {}}}", False),
        ("{type: object, properties: {a: {}}, additionalProperties: {type: string}}", True),
    ],
)
def test_class_is_open_if_the_document_describes_further_members(
    tmp_path: Path, schema: str, *, is_open: bool
) -> None:
    _, package = plan_document(tmp_path, f"paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n")
    (found,) = package.models
    assert found.is_open is is_open


def test_expected_patterns_are_kept() -> None:
    assert model(member("a"), expected=("^_",)).expected == ("^_",)


COMPONENTS = """\
paths: {}
components:
  schemas:
    Pet: {type: object, description: A pet., properties: {name: {type: string}}}
    Old: {type: object, description: An old one., deprecated: true, properties: {a: {type: string}}}
    Older: {type: object, deprecated: true, properties: {a: {type: string}}}
    Kept: {type: object, deprecated: false, properties: {a: {type: string}}}
"""


def test_class_docstring_has_description_and_deprecation(tmp_path: Path) -> None:
    _, package = plan_document(tmp_path, COMPONENTS)
    notice = "Deprecated in the OpenAPI document."
    assert [(each.name, each.doc) for each in package.models] == [
        ("Pet", "A pet."),
        ("Old", f"An old one.\n\n{notice}"),
        ("Older", f"Older\n\n{notice}"),
        ("Kept", ""),
    ]


def test_descriptions_of_a_class_call_its_fields_by_their_python_names(tmp_path: Path) -> None:
    properties = "{orgId: {type: string, description: 'Unlike `firstName`.'}, firstName: {}}"
    pet = f"{{type: object, description: 'Has an `orgId`.', properties: {properties}}}"
    _, package = plan_document(tmp_path, f"paths: {{}}\ncomponents: {{schemas: {{Pet: {pet}}}}}\n")
    (found,) = package.models
    assert found.doc == "Has an `org_id`."
    assert [each.doc for each in found.fields] == ["Unlike `first_name`.", ""]


@pytest.mark.parametrize(
    ("values", "members"),
    [
        (("red", "dark green"), ["RED", "DARK_GREEN"]),
        (("orgId", ""), ["ORG_ID", "EMPTY"]),
        ((1, 20, -1), ["N1", "N20", "MINUS_1"]),
        (("asc", "ASC"), ["Asc", "ASC"]),
        (("ASC", "asc"), ["ASC", "Asc"]),
        (("dark_Red", "dark_red"), ["dark_Red", "DARK_RED"]),
        (("Asc", "ASC", "desc"), ["Asc", "ASC", "DESC"]),
        (("ASC", "asc", "Asc"), ["ASC", "Asc", "Asc2"]),
        (("a b", "a-b"), ["A_B", "A_B2"]),
    ],
)
def test_enum_members_have_unique_names(values: tuple[str | int, ...], members: list[str]) -> None:
    """Values that differ only in case keep their case; other duplicates get numbers."""
    kind = "string" if isinstance(values[0], str) else "integer"
    color = replace(named_shape("Color", EnumShape(kind, values)), doc="Colors.")
    (found,) = models.enumerations({"Pet": PET, "Color": color})
    assert (found.name, found.doc) == ("Color", "Colors.")
    assert found.members == tuple(zip(members, values, strict=True))


PET = named_shape("Pet", ObjectShape((), Anything()))


def test_aliases_are_ordered_by_definition() -> None:
    schemas: dict[str, NamedShape] = {
        "Pets": replace(named_shape("Pets", ListOf(Ref("Id"))), doc="Many."),
        "Pet": PET,
        "Color": named_shape("Color", EnumShape("string", ("red",))),
        "Id": replace(named_shape("Id", TEXT), doc="A number."),
    }
    written: dict[str, TypeExpression] = {
        "Color": Name("str"),
        "Id": Name("datetime"),
        "Pets": ListType(Name("Id")),
    }
    types = ModelTypes({"Pet": ()}, written, {})
    found = models.aliases(schemas, types, Annotations(schemas, written, {}))
    assert [(each.name, each.doc, each.annotation) for each in found] == [
        ("Id", "A number.", "Timestamp"),
        ("Pets", "Many.", "list[Id]"),
    ]
