"""The plan of a package: service, resources, scopes and required modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import pipeline
from generator.planning.plan.package import Package
from generator.planning.plan.service import Scope, Service
from tests.support.planning import HEAD

FINE = "responses: {'204': {description: Fine.}}"
PET = "{$ref: '#/components/schemas/Pet'}"
LISTS = (
    "responses: {'200': {description: Fine., content: {application/json: {schema: "
    f"{{type: array, items: {PET}}}}}}}}}}}"
)
PATHS = f"paths:\n  /pets: {{get: {{operationId: pets.get, {FINE}}}}}\n"


def plan(folder: Path, document: str, *, head: str = HEAD, command: str = "") -> Package:
    spec = folder / "shop.yaml"
    spec.write_text(head + document, "utf-8")
    return pipeline.plan_package(
        spec, "pet_store", strict=False, command=command, http="httpx", compares=False
    )[1]


def service(folder: Path, client: str, document: str = PATHS) -> Service:
    head = HEAD.replace("version: 1.0.0", f"version: 1.0.0, x-client: {client}")
    return plan(folder, document, head=head).service


def test_service_has_title_version_and_base_url(tmp_path: Path) -> None:
    head = """\
openapi: 3.1.0
info: {title: Pets, description: All about pets., version: 1.2.3}
servers:
  - {url: 'https://{place}.example.com', variables: {place: {default: a}}}
  - {url: 'https://b.example.com'}
"""
    found = plan(tmp_path, PATHS, head=head)
    assert found.name == "pet_store"
    assert found.document == "shop.yaml"
    assert found.service == Service(
        title="Pets",
        doc="All about pets.",
        version="1.2.3",
        error="PetError",
        environment="PET",
        user_agent="pet-store",
        base_url="https://a.example.com",
    )
    assert [each.url for each in found.servers] == [
        "https://{place}.example.com",
        "https://b.example.com",
    ]


@pytest.mark.parametrize(("command", "usages"), [("", []), ("shop", ["pets get"])])
def test_package_with_a_command_line_has_commands(
    tmp_path: Path, command: str, usages: list[str]
) -> None:
    found = plan(tmp_path, PATHS, command=command)
    assert (found.http, found.command) == ("httpx", command)
    assert [text for each in found.commands for _, text in each.usages] == usages


def test_commands_have_the_check_and_the_columns_of_objects(tmp_path: Path) -> None:
    head = HEAD.replace("version: 1.0.0", "version: 1.0.0, x-client: {check: pets.get}")
    one = LISTS.replace(f"{{type: array, items: {PET}}}", PET)
    document = f"""\
paths:
  /pets: {{get: {{operationId: pets.get, {one}}}}}
components: {{schemas: {{Pet: {{type: object, properties: {{name: {{}}, age: {{}}}}}}}}}}
"""
    (pets,) = plan(tmp_path, document, head=head, command="shop").commands
    assert pets.usages == (("call", "pets get"), ("check", "pets check"))
    assert "columns=('name', 'age')" in pets.methods


def test_service_has_the_recipes_and_the_generation_of_its_document(tmp_path: Path) -> None:
    found = service(tmp_path, "{recipes: recipes.md}")
    assert (found.recipes, found.accepts_empty_objects) == ("recipes.md", True)
    first = plan(tmp_path, PATHS, head=f"{HEAD}x-generator: 1\n").service
    assert (first.recipes, first.accepts_empty_objects) == ("", False)


def test_service_without_servers_has_no_base_url(tmp_path: Path) -> None:
    head = HEAD.partition("servers:")[0]
    assert plan(tmp_path, PATHS, head=head).service.base_url == ""


@pytest.mark.parametrize(
    ("client", "error", "environment", "user_agent"),
    [
        (
            "{error: ShopError, environment: SHOP, user-agent: shop-client}",
            "ShopError",
            "SHOP",
            "shop-client",
        ),
        ("{error: Fault}", "Fault", "PET", "pet-store"),
        ("{error: a b, environment: a b, user-agent: a b}", "PetError", "PET", "pet-store"),
        ("{error: shop_error, environment: 1A, user-agent: ''}", "PetError", "PET", "pet-store"),
    ],
)
def test_service_names_come_from_the_client_extension_or_the_package_name(
    tmp_path: Path, client: str, error: str, environment: str, user_agent: str
) -> None:
    """Invalid names are replaced by those derived from the package name."""
    found = service(tmp_path, client)
    assert (found.error, found.environment, found.user_agent) == (error, environment, user_agent)


@pytest.mark.parametrize(
    ("client", "error"),
    [("{}", "PetError_"), ("{error: Model}", "Model_"), ("{error: ShopError}", "ShopError")],
)
def test_error_class_name_differs_from_every_other_class(
    tmp_path: Path, client: str, error: str
) -> None:
    schemas = "components: {schemas: {PetError: {type: object, properties: {a: {type: string}}}}}"
    assert service(tmp_path, client, PATHS + schemas).error == error


TAGS = """\
tags: [{name: Pets, description: All pets.}, {name: Toys}, {name: Homes, description: All homes.}]
"""


def test_resources_are_ordered_and_described_by_tags(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        f"""\
{TAGS}
paths:
  /a: {{get: {{operationId: pets.get, tags: [Pets, Homes], {FINE}}}}}
  /b: {{get: {{operationId: toys.get, tags: [Toys], {FINE}}}}}
  /c: {{get: {{operationId: pets.find, tags: [Homes], {FINE}}}}}
  /d: {{get: {{operationId: homes.get, {FINE}}}}}
  /e: {{get: {{operationId: yards.get, tags: [Other], {FINE}}}}}
""",
    )
    assert [(each.name, each.doc) for each in found.resources] == [
        ("pets", "All pets."),
        ("toys", "The method `get`."),
        ("homes", "The method `get`."),
        ("yards", "The method `get`."),
    ]
    assert [each.method for each in found.resources[0].operations] == ["get", "find"]


@pytest.mark.parametrize(
    ("count", "doc"),
    [
        (2, "The methods `get0` and `get1`."),
        (5, "The methods `get0`, `get1`, `get2`, `get3` and `get4`."),
        (6, "The methods `get0`, `get1`, `get2`, `get3`, `get4` and 1 more."),
        (7, "The methods `get0`, `get1`, `get2`, `get3`, `get4` and 2 more."),
    ],
)
def test_resource_without_a_description_is_described_by_up_to_five_methods(
    tmp_path: Path, count: int, doc: str
) -> None:
    (resource,) = plan(tmp_path, many(count)).resources
    assert resource.doc == doc


def test_resource_is_not_named_like_an_attribute_of_the_resource_above_it(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        f"""\
tags: [{{name: shop}}, {{name: a, parent: shop}}, {{name: with-raw-response, parent: shop}}]
paths:
  /a: {{get: {{operationId: a, tags: [shop], {FINE}}}}}
  /b: {{get: {{operationId: b, tags: [a], {FINE}}}}}
  /c: {{get: {{operationId: c, tags: [with-raw-response], {FINE}}}}}
""",
        head=HEAD.replace("3.1.0", "3.2.0"),
    )
    assert [each.access for each in found.resources] == [
        *("shop", "shop.a2", "shop.with_raw_response2")
    ]


def test_resource_of_a_parent_tag_is_described_by_its_tag(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        f"""\
tags: [{{name: Pet Shop, description: All of it.}}, {{name: pets, parent: Pet Shop}}]
paths:
  /a: {{get: {{operationId: getA, tags: [pets], {FINE}}}}}
""",
        head=HEAD.replace("3.1.0", "3.2.0"),
    )
    assert [(each.access, each.doc) for each in found.resources] == [
        ("pet_shop", "All of it."),
        ("pet_shop.pets", "The method `get_a`."),
    ]


def test_resource_of_a_parent_tag_is_described_by_the_resources_below_it(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        f"""\
tags:
  - {{name: shop}}
  - {{name: pets, parent: shop}}
  - {{name: toys, parent: shop, summary: All toys.}}
  - {{name: dogs, parent: pets, description: Dogs only.}}
paths:
  /a: {{get: {{operationId: getA, tags: [dogs], {FINE}}}}}
  /b: {{get: {{operationId: getB, tags: [toys], {FINE}}}}}
""",
        head=HEAD.replace("3.1.0", "3.2.0"),
    )
    assert [
        (each.access, each.class_name, each.doc, [child.access for child in each.children])
        for each in found.resources
    ] == [
        ("shop", "ShopResource", "The resources `pets`, `toys`.", ["shop.pets", "shop.toys"]),
        ("shop.pets", "ShopPetsResource", "The resource `dogs`.", ["shop.pets.dogs"]),
        ("shop.pets.dogs", "ShopPetsDogsResource", "Dogs only.", []),
        ("shop.toys", "ShopToysResource", "All toys.", []),
    ]


def test_parts_of_a_response_have_the_types_of_their_json(tmp_path: Path) -> None:
    text, number = "{type: string}", "{type: array, items: {type: integer}}"
    schema = f"{{type: array, prefixItems: [{{anyOf: [{number}, {text}]}}], items: {text}}}"
    media = f"multipart/mixed: {{schema: {schema}, prefixEncoding: [{{}}], itemEncoding: {{}}}}"
    answer = f"responses: {{'200': {{description: Fine., content: {{{media}}}}}}}"
    found = plan(
        tmp_path,
        f"paths:\n  /pets: {{get: {{operationId: pets.get, {answer}}}}}\n",
        head=HEAD.replace("3.1.0", "3.2.0"),
    )
    assert found.resources[0].operations[0].returns == "Stream[StreamedPart[list[int] | str]]"


def test_models_of_parameters_have_typed_mappings(tmp_path: Path) -> None:
    pet = "{$ref: '#/components/schemas/Pet'}"
    parameter = f"{{name: pet, in: query, style: deepObject, schema: {pet}}}"
    found = plan(
        tmp_path,
        f"""\
paths:
  /pets: {{get: {{operationId: pets.get, parameters: [{parameter}], {FINE}}}}}
components: {{schemas: {{Pet: {{type: object, properties: {{name: {{type: string}}}}}}}}}}
""",
    )
    (argument,) = found.resources[0].operations[0].keyword
    assert argument.annotation == "models.Pet | models.PetDict | None"
    assert [each.name for each in found.mappings] == ["PetDict"]


def test_method_named_list_qualifies_the_builtin_in_its_resource_only(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        f"""\
paths:
  /a: {{get: {{operationId: pets.get, {LISTS}}}}}
  /b: {{get: {{operationId: pets.List, {LISTS}}}}}
  /c: {{get: {{operationId: toys.get, {LISTS}}}}}
components: {{schemas: {{Pet: {{type: object, properties: {{a: {{type: string}}}}}}}}}}
""",
    )
    assert [[each.returns for each in group.operations] for group in found.resources] == [
        ["builtins.list[models.Pet]", "builtins.list[models.Pet]"],
        ["list[models.Pet]"],
    ]


def many(count: int, responses: str = FINE) -> str:
    """Return the paths of operations of one resource, all with the same responses."""
    paths = (
        f"  /a{number}: {{get: {{operationId: pets.get{number}, {responses}}}}}\n"
        for number in range(count)
    )
    return f"paths:\n{''.join(paths)}"


@pytest.mark.parametrize(
    ("operations", "modules", "examples"),
    [(50, [], []), (51, ["pets"], ["EXAMPLE_d9d787e5"])],
)
def test_package_with_more_than_fifty_operations_is_imported_lazily(
    tmp_path: Path, operations: int, modules: list[str], examples: list[str]
) -> None:
    """Each module of such a package has its own types, and equal examples share a constant."""
    media = "content: {application/json: {schema: {}, example: [1]}}"
    responses = f"responses: {{'200': {{description: Fine., {media}}}}}"
    found = plan(tmp_path, many(operations, responses))
    assert found.lazy is bool(modules)
    assert [each.name for each in found.modules] == modules
    assert [each.name for each in found.examples] == examples


@pytest.mark.parametrize(
    ("content", "sends"),
    [
        ("multipart/form-data", True),
        ("application/x-www-form-urlencoded", False),
        ("application/json", False),
        ("text/plain: {}, multipart/form-data", True),
    ],
)
def test_package_sends_files_only_with_multipart_bodies(
    tmp_path: Path, content: str, *, sends: bool
) -> None:
    schema = "schema: {type: object, properties: {a: {type: string}}}"
    body = f"requestBody: {{content: {{{content}: {{{schema}}}}}}}"
    document = f"paths:\n  /pets: {{post: {{operationId: pets.add, {body}, {FINE}}}}}\n"
    assert plan(tmp_path, document).sends_files is sends


def test_package_sends_files_with_bodies_of_parts(tmp_path: Path) -> None:
    body = "requestBody: {content: {multipart/mixed: {itemSchema: {}}}}"
    document = f"paths:\n  /pets: {{post: {{operationId: pets.add, {body}, {FINE}}}}}\n"
    assert plan(tmp_path, document, head=HEAD.replace("3.1.0", "3.2.0")).sends_files is True


SCHEMES = """\
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
      x-scopes: {pets.get: To see pets., 'all.*': Everything.}
    oauth:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: 'https://a.example.com', scopes: {pets.add: To add pets.}}
        password: {tokenUrl: 'https://a.example.com', scopes: {pets-get: Also.}}
"""


def test_scopes_are_those_declared_or_used(tmp_path: Path) -> None:
    security = "security: [{token: [pets.get]}, {token: [pets.drop]}]"
    found = plan(
        tmp_path, f"paths:\n  /a: {{get: {{operationId: pets.get, {security}, {FINE}}}}}\n{SCHEMES}"
    )
    assert found.scopes == (
        Scope("PETS_GET", "pets.get", "To see pets."),
        Scope("ALL_ANY", "all.*", "Everything."),
        Scope("PETS_ADD", "pets.add", "To add pets."),
        Scope("PETS_GET2", "pets-get", "Also."),
        Scope("PETS_DROP", "pets.drop", ""),
    )


@pytest.mark.parametrize(
    ("scheme", "is_token", "name", "variable"),
    [
        ("{type: http, scheme: bearer}", True, "token", "PET_API_TOKEN"),
        ("{type: apiKey, in: header, name: X-Key}", False, "api_key", "PET_API_KEY"),
    ],
)
def test_credentials_have_environment_variables(
    tmp_path: Path, scheme: str, *, is_token: bool, name: str, variable: str
) -> None:
    schemes = f"components: {{securitySchemes: {{a: {scheme}}}}}"
    found = plan(tmp_path, f"security: [{{a: []}}]\n{PATHS}{schemes}")
    assert found.has_single_token is is_token
    assert [each for each, _ in found.schemes] == [name]
    assert [each.variable for each in found.credentials] == [variable]


def test_every_type_that_the_document_names_is_defined(tmp_path: Path) -> None:
    """Including types used only by parameters, bodies, responses or headers."""
    found = plan(
        tmp_path,
        """\
paths:
  /pets:
    post:
      operationId: pets.add
      parameters:
        - name: colors
          in: query
          schema: {type: array, items: {$ref: '#/components/schemas/Color'}}
        - {name: name, in: query, schema: {$ref: '#/components/schemas/Name'}}
      requestBody:
        content:
          application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '200':
          description: Fine.
          headers: {X-Left: {schema: {type: array, items: {type: integer}}}}
          content:
            application/json: {schema: {type: object, additionalProperties: {type: number}}}
        '404':
          description: No.
          content: {application/json: {schema: {type: object}, example: {why: gone}}}
components:
  schemas:
    Color: {type: string, enum: [red, green]}
    Pet:
      type: object
      required: [id]
      properties:
        id: {type: integer, readOnly: true}
        name: {$ref: '#/components/schemas/Name'}
    Name: {type: string}
""",
    )
    assert [each.name for each in found.models] == ["Pet"]
    assert [each.required for each in found.models[0].fields] == [False, False]
    assert [each.name for each in found.enumerations] == ["Color"]
    assert [(each.name, each.annotation) for each in found.aliases] == [("Name", "str")]
    assert {each.name for each in found.constraints} == {"COLOR", "NAME", "PET"}
    assert [each.name for each in found.examples] == ["EXAMPLES_404"]
    assert [
        each.startswith("MockOperation(operation=pets.ADD") for each in found.mock_operations
    ] == [True]
    (operation,) = found.resources[0].operations
    assert operation.returns == "dict[str, float]"
    assert operation.headers is not None
    assert [each.annotation for each in operation.headers.fields] == ["list[int] | None"]
    assert [each.annotation for each in operation.keyword] == [
        "Sequence[models.Pet | Mapping[str, Any]] | None",
        "Sequence[models.Color] | None",
        "str | None",
    ]


def test_discriminators_apply_to_models_and_responses(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        """\
paths:
  /pets:
    get:
      operationId: pets.get
      responses:
        '200':
          description: Fine.
          content: {application/json: {schema: {$ref: '#/components/schemas/Box/properties/pet'}}}
components:
  schemas:
    Box:
      type: object
      properties:
        pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Cat: {type: object, required: [kind], properties: {kind: {const: cat}}}
    Dog: {type: object, required: [kind], properties: {kind: {const: dog}}}
""",
    )
    cat, dog = (f"Tag(member='kind', values=('{kind}',))" for kind in ("cat", "dog"))
    assert found.models[0].fields[0].annotation == (
        f"Variant[Annotated[Cat, {cat}] | Annotated[Dog, {dog}]] | None"
    )
    assert found.resources[0].operations[0].returns == (
        f"Variant[Annotated[models.Cat, {cat}] | Annotated[models.Dog, {dog}]]"
    )


def test_constant_that_selects_a_variant_is_the_default_of_its_field(tmp_path: Path) -> None:
    kinds = "propertyName: kind, mapping: {cat: Cat, dog: Dog}"
    options = "[{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]"
    found = plan(
        tmp_path,
        f"""\
{PATHS}components:
  schemas:
    Pet: {{oneOf: {options}, discriminator: {{{kinds}}}}}
    Cat: {{type: object, properties: {{kind: {{const: cat}}}}}}
    Dog: {{type: object, properties: {{kind: {{const: dog}}}}}}
    Toy: {{type: object, properties: {{kind: {{const: toy}}}}}}
""",
    )
    assert [each.fields[0].default for each in found.models] == ["'cat'", "'dog'", None]


def test_optional_field_of_a_request_body_has_a_default_other_than_null(tmp_path: Path) -> None:
    pet, toy = (f"{{$ref: '#/components/schemas/{name}'}}" for name in ("Pet", "Toy"))
    schema = "{type: object, properties: {a: {type: [string, 'null']}}}"
    media = "content: {application/json: {schema: %s}}"
    found = plan(
        tmp_path,
        f"""\
paths:
  /pets:
    post:
      operationId: pets.add
      requestBody: {{{media % pet}}}
      responses: {{'200': {{description: Fine., {media % toy}}}}}
components: {{schemas: {{Pet: {schema}, Toy: {schema}}}}}
""",
    )
    assert [each.fields[0].default for each in found.models] == ["MISSING", None]


def test_check_is_planned_if_the_client_extension_names_an_operation(tmp_path: Path) -> None:
    head = HEAD.replace("version: 1.0.0", "version: 1.0.0, x-client: {check: pets.get}")
    found = plan(tmp_path, PATHS, head=head).check
    assert found is not None
    assert found.operation.id == "pets.get"
