"""Modules of a large package are named after resources, some like functions."""

from __future__ import annotations

import builtins
import importlib
import json
from collections.abc import Generator
from typing import Any

import httpx
import pytest

from tests.support.packages import generated_package

TAGS = [each for each in dir(builtins) if each.islower() and not each.startswith("_")]
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1.0.0"},
    "servers": [{"url": "https://pets.example.com"}],
    "paths": {
        f"/{tag}": {
            "get": {
                "operationId": f"{tag}.get",
                "tags": [tag],
                "responses": {
                    "200": {
                        "description": "One.",
                        "content": {
                            "application/json": {
                                "schema": {"type": "object", "properties": {tag: {}}},
                                "example": {tag: 1},
                            }
                        },
                    }
                },
            }
        }
        for tag in TAGS
    },
}


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """The package of the document."""
    folder = tmp_path_factory.mktemp("pets")
    with generated_package(folder, json.dumps(DOCUMENT)) as package:
        yield package


def test_every_resource_of_the_package_can_be_called(pets: Any) -> None:
    """Importing a module must not hide the function of the same name from its package."""
    importlib.import_module("pets.models")
    assert len(TAGS) > 50
    http = httpx.Client(transport=pets.testing.mock_transport())
    with pets.Client(http_client=http) as client:
        for tag in TAGS:
            resource = getattr(client, tag, None) or getattr(client, f"{tag}_")
            assert resource.get().to_dict() == {tag: 1}
