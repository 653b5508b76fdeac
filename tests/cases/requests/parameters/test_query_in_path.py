"""Paths with a query."""

from __future__ import annotations

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://{region}.example.com'}]
paths:
  /pets?action=list:
    get:
      operationId: pets.list
      parameters: [{name: kind, in: query, schema: {type: string}}]
      responses:
        '200': {description: Ok., content: {application/json: {schema: {type: object}}}}
"""


def test_query_of_the_path_and_the_parameters_are_one_query(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.pets.list(kind="a b"))
    call(lambda client: client.pets.list())
    assert [each.target for each in server.requests] == [
        "/pets?action=list&kind=a%20b",
        "/pets?action=list",
    ]
