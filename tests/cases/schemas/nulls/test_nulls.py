"""Null and missing: fields of models that are sent, and request bodies."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Generator
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import msgspec
import pytest

from tests.support.checkers import each_checker, lines_with_errors
from tests.support.packages import generated_package

Sent = Callable[[Callable[[Any], Any]], httpx.Request]
REF = "#/components/schemas"
DOCUMENT = f"""\
openapi: 3.1.0
info: {{title: Pets, version: 1.0.0}}
servers: [{{url: 'https://pets.example.com'}}]
paths:
  /pets:
    get:
      operationId: pets.get
      parameters:
        - {{name: deep, in: query, style: deepObject, schema: {{$ref: '{REF}/Pet'}}}}
        - {{name: flat, in: query, explode: false, schema: {{$ref: '{REF}/Home'}}}}
        - {{name: spread, in: query, schema: {{$ref: '{REF}/Home'}}}}
        - {{name: X-Home, in: header, schema: {{$ref: '{REF}/Home'}}}}
      responses:
        '200':
          description: A pet.
          content: {{application/json: {{schema: {{$ref: '{REF}/Answer'}}}}}}
    patch:
      operationId: pets.patch
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '{REF}/Pet'}}}}}}
      responses: {{'204': {{description: Changed.}}}}
    put:
      operationId: pets.put
      requestBody:
        required: true
        content: {{application/x-www-form-urlencoded: {{schema: {{$ref: '{REF}/Pet'}}}}}}
      responses: {{'204': {{description: Changed.}}}}
    post:
      operationId: pets.post
      requestBody:
        required: true
        content: {{multipart/form-data: {{schema: {{$ref: '{REF}/Form'}}}}}}
      responses: {{'204': {{description: Changed.}}}}
  /any:
    post: &optional
      operationId: bodies.optional
      requestBody:
        content: {{application/json: {{schema: {{$ref: '{REF}/PetOrNull'}}}}}}
      responses: {{'204': {{description: Changed.}}}}
    put:
      <<: *optional
      operationId: bodies.required
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '{REF}/PetOrNull'}}}}}}
    patch:
      <<: *optional
      operationId: bodies.plain
      requestBody:
        content: {{application/json: {{schema: {{$ref: '{REF}/Pet'}}}}}}
    delete:
      <<: *optional
      operationId: bodies.parts
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '{REF}/Parts'}}}}}}
components:
  schemas:
    Parts:
      allOf:
        - {{type: [object, 'null'], properties: {{a: {{type: string}}}}}}
        - {{type: [object, 'null'], properties: {{b: {{type: string}}}}}}
        - {{required: [a]}}
    Nullable: {{type: [string, 'null'], format: date-time}}
    PetOrNull: {{oneOf: [{{$ref: '{REF}/Pet'}}, {{type: 'null'}}]}}
    Home:
      type: object
      properties: {{town: {{type: [string, 'null']}}, street: {{type: string}}}}
    Pet:
      type: object
      required: [must]
      properties:
        must: {{type: [string, 'null']}}
        may: {{type: [string, 'null']}}
        born: {{$ref: '{REF}/Nullable'}}
        any_: {{}}
        plain: {{type: string}}
        nick-name: {{type: [string, 'null']}}
        child: {{oneOf: [{{$ref: '{REF}/Pet'}}, {{type: 'null'}}]}}
    Form:
      type: object
      properties: {{pet: {{$ref: '{REF}/Pet'}}, note: {{type: [string, 'null']}}}}
    Answer:
      type: object
      properties: {{pet: {{$ref: '{REF}/Pet'}}, note: {{type: [string, 'null']}}}}
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """The package of the document."""
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as package:
        yield package


def method(name: str, **arguments: Any) -> Callable[[Any], Any]:
    """Return a function that calls a method of a client."""
    return lambda client: attrgetter(name)(client)(**arguments)


@pytest.fixture
def sent_request(pets: Any) -> Sent:
    """Makes a call and returns the request."""

    def call(made_by: Callable[[Any], Any]) -> httpx.Request:
        requests: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            request.read()
            requests.append(request)
            is_get = request.method == "GET"
            return httpx.Response(200, json={"note": "x"}) if is_get else httpx.Response(204)

        with pets.Client(http_client=httpx.Client(transport=httpx.MockTransport(answer))) as client:
            made_by(client)
        return requests[0]

    return call


def test_none_is_sent_as_null_where_the_schema_allows_null(pets: Any, sent_request: Sent) -> None:
    def patch_json(**fields: Any) -> Any:
        return json.loads(
            sent_request(lambda client: client.pets.patch(body=pets.Pet(**fields))).content
        )

    assert patch_json(must=None) == {"must": None}
    assert patch_json(must="x", may=None, born=None) == {"must": "x", "may": None, "born": None}
    assert patch_json(must="x", plain=None) == {"must": "x"}
    assert patch_json(must="x", nick_name=None) == {"must": "x", "nick-name": None}
    child = pets.Pet(must=None, may=None)
    assert patch_json(must="x", child=child) == {"must": "x", "child": {"must": None, "may": None}}
    assert patch_json(must="x", child=None) == {"must": "x", "child": None}


def test_omitted_field_reads_as_none_and_is_not_sent(pets: Any) -> None:
    pet = pets.Pet(must="x")
    assert (pet.may, pet.born, pet.nick_name, pet.child) == (None, None, None, None)
    assert pet.to_dict() == {"must": "x"}
    assert pet.to_json() == '{"must":"x"}'
    assert repr(pet) == "Pet(must='x')"
    assert pet != pets.Pet(must="x", may=None)
    assert pet == pets.Pet(must="x", may=pets.MISSING)
    match pet:
        case pets.Pet(may=None, plain=None):
            pass
        case _:
            pytest.fail("did not match")


def pickle_copy(pet: Any) -> Any:
    return pickle.loads(pickle.dumps(pet))


DUPLICATES: list[Callable[[Any], Any]] = [copy.copy, copy.deepcopy, pickle_copy]


@pytest.mark.parametrize("duplicate", DUPLICATES, ids=["copy", "deepcopy", "pickle"])
def test_copies_distinguish_null_from_missing(pets: Any, duplicate: Callable[[Any], Any]) -> None:
    for pet in (pets.Pet(must="x"), pets.Pet(must="x", may=None)):
        again = duplicate(pet)
        assert again == pet
        assert again.to_dict() == pet.to_dict()
        assert again.may is None
        assert pets.Pet.from_json(pet.to_json()) == pet


def test_received_model_keeps_null_and_missing_through_a_change(pets: Any) -> None:
    pet = pets.Pet.from_json('{"must": null, "may": null, "new": 1}')
    assert (pet.must, pet.may, pet.born) == (None, None, None)
    changed = msgspec.structs.replace(pet, nick_name=None, may="x")
    assert changed.to_dict() == {"must": None, "may": "x", "new": 1, "nick-name": None}
    assert msgspec.structs.replace(changed, may=pets.MISSING).to_dict() == {
        "must": None,
        "new": 1,
        "nick-name": None,
    }
    answer = pets.Answer.from_dict({"pet": {"must": "x", "born": "2020-01-01T00:00:00+01:00"}})
    assert answer.pet.born.isoformat() == "2019-12-31T23:00:00+00:00"
    assert answer.pet.may is None


def test_parameters_and_forms_leave_none_out(pets: Any, sent_request: Sent) -> None:
    pet = pets.Pet(must=None, may=None, plain="x", child=pets.Pet(must="y", may=None))
    request = sent_request(lambda client: client.pets.get(deep=pet))
    assert unquote(request.url.query.decode()) == "deep[plain]=x&deep[child][must]=y"
    home = {"town": None, "street": "x"}
    for name, query in (("flat", "flat=street,x"), ("spread", "street=x")):
        request = sent_request(method("pets.get", **{name: home}))
        assert unquote(request.url.query.decode()) == query
    assert sent_request(lambda client: client.pets.get(x_home=home)).headers["x-home"] == "street,x"
    request = sent_request(
        lambda client: client.pets.put(body=pets.Pet(must=None, may=None, plain="x"))
    )
    assert request.content == b"plain=x"
    form = pets.Form(note=None, pet=pets.Pet(must="x", may=None))
    request = sent_request(lambda client: client.pets.post(body=form))
    assert b'name="note"' not in request.content
    assert b'{"must":"x","may":null}' in request.content


def test_condition_that_is_all_none_is_rejected(pets: Any) -> None:
    with pets.Client() as client:
        for name in ("deep", "flat", "spread"):
            wanted = {"must": None} if name == "deep" else {"town": None}
            with pytest.raises(pets.InvalidArgumentError, match="must not be empty"):
                client.pets.get(**{name: wanted})
        with pytest.raises(pets.InvalidArgumentError, match="must not be empty"):
            client.pets.get(deep={"must": "x", "child": {"must": None}})


def test_nullable_body_that_is_none_sends_null(sent_request: Sent) -> None:
    for name in ("optional", "required"):
        request = sent_request(method(f"bodies.{name}", body=None))
        assert request.content == b"null"
        assert request.headers["content-type"] == "application/json"


def test_optional_nullable_body_that_is_omitted_is_not_sent(pets: Any, sent_request: Sent) -> None:
    given: list[dict[str, Any]] = [{}, {"body": pets.MISSING}]
    for body in given:
        request = sent_request(method("bodies.optional", **body))
        assert request.content == b""
        assert "content-type" not in request.headers


def test_required_body_that_is_missing_is_rejected(pets: Any) -> None:
    with pets.Client() as client, pytest.raises(pets.InvalidArgumentError, match="body: missing"):
        client.bodies.required(body=pets.MISSING)


def test_optional_body_that_may_not_be_null_is_left_out(sent_request: Sent) -> None:
    assert sent_request(lambda client: client.bodies.plain(body=None)).content == b""


def test_null_that_every_part_of_a_body_allows_is_sent(sent_request: Sent) -> None:
    assert sent_request(lambda client: client.bodies.parts(body=None)).content == b"null"


def test_class_of_responses_and_parameters_alone_has_no_missing_fields(pets: Any) -> None:
    for kind in (pets.Answer, pets.Home):
        defaults = {each.default for each in msgspec.structs.fields(kind)[2:]}
        assert defaults == {None}
    assert pets.Home(town=None).to_dict() == {}


PROGRAM = """\
from pets import MISSING, Client, Pet

pet = Pet(must=None, may=None)
may: str | None = pet.may
Pet()
Pet(must=None, may=1)
with Client() as client:
    client.pets.patch(body=pet)
    client.bodies.optional()
    client.bodies.optional(body=None)
    client.bodies.optional(body=MISSING)
    client.bodies.optional(body=1)
"""


@each_checker
def test_type_checkers_know_null_and_missing(pets: Any, tmp_path: Path, checker: str) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    found = lines_with_errors(tmp_path, checker, Path(pets.__file__).parents[1])
    assert found == {"program": [5, 6, 12]}
