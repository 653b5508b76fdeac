"""Timings of a walk and of Spark.

The command is `python -m tests.bench.spark_program URL ENTRIES ROUNDS`.
"""

from __future__ import annotations

import datetime as dt
import json
import sys

from losant_audit_log import Client
from tests.bench.measure import time_alternately
from tests.support.examples import ORG
from tests.support.spark_sessions import reader, start_session

SIZE = 100
_GAP = dt.timedelta(seconds=200)  # between entries, on average


def main(url: str, entries: int, rounds: int) -> None:
    """Print the seconds of each candidate as JSON; Spark is started before."""
    session = start_session("local[2]")
    begin = dt.datetime.now(dt.UTC) - entries * _GAP - dt.timedelta(days=2)
    options = {"baseUrl": url, "orgs": ORG, "perPage": SIZE, "start": begin, "end": "9999-01-01"}

    def spark() -> None:
        rows = reader(session.read, **options, parallelism=2).load()
        _check(rows.count(), entries)

    def walk() -> None:
        with Client("t0ken", base_url=url) as client:
            _check(sum(1 for _ in client.audit_logs.walk(ORG, per_page=SIZE)), entries)

    timings = time_alternately({"spark": spark, "walk": walk}, rounds, frees=True)
    sys.stdout.write(json.dumps(timings))
    session.stop()


def _check(seen: int, entries: int) -> None:
    if seen != entries:
        raise AssertionError(f"{seen} of {entries} entries")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
