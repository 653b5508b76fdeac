"""Multipart forms, parsed by Python's email package."""

from __future__ import annotations

import datetime as dt
import email.policy
import io
import json
from collections.abc import Callable
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /upload:
    post:
      operationId: files.upload
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              additionalProperties: false
              properties:
                file: {type: string, format: binary}
                more: {type: array, items: {type: string, format: binary}, maxItems: 3}
                photo: {contentMediaType: image/png}
                data: {}
                owner: {$ref: '#/components/schemas/Owner'}
                owners: {type: array, items: {$ref: '#/components/schemas/Owner'}}
                tags: {type: array, items: {type: string}}
                when: {type: string, format: date-time}
                count: {type: integer, minimum: 1}
                note: {type: string}
                encoded: {type: string, contentMediaType: application/json}
                encoded_list: {type: array, items: {contentMediaType: application/vnd.a+json}}
                listed: {type: array, items: {type: string}}
                deep: {type: object}
                sheet: {type: object, properties: {a: {type: integer}}}
                sheets: {type: array, items: {type: object}}
                scan: {type: string, format: binary}
                page: {$ref: '#/components/schemas/Page'}
                free: {}
                both: {type: object}
            encoding:
              sheet: {contentType: application/xml; charset=utf-8}
              sheets: {contentType: application/xml}
              scan: {contentType: image/tiff}
              page: {contentType: application/xml}
              free: {contentType: application/xml}
              both: {contentType: 'application/xml, application/json'}
              photo: {contentType: 'image/png, image/*'}
              encoded: {contentType: application/json}
              note:
                contentType: text/markdown
                headers:
                  X-Note: {schema: {type: string, const: 'yes'}}
                  X-Any: {schema: {type: string}}
              listed: {contentType: application/json}
              deep: {style: deepObject, explode: true}
      responses: &ok
        '200': {description: Ok., content: {application/json: {schema: {type: object}}}}
  /free:
    post:
      operationId: files.free
      requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
      responses: *ok
  /mixed:
    post:
      operationId: files.mixed
      requestBody:
        content:
          multipart/mixed: {schema: {type: object, additionalProperties: {type: string}}}
      responses: *ok
  /named:
    post:
      operationId: files.named
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              oneOf:
                - {$ref: '#/components/schemas/Owner'}
                - {$ref: '#/components/schemas/Files'}
      responses: *ok
components:
  schemas:
    Files: {type: object, additionalProperties: {$ref: '#/components/schemas/Scans'}}
    Scans: {type: array, items: {type: string, format: binary}}
    Page: {description: A page., allOf: [{$ref: '#/components/schemas/Table'}]}
    Table: {type: object, properties: {a: {type: integer}}}
    Owner: {type: object, required: [name], properties: {name: {type: string}}}
"""


def parts(server: Server) -> list[EmailMessage]:
    """Parse the last body as an email message; check the line endings of RFC 7578."""
    kind = server.last.headers["content-type"]
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    message = BytesParser(policy=email.policy.HTTP).parsebytes(head + server.last.body)
    assert not message.defects
    return [part for part in message.iter_parts() if isinstance(part, EmailMessage)]


def summary(server: Server) -> list[tuple[str, str | None, str | None, bytes]]:
    return [
        (
            str(part.get_param("name", header="content-disposition")),
            part.get_filename(),
            part.get_content_type() if "content-type" in part else None,
            bytes(part.get_payload(decode=True) or b""),  # pyright: ignore[reportArgumentType]
        )
        for part in parts(server)
    ]


def test_every_member_is_a_part(call: PackageCaller, server: Server, pets: Any) -> None:
    body = {
        "file": pets.UploadFile("a.txt", b"\r\n--x\r\n\0"),
        "more": [b"1", io.BytesIO(b"2"), pets.UploadFile("n", b"3", "a/b")],
        "owner": {"name": "Ünal"},
        "owners": [{"name": "a"}, {"name": "b"}],
        "tags": ["x", "y"],
        "when": dt.datetime(2024, 1, 2, tzinfo=dt.UTC),
        "count": 3,
        "note": "# ü",
        "listed": ["x", "y"],
        "deep": {"a": {"b": 1}},
    }
    call(lambda client: client.files.upload(body=body))
    assert summary(server) == [
        ("file", "a.txt", "text/plain", b"\r\n--x\r\n\0"),
        ("more", "file", "application/octet-stream", b"1"),
        ("more", "file", "application/octet-stream", b"2"),
        ("more", "n", "a/b", b"3"),
        ("owner", None, "application/json", '{"name":"Ünal"}'.encode()),
        ("owners", None, "application/json", b'{"name":"a"}'),
        ("owners", None, "application/json", b'{"name":"b"}'),
        ("tags", None, None, b"x"),
        ("tags", None, None, b"y"),
        ("when", None, None, b"2024-01-02T00:00:00Z"),
        ("count", None, None, b"3"),
        ("note", None, "text/markdown", "# ü".encode()),
        ("listed", None, "application/json", b'["x","y"]'),
        ("deep[a][b]", None, None, b"1"),
    ]
    note = next(part for part in parts(server) if "X-Note" in part)
    assert note.get_content_charset() == "utf-8"
    assert (note["X-Note"], note["X-Any"]) == ("yes", None)
    assert server.last.headers["content-length"] == str(len(server.last.body))


def test_model_is_encoded_as_a_form(call: PackageCaller, server: Server, pets: Any) -> None:
    body = pets.FilesUploadBody(file=b"\xff", owner=pets.Owner(name="x"), tags=["a"])
    call(lambda client: client.files.upload(body=body))
    assert summary(server) == [
        ("file", "file", "application/octet-stream", b"\xff"),
        ("owner", None, "application/json", b'{"name":"x"}'),
        ("tags", None, None, b"a"),
    ]


def test_open_file_has_its_name_and_media_type(
    call: PackageCaller, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG")
    with path.open("rb") as file:
        call(lambda client: client.files.upload(body={"file": b"", "photo": file}))
        assert not file.closed
    assert summary(server)[1] == ("photo", "photo.png", "image/png", b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("a.png", (None, "image/png")),
        ("a.gif", (None, "image/gif")),
        ("a.txt", (None, "image/png")),
        ("a", ("image/webp", "image/webp")),
    ],
)
def test_media_type_of_a_file_is_one_that_the_document_lists(
    call_sync: PackageCaller, server: Server, pets: Any, name: str, types: tuple[str | None, str]
) -> None:
    photo = pets.UploadFile(name, b"", types[0])
    call_sync(lambda client: client.files.upload(body={"file": b"", "photo": photo}))
    assert summary(server)[1][2] == types[1]


@pytest.mark.parametrize(
    "name",
    ['a"b.txt', "a\r\nX-Injected: 1\r\n\r\nb.txt", "ü\u2028.txt", "a\\b", "; filename=b", "--x--"],
)
def test_hostile_file_name_is_escaped(
    call: PackageCaller, server: Server, pets: Any, name: str
) -> None:
    file = pets.UploadFile(name, b"x")
    call(lambda client: client.files.free(body={"f": file, name: "y"}))
    first, second = parts(server)
    assert first.keys() == ["Content-Disposition", "Content-Type"]
    assert second.keys() == ["Content-Disposition"]
    written = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'form-data; name="f"; filename="{written}"'
    assert head.encode() in server.last.body
    assert f'form-data; name="{written}"\r\n\r\ny'.encode() in server.last.body


def test_upload_file_may_have_further_headers(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    file = pets.UploadFile("a.bin", b"x", headers={"X-Any": "1"})
    call(lambda client: client.files.free(body={"f": file}))
    assert parts(server)[0]["X-Any"] == "1"


def test_form_without_a_schema_infers_the_kind_of_each_part(
    call: PackageCaller, server: Server
) -> None:
    body = {"a": b"1", "b": "2", "c": [3, True], "d": {"e": None}, "f": [b"x", b"y"]}
    call(lambda client: client.files.free(body=body))
    assert [(name, content) for name, _, _, content in summary(server)] == [
        ("a", b"1"),
        ("b", b"2"),
        ("c", b"3"),
        ("c", b"true"),
        ("d", b'{"e":null}'),
        ("f", b"x"),
        ("f", b"y"),
    ]


def test_string_that_is_json_already_is_sent_as_it_is(call: PackageCaller, server: Server) -> None:
    body = {"file": b"", "encoded": '{"a": 1}', "encoded_list": ["2", "[3]"]}
    call(lambda client: client.files.upload(body=body))
    assert summary(server)[1:] == [
        ("encoded", None, "application/json", b'{"a": 1}'),
        ("encoded_list", None, "application/vnd.a+json", b"2"),
        ("encoded_list", None, "application/vnd.a+json", b"[3]"),
    ]


def test_mapping_of_files_may_have_any_values(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    call(lambda client: client.files.named(body={"a": [b"1", b"2"]}))
    assert [name for name, *_ in summary(server)] == ["a", "a"]
    annotations = pets.resources.files.FilesResource.named.__annotations__
    assert annotations["body"] == "models.Owner | Mapping[str, Any]"


def test_multipart_mixed_keeps_its_media_type(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.files.mixed(body={"a": "1"}))
    assert server.last.headers["content-type"].startswith("multipart/mixed; boundary=")
    assert summary(server) == [("a", None, None, b"1")]


def test_every_body_has_a_distinct_boundary(call_sync: PackageCaller, server: Server) -> None:
    for _ in range(2):
        call_sync(lambda client: client.files.mixed(body={"a": "1"}))
    first, second = (each.headers["content-type"] for each in server.requests)
    assert first != second


BAD: dict[str, Callable[[Any], Any]] = {
    "no file": lambda _: {},
    "a text for a file": lambda _: {"file": "a.txt"},
    "a list for a file": lambda _: {"file": [b"x"]},
    "a mapping for a file": lambda _: {"file": {}},
    "a number for a file": lambda _: {"file": 3},
    "a text for bytes": lambda pets: {"file": pets.UploadFile("a", "text")},
    "no content": lambda pets: {"file": pets.UploadFile("a", None)},
    "a name that is none": lambda pets: {"file": pets.UploadFile(1, b"")},
    "a null byte in a name": lambda pets: {"file": pets.UploadFile("a\0", b"")},
    "half a character in a name": lambda pets: {"file": pets.UploadFile("\ud800", b"")},
    "an injected type": lambda pets: {"file": pets.UploadFile("a", b"", "a/b\r\nX: 1")},
    "an injected header": lambda pets: {
        "file": pets.UploadFile("a", b"", None, {"X": "1\r\nY: 2"})
    },
    "a text file": lambda _: {"file": io.StringIO("text")},
    "too many files": lambda _: {"file": b"", "more": [b""] * 4},
    "no files": lambda _: {"file": b"", "more": []},
    "a text among files": lambda _: {"file": b"", "more": ["x"]},
    "another type": lambda pets: {"file": b"", "photo": pets.UploadFile("a", b"", "text/plain")},
    "a number that is too low": lambda _: {"file": b"", "count": 0},
    "an owner without a name": lambda _: {"file": b"", "owner": {}},
    "a file in JSON": lambda _: {"file": b"", "owner": {"name": "x", "data": b""}},
    "half a character": lambda _: {"file": b"", "note": "\ud800"},
    "an unknown member": lambda _: {"file": b"", "other": "x"},
    "no form": lambda _: b"bytes",
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD.keys())
def test_invalid_multipart_body_is_rejected(
    call_sync: PackageCaller, server: Server, pets: Any, make: Callable[[Any], Any]
) -> None:
    with pytest.raises(pets.InvalidArgumentError):
        call_sync(lambda client: client.files.upload(body=make(pets)))
    assert server.requests == []


def test_closed_file_is_rejected(
    call_sync: PackageCaller, server: Server, pets: Any, tmp_path: Path
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x")
    file = path.open("rb")
    file.close()
    with pytest.raises(pets.InvalidArgumentError, match="expected an open file in binary mode"):
        call_sync(lambda client: client.files.upload(body={"file": file}))
    assert server.requests == []


def test_repr_of_an_upload_file_shows_the_name_only(pets: Any) -> None:
    file = pets.UploadFile("a.txt", b"secret")
    assert repr(file) == "UploadFile('a.txt')"
    assert file.__rich_repr__() == [("name", "a.txt")]
    assert json.dumps(sorted(set(pets.__all__) & {"UploadFile"})) == '["UploadFile"]'


def test_object_in_a_media_type_other_than_json_is_passed_as_a_string_or_bytes(
    call_sync: PackageCaller, server: Server
) -> None:
    body = {
        "file": b"x",
        "page": "<p/>",
        "sheet": "<a/>",
        "sheets": ["<b/>", b"<c/>"],
        "scan": b"II",
    }
    call_sync(lambda client: client.files.upload(body=body))
    found = [(kind, content) for _, _, kind, content in summary(server)]
    assert found[1:] == [
        ("application/xml", b"<p/>"),
        ("application/xml", b"<a/>"),
        ("application/xml", b"<b/>"),
        ("application/xml", b"<c/>"),
        ("image/tiff", b"II"),
    ]


@pytest.mark.parametrize("name", ["sheet", "page", "free"])
def test_object_in_xml_is_rejected_and_one_in_xml_or_json_is_json(
    call_sync: PackageCaller, pets: Any, server: Server, name: str
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=name):
        call_sync(lambda client: client.files.upload(body={"file": b"x", name: {"a": 1}}))
    assert server.requests == []
    call_sync(lambda client: client.files.upload(body={"file": b"x", "both": {"a": 1}}))
    assert summary(server)[1] == ("both", None, "application/json", b'{"a":1}')
