# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The state of a walk, and its serialization as a checkpoint."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from ..core.errors import InvalidArgumentError

OVERLAP = dt.timedelta(seconds=10)
"""The default overlap of a walk, which the next one reads again."""

UNKNOWN = -1
"""The first unit of the entries that are new, until the service states its time."""

_VERSION = 5


class WalkState(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The state of a walk. All times are epochs in units of the window.

    Attributes:
        walk: The fingerprint of the walk: operation, arguments and filter.
        ascending: Whether the oldest entries come first.
        order: The arguments that selected another order than that of `walk()`.
        numbered: Whether the walk counts pages.
        start: The start of the window, or None for the start of the log.
        end: The end of the window, or None before it is pinned.
        lower: The first unit of the requested span, whether the service includes its bounds or
            not; later than `start` in a walk whose older entries expire while it is read again.
            None if the service decides.
        upper: The last unit of the requested span, likewise.
        since: The end of the walk that this one follows, or None.
        new_from: The first unit of the entries that are new, in the first round of a follow and in
            a walk that is read again. Older ones are suppressed.
        clock: The service's time at the first response, or the local time without a `Date` header.
        is_ahead: Whether the end may lie ahead of the clock of the service, which is unknown.
        pinned_by: The source of the end: `end`, `server` or `local`; empty before it is pinned.
        position: The epoch of the last dated entry that was yielded, or None.
        ids: The ids that were yielded at that epoch.
        undated: The ids of the last entries without a timestamp, which may be repeated.
        total: The number of entries that were promised, or None; see `by_time.reconciliation`.
        tail: The number of unread entries among the oldest ones, by epoch.
        known: The epoch up to which `tail` counts all entries, or None before the first probe.
        lost: The number of entries that are gone and cannot have expired.
        page: The position of the first page, in a walk that counts pages.
        digest: A digest of all ids that were yielded, in a walk that counts pages.
        seen: The number of distinct entries that were seen, suppressed ones included.
        older: The number of those that expire within days of the walk, or that are older than the
            overlap in a walk that is read again; None if unknown.
        expected: The number of entries older than the overlap, in a walk that is read again.
        entries: The number of entries that were yielded.
        duplicates: The number of entries that were dropped because they were yielded before.
        undecodable: The number of yielded entries that do not match the document.
        pages: The number of pages that were read.
        first: The epoch of the first entry that was yielded.
        last: The epoch of the last entry that was yielded.
        overlap: The duration before the end of the window whose ids are stored for the next walk.
        late: The ids with epochs that were yielded within the overlap, by this walk or earlier
            ones.
        done: Whether the walk is finished.
    """

    walk: str
    ascending: bool = False
    order: dict[str, str] = {}
    numbered: bool = False
    start: int | None = None
    end: int | None = None
    lower: int | None = None
    upper: int | None = None
    since: int | None = None
    new_from: int | None = None
    clock: int | None = None
    is_ahead: bool = False
    pinned_by: str = ""
    position: int | None = None
    ids: tuple[str, ...] = ()
    undated: tuple[str, ...] = msgspec.field(default=(), name="timeless")
    total: int | None = None
    tail: tuple[tuple[int, int], ...] = ()
    known: int | None = None
    lost: int = 0
    page: int | str | None = None
    digest: str = ""
    seen: int = 0
    older: int | None = None
    expected: int | None = None
    entries: int = 0
    duplicates: int = 0
    undecodable: int = 0
    pages: int = 0
    first: int | None = None
    last: int | None = None
    overlap: int = 0
    late: dict[str, int] = {}
    done: bool = False


def fingerprint(*parts: Any) -> str:
    """Return a short string that differs if any part differs."""
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_checkpoint(state: WalkState) -> str:
    """Return the checkpoint of a state: JSON with a checksum."""
    body: dict[str, Any] = {"checkpoint": _VERSION, **msgspec.to_builtins(state)}
    return json.dumps({**body, "checksum": _checksum(body)}, separators=(",", ":"))


def read_checkpoint(text: object, walk: str) -> WalkState:
    """Parse a checkpoint of the same walk.

    Args:
        text: The checkpoint.
        walk: The fingerprint of the walk.

    Raises:
        InvalidArgumentError: If the checkpoint is damaged, or of another version or walk.
    """
    if not isinstance(text, str):
        raise InvalidArgumentError(f"checkpoint: expected a str, got {type(text).__name__}")
    try:
        body = json.loads(text)
        checksum = body.pop("checksum")
        version = body.pop("checkpoint")
        state = msgspec.convert(body, WalkState)
    except (ValueError, AttributeError, KeyError, RecursionError, TypeError):
        message = "checkpoint: the string is not a checkpoint, or it is damaged"
        raise InvalidArgumentError(message) from None
    if version not in range(1, _VERSION + 1):
        raise InvalidArgumentError(f"checkpoint: version {version!r} is not supported; omit it")
    if checksum != _checksum({"checkpoint": version, **body}):
        raise InvalidArgumentError("checkpoint: damaged or edited: the checksum does not match")
    if state.walk != walk:
        message = "checkpoint: from another walk; pass the same operation, arguments and filter"
        raise InvalidArgumentError(message)
    return state


def _checksum(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True)
    return f"{zlib.crc32(text.encode()):08x}"
