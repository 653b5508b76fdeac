# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Whether and when a call is tried again."""

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

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"})
_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
_FIRST = 0.5  # seconds, doubled with each try
_LONGEST = 8.0  # seconds
LONGEST_RETRY_AFTER = 60.0  # seconds; the caller decides about longer waits


def delay(failure: ServiceError, call: Call, attempt: int, most: int) -> float | None:
    """Decide about another try.

    Args:
        failure: What went wrong.
        call: What was sent; only idempotent methods are repeated, and only if the body can be.
        attempt: The number of the try that failed, from 1.
        most: How many further tries are allowed.

    Returns:
        Seconds to wait before the next try, or None if there is to be none.
    """
    if attempt > most or call.operation.method not in IDEMPOTENT or not _is_passing(failure):
        return None
    if call.payload is not None and call.payload.is_spent:
        return None
    asked = failure.retry_after if isinstance(failure, APIStatusError) else None
    if asked is not None:
        return asked if asked <= LONGEST_RETRY_AFTER else None
    longest = min(_LONGEST, _FIRST * 2.0 ** min(attempt - 1, 10))
    return random.uniform(0, longest)


def retry_after(headers: http.Headers) -> float | None:
    """Read a Retry-After header, which holds seconds or a date; None if it holds neither.

    A date is compared with the server's own clock, if the answer shows it, since ours may be wrong.
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return float(text)
    moment = _date(text)
    if moment is None:
        return None
    return max(0.0, moment - (_date(headers.get("date", "")) or time.time()))


def _date(text: str) -> float | None:
    """Read a date as HTTP writes it, in seconds since 1970."""
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _is_passing(failure: ServiceError) -> bool:
    if isinstance(failure, APIStatusError):
        return failure.status_code in _STATUSES
    return isinstance(failure, APIConnectionError)
