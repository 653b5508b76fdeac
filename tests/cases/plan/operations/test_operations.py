"""Resources and methods: names, the Operation constant, and return types."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.document.diagnostics import DocumentError
from generator.planning.plan.models import Constant
from generator.planning.plan.operations import Operation, Resource
from generator.python.code import Code
from tests.support.planning import operations, plan_document

TEXT = "schema: {type: string}"
REFERENCE = "{$ref: '#/components/schemas/%s'}"
JSON = "content: {application/json: {schema: {$ref: '#/components/schemas/%s'}}}"
PET = f"responses: {{'200': {{description: Fine., {JSON % 'Pet'}}}}}"
PAGE = f"responses: {{'200': {{description: Fine., {JSON % 'Page'}}}}}"
PAGED = (
    "x-pagination: {style: page, request: {page: {parameter: page}}, response: {items: /pets}}, "
    "parameters: [{name: size, in: query, schema: {type: integer}}, "
    f"{{name: page, in: query, schema: {{type: integer}}}}], {PAGE}"
)
COMPONENTS = """\
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    oauth:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://pets.example.com/t', scopes: {a: A, b: B}}}
  schemas:
    Pet:
      type: object
      properties: {name: {type: string}, at: {type: string, format: date-time}}
    Pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
    Page: {type: object, properties: {pets: {$ref: '#/components/schemas/Pets'}}}
    Maybe: {anyOf: [{$ref: '#/components/schemas/Pet'}, {type: 'null'}]}
    Problem: {type: object, properties: {why: {type: string}}}
"""


def resources(folder: Path, *paths: str) -> tuple[Resource, ...]:
    written = "".join(f"  {path}\n" for path in paths)
    _, package = plan_document(folder, f"security: [{{key: []}}]\npaths:\n{written}{COMPONENTS}")
    return package.resources


def only(folder: Path, *paths: str) -> Operation:
    (resource,) = resources(folder, *paths)
    (operation,) = resource.operations
    return operation


@pytest.mark.parametrize(
    ("written", "resource", "method"),
    [
        ("operationId: pets.get", "pets", "get"),
        ("operationId: shop.pets.get", "shop_pets", "get"),
        ("operationId: pets/get-one", "pets", "get_one"),
        ("operationId: pets.x/getOne", "pets_x", "get_one"),
        ("operationId: getPet, tags: [animals, pets]", "animals", "get_pet"),
        ("operationId: getPet", "homes", "get_pet"),
        ("operationId: a.b, x-client: {resource: pets}", "pets", "b"),
        ("operationId: a.b, x-client: {method: find}", "a", "find"),
        ("operationId: check.get", "check_", "get"),
        ("operationId: close.get", "close_", "get"),
        ("operationId: aclose.get", "aclose_", "get"),
        ("operationId: pets.with_raw_response", "pets", "with_raw_response_"),
    ],
)
def test_resource_and_method_are_named_by_operation_id_tag_or_path(
    tmp_path: Path, written: str, resource: str, method: str
) -> None:
    found = resources(tmp_path, f"/homes/pets: {{get: {{{written}, {PET}}}}}")
    assert [each.name for each in found] == [resource]
    assert [each.method for each in found[0].operations] == [method]


@pytest.mark.parametrize(
    ("responses", "is_stream"),
    [
        ("'200': {description: Fine., content: {EVENTS: {}}}", True),
        ("'200': {description: Fine., content: {EVENTS: {}, JSON: {}}}", False),
        ("'200': {description: Fine., content: {EVENTS: {}}}, '204': {description: No.}", False),
        ("'200': {description: Fine., content: {JSON: {}}}", False),
    ],
)
def test_operation_is_a_stream_if_each_of_its_responses_is(
    tmp_path: Path, responses: str, *, is_stream: bool
) -> None:
    content = responses.replace("EVENTS", "text/event-stream").replace("JSON", "application/json")
    found = only(tmp_path, f"/pets: {{get: {{responses: {{{content}}}}}}}")
    assert found.is_stream is is_stream


def test_path_that_starts_with_a_parameter_is_named_by_its_first_word(tmp_path: Path) -> None:
    id_ = f"parameters: [{{name: id, in: path, required: true, {TEXT}}}]"
    paths = (
        f"'/{{id}}/homes': {{get: {{operationId: a, {id_}, {PET}}}}}",
        f"'/{{id}}': {{get: {{operationId: b, {id_}, {PET}}}}}",
    )
    assert [each.name for each in resources(tmp_path, *paths)] == ["homes", "api"]


def test_resource_has_a_class_name_a_docstring_and_constants(tmp_path: Path) -> None:
    (resource,) = resources(
        tmp_path,
        f"/a: {{get: {{operationId: shop-pets.get, {PET}}}}}",
        f"/c: {{get: {{operationId: shop-pets.required, {PET}}}}}",
    )
    assert (resource.name, resource.class_name) == ("shop_pets", "ShopPetsResource")
    assert resource.doc == "The methods `get` and `required`."
    assert [(each.method, each.constant) for each in resource.operations] == [
        ("get", "GET"),
        ("required", "REQUIRED2"),
    ]


def test_operation_omits_default_values(tmp_path: Path) -> None:
    found = only(tmp_path, f"/pets: {{get: {{operationId: pets.get, {PET}}}}}")
    assert found.call == (
        "Operation(name='pets.get', method='GET', path=('/pets',), "
        "parameters=(), response=JsonResponse(models.Pet), security=(('api_key',),))"
    )
    assert (found.id, found.http_method, found.path) == ("pets.get", "GET", "/pets")
    assert (found.returns, found.async_returns) == ("models.Pet", "models.Pet")
    assert (found.positional, found.keyword, found.scopes) == ((), (), ())
    assert (found.pagination, found.walk, found.headers) == (None, "", None)
    assert found.response_type == ""
    assert found.deprecated is False
    assert found.curl == ('-H "X-Key: $PETS_API_KEY"',)


def test_operation_has_every_attribute_of_the_document(tmp_path: Path) -> None:
    """Scopes, its own server, path parameters, and deprecated arguments."""
    found = only(
        tmp_path,
        "'/pets/{id}/toys/{toy}x': {delete: {operationId: pets.drop, deprecated: true, "
        "summary: Drop it, security: [{oauth: [a, b]}], servers: [{url: 'https://b.example.com'}], "
        f"parameters: [{{name: id, in: path, required: true, {TEXT}}}, "
        f"{{name: toy, in: path, required: true, {TEXT}}}, "
        f"{{name: old, in: query, deprecated: true, {TEXT}}}], "
        "responses: {'204': {description: Gone.}}}}",
    )
    assert found.call == (
        "Operation(name='pets.drop', method='DELETE', path=('/pets/', ID, '/toys/', TOY, 'x'), "
        "parameters=(ID, TOY, OLD), response=EmptyResponse(), scopes=REQUIRED['pets.drop'], "
        "needs_all_scopes=True, server='https://b.example.com', warn=warn)"
    )
    assert [each.name for each in found.positional] == ["id", "toy"]
    assert [each.name for each in found.keyword] == ["old"]
    assert found.scopes == ("a", "b")
    assert found.short_doc == "Drop it."
    assert found.doc.startswith("Drop it.\n\n`DELETE /pets/{id}/toys/{toy}x`\n\nDeprecated in ")
    assert "Required scopes (all of): `a`, `b`." in found.doc
    assert "    old: Deprecated." in found.doc
    assert found.deprecated is True


def test_scope_of_several_alternatives_is_listed_once(tmp_path: Path) -> None:
    security = "security: [{oauth: [b]}, {oauth: [a]}, {key: [], oauth: [b]}]"
    found = only(tmp_path, f"/pets: {{get: {{operationId: pets.get, {security}, {PET}}}}}")
    assert found.scopes == ("b", "a")


def test_error_bodies_have_types_and_docstrings(tmp_path: Path) -> None:
    several = (
        "content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}, "
        "application/vnd.pets+json: {schema: {$ref: '#/components/schemas/Pet'}}}"
    )
    found = only(
        tmp_path,
        "/pets: {get: {operationId: pets.get, responses: {'200': {description: Fine., "
        f"{JSON % 'Pet'}}}, '404': {{description: No., {JSON % 'Problem'}}}, "
        f"'409': {{description: No., {several}}}}}}}}}",
    )
    assert "errors={'404': models.Problem, '409': (models.Problem, models.Pet)}" in found.call
    assert "    NotFoundError: 404: No. Its `body` is `Problem`." in found.doc
    assert "    APIStatusError: 409: No. Its `body` is `Problem` or `Pet`." in found.doc


def test_union_of_error_bodies_is_an_alias_named_after_the_method(tmp_path: Path) -> None:
    either = "{anyOf: [{$ref: '#/components/schemas/Pet'}, {$ref: '#/components/schemas/Problem'}]}"
    error = f"'404': {{description: No., content: {{application/json: {{schema: {either}}}}}}}"
    (resource,) = resources(
        tmp_path, f"/a: {{get: {{operationId: a.get-one, responses: {{{error}}}}}}}"
    )
    assert [each.name for each in resource.aliases] == ["GetOneError"]
    assert "errors={'404': GetOneError}" in resource.operations[0].call


def test_fragment_of_a_path_is_not_sent_and_documented_redirects_are_responses(
    tmp_path: Path,
) -> None:
    found = only(
        tmp_path,
        "'/a#moved': {get: {operationId: a.get, responses: {'302': {description: Moved.}}}}",
    )
    assert "path=('/a',)" in found.call
    assert "redirects=(302,)" in found.call


@pytest.mark.parametrize("entry", ["Pet", "Maybe"])
def test_paging_operation_has_a_pagination_and_a_walk(tmp_path: Path, entry: str) -> None:
    """Entries may be null in the document, but not those of a page."""
    page = f"{{type: object, properties: {{pets: {{type: array, items: {REFERENCE % entry}}}}}}}"
    paged = PAGED.replace(REFERENCE % "Page", page)
    found = only(tmp_path, f"/pets: {{get: {{operationId: pets.list, {paged}}}}}")
    assert found.pagination == Constant(
        "LIST_PAGES",
        Code("Pagination(operation=LIST, item=models.Pet, page='page', items='/pets')"),
    )
    assert (found.returns, found.async_returns, found.walk) == ("models.Pet", "models.Pet", "walk")
    assert [each.name for each in found.walk_arguments] == ["size"]
    assert "Iterating over it yields its entries" in found.doc


def test_entries_of_several_classes_share_an_alias(tmp_path: Path) -> None:
    either = "{anyOf: [{$ref: '#/components/schemas/Pet'}, {$ref: '#/components/schemas/Problem'}]}"
    page = f"{{type: object, properties: {{pets: {{type: array, items: {either}}}}}}}"
    paged = PAGED.replace("{$ref: '#/components/schemas/Page'}", page)
    (resource,) = resources(tmp_path, f"/pets: {{get: {{operationId: pets.find-all, {paged}}}}}")
    (found,) = resource.operations
    union = "Variant[models.Pet | models.Problem]"
    assert found.returns == union
    assert found.pagination == Constant(
        "FIND_ALL_PAGES",
        Code(
            "Pagination(operation=FIND_ALL, item=ANY_ENTRY, variants=EntryVariants("
            "kind=FindAllEntry, classes=(models.Pet, models.Problem)), page='page', items='/pets')"
        ),
        Code(f"Pagination[{union}]"),
    )
    assert resource.aliases == (Constant("FindAllEntry", Code(union)),)


def test_list_without_pagination_is_not_paged(tmp_path: Path) -> None:
    pets = PET.replace("schemas/Pet", "schemas/Pets")
    found = only(tmp_path, f"/pets: {{get: {{operationId: pets.list, {pets}}}}}")
    assert (found.pagination, found.walk, found.returns) == (None, "", "models.Pets")


def test_follow_has_no_upper_bound_and_the_listing_shows_an_example_of_the_filter(
    tmp_path: Path,
) -> None:
    filter_ = (
        "{name: filter, in: query, style: deepObject, examples: {a: {value: {name: Rex}}}, "
        "schema: {$ref: '#/components/schemas/Pet'}}, "
    )
    bounded = bounded_by_time(PAGED).replace("parameters: [", f"parameters: [{filter_}")
    described = f"description: Entries after `from`., {bounded}"
    found = only(tmp_path, f"/pets: {{get: {{operationId: pets.list, {described}}}}}")
    assert [each.name for each in found.walk_arguments] == ["filter", "from_", "to", "size"]
    assert [each.name for each in found.follow_arguments] == ["filter", "from_", "size"]
    assert found.listing is not None
    assert (found.listing.start, found.listing.filter_example) == ("from_", {"name": "Rex"})
    assert found.doc.startswith(f"{found.short_doc}\n")
    assert found.short_doc == "Entries after `from_`."


def bounded_by_time(operation: str) -> str:
    """Add a time window to a paged operation."""
    window = "item: {id: /name, time: /at}, window: {from: {parameter: from}, to: {parameter: to}"
    bounds = "".join(
        f"{{name: {key}, in: query, schema: {{type: integer}}}}, " for key in ("from", "to")
    )
    paged = operation.replace("items: /pets}", f"items: /pets}}, {window}, unit: epoch-seconds}}")
    return paged.replace("parameters: [", f"parameters: [{bounds}")


LISTING = f"/pets: {{get: {{operationId: pets.list, {PAGED}}}}}"
FINDING = f"/old: {{get: {{operationId: pets.find, {PAGED}}}}}"
GETTING = f"/one: {{get: {{operationId: pets.get, {PET}}}}}"
WALKING = f"/way: {{get: {{operationId: pets.walk, {PET}}}}}"


@pytest.mark.parametrize(
    "others", [(), (FINDING,), (GETTING, FINDING), (WALKING,), (WALKING, FINDING)]
)
def test_method_names_of_an_operation_depend_on_it_alone(
    tmp_path: Path, others: tuple[str, ...]
) -> None:
    (resource,) = resources(tmp_path, LISTING, *others)
    found = {each.method: each.walk for each in resource.operations}
    expected = {"list": "walk", "find": "walk_find", "get": "", "walk_": ""}
    assert found.items() <= expected.items()
    assert found["list"] == "walk"


@pytest.mark.parametrize("paths", [(WALKING,), (WALKING, LISTING), (LISTING, WALKING)])
def test_method_keeps_its_name_when_the_first_paged_operation_is_added(
    tmp_path: Path, paths: tuple[str, ...]
) -> None:
    written = "".join(f"  {path}\n" for path in paths)
    _, package = plan_document(
        tmp_path, f"x-generator: 1\nsecurity: [{{key: []}}]\npaths:\n{written}{COMPONENTS}"
    )
    (resource,) = package.resources
    assert "walk_" in {each.method for each in resource.operations}


@pytest.mark.parametrize(("named", "walk"), [("stroll", "stroll"), ("models", "models_")])
def test_document_names_the_walk_of_an_operation(tmp_path: Path, named: str, walk: str) -> None:
    found = only(
        tmp_path,
        f"/pets: {{get: {{operationId: pets.list, x-client: {{walk: {named}}}, {PAGED}}}}}",
    )
    assert (found.method, found.walk, found.follow) == ("list", walk, "")


def test_walk_and_its_constant_have_other_names_than_the_methods_beside_them(
    tmp_path: Path,
) -> None:
    (resource,) = resources(
        tmp_path,
        FINDING,
        f"/one: {{get: {{operationId: pets.walk_find, {PET}}}}}",
        f"/two: {{get: {{operationId: pets.find_pages, {PET}}}}}",
    )
    found = resource.operations[0]
    assert found.pagination is not None
    assert (found.walk, found.pagination.name) == ("walk_find2", "FIND_PAGES2")
    assert [each.constant for each in resource.operations] == ["FIND", "WALK_FIND", "FIND_PAGES"]


def test_classes_of_resources_have_distinct_names(tmp_path: Path) -> None:
    """`AsyncPetsResource` is the asynchronous class of the first resource."""
    paths = (
        f"/{name}: {{get: {{operationId: {name}.get, {PET}}}}}" for name in ("pets", "async_pets")
    )
    found = [each.class_name for each in resources(tmp_path, *paths)]
    assert found == ["PetsResource", "AsyncPetsResource2"]


def test_walk_that_is_named_like_the_follow_is_not_replaced_by_it(tmp_path: Path) -> None:
    paged = f"x-client: {{walk: follow}}, {bounded_by_time(PAGED)}"
    found = only(tmp_path, f"/pets: {{get: {{operationId: pets.list, {paged}}}}}")
    assert (found.walk, found.follow) == ("follow", "follow2")


def test_operation_without_an_entry_class_is_not_paged(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        f"/pets: {{get: {{operationId: pets.list, {PAGED.replace('/pets', '/none')}}}}}",
    )
    assert (found.pagination, found.walk, found.returns) == (None, "", "models.Page_")
    assert "Iterating" not in found.doc
    assert [each.name for each in found.walk_arguments] == ["size", "page"]


def test_request_body_is_an_argument_of_the_walk(tmp_path: Path) -> None:
    body = f"requestBody: {{{JSON % 'Pet'}}}"
    found = only(tmp_path, f"/pets: {{get: {{operationId: pets.list, {body}, {PAGED}}}}}")
    assert [each.name for each in found.walk_arguments] == ["body", "size"]


def test_streaming_operation_returns_a_stream(tmp_path: Path) -> None:
    stream = (
        "responses: {'200': {description: Fine., content: {application/jsonl: "
        "{schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}"
    )
    found = only(tmp_path, f"/pets: {{get: {{operationId: pets.watch, {stream}}}}}")
    assert found.returns != found.async_returns
    assert "streams=('application/jsonl',)" in found.call
    assert "accept='application/jsonl'" in found.call


def test_union_return_type_is_an_explicit_response_type(tmp_path: Path) -> None:
    union = "content: {application/json: {schema: {oneOf: [{type: string}, {type: integer}]}}}"
    found = only(
        tmp_path,
        "/pets: {get: {operationId: pets.get, responses: "
        f"{{'200': {{description: A., {union}}}}}}}}}",
    )
    assert (found.returns, found.response_type) == ("str | int", "str | int")


def test_union_alias_is_shared_by_operations(tmp_path: Path) -> None:
    schemas = "{$ref: '#/components/schemas/Pet'}, {$ref: '#/components/schemas/Problem'}"
    one = f"content: {{application/json: {{schema: {{oneOf: [{schemas}]}}}}}}"
    found = resources(
        tmp_path,
        *(
            f"/{name}: {{get: {{operationId: pets.{name}, "
            f"responses: {{'200': {{description: A., {one}}}}}}}}}"
            for name in ("get", "find")
        ),
    )
    assert all(
        "response=JsonValueResponse(GetResponse)" in each.call for each in found[0].operations
    )


def test_form_without_a_schema_is_any_mapping(tmp_path: Path) -> None:
    body = "requestBody: {content: {application/x-www-form-urlencoded: {}}}"
    found = only(tmp_path, f"/pets: {{post: {{operationId: pets.add, {body}, {PET}}}}}")
    assert [each.annotation for each in found.keyword] == ["Mapping[str, Any] | None"]


def test_paging_operation_with_responses_of_other_kinds_is_an_error(tmp_path: Path) -> None:
    answer = PAGE.replace("{$ref: '#/components/schemas/Page'}", _SOME)
    path = f"/pets: {{get: {{operationId: pets.list, {PAGED.replace(PAGE, answer)}}}}}"
    with pytest.raises(DocumentError) as caught:
        resources(tmp_path, path)
    assert [each.code for each in caught.value.diagnostics] == ["U905"]


_SOME = "{anyOf: [{$ref: '#/components/schemas/Page'}, {$ref: '#/components/schemas/Pet'}]}"


def test_described_headers_become_a_class(tmp_path: Path) -> None:
    answer = f"{{description: Fine., headers: {{X-Left: {{{TEXT}}}}}, {JSON % 'Pet'}}}"
    found = only(
        tmp_path, f"/pets: {{get: {{operationId: pets.get, responses: {{'200': {answer}}}}}}}"
    )
    assert found.headers is not None
    assert [each.wire_name for each in found.headers.fields] == ["X-Left"]


def test_every_operation_is_planned(tmp_path: Path) -> None:
    _, package = plan_document(
        tmp_path,
        f"paths:\n  /a: {{get: {{operationId: a.get, {PET}}}, "
        f"post: {{operationId: b.add, {PET}}}}}\n{COMPONENTS}",
    )
    assert set(operations(package)) == {"a.get", "b.add"}


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize(
    ("schema", "codes"),
    [
        ("{type: array, items: {type: string}}", ["U910"]),
        ("{type: string}", ["U910"]),
        ("{enum: [a, b]}", ["U910"]),
        ("{oneOf: [{type: string}, {$ref: '#/components/schemas/Pets'}]}", ["U910"]),
        ("{oneOf: [{type: string}, {$ref: '#/components/schemas/Pet'}]}", []),
    ],
)
def test_form_that_is_no_object_is_an_error(
    tmp_path: Path, media_type: str, schema: str, codes: list[str]
) -> None:
    body = f"requestBody: {{content: {{{media_type}: {{schema: {schema}}}}}}}"
    found: list[str] = []
    try:
        resources(tmp_path, f"/pets: {{post: {{operationId: pets.add, {body}, {PET}}}}}")
    except DocumentError as error:
        found += [each.code for each in error.diagnostics]
    assert found == codes
