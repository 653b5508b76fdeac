"""Null as a request body."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /name:
    put:
      operationId: pets.rename
      requestBody:
        required: true
        content:
          application/json: {schema: {type: [string, 'null']}}
          text/plain: {schema: {type: string}}
      responses: {'204': {description: Done.}}
    post:
      operationId: pets.note
      requestBody: {required: true, content: {application/json: {schema: {}}}}
      responses: {'204': {description: Done.}}
    patch:
      operationId: pets.change
      requestBody: {content: {application/json: {schema: {type: [string, 'null']}}}}
      responses: {'204': {description: Done.}}
    delete:
      operationId: pets.forget
      requestBody: {required: true, content: {application/json: {schema: {type: string}}}}
      responses: {'204': {description: Done.}}
"""


@pytest.mark.parametrize("method", ["rename", "note"])
def test_none_is_sent_as_null_where_a_required_body_may_be_null(
    call: PackageCaller, server: Server, method: str
) -> None:
    call(lambda client: getattr(client.pets, method)(body=None))
    assert (server.last.body, server.last.headers["content-type"]) == (b"null", "application/json")


def test_optional_body_that_may_be_null_is_sent_if_it_is_passed(
    call: PackageCaller, server: Server
) -> None:
    for body in ({}, {"body": call.package.MISSING}):
        call(partial(change, **body))
        assert (server.last.body, server.last.headers.get("content-type")) == (b"", None)
    call(partial(change, body=None))
    assert (server.last.body, server.last.headers["content-type"]) == (b"null", "application/json")


def change(client: Any, **arguments: Any) -> Any:
    return client.pets.change(**arguments)


def test_none_is_rejected_where_null_is_not_allowed(call: PackageCaller, server: Server) -> None:
    error = call.package.InvalidArgumentError
    with pytest.raises(error, match="body: missing required argument"):
        call(lambda client: client.pets.forget(body=None))
    with pytest.raises(error, match="body: expected a str, got None"):
        call(lambda client: client.pets.rename(body=None, content_type="text/plain"))
    assert server.requests == []
