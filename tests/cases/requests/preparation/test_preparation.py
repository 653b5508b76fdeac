"""Preparation of a call from arguments and options."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log import InvalidArgumentError
from losant_audit_log._runtime.arguments.parameters import Parameter
from losant_audit_log._runtime.calls.call import Call, prepare
from losant_audit_log._runtime.calls.operation import Operation
from losant_audit_log._runtime.calls.options import Timeouts
from losant_audit_log.resources.audit_logs import GET, LIST
from tests.support.examples import ENTRY, GET_PATH, LIST_PATH, ORG

HEADERS = {"accept": "application/json", "user-agent": "tests"}
TIMEOUTS: Timeouts = dict.fromkeys(("connect", "read", "write", "pool"), 5.0)
ANY = Parameter("any", "any", "query")


def prepare_call(operation: Operation[Any] = GET, /, *arguments: Any, **options: Any) -> Call:
    """Prepare a call; by default, that for an entry."""
    chosen: Any = options  # also those that there are not
    names = (each.name for each in operation.parameters)
    values = arguments or (ORG, ENTRY, None)
    return prepare(
        operation,
        dict(zip(names, values, strict=False)),
        chosen,
        base_url="https://example.com",
        headers=HEADERS,
        default_timeouts=TIMEOUTS,
    )


def rejection_message(*arguments: Any, **options: Any) -> str:
    with pytest.raises(InvalidArgumentError) as raised:
        prepare_call(*arguments, **options)
    return str(raised.value)


def taking(*parameters: Parameter, **changes: Any) -> Operation[Any]:
    """Make an operation with these parameters."""
    changed = {"parameters": parameters, "path": ("/pets",), **changes}
    return msgspec.structs.replace(GET, **changed)


def test_prepared_get_has_path_url_and_headers() -> None:
    call = prepare_call()
    assert call.operation is GET
    assert (call.path, call.url) == (GET_PATH, f"https://example.com{GET_PATH}")
    assert call.headers is HEADERS
    assert call.timeouts is TIMEOUTS
    assert (call.deadline, call.payload) == (None, None)
    assert str(call) == f"GET {GET_PATH}"


def test_prepared_list_has_a_query() -> None:
    given = {"org_id": ORG, "per_page": 5, "sort_direction": "asc"}
    call = prepare_call(LIST, *(given.get(each.name) for each in LIST.parameters))
    assert call.path == LIST_PATH
    assert call.url == f"https://example.com{LIST_PATH}?sortDirection=asc&perPage=5"


def test_options_of_a_call_replace_defaults() -> None:
    call = prepare_call(
        timeout=3,
        deadline=7,
        extra_headers={"X-Own": "a"},
        extra_query={"more": "b c"},
    )
    assert call.timeouts == dict.fromkeys(TIMEOUTS, 3.0)
    assert call.deadline == 7
    assert call.headers == {**HEADERS, "x-own": "a"}
    assert call.url == f"https://example.com{GET_PATH}?more=b%20c"


def test_unknown_options_are_a_type_error() -> None:
    named = msgspec.structs.replace(GET, name="pets.dogs.get")
    with pytest.raises(TypeError) as raised:
        prepare_call(named, ORG, ENTRY, None, tiemout=3, deadlin=7)
    known = "options of calls: deadline, extra_headers, extra_query, timeout"
    assert str(raised.value) == f"unexpected keyword argument 'deadlin'; {known}"


@pytest.mark.parametrize("name", ["deadline", "timeout"])
def test_negative_deadline_or_timeout_is_rejected(name: str) -> None:
    assert rejection_message(**{name: -1}).startswith(f"{name}: ")


def test_missing_required_argument_is_rejected() -> None:
    assert rejection_message(GET, ORG, None, None) == "audit_log_id: missing required argument"


def test_deeply_nested_argument_is_rejected() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    query = msgspec.structs.replace(ANY, media_type="application/json")
    assert rejection_message(taking(ANY), deep) == "any: the value is nested too deeply"
    assert rejection_message(taking(query), {"a": deep}).startswith("any: the value is nested ")


def test_exploded_members_may_not_collide_with_other_parameters() -> None:
    other = msgspec.structs.replace(ANY, name="other", wire_name="other")
    header = msgspec.structs.replace(ANY, name="header", wire_name="any", location="header")
    both = taking(ANY, other)
    assert prepare_call(both, {"any": "1", "c": "2"}, None).url.endswith("?any=1&c=2")
    assert prepare_call(taking(ANY, header), {"any": "1"}, None).url.endswith("?any=1")
    message = rejection_message(both, {"other": "1"}, None)
    assert message == "any: pass the key 'other' as other=..."


class TestAccept:
    """The Accept header."""

    def test_accept_header_of_the_operation_is_sent(self) -> None:
        call = prepare_call(taking(ANY, accept="text/csv"), "x")
        assert call.headers["accept"] == "text/csv"

    def test_accept_header_of_the_client_takes_precedence(self) -> None:
        call = prepare(
            taking(accept="text/csv"),
            {},
            {},
            base_url="",
            headers={**HEADERS, "accept": "text/html"},
            default_timeouts=TIMEOUTS,
        )
        assert call.headers["accept"] == "text/html"

    def test_accept_header_defaults_to_json(self) -> None:
        assert prepare_call(extra_headers={"X-Own": "a"}).headers["accept"] == "application/json"


class TestHeaders:
    """Header and cookie parameters."""

    def test_header_parameter_is_a_header(self) -> None:
        header = msgspec.structs.replace(ANY, location="header", wire_name="X-Any")
        assert prepare_call(taking(header), "a").headers == {**HEADERS, "x-any": "a"}

    def test_cookie_parameters_share_a_header(self) -> None:
        one = msgspec.structs.replace(ANY, location="cookie", style="form")
        two = msgspec.structs.replace(one, name="two", wire_name="two")
        call = prepare_call(taking(one, two), "1", "2", extra_headers={"Cookie": "own=3"})
        assert call.headers["cookie"] == "any=1; two=2; own=3"
        assert prepare_call(taking(one), "1").headers["cookie"] == "any=1"
        assert set(call.headers) == {*HEADERS, "cookie"}
