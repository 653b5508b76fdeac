"""Validation of extra headers and extra query parameters."""

from __future__ import annotations

import re
from typing import Any

import pytest

from losant_audit_log import InvalidArgumentError
from tests.support.callers import Caller
from tests.support.examples import ORG
from tests.support.server import Server


@pytest.mark.parametrize("name", ["extra_query", "extra_headers"])
@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ([("a", "b")], "expected a mapping, got list"),
        ({"a": 1}, "'a' and its value must both be a str"),
        ({1: "a"}, "1 and its value must both be a str"),
    ],
)
def test_extras_that_are_no_mapping_of_strings_are_rejected(
    server: Server, name: str, wrong: Any, why: str
) -> None:
    call = Caller.sync(server.url)
    with pytest.raises(InvalidArgumentError, match=f"^{name}: {why}$"):
        call(lambda client: client.audit_logs.list(ORG, **{name: wrong}))
    assert server.requests == []


def test_extra_query_parameter_that_an_argument_sets_is_rejected(server: Server) -> None:
    why = "extra_query: an argument sets 'page'; omit it"
    call = Caller.sync(server.url)
    with pytest.raises(InvalidArgumentError, match=f"^{re.escape(why)}$"):
        call(lambda client: client.audit_logs.list(ORG, page=1, extra_query={"page": "2"}))
    assert server.requests == []


@pytest.mark.parametrize(
    ("extra", "where"), [({"a": "\ud800"}, "extra_query"), ({"\ud800": "a"}, "'\\\\ud800'")]
)
def test_extra_query_with_a_lone_surrogate_is_rejected(
    server: Server, extra: dict[str, str], where: str
) -> None:
    call = Caller.sync(server.url)
    with pytest.raises(InvalidArgumentError, match=f"^{where}: an unpaired surrogate"):
        call(lambda client: client.audit_logs.list(ORG, extra_query=extra))
    assert server.requests == []
