"""No test sleeps for more than a second."""

from __future__ import annotations

import time

import pytest


def test_sleep_of_more_than_a_second_fails_a_test() -> None:
    with pytest.raises(AssertionError, match=r"sleeps for 1\.5 s"):
        time.sleep(1.5)
    time.sleep(0)
