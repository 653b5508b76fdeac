"""Calls of a Django REST framework service, from its own document."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.frameworks import Judge, running_service

pytestmark = pytest.mark.long

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Generator[Judge, None, None]:
    with running_service("django_service.py", tmp_path_factory.mktemp("django")) as judge:
        yield judge


def received_values(kind: str, body: Any, file: Any = None) -> dict[str, Any]:
    return {"type": kind, "body": body, "file": file}


COVER = ["a.png", "image/png", "\x89PNG"]
CALLS: dict[str, tuple[Callable[[Any, Any], Any], Any]] = {
    "books.create": (
        lambda c, _: c.books.create(body={"title": "a"}),
        received_values(JSON, {"title": "a"}),
    ),
    "books.create, with null": (
        lambda c, _: c.books.create(body={"title": "a", "subtitle": None, "pages": None}),
        received_values(JSON, {"title": "a", "subtitle": None, "pages": None}),
    ),
    "books.create, as a form": (
        lambda c, _: c.books.create(body={"title": "a", "pages": 3}, content_type=FORM),
        received_values(FORM, {"title": "a", "pages": 3}),
    ),
    "books.create, with bytes": (
        lambda c, _: c.books.create(body={"title": "a", "cover": b"x"}),
        received_values(PARTS, {"title": "a"}, ["file", "application/octet-stream", "x"]),
    ),
    "books.create, with a file in a model": (
        lambda c, p: c.books.create(body=p.BookRequest(title="a", cover=b"x")),
        received_values(PARTS, {"title": "a"}, ["file", "application/octet-stream", "x"]),
    ),
    "books.update, with a file": (
        lambda c, p: c.books.update(
            "7", body={"title": "a", "cover": p.UploadFile("a.png", b"\x89PNG")}
        ),
        received_values(PARTS, {"title": "a"}, COVER),
    ),
    "books.partial_update": (
        lambda c, _: c.books.partial_update("7", body={"subtitle": None}),
        received_values(JSON, {"subtitle": None}),
    ),
    "books.partial_update, with an open file": (
        lambda c, _: c.books.partial_update("7", body={"cover": io.BytesIO(b"x")}),
        received_values(PARTS, {}, ["file", "application/octet-stream", "x"]),
    ),
    "books.mark_read": (
        lambda c, _: c.books.mark_read("7", body={"title": "a"}),
        received_values(JSON, {"title": "a"}),
    ),
    "books.retrieve": (lambda c, _: c.books.retrieve("7"), 7),
}


@pytest.mark.parametrize("name", CALLS)
def test_service_receives_the_passed_values(service: Judge, name: str) -> None:
    call, expected = CALLS[name]
    assert call(service.client, service.package).extra["received"] == expected


def test_responses_without_a_model_are_read(service: Judge) -> None:
    (book,) = service.client.books.list(extra_query={"page": "2"})
    assert book.title == "page=2"
    assert service.client.books.export() == "a,b\n"
    assert service.client.books.destroy("7") is None
    assert service.client.books.with_raw_response.destroy("7").status_code == 204


def test_every_operation_is_called(service: Judge) -> None:
    for call, _ in CALLS.values():
        call(service.client, service.package)
    test_responses_without_a_model_are_read(service)
    assert service.called == service.operations
