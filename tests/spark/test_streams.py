"""Streams into a file sink, with crashes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.spark.stream_program import run
from tests.support.many_logs import ManyLogs, org
from tests.support.paths import ROOT

Ids = Callable[[Any], list[str]]


def test_two_runs_of_a_day_add_nothing(
    spark: Any, month: ManyLogs, options: dict[str, object], ids: Ids, tmp_path: Path
) -> None:
    run(spark, options, tmp_path)
    rows = spark.read.parquet(str(tmp_path / "rows"))
    assert ids(rows) == month.ids
    requests = len(month.times)
    run(spark, options, tmp_path)
    assert ids(spark.read.parquet(str(tmp_path / "rows"))) == month.ids
    assert len(month.times) == requests


def test_stream_advances_by_the_permitted_duration(
    spark: Any, options: dict[str, object], tmp_path: Path
) -> None:
    run(spark, options | {"orgs": org(1), "maxPerTrigger": "10d"}, tmp_path)
    assert len(list((tmp_path / "state" / "commits").glob("[0-9]*"))) == 3


def test_stream_of_other_organizations_cannot_continue_a_checkpoint(
    spark: Any, options: dict[str, object], tmp_path: Path
) -> None:
    run(spark, options | {"orgs": org(1), "maxPerTrigger": "30d"}, tmp_path)
    with pytest.raises(Exception, match="orgs: the checkpoint belongs to other logs"):
        run(spark, options | {"orgs": org(2), "maxPerTrigger": "30d"}, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(600)  # It starts Spark three times.
def test_killed_driver_continues_with_each_entry_once(
    spark: Any, month: ManyLogs, options: dict[str, object], ids: Ids, tmp_path: Path
) -> None:
    month.too_many, month.resets, month.pause = 17, 23, 0.01
    program = [sys.executable, "-m", "tests.spark.stream_program"]
    command = [*program, json.dumps(options | {"maxPerTrigger": "3d"}), str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as process:
        while len(month.times) < 500 and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    commits = len(list((tmp_path / "state" / "commits").glob("[0-9]*")))
    assert 0 < commits < 10
    subprocess.run(command, cwd=ROOT, check=True)
    assert ids(spark.read.parquet(str(tmp_path / "rows"))) == month.ids
