"""Media types of files in bodies of several schemas."""

from __future__ import annotations

import pytest

from tests.cases.requests.multipart.test_multipart import summary
from tests.support.cli import Project
from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /photos:
    post:
      operationId: photos.add
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              allOf:
                - {$ref: '#/components/schemas/Named'}
                - type: object
                  properties:
                    photo: {type: string, contentMediaType: image/png}
                    tables: {type: array, items: {type: string, contentMediaType: text/csv}}
                    maybe: {anyOf: [{$ref: '#/components/schemas/Scan'}, {type: 'null'}]}
                    either: {anyOf: [{$ref: '#/components/schemas/Scan'}, {type: string}]}
                    data: {type: object}
      responses: &ok
        '200': {description: Added., content: {application/json: {schema: {type: object}}}}
    put:
      operationId: photos.replace
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              oneOf:
                - {$ref: '#/components/schemas/Upload'}
                - {type: object, required: [url], properties: {url: {type: string}}}
      responses: *ok
components:
  schemas:
    Named: {type: object, properties: {scan: {allOf: [{$ref: '#/components/schemas/Scan'}]}}}
    Scan: {type: string, contentMediaType: image/tiff}
    Upload: {type: object, properties: {scan: {$ref: '#/components/schemas/Scan'}}}
"""
UNREADABLE = "unsupported media type 'application/xml' for the object 'data' of a form"


def test_file_in_a_part_of_a_body_has_its_media_type(call: PackageCaller, server: Server) -> None:
    body = {"scan": b"s", "photo": b"p", "tables": ["a"], "maybe": b"m"}
    call(lambda client: client.photos.add(body=body))
    assert summary(server) == [
        ("scan", "file", "image/tiff", b"s"),
        ("photo", "file", "image/png", b"p"),
        ("tables", None, "text/csv", b"a"),
        ("maybe", "file", "image/tiff", b"m"),
    ]


def test_file_in_an_alternative_of_a_body_has_its_media_type(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.photos.replace(body={"scan": b"s"}))
    assert summary(server) == [("scan", "file", "image/tiff", b"s")]


@pytest.mark.parametrize(("value", "name"), [(b"s", "file"), ("s", None)])
def test_member_that_is_a_file_or_a_string_takes_both(
    call: PackageCaller, server: Server, value: bytes | str, name: str | None
) -> None:
    call(lambda client: client.photos.add(body={"either": value}))
    assert [part[:2] for part in summary(server)] == [("either", name)]


def test_object_in_xml_in_a_part_of_a_body_is_reported(new_project: Project) -> None:
    encoding = "            encoding: {data: {contentType: application/xml}}\n      responses: &ok"
    text = DOCUMENT.replace("      responses: &ok", encoding)
    new_project.spec.write_text(text, "utf-8")
    assert UNREADABLE in new_project.run("lint").err
