"""Headers that several arguments and options describe together."""

from __future__ import annotations

import httpx
import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    parameters: [{name: X-Count, in: header, schema: {type: string}}]
    get:
      operationId: pets.list
      parameters:
        - {name: Cookie, in: header, schema: {type: string}}
        - {name: sid, in: cookie, schema: {type: string}}
        - {name: x-count, in: header, schema: {type: integer}}
      responses: {'204': {description: Done.}}
    put:
      operationId: pets.put
      security: [{header: []}]
      parameters: [{name: sid, in: cookie, schema: {type: string}}]
      responses: {'204': {description: Done.}}
security: [{}, {bearer: []}]
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    header: {type: apiKey, in: header, name: Cookie}
"""


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        ({"cookie": "a=1", "sid": "2"}, "a=1; sid=2"),
        ({"cookie": "a=1"}, "a=1"),
        ({"sid": "2"}, "sid=2"),
        ({"cookie": "a=1", "sid": "2", "extra_headers": {"COOKIE": "b=3"}}, "a=1; sid=2; b=3"),
    ],
)
def test_cookies_of_header_and_cookie_parameters_are_one_header(
    call: PackageCaller, server: Server, arguments: dict[str, str], sent: str
) -> None:
    call(lambda client: client.pets.list(**arguments))
    assert [value for name, value in server.last.headers.items() if name == "cookie"] == [sent]


def test_cookies_of_the_callers_http_client_are_kept(
    call_sync: PackageCaller, server: Server
) -> None:
    with httpx.Client(cookies={"jar": "1"}) as http_client:
        call_sync(lambda client: client.pets.list(sid="2"), http_client=http_client)
        assert server.last.headers["cookie"] == "sid=2; jar=1"
        call_sync(lambda client: client.pets.list(), http_client=http_client)
        assert server.last.headers["cookie"] == "jar=1"


def test_api_key_in_the_cookie_header_keeps_other_cookies(
    pets: object, call: PackageCaller, server: Server
) -> None:
    keyed = PackageCaller(pets, call.way, call.url, {"api_key": "key=k"})
    keyed(lambda client: client.pets.put(sid="2"))
    assert server.last.headers["cookie"] == "sid=2; key=k"


def test_header_parameters_whose_names_differ_in_case_are_one_argument(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.pets.list(x_count=2))
    assert server.last.headers["x-count"] == "2"


def test_headers_that_differ_only_in_case_are_rejected(call_sync: PackageCaller) -> None:
    twice = {"X-A": "1", "x-a": "2"}
    error = call_sync.package.InvalidArgumentError
    with pytest.raises(error, match=r"^extra_headers: 'x-a' is passed twice"):
        call_sync(lambda client: client.pets.list(extra_headers=twice))
    with pytest.raises(error, match=r"^default_headers: 'x-a' is passed twice"):
        call_sync(lambda client: client.pets.list(), default_headers=twice)
