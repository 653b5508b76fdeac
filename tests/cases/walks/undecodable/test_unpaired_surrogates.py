"""Entries with escapes of unpaired surrogates, which no text can contain."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from generator.runtime.paging.entry_decoding import replace_surrogates
from losant_audit_log import Client, EntryDecodeError, UndecodedEntry
from tests.support.examples import AUDIT_LOG, ORG


def serving(items: list[dict[str, Any]]) -> Client:
    """Return a client of a service with some entries."""
    body = {"items": items, "totalCount": len(items), "count": len(items), "page": 0}
    content = json.dumps({"before": items[:1], **body}).encode()
    answer = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    return Client("t", http_client=httpx.Client(transport=answer), max_retries=0)


def entries(**odd: Any) -> list[dict[str, Any]]:
    """Make three entries, of which the second has odd members."""
    made = [{**AUDIT_LOG, "id": f"{number:024x}"} for number in range(3)]
    return [made[0], made[1] | odd, made[2]]


@pytest.mark.parametrize(
    "odd", [{"actorName": "a\ud800"}, {"id": "\udfff"}, {"new": ["\udc00\ud800"]}]
)
def test_entry_is_kept_with_its_bytes(odd: dict[str, Any]) -> None:
    items = entries(**odd)
    kept = [*serving(items).audit_logs.walk(ORG, on_undecodable="keep")]
    assert [isinstance(each, UndecodedEntry) for each in kept] == [False, True, False]
    assert json.loads(kept[1].raw) == items[1]


def test_entry_is_located() -> None:
    with pytest.raises(EntryDecodeError, match=r"entry '0{23}1' of") as caught:
        list(serving(entries(actorName="\ud800")).audit_logs.walk(ORG))
    assert caught.value.pointer.startswith("/items/1")


def test_entries_whose_ids_differ_in_a_surrogate_are_all_yielded() -> None:
    items = [{**AUDIT_LOG, "id": f"a{each}"} for each in ("\ud800", "\ud801", "\udc00")]
    kept = [*serving(items).audit_logs.walk(ORG, on_undecodable="keep")]
    assert [json.loads(each.raw)["id"] for each in kept if isinstance(each, UndecodedEntry)] == [
        each["id"] for each in items
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (rb'"\ud83d\ude00"', rb'"\ud83d\ude00"'),
        (rb'"\\ud800"', rb'"\\ud800"'),
        (rb'"\ud800\u0041"', rb'"\ufffd\u0041"'),
        (rb'"\\\ud800\n"', rb'"\\\ufffd\n"'),
        (rb'"\uDC00\uD83D\uDE00"', rb'"\ufffd\uD83D\uDE00"'),
    ],
)
def test_only_unpaired_surrogates_are_replaced(content: bytes, expected: bytes) -> None:
    assert replace_surrogates(content) == expected
