"""Interruptions at every line of a walk and of a follow."""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import httpx
import pytest

from losant_audit_log import Client
from losant_audit_log.testing import mock_transport
from tests.support.callers import TOKEN
from tests.support.examples import AUDIT_LOG, ORG

MOMENT = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
ENTRIES = [
    {
        **AUDIT_LOG,
        "id": f"{number:024x}",
        "creationDate": (MOMENT + dt.timedelta(seconds=number)).isoformat()[:19] + ".000Z",
    }
    for number in range(5)
]
IDS = [str(each["id"]) for each in ENTRIES]
STEPS = [5, pytest.param(1, marks=pytest.mark.slow)]  # every n-th line


class Interruption:
    """A KeyboardInterrupt at the n-th line of the walks."""

    def __init__(self, line: int) -> None:
        self.left = line

    def __call__(self, frame: FrameType, event: str, _argument: object) -> Any:
        """Trace the frames of the walks."""
        if "/walks/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return self


def read(entries: Iterator[Any], seen: list[str], line: int = 0) -> tuple[Any, bool]:
    """Read entries until all came or the interruption; return the last one, and whether it came."""
    last: Any = None
    before = sys.gettrace()
    if line:
        sys.settrace(Interruption(line))
    try:
        while len(seen) < len(IDS):
            last = next(entries)
            seen.append(last.id)
    except StopIteration:
        pass
    except KeyboardInterrupt:
        return last, True
    finally:
        sys.settrace(before)
    return last, False


@pytest.mark.long
@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("step", STEPS)
def test_walk_that_is_interrupted_anywhere_resumes_after_the_last_entry(
    order: Any, step: int
) -> None:
    transport = mock_transport({"auditLogs.list": ENTRIES})
    expected = IDS if order == "oldest" else IDS[::-1]
    with httpx.Client(transport=transport) as http_client:
        client = Client(TOKEN, http_client=http_client)
        line = 1
        for line in itertools.count(1, step):
            seen: list[str] = []
            walk = client.audit_logs.walk(ORG, per_page=2, order=order)
            last, was_interrupted = read(iter(walk), seen, line)
            checkpoint = walk.checkpoint_after(last)
            rest = client.audit_logs.walk(ORG, per_page=2, checkpoint=checkpoint)
            assert [*seen, *(each.id for each in rest)] == expected, line
            assert rest.report.entries == len(IDS), line
            if not was_interrupted:
                break
    assert line > 100


@pytest.mark.long
@pytest.mark.parametrize("step", STEPS)
def test_follow_that_is_interrupted_anywhere_resumes_after_the_last_entry(step: int) -> None:
    transport = mock_transport({"auditLogs.list": ENTRIES})
    with httpx.Client(transport=transport) as http_client:
        client = Client(TOKEN, http_client=http_client)
        line = 1
        for line in itertools.count(1, step):
            seen: list[str] = []
            start = MOMENT - dt.timedelta(minutes=1)
            follow = client.audit_logs.follow(ORG, start=start, per_page=2, interval=0)
            last, was_interrupted = read(iter(follow), seen, line)
            since = follow.checkpoint_after(last)
            read(iter(client.audit_logs.follow(ORG, since=since, interval=0)), seen)
            assert seen == IDS, line
            if not was_interrupted:
                break
    assert line > 100
