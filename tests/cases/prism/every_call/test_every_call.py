"""Every operation of a rich document, against a Prism mock."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.callers import TOKEN
from tests.support.every_call import Document, Watched, callables
from tests.support.packages import generated_package
from tests.support.prism import serving
from tests.support.rich_document import rich_document

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rich")


@pytest.fixture(scope="module")
def document() -> Document:
    return Document(rich_document())


@pytest.fixture(scope="module")
def pets(folder: Path, document: Document) -> Generator[Any, None, None]:
    with generated_package(folder, json.dumps(document.root)) as package:
        yield package


@pytest.fixture(scope="module")
def address(folder: Path, document: Document) -> Generator[str, None, None]:
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(document.root), "utf-8")
    with serving(spec, folder) as address:
        yield address


@pytest.mark.filterwarnings("ignore:pets.add is deprecated")
def test_every_operation_sends_a_valid_request_and_decodes_the_response(
    pets: Any, document: Document, address: str
) -> None:
    called: set[str] = set()
    watched = Watched(address)
    with (
        httpx.Client(transport=watched) as http,
        pets.Client(token=TOKEN, base_url=address, http_client=http) as client,
    ):
        for each in callables(pets, document):
            resource = getattr(client, each.resource)
            answer = getattr(resource, each.method)(**each.arguments(document))
            if each.resource == "events":
                answer.close()  # Prism sends no events.
            assert answer
            called.add(f"{each.resource}.{each.method}")
    assert watched.violations == []
    assert called == {"events.get_events", "pets.add", "pets.get", "pets.list"}
