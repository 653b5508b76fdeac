"""Deeply nested responses, which are decoded or raise a LosantError.

The limit depends on a few levels of the stack, and code that uses an entry later may run deeper
on the stack than the code that decoded it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
import msgspec
import pytest

from losant_audit_log import Client, LosantError
from tests.support.callers import TOKEN
from tests.support.examples import ENTRY, ORG

Operation = Callable[[Client], Any]
LIMIT = sys.getrecursionlimit()
LEVELS = (*range(1, LIMIT, 100), *range(LIMIT - 120, LIMIT + 20))

LOOKS: list[Callable[[Any], Any]] = [
    lambda entry: entry.extra,
    lambda entry: entry.to_dict(),
    lambda entry: entry.to_json(),
    lambda entry: entry.request_body,
    lambda entry: msgspec.structs.replace(entry, actor_name="Ada").to_json(),
    repr,
]


def first_of_a_list(client: Client) -> Any:
    return client.audit_logs.list(ORG).items[0]


def one_entry(client: Client) -> Any:
    return client.audit_logs.get(ORG, ENTRY)


@pytest.mark.parametrize("operation", [one_entry, first_of_a_list])
@pytest.mark.parametrize("before", ["", '"id":"1",'], ids=["unknown", "known"])
@pytest.mark.parametrize("name", ["x", "requestBody"])
def test_response_of_any_depth_is_decoded_or_raises(
    operation: Operation, before: str, name: str
) -> None:
    bodies: list[str] = []

    def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=bodies[-1])

    read = 0
    with httpx.Client(transport=httpx.MockTransport(respond)) as http:
        client = Client(TOKEN, http_client=http)
        for depth in LEVELS:
            entry = f'{{{before}"{name}":{"[" * depth}{"]" * depth}}}'
            bodies.append(entry if operation is one_entry else f'{{"items":[{entry}]}}')
            with suppress(LosantError):
                found = operation(client)
                read += 1
                for look in LOOKS:
                    with suppress(LosantError):
                        look(found)
    assert read > 5 or not before
