"""Requests and responses of our client, validated by a Prism proxy.

The proxy knows only the document: it rejects requests and responses that the document forbids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from jsonschema_rs import Draft202012Validator

from generator.document.json_values import is_array, is_object
from losant_audit_log import APIStatusError, InvalidArgumentError
from tests.support import document as doc
from tests.support.callers import TOKEN, Caller, Way
from tests.support.examples import (
    AUDIT_LOG,
    AUDIT_LOGS,
    ENTRY,
    INSTANCE,
    INSTANCE_AUDIT_LOG,
    INSTANCE_AUDIT_LOGS,
    INSTANCE_ENTRY,
    INSTANCE_GET_PATH,
    INSTANCE_LIST_PATH,
    LIST_PATH,
    ORG,
)
from tests.support.prism import judging
from tests.support.server import Server, json_answer, serving

pytestmark = pytest.mark.long


@dataclass(frozen=True)
class Judged:
    """A server behind the proxy.

    Attributes:
        server: The server.
        url: The proxy's URL.
    """

    server: Server
    url: str


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Generator[Judged, None, None]:
    with serving() as server, judging(tmp_path_factory.mktemp("home"), server.url) as url:
        yield Judged(server, url)


@pytest.fixture
def validating_server(running: Judged) -> Judged:
    """A server that has received no requests."""
    running.server.requests.clear()
    return running


def by_operation(client: Any, name: str, ids: Sequence[str], **options: Any) -> Any:
    resource, _, method = name.partition(".")
    holder = re.sub(r"(?<=[a-z])[A-Z]", lambda match: f"_{match[0].lower()}", resource)
    return getattr(getattr(client, holder).with_raw_response, method)(*ids, **options)


OURS = {
    "orgId": ORG,
    "auditLogId": ENTRY,
    "instanceId": INSTANCE,
    "instanceAuditLogId": INSTANCE_ENTRY,
}
GOOD = {
    "auditLogs.get": AUDIT_LOG,
    "auditLogs.list": AUDIT_LOGS,
    "instanceAuditLogs.get": INSTANCE_AUDIT_LOG,
    "instanceAuditLogs.list": INSTANCE_AUDIT_LOGS,
}
PATHS = {doc.operation(path)["operationId"]: path for path in doc.document()["paths"]}
IDS = {
    name: tuple(OURS.get(each, ORG) for each in re.findall(r"{(.*?)}", path))
    for name, path in PATHS.items()
}


def documented_responses() -> list[tuple[str, int, Any]]:
    """Return every documented response: the operation, the status and the body."""
    found: list[tuple[str, int, Any]] = []
    for name, path in PATHS.items():
        for status in doc.operation(path)["responses"]:
            numbers = [500, 503, 599] if status == "5XX" else [int(status)]
            found += [(name, number, doc.examples(path, status)[0]) for number in numbers]
    return found


def test_every_operation_has_test_data() -> None:
    assert set(GOOD) == {name for name, path in PATHS.items() if "audit-logs" in path}
    assert {name: IDS[name] for name in GOOD} == {
        "auditLogs.get": (ORG, ENTRY),
        "auditLogs.list": (ORG,),
        "instanceAuditLogs.get": (INSTANCE, INSTANCE_ENTRY),
        "instanceAuditLogs.list": (INSTANCE,),
    }


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize(
    ("name", "status", "body"),
    [pytest.param(*each, id=f"{each[0]}-{each[1]}") for each in documented_responses()],
)
def test_every_documented_response_is_valid(
    validating_server: Judged, way: Way, name: str, status: int, body: Any
) -> None:
    validating_server.server.always(json_answer(body, status))
    call = Caller(way, validating_server.url)
    if status == 200:
        raw = call(lambda client: by_operation(client, name, IDS[name]))
        headers, content = raw.headers, raw.content
        assert raw.parse() is not None
    else:
        with pytest.raises(APIStatusError) as caught:
            call(lambda client: by_operation(client, name, IDS[name]))
        error = caught.value
        assert (error.status_code, error.message) == (status, body["message"])
        headers, content = error.response.headers, error.response.content
    assert "sl-violations" not in headers
    assert json.loads(content) == body
    assert len(validating_server.server.requests) == 1


EVERY: dict[str, Any] = {
    "sort_field": "actorName",
    "sort_direction": "asc",
    "page": 3,
    "per_page": 1000,
    "start": 1465790400000,
    "end": 1465790400001,
    "losantdomain": "example.com",
}


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("name", [name for name in GOOD if name.endswith("list")])
def test_requests_with_every_argument_are_valid(
    validating_server: Judged, way: Way, name: str
) -> None:
    (example,) = doc.parameters(PATHS[name])["auditLogFilter"]["examples"].values()
    validating_server.server.always(json_answer(GOOD[name]))
    raw = Caller(way, validating_server.url)(
        lambda client: by_operation(
            client, name, IDS[name], audit_log_filter=example["value"], **EVERY
        )
    )
    assert "sl-violations" not in raw.headers
    assert (
        "auditLogFilter%5BprimaryTarget%5D%5B1%5D%5Bid%5D=" in validating_server.server.last.query
    )


def request(judged: Judged, target: str, **headers: str) -> httpx.Response:
    """Send a request without our client."""
    credentials = {"Authorization": f"Bearer {TOKEN}"}
    return httpx.get(f"{judged.url}{target}", headers={**credentials, **headers})


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, {"items": 5}), (200, []), (404, {"type": 5}), (418, {"type": "T", "message": "no"})],
)
def test_proxy_reports_an_invalid_response(
    validating_server: Judged, status: int, body: Any
) -> None:
    validating_server.server.always(json_answer(body, status))
    answer = request(validating_server, LIST_PATH)
    assert "sl-violations" in answer.headers
    assert answer.status_code == (418 if status == 418 else 500)  # Of that it only warns.


def test_proxy_rejects_a_request_without_a_token(validating_server: Judged) -> None:
    assert request(validating_server, LIST_PATH, Authorization="").status_code == 401
    assert validating_server.server.requests == []


# What the document forbids: a parameter, and a value of it.
FORBIDDEN: dict[str, tuple[str, Any]] = {
    "page": ("page", -1),
    "page that is none": ("page", "first"),
    "perPage": ("perPage", 0),
    "sortField": ("sortField", "id"),
    "sortDirection": ("sortDirection", "up"),
    "start": ("start", 0),
    "end": ("end", -5),
    "end that is none": ("end", "now"),
    "type in a filter": ("auditLogFilter", {"actor": [{"type": "Nobody"}]}),
    "id in a filter": ("auditLogFilter", {"actor": [{"id": "5"}]}),
    "id of a target in a filter": ("auditLogFilter", {"primaryTarget": [{"id": "5"}]}),
    "21 items in a filter": ("auditLogFilter", {"actor": [{"type": "User"}] * 21}),
    "name in a filter": ("auditLogFilter", {"secondaryTarget": [{"name": "x" * 1025}]}),
    "unknown list in a filter": ("auditLogFilter", {"actors": [{"type": "User"}]}),
    "unknown field in a filter": ("auditLogFilter", {"actor": [{"kind": "User"}]}),
    "text as a filter": ("auditLogFilter", "actor"),
}
# Inside a filter, Prism looks past names with capitals, unknown names and limits.
UNSEEN = {
    "id of a target in a filter",
    "name in a filter",
    "unknown list in a filter",
    "unknown field in a filter",
    "text as a filter",
}
ARGUMENTS = {
    "perPage": "per_page",
    "sortField": "sort_field",
    "sortDirection": "sort_direction",
    "auditLogFilter": "audit_log_filter",
}


def on_the_wire(name: str, value: Any) -> str:
    """Write an argument as the document says, and encode it without our client."""
    pairs: list[tuple[str, Any]] = []

    def flatten(place: str, node: Any) -> None:
        if is_object(node) or is_array(node):
            members = node.items() if is_object(node) else enumerate(node)
            for key, each in members:
                flatten(f"{place}[{key}]", each)
        else:
            pairs.append((place, node))

    flatten(name, value)
    return "&".join(f"{quote(key)}={quote(str(each))}" for key, each in pairs)


@pytest.mark.parametrize("path", [LIST_PATH, INSTANCE_LIST_PATH])
@pytest.mark.parametrize("what", FORBIDDEN)
def test_proxy_and_document_reject_forbidden_values(
    validating_server: Judged, what: str, path: str
) -> None:
    name, value = FORBIDDEN[what]
    template = PATHS["auditLogs.list" if path == LIST_PATH else "instanceAuditLogs.list"]
    schema = doc.parameters(template)[name]["schema"]
    whole = {"components": doc.document()["components"], "allOf": [schema]}
    assert not Draft202012Validator(whole).is_valid(value)
    if what not in UNSEEN:
        assert request(validating_server, f"{path}?{on_the_wire(name, value)}").status_code == 422
        assert validating_server.server.requests == []


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("name", [name for name in GOOD if name.endswith("list")])
@pytest.mark.parametrize("what", FORBIDDEN)
def test_client_rejects_forbidden_values(
    validating_server: Judged, way: Way, name: str, what: str
) -> None:
    """The call goes to the server directly: no proxy is needed to stop it."""
    parameter, value = FORBIDDEN[what]
    argument = {ARGUMENTS.get(parameter, parameter): value}
    with pytest.raises(InvalidArgumentError):
        Caller(way, validating_server.server.url)(
            lambda client: by_operation(client, name, IDS[name], **argument)
        )
    assert validating_server.server.requests == []


BAD_IDS = [ENTRY[:-1], f"{ENTRY}0", f"{ENTRY[:-1]}g", f"{ENTRY}\n", "../../me", "\u0661" * 24, ""]


@pytest.mark.parametrize("path", [INSTANCE_GET_PATH, f"{LIST_PATH}/{ENTRY}"])
@pytest.mark.parametrize("wrong", [bad for bad in BAD_IDS if bad])
def test_proxy_rejects_forbidden_ids(validating_server: Judged, path: str, wrong: str) -> None:
    first, resource, _, collection, _ = path.split("/")
    answer = request(
        validating_server, "/".join([first, resource, quote(wrong, safe=""), collection])
    )
    assert answer.status_code == 422
    assert validating_server.server.requests == []


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("wrong", BAD_IDS)
@pytest.mark.parametrize("name", GOOD)
def test_client_rejects_forbidden_ids(
    validating_server: Judged, way: Way, name: str, wrong: str
) -> None:
    for place in range(len(IDS[name])):
        ids = list(IDS[name])
        ids[place] = wrong
        call = partial(by_operation, name=name, ids=ids)
        with pytest.raises(InvalidArgumentError):
            Caller(way, validating_server.server.url)(call)
    assert validating_server.server.requests == []
