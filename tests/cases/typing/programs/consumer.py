"""A user's program that uses every public name."""

from __future__ import annotations

import datetime as dt
from typing import Any, assert_type

import httpx

import losant_audit_log
from losant_audit_log import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AsyncClient,
    AsyncFollow,
    AsyncPage,
    AsyncWalk,
    Attempt,
    AuditLog,
    AuditLogFilter,
    AuditLogFilterActor,
    AuditLogFilterActorDict,
    AuditLogFilterDict,
    AuditLogFilterPrimaryTarget,
    AuditLogFilterPrimaryTargetDict,
    AuditLogFilterRequest,
    AuditLogFilterRequestDict,
    AuditLogFilterSecondaryTarget,
    AuditLogFilterSecondaryTargetDict,
    AuditLogs,
    AuthenticationError,
    BadRequestError,
    CallOptions,
    CheckResult,
    Client,
    EntryDecodeError,
    Error,
    Follow,
    FollowOptions,
    IncompleteWalkError,
    InstanceAuditLog,
    InstanceAuditLogFilter,
    InstanceAuditLogFilterActor,
    InstanceAuditLogFilterActorDict,
    InstanceAuditLogFilterDict,
    InstanceAuditLogFilterPrimaryTarget,
    InstanceAuditLogFilterPrimaryTargetDict,
    InstanceAuditLogFilterRequest,
    InstanceAuditLogFilterRequestDict,
    InstanceAuditLogFilterSecondaryTarget,
    InstanceAuditLogFilterSecondaryTargetDict,
    InstanceAuditLogs,
    InternalServerError,
    InvalidArgumentError,
    LosantError,
    MissingTokenError,
    NotFoundError,
    Page,
    PermissionDeniedError,
    RateLimitError,
    RawResponse,
    Report,
    ResponseDecodeError,
    Scope,
    UndecodedEntry,
    Walk,
    constants,
    scopes,
)
from losant_audit_log.testing import Entry, Fault, MockTransport, mock_transport

ORG = "575ed6e87ae143cd83dc4aa8"
ENTRY = "57955788124b37010084c053"
NOW = dt.datetime.now(dt.UTC)


def show(*values: object) -> None:
    """Use values of any type."""
    assert values


def observe(attempt: Attempt) -> None:
    """Use the attributes of an attempt."""
    assert_type(attempt.number, int)
    assert_type(attempt.status_code, int | None)
    assert_type(attempt.elapsed, float)


def read(entry: AuditLog) -> None:
    """Use the fields of an entry."""
    assert_type(entry.creation_date, dt.datetime | None)
    assert_type(entry.actor_name, str | None)
    assert_type(entry.response_status, int | None)
    assert_type(entry.request_path_params, dict[str, Any] | None)
    assert_type(entry.extra, dict[str, Any])
    assert_type(entry.raw, bytes)
    assert_type(entry.to_dict(), dict[str, Any])
    assert_type(entry.to_json(), str)
    if entry.primary_target_type == "Dashboard":
        show(entry.primary_target_type.upper())
    if entry.primary_target_type == constants.AuditLogPrimaryTargetType.APPLICATION:
        show("application")


def synchronous() -> None:
    """Use the synchronous client."""
    options: CallOptions = {"timeout": 5, "deadline": 30.0, "extra_headers": {"X-A": "b"}}
    with Client(token=lambda: "secret", timeout=10, max_retries=1, on_attempt=observe) as client:
        entry = client.audit_logs.get(ORG, ENTRY, **options)
        assert_type(entry, AuditLog)
        read(entry)
        page = client.audit_logs.list(
            ORG,
            sort_field="creationDate",
            sort_direction="asc",
            page=0,
            per_page=1000,
            start=NOW - dt.timedelta(days=1),
            end=1465790400000,
            audit_log_filter=AuditLogFilter(
                actor=[AuditLogFilterActor(type="User")],
                primary_target=[AuditLogFilterPrimaryTarget(type="Application", id=ORG)],
                secondary_target=[AuditLogFilterSecondaryTarget(type="Device")],
                request=[AuditLogFilterRequest(action="delete")],
                response_code=[200],
            ),
            losantdomain="example.com",
            extra_query={"_links": "false"},
        )
        assert_type(page, Page[AuditLog])
        assert_type(page.items, list[AuditLog])
        assert_type(page.total_count, int | None)
        assert_type(page.has_next, bool)
        assert_type(page.next_page(), Page[AuditLog] | None)
        for one in page.pages():
            assert_type(one, Page[AuditLog])
        for item in page:
            assert_type(item, AuditLog)
        raw = client.audit_logs.with_raw_response.get(ORG, ENTRY)
        assert_type(raw, RawResponse[AuditLog])
        assert_type(raw.status_code, int)
        assert_type(raw.content, bytes)
        assert_type(raw.request_id, str | None)
        assert_type(raw.parse(), AuditLog)
        listed = client.audit_logs.with_raw_response.list(ORG)
        assert_type(listed.parse(), Page[AuditLog])
        of_instance = client.instance_audit_logs.get(ORG, ENTRY)
        assert_type(of_instance, InstanceAuditLog)
        wanted = InstanceAuditLogFilter(
            actor=[InstanceAuditLogFilterActor(type="ApiToken")],
            primary_target=[InstanceAuditLogFilterPrimaryTarget(type="Organization")],
            secondary_target=[InstanceAuditLogFilterSecondaryTarget(type="OrgInvite")],
            request=[InstanceAuditLogFilterRequest(resource="organization")],
        )
        pages = client.instance_audit_logs.list(ORG, audit_log_filter=wanted)
        assert_type(pages, Page[InstanceAuditLog])
        client.audit_logs.list(ORG, audit_log_filter={"actor": [{"type": "User"}]})


def filter_entries(client: Client) -> None:
    actor: AuditLogFilterActorDict = {"type": "User"}
    target: AuditLogFilterPrimaryTargetDict = {"type": "Application", "id": ORG}
    within: AuditLogFilterSecondaryTargetDict = {"type": "Device"}
    request: AuditLogFilterRequestDict = {"action": "delete"}
    wanted: AuditLogFilterDict = {
        "actor": [actor, AuditLogFilterActor(type="User")],
        "primaryTarget": [target],
        "secondaryTarget": [within],
        "request": [request],
        "responseCode": [200],
    }
    show(client.audit_logs.list(ORG, audit_log_filter=wanted))


def filtered_in_instance(client: Client) -> None:
    actor: InstanceAuditLogFilterActorDict = {"type": "ApiToken"}
    target: InstanceAuditLogFilterPrimaryTargetDict = {"type": "Organization"}
    within: InstanceAuditLogFilterSecondaryTargetDict = {"type": "OrgInvite"}
    request: InstanceAuditLogFilterRequestDict = {"resource": "organization"}
    wanted: InstanceAuditLogFilterDict = {
        "actor": [actor],
        "primaryTarget": [target],
        "secondaryTarget": [within],
        "request": [request],
    }
    show(client.instance_audit_logs.list(ORG, audit_log_filter=wanted))


def walking(client: Client) -> str:
    """Use a walk over all entries."""
    walk = client.audit_logs.walk(ORG, start=NOW, overlap=dt.timedelta(minutes=5))
    assert_type(walk, Walk[AuditLog])
    try:
        for entry in walk:
            assert_type(entry, AuditLog)
            if isinstance(entry, UndecodedEntry):
                show(entry)
    except EntryDecodeError as error:
        assert_type(error.checkpoint_after, str | None)
    except IncompleteWalkError as error:
        assert_type(error.checkpoint, str | None)
    report = walk.report
    assert_type(report, Report)
    assert_type(report.first, dt.datetime | None)
    return walk.checkpoint


def following(client: Client, options: FollowOptions) -> str:
    """Use a follow of new entries."""
    follow = client.audit_logs.follow(ORG, interval=dt.timedelta(minutes=1), lag=2.5, **options)
    assert_type(follow, Follow[AuditLog])
    for entry in follow:
        assert_type(entry, AuditLog)
        follow.close()
    return follow.checkpoint


async def asynchronous() -> None:
    """Use the asynchronous client."""

    async def token() -> str:
        return "secret"

    async with AsyncClient(token=token, base_url="https://losant.example.com") as client:
        assert_type(await client.audit_logs.get(ORG, ENTRY), AuditLog)
        page = await client.audit_logs.list(ORG, per_page=10)
        assert_type(page, AsyncPage[AuditLog])
        assert_type(await page.next_page(), AsyncPage[AuditLog] | None)
        async for one in page.pages():
            assert_type(one, AsyncPage[AuditLog])
        raw = await client.audit_logs.with_raw_response.get(ORG, ENTRY)
        assert_type(raw, RawResponse[AuditLog])
        assert_type(await client.instance_audit_logs.list(ORG), AsyncPage[InstanceAuditLog])
        async for entry in client.audit_logs.list(ORG):
            assert_type(entry, AuditLog)
        follow = client.audit_logs.follow(ORG, since="{}")
        assert_type(follow, AsyncFollow[AuditLog])
        async for entry in follow:
            assert_type(entry, AuditLog)
            await follow.aclose()
        walk = client.audit_logs.walk(ORG, checkpoint="{}", concurrency=4)
        assert_type(walk, AsyncWalk[AuditLog])
        async for entry in walk:
            assert_type(entry, AuditLog)


def handle_status_errors() -> None:
    """Distinguish the status errors."""
    client = Client()
    try:
        client.audit_logs.get(ORG, ENTRY)
    except (BadRequestError, NotFoundError) as error:
        assert_type(error.status_code, int)
        assert_type(error.type, str | None)
        assert_type(error.message, str | None)
        body: object = error.body
        if isinstance(body, Error):
            assert_type(body.message, str | None)
    except (AuthenticationError, PermissionDeniedError) as error:
        assert_type(error.token_scopes, frozenset[str] | None)
    except RateLimitError as error:
        assert_type(error.retry_after, float | None)
    except InternalServerError as error:
        assert_type(error.request_id, str | None)
    except APIStatusError as error:
        show(error.response.headers, error.request)
    finally:
        client.close()


def failing(client: Client) -> None:
    """Distinguish the other errors."""
    try:
        client.audit_logs.get(ORG, ENTRY)
    except APITimeoutError:
        show("too slow")
    except APIConnectionError as error:
        show(error.request)
    except ResponseDecodeError as error:
        assert_type(error.pointer, str)
        assert_type(error.content, bytes)
    except (InvalidArgumentError, MissingTokenError):
        show("nothing was sent")
    except LosantError:
        show("anything else")


def use_check(client: Client) -> None:
    """Use the connection check."""
    found = client.check(ORG, timeout=5)
    assert_type(found, CheckResult)
    if not found and found.problem == "missing-scope":
        show(found.advice, found.token_scopes, found.clock_skew)


async def checked_later(client: AsyncClient) -> None:
    """Use the connection check of the asynchronous client."""
    assert_type(await client.check(ORG), CheckResult)


def use_mock() -> None:
    """Use the mock transport."""
    entries: list[Entry] = [AuditLog(id=ENTRY), {"id": ORG}, b"{}"]
    transport = mock_transport({"auditLogs.list": entries}, faults=[503, "timeout", None])
    assert_type(transport, MockTransport)
    transport.fail_next("html")
    transport.fail_next(status=429, retry_after=1)
    transport.fail_next(Fault("truncated"))
    show(httpx.Client(transport=transport), httpx.AsyncClient(transport=transport))
    show(transport.requests[0].url)


def data() -> None:
    """Use the constants and enums."""
    assert_type(scopes.REQUIRED["auditLogs.get"], frozenset[Scope])
    assert_type(losant_audit_log.__version__, str)
    assert_type(AuditLogs().items, list[AuditLog] | None)
    assert_type(InstanceAuditLogs().items, list[InstanceAuditLog] | None)
