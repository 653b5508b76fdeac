"""Credentials of any kind appear in no error, log line or repr."""

from __future__ import annotations

import base64
import logging
import pickle
import traceback
from collections.abc import Generator
from typing import Any
from urllib.parse import quote_plus

import httpx
import pytest

from tests.support import fault_server as fault
from tests.support.callers import Way
from tests.support.every_fault import AMPLE
from tests.support.fault_server import Behavior, Faults, answer, faulty
from tests.support.packages import PackageCaller

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /header:
    get:
      operationId: pets.header
      security: [{header: []}]
      responses: &pet {'200': {$ref: '#/components/responses/Pet'}}
  /query:
    get: {operationId: pets.query, security: [{query: []}], responses: *pet}
  /cookie:
    get: {operationId: pets.cookie, security: [{cookie: []}], responses: *pet}
  /basic:
    get: {operationId: pets.basic, security: [{basic: []}], responses: *pet}
  /all:
    get:
      operationId: pets.all
      security: [{header: [], query: [], cookie: [], basic: []}]
      responses: *pet
  /fetched:
    get: {operationId: pets.fetched, security: [{oauth: []}], responses: *pet}
components:
  responses:
    Pet:
      description: A pet.
      content:
        application/json: {schema: {type: object, properties: {id: {type: string}}}}
  securitySchemes:
    header: {type: apiKey, in: header, name: X-Pets-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: sid}
    basic: {type: http, scheme: basic}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}}
"""
SECRET = "c0nfidential-$ecret/which=nobody&may-see"
ENCODED = ("c0nfidential", base64.b64encode(f"rex:{SECRET}".encode()).decode()[8:])


@pytest.fixture
def faults() -> Generator[Faults, None, None]:
    with faulty() as running:
        yield running


@pytest.fixture(params=list(Way))
def ask(request: pytest.FixtureRequest, pets: Any, faults: Faults) -> PackageCaller:
    given = dict.fromkeys(("header", "query", "cookie", "password", "client_secret"), SECRET)
    names = {"username": "rex", "client_id": "rex"}
    return PackageCaller(pets, Way(request.param), faults.url, {**given, **names})


class Key:
    """A callable whose repr does not contain the key that it returns."""

    def __call__(self) -> str:
        return SECRET


def text_of(error: BaseException) -> str:
    """Return everything that tools which print tracebacks would show of an error."""
    parts: list[str] = []
    waiting: list[BaseException | None] = [error]
    seen: list[BaseException] = []
    while waiting:
        each = waiting.pop()
        if each is None or each in seen:
            continue
        seen.append(each)
        parts += [str(each), repr(each), repr(each.args), repr(vars(each))]
        for name in ("request", "response"):
            held: Any = getattr(each, name, None)
            request = getattr(held, "request", held)
            if held is not None:
                parts += [str(request.url), repr(request.url.raw_path), repr(request.headers.raw)]
                parts += [repr(held.headers.raw), repr(held.content)]
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if "/pets/" in frame.f_code.co_filename:
                parts += [repr(value) for value in frame.f_locals.values()]
        waiting += [each.__cause__, each.__context__]
    return "\n".join(parts)


ECHO = f"key {SECRET} is no good"
FAULTS: dict[str, Behavior] = {
    "status": answer(403, {"message": "no"}),
    "unauthorized": answer(401, {"message": "no"}),
    "reset": fault.reset_before,
    "hang": fault.hang,
    "HTML": answer(200, b"<html>"),
    "damaged": fault.send_compressed(b"nonsense"),
    "redirect": fault.redirect("https://example.com/"),
    "echo": answer(400, {"message": ECHO}),
    "echo in a header": answer(400, b"", {"X-Request-Id": SECRET}),
    "echo with 200": answer(200, f"<html>{ECHO}</html>".encode()),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("method", ["header", "query", "cookie", "basic", "all", "fetched"])
def test_error_and_log_do_not_contain_the_credentials(
    ask: PackageCaller,
    faults: Faults,
    pets: Any,
    caplog: pytest.LogCaptureFixture,
    *,
    method: str,
    name: str,
) -> None:
    faults.plan(FAULTS[name])
    timeout = 0.1 if name == "hang" else AMPLE
    with caplog.at_level(logging.DEBUG), pytest.raises(pets.errors.PetsError) as caught:
        ask(lambda client: getattr(client.pets, method)(), timeout=timeout, header=Key())
    pickled = pickle.dumps(caught.value).decode("latin-1")
    # What the library below writes for its own debugging are the server's words, echo and all.
    lines = [each.getMessage() for each in caplog.records if not each.name.startswith("httpcore")]
    everything = "\n".join([text_of(caught.value), pickled, *lines])
    assert any("/pets/" in each.pathname for each in caplog.records)
    assert not any(part in everything for part in ENCODED)


def test_error_does_not_contain_the_header_that_the_token_endpoint_repeats(
    ask: PackageCaller, faults: Faults, pets: Any
) -> None:
    encoded = base64.b64encode(f"rex:{quote_plus(SECRET)}".encode()).decode()
    faults.plan(answer(401, {"error": f"Basic {encoded}"}, {"X-Request-Id": encoded}))
    with pytest.raises(pets.AuthenticationError, match=r"\[secret\]") as caught:
        ask(lambda client: client.pets.fetched())
    assert encoded in str(faults.requests[0])
    assert encoded not in text_of(caught.value) + pickle.dumps(caught.value).decode("latin-1")


def test_short_password_is_redacted_as_well(pets: Any, faults: Faults) -> None:
    short = SECRET[:8]
    faults.plan(answer(401, {"message": f"no user has {short}"}))
    client = pets.Client(base_url=faults.url, username="rex", password=short)
    with client, pytest.raises(pets.AuthenticationError, match=r"no user has \[secret\]"):
        client.pets.basic()


@pytest.mark.parametrize("method", ["header", "query", "cookie", "basic", "all"])
def test_raw_response_and_log_do_not_contain_the_credentials(
    ask: PackageCaller, faults: Faults, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    faults.plan(answer(200, {"id": "1"}))
    with caplog.at_level(logging.DEBUG):
        raw = ask(lambda client: getattr(client.pets.with_raw_response, method)())
    assert any(part in repr(faults.requests[0]) for part in ENCODED)
    assert not any(part in f"{raw!r} {vars(raw)!r} {caplog.text}" for part in ENCODED)


def test_request_url_kept_by_a_transport_does_not_contain_a_query_key(pets: Any) -> None:
    kept: list[bytes] = []

    def record(request: httpx.Request) -> httpx.Response:
        kept.append(pickle.dumps(request.url))
        return httpx.Response(200, json={"id": "1"})

    with httpx.Client(transport=httpx.MockTransport(record)) as http:
        pets.Client(query=SECRET, http_client=http).pets.query()
    (url,) = kept
    assert str(pickle.loads(url)) == "https://pets.example.com/query"
    assert not any(part.encode() in url for part in ENCODED)


def test_client_repr_and_settings_do_not_contain_the_credentials(ask: PackageCaller) -> None:
    def look(client: Any) -> str:
        settings = client.client_settings
        return f"{client!r} {vars(client)!r} {settings!r} {settings.token!r}"

    shown = ask(look)
    assert not any(part in shown for part in ENCODED)
    with pytest.raises(TypeError):
        ask(lambda client: pickle.dumps(client.client_settings.token.sources["header"].ask()))


@pytest.mark.parametrize(
    "given",
    [
        {"header": f"{SECRET}\n"},
        {"cookie": f"{SECRET};"},
        {"query": f"{SECRET}\0"},
        {"username": "rex", "password": f"{SECRET}\n"},
        {"username": f"{SECRET}:", "password": "p"},
        {"client_id": "rex", "client_secret": f"{SECRET}\n"},
        {"client_id": "rex", "client_secret": SECRET, "scopes": 7, "base_url": "nonsense"},
        {"header": SECRET, "base_url": "http://pets.example.com"},
        {"header": SECRET, "timeout": -1},
    ],
)
def test_argument_error_does_not_contain_the_credentials(pets: Any, given: dict[str, Any]) -> None:
    with pytest.raises(pets.InvalidArgumentError) as caught:
        pets.Client(**given)
    assert not any(part in text_of(caught.value) for part in ENCODED)
    base = pets.Client(header="h", base_url="https://pets.example.com")
    with pytest.raises(pets.InvalidArgumentError) as caught:
        base.with_options(**given)
    assert not any(part in text_of(caught.value) for part in ENCODED)


def test_credentials_are_not_sent_to_another_origin(
    ask: PackageCaller, faults: Faults, pets: Any
) -> None:
    with faulty() as other:
        other.plan(answer(200, {"id": "1"}))
        faults.plan(fault.redirect(f"{other.url}/stolen"))
        with pytest.raises(pets.APIStatusError):
            ask(lambda client: client.pets.all())
        assert other.requests == []
