"""Short names of operations by framework."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.document.diagnostics import Diagnostic

FASTAPI = "stream_audio_v1_studio_chapters__chapter_id__stream_post"


def document(*operations: tuple[str, Any]) -> str:
    """Write a document of operations: `GET /path` and the fields of the operation."""
    paths: dict[str, dict[str, Any]] = {}
    for request, fields in operations:
        method, path = request.split(" ")
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in re.findall(r"\{([^{}]*)\}", path)
        ]
        described = {"responses": {"204": {"description": "Done."}}, "parameters": parameters}
        paths.setdefault(path, {})[method.lower()] = {**described, **fields}
    head = {"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}}
    return json.dumps({**head, "servers": [{"url": "https://pets.example.com"}], "paths": paths})


def names_and_warnings(
    folder: Path, *operations: tuple[str, Any], rule: str = "short"
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the name of each request of a document, and the warnings about names."""
    spec = folder / "openapi.json"
    spec.write_text(document(*operations), "utf-8")
    _, package, warnings = pipeline.plan_package(spec, "pets", strict=False, names=rule)
    found = {
        f"{each.http_method} {each.path}": f"{resource.name}.{each.method}"
        for resource in package.resources
        for each in resource.operations
    }
    return found, [each for each in warnings if each.code == "N801"]


def one(folder: Path, request: str, fields: dict[str, Any]) -> str:
    """Return the name of a request alone in its document."""
    names, warnings = names_and_warnings(folder, (request, fields))
    assert warnings == []
    return names[request]


@pytest.mark.parametrize(
    ("request_", "id_", "tags", "name"),
    [
        # FastAPI: function, path and method.
        ("POST /v1/studio/chapters/{chapter_id}/stream", FASTAPI, "studio", "studio.stream_audio"),
        ("GET /items/", "read_items_items__get", "items", "items.read"),
        ("GET /", "read_root__get", "", "root.read"),
        ("GET /items/{item_id}", "read_item_items__item_id__get", "", "items.read"),
        ("POST /login/token", "login-login_access_token", "login", "login.access_token"),
        ("POST /token", "login_for_access_token_token_post", "", "token.login_for_access_token"),
        ("GET /internal/health", "health_v1_internal_health_get", "", "internal.health"),
        # NestJS: class and function; a version of the path is no part of the function.
        ("GET /users/{id}", "UsersController_findOne", "Users", "users.find_one"),
        ("POST /auth/login", "AuthController_signIn", "", "auth.sign_in"),
        ("GET /v1/cats", "CatsController_findAll_v1", "Cats", "cats.find_all"),
        ("GET /cats", "CatsController_findAll[0]", "cats", "cats.find_all"),
        ("POST /api/orders", "OrderItemsController_add", "api", "order_items.add"),
        # drf-spectacular: path and action, with one tag `api`.
        ("GET /api/books/", "api_books_list", "api", "books.list"),
        ("PATCH /api/books/{id}/", "api_books_partial_update", "api", "books.partial_update"),
        ("POST /api/books/{id}/mark_read/", "api_books_mark_read_create", "api", "books.mark_read"),
        ("GET /api/books/{id}/notes/", "api_books_notes_list", "api", "books.notes_list"),
        ("GET /api/v1/user-profiles/", "api_v1_user_profiles_list", "api", "user_profiles.list"),
        ("GET /api/v2/library/shelves/", "v2_library_shelves_list", "v2", "library.shelves_list"),
        ("POST /api/books/reindex/", "api_books_reindex_create", "api", "books.reindex"),
        ("POST /books/{id}/mark_read/", "books_mark_read_create", "books", "books.mark_read"),
        ("PATCH /books/bulk-edit/", "books_bulk_edit_partial_update", "books", "books.bulk_edit"),
        ("DELETE /books/{id}/clear/", "books_clear_destroy", "books", "books.clear"),
        # Litestar: path and function; a part that the id has already is left out.
        ("GET /books/{book}/book", "BooksGetBook", "", "books.get"),
        ("GET /items/{item_id}", "ItemsItemIdGetItem", "", "items.get"),
        ("POST /users/{id}/posts", "UsersIdPostsAddPost", "", "users.add_post"),
        # Spring: springdoc and springfox.
        ("GET /api/users", "getAllUsers", "user-controller", "user.get_all"),
        ("GET /api/products", "getAll_1", "product-controller", "product.get_all"),
        ("GET /api/users", "getUsersUsingGET_2", "user-resource", "user.get"),
        ("GET /people", "getCollectionResource-person-get_1", "person-entity", "people.list"),
        ("POST /people", "postCollectionResource-person-post", "person-entity", "people.create"),
        ("PUT /people/{id}", "putItemResource-person-put", "person-entity", "people.update"),
        (
            "GET /people/search/byName",
            "executeSearch-person-get",
            "person-search",
            "people.by_name",
        ),
        ("GET /people/{id}/pet", "followPropertyReference-person-get_1", "x", "people.get_pet"),
        # ASP.NET: Swashbuckle without ids, with action names in the path, and NSwag.
        ("GET /api/Users", "", "Users", "users.list"),
        ("GET /api/Users/{id}", "", "Users", "users.get"),
        ("POST /api/Users", "", "Users", "users.create"),
        ("PUT /api/Users/{id}", "", "Users", "users.update"),
        ("DELETE /api/Users/{id}/roles/{roleId}", "", "Users", "users.delete_role"),
        ("GET /api/Users/{id}/roles", "", "Users", "users.list_roles"),
        ("GET /api/Products/GetById/{id}", "", "Products", "products.get_by_id"),
        ("POST /api/v{version}/Orders/{id}/cancel", "", "Orders", "orders.cancel"),
        ("GET /api/v{version}/Orders", "", "Orders", "orders.list"),
        ("GET /api/v{version}/Orders/{id}", "", "", "orders.get"),
        ("POST /api/Auth/Login", "", "Auth", "auth.login"),
        ("GET /WeatherForecast", "GetWeatherForecast", "WeatherForecast", "weather_forecast.get"),
        ("GET /api/Users", "Users_GetAll", "Users", "users.get_all"),
        ("PUT /api/Users/{id}", "Users_PutUser", "", "users.put"),
        # No tags, and a version or `api` in the path.
        ("GET /v1/charges", "GetCharges", "", "charges.get"),
        ("GET /v1/charges/{charge}", "GetChargesCharge", "", "charges.get_charge"),
        ("GET /api/users/{id}", "getApiUsersById", "", "users.get_by_id"),
        ("GET /api/books/{id}", "api_books_id_get", "Book", "book.get"),
        ("GET /2010-04-01/Accounts", "", "", "accounts.list"),
        ("POST /search", "", "", "search.search"),
        ("POST /users/{id}", "", "", "users.update"),
        ("OPTIONS /users", "", "", "users.options"),
        ("GET /{id}", "get_item__id__get", "", "item.get"),
        ("GET /{id}", "hello", "", "root.hello"),
        # Ids that repeat the tag.
        ("GET /v2/droplets", "droplets_list", "Droplets", "droplets.list"),
        ("GET /droplets", "listDroplets", "Droplets", "droplets.list"),
        ("GET /pet/findByStatus", "findPetsByStatus", "pet", "pet.find_by_status"),
        ("POST /roles", "assignRoleToUser", "Users", "users.assign_role_to_user"),
        ("POST /shops/{id}/orders", "createShopOrder", "Orders", "orders.create_shop_order"),
        ("GET /orders/open", "listOpenOrders", "Orders", "orders.list_open"),
        ("GET /exports/table", "export_table_exports_table_get", "exports", "exports.export_table"),
        ("POST /keys", "createApiKey", "API Keys", "api_keys.create"),
        ("GET /health", "health", "health", "health.get"),
        ("GET /api-keys", "apiKeys", "API Keys", "api_keys.list"),
        # Paths of modules, and names with separators.
        ("GET /users", "app.users.list", "", "users.list"),
        ("GET /users", "src.api.v1.users.views.list_users", "", "users.list"),
        ("POST /pets", "api.controllers.pet_controller.add_pet", "pets", "pet.add"),
        ("GET /accounts/{id}/members", "accounts.members.list", "", "accounts_members.list"),
        ("GET /users", "users#show", "", "users.show"),
        ("GET /x", "api.views.list", "things", "things.list"),
        ("GET /posts", "blog_api_list_posts", "", "posts.list"),
        ("GET /v1/users", "UserService_ListUsers", "UserService", "user.list"),
        ("GET /books", "BookViewSet_list", "", "book.list"),
        ("GET /users", "Get_Users", "", "users.get"),
        # Tags that name no resource.
        ("GET /", "remove", "api", "api.remove"),
        ("GET /users", "get_users", "default", "users.get"),
        ("GET /books", "list_books", "api", "books.list"),
        ("GET /report", "report", "api", "api.report"),
        ("DELETE /thing", "remove", "api", "api.remove"),
        ("GET /users", "find", "v1/users", "users.find"),
        ("GET /users", "find", "API - Users", "users.find"),
        ("GET /users", "find", "v1 Users", "users.find"),
    ],
)
def test_short_name_is_derived_from_the_operation_alone(
    tmp_path: Path, request_: str, id_: str, tags: str, name: str
) -> None:
    fields = {"operationId": id_} if id_ else {}
    assert one(tmp_path, request_, {**fields, **({"tags": [tags]} if tags else {})}) == name


@pytest.mark.parametrize("rule", ["short", "document"])
@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("auditLogs.list", "audit_logs.list"),
        ("api.list_api", "api.list_api"),
        ("users.users_get", "users.users_get"),
        ("repos/list-for-user", "repos.list_for_user"),
        ("UsersController.findOne", "users_controller.find_one"),
    ],
)
def test_dotted_id_is_the_name_whatever_the_rule(
    tmp_path: Path, rule: str, id_: str, name: str
) -> None:
    operation = ("GET /v1/users/{id}", {"operationId": id_, "tags": ["x"]})
    names, warnings = names_and_warnings(tmp_path, operation, rule=rule)
    assert (list(names.values()), warnings) == ([name], [])


def test_names_of_the_document_are_kept_with_the_rule_document(tmp_path: Path) -> None:
    names, _ = names_and_warnings(
        tmp_path,
        ("GET /users", {"operationId": "UsersController_findAll", "tags": ["Users"]}),
        ("GET /v1/charges", {"operationId": "GetCharges"}),
        rule="document",
    )
    assert [*names.values()] == ["users.users_controller_find_all", "v1.get_charges"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"x-fern-sdk-group-name": "users", "x-fern-sdk-method-name": "list"}, "users.list"),
        ({"x-fern-sdk-group-name": ["admin", "users"]}, "admin_users.get_it"),
        ({"x-speakeasy-group": "admin.users", "x-speakeasy-name-override": "a"}, "admin_users.a"),
        ({"x-stainless-method": "accounts.members.list"}, "accounts_members.list"),
        ({"x-stainless-method": {"path": "$client.me"}}, "things.me"),
        ({"x-stainless-method": ["a"], "x-methodName": "fetchIt"}, "things.fetch_it"),
        ({"x-client": {"method": "a"}, "x-methodName": "b"}, "things.a"),
        (
            {
                "x-client": {"resource": "ours"},
                "x-fern-sdk-group-name": "theirs",
                "x-fern-sdk-method-name": "find",
            },
            "ours.find",
        ),
    ],
)
@pytest.mark.parametrize("rule", ["short", "document"])
def test_names_in_extensions_are_used_and_ours_take_priority(
    tmp_path: Path, rule: str, fields: dict[str, Any], name: str
) -> None:
    operation = {"operationId": "get_it", "tags": ["things"], **fields}
    names, _ = names_and_warnings(tmp_path, ("GET /things", operation), rule=rule)
    assert names == {"GET /things": name}


CLASHING: tuple[tuple[str, Any], ...] = (
    ("GET /users", {"operationId": "getUsers", "tags": ["users"]}),
    ("GET /users/{id}", {"operationId": "getUser", "tags": ["users"]}),
    ("GET /admins", {"operationId": "AdminsController_get", "tags": ["users"]}),
    ("GET /v2/cats", {"operationId": "CatsController_all_v2", "tags": ["cats"]}),
    ("GET /v3/cats", {"operationId": "CatsController_all_v3", "tags": ["cats"]}),
    ("GET /groups/{group}/members", {}),
    ("GET /groups/{group}/{kind}/members", {}),
)


def test_later_operation_of_one_name_gets_a_longer_one_with_a_warning(tmp_path: Path) -> None:
    names, warnings = names_and_warnings(tmp_path, *CLASHING)
    assert [*names.values()] == [
        *("users.get", "users.get_user", "users.admins_get", "cats.all", "cats.all_v3"),
        *("groups.list_members", "groups.get_groups_group_kind_members"),
    ]
    assert len(warnings) == 4
    assert warnings[0].message == (
        "'getUser' would become the method 'users.get' of an earlier operation; it is named "
        "'get_user'"
    )
    assert "x-client: {resource: users, method: ...}" in warnings[0].hint


def test_operation_that_is_added_renames_no_other(tmp_path: Path) -> None:
    before, _ = names_and_warnings(tmp_path, *CLASHING)
    for id_ in ("getUser2", "get_user", "UsersController_get", "get_all_users"):
        added = ("POST /added", {"operationId": id_, "tags": ["users"]})
        after, _ = names_and_warnings(tmp_path, *CLASHING, added)
        assert before.items() <= after.items()


def test_operation_that_is_added_to_the_last_path_renames_no_other(tmp_path: Path) -> None:
    patch = ("PATCH /users/{id}", {"operationId": "updateUser", "tags": ["users"]})
    put = ("PUT /users/{id}", {"operationId": "users_update", "tags": ["users"]})
    names, _ = names_and_warnings(tmp_path, patch, put)
    assert names == {"PATCH /users/{id}": "users.update", "PUT /users/{id}": "users.users_update"}


def test_paged_operation_that_is_added_renames_no_operation_before_it(tmp_path: Path) -> None:
    follow = ("POST /users/{id}/follow", {"operationId": "users.follow"})
    page = {
        "description": "A page.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"items": {"type": "array", "items": {"type": "string"}}},
                }
            }
        },
    }
    paged = {
        "operationId": "users.list",
        "parameters": [
            {"name": name, "in": "query", "schema": {"type": "integer"}}
            for name in ("page", "size")
        ],
        "responses": {"200": page},
        "x-pagination": {
            "style": "page",
            "request": {
                "page": {"parameter": "page", "first": 0},
                "size": {"parameter": "size"},
            },
            "response": {"items": "/items"},
        },
    }
    added = ("GET /users", paged)
    after, _ = names_and_warnings(tmp_path, follow, added)
    assert after == {"POST /users/{id}/follow": "users.follow", "GET /users": "users.list"}


def test_name_that_the_document_states_is_assigned_before_derived_ones(tmp_path: Path) -> None:
    names, warnings = names_and_warnings(
        tmp_path,
        ("GET /users", {"operationId": "getUsers", "tags": ["users"]}),
        ("GET /one", {"operationId": "users.get"}),
    )
    assert names == {"GET /one": "users.get", "GET /users": "users.get_users"}
    assert len(warnings) == 1


@pytest.mark.parametrize("rule", ["short", "document"])
def test_names_that_differ_behind_the_maximum_length_are_cut_behind_a_word(
    tmp_path: Path, rule: str
) -> None:
    words = f"{'a' * 30}_{'b' * 30}"
    names, warnings = names_and_warnings(
        tmp_path,
        *((f"GET /x/{end}", {"operationId": f"{words}_{end * 30}"}) for end in "cd"),
        rule=rule,
    )
    assert [*names.values()] == [f"x.{words}", f"x.{words}2"]
    assert len(warnings) == 1
