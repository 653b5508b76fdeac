"""Columns and their values, from models and entries."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
import pytest

from losant_audit_log import AuditLog, LosantError, ResponseDecodeError, UndecodedEntry
from losant_audit_log._runtime.models.model import Model, Timestamp
from losant_audit_log._spark.columns import Column, Kind, column_kind, columns, schema
from losant_audit_log._spark.rows import Rows
from tests.support.examples import AUDIT_LOG
from tests.support.spark_stand_in import spark_stand_in

ARGUMENTS = ("org_id",)
COLUMNS = columns([AuditLog], ARGUMENTS, has_raw=True)


class Animal(Model, frozen=True, kw_only=True):
    name: str | None = None
    born: dt.date | None = None
    size: float | None = None


class Robot(Model, frozen=True, kw_only=True):
    name: str | None = None
    size: int | None = None
    on: bool = False


def values(entry: Any, found: tuple[Column, ...] = COLUMNS) -> dict[str, Any]:
    collected = Rows(found, ARGUMENTS)
    collected.add(entry, ["an-org"])
    assert collected.count == 1
    taken = collected.take()
    assert collected.count == collected.size == 0
    return {each.name: value for each, [value] in zip(found, taken, strict=True)}


@pytest.mark.parametrize(
    ("hint", "kind"),
    [
        (str | None, Kind.STRING),
        (Literal["a", "b"] | None, Kind.STRING),
        (Literal[1, 2], Kind.LONG),
        (Literal[1, "a"], Kind.JSON),
        (int | msgspec.UnsetType, Kind.LONG),
        (float | None, Kind.DOUBLE),
        (bool, Kind.BOOLEAN),
        (Timestamp | None, Kind.TIMESTAMP),
        (dt.date, Kind.DATE),
        (Annotated[Any, "sensitive"], Kind.JSON),
        (dict[str, Any] | None, Kind.JSON),
        (list[int], Kind.JSON),
        (int | str, Kind.JSON),
    ],
)
def test_kind_of_a_column_is_that_of_its_type(hint: Any, kind: Kind) -> None:
    assert column_kind(hint) == kind


def test_schema_has_path_arguments_fields_and_unknown_members() -> None:
    text = schema(COLUMNS)
    assert text.startswith("`org_id` STRING, `id` STRING, `audit_log_id` STRING, `creation_date` T")
    assert "`creation_date` TIMESTAMP_LTZ" in text
    assert "`response_status` BIGINT, `extra` MAP<STRING, STRING>, `raw` BINARY" in text
    assert len(columns([AuditLog], ARGUMENTS, has_raw=False)) == 21


def test_classes_of_one_list_share_columns_and_differing_types_are_json() -> None:
    found = columns([Animal, Robot], ARGUMENTS, has_raw=False)
    assert schema(found).startswith(
        "`org_id` STRING, `name` STRING, `born` DATE, `size` STRING, `on` BOOLEAN, `extra` MAP"
    )
    robot = values(Robot.from_json('{"name": "R2", "size": 1.0e0, "on": true}'), found)
    own: dict[str, Any] = {"name": "R2", "born": None, "size": "1.0e0", "on": True, "extra": []}
    assert robot == {"org_id": "an-org", **own}


def test_timestamps_are_typed_and_bodies_are_json_as_received() -> None:
    body = '{"b":  1.50, "a": [1e40]}'
    text = (
        '{"id": "x", "creationDate": "2026-11-26T08:00:00+01:00", "orgId": null,'
        f' "requestBody": {body}, "responseBody": null, "_type": "log", "new": {{"a": 1}}}}'
    )
    found = values(AuditLog.from_json(text))
    assert found["creation_date"] == dt.datetime(2026, 11, 26, 7, tzinfo=dt.UTC)
    assert (found["request_body"], found["response_body"]) == (body, None)
    assert found["extra"] == [("_type", '"log"'), ("new", '{"a": 1}')]
    assert found["raw"] == text.encode()
    assert found["org_id"] == "an-org"


def test_own_value_of_an_entry_precedes_the_path_argument() -> None:
    assert values(AuditLog.from_dict(AUDIT_LOG))["org_id"] == AUDIT_LOG["orgId"]


def test_undecodable_entry_has_its_bytes_and_its_log() -> None:
    found = values(UndecodedEntry(b'{"id": 1}', ResponseDecodeError("x")))
    assert {name for name, value in found.items() if value} == {"org_id", "raw"}
    assert found["raw"] == b'{"id": 1}'


@pytest.fixture
def record_batch() -> Any:
    with spark_stand_in("losant_audit_log"):
        yield importlib.import_module("losant_audit_log._spark.arrow").record_batch


def test_every_kind_has_a_type_of_arrow(record_batch: Callable[..., Any]) -> None:
    found = [Column(kind.lower(), kind) for kind in Kind]
    assert set(record_batch(found, [[]] * len(found))) == {each.name for each in found}


def test_value_out_of_range_names_its_column(record_batch: Callable[..., Any]) -> None:
    with pytest.raises(LosantError, match="size: a value does not fit into BIGINT"):
        record_batch([Column("size", Kind.LONG)], [[2**70]])
