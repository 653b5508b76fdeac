"""Time spans that end before they start, which are rejected."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from losant_audit_log import InvalidArgumentError
from tests.support.callers import Way
from tests.support.drifting_log import NOON
from tests.support.examples import ORG
from tests.support.packages import PackageCaller, generated_package
from tests.support.reading import Reader

TIME = datetime(2026, 3, 5, tzinfo=UTC)
BEFORE = timedelta(microseconds=1)
EAST = TIME.astimezone(timezone(timedelta(hours=9)))

CROSSED = [
    (TIME, TIME - BEFORE),
    (EAST, TIME - BEFORE),
    (NOON, NOON - 1),
    (TIME, 1),
    (TIME, round(TIME.timestamp() * 1000) - 1),
    (round(TIME.timestamp() * 1000), TIME - BEFORE),
]


@pytest.mark.parametrize(("start", "end"), CROSSED)
@pytest.mark.parametrize("how", ["list", "walk"])
def test_start_after_end_is_rejected(any_reader: Reader, how: str, start: Any, end: Any) -> None:
    log = any_reader.log
    with pytest.raises(InvalidArgumentError, match=r"^start: after end: start=.*; exchange them$"):
        assert getattr(any_reader, how)(start=start, end=end).complete.ids == []
    assert log.queries == []


@pytest.mark.parametrize("how", ["list", "walk"])
@pytest.mark.parametrize("bounds", [(TIME, TIME), (EAST, TIME), (NOON, NOON), (NOON, None)])
def test_start_that_is_not_after_end_is_accepted(
    reader: Reader, how: str, bounds: tuple[Any, Any]
) -> None:
    reader.log.now = NOON
    assert getattr(reader, how)(start=bounds[0], end=bounds[1]).complete.ids == []
    assert reader.log.queries


def test_raw_list_rejects_start_after_end(reader: Reader) -> None:
    client = reader.client()
    with pytest.raises(InvalidArgumentError) as raised:
        client.audit_logs.with_raw_response.list(ORG, start=TIME, end=1)
    given = "start=2026-03-05T00:00:00+00:00 and end=1"
    assert str(raised.value) == f"start: after end: {given}; exchange them"


def test_naive_bound_is_rejected_as_such(reader: Reader) -> None:
    with pytest.raises(InvalidArgumentError, match="timezone"):
        reader.client().audit_logs.list(ORG, start=datetime(2026, 3, 5), end=1)


def window(unit: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose list has a time span in a unit."""
    return {
        "openapi": "3.1.0",
        "x-generator": 1,
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "https://pets.example.com"}],
        "paths": {
            "/pets": {
                "get": {
                    "operationId": "pets.list",
                    "summary": "List pets",
                    "parameters": [
                        {"name": each, "in": "query", "schema": schema}
                        for each in ("since", "before")
                    ]
                    + [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
                    "x-pagination": {
                        "style": "page",
                        "request": {"page": {"parameter": "page", "first": 0}},
                        "response": {"items": "/pets"},
                        "item": {"id": "/id"},
                        "window": {
                            "from": {"parameter": "since"},
                            "to": {"parameter": "before"},
                            "unit": unit,
                        },
                    },
                    "responses": {
                        "200": {
                            "description": "Pets.",
                            "content": {
                                "application/json": {
                                    "schema": {
                                        "type": "object",
                                        "properties": {
                                            "pets": {
                                                "type": "array",
                                                "items": {"$ref": "#/components/schemas/Pet"},
                                            }
                                        },
                                    }
                                }
                            },
                        }
                    },
                }
            }
        },
        "components": {
            "schemas": {"Pet": {"type": "object", "properties": {"id": {"type": "string"}}}}
        },
    }


@pytest.mark.parametrize(
    ("unit", "schema", "start", "end"),
    [
        ("date-time", {"type": "string", "format": "date-time"}, TIME, TIME - BEFORE),
        (
            "date-time",
            {"type": "string", "format": "date-time"},
            "2026-03-05T09:00:00Z",
            "2026-03-05T09:00:00+01:00",
        ),
        ("date", {"type": "string", "format": "date"}, date(2026, 3, 5), date(2026, 3, 4)),
        ("date", {"type": "string", "format": "date"}, "2026-03-05", date(2026, 3, 4)),
        ("epoch-seconds", {"type": "integer"}, TIME, TIME - BEFORE),
        ("epoch-seconds", {"type": "integer"}, 5, 4),
    ],
)
def test_start_after_end_is_rejected_in_any_unit(
    tmp_path: Path, unit: str, schema: dict[str, Any], start: Any, end: Any
) -> None:
    with generated_package(tmp_path, json.dumps(window(unit, schema))) as package:
        caller = PackageCaller(package, Way.SYNC, "http://127.0.0.1:9", {})
        bounds = {"since_": start, "before": end}
        with pytest.raises(package.InvalidArgumentError, match="since_: after before"):
            caller(lambda client: client.pets.list(**bounds))
        with pytest.raises(package.InvalidArgumentError, match="since_: after before"):
            caller(lambda client: client.pets.walk(**bounds))
