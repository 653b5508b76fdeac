"""The last page of a list: a total and a page size may be wrong together."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import httpx
import pytest

from losant_audit_log import Client, IncompleteWalkError, NotFoundError
from tests.support.examples import AUDIT_LOG, ORG

IDS = [f"{number:024x}" for number in range(95, 0, -1)]
READERS: dict[str, Callable[[Client, int | None], Any]] = {
    "walk": lambda client, size: client.audit_logs.walk(ORG, per_page=size),
    "oldest first": lambda client, size: client.audit_logs.walk(ORG, per_page=size, order="oldest"),
    "list": lambda client, size: client.audit_logs.list(ORG, per_page=size),
    "by another field": lambda client, size: client.audit_logs.list(
        ORG, per_page=size, sort_field="actorName"
    ),
}


def entry(id_: str) -> dict[str, Any]:
    return {**AUDIT_LOG, "id": id_, "creationDate": f"2026-01-01T00:{int(id_, 16) // 60:02}:00Z"}


def read(name: str, size: int | None, answer: Callable[[httpx.Request], httpx.Response]) -> Any:
    """Read a list of a service, and return the ids of its entries."""
    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        client = Client("t", http_client=http, max_retries=0)
        return [each.id for each in READERS[name](client, size)]


def page(ids: list[str], **metadata: Any) -> httpx.Response:
    return httpx.Response(200, json={"items": [entry(each) for each in ids], **metadata})


@pytest.mark.parametrize(("name", "size"), list(product(READERS, [None, 30, 1000])))
@pytest.mark.parametrize("reported", [25, 30, 87, 100, 1000])
@pytest.mark.parametrize("lie", ["page", "limit", "half"])
def test_total_and_page_size_that_are_wrong_together_hide_no_entry(
    name: str, size: int | None, reported: int, lie: str
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        query = request.url.params
        times = {id_: (int(id_, 16) // 60) * 60_000 + 1_767_225_600_000 for id_ in IDS}
        start, end = int(query.get("start", 0)), int(query.get("end", 1 << 62))
        found = [id_ for id_ in IDS if start <= times[id_] <= end]
        if query.get("sortDirection") == "asc":
            found.reverse()
        number = int(query.get("page", 0))
        limit = min(int(query.get("perPage", 100)), 25)
        here = found[number * limit : (number + 1) * limit]
        total = {"page": len(here), "limit": min(len(found), 25), "half": len(found) // 2}[lie]
        return page(here, totalCount=total, page=number, perPage=reported)

    try:
        ids = read(name, size, answer)
    except IncompleteWalkError:
        return
    assert sorted(ids) == sorted(IDS)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("reported", [10, 100])
def test_service_that_has_one_page_for_every_request_is_read(name: str, reported: int) -> None:
    few = IDS[:3]
    ids = few[::-1] if name == "oldest first" else few
    whole = page(ids, totalCount=3, page=0, perPage=reported)
    assert read(name, 30, lambda _: httpx.Response(200, content=whole.content)) == ids


def without_further_pages(request: httpx.Request, total: int) -> httpx.Response:
    """Return the first page, and the status code 404 for each further one."""
    if request.url.params.get("page", "0") != "0":
        return httpx.Response(404, json={"type": "NotFound", "message": "invalid page"})
    return page(IDS[:3], totalCount=total, page=0, perPage=100)


def test_missing_page_behind_the_last_one_is_no_error() -> None:
    ids = read("by another field", None, lambda request: without_further_pages(request, 3))
    assert ids == IDS[:3]


def test_missing_page_before_the_total_is_reached_raises() -> None:
    with pytest.raises(IncompleteWalkError, match="6 of 9 reported entries were not returned"):
        read("by another field", None, lambda request: without_further_pages(request, 9))


def test_missing_first_page_raises_its_error() -> None:
    with pytest.raises(NotFoundError):
        read("by another field", None, lambda _: httpx.Response(404))
