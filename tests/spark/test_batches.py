"""Batches with drift, faults, rates and failed tasks."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.many_logs import DAY, ManyLogs, iso, org
from tests.support.spark_sessions import TOKEN, reader

Ids = Callable[[Any], list[str]]
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"


def test_batch_with_drift_429_and_resets_has_each_entry_once(
    spark: Any, month: ManyLogs, options: dict[str, object], ids: Ids
) -> None:
    before = month.ids
    month.too_many, month.resets, month.late = 17, 23, 0.1
    found = ids(reader(spark.read, **options).load())
    assert len(before) == 6000
    assert max(Counter(found).values()) == 1
    assert set(before) <= set(found) <= set(month.ids)
    assert len(month.ids) > len(before)


def test_rows_have_typed_timestamps_json_texts_and_unknown_members(
    spark: Any, month: ManyLogs, options: dict[str, object]
) -> None:
    rows = reader(spark.read, **options | {"orgs": org(7), "raw": "true"}).load()
    types = dict(rows.dtypes)
    assert (types["creation_date"], types["response_status"]) == ("timestamp", "bigint")
    assert (types["extra"], types["raw"]) == ("map<string,string>", "binary")
    first = rows.orderBy("creation_date").first()
    begin = dt.datetime.fromtimestamp(month.begin / 1000, dt.UTC).replace(tzinfo=None)
    assert rows.selectExpr("CAST(min(creation_date) AS STRING)").first()[0] == str(begin)
    assert first.org_id == org(7)
    assert json.loads(first.response_body) == {"success": True}
    assert first.extra == {"_type": '"auditLog"'}
    assert json.loads(bytes(first.raw))["id"] == first.id


@pytest.mark.slow
def test_rate_holds_over_all_tasks(
    spark: Any, month: ManyLogs, options: dict[str, object], ids: Ids
) -> None:
    month.too_many = 10
    limited = options | {"requestsPerSecond": 20, "parallelism": 4, "slice": "30d"}
    assert ids(reader(spark.read, **limited).load()) == month.ids
    times = month.times
    assert len(times) > 50
    assert len(times) <= 20 * (times[-1] - times[0]) + 4
    within = [sum(begin <= each < begin + 1 for each in times) for begin in times]
    assert max(within) <= 20 + 4


def test_failed_task_is_retried(
    spark: Any, month: ManyLogs, options: dict[str, object], ids: Ids
) -> None:
    month.fails = lambda log, number: log == org(3) and number <= 3
    in_one_task = options | {"orgs": f"{org(1)},{org(2)},{org(3)}", "parallelism": 1}
    found = ids(reader(spark.read, **in_one_task).load())
    assert len(found) == len(set(found)) == 360
    requests = [month.paths.count(f"/orgs/{org(number)}/audit-logs") for number in (1, 2, 3)]
    assert requests[0] == requests[1] == 2 * (requests[2] - 3)


def test_incomplete_walk_fails_the_task(
    spark: Any, month: ManyLogs, options: dict[str, object]
) -> None:
    month.promises = 5
    with pytest.raises(Exception, match="IncompleteWalkError") as caught:
        reader(spark.read, **options | {"orgs": org(1)}).load().count()
    assert f"This happened in '{org(1)}' from " in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("spark.sql.timestampType", "TIMESTAMP_NTZ"),
        ("spark.sql.session.timeZone", "America/New_York"),
        ("spark.sql.execution.arrow.useLargeVarTypes", "true"),
    ],
)
def test_settings_of_the_session_do_not_change_rows(
    spark: Any, month: ManyLogs, options: dict[str, object], name: str, value: str
) -> None:
    before = spark.conf.get(name)
    spark.conf.set(name, value)
    try:
        rows = reader(spark.read, **options | {"orgs": org(1), "end": "9999-01-01"}).load()
        first = rows.selectExpr("count(*)", "unix_millis(min(creation_date))").first()
        assert tuple(first) == (120, month.begin)
        assert dict(rows.dtypes)["creation_date"] == "timestamp"
    finally:
        spark.conf.set(name, before)


def test_organizations_come_from_a_file(
    spark: Any, options: dict[str, object], tmp_path: Path
) -> None:
    file = tmp_path / "orgs.txt"
    file.write_text(f"# ours\n{org(1)}\n\n{org(2)} # the second\n", "utf-8")
    rows = reader(spark.read, **options | {"orgs": file}).load()
    assert rows.groupBy("org_id").count().count() == 2


def test_empty_span_has_no_rows_and_sends_no_request(
    spark: Any, month: ManyLogs, options: dict[str, object]
) -> None:
    later = iso(month.begin + 400 * DAY)
    spans = options | {"start": iso(month.begin + 300 * DAY), "end": later}
    assert reader(spark.read, **spans).load().count() == 0
    assert month.times == []


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("orgz", "x", "orgz: unknown option of 'audit_logs', with value 'x'; did you mean 'orgs'?"),
        ("orgs", "acme", "orgs: 'acme' is neither a file nor valid"),
        ("parallelism", "0", "parallelism: expected a positive integer, got '0'"),
    ],
)
def test_invalid_option_fails_on_the_driver(
    spark: Any, options: dict[str, object], name: str, value: str, message: str
) -> None:
    with pytest.raises(Exception, match="InvalidArgumentError") as caught:
        reader(spark.read, **options | {name: value}).load()
    assert message in str(caught.value)


def test_token_as_an_option_is_rejected_without_its_value(
    spark: Any, options: dict[str, object]
) -> None:
    with pytest.raises(Exception, match="token: options are visible") as caught:
        reader(spark.read, **options | {"token": JWT}).load()
    assert JWT not in str(caught.value)


def test_token_is_that_of_the_environment_and_not_in_the_plan(
    spark: Any, month: ManyLogs, options: dict[str, object]
) -> None:
    rows = reader(spark.read, **options | {"orgs": org(1)}).load()
    assert rows.count() == 120
    assert month.tokens == {f"Bearer {TOKEN}"}
    assert TOKEN not in rows._jdf.queryExecution().toString()


def test_token_is_that_of_a_function(
    spark: Any, month: ManyLogs, options: dict[str, object]
) -> None:
    chosen = options | {"orgs": org(1), "tokenFrom": "tests.support.spark_token:token"}
    assert reader(spark.read, **chosen).load().count() == 120
    assert month.tokens == {"Bearer t0ken-of-a-function"}


def test_error_of_a_task_does_not_contain_the_token(
    spark: Any, month: ManyLogs, options: dict[str, object]
) -> None:
    month.fails = lambda _, __: True
    with pytest.raises(Exception, match="InternalServerError") as caught:
        reader(spark.read, **options | {"orgs": org(1)}).load().count()
    assert TOKEN not in str(caught.value)
