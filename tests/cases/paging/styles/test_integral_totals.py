"""Counts that a server writes with a zero fraction."""

from __future__ import annotations

import json

import httpx
import pytest

from losant_audit_log import Client, ResponseDecodeError
from tests.support.examples import AUDIT_LOGS, ORG


def _client(content: bytes) -> Client:
    def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=content)

    return Client("t0ken", http_client=httpx.Client(transport=httpx.MockTransport(respond)))


def _page(total: str) -> bytes:
    page = json.dumps({**AUDIT_LOGS, "totalCount": "?"})
    return b"\xef\xbb\xbf" + page.replace('"?"', total).encode()


@pytest.mark.parametrize("total", ["7.0", "7e0", "0.7e1"])
def test_total_with_a_zero_fraction_is_an_integer(total: str) -> None:
    page = _client(_page(total)).audit_logs.list(ORG)
    assert page.total_count == 7
    assert json.loads(page.items[0].raw) == AUDIT_LOGS["items"][0]


@pytest.mark.parametrize("total", ["7.5", '"7"'])
def test_total_that_is_no_integer_is_a_decoding_error(total: str) -> None:
    with pytest.raises(ResponseDecodeError) as caught:
        _client(_page(total)).audit_logs.list(ORG)
    assert caught.value.pointer == "/totalCount"
