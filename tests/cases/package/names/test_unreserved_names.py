"""Schemas named like classes that only some packages export."""

from __future__ import annotations

import pickle
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.checkers import each_checker, lines_with_errors
from tests.support.packages import generated_package

NAMES = ("AsyncStream", "Event", "Stream", "StreamedPart", "TypedRawResponse")
SCHEMAS = "\n".join(
    f"    {name}: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}"
    for name in NAMES
)
DOCUMENT = f"""\
openapi: 3.2.0
info: {{title: Pets, version: 1.0.0}}
servers: [{{url: 'https://pets.example.com'}}]
paths:
  /events:
    get:
      operationId: events.get
      responses:
        '200':
          description: One.
          headers: {{X-Rate: {{schema: {{type: integer}}}}}}
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Event'}}}}}}
    post:
      operationId: events.watch
      responses:
        '200':
          description: Many.
          content: {{text/event-stream: {{schema: {{type: string}}}}}}
    put:
      operationId: events.parts
      responses:
        '200':
          description: Parts.
          content: {{multipart/mixed: {{itemSchema: {{$ref: '#/components/schemas/Stream'}}}}}}
components:
  schemas:
{SCHEMAS}
"""
PROGRAM = """\
from pets import AsyncStream, Client, Event, Stream, StreamedPart, TypedRawResponse

with Client() as client:
    one: Event = client.events.get()
    text: str = one.id
    client.events.get(1)
models = [AsyncStream(id="1"), Stream(id="2"), StreamedPart(id="3"), TypedRawResponse(id="4")]
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """The package of the document."""
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as package:
        yield package


@pytest.mark.parametrize("name", NAMES)
def test_package_exports_the_model_of_the_name(pets: Any, name: str) -> None:
    assert getattr(pets, name) is getattr(pets.models, name)


def test_events_of_a_stream_are_read_and_pickled_nevertheless(pets: Any) -> None:
    content = httpx.Response(
        200, content=b"data: a\n\n", headers={"content-type": "text/event-stream"}
    )
    transport = httpx.MockTransport(lambda _: content)
    with (
        pets.Client(http_client=httpx.Client(transport=transport)) as client,
        client.events.watch() as stream,
    ):
        events = list(stream)
    assert [each.data for each in events] == ["a"]
    assert pickle.loads(pickle.dumps(events)) == events


@each_checker
def test_type_checkers_know_the_model_of_the_name(pets: Any, tmp_path: Path, checker: str) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    found = lines_with_errors(tmp_path, checker, Path(pets.__file__).parents[1])
    assert found == {"program": [6]}


@pytest.mark.long
def test_package_itself_is_strictly_typed(pets: Any) -> None:
    folder = Path(pets.__file__).parent
    assert not any(lines_with_errors(folder, "mypy", folder.parent).values())
