"""The mock transport decodes and validates the requests of the client."""

from __future__ import annotations

import datetime as dt
from typing import Any

import httpx
import pytest

from tests.support.callers import TOKEN, Way
from tests.support.packages import PackageCaller

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets/{label}/{matrix}/{spot}/{list}:
    get:
      operationId: pets.find
      parameters:
        - {name: label, in: path, required: true, style: label, explode: true, schema: &ints
            {type: array, items: {type: integer}}}
        - {name: matrix, in: path, required: true, style: matrix, explode: true, schema: *ints}
        - {name: spot, in: path, required: true, style: matrix, schema: &spot
            {type: object, properties: {x: {type: number}, where: {type: string}}}}
        - {name: list, in: path, required: true, explode: true, schema: *spot}
        - {name: piped, in: query, style: pipeDelimited, explode: false, schema: *ints}
        - {name: spaced, in: query, style: spaceDelimited, schema:
            {type: array, items: {type: string, format: date}}}
        - {name: form, in: query, explode: false, schema: &texts
            {type: array, items: {type: string}}}
        - {name: deep, in: query, style: deepObject, schema:
            {type: object, properties: {a: {type: object, properties: {b: *ints}}}}}
        - {name: json, in: query, content: {application/json: {schema: *spot}}}
        - {name: flag, in: query, allowEmptyValue: true, schema: {type: boolean}}
        - {name: X-Ids, in: header, schema: *ints}
        - {name: X-Spot, in: header, explode: true, schema: *spot}
        - {name: X-Json, in: header, content: {application/json: {schema: *texts}}}
        - {name: session, in: cookie, schema: {type: string}}
        - {name: seen, in: cookie, explode: false, schema: *ints}
      responses: &ok
        '200':
          description: Ok.
          content: {application/json: {schema: {type: object}, example: {ok: true}}}
  /pets/{where}:
    get:
      operationId: pets.near
      parameters:
        - name: where
          in: path
          required: true
          content: {application/json: {schema: {type: array, items: {type: number}}}}
        - {name: deep, in: query, style: deepObject, schema: {type: object}}
        - {name: chip, in: query, schema: {anyOf: [{type: integer}, {type: 'null'}]}}
      responses: *ok
  /pets:
    post:
      operationId: pets.add
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Pet'}}
          application/x-www-form-urlencoded:
            schema: {$ref: '#/components/schemas/Pet'}
            encoding: {spots: {style: pipeDelimited, explode: false}}
          application/xml: {}
      responses: *ok
    put:
      operationId: pets.upload
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties: {file: {type: string, format: binary}}
          image/*: {}
      responses: *ok
components:
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string, minLength: 2}
        ages: {type: array, items: {type: integer}}
        spots: {type: array, items: {type: integer}}
        owner: {type: object, properties: {town: {type: string}}}
        friends: {type: array, items: {$ref: '#/components/schemas/Pet'}}
"""
IN_PATH = {"label": [1, 2], "matrix": [3, 4], "spot": {"x": 1.5}, "list_": {"x": 2, "where": "a,b"}}
FOUND: list[dict[str, Any]] = [
    {"piped": [1, 2]},
    {"spaced": [dt.date(2024, 1, 1), dt.date(2024, 1, 2)]},
    {"form": ["a,b", "c d", "e&f=g"]},
    {"deep": {"a": {"b": [1, 2]}}},
    {"json": {"x": 1, "where": "&"}},
    {"flag": ""},
    {"flag": False},
    {"x_ids": [1, 2]},
    {"x_spot": {"x": 1, "where": "Rome"}},
    {"x_json": ["ü", "a,b"]},
    {"session": "a;b c", "seen": [1, 2]},
]


@pytest.fixture(params=list(Way))
def mock_caller(request: pytest.FixtureRequest, pets: Any) -> PackageCaller:
    return PackageCaller(pets, Way(request.param), "https://pets.example.com")


def http_client(call: PackageCaller, transport: Any) -> Any:
    kind: Any = httpx.Client if call.way is Way.SYNC else httpx.AsyncClient
    return kind(transport=transport)


@pytest.mark.parametrize("arguments", FOUND, ids=str)
def test_mock_decodes_every_parameter_style(
    pets: Any, arguments: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[dict[str, Any]] = []
    original = pets._runtime.mock.service.read_arguments

    def reading(*given: Any) -> Any:
        read.append(original(*given))
        return read[-1]

    monkeypatch.setattr(pets._runtime.mock.service, "read_arguments", reading)
    http = httpx.Client(transport=pets.testing.mock_transport())
    with pets.Client(TOKEN, http_client=http) as client:
        client.pets.find(**IN_PATH, **arguments)
    expected = {**IN_PATH, **arguments}
    if "spaced" in arguments:
        expected["spaced"] = ["2024-01-01", "2024-01-02"]
    assert read == [expected]


GOOD: list[tuple[str, dict[str, Any]]] = [
    ("add", {"body": {"name": "Rex", "ages": [1], "friends": [{"name": "Tom"}]}}),
    ("add", {"body": "<pet/>", "content_type": "application/xml"}),
    (
        "add",
        {
            "body": {"name": "Rex", "ages": [1, 2], "spots": [3, 4], "owner": {"town": "x"}},
            "content_type": "application/x-www-form-urlencoded",
        },
    ),
    (
        "add",
        {
            "body": {"name": "Rex", "friends": [{"name": "Tom"}]},
            "content_type": "application/x-www-form-urlencoded",
        },
    ),
    ("upload", {"body": {"file": b"x"}}),
    ("upload", {"body": b"x", "content_type": "image/png"}),
    ("upload", {}),
    ("near", {"where": [1.5, 2]}),
]


@pytest.mark.parametrize(("name", "arguments"), GOOD, ids=str)
def test_mock_accepts_valid_bodies(
    mock_caller: PackageCaller, name: str, arguments: dict[str, Any]
) -> None:
    transport = mock_caller.package.testing.mock_transport()
    mock_caller(
        lambda client: getattr(client.pets, name)(**arguments),
        http_client=http_client(mock_caller, transport),
    )
    assert len(transport.requests) == 1


BAD: dict[str, dict[str, Any]] = {
    "no body": {},
    "no media type of the document": {"content": b"x", "headers": {"content-type": "text/csv"}},
    "no JSON": {"content": b"{", "headers": {"content-type": "application/json"}},
    "a missing member": {"json": {}},
    "a member that does not fit": {"json": {"name": "Rex", "ages": ["1"]}},
    "a form with a member that does not fit": {"data": {"name": "Rex", "ages": "old"}},
    "a form without a member": {"data": {"ages": "1"}},
    "a form with an item that does not fit": {"data": {"name": "Rex", "friends": "Tom"}},
    "a form with a list that does not fit": {"data": {"name": "Rex", "spots": "1|two"}},
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD.keys())
def test_mock_rejects_invalid_bodies(pets: Any, given: dict[str, Any]) -> None:
    with httpx.Client(transport=pets.testing.mock_transport()) as http:
        assert http.post("https://pets.example.com/pets", **given).status_code == 400


def test_mock_rejects_a_form_without_its_file(pets: Any) -> None:
    with httpx.Client(transport=pets.testing.mock_transport()) as http:
        url = "https://pets.example.com/pets"
        assert http.put(url, files={"other": b"x"}).status_code == 400
        assert http.put(url, files={"file": b"x"}).status_code != 400
        headers = {"content-type": "multipart/form-data"}
        assert http.put(url, content=b"file=x", headers=headers).status_code == 400


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("[1.5,2]", 200),
        ("{", 400),
        ("[" * 2_000, 400),
        ('"here"', 400),
        ("[]?chip=7", 200),
        ("[]?chip=", 200),
        ("[]?chip=none", 400),
        ("[]?deep[a]=1&deep[a][b]=2", 200),
    ],
)
def test_mock_validates_path_and_query_parameters(pets: Any, target: str, status: int) -> None:
    with httpx.Client(transport=pets.testing.mock_transport()) as http:
        assert http.get(f"https://pets.example.com/pets/{target}").status_code == status


def test_mock_records_the_body_of_a_request(mock_caller: PackageCaller) -> None:
    transport = mock_caller.package.testing.mock_transport()
    mock_caller(
        lambda client: client.pets.upload(body=iter([b"a", b"b"]), content_type="image/png"),
        http_client=http_client(mock_caller, transport),
    )
    assert transport.requests[0].content == b"ab"
