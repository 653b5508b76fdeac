"""Command line of a document with clashing names and all bodies."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.cases.command_line.conftest import command_package
from tests.support.programs import Program
from tests.support.server import Server, json_answer, text_answer

pytestmark = pytest.mark.long

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
security: [{key: []}]
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
        born: {type: string, format: date-time}
        tags: {type: array, items: {type: string}}
paths:
  /pets:
    get:
      operationId: pets.find
      summary: Find pets, 100% of them
      tags: [pets]
      parameters:
        - {name: output, in: query, schema: {type: string}, description: Where to.}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: paramLimit, in: query, schema: {type: integer}}
        - name: bound
          in: query
          schema: {oneOf: [{type: integer, maximum: 0}, {type: integer, minimum: 9}]}
        - name: bag
          in: query
          style: deepObject
          explode: true
          schema: {type: object, additionalProperties: {type: string}}
        - name: box
          in: query
          style: deepObject
          explode: true
          schema:
            type: object
            properties:
              wide: {type: boolean}
              not simple: {type: boolean}
              rows: {type: array, items: {type: array, items: {type: integer}}}
        - {name: tag, in: query, schema: {type: array, items: {type: string}}}
        - {name: age, in: query, schema: {type: number}}
        - {name: alive, in: query, schema: {type: boolean}}
        - {name: born-after, in: query, schema: {type: string, format: date-time}}
        - {name: from, in: query, schema: {type: string}}
        - {name: token, in: header, schema: {type: string}}
        - {name: either, in: query, schema: {oneOf: [{type: integer}, {type: string}]}}
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
    post:
      operationId: pets.check
      tags: [pets]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'204': {description: Checked.}}
  /notes:
    post:
      operationId: archive.addNote
      tags: [archive]
      requestBody: {content: {text/plain: {schema: {type: string}}}}
      responses: {'200': {description: It., content: {text/plain: {schema: {type: string}}}}}
  /everything:
    get:
      operationId: archive.findEverythingThatWasAdded
      tags: [archive]
      responses: {'204': {description: Nothing.}}
  /files:
    post:
      operationId: archive.addFile
      tags: [archive]
      requestBody: {content: {application/octet-stream: {schema: {type: string, format: binary}}}}
      responses: {'200': {description: It., content: {application/octet-stream: {}}}}
  /forms:
    post:
      operationId: archive.addForm
      tags: [archive]
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties: {title: {type: string}, file: {type: string, format: binary}}
      responses: {'204': {description: Added.}}
  /either:
    post:
      operationId: archive.addEither
      tags: [archive]
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Pet'}}
          text/plain: {schema: {type: string}}
      responses: {'204': {description: Added.}}
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Program, None, None]:
    """The program of the document."""
    with command_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as program:
        yield program


@pytest.fixture
def program(pets: Program, server: Server) -> Program:
    """The program with a server and a key."""
    variables = {"PETS_API_URL": server.url, "PETS_API_KEY": "k-1"}
    return Program(name="pets", folder=pets.folder, environment=variables)


def test_parameters_named_like_our_options_are_renamed(program: Program, server: Server) -> None:
    server.on("/pets", json_answer([{"name": "Rex"}]))
    options = ["--param-output", "here", "--param-limit", "5", "--param-token", "t", "--from", "a"]
    ended = program("pets", "find", *options, "--output", "json")
    assert (ended.code, json.loads(ended.out)) == (0, [{"name": "Rex"}])
    assert server.last.query == "output=here&limit=5&from=a"
    assert server.last.headers["token"] == "t"


def test_operations_of_a_document_without_scopes_have_none(program: Program) -> None:
    ended = program("scopes", "pets.find", "--output", "json")
    assert (ended.code, json.loads(ended.out)) == (0, {"operation": "pets.find", "scopes": []})


def test_values_have_the_types_of_the_document(program: Program, server: Server) -> None:
    server.on("/pets", json_answer([]))
    options = [
        *("--tag", "a", "--tag", "b", "--age", "1.5", "--alive", "true"),
        *("--born-after", "2026-11-26", "--either", "7"),
    ]
    ended = program("pets", "find", *options)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert server.last.query == (
        "tag=a&tag=b&age=1.5&alive=true&born-after=2026-11-26T00%3A00%3A00Z&either=7"
    )


def test_parameter_named_like_a_renamed_one_takes_an_underscore(
    program: Program, server: Server
) -> None:
    server.on("/pets", json_answer([]))
    assert program("pets", "find", "--param-limit", "5", "--param-limit_", "6").code == 0
    assert server.last.query == "limit=5&paramLimit=6"


def test_union_of_one_type_is_read_as_that_type(program: Program) -> None:
    ended = program("pets", "find", "--bound", "low")
    assert (ended.code, ended.err.startswith("error: --bound: 'low' is not an integer")) == (
        2,
        True,
    )


def test_only_scalar_members_with_plain_names_have_options(
    program: Program, server: Server
) -> None:
    server.on("/pets", json_answer([]))
    shown = program("pets", "find", "--help").out
    assert {each for each in shown.split() if each.startswith(("--box", "--bag"))} == {
        "--bag",
        "--box",
        "--box.wide",
    }
    assert program("pets", "find", "--box.wide", "true", "--bag", '{"a b": "c"}').code == 0
    assert server.last.query == "bag%5Ba%20b%5D=c&box%5Bwide%5D=true"


@pytest.mark.parametrize(
    ("option", "text"),
    [("--age", "old"), ("--age", "NaN"), ("--alive", "yes"), ("--param-limit", "1.0")],
)
def test_value_of_another_type_is_rejected(program: Program, option: str, text: str) -> None:
    ended = program("pets", "find", option, text)
    assert ended.code == 2
    assert ended.err.startswith(f"error: {option}: {text!r} is ")


def test_names_of_our_commands_take_an_underscore(program: Program, server: Server) -> None:
    server.on("/pets", text_answer("", 204))
    assert "archive_" in program("--help").out
    assert program("pets", "check_", "--body", '{"name": "Rex"}').code == 0
    assert json.loads(server.last.body) == {"name": "Rex"}


def test_body_is_read_from_a_file_or_standard_input(
    program: Program, server: Server, tmp_path: Path
) -> None:
    server.on("/pets", text_answer("", 204))
    path = tmp_path / "pet.json"
    path.write_text('{"name": "Tom"}', "utf-8")
    assert program("pets", "check_", "--body", f"@{path}").code == 0
    assert json.loads(server.last.body) == {"name": "Tom"}
    assert program("pets", "check_", "--body", "-", stdin=b'{"name": "Kim"}').code == 0
    assert json.loads(server.last.body) == {"name": "Kim"}


@pytest.mark.parametrize("body", ['{"name": 5}', "{", "[]", "@none", '{"name": NaN}'])
def test_invalid_body_is_rejected(program: Program, server: Server, body: str) -> None:
    assert program("pets", "check_", "--body", body).code == 2
    assert server.requests == []


def test_text_is_sent_and_a_text_response_printed(program: Program, server: Server) -> None:
    server.on("/notes", text_answer("fine", content_type="text/plain"))
    ended = program("archive_", "add-note", "--body", "5")
    assert (ended.code, ended.out) == (0, '"fine"\n')
    assert server.last.body == b"5"
    assert program("archive_", "add-note", "--body", "5", "--output", "table").out == "fine\n"
    assert program("archive_", "add-note", "--body", "5", "--output", "raw").out == "fine"


def test_bytes_are_sent_and_written_unchanged(
    program: Program, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\x00\x01{")
    server.on("/files", text_answer("\x00{", content_type="application/octet-stream"))
    ended = program("archive_", "add-file", "--body", f"@{path}")
    assert (ended.code, ended.out) == (0, "\x00{")
    assert server.last.body == b"\x00\x01{"


def test_multipart_body_contains_the_bytes_of_a_file(
    program: Program, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\x00\x01{")
    server.on("/forms", text_answer("", 204))
    body = json.dumps({"title": "It", "file": f"@{path}"})
    assert program("archive_", "add-form", "--body", body).code == 0
    assert b"\x00\x01{" in server.last.body
    assert b"It" in server.last.body


def test_media_type_of_a_body_can_be_chosen(program: Program, server: Server) -> None:
    server.on("/either", text_answer("", 204))
    assert program("archive_", "add-either", "--body", '{"name": "Rex"}').code == 0
    assert server.last.headers["content-type"] == "application/json"
    ended = program("archive_", "add-either", "--body", "text", "--content-type", "text/plain")
    assert ended.code == 0, ended.err
    assert server.last.body == b"text"


def test_help_shows_percent_signs(program: Program) -> None:
    assert "100% of them" in program("pets", "find", "--help").out


def test_credentials_without_a_single_token_have_no_token_options(program: Program) -> None:
    assert "--token-file" not in program("pets", "find", "--help").out


def test_long_names_have_a_line_of_their_own_in_the_help(program: Program) -> None:
    assert "\n  find-everything-that-was-added\n   " in program("archive_", "--help").out


@pytest.mark.parametrize("form", ["csv", "table"])
def test_empty_list_of_unknown_members_has_no_lines(
    program: Program, server: Server, form: str
) -> None:
    server.on("/pets", json_answer([]))
    ended = program("pets", "find", "--output", form)
    assert (ended.code, ended.out) == (0, "")


def test_completion_without_archives_offers_none(program: Program) -> None:
    ended = program("completion", "bash")
    assert ended.code == 0
    assert "verify" not in ended.out


def test_dry_run_names_the_size_of_a_body_that_is_not_text(
    program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\x00\xff")
    ended = program("archive_", "add-file", "--body", f"@{path}", "--dry-run")
    assert ended.code == 0, ended.err
    assert "--data-binary @- # 2 bytes" in ended.out


def test_dry_run_shows_the_body_and_no_key(program: Program, server: Server) -> None:
    ended = program("pets", "check_", "--body", '{"name": "O\'Hara"}', "--dry-run")
    assert ended.code == 0, ended.err
    assert "--data-raw" in ended.out
    assert "k-1" not in ended.out
    assert server.requests == []
