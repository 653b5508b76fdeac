"""Attacks in requests, which are rejected or become a harmless package."""

from __future__ import annotations

import email.policy
import json
import re
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.support.callers import Way
from tests.support.cli import Project
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Server, json_answer

OK = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}}}
ATTACKS = [
    "__import__('os').abort()",
    '"""; raise SystemExit; """',
    '"); raise SystemExit; ("',
    "{{ 7 * 7 }}{% include 'x' %}",
    "{self}",
    "\\N{BULLET}\\",
    "a\r\nX-Injected: 1\r\n\r\n",
    "\u202e\u2028\u0000",
    '"; filename="x',
    "--boundary--",
    "%0d%0a",
]


def document(*operations: dict[str, Any]) -> str:
    paths = {
        f"/{number}": {"post": {"operationId": f"all.call{number}", "responses": OK, **each}}
        for number, each in enumerate(operations)
    }
    info = {"title": "Pets", "version": "1.0.0"}
    servers = [{"url": "https://pets.example.com"}]
    return json.dumps({"openapi": "3.1.0", "info": info, "servers": servers, "paths": paths})


def form(media_type: str) -> dict[str, Any]:
    encoding: dict[str, Any] = {
        name: {"contentType": name, "headers": {name: {}}} for name in ATTACKS
    }
    schema = {"type": "object", "additionalProperties": {"type": "string"}}
    media = {"schema": schema, "encoding": encoding}
    return {"requestBody": {"description": ATTACKS[1], "content": {media_type: media}}}


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Any:
    text = document(
        form("application/x-www-form-urlencoded"),
        {"requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object"}}}}},
        form("multipart/form-data"),
        {
            "parameters": [
                {"name": name, "in": "cookie", "description": name, "schema": {"type": "string"}}
                for name in ATTACKS
            ]
        },
    )
    with generated_package(tmp_path_factory.mktemp("pets"), text) as package:
        yield package


@pytest.fixture
def call(pets: Any, server: Server) -> PackageCaller:
    server.always(json_answer({}))
    return PackageCaller(pets, Way.SYNC, server.url)


def test_hostile_form_field_names_are_escaped(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.all.call0(body=dict.fromkeys(ATTACKS, "v")))
    pairs = parse_qsl(server.last.body.decode("ascii"), strict_parsing=True)
    assert pairs == [(name, "v") for name in ATTACKS]


def test_hostile_part_names_are_escaped(call: PackageCaller, server: Server, pets: Any) -> None:
    allowed = [name for name in ATTACKS if "\0" not in name]
    call(lambda client: client.all.call1(body={name: name for name in allowed}))
    head = f"Content-Type: {server.last.headers['content-type']}\r\n\r\n".encode()
    parser = BytesParser(policy=email.policy.HTTP)
    message = parser.parsebytes(head + server.last.body)
    parts = list(message.iter_parts())
    assert [part.keys() for part in parts] == [["Content-Disposition"]] * len(allowed)
    assert [part.get_content().rstrip() for part in parts] == [each.rstrip() for each in allowed]
    with pytest.raises(pets.InvalidArgumentError, match="contains a control character"):
        call(lambda client: client.all.call1(body={"a\0": "v"}))


def test_hostile_cookie_names_are_escaped(call: PackageCaller, server: Server) -> None:
    arguments = dict.fromkeys(_arguments(call), "v")
    assert len(arguments) == len(ATTACKS)
    call(lambda client: client.all.call3(**arguments))
    cookies = server.last.headers["cookie"].split("; ")
    assert len(cookies) == len(ATTACKS)
    assert all(re.fullmatch(r"[!#$%&'*+.^_`|~\w-]+=v", each, re.ASCII) for each in cookies)
    assert "x-injected" not in server.last.headers


def _arguments(call: PackageCaller) -> list[str]:
    import inspect

    with call.package.Client("t") as client:
        names = inspect.signature(client.all.call3).parameters
    return [name for name in names if name != "options"]


BAD_HEADERS = ["a\r\nX-Injected: 1", "a b", "ü", "", "a:b", '"']


@pytest.mark.parametrize("name", BAD_HEADERS, ids=ascii)
def test_invalid_header_name_is_rejected_at_its_position(new_project: Project, name: str) -> None:
    header = {"name": name, "in": "header", "description": "A.", "schema": {"type": "string"}}
    text = document({"summary": "A", "parameters": [header]}, {"summary": "B"})
    new_project.spec.write_text(json.dumps(json.loads(text), indent=1), "utf-8")
    ended = new_project.run("generate")
    assert ended.code == 2
    assert re.search(r"openapi\.yaml:\d+:\d+: error U904", ended.err)
    ended = new_project.run("generate", "--allow-partial")
    assert "1 of 2 operations generated" in ended.out, ended.err


def test_invalid_media_type_is_rejected(new_project: Project) -> None:
    broken: dict[str, Any] = {"requestBody": {"content": {"a/b c\r\nX-Injected: 1": {}}}}
    new_project.spec.write_text(document(broken), "utf-8")
    ended = new_project.run("generate")
    assert (ended.code, "error M001" in ended.err) == (2, True)


def test_media_type_with_a_line_break_cannot_add_a_header(new_project: Project) -> None:
    """Parameters of a media type are arbitrary; the value is rejected before sending."""
    broken: dict[str, Any] = {"requestBody": {"content": {"a/b;\r\nX-Injected: 1": {}}}}
    with generated_package(new_project.root, document(broken)) as package:
        client = package.Client("t")
        with pytest.raises(package.InvalidArgumentError, match="content-type"):
            client.all.call0(body=b"")
        client.close()
