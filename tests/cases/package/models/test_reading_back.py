"""Models are encoded and decoded without loss."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Generator
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import losant_audit_log
from losant_audit_log import (
    AuditLog,
    AuditLogFilter,
    AuditLogs,
    Client,
    InvalidArgumentError,
    ResponseDecodeError,
)
from tests.cases.schemas.values.test_values import SCHEMAS
from tests.support.callers import TOKEN
from tests.support.examples import AUDIT_LOG, ORG
from tests.support.instances import instances
from tests.support.packages import generated_package
from tests.support.rich_document import rich_document
from tests.support.searching import JSON, TEXTS, few

CONTENT = json.dumps(AUDIT_LOG | {"_type": "auditLog"}, indent=1)
SMALL = f"""\
openapi: 3.1.0
info: {{title: Pets, version: '1'}}
servers: [{{url: 'https://pets.example.com'}}]
paths: {{}}
components:
  schemas:
{SCHEMAS}
    Nullable:
      type: object
      required: [must, also]
      properties:
        must: {{type: [string, 'null']}}
        also: {{type: [array, 'null'], items: {{$ref: '#/components/schemas/Nullable'}}}}
        day: {{type: string, format: date}}
        at: {{anyOf: [{{type: string, format: date-time}}, {{type: integer}}]}}
        level: {{type: string, enum: [low, high]}}
        pets: {{type: object, additionalProperties: {{$ref: '#/components/schemas/Answer'}}}}
"""
DOCUMENTS = {"ours": "", "rich": json.dumps(rich_document()), "small": SMALL}

RECURSIVE: list[Any] = []
RECURSIVE.append(RECURSIVE)


@pytest.fixture(scope="module", params=DOCUMENTS)
def kinds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[list[Any], None, None]:
    """The models of a document."""
    document = DOCUMENTS[request.param]
    if not document:
        yield _models(losant_audit_log)
        return
    with generated_package(tmp_path_factory.mktemp("pets"), document) as package:
        yield _models(package)


def _models(package: Any) -> list[Any]:
    every: list[Any] = [*package.models.__dict__.values()]
    return [
        each
        for each in every
        if isinstance(each, msgspec.StructMeta) and each.__module__ == package.models.__name__
    ]


@pytest.mark.long
@given(st.data())
@few(300)
def test_any_constructed_model_is_read_back(kinds: list[Any], data: Any) -> None:
    model = data.draw(instances(data.draw(st.sampled_from(kinds))))
    check_read_back(model)


@pytest.mark.long
@given(st.data())
@few(150)
def test_any_received_model_is_read_back(kinds: list[Any], data: Any) -> None:
    kind = data.draw(st.sampled_from(kinds))
    model = data.draw(instances(kind))
    known = {field.encode_name for field in msgspec.structs.fields(kind)}
    unknown = data.draw(st.dictionaries(TEXTS.filter(lambda each: each not in known), JSON))
    content = json.dumps(model.to_dict() | unknown, indent=1)
    received = kind.from_json(content)
    assert received.to_json() == content
    assert received.raw == content.encode()
    assert received.extra.keys() == unknown.keys()
    check_read_back(received)


def check_read_back(model: Any) -> None:
    kind: Any = model.__class__
    for again in (kind.from_json(model.to_json()), kind.from_json(model.to_json().encode())):
        assert again == model
        assert model == again
        assert again.to_json() == model.to_json()
        assert kind.from_json(again.to_json()) == again
    assert kind.from_dict(model.to_dict()).to_json() == kind.from_dict(again.to_dict()).to_json()


def test_archived_line_is_read_without_loss() -> None:
    for content in (CONTENT, CONTENT.encode(), bytearray(CONTENT.encode())):
        entry: Any = AuditLog.from_json
        read = entry(content)
        assert read.to_json() == CONTENT
        assert read.raw == CONTENT.encode()
        assert read.extra == {"_type": "auditLog"}
        assert read.creation_date == dt.datetime.fromisoformat(AUDIT_LOG["creationDate"])


def test_mapping_is_read_without_loss() -> None:
    data = json.loads(CONTENT)
    for mapping in (data, MappingProxyType(data)):
        entry = AuditLog.from_dict(mapping)
        assert entry.to_dict() == data
        assert entry.extra == {"_type": "auditLog"}
    assert AuditLog.from_dict({"requestBody": MappingProxyType({"a": 1})}).request_body == {"a": 1}


def test_reading_back_is_as_tolerant_as_reading_a_response() -> None:
    entry = AuditLog.from_json('\ufeff{"actorType": "Robot", "responseStatus": 2e2, "id": null}')
    assert (entry.actor_type, entry.response_status, entry.id) == ("Robot", 200, None)


def test_model_without_a_known_field_is_read() -> None:
    assert AuditLog.from_json("{}") == AuditLog()
    assert AuditLog.from_dict({"new": 1}).extra == {"new": 1}


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        ('{"items": [{"responseStatus": 1}, {"responseStatus": "x"}]}', "/items/1/responseStatus"),
        ("[]", ""),
        ("", ""),
        ("null", ""),
        ('{"items": [', ""),
        (b"\xff", ""),
        ('{"items": [], "new": "\ud800"}', ""),
        ('{"items": [], "new": %s' % ("[" * 100_000), ""),
    ],
)
def test_json_that_does_not_match_raises_an_error_with_its_place(
    content: Any, pointer: str
) -> None:
    with pytest.raises(ResponseDecodeError) as caught:
        AuditLogs.from_json(content)
    assert caught.value.pointer == pointer


def test_mapping_that_does_not_match_raises_with_its_place() -> None:
    with pytest.raises(ResponseDecodeError) as caught:
        AuditLogs.from_dict({"items": [{"id": 1}]})
    assert caught.value.pointer == "/items/0/id"


@pytest.mark.parametrize("value", [float("inf"), float("nan"), "\ud800", RECURSIVE])
def test_mapping_with_a_value_that_json_cannot_express_raises(value: Any) -> None:
    for data in ({"requestBody": {"deep": [value]}}, {"new": value}):
        with pytest.raises(ResponseDecodeError, match=r"not (JSON|UTF-8)"):
            AuditLog.from_dict(data)


@pytest.mark.parametrize("value", [object(), b"bytes", Decimal(1)])
def test_mapping_with_a_value_of_a_type_that_json_lacks_raises_a_type_error(value: Any) -> None:
    with pytest.raises(TypeError):
        AuditLog.from_dict({"requestBody": {"deep": [value]}})


@pytest.mark.parametrize("value", [None, 1, {"id": "a"}])
def test_value_that_is_not_json_text_raises_a_type_error(value: Any) -> None:
    with pytest.raises(TypeError):
        AuditLog.from_json(value)


@pytest.mark.parametrize("unknown", [{"acter": [{"id": "a"}]}, {"actor": [{"idd": "a"}]}])
def test_filter_with_an_unknown_condition_is_rejected(unknown: Any) -> None:
    wanted = AuditLogFilter.from_dict({"responseCode": [200]} | unknown)
    with (
        Client(TOKEN, http_client=httpx.Client(transport=httpx.MockTransport(refuse))) as client,
        pytest.raises(InvalidArgumentError, match=r"unknown property '(acter|idd)'"),
    ):
        client.audit_logs.list(ORG, audit_log_filter=wanted)


def refuse(_: httpx.Request) -> httpx.Response:
    raise AssertionError("a request was sent")
