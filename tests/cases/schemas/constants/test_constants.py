"""Properties with only one value, in types, requests and responses."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from tests.support.checkers import each_checker, lines_with_errors
from tests.support.packages import generated_package

Sent = Callable[[Callable[[Any], Any]], Any]
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
        - {{name: purge, in: query, schema: {{type: boolean, enum: [true]}}}}
        - {{name: kind, in: query, schema: {{$ref: '{REF}/Kind'}}}}
        - name: version
          in: query
          schema: {{type: string, format: date, enum: ['2026-01-31']}}
        - {{name: at, in: query, schema: {{format: date-time, const: '2026-01-31T00:00:00Z'}}}}
      responses:
        '200':
          description: The pet.
          content: {{application/json: {{schema: {{$ref: '{REF}/Answer'}}}}}}
    post:
      operationId: pets.add
      requestBody:
        required: true
        content:
          application/json:
            schema:
              oneOf: [{{$ref: '{REF}/Cat'}}, {{$ref: '{REF}/Dog'}}]
              discriminator: {{propertyName: kind}}
      responses: {{'204': {{description: Added.}}}}
    put:
      operationId: pets.set
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '{REF}/Fixed'}}}}}}
      responses: {{'204': {{description: Set.}}}}
components:
  schemas:
    Kind: {{type: string, enum: [pet]}}
    Cat: {{type: object, properties: {{kind: {{const: Cat}}, lives: {{type: integer}}}}}}
    Dog:
      type: object
      required: [kind]
      properties: {{kind: {{const: Dog}}, bark: {{type: string}}}}
    Fixed:
      type: object
      required: [must, named, number, text, read]
      properties:
        must: {{const: "it's"}}
        named: {{$ref: '{REF}/Kind'}}
        number: {{type: integer, enum: [7]}}
        text: {{type: string, enum: [a, b]}}
        read: {{const: seen, readOnly: true}}
        readDefault: {{const: seen, readOnly: true, default: seen}}
        purge: {{type: boolean, enum: [true]}}
        usual: {{type: string, const: usual, default: usual}}
        other: {{type: string, const: usual, default: other}}
        either: {{oneOf: [{{const: set}}, {{type: 'null'}}]}}
    Answer:
      type: object
      properties:
        fixed: {{$ref: '{REF}/Fixed'}}
        pet:
          oneOf: [{{$ref: '{REF}/Cat'}}, {{$ref: '{REF}/Dog'}}]
          discriminator: {{propertyName: kind}}
        unlabeled: {{anyOf: [{{$ref: '{REF}/A'}}, {{$ref: '{REF}/B'}}]}}
        of_b: {{$ref: '{REF}/B'}}
        removed: {{$ref: '{REF}/Removed'}}
    Removed:
      type: object
      required: [reason]
      properties:
        reason: {{type: [string, 'null'], enum: [sold, null]}}
        level: {{type: integer, enum: [1, 2.0, 3e0]}}
    A: {{type: object, properties: {{type: {{const: a, default: a}}, x: {{type: integer}}}}}}
    B: {{type: object, properties: {{type: {{const: b, default: b}}, x: {{type: integer}}}}}}
"""
FIXED = {"must": "it's", "named": "pet", "number": 7, "text": "a", "read": "seen"}


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """The package of the document."""
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as package:
        yield package


@pytest.fixture
def sent_json(pets: Any) -> Sent:
    """Makes a call and returns the JSON that was sent."""

    def call(method: Callable[[Any], Any]) -> Any:
        requests: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            requests.append(request)
            return httpx.Response(204)

        with pets.Client(http_client=httpx.Client(transport=httpx.MockTransport(answer))) as client:
            method(client)
        return json.loads(requests[0].content)

    return call


def test_constant_that_is_required_or_discriminates_is_sent(pets: Any, sent_json: Sent) -> None:
    assert sent_json(lambda client: client.pets.add(body=pets.Cat(lives=3))) == {
        "kind": "Cat",
        "lives": 3,
    }
    assert sent_json(lambda client: client.pets.add(body=pets.Dog())) == {"kind": "Dog"}


def test_constant_is_sent_only_where_it_is_required_or_the_default(
    pets: Any, sent_json: Sent
) -> None:
    body = sent_json(lambda client: client.pets.set(body=pets.Fixed(text="a")))
    assert body == {"must": "it's", "named": "pet", "number": 7, "text": "a", "usual": "usual"}
    body = sent_json(lambda client: client.pets.set(body=pets.Fixed(text="b", purge=True)))
    assert body["purge"] is True


def test_wrong_constant_is_rejected(pets: Any) -> None:
    with pets.Client() as client, pytest.raises(pets.InvalidArgumentError, match="Eel"):
        client.pets.add(body=pets.Dog(kind="Eel"))


def test_only_date_or_timestamp_of_an_enum_is_sent(pets: Any) -> None:
    urls: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        urls.append(request.url)
        return httpx.Response(200, json={})

    day = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
    with pets.Client(http_client=httpx.Client(transport=httpx.MockTransport(answer))) as client:
        client.pets.get(version=day.date(), at=day)
        for name, value in {"version": dt.date(2026, 2, 1), "at": day + dt.timedelta(1)}.items():
            with pytest.raises(pets.InvalidArgumentError, match=f"{name}: expected one of"):
                client.pets.get(**{name: value})
    assert [dict(each.params) for each in urls] == [
        {"version": "2026-01-31", "at": "2026-01-31T00:00:00Z"}
    ]


def test_optional_constant_that_was_not_received_reads_as_none(pets: Any) -> None:
    fixed = pets.Fixed.from_dict({"text": "a"})
    assert (fixed.must, fixed.named, fixed.number, fixed.usual) == ("it's", "pet", 7, "usual")
    assert (fixed.purge, fixed.other, fixed.either, fixed.read) == (None, None, None, None)
    assert fixed.to_dict() == {"text": "a"}


def test_default_that_was_not_received_is_not_sent_with_a_change(pets: Any) -> None:
    fixed = pets.Fixed.from_dict({"text": "a"})
    assert msgspec.structs.replace(fixed, text="b").to_dict() == {"text": "b"}


@pytest.mark.parametrize(
    ("name", "value"), [("must", "new"), ("named", "new"), ("number", 8), ("purge", False)]
)
def test_constant_is_decoded_openly(pets: Any, name: str, value: Any) -> None:
    fixed = pets.Fixed.from_dict(FIXED | {name: value})
    assert getattr(fixed, name) == value
    assert pickle.loads(pickle.dumps(fixed)).to_dict() == FIXED | {name: value}


@pytest.mark.parametrize(("name", "value"), [("must", 1), ("number", "7"), ("purge", "true")])
def test_constant_of_another_type_raises(pets: Any, name: str, value: Any) -> None:
    with pytest.raises(pets.ResponseDecodeError, match=f"/{name}"):
        pets.Fixed.from_dict(FIXED | {name: value})


def test_objects_with_defaults_in_a_response_are_distinguished_by_their_constants(
    pets: Any,
) -> None:
    answer = pets.Answer.from_dict(
        {"pet": {"kind": "Dog", "lives": 9}, "unlabeled": {"type": "b", "x": 1}}
    )
    assert type(answer.pet) is pets.Dog
    assert type(answer.unlabeled) is pets.B
    assert pets.Answer(unlabeled=pets.B()).to_dict() == {"unlabeled": {"type": "b"}}


def test_default_of_a_constant_does_not_make_any_object_a_response(pets: Any) -> None:
    decode = __import__(f"{pets.__name__}._runtime.models.decoding", fromlist=["decode"]).decode
    with pytest.raises(pets.ResponseDecodeError, match="none of the fields of A"):
        decode(b'{"error": "gone"}', pets.A)
    assert decode(b'{"type": "a"}', pets.A) == pets.A()


def test_required_constant_that_may_be_null_is_stated_by_the_caller(pets: Any) -> None:
    with pytest.raises(TypeError, match="reason"):
        pets.Removed()
    assert pets.Removed(reason=None).to_dict() == {"reason": None}
    assert pets.Removed(reason="sold").to_dict() == {"reason": "sold"}


def test_known_integer_with_a_zero_fraction_is_an_integer(pets: Any) -> None:
    known = pets.models.RemovedLevel.__args__
    assert (known, {type(each) for each in known}) == ((1, 2, 3), {int})
    assert pets.Removed.from_dict({"reason": "sold", "level": 2.0}).level == 2


PROGRAM = """\
from pets import Cat, Client, Dog, Fixed, Removed

cat = Cat(lives=3)
Fixed(text="a", number=7, purge=True)
Cat(kind="Dog")
Fixed(text="a", number=8)
Fixed(text="a", purge=False)
with Client() as client:
    client.pets.add(body=cat)
    client.pets.get(purge=True, kind="pet")
    client.pets.get(purge=False)
    client.pets.get(kind="cat")
    pet = client.pets.get().pet
    if isinstance(pet, Cat | Dog):
        if pet.kind == "Cat":
            print(pet.lives)
Removed(reason=None)
Removed(reason="given")
"""


@pytest.mark.long
@each_checker
def test_type_checkers_know_the_only_value(pets: Any, tmp_path: Path, checker: str) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    found = lines_with_errors(tmp_path, checker, Path(pets.__file__).parents[1])
    assert found == {"program": [5, 6, 7, 11, 12, 18]}
