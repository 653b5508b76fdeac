# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The record of one attempt, passed to `on_attempt`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from ..core.service import ServiceError


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt of a call, passed to `on_attempt` when it ends.

    Attributes:
        operation: The operationId.
        method: The HTTP method.
        path: The path, without the query.
        number: The number of the attempt within the call, from 1.
        elapsed: Seconds that the attempt took.
        status_code: The status code of the response; None if there was no response.
        error: The error of the attempt; None if it succeeded.
        retry_in: Seconds until the next attempt; None if the call is not retried.
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
