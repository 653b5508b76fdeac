# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""How far a walk has come, and the checkpoint that says so."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from ..core.errors import InvalidArgumentError

_VERSION = 1


class WalkState(msgspec.Struct, kw_only=True, omit_defaults=True):
    """How far a walk has come; all times are in the units of the window.

    Attributes:
        walk: A fingerprint of what is walked: operation, arguments and filter.
        ascending: Whether the oldest come first.
        order: The arguments that chose another order than that of `walk()`.
        numbered: Whether it goes by page numbers.
        start: The beginning of the window, or None for the beginning of the log.
        end: The end of the window, or None while it is not known.
        lower: The first unit that counts, whatever the service makes of its bounds; None if it
            decides.
        upper: The last unit that counts, likewise.
        since: The end of the walk that this one follows, or None.
        pinned_by: What settled the end: `end`, `server` or `local`; empty while it is not known.
        position: The time of the entry last handed out, or None.
        ids: The ids that were handed out at that time.
        timeless: The ids of the last entries that had no time of their own, which may come again.
        total: How many entries were promised, or None; see `walk_account`.
        tail: How many of the oldest entries are still to be read, by their times.
        known: The time before which `tail` counts them all; None before they were looked at.
        lost: How many entries are gone that cannot have expired.
        page: The position of the first page, where it is no window of time that is walked.
        digest: A digest of all ids that were handed out, where pages are counted.
        seen: How many distinct entries were seen, those included that are not handed out.
        entries: How many entries were handed out.
        duplicates: How many were dropped because they had been handed out.
        undecodable: How many of those handed out did not fit.
        pages: How many pages were read.
        first: The time of the first entry that was handed out.
        last: The time of the last one.
        overlap: Up to how long before the end of the window ids are remembered.
        late: Ids with their times that were handed out within the overlap, by this walk or an
            earlier one.
        done: Whether the walk came to its end.
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
    pinned_by: str = ""
    position: int | None = None
    ids: tuple[str, ...] = ()
    timeless: tuple[str, ...] = ()
    total: int | None = None
    tail: tuple[tuple[int, int], ...] = ()
    known: int | None = None
    lost: int = 0
    page: int | str | None = None
    digest: str = ""
    seen: int = 0
    entries: int = 0
    duplicates: int = 0
    undecodable: int = 0
    pages: int = 0
    first: int | None = None
    last: int | None = None
    overlap: int = 0
    late: dict[str, int] = {}
    done: bool = False

    @property
    def asked_start(self) -> int | None:
        """The beginning to ask for, so that an entry at the first unit that counts must come."""
        if self.lower is None or self.start is None:
            return self.start
        return self.lower - 1 if self.lower > 1 else None

    @property
    def asked_end(self) -> int | None:
        """The end to ask for, likewise."""
        return self.end if self.upper is None else self.upper + 1


def fingerprint(*parts: Any) -> str:
    """Make a short text that differs if any part differs."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_checkpoint(state: WalkState) -> str:
    """Write a checkpoint: JSON with a checksum."""
    content: dict[str, Any] = msgspec.to_builtins(state)
    body = {"checkpoint": _VERSION, **content}
    return json.dumps({**body, "checksum": _checksum(body)}, separators=(",", ":"))


def read_checkpoint(text: object, walk: str) -> WalkState:
    """Read a checkpoint of the same walk.

    Raises:
        InvalidArgumentError: If it is damaged, of another version, or of another walk.
    """
    if not isinstance(text, str):
        raise InvalidArgumentError("checkpoint: a str is needed, as `.checkpoint` gives it")
    try:
        body = json.loads(text)
        checksum = body.pop("checksum")
        version = body.pop("checkpoint")
        state = msgspec.convert(body, WalkState)
    except (ValueError, AttributeError, KeyError, RecursionError, TypeError):
        message = "checkpoint: this is no checkpoint, or it was damaged"
        raise InvalidArgumentError(message) from None
    if version != _VERSION:
        raise InvalidArgumentError(f"checkpoint: version {version!r} is unknown here")
    if checksum != _checksum({"checkpoint": version, **body}):
        raise InvalidArgumentError("checkpoint: it was damaged or edited: its checksum is wrong")
    if state.walk != walk:
        message = (
            "checkpoint: it is of another walk: the operation, its arguments and the filter must "
            "be the same"
        )
        raise InvalidArgumentError(message)
    return state


def _checksum(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True)
    return f"{zlib.crc32(text.encode()):08x}"
