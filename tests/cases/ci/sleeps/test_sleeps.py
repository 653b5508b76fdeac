"""No test sleeps for more than a second."""

from __future__ import annotations

import time

import pytest


def test_one_that_does_fails() -> None:
    with pytest.raises(AssertionError, match=r"sleeps for 1\.5 s"):
        time.sleep(1.5)
    time.sleep(0)
