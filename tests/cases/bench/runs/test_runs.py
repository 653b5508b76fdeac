"""Runs of the benchmarks, whatever the timings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import spark
from tests.bench.bars import BARS
from tests.bench.log import Log
from tests.bench.measure import Effort
from tests.support.paths import PACKAGE, ROOT

pytestmark = pytest.mark.long


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=580,
    )


def test_groups_without_peers_run_in_any_environment(tmp_path: Path) -> None:
    arguments = ("--quick", "--only", "memory,walks", "--output", str(tmp_path))
    ended = run(sys.executable, "-m", "tests.bench", *arguments)
    assert ended.returncode == 0, ended.stderr
    written = json.loads((tmp_path / "results.json").read_text("utf-8"))
    keys = [each["key"] for each in written["figures"]]
    assert keys == ["walks.plain", "walks.concurrent", "memory.entry"]
    assert (tmp_path / "plots" / "reading.svg").exists()
    assert "memory of an entry" in ended.stdout


def test_partial_run_does_not_replace_the_committed_results() -> None:
    before = (ROOT / "tests" / "bench" / "results.json").read_bytes()
    ended = run(sys.executable, "-m", "tests.bench", "--only", "memory")
    assert ended.returncode == 0, ended.stderr
    assert (ROOT / "tests" / "bench" / "results.json").read_bytes() == before


def test_unknown_group_exits_with_two() -> None:
    ended = run(sys.executable, "-m", "tests.bench", "--only", "decoding")
    assert ended.returncode == 2
    assert "there are decode, calls" in ended.stderr


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_make_bench_measures_every_bar(tmp_path: Path) -> None:
    ended = run("make", "bench", f"ARGS=--quick --output {tmp_path}")
    assert ended.returncode == 0, ended.stderr
    written = json.loads((tmp_path / "results.json").read_text("utf-8"))
    measured = [each.key for each in BARS if each.group != "spark" or spark.PYTHON.exists()]
    assert [each["key"] for each in written["figures"]] == measured


def test_spark_is_not_measured_without_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(spark, "PYTHON", tmp_path / "python")
    assert list(spark.measure(Effort(tmp_path, quick=True))) == []
    assert "not measured, because make test-spark did not run here" in capsys.readouterr().err


@pytest.mark.parametrize(("direction", "expected"), [("asc", [3, 2, 1]), ("desc", [1, 2, 3])])
def test_log_includes_both_bounds_of_a_span(direction: str, expected: list[int]) -> None:
    log = Log(5)
    times = log.times
    query = {"start": str(times[1]), "end": str(times[3]), "sortDirection": direction}
    page = json.loads(log.page({**query, "perPage": "3"}))
    assert page["totalCount"] == 3
    assert [int(each["id"][8:], 16) for each in page["items"]] == expected
    rest = json.loads(log.page({**query, "perPage": "2", "page": "1"}))
    assert [each["id"] for each in rest["items"]] == [page["items"][2]["id"]]
