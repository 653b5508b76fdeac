# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Retry rules: which calls are retried, and their delays."""

from __future__ import annotations

import datetime as dt
import random
import re
import time
from email.utils import parsedate_to_datetime

from ..core import http
from ..core.errors import APIConnectionError, APIStatusError
from ..core.service import ServiceError
from .call import Call

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "QUERY"})
_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
_FIRST = 0.5  # seconds; doubles with each attempt
_LONGEST = 8.0  # seconds
LONGEST_RETRY_AFTER = 60.0  # seconds; for a longer wait the error is raised


def delay(failure: ServiceError, call: Call, attempt: int, max_retries: int) -> float | None:
    """Return the delay before the next retry, or None.

    Args:
        failure: The error of the attempt.
        call: The call. It is retried only if its method is idempotent and its body can be resent.
        attempt: The number of the attempt that failed, from 1.
        max_retries: The maximum number of retries.

    Returns:
        Seconds to wait before the next attempt, or None if the call is not retried.
    """
    is_exhausted = attempt > max_retries
    if is_exhausted or call.operation.method not in IDEMPOTENT or not _is_transient(failure):
        return None
    if call.payload is not None and call.payload.is_spent:
        return None
    requested = failure.retry_after if isinstance(failure, APIStatusError) else None
    if requested is not None:
        return requested if requested <= LONGEST_RETRY_AFTER else None
    longest = min(_LONGEST, _FIRST * 2.0 ** min(attempt - 1, 10))
    return random.uniform(0, longest)


def retry_after(headers: http.Headers) -> float | None:
    """Return the seconds in the Retry-After header; None if it is missing or malformed.

    A date is compared with the Date header, if any, because the local clock may be wrong.
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return float(text)
    retry_time = _timestamp(text)
    if retry_time is None:
        return None
    return max(0.0, retry_time - (_timestamp(headers.get("date", "")) or time.time()))


def _timestamp(text: str) -> float | None:
    """Return an HTTP date as seconds since 1970; None if it is malformed."""
    try:
        parsed = parsedate_to_datetime(text)
        return parsed.replace(tzinfo=parsed.tzinfo or dt.UTC).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _is_transient(failure: ServiceError) -> bool:
    if isinstance(failure, APIStatusError):
        return failure.status_code in _STATUSES
    return isinstance(failure, APIConnectionError)
