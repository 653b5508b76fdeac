"""Every fault with each operation, mode and HTTP library.

By default each fault is tried with two or three of the combinations, and each combination with a
dozen faults; the slow test tries all.
"""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Generator
from itertools import product
from typing import Any

import pytest

from losant_audit_log import IncompleteWalkError, LosantError
from tests.support.every_fault import CALLS, FAULTS, LIMIT, MODES, Mode
from tests.support.fault_server import Faults, faulty

SECRET = "c0nfidential-t0ken-which-nobody-may-see"


@pytest.fixture(scope="module")
def server() -> Generator[Faults, None, None]:
    with faulty() as running:
        yield running


SOME = list(product(FAULTS, CALLS, MODES))[::19]


def meet(
    server: Faults, caplog: pytest.LogCaptureFixture, name: str, operation: str, mode: Mode
) -> None:
    """Make a call against a fault, and check how it ends."""
    fault, called = FAULTS[name], CALLS[operation]
    server.plan(*called.plan(fault))
    options: dict[str, Any] = {
        "timeout": fault.patience,
        "max_retries": 1,
        "max_response_bytes": LIMIT,
    }
    with caplog.at_level(logging.DEBUG):
        if fault.ends is None:
            assert mode.run(server.url, called, token=SECRET, **options) == called.data
        else:
            with pytest.raises(LosantError) as caught:
                mode.run(server.url, called, token=SECRET, **options)
            # A walk takes entries that do not fit one by one, and says then what it misses.
            also = (IncompleteWalkError,) if called.opening else ()
            assert isinstance(caught.value, (fault.ends, *also))
            error = caught.value
            shown = [str(error), repr(error), repr(vars(error)), *traceback.format_exception(error)]
            assert SECRET not in "".join(shown)
            assert SECRET.encode() not in pickle.dumps(error)
    assert SECRET not in caplog.text
    assert server.requests[0].headers["authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize(("name", "operation", "mode"), SOME, ids=str)
def test_fault_ends_in_correct_data_or_a_losant_error(
    server: Faults, caplog: pytest.LogCaptureFixture, name: str, operation: str, mode: Mode
) -> None:
    meet(server, caplog, name, operation, mode)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_in_every_mode_ends_in_correct_data_or_a_losant_error(
    server: Faults, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    for operation, mode in product(CALLS, MODES):
        meet(server, caplog, name, operation, mode)
        caplog.clear()
