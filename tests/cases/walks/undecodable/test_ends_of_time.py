"""Entries at the ends of the time that Python can represent."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import httpx
import pytest

from losant_audit_log import Client, IncompleteWalkError, UndecodedEntry
from losant_audit_log._runtime.core import epoch
from tests.support.examples import AUDIT_LOG, ORG

LAST_MOMENTS = ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.9999999Z"]
BEYOND = ["9999-12-31T23:59:59.999-05:00", "0001-01-01T00:00:00+05:00"]


def only(time: str) -> Client:
    """Return a client of a service with one entry."""
    body = {"items": [{**AUDIT_LOG, "creationDate": time}], "totalCount": 1, "page": 0}
    answer = httpx.Response(200, json=body)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=answer.content))
    return Client("t", http_client=httpx.Client(transport=transport), max_retries=0)


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("time", LAST_MOMENTS)
def test_entry_with_the_last_timestamp_is_yielded(time: str, order: str) -> None:
    walk = only(time).audit_logs.walk(ORG, order="oldest" if order == "oldest" else "newest")
    entry = next(iter(walk))
    assert entry.raw
    assert entry.creation_date is not None
    assert entry.creation_date.year == 9999
    assert walk.report.first == entry.creation_date.replace(microsecond=999_000)
    assert walk.checkpoint


@pytest.mark.parametrize("time", BEYOND)
def test_entry_beyond_python_time_is_kept_as_undecoded(time: str) -> None:
    walk = only(time).audit_logs.walk(ORG, on_undecodable="keep")
    assert [isinstance(each, UndecodedEntry) for each in walk] == [True]
    assert walk.report.undecodable == 1


@pytest.mark.parametrize("per_second", [1, 1000, 1_000_000])
@pytest.mark.parametrize("year", [1, 1969, 2026, 9999])
def test_epochs_are_exact_at_the_ends_of_time(year: int, per_second: int) -> None:
    moment = dt.datetime(year, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC)
    begin = epoch.to_datetime(epoch.from_datetime(moment, per_second), per_second)
    assert dt.timedelta(0) <= moment - begin < dt.timedelta(microseconds=1_000_000 // per_second)


@pytest.mark.parametrize("count", [-(10**18), 10**18])
def test_epoch_beyond_python_time_is_its_nearest_end(count: int) -> None:
    assert epoch.to_datetime(count, 1000).year in {1, 9999}


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_walk_over_an_entry_before_1970_raises_about_the_entry_and_not_about_an_argument(
    order: Literal["newest", "oldest"],
) -> None:
    walk = only("1969-12-31T23:59:55Z").audit_logs.walk(ORG, order=order, per_page=1)
    with pytest.raises(IncompleteWalkError, match=r"at 1969-12-31 23:59:5.*later start") as e:
        list(walk)
    assert e.value.checkpoint == walk.checkpoint
