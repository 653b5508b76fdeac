"""Keys, passwords and tokens: where each is sent, alternatives, and validation."""

from __future__ import annotations

import base64
from typing import Any

import anyio.lowlevel
import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller
from tests.support.server import Answer, Recorded, Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0, x-client: {check: pets.none}}
servers: [{url: 'https://pets.example.com'}]
security: [{header: []}]
paths:
  /header:
    get: {operationId: pets.header, responses: &done {'204': {description: Done.}}}
  /query:
    get:
      operationId: pets.query
      security: [{query: []}]
      parameters: [{name: a, in: query, schema: {type: string}}]
      responses: *done
  /cookie:
    get: {operationId: pets.cookie, security: [{cookie: []}], responses: *done}
  /basic:
    get: {operationId: pets.basic, security: [{basic: []}], responses: *done}
  /bearer:
    get: {operationId: pets.bearer, security: [{bearer: []}], responses: *done}
  /discovered:
    get: {operationId: pets.discovered, security: [{openid: [pets]}], responses: *done}
  /word:
    get: {operationId: pets.word, security: [{word: []}], responses: *done}
  /either:
    get:
      operationId: pets.either
      security: [{basic: []}, {bearer: []}, {header: []}]
      responses: *done
  /both:
    get:
      operationId: pets.both
      security: [{header: [], query: [], cookie: []}, {bearer: []}]
      responses: *done
  /optional:
    get: {operationId: pets.optional, security: [{}, {header: []}], responses: *done}
  /none:
    get: {operationId: pets.none, security: [], responses: *done}
  /certificate:
    get:
      operationId: pets.certificate
      security: [{certificate: [], header: []}]
      responses: *done
components:
  securitySchemes:
    header: {type: apiKey, in: header, name: X-Pets-Key, description: The key of an owner.}
    query: {type: apiKey, in: query, name: 'pets key'}
    cookie: {type: apiKey, in: cookie, name: sid}
    basic: {type: http, scheme: Basic}
    bearer: {type: http, scheme: Bearer}
    openid: {type: openIdConnect, openIdConnectUrl: 'https://id.example.com/.well-known/openid-configuration'}
    word: {type: http, scheme: PetsToken}
    certificate: {type: mutualTLS}
"""
DONE = Answer(status=204)
EVERYTHING = {
    "header": "h-key",
    "query": "q&key=1",
    "cookie": "c-key",
    "username": "r\u00e9x",
    "password": "p:w \u00e9",
    "bearer": "b-token",
    "openid": "o-token",
    "authorization": "some words",
}


@pytest.fixture(params=list(Way))
def ask(request: pytest.FixtureRequest, pets: Any, server: Server) -> PackageCaller:
    server.always(DONE)
    return PackageCaller(pets, Way(request.param), server.url, {})


def sent_credentials(request: Recorded) -> dict[str, str]:
    """Return the credentials in a request."""
    names = ("authorization", "x-pets-key", "cookie")
    found = {name: request.headers[name] for name in names if name in request.headers}
    return found | ({"query": request.query} if request.query else {})


BASIC = "Basic " + base64.b64encode("r\u00e9x:p:w \u00e9".encode()).decode()
SENT: dict[str, dict[str, str]] = {
    "header": {"x-pets-key": "h-key"},
    "query": {"query": "pets%20key=q%26key%3D1"},
    "cookie": {"cookie": "sid=c-key"},
    "basic": {"authorization": BASIC},
    "bearer": {"authorization": "Bearer b-token"},
    "discovered": {"authorization": "Bearer o-token"},
    "word": {"authorization": "PetsToken some words"},
    "either": {"authorization": BASIC},
    "both": {"x-pets-key": "h-key", "query": "pets%20key=q%26key%3D1", "cookie": "sid=c-key"},
    "optional": {"x-pets-key": "h-key"},
    "none": {},
    "certificate": {"x-pets-key": "h-key"},
}


@pytest.mark.parametrize("method", SENT)
def test_credentials_are_sent_in_their_documented_location(
    ask: PackageCaller, server: Server, method: str
) -> None:
    ask(lambda client: getattr(client.pets, method)(), **EVERYTHING)
    assert sent_credentials(server.last) == SENT[method]


def test_key_in_the_query_comes_last(ask: PackageCaller, server: Server) -> None:
    ask(lambda client: client.pets.query(a="1"), query="k")
    assert server.last.target == "/query?a=1&pets%20key=k"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"header": "h"}, {"x-pets-key": "h"}),
        ({"bearer": "b", "header": "h"}, {"authorization": "Bearer b"}),
        ({"username": "only a name"}, {"authorization": "Basic b25seSBhIG5hbWU6"}),
    ],
)
def test_first_available_alternative_is_sent(
    ask: PackageCaller, server: Server, given: dict[str, str], expected: dict[str, str]
) -> None:
    ask(lambda client: client.pets.either(), **given)
    assert sent_credentials(server.last) == expected


@pytest.mark.parametrize("given", [{"header": "h", "query": "q"}, {"password": "p"}, {}])
def test_incomplete_credentials_raise_without_a_request(
    ask: PackageCaller, server: Server, pets: Any, given: dict[str, str]
) -> None:
    with pytest.raises(pets.MissingTokenError) as caught:
        ask(lambda client: client.pets.both(), **given)
    assert server.requests == []
    assert "header=..., query=..., cookie=... (or set PETS_HEADER," in str(caught.value)
    assert "bearer=... (or set PETS_BEARER)" in str(caught.value)


def test_optional_credentials_may_be_missing(ask: PackageCaller, server: Server) -> None:
    ask(lambda client: client.pets.optional())
    assert sent_credentials(server.last) == {}


def test_rejected_request_without_credentials_is_not_retried(
    ask: PackageCaller, server: Server, pets: Any
) -> None:
    server.always(Answer(status=401))
    with pytest.raises(pets.AuthenticationError):
        ask(lambda client: client.pets.optional(), max_retries=2)
    assert len(server.requests) == 1


def test_check_without_requirements_sends_no_credentials(
    ask: PackageCaller, server: Server
) -> None:
    assert ask(lambda client: client.check(), **EVERYTHING)
    assert sent_credentials(server.last) == {}


def test_environment_variables_replace_missing_credentials(
    ask: PackageCaller, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETS_HEADER", "from the environment")
    ask(lambda client: client.pets.header())
    assert sent_credentials(server.last) == {"x-pets-key": "from the environment"}
    ask(lambda client: client.pets.header(), header="given")
    assert sent_credentials(server.last) == {"x-pets-key": "given"}


def test_credential_callable_is_called_for_each_attempt(ask: PackageCaller, server: Server) -> None:
    keys = iter(["first", "second"])
    server.always(lambda _: Answer(status=503 if len(server.requests) == 1 else 204))
    ask(lambda client: client.pets.cookie(), cookie=lambda: next(keys), max_retries=1)
    assert [sent_credentials(each)["cookie"] for each in server.requests] == [
        "sid=first",
        "sid=second",
    ]


def test_async_client_awaits_credential_callables(ask: PackageCaller, server: Server) -> None:
    async def key() -> str:
        await anyio.lowlevel.checkpoint()
        return "awaited"

    if ask.way is not Way.SYNC:
        ask(lambda client: client.pets.both(), header=key, query=key, cookie="c")
        expected = {"x-pets-key": "awaited", "query": "pets%20key=awaited", "cookie": "sid=c"}
        assert sent_credentials(server.last) == expected


def test_with_options_keeps_other_credentials(pets: Any, server: Server) -> None:
    server.always(DONE)
    with pets.Client(header="h", bearer="b", base_url=server.url) as client:
        copy = client.with_options(header="other", max_retries=0)
        copy.pets.header()
        copy.pets.bearer()
        client.pets.header()
    sent = [sent_credentials(each) for each in server.requests]
    assert sent == [{"x-pets-key": "other"}, {"authorization": "Bearer b"}, {"x-pets-key": "h"}]


REFUSED: dict[str, dict[str, Any]] = {
    "a line break in a header": {"header": "a\r\nX: 1"},
    "a blank around a header": {"header": " a"},
    "a letter that no header has": {"header": "\u00e9"},
    "a semicolon in a cookie": {"cookie": "a; b=c"},
    "a blank in a cookie": {"cookie": "a b"},
    "a quote in a cookie": {"cookie": 'a"b'},
    "a null in a query": {"query": "a\0b"},
    "half a letter in a query": {"query": "\ud800"},
    "an empty key": {"query": ""},
    "a number for a key": {"header": 7},
    "a colon in a name": {"username": "a:b", "password": "p"},
    "a line break in a password": {"username": "a", "password": "p\n"},
    "a blank in a token": {"bearer": "Bearer x"},
    "a line break behind a word": {"authorization": "some words\r\nX: 1"},
    "a number behind a word": {"authorization": 7},
}


@pytest.mark.parametrize("name", REFUSED)
def test_invalid_credential_is_rejected_by_the_constructor(
    pets: Any, server: Server, name: str
) -> None:
    given = REFUSED[name]
    with pytest.raises(pets.InvalidArgumentError) as caught:
        pets.Client(base_url=server.url, **given)
    assert not any(
        str(value) in str(caught.value) for value in given.values() if len(str(value)) > 3
    )


def test_invalid_credential_from_a_callable_is_rejected(pets: Any, server: Server) -> None:
    client = pets.Client(base_url=server.url, header=lambda: "a\r\nX: 1")
    with client, pytest.raises(pets.InvalidArgumentError):
        client.pets.header()
    assert server.requests == []


def test_misspelled_credential_is_a_type_error(pets: Any) -> None:
    with pytest.raises(TypeError):
        pets.Client(heder="h")
    with pytest.raises(TypeError, match="heder"):
        pets.Client(header="h").with_options(heder="h")


def test_client_docstring_describes_the_credentials(pets: Any) -> None:
    doc = " ".join(pets.Client.__doc__.split())
    assert "The key of an owner. Default: the environment variable `PETS_HEADER`." in doc
    assert "username: The user name. Default: the environment variable `PETS_USERNAME`." in doc
