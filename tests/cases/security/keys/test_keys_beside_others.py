"""API keys beside other keys, and beside parameters of the same name."""

from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller
from tests.support.server import Answer, Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /two:
    get:
      operationId: pets.two
      security: [{key: [], second: []}]
      parameters: [{name: a, in: query, schema: {type: string}}]
      responses: &done {'204': {description: Done.}}
  /named:
    get:
      operationId: pets.named
      security: [{key: [], session: []}, {}]
      parameters:
        - {name: pets key, in: query, schema: {type: string}}
        - {name: keys, in: query, schema: {type: string}}
        - {name: sid, in: cookie, schema: {type: string}}
        - {name: sids, in: cookie, schema: {type: string}}
      responses: *done
components:
  securitySchemes:
    key: {type: apiKey, in: query, name: pets key}
    second: {type: apiKey, in: query, name: token}
    session: {type: apiKey, in: cookie, name: sid}
"""


@pytest.fixture(params=list(Way))
def ask(request: pytest.FixtureRequest, pets: Any, server: Server) -> PackageCaller:
    server.always(Answer(status=204))
    return PackageCaller(pets, Way(request.param), server.url, {})


def test_all_keys_of_the_query_are_sent(ask: PackageCaller, server: Server) -> None:
    ask(lambda client: client.pets.two(a="1"), key="k&1", second="t")
    assert server.last.target == "/two?a=1&pets%20key=k%261&token=t"


def test_no_key_of_the_query_is_shown(pets: Any) -> None:
    urls: list[Any] = []

    def respond(request: httpx.Request) -> httpx.Response:
        urls.append(request.url)
        return httpx.Response(204)

    with httpx.Client(transport=httpx.MockTransport(respond)) as http:
        pets.Client(key="k", second="t", http_client=http).pets.two()
    (url,) = urls
    assert url.query == b"pets%20key=k&token=t"
    shown = {str(url), str(pickle.loads(pickle.dumps(url)))}
    assert shown == {"https://pets.example.com/two"}


def test_key_replaces_the_parameter_of_its_name(ask: PackageCaller, server: Server) -> None:
    given = {"pets_key": "mine", "keys": "x", "sid": "mine", "sids": "y"}
    ask(lambda client: client.pets.named(**given), key="k", session="s")
    assert server.last.target == "/named?keys=x&pets%20key=k"
    assert server.last.headers["cookie"] == "sids=y; sid=s"
    ask(lambda client: client.pets.named(**given))
    assert server.last.target == "/named?pets%20key=mine&keys=x"
    assert server.last.headers["cookie"] == "sid=mine; sids=y"
