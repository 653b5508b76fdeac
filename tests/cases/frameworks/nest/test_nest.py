"""A NestJS service, called with the client that its own document makes."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.frameworks import Judge, running_service

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Generator[Judge, None, None]:
    with running_service("nest_service.js", tmp_path_factory.mktemp("nest")) as judge:
        yield judge


CALLS: dict[str, tuple[Callable[[Any, Any], Any], Any]] = {
    "users.create": (
        lambda users, _: users.create(body={"name": "a", "nickname": None}),
        {"user": {"name": "a", "nickname": None}},
    ),
    "users.create, with a model": (
        lambda users, p: users.create(body=p.CreateUserDto(name="a")),
        {"user": {"name": "a"}},
    ),
    "users.find_all": (lambda users, _: users.find_all(limit="3"), {"limit": "3"}),
    "users.find_one": (lambda users, _: users.find_one("a/b"), {"id": "a/b"}),
    "users.update": (
        lambda users, _: users.update("7", body={"name": "a"}),
        {"id": "7", "user": {"name": "a"}},
    ),
    "users.remove": (lambda users, _: users.remove("7"), {"id": "7"}),
    "users.upload": (
        lambda users, p: users.upload(
            "7", body={"file": p.UploadFile("a.png", b"\x89PNG"), "note": "n"}
        ),
        {"id": "7", "file": ["a.png", "image/png", "\x89PNG"], "body": {"note": "n"}},
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_service_receives_the_passed_values(service: Judge, name: str) -> None:
    call, expected = CALLS[name]
    raw = call(service.client.users.with_raw_response, service.package)
    assert json.loads(raw.content) == expected


def test_response_without_content_reads_as_none(service: Judge) -> None:
    assert service.client.users.remove("7") is None
    assert service.client.users.find_one("7").id == "7"


def test_text_of_a_handler_that_returns_a_string_is_read(service: Judge) -> None:
    assert service.client.app.get_hello() == "Hello"


def test_redirect_returns_where_it_leads(service: Judge) -> None:
    assert service.client.users.find_avatar("7").endswith("/api/users?avatar=1")


def test_every_operation_is_called(service: Judge) -> None:
    for call, _ in CALLS.values():
        call(service.client.users, service.package)
    test_text_of_a_handler_that_returns_a_string_is_read(service)
    test_redirect_returns_where_it_leads(service)
    assert service.called == service.operations
