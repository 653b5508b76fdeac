"""A FastAPI service, called with the client that its own document makes."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.frameworks import Judge, running_service

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Generator[Judge, None, None]:
    with running_service("fastapi_service.py", tmp_path_factory.mktemp("fastapi")) as judge:
        yield judge


def file(content: str, name: str = "file", kind: str = "application/octet-stream") -> Any:
    return {"name": name, "type": kind, "content": content}


CALLS: dict[str, tuple[Callable[[Any, Any], Any], Any]] = {
    "root.read": (lambda c, _: c.root.read(), None),
    "users.read_me": (lambda c, _: c.users.read_me(), None),
    "users.create": (lambda c, _: c.users.create(body={"name": "a"}), {"name": "a"}),
    "users.create, with a model": (
        lambda c, p: c.users.create(body=p.UserCreate(name="a", nickname="b")),
        {"name": "a", "nickname": "b"},
    ),
    "users.create, with null": (
        lambda c, _: c.users.create(body={"name": "a", "nickname": None}),
        {"name": "a", "nickname": None},
    ),
    "users.get": (lambda c, _: c.users.get(7), 7),
    "users.update, with null": (
        lambda c, _: c.users.update(7, body={"nickname": None}),
        {"id": 7, "nickname": None},
    ),
    "users.update, with nothing": (lambda c, _: c.users.update(7, body={}), {"id": 7}),
    "users.add_pet": (
        lambda c, _: c.users.add_pet(7, body={"kind": "cat", "lives": 3}),
        {"id": 7, "kind": "cat", "lives": 3},
    ),
    "users.add_pet, with a model": (
        lambda c, p: c.users.add_pet(7, body=p.Dog(kind="dog", breed="b")),
        {"id": 7, "kind": "dog", "breed": "b"},
    ),
    "files.upload_photo": (
        lambda c, _: c.files.upload_photo(body={"file": b"\x89PNG"}),
        {"file": file("\x89PNG"), "note": None},
    ),
    "files.upload_photo, of a media type": (
        lambda c, p: c.files.upload_photo(
            body={"file": p.UploadFile("a.png", b"x", "image/png"), "note": "n"}
        ),
        {"file": file("x", "a.png", "image/png"), "note": "n"},
    ),
    "files.upload_avatar": (
        lambda c, _: c.files.upload_avatar(body={"file": io.BytesIO(b"x")}),
        file("x"),
    ),
    "files.upload_avatar, with nothing": (lambda c, _: c.files.upload_avatar(), None),
    "files.upload_many": (
        lambda c, _: c.files.upload_many(body={"files": [b"1", b"2"], "title": "t"}),
        {"files": [file("1"), file("2")], "title": "t"},
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_service_receives_the_passed_values(service: Judge, name: str) -> None:
    call, expected = CALLS[name]
    assert call(service.client, service.package).body == expected


def test_query_is_received(service: Judge) -> None:
    assert service.client.users.list(q="a b", tag=["x", "y"]).query == {
        "q": ["a b"],
        "tag": ["x", "y"],
    }
    assert service.client.users.list().query == {}


def test_responses_are_decoded_by_their_content_type(service: Judge) -> None:
    exports = service.client.exports
    assert exports.export_table() == "a,b\n1,2\n"
    assert exports.download_archive() == b"PK\x03\x04"
    assert exports.export_anything() == {"a": [1, None]}
    assert service.client.users.delete(7) is None
    assert service.client.users.with_raw_response.delete(7).status_code == 204


def test_redirect_returns_where_it_leads(service: Judge) -> None:
    found = service.client.exports.find_latest()
    assert found.endswith("/api/v1/exports/table?latest=1")
    assert found.startswith("http://127.0.0.1:")


def test_every_operation_is_called(service: Judge) -> None:
    for call, _ in CALLS.values():
        call(service.client, service.package)
    test_query_is_received(service)
    test_responses_are_decoded_by_their_content_type(service)
    test_redirect_returns_where_it_leads(service)
    assert service.called == service.operations
