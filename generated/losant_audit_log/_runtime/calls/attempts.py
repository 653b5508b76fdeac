# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""What `on_attempt` is called with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from ..core.service import ServiceError


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What `on_attempt` is told after each attempt.

    Attributes:
        operation: The operationId.
        method: The HTTP method.
        path: The path, without the query.
        number: Which attempt of the call this was, from 1.
        elapsed: Seconds that it took.
        status_code: The status of the answer; None if there was none.
        error: What went wrong; None for a success.
        retry_in: Seconds until the next attempt; None if there will be none.
    """

    operation: str
    method: str
    path: str
    number: int
    elapsed: float
    status_code: int | None
    error: ServiceError | None
    retry_in: float | None


Observer: TypeAlias = Callable[[Attempt], object]
