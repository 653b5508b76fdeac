"""Pages and walks in each pagination style."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Generator
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from tests.support.callers import TOKEN, Way
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Answer, Recorded, Server, json_answer

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "x-generator": 1,
    "info": {"title": "Pets", "version": "1.0.0"},
    "servers": [{"url": "https://pets.example.com"}],
    "components": {
        "schemas": {
            "Pet": {"type": "object", "properties": {"id": {"type": "string"}}},
            "Pets": {
                "type": "object",
                "properties": {
                    "pets": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
                    "total": {"type": "integer"},
                    "more": {"type": "boolean"},
                    "paging": {"type": "object", "properties": {"next": {"type": "string"}}},
                },
            },
        }
    },
}
PETS = {"$ref": "#/components/schemas/Pets"}
LIST = {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
INTEGER = {"type": "integer", "minimum": 0}
STYLES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "page": (
        {"page": {"parameter": "page", "first": 1}},
        {"items": "/pets", "total": "/total"},
        {"page": INTEGER},
    ),
    "offset": (
        {"offset": {"parameter": "skip", "first": 0}},
        {"items": "/pets", "total": "/total"},
        {"skip": INTEGER},
    ),
    "cursor": (
        {"cursor": {"parameter": "after"}},
        {"items": "/pets", "cursor": "/paging/next"},
        {"after": {"type": "string"}},
    ),
    "link": ({}, {"items": ""}, {}),
}


def operation(style: str) -> dict[str, Any]:
    request, response, parameters = STYLES[style]
    return {
        "operationId": f"{style}.list",
        "summary": "List pets",
        "parameters": [
            {"name": name, "in": "query", "schema": schema}
            for name, schema in {**parameters, "limit": INTEGER}.items()
        ],
        "x-pagination": {
            "style": style,
            "request": {**request, "size": {"parameter": "limit"}},
            "response": response,
            "item": {"id": "/id"},
        },
        "responses": {
            "200": {
                "description": "Pets.",
                "content": {"application/json": {"schema": LIST if style == "link" else PETS}},
            }
        },
    }


class Shop:
    """A service with pets.

    Attributes:
        names: The names of the pets.
        size: The number of pets on a page.
        changes: Functions to run before a response, by the number of the request.
    """

    def __init__(self, count: int) -> None:
        self.names = [f"p{number:02}" for number in range(count)]
        self.size = 4
        self.changes: dict[int, Callable[[], None]] = {}
        self.elsewhere = ""
        self._requests = 0

    def answer(self, request: Recorded) -> Answer:
        """Return a page."""
        self._requests += 1
        self.changes.get(self._requests, lambda: None)()
        given = {name: values[0] for name, values in parse_qs(request.query).items()}
        style = request.path.removeprefix("/")
        size = int(given.get("limit", self.size))
        start = {
            "page": (int(given.get("page", 1)) - 1) * size,
            "offset": int(given.get("skip", 0)),
            "cursor": int(given.get("after", "c0")[1:]),
            "link": int(given.get("from", 0)),
        }[style]
        shown = [{"id": name} for name in self.names[start : start + size]]
        is_last = start + size >= len(self.names)
        if style == "link":
            target = f"{self.elsewhere}/link?from={start + size}&limit={size}"
            link = {} if is_last else {"Link": f'<{target}>; rel="next", </link>; rel="first"'}
            return json_answer(shown, headers=link)
        page: dict[str, Any] = {"pets": shown}
        if style in {"page", "offset"}:
            page["total"] = len(self.names)
        elif not is_last:
            page["paging"] = {"next": f"c{start + size}"}
        return json_answer(page)


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    paths = {f"/{style}": {"get": operation(style)} for style in STYLES}
    document = json.dumps({**DOCUMENT, "paths": paths})
    with generated_package(tmp_path_factory.mktemp("pets"), document) as package:
        yield package


@pytest.fixture
def shop(server: Server) -> Shop:
    shop = Shop(10)
    server.always(shop.answer)
    return shop


@pytest.fixture(params=list(Way))
def call(request: pytest.FixtureRequest, pets: Any, server: Server) -> PackageCaller:
    return PackageCaller(pets, Way(request.param), server.url)


@pytest.fixture
def call_sync(pets: Any, server: Server) -> PackageCaller:
    return PackageCaller(pets, Way.SYNC, server.url)


def everything(entries: Any) -> Any:
    """Return the ids of all entries of an iterable or an asynchronous iterable."""
    if hasattr(entries, "__aiter__"):

        async def collect_ids() -> list[str]:
            return [entry.id async for entry in entries]

        return collect_ids()
    return [entry.id for entry in entries]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("method", ["list", "walk"])
@pytest.mark.parametrize("limit", [None, 3, 5, 100])
def test_every_entry_is_returned_once_and_in_order(
    call: PackageCaller, shop: Shop, style: str, method: str, limit: int | None
) -> None:
    given = call(lambda client: everything(getattr(getattr(client, style), method)(limit=limit)))
    assert given == shop.names


@pytest.mark.parametrize("style", STYLES)
def test_pages_follow_each_other(call_sync: PackageCaller, shop: Shop, style: str) -> None:
    def pages(client: Any) -> list[list[str]]:
        return [[each.id for each in page.items] for page in getattr(client, style).list().pages()]

    assert call_sync(pages) == [shop.names[:4], shop.names[4:8], shop.names[8:]]


@pytest.mark.parametrize("style", STYLES)
def test_iteration_from_a_later_page_returns_the_remaining_entries(
    call_sync: PackageCaller, shop: Shop, style: str
) -> None:
    def from_second(client: Any) -> list[str]:
        second = getattr(client, style).list().next_page()
        return [entry.id for entry in second]

    assert call_sync(from_second) == shop.names[4:]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", [0, 1, 4, 8])
def test_last_page_has_no_next_page(
    call_sync: PackageCaller, shop: Shop, style: str, count: int
) -> None:
    shop.names = shop.names[:count]

    def last(client: Any) -> Any:
        *_, page = getattr(client, style).list().pages()
        return page.has_next, page.next_page()

    assert call_sync(last) == (False, None)
    assert call_sync(lambda client: everything(getattr(client, style).walk())) == shop.names


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", [1, 4, 5, 10])
def test_walk_resumes_from_its_checkpoint(
    call_sync: PackageCaller, shop: Shop, style: str, count: int
) -> None:
    def begun(client: Any) -> tuple[list[str], str]:
        walk = getattr(client, style).walk()
        entries = iter(walk)
        return [next(entries).id for _ in range(count)], walk.checkpoint

    given, checkpoint = call_sync(begun)
    rest = call_sync(lambda client: everything(getattr(client, style).walk(checkpoint=checkpoint)))
    assert given + rest == shop.names


@pytest.mark.parametrize("style", ["page", "offset"])
def test_entry_that_moves_to_an_earlier_page_is_returned(
    call_sync: PackageCaller, shop: Shop, style: str
) -> None:
    expected = [*shop.names]
    shop.changes[2] = lambda: shop.names.remove("p01")
    given = call_sync(lambda client: everything(getattr(client, style).walk()))
    assert sorted(given) == sorted(expected)


@pytest.mark.parametrize("style", ["page", "offset"])
def test_entry_that_moves_to_a_later_page_is_returned_once(
    call_sync: PackageCaller, shop: Shop, style: str
) -> None:
    shop.changes[2] = lambda: shop.names.insert(0, "new")
    given = call_sync(lambda client: everything(getattr(client, style).walk()))
    assert given == [name for name in shop.names if name != "new"]


def test_repeated_cursor_makes_the_walk_incomplete(
    call_sync: PackageCaller, server: Server, pets: Any
) -> None:
    server.always(json_answer({"pets": [{"id": "a"}], "paging": {"next": "c1"}}))
    with pytest.raises(pets.IncompleteWalkError, match="returns the same page repeatedly"):
        call_sync(lambda client: everything(client.cursor.walk()))


def test_empty_page_may_have_a_next_page(call_sync: PackageCaller, server: Server) -> None:
    pages: list[dict[str, Any]] = [
        {"pets": [], "paging": {"next": "c1"}},
        {"pets": [{"id": "a"}], "paging": {"next": ""}},
    ]
    answers = iter(pages)
    server.always(lambda _: json_answer(next(answers)))
    assert call_sync(lambda client: everything(client.cursor.walk())) == ["a"]


def test_link_to_another_origin_is_not_followed(
    call_sync: PackageCaller, server: Server, shop: Shop, pets: Any
) -> None:
    shop.elsewhere = "http://127.0.0.1:9"
    with pytest.raises(pets.ResponseDecodeError, match="another origin"):
        call_sync(lambda client: everything(client.link.walk()))
    assert len(server.requests) == 1


def test_link_may_be_relative_or_absolute(call_sync: PackageCaller, server: Server) -> None:
    shop = Shop(10)
    shop.elsewhere = server.url
    server.always(shop.answer)
    assert call_sync(lambda client: everything(client.link.walk())) == shop.names


@pytest.mark.parametrize("style", STYLES)
def test_mock_transport_pages_like_the_service(pets: Any, style: str) -> None:
    names = [f"p{number:02}" for number in range(10)]
    entries = {f"{style}.list": [{"id": name} for name in names]}
    transport = importlib.import_module("pets.testing").mock_transport(entries=entries)
    http_client = httpx.Client(transport=transport)
    with pets.Client(token=TOKEN, http_client=http_client) as client:
        assert everything(getattr(client, style).walk(limit=3)) == names
