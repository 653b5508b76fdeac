"""OAuth 2 tokens: passed by the caller, or fetched with client credentials."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.support.callers import Way
from tests.support.modes import Scenario, play
from tests.support.packages import PackageCaller
from tests.support.server import Answer, Recorded, Server, json_answer

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com/v1'}]
security: [{oauth: [pets.read, pets.write]}]
paths:
  /pet:
    get: {operationId: pets.get, responses: &done {'204': {description: Done.}}}
    post: {operationId: pets.add, responses: *done}
  /open:
    get: {operationId: pets.open, security: [{oauth: [pets.read]}, {key: []}], responses: *done}
  /both:
    get: {operationId: pets.both, security: [{key: [], oauth: []}], responses: *done}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    oauth:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: ../token, scopes: {pets.read: Read., pets.write: Write.}}
        authorizationCode:
          {authorizationUrl: 'https://id.example.com/', tokenUrl: ../token, scopes: {}}
"""
GIVEN = {"token": "given"}
UNSAFE = {"token_url": "http://id.example.com/token"}
GIVEN_ID = {"client_id": "an id", "client_secret": "s:crét"}


class Issuer:
    """Issues numbered tokens, and accepts only the last one.

    Attributes:
        requests: The token requests.
        used: The tokens in API requests.
        lifetime: The members of a token response that describe the lifetime.
        refuses: Whether it rejects every token.
    """

    def __init__(self, server: Server) -> None:
        self.requests: list[Recorded] = []
        self.used: list[str] = []
        self.lifetime: dict[str, Any] = {"expires_in": 3600}
        self.refuses = False
        server.on("/token", self.give)
        server.always(self.take)

    def give(self, request: Recorded) -> Answer:
        self.requests.append(request)
        token = f"token-{len(self.requests)}"
        return json_answer({"access_token": token, "token_type": "Bearer", **self.lifetime})

    def take(self, request: Recorded) -> Answer:
        self.used.append(request.headers.get("authorization", ""))
        fits = self.used[-1] == f"Bearer token-{len(self.requests)}" and not self.refuses
        return Answer(status=204 if fits else 401)


@pytest.fixture
def issuer(server: Server) -> Issuer:
    return Issuer(server)


@pytest.fixture(params=list(Way))
def ask(request: pytest.FixtureRequest, pets: Any, server: Server) -> PackageCaller:
    return PackageCaller(pets, Way(request.param), f"{server.url}/v1", GIVEN_ID)


def test_token_is_fetched_once_and_reused(ask: PackageCaller, issuer: Issuer) -> None:
    def scenario(client: Any) -> Scenario:
        for _ in range(3):
            yield client.pets.get()

    play(ask, scenario)
    assert issuer.used == ["Bearer token-1"] * 3
    (request,) = issuer.requests
    assert request.method == "POST"
    assert parse_qs(request.body.decode()) == {"grant_type": ["client_credentials"]}
    scheme, _, pair = request.headers["authorization"].partition(" ")
    assert (scheme, base64.b64decode(pair)) == ("Basic", b"an+id:s%3Acr%C3%A9t")


@pytest.mark.parametrize("scopes", [["pets.read", "pets.write"], "pets.read pets.write"])
def test_requested_scopes_are_sent_in_the_token_request(
    ask: PackageCaller, issuer: Issuer, scopes: Any
) -> None:
    ask(lambda client: client.pets.get(), scopes=scopes)
    assert parse_qs(issuer.requests[0].body.decode())["scope"] == ["pets.read pets.write"]


def test_expiring_token_is_replaced(ask: PackageCaller, issuer: Issuer) -> None:
    issuer.lifetime = {"expires_in": 0}

    def scenario(client: Any) -> Scenario:
        yield client.pets.get()
        yield client.pets.get()

    play(ask, scenario)
    assert issuer.used == ["Bearer token-1", "Bearer token-2"]


@pytest.mark.parametrize("method", ["get", "add"])
def test_rejected_token_is_replaced_once(ask: PackageCaller, issuer: Issuer, method: str) -> None:
    def scenario(client: Any) -> Scenario:
        yield client.pets.get()
        issuer.requests.append(issuer.requests[0])  # From now on another one is good.
        yield getattr(client.pets, method)()

    play(ask, scenario)
    assert issuer.used == ["Bearer token-1", "Bearer token-1", "Bearer token-3"]


def test_rejected_token_beside_an_api_key_is_replaced_once(
    ask: PackageCaller, issuer: Issuer
) -> None:
    def scenario(client: Any) -> Scenario:
        yield client.pets.both()
        issuer.requests.append(issuer.requests[0])
        yield client.pets.both()

    play(ask, scenario, api_key="key")
    assert issuer.used == ["Bearer token-1", "Bearer token-1", "Bearer token-3"]


def test_service_that_rejects_every_token_is_tried_twice(
    ask: PackageCaller, issuer: Issuer, pets: Any
) -> None:
    issuer.refuses = True
    with pytest.raises(pets.AuthenticationError, match=r"Required scopes \(all of\)"):
        ask(lambda client: client.pets.get())
    assert len(issuer.used) == 2


def test_explicit_token_is_not_replaced_by_a_fetched_token(
    ask: PackageCaller, issuer: Issuer, pets: Any
) -> None:
    with pytest.raises(pets.AuthenticationError):
        ask(lambda client: client.pets.get(), **GIVEN)
    assert (issuer.used, issuer.requests) == (["Bearer given"], [])


def test_first_of_several_credentials_is_sent(ask: PackageCaller, issuer: Issuer) -> None:
    ask(lambda client: client.pets.open(), api_key="key")
    assert issuer.used == ["Bearer token-1"]


def test_token_url_argument_replaces_that_of_the_document(
    ask: PackageCaller, server: Server, issuer: Issuer
) -> None:
    server.on("/elsewhere", issuer.give)
    ask(lambda client: client.pets.get(), token_url=f"{server.url}/elsewhere")
    assert [each.path for each in server.requests] == ["/elsewhere", "/v1/pet"]


@pytest.mark.parametrize(
    "given",
    [
        {"client_id": "an\nid", "client_secret": "s"},
        {"client_id": "", "client_secret": "s"},
        {"client_id": "an id", "client_secret": "s\0"},
    ],
)
def test_invalid_client_id_or_secret_is_rejected_by_the_constructor(
    pets: Any, given: dict[str, str]
) -> None:
    with pytest.raises(
        pets.InvalidArgumentError, match="a non-empty str without control characters"
    ):
        pets.Client(**given)


def test_unencrypted_token_url_is_rejected(pets: Any, issuer: Issuer) -> None:
    with pytest.raises(pets.InvalidArgumentError, match="token_url: https is required"):
        pets.Client(**GIVEN_ID, **UNSAFE)
    assert issuer.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        json_answer({"token_type": "Bearer"}),
        json_answer({"access_token": "x", "token_type": "mac"}),
        json_answer({"access_token": "x\r\ny", "token_type": "Bearer"}),
        json_answer(["x"]),
        Answer(body=b"<html>"),
        Answer(body=b'{"access_token":"\xff","token_type":"Bearer"}'),
        Answer(body=b"[" * 100_000),
        Answer(body=b'{"access_token":"x","token_type":"Bearer","x":"\xff"}'),
    ],
)
def test_invalid_token_response_raises_a_decode_error(
    ask: PackageCaller, server: Server, pets: Any, answer: Answer
) -> None:
    server.on("/token", answer)
    with pytest.raises(pets.ResponseDecodeError, match="POST /token returned 200"):
        ask(lambda client: client.pets.get())


def test_rejected_client_credentials_raise_an_authentication_error(
    ask: PackageCaller, server: Server, pets: Any
) -> None:
    server.on("/token", json_answer({"error": "invalid_client"}, 401))
    with pytest.raises(pets.AuthenticationError, match="POST /token returned 401"):
        ask(lambda client: client.pets.get())


def test_deadline_covers_the_token_request_and_the_api_request(
    ask: PackageCaller, issuer: Issuer, pets: Any
) -> None:
    with pytest.raises(pets.APITimeoutError):
        ask(lambda client: client.pets.get(deadline=1e-6))
    ask(lambda client: client.pets.get(deadline=30))
    assert issuer.used


def test_docstring_lists_the_scopes_required_together(pets: Any) -> None:
    assert pets.scopes.REQUIRED["pets.get"] == {"pets.read", "pets.write"}
    client = pets.Client(**GIVEN)
    assert "Required scopes (all of): `pets.read`, `pets.write`." in client.pets.get.__doc__
    assert "Required scopes (any one of): `pets.read`." in client.pets.open.__doc__
