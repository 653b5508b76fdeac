"""Paths of documents that would change the server of a request."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.support.packages import generated_package

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  %s: {get: {operationId: pets.get, responses: {'204': {description: Done.}}}}
"""


@pytest.mark.parametrize("path", ["pets", "'@example.org/pets'", "'.example.org/pets'", "':81/a'"])
def test_path_without_a_slash_is_sent_to_the_server(tmp_path: Path, path: str) -> None:
    sent: list[httpx.URL] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(request.url)
        return httpx.Response(204)

    with generated_package(tmp_path, DOCUMENT % path) as pets:
        client = pets.Client("t", http_client=httpx.Client(transport=httpx.MockTransport(respond)))
        client.pets.get()
    assert [(url.host, url.port, url.path) for url in sent] == [
        ("pets.example.com", None, f"/{path.strip(chr(39))}")
    ]
