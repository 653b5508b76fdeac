"""Servers of the document, of operations, and of the caller."""

from __future__ import annotations

import importlib
from collections.abc import Generator
from typing import Any

import httpx
import pytest

from generator.planning.servers import plan_servers
from tests.support.packages import generated_package
from tests.support.server import Answer, Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
security: [{bearer: []}]
servers:
  - url: https://{region}.pets.example.com:{port}/{base}/
    description: Where pets live.
    variables:
      region: {default: eu, enum: [eu, us], description: The continent}
      port: {default: '8443'}
      base: {default: v1/pets}
  - url: https://sandbox.pets.example.com
    description: The sandbox
  - url: https://backup.pets.example.com
    description: Asked only when all others are gone.
  - url: /here
paths:
  /pet:
    get: {operationId: pets.get, responses: &done {'204': {description: Done.}}}
  /photo:
    servers: [{url: 'https://photos.example.com/{size}', variables: {size: {default: small}}}]
    get: {operationId: pets.photo, responses: *done}
    put:
      operationId: pets.upload
      servers: [{url: 'https://uploads.example.com'}]
      responses: *done
  /status:
    get: {operationId: pets.status, servers: [{url: /health}], responses: *done}
components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("servers"), DOCUMENT) as package:
        importlib.import_module("pets.servers")
        yield package


class Sent:
    """A transport that records the URLs of requests."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.http = httpx.Client(transport=httpx.MockTransport(self._note))

    def _note(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer t"
        self.urls.append(str(request.url))
        return httpx.Response(204)


@pytest.fixture
def sent_requests() -> Sent:
    return Sent()


def test_server_variables_have_their_defaults(pets: Any, sent_requests: Sent) -> None:
    pets.Client("t", http_client=sent_requests.http).pets.get()
    assert sent_requests.urls == ["https://eu.pets.example.com:8443/v1/pets/pet"]


def test_servers_are_chosen_by_name(pets: Any, sent_requests: Sent) -> None:
    chosen = pets.servers.where_pets_live(region="us", port="444", base="v2")
    pets.Client("t", base_url=chosen, http_client=sent_requests.http).pets.get()
    pets.Client("t", base_url=pets.servers.THE_SANDBOX, http_client=sent_requests.http).pets.get()
    assert sent_requests.urls == [
        "https://us.pets.example.com:444/v2/pet",
        "https://sandbox.pets.example.com/pet",
    ]


def test_server_without_a_short_description_is_named_after_its_host(pets: Any) -> None:
    assert pets.servers.BACKUP_PETS_EXAMPLE_COM == "https://backup.pets.example.com"
    assert pets.servers.HERE == "/here"


def test_server_named_like_a_python_keyword_gets_a_suffix() -> None:
    urls = ("https://{region}.example.com", "https://pets.example.com")
    document = {"servers": [{"url": url, "description": "Class."} for url in urls]}
    assert [each.name for each in plan_servers(document)] == ["class_", "CLASS2"]


@pytest.mark.parametrize(
    "values",
    [
        {"region": "evil.example.com/"},
        {"region": "user@evil"},
        {"region": "a?b"},
        {"region": "a#b"},
        {"region": ""},
        {"base": "../.."},
        {"base": "a\r\nb"},
        {"base": "/"},
        {"port": "1@evil.example.com"},
    ],
)
def test_invalid_value_of_a_server_variable_is_rejected(pets: Any, values: dict[str, str]) -> None:
    with pytest.raises(pets.InvalidArgumentError, match="is not allowed in a server URL"):
        pets.servers.where_pets_live(**values)


def test_server_function_docstring_describes_its_variables(pets: Any) -> None:
    doc = pets.servers.where_pets_live.__doc__
    assert doc.startswith("Where pets live.\n")
    assert "region: The continent.\n" in doc


def test_operation_may_have_its_own_server(pets: Any, sent_requests: Sent) -> None:
    client = pets.Client("t", http_client=sent_requests.http)
    client.pets.photo()
    client.pets.upload()
    client.pets.status()
    assert sent_requests.urls == [
        "https://photos.example.com/small/photo",
        "https://uploads.example.com/photo",
        "https://eu.pets.example.com:8443/health/status",
    ]


def test_base_url_argument_applies_to_operations_with_their_own_server(
    pets: Any, server: Server
) -> None:
    """Requests for a private installation must not be sent to the public one."""
    server.always(Answer(status=204))
    with pets.Client("t", base_url=f"{server.url}/v3") as client:
        client.pets.get()
        client.pets.photo()
        client.pets.upload()
        client.pets.status()
    paths = [each.path for each in server.requests]
    assert paths == ["/v3/pet", "/v3/photo", "/v3/photo", "/health/status"]


def test_base_url_of_environment_or_copy_applies_to_operations_with_their_own_server(
    pets: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.always(Answer(status=204))
    with pets.Client("t") as client:
        client.with_options(base_url=server.url).pets.upload()
    monkeypatch.setenv("PETS_API_URL", server.url)
    with pets.Client("t") as client:
        client.pets.upload()
        client.with_options(max_retries=0).pets.upload()
    assert [each.path for each in server.requests] == ["/photo"] * 3


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/api/v3", "expected a URL such as https://host"),
        ("", "expected a URL such as https://host"),
        ("//pets.example.com", "expected a URL such as https://host"),
        ("http://pets.example.com/v3", "https is required to send a token to 'pets.example.com'"),
    ],
)
def test_unusable_server_of_the_document_must_be_replaced(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    server: Server,
    url: str,
    reason: str,
) -> None:
    """The URL has no host, or would receive the token without TLS; checked before any call."""
    start, end = DOCUMENT.index("servers:"), DOCUMENT.index("paths:")
    text = f"{DOCUMENT[:start]}servers: [{{url: '{url}'}}]\n{DOCUMENT[end:]}"
    server.always(Answer(status=204))
    with generated_package(tmp_path_factory.mktemp("unusable"), text) as package:
        for client in (package.Client, package.AsyncClient):
            with pytest.raises(package.InvalidArgumentError) as caught:
                client("t")
            assert str(caught.value).startswith(
                f"base_url is required, because the API's own server {url!r} is unusable: "
            )
            assert reason in str(caught.value)
        with package.Client("t", base_url=f"{server.url}/v3") as client:
            client.pets.get()
        monkeypatch.setenv("PETS_API_URL", f"{server.url}/v4")
        with package.Client("t") as client:
            client.pets.get()
    assert [each.path for each in server.requests] == ["/v3/pet", "/v4/pet"]


@pytest.mark.parametrize("variables", ["{}", "{region: {description: Which one}}"])
def test_server_whose_variable_has_no_default_is_no_default(
    tmp_path_factory: pytest.TempPathFactory, sent_requests: Sent, variables: str
) -> None:
    """The URL with the placeholder, or without it, would be another server."""
    url = f"https://{{region}}.pets.example.com', variables: {variables}"
    start, end = DOCUMENT.index("servers:"), DOCUMENT.index("paths:")
    text = f"{DOCUMENT[:start]}servers: [{{url: '{url}}}]\n{DOCUMENT[end:]}"
    with generated_package(tmp_path_factory.mktemp("without"), text) as package:
        with pytest.raises(package.InvalidArgumentError, match="base_url is required"):
            package.Client("t")
        chosen = importlib.import_module("pets.servers").https_region_pets_example_com(region="eu")
        package.Client("t", base_url=chosen, http_client=sent_requests.http).pets.get()
        assert sent_requests.urls == ["https://eu.pets.example.com/pet"]


def test_call_of_an_operation_whose_server_has_no_default_is_rejected(
    tmp_path_factory: pytest.TempPathFactory, sent_requests: Sent, server: Server
) -> None:
    text = DOCUMENT.replace("variables: {size: {default: small}}", "variables: {}")
    text = text.replace("photos.example.com/{size}", "{size}.example.com")
    server.always(Answer(status=204))
    with generated_package(tmp_path_factory.mktemp("own"), text) as package:
        with pytest.raises(package.InvalidArgumentError, match=r"server: expected a URL"):
            package.Client("t", http_client=sent_requests.http).pets.photo()
        assert sent_requests.urls == []
        with package.Client("t", base_url=server.url) as client:
            client.pets.photo()
        assert server.last.path == "/photo"
