"""Queries, decoded by code that is independent of the encoder."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.json_values import is_object
from losant_audit_log import Client
from tests.support.callers import TOKEN
from tests.support.examples import AUDIT_LOGS, ORG
from tests.support.searching import TEXTS, few, many

pytestmark = pytest.mark.long

TARGETS = st.lists(st.dictionaries(st.just("name"), TEXTS, min_size=1), min_size=1, max_size=12)
FILTERS = st.fixed_dictionaries({"primaryTarget": TARGETS}, optional={"secondaryTarget": TARGETS})
EXTRA = st.dictionaries(
    TEXTS.filter(lambda name: name and not name.startswith("auditLogFilter")), TEXTS, max_size=3
)


def unescape(text: str) -> str:
    """Decode percent-encoding byte by byte."""
    data, rest = bytearray(), text
    while rest:
        if rest[0] == "%":
            data.append(int(rest[1:3], 16))
            rest = rest[3:]
        else:
            data += b" " if rest[0] == "+" else rest[0].encode("ascii")
            rest = rest[1:]
    return data.decode("utf-8")


def parse_brackets(pairs: list[tuple[str, str]], name: str) -> Any:
    """Parse brackets as a tree; numbers are list indices without gaps."""
    tree: dict[str, Any] = {}
    for key, value in pairs:
        if not key.startswith(f"{name}["):
            continue
        steps = re.findall(r"\[([^\[\]]*)\]", key.removeprefix(name))
        assert "".join(f"[{step}]" for step in steps) == key.removeprefix(name)
        node = tree
        for step in steps[:-1]:
            node = node.setdefault(step, {})
        assert steps[-1] not in node
        node[steps[-1]] = value

    def lists(node: Any) -> Any:
        if not is_object(node):
            return node
        if all(key.isdecimal() for key in node):
            assert list(node) == [str(number) for number in range(len(node))]
            return [lists(each) for each in node.values()]
        return {key: lists(each) for key, each in node.items()}

    return lists(tree)


def check_query(audit_log_filter: Any, extra: dict[str, str], page: int) -> None:
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json=AUDIT_LOGS)

    with httpx.Client(transport=httpx.MockTransport(answer)) as inner:
        client = Client(TOKEN, http_client=inner, max_retries=0)
        client.audit_logs.list(ORG, audit_log_filter=audit_log_filter, page=page, extra_query=extra)
    query = requests[0].url.query.decode("ascii")
    assert "#" not in query
    pairs = [
        (unescape(name), unescape(value))
        for name, _, value in (each.partition("=") for each in query.split("&"))
    ]
    assert parse_brackets(pairs, "auditLogFilter") == audit_log_filter
    others = dict(each for each in pairs if not each[0].startswith("auditLogFilter["))
    assert {name: others.get(name) for name in extra} == extra
    if "page" not in extra:
        assert others["page"] == str(page)


@given(FILTERS, EXTRA, st.integers(0, 10**20))
@few(60)
def test_random_query_decodes_to_its_arguments(
    audit_log_filter: Any, extra: Any, page: Any
) -> None:
    check_query(audit_log_filter, extra, page)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@given(FILTERS, EXTRA, st.integers(0, 10**20))
@many(10_000)
def test_thousands_of_random_queries_decode_to_their_arguments(
    audit_log_filter: Any, extra: Any, page: Any
) -> None:
    check_query(audit_log_filter, extra, page)
