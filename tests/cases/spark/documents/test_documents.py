"""Data sources of packages of several documents."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import pytest

from generator import pipeline
from tests.support.packages import generated_package
from tests.support.server import Answer, Recorded, Server, json_answer
from tests.support.spark_stand_in import spark_stand_in

pytestmark = pytest.mark.long

Read = Callable[[Mapping[str, str]], dict[str, list[Any]]]

BEGIN = 1_700_000_000
TIMES = {"type": "string", "format": "date-time"}
CAT = {
    "type": "object",
    "required": ["kind"],
    "properties": {
        "kind": {"const": "cat"},
        "id": {"type": "string"},
        "at": TIMES,
        "lives": {"type": "integer"},
    },
}
DOG = {
    "type": "object",
    "required": ["kind"],
    "properties": {
        "kind": {"const": "dog"},
        "id": {"type": "string"},
        "at": TIMES,
        "tricks": {"type": "array", "items": {"type": "string"}},
    },
}
EITHER = {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]}


def listing(
    id_: str,
    path: str,
    entry: Mapping[str, Any],
    *,
    is_by_time: bool = True,
    type_: str = "string",
) -> Any:
    """Return the path item of a list, whose path parameters have a type."""
    integer = {"type": "integer", "format": "int64"}
    query = [
        {"name": name, "in": "query", "schema": integer} for name in ("page", "size", "from", "to")
    ]
    pagination: dict[str, Any] = {
        "style": "page",
        "request": {"page": {"parameter": "page", "first": 0}, "size": {"parameter": "size"}},
        "response": {"items": "/items", "total": "/total"},
        "item": {"id": "/id", "time": "/at"},
    }
    if is_by_time:
        pagination["window"] = {
            "from": {"parameter": "from"},
            "to": {"parameter": "to"},
            "bounds": "inclusive",
            "unit": "epoch-seconds",
        }
    schema = {
        "type": "object",
        "required": ["items"],
        "properties": {
            "total": {"type": "integer"},
            "items": {"type": "array", "items": entry},
        },
    }
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": type_}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]
    return {
        "operationId": id_,
        "parameters": [*in_path, *query],
        "x-pagination": pagination,
        "responses": {
            "200": {"description": "Pets.", "content": {"application/json": {"schema": schema}}}
        },
    }


def document(paths: Mapping[str, Any], schemes: Mapping[str, Any] | None = None) -> str:
    return json.dumps(
        {
            **({"security": [{name: []} for name in schemes]} if schemes else {}),
            "openapi": "3.1.0",
            "info": {"title": "Pets", "version": "1.0.0"},
            "servers": [{"url": "https://pets.example.com"}],
            "paths": {path: {"get": operation} for path, operation in paths.items()},
            "components": {"schemas": {"Cat": CAT, "Dog": DOG}, "securitySchemes": schemes or {}},
        }
    )


CATS = {"$ref": "#/components/schemas/Cat"}
BY_TIME = document(
    {
        "/cats": listing("cats.list", "/cats", CATS),
        "/homes/{homeId}/rooms/{roomId}/pets": listing(
            "pets.list", "/homes/{homeId}/rooms/{roomId}/pets", EITHER
        ),
        "/homes/{homeId}/guests": listing("pets.guests", "/homes/{homeId}/guests", CATS),
        "/cages/{cageId}/birds": listing(
            "birds.list", "/cages/{cageId}/birds", CATS, type_="integer"
        ),
        "/unordered": listing("dogs.list", "/unordered", CATS, is_by_time=False),
    }
)


def iso(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()


@pytest.fixture
def read(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the rows of the package's data source."""
    monkeypatch.setenv("PETS_API_URL", server.url)
    with generated_package(tmp_path, BY_TIME), spark_stand_in("pets"):
        source = importlib.import_module("pets.spark").Pets

        def rows(options: Mapping[str, str]) -> dict[str, list[Any]]:
            given = {"start": iso(BEGIN), "end": iso(BEGIN + 20), **options}
            created = source({name: text for name, text in given.items() if text})
            names = re.findall(r"`(.*?)`", created.schema())
            reader = created.reader(SimpleNamespace(names=names))
            found: dict[str, list[Any]] = {name: [] for name in names}
            for part in reader.partitions():
                for batch in reader.read(part):
                    for name, values in batch.items():
                        found[name] += values
            return found

        yield rows


def service(entries: list[tuple[float, dict[str, Any]]]) -> Callable[[Recorded], Answer]:
    """Return a service that compares times by whole seconds."""

    def respond(request: Recorded) -> Answer:
        query = dict(parse_qsl(request.query))
        first, last = int(query.get("from", 0)), int(query.get("to", 1 << 40))
        found = [
            each
            for at, each in sorted(entries, reverse=True, key=lambda each: each[0])
            if first <= int(at) <= last
        ]
        number, size = int(query.get("page", 0)), int(query.get("size", 100))
        return json_answer(
            {"items": found[number * size : (number + 1) * size], "total": len(found)}
        )

    return respond


def test_entries_between_two_seconds_are_in_one_slice(server: Server, read: Read) -> None:
    times = [BEGIN + number / 4 for number in range(120)]
    entries = [
        (at, {"kind": "cat", "id": str(number), "at": iso(at)}) for number, at in enumerate(times)
    ]
    server.always(service(entries))
    found = read({"resource": "cats", "slice": "1s", "parallelism": "100"})
    assert sorted(found["id"], key=int) == [str(number) for number in range(80)]


def test_ids_have_as_many_parts_as_the_path_and_entries_of_several_classes_share_columns(
    server: Server, read: Read
) -> None:
    entries: list[tuple[float, dict[str, Any]]] = [
        (BEGIN, {"kind": "cat", "id": "1", "at": iso(BEGIN), "lives": 9}),
        (BEGIN + 1, {"kind": "dog", "id": "2", "at": iso(BEGIN + 1), "tricks": ["sit"]}),
        (BEGIN + 2, {"kind": "bird", "id": "3", "at": iso(BEGIN + 2)}),
    ]
    server.on("/homes/h/rooms/1/pets", service(entries))
    server.on("/homes/h/rooms/2/pets", service([]))
    found = read({"resource": "pets.list", "rooms": "h/1,h/2", "parallelism": "1"})
    rows = dict(zip(found["id"], zip(*found.values(), strict=True), strict=True))
    assert [*found][:2] == ["home_id", "room_id"]
    assert {each[:2] for each in rows.values()} == {("h", "1")}
    by_name = [dict(zip(found, each, strict=True)) for each in rows.values()]
    assert {each["lives"] for each in by_name} == {9, None}
    assert {each["tricks"] for each in by_name} == {'["sit"]', None}


def test_list_of_a_resource_with_several_is_named_with_its_method(
    server: Server, read: Read
) -> None:
    server.on("/homes/h/guests", service([]))
    assert read({"resource": "pets.guests", "homes": "h"})["id"] == []


def test_ids_may_be_numbers(server: Server, read: Read) -> None:
    entry = {"kind": "cat", "id": "1", "at": iso(BEGIN)}
    server.on("/cages/7/birds", service([(BEGIN, entry)]))
    server.on("/cages/12/birds", service([]))
    given = {"resource": "birds", "cages": "7,12"}
    assert read(given)["cage_id"] == ["7"]
    with pytest.raises(ValueError, match="cages: '07' is neither a file nor valid: cage_id: exp"):
        read({**given, "cages": "07"})


@pytest.mark.parametrize(
    ("argument", "ids"),
    [("homeId", "homes"), ("keyId", "keys"), ("cityId", "cities"), ("busesId", "buses")],
)
def test_option_with_ids_is_the_plural_of_the_last_path_argument(
    tmp_path: Path, argument: str, ids: str
) -> None:
    path = f"/own/{{{argument}}}/cats"
    spec = tmp_path / "openapi.json"
    spec.write_text(document({path: listing("cats.list", path, CATS)}), "utf-8")
    [found] = pipeline.plan_package(spec, "pets", strict=False)[1].spark_lists
    assert found.ids == ids


def test_start_is_required_without_a_documented_retention_period(read: Read) -> None:
    with pytest.raises(ValueError, match="start: missing, and the service documents no retention"):
        read({"resource": "cats", "start": ""})


def test_credentials_of_several_schemes_come_from_the_environment(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETS_API_URL", server.url)
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "basic": {"type": "http", "scheme": "basic"},
    }
    server.on("/cats", service([]))
    paths = {"/cats": listing("cats.list", "/cats", CATS)}
    with generated_package(tmp_path, document(paths, schemes)) as pets, spark_stand_in("pets"):
        created = importlib.import_module("pets.spark").Pets({"start": iso(BEGIN)})
        names = re.findall(r"`(.*?)`", created.schema())
        reader = created.reader(SimpleNamespace(names=names))
        [part, *_] = reader.partitions()
        with pytest.raises(pets.MissingTokenError, match="PETS_API_KEY"):
            list(reader.read(part))
        monkeypatch.setenv("PETS_API_KEY", "k3y")
        assert list(reader.read(part)) == []
        assert server.last.headers["x-key"] == "k3y"
        with pytest.raises(pets.InvalidArgumentError, match="tokenfrom: unknown option"):
            importlib.import_module("pets.spark").Pets({"tokenFrom": "a:b"}).schema()
        readme = (Path(pets.__file__).parent / "README.md").read_text("utf-8")
        assert "plans and logs.\nThe environment of the executors has the credentials" in readme
        assert "spark.redaction.regex" in readme


def test_package_without_a_list_by_time_has_nothing_of_spark(tmp_path: Path) -> None:
    path, unordered = tmp_path / "openapi.json", listing("dogs.list", "/", CATS, is_by_time=False)
    path.write_text(document({"/": unordered}), "utf-8")
    files = pipeline.build(path, "pets", strict=False).files
    assert not [each for each in files if "spark" in each]
    shared = [path for path, text in files.items() if b"spark" in text.lower()]
    assert {path.partition("/")[0] for path in shared} <= {"_runtime", "manifest.json"}
