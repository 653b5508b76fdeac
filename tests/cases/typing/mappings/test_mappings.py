"""Type checkers know the members of mappings that parameters accept."""

from __future__ import annotations

import typing
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

import losant_audit_log.models
from tests.support.checkers import each_checker, lines_with_errors
from tests.support.packages import generated_package
from tests.support.paths import PACKAGE

REF = "#/components/schemas"
DOCUMENT = f"""\
openapi: 3.1.0
info: {{title: Pets, version: 1.0.0}}
servers: [{{url: 'https://pets.example.com'}}]
paths:
  /pets:
    get:
      operationId: pets.list
      parameters:
        - {{name: where, in: query, style: deepObject, schema: {{$ref: '{REF}/Where'}}}}
        - {{name: open, in: query, style: deepObject, schema: {{$ref: '{REF}/Open'}}}}
      responses: {{'204': {{description: None.}}}}
    post:
      operationId: pets.add
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '{REF}/Sequence'}}}}}}
      responses: {{'204': {{description: None.}}}}
components:
  schemas:
    Where:
      type: object
      required: [in]
      properties:
        in: {{type: string}}
        $gt: {{type: string, format: date-time}}
        deep: {{$ref: '{REF}/Typed'}}
        not: {{$ref: '{REF}/Where'}}
        id: {{type: string, readOnly: true}}
    Typed: {{type: object, properties: {{str: {{type: integer}}, abc: {{type: string}}}}}}
    TypedDict: {{type: object, properties: {{a: {{type: string}}}}}}
    Open: {{type: object, properties: {{a: {{type: string}}}}, additionalProperties: true}}
    Sequence: {{type: object, properties: {{name: {{type: string}}}}}}
"""
OURS = """\
from losant_audit_log import AuditLogFilter, Client
from losant_audit_log.models import AuditLogFilterDict

ORG = "575ecf887ae143cd83dc4aa2"
wanted: AuditLogFilterDict = {"actor": [{"type": "User"}], "responseCode": [200, 404]}
with Client() as client:
    client.audit_logs.list(ORG, audit_log_filter=wanted)
    client.audit_logs.walk(ORG, audit_log_filter={"actor": [{"id": "a"}]})
    client.audit_logs.list(ORG, audit_log_filter={"acter": 3})
    client.audit_logs.list(ORG, audit_log_filter={"actor": [{"type": "Usr"}]})
    client.audit_logs.walk(ORG, audit_log_filter={"responseCode": ["200"]})
    dynamic: dict[str, object] = {"actor": [{"type": "User"}]}
    client.audit_logs.list(ORG, audit_log_filter=dynamic)
    client.audit_logs.list(ORG, audit_log_filter=AuditLogFilter.from_dict(dynamic))
"""
PETS = """\
from pets import Client

with Client() as client:
    client.pets.list(where={"in": "a", "$gt": "2020-01-01T00:00:00Z", "deep": {"str": 1}})
    client.pets.list(where={"in": "a", "not": {"in": "b"}}, open={"a": "x", "new": 1})
    client.pets.list(where={})
    client.pets.list(where={"in": "a", "deep": {"str": "x"}})
    client.pets.list(where={"in": "a", "id": "x"})
    client.pets.add(body={"anything": 1})
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """The package of the document."""
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as package:
        yield package


@each_checker
def test_type_checkers_find_misspelt_conditions_of_a_filter(tmp_path: Path, checker: str) -> None:
    (tmp_path / "program.py").write_text(OURS, "utf-8")
    assert lines_with_errors(tmp_path, checker, PACKAGE.parent) == {"program": [9, 10, 11, 13]}


@each_checker
def test_mappings_may_have_names_that_are_no_python_names(
    pets: Any, tmp_path: Path, checker: str
) -> None:
    (tmp_path / "program.py").write_text(PETS, "utf-8")
    found = lines_with_errors(tmp_path, checker, Path(pets.__file__).parents[1])
    assert found == {"program": [6, 7, 8]}


def test_types_of_mappings_can_be_evaluated(pets: Any) -> None:
    for module in (pets.models, losant_audit_log.models):
        mappings = [each for each in vars(module).values() if typing.is_typeddict(each)]
        assert mappings
        for each in mappings:
            assert typing.get_type_hints(each)
    hints = typing.get_type_hints(pets.models.WhereDict, include_extras=True)
    assert hints["in"] == typing.Required[str]


def test_name_of_a_mapping_that_a_class_has_is_changed(pets: Any) -> None:
    assert typing.is_typeddict(pets.models.TypedDict2)
    assert not typing.is_typeddict(pets.models.TypedDict)
    assert not hasattr(pets.models, "OpenDict")
    assert not hasattr(pets.models, "SequenceDict")
