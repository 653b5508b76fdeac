"""Calls of a document in the style of ASP.NET."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from tests.support.callers import Way
from tests.support.frameworks import check
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Answer, Server, json_answer, text_answer

ID = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture(scope="module")
def aspnet(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    document = Path(__file__).with_name("aspnet.yaml").read_text("utf-8")
    with generated_package(tmp_path_factory.mktemp("aspnet"), document, names="short") as package:
        yield package


DTO = {"name": None, "createdAt": "2026-01-01T00:00:00Z", "role": 1}
ASPNET: dict[str, tuple[Callable[[Any], Any], str, str, Answer]] = {
    "users.list": (
        lambda c: c.users.list(search="a")[0].role,
        "GET /api/Users?Search=a",
        "1",
        json_answer([DTO]),
    ),
    "users.create": (
        lambda c: c.users.create(body={"name": "a", "role": 2}),
        "POST /api/Users",
        "None",
        Answer(),
    ),
    "users.get": (
        lambda c: c.users.get(ID).name,
        f"GET /api/Users/{ID}",
        "None",
        json_answer(DTO),
    ),
    "users.update": (
        lambda c: c.users.update(ID, body={"name": "b"}),
        f"PUT /api/Users/{ID}",
        "None",
        Answer(status=204),
    ),
    "users.delete": (
        lambda c: c.users.delete(ID),
        f"DELETE /api/Users/{ID}",
        "None",
        Answer(status=204),
    ),
    "users.create_file": (
        lambda c: c.users.create_file(ID, body={"files": [b"1", b"2"]}),
        f"POST /api/Users/{ID}/files",
        "None",
        Answer(),
    ),
    "users.activate": (
        lambda c: c.users.activate(ID),
        f"POST /api/Users/{ID}/activate",
        "None",
        Answer(),
    ),
    "auth.login": (
        lambda c: c.auth.login(body={"name": "a"}),
        "POST /api/Auth/Login",
        "token",
        text_answer("token", content_type="text/plain"),
    ),
    "weather_forecast.get": (
        lambda c: len(c.weather_forecast.get()),
        "GET /WeatherForecast",
        "1",
        json_answer([DTO]),
    ),
}


@pytest.mark.parametrize("name", ASPNET)
def test_client_of_an_asp_net_document_is_called_by_short_names(
    aspnet: Any, server: Server, name: str
) -> None:
    check(aspnet, server, ASPNET[name])


def test_every_operation_of_the_document_is_called(aspnet: Any) -> None:
    assert len(aspnet._examples.MOCK_OPERATIONS) == len(ASPNET)


def test_bodies_are_sent_as_json_and_files_as_parts(aspnet: Any, server: Server) -> None:
    server.always(Answer())
    caller = PackageCaller(aspnet, Way.SYNC, server.url, {})
    caller(lambda c: c.users.create(body=aspnet.UserDto(name="a", role=2)))
    assert server.last.headers["content-type"] == "application/json"
    assert json.loads(server.last.body)["role"] == 2
    caller(lambda c: c.users.create_file(ID, body={"files": [b"1", b"2"]}))
    assert server.last.body.count(b'name="files"; filename="file"') == 2
