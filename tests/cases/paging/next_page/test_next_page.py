"""The position of the next page, with all combinations of response members."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec
import pytest

from generator.runtime.core.errors import ResponseDecodeError
from generator.runtime.paging.link_header import next_link
from losant_audit_log._runtime.paging.next_page import (
    Position,
    count_before,
    next_position,
)
from losant_audit_log._runtime.paging.page_data import Fetched, PageData
from losant_audit_log._runtime.paging.pagination import Pagination
from losant_audit_log.resources.audit_logs import LIST_PAGES

BASE = "https://api.losant.com"


def paging(style: str, first: int = 0) -> Pagination[Any]:
    return msgspec.structs.replace(LIST_PAGES, style=style, first=first)


def fetched_page(count: int, *, address: str = "", **fields: Any) -> Fetched[Any]:
    items: list[Any] = [object()] * count
    return Fetched(PageData(items, **fields), None, 0.0, address)


@pytest.mark.parametrize(
    ("style", "first", "position", "count", "fields", "position_after"),
    [
        ("page", 0, None, 10, {}, 1),
        ("page", 1, None, 10, {}, 2),
        ("page", 1, 5, 3, {}, 6),
        ("page", 1, "5", 3, {}, 6),
        ("page", 0, 4, 0, {}, None),
        ("offset", 0, None, 10, {}, 10),
        ("offset", 1, 11, 7, {}, 18),
        ("offset", 0, 20, 0, {}, None),
        ("page", 0, 0, 0, {"more": True}, 1),
        ("page", 0, 0, 10, {"more": False, "total": 99}, None),
        ("page", 0, None, 10, {"total": 11}, 1),
        ("page", 0, None, 10, {"total": 10}, None),
        ("page", 1, 2, 10, {"total": 21}, 3),
        ("page", 1, 2, 10, {"total": 20}, None),
        ("page", 1, 3, 1, {"total": 21}, None),
        ("offset", 0, 10, 5, {"total": 16}, 15),
        ("offset", 0, 10, 5, {"total": 15}, None),
        ("cursor", 0, None, 10, {"cursor": "c"}, "c"),
        ("cursor", 0, "b", 0, {"cursor": "c"}, "c"),
        ("cursor", 0, "b", 10, {}, None),
        ("cursor", 0, "b", 10, {"cursor": ""}, None),
        ("cursor", 0, "b", 10, {"cursor": "c", "more": False}, None),
        ("cursor", 0, "b", 10, {"cursor": "c", "more": True}, "c"),
    ],
)
def test_next_position_follows_from_style_count_and_response(
    style: str,
    first: int,
    position: Position | None,
    count: int,
    fields: dict[str, Any],
    *,
    position_after: Position | None,
) -> None:
    page = fetched_page(count, **fields)
    assert next_position(paging(style, first), page, position, 10) == position_after


@pytest.mark.parametrize(("address", "after"), [("https://a/b", "https://a/b"), ("", None)])
def test_next_position_is_the_link(address: str, after: str | None) -> None:
    assert next_position(paging("link"), fetched_page(10, address=address), None, 10) == after


@pytest.mark.parametrize(
    ("style", "first", "position", "before"),
    [
        ("page", 1, None, 0),
        ("page", 1, 1, 0),
        ("page", 1, 3, 20),
        ("page", 0, "3", 30),
        ("offset", 0, 25, 25),
        ("offset", 1, 25, 24),
        ("cursor", 0, None, 0),
        ("cursor", 0, "c", None),
        ("link", 0, "https://a/b", None),
    ],
)
def test_number_of_preceding_entries_follows_from_the_position(
    style: str, first: int, position: Position | None, before: int | None
) -> None:
    assert count_before(paging(style, first), position, 10) == before


def answer(header: str) -> httpx.Response:
    headers = {"Link": header} if header else {}
    return httpx.Response(200, headers=headers, request=httpx.Request("GET", f"{BASE}/a/b?c=1"))


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("", ""),
        (f'<{BASE}/x>; rel="prev"', ""),
        ('<>; rel="next"', ""),
        (f'<{BASE}/x?y=1>; rel="next"', f"{BASE}/x?y=1"),
        (f'<{BASE}/x>; rel="prev", <{BASE}/y>; rel="next"', f"{BASE}/y"),
        ('</x>; rel="next"', f"{BASE}/x"),
        ('<?c=2>; rel="next"', f"{BASE}/a/b?c=2"),
        ("</x>; REL=Next", f"{BASE}/x"),
        ('</x>;rel = "last next" ; type=a/b', f"{BASE}/x"),
        ('</w>; title="a, </y>; rel=next"; rel=prev, </x>; rel="next"', f"{BASE}/x"),
        ('</x>; title="a;b"; rel=next', f"{BASE}/x"),
        ('</x,y;z>; crossorigin; rel="next"', f"{BASE}/x,y;z"),
        ('</x>; rel="nextpage", </y>; rel="prev"; rel="next"', ""),
        ("<" * 100_000 + ';rel="next' * 1_000, ""),
    ],
    ids=range(14),
)
def test_link_header_is_parsed(header: str, address: str) -> None:
    assert next_link(answer(header), BASE) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://api.losant.com/x",
        "https://losant.com/x",
        "https://api.losant.com:8443/x",
        "//evil.example.com",
    ],
)
def test_link_to_another_origin_raises(address: str) -> None:
    why = r"^the Link header points to another origin than the base URL$"
    with pytest.raises(ResponseDecodeError, match=why):
        next_link(answer(f'<{address}>; rel="next"'), BASE)


def test_link_that_is_no_url_raises() -> None:
    with pytest.raises(ResponseDecodeError, match=r"^the Link header contains a malformed URL$"):
        next_link(answer('<https://a:b/x>; rel="next"'), BASE)
