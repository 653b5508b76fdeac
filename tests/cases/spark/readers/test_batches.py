"""Batches of a time span, which are complete or fail."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pytest

import losant_audit_log
from losant_audit_log import InvalidArgumentError
from tests.support.many_logs import DAY, ManyLogs, iso, org
from tests.support.server import Answer, Recorded, Server

Options = dict[str, str]
Create = Callable[[Options], Any]
Rows = Callable[..., dict[str, list[Any]]]


def test_batch_has_each_entry_once(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    reader = batch(options)
    assert sorted(rows(reader)["id"]) == logs.ids
    assert len(reader.partitions()) == 4


def test_rows_come_in_batches_of_a_thousand_across_logs(
    batch: Create, logs: ManyLogs, options: Options
) -> None:
    logs.fill(range(1, 4), 70)
    reader = batch({**options, "parallelism": "1"})
    [part] = reader.partitions()
    assert [len(each["id"]) for each in reader.read(part)] == [1000, 1000, 250]


def test_reader_and_parts_can_be_pickled(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    reader, parts = pickle.loads(pickle.dumps([(each := batch(options)), each.partitions()]))
    assert sorted(rows(reader, parts)["id"]) == logs.ids


def test_pickled_reader_contains_no_token(batch: Create, options: Options) -> None:
    reader = batch(options)
    assert b"t0ken" not in pickle.dumps([reader, reader.partitions()])


def test_adjacent_spans_share_no_entry(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    middle = iso(logs.begin + 4 * DAY)
    found = [
        rows(batch({**options, **each}))["id"] for each in ({"end": middle}, {"start": middle})
    ]
    assert [len(each) for each in found] == [60, 90]
    assert sorted(found[0] + found[1]) == logs.ids


def test_batch_ends_before_the_lag(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    del options["end"]
    assert len(rows(batch({**options, "lag": "5d"}))["id"]) == 105
    assert sorted(rows(batch({**options, "lag": "0s"}))["id"]) == logs.ids


def test_end_in_the_future_is_now(batch: Create, logs: ManyLogs, options: Options) -> None:
    [part] = batch({**options, "end": "9999-01-01", "parallelism": "1"}).partitions()
    assert part.runs[0].end < logs.begin + 20 * DAY


def test_start_is_that_of_the_retention_period(
    batch: Create, logs: ManyLogs, options: Options
) -> None:
    del options["start"]
    [part] = batch({**options, "parallelism": "1"}).partitions()
    days = (logs.begin - part.runs[0].begin) // DAY
    assert 350 < days < 356
    assert part.runs[0].begin % DAY == 0


@pytest.mark.parametrize("given", [{"slice": "30d"}, {"slice": "300d"}, {"overlap": "40d"}])
def test_default_start_is_within_the_retention_period(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options, given: Options
) -> None:
    del options["start"]
    assert sorted(rows(batch({**options, **given}))["id"]) == logs.ids


def test_overlap_does_not_hide_that_start_is_before_the_retention_period(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    before = {**options, "start": iso(logs.begin - 400 * DAY), "overlap": "2d"}
    with pytest.raises(losant_audit_log.IncompleteWalkError, match="before the retention period"):
        rows(batch(before))
    assert sorted(rows(batch({**before, "retention": "500d"}))["id"]) == logs.ids


def test_retention_is_an_option(batch: Create, logs: ManyLogs, options: Options) -> None:
    del options["start"]
    [part] = batch({**options, "retention": "20d", "parallelism": "1"}).partitions()
    assert (logs.begin - part.runs[0].begin) // DAY == 8


@pytest.mark.parametrize("start", ["1970-01-01", "0001-01-01"])
def test_start_that_the_list_rejects_is_an_error_of_the_driver(
    source: Any, options: Options, start: str
) -> None:
    with pytest.raises(InvalidArgumentError, match="start: expected at least 1"):
        source({**options, "start": start}).schema()


def test_failed_task_names_the_log_and_the_time_span(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    logs.promises = 3
    with pytest.raises(losant_audit_log.IncompleteWalkError) as caught:
        rows(batch({**options, "orgs": org(2)}))
    [note] = caught.value.__notes__
    begin = iso(logs.begin)[:10]
    assert note.startswith(f"This happened in '{org(2)}' from {begin}T00:00:00+00:00 to ")


def test_undecodable_entry_names_the_options_that_keep_it(
    batch: Create, rows: Rows, server: Server, logs: ManyLogs, options: Options
) -> None:
    def respond(request: Recorded) -> Answer:
        answer = logs(request)
        return replace(
            answer, body=answer.body.replace(b'"responseStatus": 200', b'"responseStatus": "x"')
        )

    server.always(respond)
    with pytest.raises(losant_audit_log.EntryDecodeError) as caught:
        rows(batch(options))
    assert caught.value.__notes__[0].startswith("To keep such entries, set raw to true and onUnd")
    kept = rows(batch({**options, "raw": "true", "onUndecodable": "keep"}))
    assert len(set(kept["raw"])) == 150
    assert set(kept["id"]) == {None}


def test_task_reads_no_page_before_the_rows_of_the_last_one_are_taken(
    batch: Create, logs: ManyLogs, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("losant_audit_log._spark.reading._BYTES", 1)
    [part] = batch({**options, "parallelism": "1"}).partitions()
    reader = batch({**options, "perPage": "10"})
    assert [len(each["id"]) for each in islice(reader.read(part), 3)] == [1, 1, 1]
    assert len(logs.times) == 1


def test_overlap_reads_entries_before_the_start(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    start = iso(logs.begin + 5 * DAY)
    assert len(rows(batch({**options, "start": start}))["id"]) == 75
    assert len(rows(batch({**options, "start": start, "overlap": "2d"}))["id"]) == 105


def test_empty_span_has_one_empty_part(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    reader = batch({**options, "start": "9998-01-01", "end": "9999-01-01"})
    assert len(reader.partitions()) == 1
    assert rows(reader) == {}
    assert logs.times == []


def test_page_size_is_an_option(
    batch: Create, rows: Rows, server: Server, logs: ManyLogs, options: Options
) -> None:
    assert sorted(rows(batch({**options, "perPage": "7"}))["id"]) == logs.ids
    assert all("perPage=7" in each.query for each in server.requests)


def test_incomplete_walk_fails(batch: Create, rows: Rows, logs: ManyLogs, options: Options) -> None:
    logs.promises = 3
    with pytest.raises(losant_audit_log.IncompleteWalkError):
        rows(batch(options))


def test_every_request_waits_for_the_share_of_the_rate(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    logs.too_many = 4
    limited = {**options, "requestsPerSecond": "100", "parallelism": "1", "slice": "10d"}
    assert sorted(rows(batch(limited))["id"]) == logs.ids
    assert len(logs.times) >= 7
    assert logs.times[-1] - logs.times[0] >= (len(logs.times) - 2) / 100


def test_missing_token_names_the_variable_of_the_executors(
    batch: Create, rows: Rows, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOSANT_API_TOKEN")
    reader = batch(options)
    with pytest.raises(losant_audit_log.MissingTokenError, match=r"spark\.executorEnv\.LOSANT"):
        rows(reader)


def test_token_is_that_of_a_function(
    batch: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    rows(batch({**options, "tokenFrom": "tests.support.spark_token:token"}))
    assert logs.tokens == {"Bearer t0ken-of-a-function"}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("no_such_module:token", "cannot be imported by a task"),
        ("tests.support.spark_token:tokens", "cannot be imported by a task"),
        ("tests.support.spark_token:__doc__", "is not a function but a str"),
    ],
)
def test_unusable_function_is_an_error_of_the_task(
    batch: Create, rows: Rows, options: Options, path: str, message: str
) -> None:
    reader = batch({**options, "tokenFrom": path})
    with pytest.raises(InvalidArgumentError, match=f"tokenFrom: .*{message}"):
        rows(reader)


def test_invalid_id_and_base_url_are_errors_of_the_driver(source: Any, options: Options) -> None:
    with pytest.raises(InvalidArgumentError, match="orgs: 'acme' is neither a file nor valid"):
        source({**options, "orgs": f"{org(1)},acme"}).schema()
    with pytest.raises(InvalidArgumentError, match="baseUrl: base_url: https is required"):
        source({**options, "baseUrl": "http://example.com"}).schema()


def test_other_schema_is_rejected(source: Any, options: Options) -> None:
    given = SimpleNamespace(names=["id"])
    with pytest.raises(InvalidArgumentError, match="schema: expected the columns org_id, id"):
        source(options).reader(given)


def test_name_of_the_format_is_that_of_the_package(source: Any) -> None:
    assert source.name() == "losant_audit_log"
    assert source.__doc__.startswith("Data source for Apache Spark")
    assert (source.__module__, source.__name__) == ("losant_audit_log.spark", "LosantAuditLog")


def test_import_of_the_package_imports_no_spark() -> None:
    assert not [each for each in sys.modules if each.startswith("pyspark")]
    with pytest.raises(ImportError, match="install pyspark 4 and pyarrow, which are the extra"):
        __import__("losant_audit_log.spark")
