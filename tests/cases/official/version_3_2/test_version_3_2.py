"""A document with all of OpenAPI 3.2, and its official schema."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import httpx2
import openapi_spec_validator
import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from generator import document as documents
from generator.lint import lint
from tests.support.checkers import each_checker, lines_with_errors
from tests.support.packages import generated_package
from tests.support.server import Answer, Recorded, Server, json_answer

WHOLE = (Path(__file__).parent / "whole.yaml").read_text("utf-8")
PROGRAM = '''\
"""A program that uses every method, and says which types it expects."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, assert_type

import httpx2
from pets import AsyncClient, Client, Event, StreamedPart, UploadFile, servers
from pets.models import Cat, Criteria, Dog, Entry, Other

CRITERIA = Criteria(name="Rex", ages=[1, 2])


def entries() -> Iterator[Entry]:
    yield Entry(text="a")


async def async_entries() -> AsyncIterator[Entry]:
    yield Entry(text="a")


def call(url: str, http_client: httpx2.Client | None = None) -> list[Any]:
    assert servers.PRODUCTION == "https://api.example.com"
    with Client(token="secret", base_url=url, http_client=http_client) as client:
        found: list[Any] = []
        dogs = client.animals.dogs
        found.append(assert_type(dogs.search(body=CRITERIA), list[Dog]))
        found.append(assert_type(dogs.find(criteria=CRITERIA, kennel_session="s%1"), list[Dog]))
        animals = [dogs.get("a:b"), dogs.get("cat"), dogs.get("bird")]
        for animal in animals:
            assert isinstance(animal, (Dog, Cat, Other))
        found.append([type(each).__name__ for each in animals])
        dogs.copy("a:b")
        with client.logs.read_lines() as lines:
            found.append([assert_type(each, Entry).text for each in lines])
        with client.logs.read_sequence() as sequence:
            found.append([assert_type(each, Entry).text for each in sequence])
        with client.logs.watch() as events:
            found.append([assert_type(each, Event[Entry]).data.text for each in events])
        with client.logs.read_parts() as parts:
            found.append([assert_type(each, StreamedPart[Entry]).data.text for each in parts])
        client.logs.write_lines(body=entries())
        client.logs.write_parts(body=[Entry(text="a"), UploadFile("a.png", b"1")])
        return found


async def call_async(url: str) -> list[Any]:
    async with AsyncClient(token="secret", base_url=url) as client:
        found: list[Any] = []
        dogs = client.animals.dogs
        found.append(assert_type(await dogs.search(body=CRITERIA), list[Dog]))
        session = "s%1"
        found.append(
            assert_type(await dogs.find(criteria=CRITERIA, kennel_session=session), list[Dog])
        )
        animals = [await dogs.get("a:b"), await dogs.get("cat"), await dogs.get("bird")]
        found.append([type(each).__name__ for each in animals])
        await dogs.copy("a:b")
        async with await client.logs.read_lines() as lines:
            found.append([assert_type(each, Entry).text async for each in lines])
        async with await client.logs.read_sequence() as sequence:
            found.append([assert_type(each, Entry).text async for each in sequence])
        async with await client.logs.watch() as events:
            found.append([assert_type(each, Event[Entry]).data.text async for each in events])
        async with await client.logs.read_parts() as parts:
            found.append([assert_type(each, StreamedPart[Entry]).data.text async for each in parts])
        await client.logs.write_lines(body=async_entries())
        await client.logs.write_parts(body=[Entry(text="a"), UploadFile("a.png", b"1")])
        return found
'''
ENTRY = b'{"text":"a"}'
STREAMS = {
    "/lines": ("application/jsonl", ENTRY + b"\n" + ENTRY),
    "/sequence": ("application/json-seq", b"\x1e" + ENTRY + b"\n\x1e" + ENTRY + b"\n"),
    "/events": ("text/event-stream", b"data: " + ENTRY + b"\n\nevent: a\ndata: " + ENTRY + b"\n\n"),
    "/parts": (
        "multipart/mixed; boundary=b",
        (b"--b\r\nContent-Type: application/json\r\n\r\n" + ENTRY + b"\r\n") * 2 + b"--b--",
    ),
}
ANIMALS: dict[str, Any] = {
    "/dogs/a:b": {"kind": "dog", "name": "Rex"},
    "/dogs/cat": {"kind": "cat", "lives": 9},
    "/dogs/bird": {"kind": "bird", "name": "Tweety"},
}
REQUESTS = [
    "QUERY /dogs",
    "GET /dogs?name=Rex&ages=1&ages=2",
    "GET /dogs/a:b",
    "GET /dogs/cat",
    "GET /dogs/bird",
    "COPY /dogs/a:b",
    "GET /lines",
    "GET /sequence",
    "GET /events",
    "GET /parts",
    "POST /lines",
    "POST /parts",
]


def respond(request: Recorded) -> Answer:
    """Respond as the service of the document."""
    if request.method in {"POST", "COPY"}:
        return Answer(status=201 if request.method == "COPY" else 204)
    if request.path in ANIMALS:
        return json_answer(ANIMALS[request.path])
    if request.path in STREAMS:
        kind, body = STREAMS[request.path]
        return Answer(body=body, headers={"Content-Type": kind})
    return json_answer([{"kind": "dog", "name": "Rex"}])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path, None, None]:
    """The directory of the program, with the package imported."""
    path = tmp_path_factory.mktemp("kennel")
    with generated_package(path, WHOLE, strict=True, names="short"):
        (path / "program").mkdir()
        (path / "program" / "program.py").write_text(PROGRAM, "utf-8")
        yield path


def program(folder: Path) -> Any:
    spec = importlib.util.spec_from_file_location("program", folder / "program" / "program.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@each_checker
def test_program_that_uses_every_method_is_typed_strictly(folder: Path, checker: str) -> None:
    packages = folder / "project" / "generated"
    assert lines_with_errors(folder / "program", checker, packages) == {"program": []}


@pytest.mark.parametrize("backend", ["", "asyncio", "trio"])
def test_every_feature_is_called_on_a_server(folder: Path, server: Server, backend: str) -> None:
    import anyio

    server.always(respond)
    module = program(folder)
    if backend:
        found = anyio.run(module.call_async, server.url, backend=backend)
    else:
        found = module.call(server.url)
    assert [f"{each.method} {each.target}" for each in server.requests] == REQUESTS
    assert [each.name for each in found[0] + found[1]] == ["Rex", "Rex"]
    assert found[2] == ["Dog", "Cat", "Other"]
    assert found[3:] == [["a", "a"]] * 4
    by_target = {f"{each.method} {each.path}": each for each in server.requests}
    assert by_target["QUERY /dogs"].body == b'{"name":"Rex","ages":[1,2]}'
    assert by_target["GET /dogs"].headers["cookie"] == "kennel_session=s%1"
    assert by_target["POST /lines"].body == ENTRY + b"\n"
    parts = by_target["POST /parts"]
    assert parts.headers["content-type"].startswith("multipart/mixed; boundary=")
    assert b"Content-Type: application/json\r\n\r\n" + ENTRY in parts.body
    assert b"Content-Type: image/png\r\n\r\n1\r\n" in parts.body
    assert {each.headers["authorization"] for each in server.requests} == {"Bearer secret"}


ENTRIES = [{"text": "a"}, {"text": "a"}]
DOGS = [{"kind": "dog", "name": "Rex"}]
ANSWERS: dict[str, Any] = {
    **dict.fromkeys(("searchDogs", "findDogs"), DOGS),
    **dict.fromkeys(("readLines", "readSequence", "watch", "readParts"), ENTRIES),
}


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_every_feature_is_called_on_the_mock(folder: Path, library: Any) -> None:
    module = program(folder)
    testing = importlib.import_module("pets.testing")
    transport = testing.mock_transport(answers=ANSWERS)
    found = module.call("https://api.example.com", library.Client(transport=transport))
    assert [each.name for each in found[0] + found[1]] == ["Rex", "Rex"]
    assert found[2] == ["Dog"] * 3  # The example of the document.
    assert found[3:] == [["a", "a"]] * 4
    assert len(transport.requests) == len(REQUESTS)


def official_errors(text: str) -> list[str]:
    """Return the messages of the official JSON Schema of OpenAPI 3.2."""
    package = Path(openapi_spec_validator.__file__).parent
    schema = json.loads((package / "resources/schemas/v3.2/schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    return [error.message for error in validator.iter_errors(yaml.safe_load(text))]


def codes(folder: Path, text: str) -> set[str]:
    """Return the codes of the lint."""
    path = folder / "openapi.yaml"
    path.write_text(text, "utf-8")
    return {each.code for each in lint(documents.load(path))}


def test_official_schema_and_the_lint_accept_the_document(tmp_path: Path) -> None:
    assert official_errors(WHOLE) == []
    assert codes(tmp_path, WHOLE) == set()


CRITERIA = "{$ref: '#/components/schemas/Criteria'}"
FORM = f"content: {{application/x-www-form-urlencoded: {{schema: {CRITERIA}}}}}"
BROKEN = {
    "a whole query without a media type": (FORM, "schema: {type: object}", "P404"),
    "a whole query beside a parameter": (
        "      - {name: kennel_session,",
        "      - {name: limit, in: query, schema: {type: integer}}\n      - {name: kennel_session,",
        "P410",
    ),
    "a method that is a field": ("COPY:", "GET:", "O316"),
    "a method that is no token": ("COPY:", "'CO PY':", "O316"),
    "a value beside a data value": ("dog: {dataValue", "dog: {value: {}, dataValue", "D013"),
    "a serialized value beside a URL": (
        "serializedValue: '",
        "externalValue: a.json, serializedValue: '",
        "D013",
    ),
    "a base with a fragment": ("/kennel\ninfo", "/kennel#a\ninfo", "D012"),
    "encodings by name and by position": (
        "itemEncoding: {contentType: application/json}",
        "itemEncoding: {contentType: application/json}\n              encoding: {text: {}}",
        "D013",
    ),
    "a device flow without its URL": ("deviceAuthorizationUrl: ", "x-url: ", "A606"),
    "the style of cookies in a header": ("in: cookie, style", "in: header, style", "P402"),
    "a metadata URL that is no string": (
        "oauth2MetadataUrl: https:",
        "oauth2MetadataUrl: 5 #",
        "D002",
    ),
    "a kind of a tag that is no string": ("kind: badge", "kind: 5", "D002"),
    "a name of a server that is no string": ("name: staging", "name: [staging]", "D002"),
    "a schema of items that is no schema": (
        "{itemSchema: {$ref: '#/components/schemas/Entry'}}}}\n    post",
        "{itemSchema: 5}}}\n    post",
        "D002",
    ),
    "an unknown field of a media type": ("Dogs: {schema", "Dogs: {items: {}, schema", "D004"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_official_schema_and_the_lint_reject_the_same_documents(tmp_path: Path, name: str) -> None:
    old, new, code = BROKEN[name]
    assert WHOLE.count(old) == 1
    text = WHOLE.replace(old, new)
    assert official_errors(text) != []
    assert code in codes(tmp_path, text)


def test_later_fields_in_a_document_name_their_version(
    tmp_path: Path,
) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(WHOLE.replace("openapi: 3.2.0", "openapi: 3.1.0"), "utf-8")
    found = [each for each in lint(documents.load(path)) if each.code == "T515"]
    words = {each.message.split("'")[1] for each in found}
    assert words >= {
        *("$self", "name", "summary", "parent", "kind", "query", "additionalOperations"),
        *("in: querystring", "style: cookie", "itemSchema", "prefixEncoding", "itemEncoding"),
        *("mediaTypes", "dataValue", "serializedValue", "oauth2MetadataUrl", "deprecated"),
        *("deviceAuthorization", "deviceAuthorizationUrl", "defaultMapping", "nodeType"),
    }
    assert all("openapi: 3.2.0" in each.hint for each in found)
