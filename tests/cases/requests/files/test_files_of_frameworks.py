"""Files as frameworks describe them, and bodies of any format."""

from __future__ import annotations

import io
import json
from functools import partial
from typing import Any

import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

FORM = "requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '%s'}}}}"
DOCUMENT = f"""\
openapi: 3.1.0
info: {{title: Pets, version: 1.0.0}}
servers: [{{url: 'https://pets.example.com'}}]
paths:
  /fastapi:
    post:
      operationId: files.fastapi
      {FORM % "#/components/schemas/FastAPI"}
      responses: &ok {{'204': {{description: Done.}}}}
  /encoded:
    post:
      operationId: files.encoded
      requestBody:
        content:
          multipart/form-data:
            schema: {{type: object, properties: {{scan: {{type: string, format: binary}}}}}}
            encoding: {{scan: {{contentType: application/octet-stream}}}}
      responses: *ok
  /django:
    post:
      operationId: files.django
      requestBody:
        required: true
        content:
          application/json: {{schema: {{$ref: '#/components/schemas/Django'}}}}
          application/x-www-form-urlencoded: {{schema: {{$ref: '#/components/schemas/Django'}}}}
          multipart/form-data: {{schema: {{$ref: '#/components/schemas/Django'}}}}
      responses: *ok
  /link:
    post:
      operationId: files.link
      requestBody:
        required: true
        content:
          application/json: {{schema: {{$ref: '#/components/schemas/Linked'}}}}
          multipart/form-data: {{schema: {{$ref: '#/components/schemas/Linked'}}}}
      responses: *ok
  /form:
    post:
      operationId: files.form
      requestBody:
        content:
          application/x-www-form-urlencoded: {{schema: {{$ref: '#/components/schemas/Django'}}}}
          multipart/form-data: {{schema: {{$ref: '#/components/schemas/Django'}}}}
      responses: *ok
  /aspnet:
    post:
      operationId: files.aspnet
      {FORM % "#/components/schemas/AspNet"}
      responses: *ok
components:
  schemas:
    IFormFile: {{type: string, format: binary}}
    IFormFileCollection: {{type: array, items: {{$ref: '#/components/schemas/IFormFile'}}}}
    AspNet:
      type: object
      required: [file]
      properties:
        file: {{$ref: '#/components/schemas/IFormFile'}}
        files: {{$ref: '#/components/schemas/IFormFileCollection'}}
        maybe: {{oneOf: [{{type: 'null'}}, {{$ref: '#/components/schemas/IFormFile'}}]}}
        nested: {{$ref: '#/components/schemas/Nested'}}
    Nested:
      anyOf: [{{type: string}}, {{type: array, items: {{$ref: '#/components/schemas/Nested'}}}}]
    Linked:
      type: object
      properties:
        cover: {{type: string, format: uri}}
        scans: {{type: array, items: {{type: string, format: uri}}}}
        maybe: {{type: [string, 'null'], format: uri}}
        name: {{type: string}}
    FastAPI:
      type: object
      required: [file]
      properties:
        file: {{type: string, contentMediaType: application/octet-stream}}
        files:
          type: array
          items: {{type: string, contentMediaType: application/octet-stream}}
        maybe:
          anyOf: [{{type: string, contentMediaType: application/octet-stream}}, {{type: 'null'}}]
        several:
          anyOf:
            - {{type: array, items: {{type: string, contentMediaType: application/octet-stream}}}}
            - {{type: 'null'}}
        either: {{type: [string, 'null'], contentMediaType: image/png}}
        raw: {{type: string, contentMediaType: application/pdf, contentEncoding: binary}}
        encoded: {{type: string, contentMediaType: image/png, contentEncoding: base64}}
        note: {{anyOf: [{{type: string}}, {{type: 'null'}}]}}
    Django:
      type: object
      required: [name]
      properties:
        name: {{type: string}}
        image: {{type: string, format: binary, nullable: true}}
        images: {{type: array, items: {{type: string, format: binary}}}}
"""


def last_body(server: Server) -> str:
    """Return the last body."""
    return server.last.body.decode("latin-1")


def _send(method: str, arguments: dict[str, Any], client: Any) -> Any:
    return getattr(client.files, method)(**arguments)


@pytest.mark.parametrize("media_type", ["image/png", "text/plain", "application/x-anything"])
@pytest.mark.parametrize("member", ["file", "maybe", "files", "several"])
def test_file_of_octets_can_have_any_media_type(
    call: PackageCaller, server: Server, pets: Any, member: str, media_type: str
) -> None:
    file = pets.UploadFile("a.bin", b"\x89content", media_type)
    value = [file] if member in {"files", "several"} else file
    call(lambda client: client.files.fastapi(body={"file": b"x", member: value}))
    part = f'name="{member}"; filename="a.bin"\r\nContent-Type: {media_type}\r\n\r\n\x89content'
    assert part in last_body(server)


def test_octets_in_an_encoding_are_the_default_and_allow_any_other_media_type(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    call(lambda client: client.files.encoded(body={"scan": pets.UploadFile("a.png", b"x")}))
    assert "Content-Type: application/octet-stream" in last_body(server)
    file = pets.UploadFile("a.png", b"x", "image/png")
    call(lambda client: client.files.encoded(body={"scan": file}))
    assert "Content-Type: image/png" in last_body(server)


@pytest.mark.parametrize(
    ("member", "value"),
    [("raw", b"%PDF"), ("either", b"PNG"), ("maybe", b"read"), ("encoded", "YQ==")],
)
def test_bytes_are_raw_unless_the_document_encodes_them(
    call: PackageCaller, server: Server, member: str, value: Any
) -> None:
    call(lambda client: client.files.fastapi(body={"file": b"x", member: value}))
    content = value if isinstance(value, str) else value.decode()
    assert f"\r\n\r\n{content}\r\n" in last_body(server)
    assert ("filename" in last_body(server).partition(f'name="{member}"')[2]) is (
        member != "encoded"
    )


def test_nullable_files_that_are_none_are_left_out(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    nothing = {"maybe": None, "several": None, "note": None, "either": None}
    for body in ({"file": b"x", **nothing}, pets.FastAPI(file=b"x", **nothing)):
        call(partial(_send, "fastapi", {"body": body}))
        assert last_body(server).count("Content-Disposition") == 1


def test_models_have_bytes_for_files(pets: Any) -> None:
    kinds = {name: str(kind) for name, kind in pets.FastAPI.__annotations__.items()}
    assert kinds["file"] == "bytes"
    assert kinds["files"] == "list[bytes] | None"
    assert kinds["maybe"] == "bytes | None"
    assert kinds["encoded"] == "str | None"


def test_file_that_is_a_url_in_its_schema_can_be_sent_in_parts(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    body: dict[str, Any]
    for body in ({"cover": b"x"}, {"maybe": io.BytesIO(b"x")}, {"scans": [b"x"]}):
        call(partial(_send, "link", {"body": body}))
        assert server.last.headers["content-type"].startswith("multipart/form-data; boundary=")
        assert last_body(server).count("filename=") == 1
    call(lambda client: client.files.link(body={"cover": "https://example.com/a.png"}))
    assert json.loads(last_body(server)) == {"cover": "https://example.com/a.png"}
    for wrong in ({"cover": 3}, {"name": b"x"}):
        with pytest.raises(pets.InvalidArgumentError, match="expected a str"):
            call(partial(_send, "link", {"body": wrong}))


def test_files_that_are_components_are_sent_as_files(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    file = pets.UploadFile("a.png", b"\x89PNG", "image/png")
    body = {"file": b"x", "files": [file, b"y"], "maybe": io.BytesIO(b"z"), "nested": "n"}
    call(lambda client: client.files.aspnet(body=body))
    assert last_body(server).count("filename=") == 4
    assert 'name="files"; filename="a.png"\r\nContent-Type: image/png' in last_body(server)
    kinds = {name: str(kind) for name, kind in pets.AspNet.__annotations__.items()}
    assert kinds["file"] == "bytes"
    assert kinds["files"] == "list[bytes] | None"
    assert kinds["maybe"] == "bytes | None"
    call(lambda client: client.files.aspnet(body=pets.AspNet(file=b"x", files=[b"y"])))
    assert last_body(server).count("filename=") == 2


@pytest.mark.parametrize("method", ["django", "form"])
@pytest.mark.parametrize(
    "files",
    [{"image": b"abc"}, {"image": io.BytesIO(b"abc")}, {"images": [b"abc"]}],
    ids=["bytes", "open file", "list"],
)
def test_body_with_files_is_sent_as_multipart_where_the_document_offers_it(
    call: PackageCaller, server: Server, method: str, files: dict[str, Any]
) -> None:
    for each in files.values():
        if hasattr(each, "seek"):
            each.seek(0)
    call(lambda client: getattr(client.files, method)(body={"name": "a", **files}))
    assert server.last.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert "\r\n\r\nabc\r\n" in last_body(server)


def test_model_with_bytes_is_sent_as_multipart_and_without_them_as_json(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    call(lambda client: client.files.django(body=pets.Django(name="a", image=b"abc")))
    assert server.last.headers["content-type"].startswith("multipart/form-data; boundary=")
    call(lambda client: client.files.django(body=pets.Django(name="a")))
    assert json.loads(last_body(server)) == {"name": "a"}
    assert server.last.headers["content-type"] == "application/json"


def test_files_in_a_format_without_files_are_an_error_that_names_content_type(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    model = pets.Django(name="a", image=b"abc")
    for body in (model, {"name": "a", "image": b"abc"}):
        for chosen in ("application/json", "application/x-www-form-urlencoded"):
            arguments = {"body": body, "content_type": chosen}
            with pytest.raises(pets.InvalidArgumentError) as caught:
                call(partial(_send, "django", arguments))
            assert str(caught.value) == (
                f"body: {chosen} cannot carry bytes and files; pass "
                "content_type='multipart/form-data', or leave content_type out"
            )
    assert server.requests == []
