"""Floor of the benchmarks: a minimal program with httpx and msgspec.

It decodes only the documented members, keeps nothing else, and has no errors, retries or limits.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import httpx
import msgspec

HEADERS = {"Authorization": "Bearer t0ken"}


class Entry(msgspec.Struct, rename="camel"):
    """An entry."""

    id: str | None = None
    audit_log_id: str | None = None
    creation_date: dt.datetime | None = None
    org_id: str | None = None
    primary_target_id: str | None = None
    primary_target_type: str | None = None
    primary_target_name: str | None = None
    secondary_target_id: str | None = None
    secondary_target_type: str | None = None
    secondary_target_name: str | None = None
    actor_id: str | None = None
    actor_type: str | None = None
    actor_name: str | None = None
    request_resource: str | None = None
    request_action: str | None = None
    request_query_params: dict[str, Any] | None = None
    request_body: Any = None
    request_path_params: dict[str, Any] | None = None
    response_body: Any = None
    response_status: int | None = None


class Entries(msgspec.Struct, rename="camel"):
    """A page."""

    items: list[Entry]
    total_count: int


_ENTRY = msgspec.json.Decoder(Entry)
_ENTRIES = msgspec.json.Decoder(Entries)


def get(client: httpx.Client, url: str) -> Entry:
    """Fetch one entry."""
    return _ENTRY.decode(client.get(url).content)


async def get_async(client: httpx.AsyncClient, url: str) -> Entry:
    """Fetch one entry."""
    return _ENTRY.decode((await client.get(url)).content)


def walk(client: httpx.Client, url: str, size: int) -> int:
    """Iterate over all entries, page by page, and count them."""
    seen = number = 0
    while True:
        page = _ENTRIES.decode(client.get(f"{url}?perPage={size}&page={number}").content)
        for _ in page.items:
            seen += 1
        number += 1
        if number * size >= page.total_count:
            return seen
