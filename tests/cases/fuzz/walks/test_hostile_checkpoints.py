"""A manipulated checkpoint is rejected or harmless."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from losant_audit_log import Attempt, Client, InvalidArgumentError, LosantError
from tests.support.drifting_log import SECOND, DriftingLog, client_options
from tests.support.examples import LIST_PATH, ORG
from tests.support.searching import JSON, TEXTS, few, many


def real() -> dict[str, Any]:
    """Return the checkpoint of an unfinished walk."""
    log = DriftingLog()
    log.fill(12, gaps=[0, 0, SECOND])
    with Client(**client_options(log, asynchronous=False)) as client:
        walk = client.audit_logs.walk(ORG, per_page=3)
        for _ in zip(range(5), walk, strict=False):
            pass
        members: dict[str, Any] = json.loads(walk.checkpoint)
    return members


CHECKPOINT = real()
CHANGED = st.dictionaries(st.sampled_from(list(CHECKPOINT)), JSON, min_size=1, max_size=3).map(
    lambda changes: json.dumps({**CHECKPOINT, **changes})
)
ANY = CHANGED | TEXTS | JSON.map(json.dumps) | st.text(max_size=30)


def check_goes_on(checkpoint: str) -> None:
    log = DriftingLog()
    log.fill(12, gaps=[0, 0, SECOND])
    paths: set[str] = set()
    options = client_options(log, asynchronous=False)

    def note(attempt: Attempt) -> None:
        paths.add(attempt.path)

    options["on_attempt"] = note
    with Client(**options) as client:
        try:
            ids = [each.id for each in client.audit_logs.walk(ORG, checkpoint=checkpoint)]
        except InvalidArgumentError:
            assert not paths
        except LosantError:
            pass
        else:
            assert len(set(ids)) == len(ids)
    assert paths <= {LIST_PATH}


@pytest.mark.long
@given(ANY)
@few(150)
def test_manipulated_checkpoint_is_rejected_or_harmless(checkpoint: str) -> None:
    check_goes_on(checkpoint)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@given(ANY)
@many(20_000)
def test_thousands_of_manipulated_checkpoints_are_rejected_or_harmless(checkpoint: str) -> None:
    check_goes_on(checkpoint)
