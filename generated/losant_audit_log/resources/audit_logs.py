# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The audit log of one organization, for its administrators."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Unpack

from .. import constraints, models
from .._runtime.arguments.deep_objects import DeepObject
from .._runtime.arguments.parameters import Parameter
from .._runtime.arguments.schemas import Integer, String
from .._runtime.arguments.timestamps import EpochTime
from .._runtime.calls.operation import Operation
from .._runtime.calls.options import CallOptions
from .._runtime.calls.response import JsonResponse
from .._runtime.paging.pagination import Match, Pagination
from .._runtime.paging.time_span import TimeSpan
from .._runtime.resources.followed import AsyncFollowedResource, FollowedResource
from .._runtime.resources.pages import AsyncPages, Page
from .._runtime.resources.raw_response import async_raw, raw
from .._runtime.walks.by_time.window import TimeWindow
from .._runtime.walks.checkpoint import OVERLAP
from .._runtime.walks.filter_check import check_matches
from .._runtime.walks.following import (
    FOLLOW_OVERLAP,
    AsyncFollow,
    Follow,
    FollowOptions,
)
from .._runtime.walks.order import TimeOrder
from .._runtime.walks.walk import AsyncWalk, Walk
from ..scopes import REQUIRED

ORG_ID = Parameter(
    name="org_id",
    wire_name="orgId",
    location="path",
    schema=String(pattern="^[A-Fa-f0-9]{24}\\Z"),
    required=True,
)
AUDIT_LOG_ID = Parameter(
    name="audit_log_id",
    wire_name="auditLogId",
    location="path",
    schema=String(pattern="^[A-Fa-f0-9]{24}\\Z"),
    required=True,
)
LOSANTDOMAIN = Parameter(
    name="losantdomain", wire_name="losantdomain", location="header", schema=String()
)
SORT_FIELD = Parameter(
    name="sort_field", wire_name="sortField", location="query", schema=constraints.SORT_FIELD
)
SORT_DIRECTION = Parameter(
    name="sort_direction",
    wire_name="sortDirection",
    location="query",
    schema=constraints.SORT_DIRECTION,
)
PAGE = Parameter(name="page", wire_name="page", location="query", schema=Integer(minimum=0))
PER_PAGE = Parameter(
    name="per_page", wire_name="perPage", location="query", schema=Integer(minimum=1)
)
START = Parameter(name="start", wire_name="start", location="query", schema=EpochTime(minimum=1))
END = Parameter(
    name="end", wire_name="end", location="query", schema=EpochTime(round_up=True, minimum=1)
)
AUDIT_LOG_FILTER = Parameter(
    name="audit_log_filter",
    wire_name="auditLogFilter",
    location="query",
    schema=constraints.AUDIT_LOG_FILTER,
    encoding=DeepObject(),
)

GET = Operation(
    name="auditLogs.get",
    method="GET",
    path=("/orgs/", ORG_ID, "/audit-logs/", AUDIT_LOG_ID),
    parameters=(ORG_ID, AUDIT_LOG_ID, LOSANTDOMAIN),
    response=JsonResponse(models.AuditLog),
    errors={
        "400": models.Error,
        "401": models.Error,
        "403": models.Error,
        "404": models.Error,
        "429": models.Error,
        "5XX": models.Error,
    },
    scopes=REQUIRED["auditLogs.get"],
)
LIST = Operation(
    name="auditLogs.list",
    method="GET",
    path=("/orgs/", ORG_ID, "/audit-logs"),
    parameters=(
        ORG_ID,
        SORT_FIELD,
        SORT_DIRECTION,
        PAGE,
        PER_PAGE,
        START,
        END,
        AUDIT_LOG_FILTER,
        LOSANTDOMAIN,
    ),
    response=JsonResponse(models.AuditLogs),
    errors={
        "400": models.Error,
        "401": models.Error,
        "403": models.Error,
        "404": models.Error,
        "429": models.Error,
        "5XX": models.Error,
    },
    scopes=REQUIRED["auditLogs.list"],
)
LIST_PAGES = Pagination(
    operation=LIST,
    item=models.AuditLog,
    page="page",
    size="per_page",
    walk_size=1000,
    items="/items",
    total="/totalCount",
    echoed_page="/page",
    echoed_size="/perPage",
    item_id="/id",
    item_time="/creationDate",
    order=TimeOrder(
        field="sort_field",
        by_time="creationDate",
        direction="sort_direction",
        ascending="asc",
        descending="desc",
    ),
    window=TimeWindow(start="start", end="end", retention="P1Y"),
    span=TimeSpan(start="start", end="end", per_second=1000),
    filter="audit_log_filter",
    matches=(
        Match(group="primaryTarget", key="id", field="primaryTargetId"),
        Match(group="primaryTarget", key="type", field="primaryTargetType"),
        Match(group="secondaryTarget", key="id", field="secondaryTargetId"),
        Match(group="secondaryTarget", key="type", field="secondaryTargetType"),
        Match(group="actor", key="id", field="actorId"),
        Match(group="actor", key="type", field="actorType"),
        Match(group="request", key="resource", field="requestResource"),
        Match(group="request", key="action", field="requestAction"),
        Match(group="responseCode", key="", field="responseStatus"),
    ),
    check_filter=check_matches,
    expected=("^_type\\Z", "^_links\\Z", "^_"),
)


class AuditLogsResource(FollowedResource):
    """The audit log of one organization, for its administrators."""

    @property
    def with_raw_response(self) -> AuditLogsResourceRaw:
        """The methods of this resource, which return a `RawResponse` instead."""
        return AuditLogsResourceRaw(self._as_raw())

    def get(
        self,
        org_id: str,
        audit_log_id: str,
        *,
        losantdomain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> models.AuditLog:
        """Retrieve one audit log entry.

        `GET /orgs/{orgId}/audit-logs/{auditLogId}`

        Retrieves information on an audit log: one entry of an organization's log, with the actor,
        the targets, the recorded request, and the recorded response.

        The token must include at least one of these scopes: `all.Organization`,
        `all.Organization.read`, `all.User`, `all.User.read`, `auditLog.*` or `auditLog.get`. Note
        the singular: the scope `auditLogs.get` permits the list, not this operation of the same
        name.

        The `body` of each documented error is `Error`.

        Args:
            org_id: ID associated with the organization.
            audit_log_id: ID associated with the audit log: the `id` of the entry.
            losantdomain: The domain scope of the request. Rarely needed: set it only if Losant
                instructs you to.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            Audit log information, that is, the entry.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
            BadRequestError: 400: Error if malformed request, for example an identifier that is not
                24 hexadecimal digits or an unknown sort field (type `Validation`), or a version in
                `Accept-Version` that the server does not serve (type `VersionNotAllowed`).
            AuthenticationError: 401: The token is invalid or expired.
            PermissionDeniedError: 403: The token has no scope that permits this operation, or the
                request has no token (403, not 401).
            NotFoundError: 404: Error if audit log was not found: the entry or the organization does
                not exist.
            RateLimitError: 429: Too many requests: wait, then retry.
            InternalServerError: 5XX: The server or a proxy failed; the body of a proxy need not be
                JSON.
            APIConnectionError: No complete response was received.
            ResponseDecodeError: The response does not match the OpenAPI document.
        """
        return self._send(
            GET,
            {"org_id": org_id, "audit_log_id": audit_log_id, "losantdomain": losantdomain},
            options,
        )

    def list(
        self,
        org_id: str,
        *,
        sort_field: models.SortField | None = None,
        sort_direction: models.SortDirection | None = None,
        page: int | None = None,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        end: dt.datetime | int | None = None,
        audit_log_filter: models.AuditLogFilter | models.AuditLogFilterDict | None = None,
        losantdomain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[models.AuditLog]:
        """List the audit log entries of an organization.

        `GET /orgs/{orgId}/audit-logs`

        Returns one page of an organization's audit log, newest entries first by default, optionally
        within a time span and narrowed by a filter.

        The token must include at least one of these scopes: `all.Organization`,
        `all.Organization.read`, `all.User`, `all.User.read`, `auditLogs.*` or `auditLogs.get`. Note
        the plural: `auditLog.get` permits reading single entries, not this list.

        Pages are numbered, and entries that are recorded between two requests shift them. Set `end`
        to keep all pages on the same time span, or walk through the log instead of requesting pages
        by number.

        Unknown query parameters are ignored, not rejected: a misspelled filter name returns
        unfiltered entries, with status 200.

        The `body` of each documented error is `Error`.

        Args:
            org_id: ID associated with the organization.
            sort_field: The field to sort the entries by. Only `creationDate` is stable while new
                entries are recorded. The server's default is 'creationDate'.
            sort_direction: The sort direction: `desc` for newest (or largest) first, `asc` for
                oldest (or smallest) first. The server's default is 'desc'.
            page: The number of the page to return, counted from 0. The server's default is 0.
            per_page: The number of entries per page. Losant documents no maximum; the response has
                the page size that the server used. The server's default is 100.
            start: An aware datetime, or milliseconds. Start of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Default: the oldest entry.
            end: An aware datetime, or milliseconds. End of the time span, in milliseconds since
                1970-01-01T00:00:00Z. By default the span has no end, and new entries shift the
                pages.
            audit_log_filter: Return only entries that match this filter. The URL has its members in
                brackets, with the indices of array items, for example
                `auditLogFilter[actor][0][type]=User`. Default: all entries.
            losantdomain: The domain scope of the request. Rarely needed: set it only if Losant
                instructs you to.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            One page of audit log entries. Iterating over it yields its entries and those of all
            later pages. The newest entries come first by default; `sort_field` and `sort_direction`
            change the order.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
            BadRequestError: 400: Error if malformed request, for example an identifier that is not
                24 hexadecimal digits or an unknown sort field (type `Validation`), or a version in
                `Accept-Version` that the server does not serve (type `VersionNotAllowed`).
            AuthenticationError: 401: The token is invalid or expired.
            PermissionDeniedError: 403: The token has no scope that permits this operation, or the
                request has no token (403, not 401).
            NotFoundError: 404: Error if organization was not found.
            RateLimitError: 429: Too many requests: wait, then retry.
            InternalServerError: 5XX: The server or a proxy failed; the body of a proxy need not be
                JSON.
            APIConnectionError: No complete response was received.
            ResponseDecodeError: The response does not match the OpenAPI document.
        """
        return self._page(
            LIST_PAGES,
            {
                "org_id": org_id,
                "sort_field": sort_field,
                "sort_direction": sort_direction,
                "page": page,
                "per_page": per_page,
                "start": start,
                "end": end,
                "audit_log_filter": audit_log_filter,
                "losantdomain": losantdomain,
            },
            options,
        )

    def walk(
        self,
        org_id: str,
        *,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        end: dt.datetime | int | None = None,
        audit_log_filter: models.AuditLogFilter | models.AuditLogFilterDict | None = None,
        losantdomain: str | None = None,
        checkpoint: str | None = None,
        since: str | None = None,
        overlap: dt.timedelta = OVERLAP,
        retention: dt.timedelta | None = None,
        concurrency: int = 1,
        on_undecodable: Literal["raise", "keep"] = "raise",
        order: Literal["newest", "oldest"] | None = None,
        **options: Unpack[CallOptions],
    ) -> Walk[models.AuditLog]:
        """Iterate over all entries, or raise an error if entries may be missing.

        Yields the same entries as iterating over `list()`, and has a `report` and a `checkpoint`,
        to resume it in this or another process. The first request is sent when the iteration
        starts. Memory use is bounded.

        The newest entries come first, or the oldest with `order="oldest"`.

        Args:
            org_id: ID associated with the organization.
            per_page: The number of entries per page. Losant documents no maximum; the response has
                the page size that the server used. The server's default is 100. The default in
                walks is 1000.
            start: An aware datetime, or milliseconds. Start of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Default: the oldest entry.
            end: An aware datetime, or milliseconds. End of the time span, in milliseconds since
                1970-01-01T00:00:00Z. By default the span has no end, and new entries shift the
                pages.
            audit_log_filter: Return only entries that match this filter. The URL has its members in
                brackets, with the indices of array items, for example
                `auditLogFilter[actor][0][type]=User`. Default: all entries.
            losantdomain: The domain scope of the request. Rarely needed: set it only if Losant
                instructs you to.
            checkpoint: The `checkpoint` of an unfinished walk, to resume it.
            since: The `checkpoint` of a finished walk, to read only entries added after it.
            overlap: The duration before the end of this walk that the next walk reads again, to
                find entries that appear with a delay or have timestamps of another clock; zero
                skips such entries. The checkpoint contains the ids of the entries in the overlap,
                about 45 bytes each.
            retention: The retention period of the service. Default: the documented one, with a
                tolerance of two days.
            concurrency: The number of time slices to read concurrently. Entries are yielded in
                order.
            on_undecodable: For an entry that does not match the OpenAPI document, `raise` raises an
                error with the checkpoints before and after it; `keep` yields an `UndecodedEntry`.
            order: Whether to yield the `newest` or the `oldest` entries first. Default: the order
                of `checkpoint`, or `newest`. It need not be the order of the walk in `since`.
            **options: Options of the calls; see `CallOptions`. `deadline` applies to the whole
                walk.

        Returns:
            A walk, which is an iterator over the entries.

        Raises:
            InvalidArgumentError: An argument or a checkpoint is invalid.
        """
        return self._walk(
            LIST_PAGES,
            {
                "org_id": org_id,
                "per_page": per_page,
                "start": start,
                "end": end,
                "audit_log_filter": audit_log_filter,
                "losantdomain": losantdomain,
            },
            options,
            checkpoint=checkpoint,
            since=since,
            overlap=overlap,
            retention=retention,
            concurrency=concurrency,
            on_undecodable=on_undecodable,
            order=order,
        )

    def follow(
        self,
        org_id: str,
        *,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        audit_log_filter: models.AuditLogFilter | models.AuditLogFilterDict | None = None,
        losantdomain: str | None = None,
        since: str | None = None,
        interval: float | dt.timedelta = 60,
        overlap: dt.timedelta = FOLLOW_OVERLAP,
        lag: float | dt.timedelta = 0,
        on_undecodable: Literal["raise", "keep"] = "raise",
        **options: Unpack[FollowOptions],
    ) -> Follow[models.AuditLog]:
        """Poll for new entries, and yield each of them once.

        Without `start` and `since`, it starts with entries that are recorded from now on. It runs
        until `close()` is called, which also interrupts a wait. Its `checkpoint` includes the entry
        that was yielded last. Transient failures, such as connection errors, 429 and 5xx, are
        logged as warnings and retried.

        Args:
            org_id: ID associated with the organization.
            per_page: The number of entries per page. Losant documents no maximum; the response has
                the page size that the server used. The server's default is 100. The default in
                walks is 1000.
            audit_log_filter: Return only entries that match this filter. The URL has its members in
                brackets, with the indices of array items, for example
                `auditLogFilter[actor][0][type]=User`. Default: all entries.
            losantdomain: The domain scope of the request. Rarely needed: set it only if Losant
                instructs you to.
            start: An aware datetime, or milliseconds. The time of the first entries. Default: now.
            since: The `checkpoint` of a follow or a finished walk, to continue after it.
            interval: The time between requests for new entries, as seconds or a timedelta.
            overlap: The duration before the last request that each request reads again, to find
                entries that appear with a delay or have timestamps of another clock; zero skips
                such entries. The checkpoint contains the ids of the entries in the overlap, about
                45 bytes each.
            lag: The time by which entries are delayed, as seconds or a timedelta, so that late ones
                are yielded in order.
            on_undecodable: For an entry that does not match the OpenAPI document, `raise` raises an
                error with the checkpoints before and after it; `keep` yields an `UndecodedEntry`.
            **options: Options of the calls; see `FollowOptions`.

        Returns:
            A follow, which is an iterator over the entries.

        Raises:
            InvalidArgumentError: An argument or a checkpoint is invalid.
        """
        return self._follow(
            LIST_PAGES,
            {
                "org_id": org_id,
                "per_page": per_page,
                "start": start,
                "audit_log_filter": audit_log_filter,
                "losantdomain": losantdomain,
            },
            options,
            since=since,
            interval=interval,
            overlap=overlap,
            lag=lag,
            on_undecodable=on_undecodable,
        )


class AsyncAuditLogsResource(AsyncFollowedResource):
    """The audit log of one organization, for its administrators."""

    @property
    def with_raw_response(self) -> AsyncAuditLogsResourceRaw:
        """The methods of this resource, which return a `RawResponse` instead."""
        return AsyncAuditLogsResourceRaw(self._as_raw())

    async def get(
        self,
        org_id: str,
        audit_log_id: str,
        *,
        losantdomain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> models.AuditLog:
        """Retrieve one audit log entry.

        `GET /orgs/{orgId}/audit-logs/{auditLogId}`

        Retrieves information on an audit log: one entry of an organization's log, with the actor,
        the targets, the recorded request, and the recorded response.

        The token must include at least one of these scopes: `all.Organization`,
        `all.Organization.read`, `all.User`, `all.User.read`, `auditLog.*` or `auditLog.get`. Note
        the singular: the scope `auditLogs.get` permits the list, not this operation of the same
        name.

        The `body` of each documented error is `Error`.

        Args:
            org_id: ID associated with the organization.
            audit_log_id: ID associated with the audit log: the `id` of the entry.
            losantdomain: The domain scope of the request. Rarely needed: set it only if Losant
                instructs you to.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            Audit log information, that is, the entry.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
            BadRequestError: 400: Error if malformed request, for example an identifier that is not
                24 hexadecimal digits or an unknown sort field (type `Validation`), or a version in
                `Accept-Version` that the server does not serve (type `VersionNotAllowed`).
            AuthenticationError: 401: The token is invalid or expired.
            PermissionDeniedError: 403: The token has no scope that permits this operation, or the
                request has no token (403, not 401).
            NotFoundError: 404: Error if audit log was not found: the entry or the organization does
                not exist.
            RateLimitError: 429: Too many requests: wait, then retry.
            InternalServerError: 5XX: The server or a proxy failed; the body of a proxy need not be
                JSON.
            APIConnectionError: No complete response was received.
            ResponseDecodeError: The response does not match the OpenAPI document.
        """
        return await self._send(
            GET,
            {"org_id": org_id, "audit_log_id": audit_log_id, "losantdomain": losantdomain},
            options,
        )

    def list(
        self,
        org_id: str,
        *,
        sort_field: models.SortField | None = None,
        sort_direction: models.SortDirection | None = None,
        page: int | None = None,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        end: dt.datetime | int | None = None,
        audit_log_filter: models.AuditLogFilter | models.AuditLogFilterDict | None = None,
        losantdomain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncPages[models.AuditLog]:
        """List the audit log entries of an organization.

        `GET /orgs/{orgId}/audit-logs`

        Returns one page of an organization's audit log, newest entries first by default, optionally
        within a time span and narrowed by a filter.

        The token must include at least one of these scopes: `all.Organization`,
        `all.Organization.read`, `all.User`, `all.User.read`, `auditLogs.*` or `auditLogs.get`. Note
        the plural: `auditLog.get` permits reading single entries, not this list.

        Pages are numbered, and entries that are recorded between two requests shift them. Set `end`
        to keep all pages on the same time span, or walk through the log instead of requesting pages
        by number.

        Unknown query parameters are ignored, not rejected: a misspelled filter name returns
        unfiltered entries, with status 200.

        The `body` of each documented error is `Error`.

        Await it to get the first page, or iterate over all entries with `async for`.

        Args:
            org_id: ID associated with the organization.
            sort_field: The field to sort the entries by. Only `creationDate` is stable while new
                entries are recorded. The server's default is 'creationDate'.
            sort_direction: The sort direction: `desc` for newest (or largest) first, `asc` for
                oldest (or smallest) first. The server's default is 'desc'.
            page: The number of the page to return, counted from 0. The server's default is 0.
            per_page: The number of entries per page. Losant documents no maximum; the response has
                the page size that the server used. The server's default is 100.
            start: An aware datetime, or milliseconds. Start of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Default: the oldest entry.
            end: An aware datetime, or milliseconds. End of the time span, in milliseconds since
                1970-01-01T00:00:00Z. By default the span has no end, and new entries shift the
                pages.
            audit_log_filter: Return only entries that match this filter. The URL has its members in
                brackets, with the indices of array items, for example
                `auditLogFilter[actor][0][type]=User`. Default: all entries.
            losantdomain: The domain scope of the request. Rarely needed: set it only if Losant
                instructs you to.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            One page of audit log entries. Iterating over it yields its entries and those of all
            later pages. The newest entries come first by default; `sort_field` and `sort_direction`
            change the order.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
            BadRequestError: 400: Error if malformed request, for example an identifier that is not
                24 hexadecimal digits or an unknown sort field (type `Validation`), or a version in
                `Accept-Version` that the server does not serve (type `VersionNotAllowed`).
            AuthenticationError: 401: The token is invalid or expired.
            PermissionDeniedError: 403: The token has no scope that permits this operation, or the
                request has no token (403, not 401).
            NotFoundError: 404: Error if organization was not found.
            RateLimitError: 429: Too many requests: wait, then retry.
            InternalServerError: 5XX: The server or a proxy failed; the body of a proxy need not be
                JSON.
            APIConnectionError: No complete response was received.
            ResponseDecodeError: The response does not match the OpenAPI document.
        """
        return self._page(
            LIST_PAGES,
            {
                "org_id": org_id,
                "sort_field": sort_field,
                "sort_direction": sort_direction,
                "page": page,
                "per_page": per_page,
                "start": start,
                "end": end,
                "audit_log_filter": audit_log_filter,
                "losantdomain": losantdomain,
            },
            options,
        )

    def walk(
        self,
        org_id: str,
        *,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        end: dt.datetime | int | None = None,
        audit_log_filter: models.AuditLogFilter | models.AuditLogFilterDict | None = None,
        losantdomain: str | None = None,
        checkpoint: str | None = None,
        since: str | None = None,
        overlap: dt.timedelta = OVERLAP,
        retention: dt.timedelta | None = None,
        concurrency: int = 1,
        on_undecodable: Literal["raise", "keep"] = "raise",
        order: Literal["newest", "oldest"] | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncWalk[models.AuditLog]:
        """Iterate over all entries, or raise an error if entries may be missing.

        Yields the same entries as iterating over `list()`, and has a `report` and a `checkpoint`,
        to resume it in this or another process. The first request is sent when the iteration
        starts. Memory use is bounded.

        The newest entries come first, or the oldest with `order="oldest"`.

        Do not await it; iterate over it with `async for`.

        Args:
            org_id: ID associated with the organization.
            per_page: The number of entries per page. Losant documents no maximum; the response has
                the page size that the server used. The server's default is 100. The default in
                walks is 1000.
            start: An aware datetime, or milliseconds. Start of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Default: the oldest entry.
            end: An aware datetime, or milliseconds. End of the time span, in milliseconds since
                1970-01-01T00:00:00Z. By default the span has no end, and new entries shift the
                pages.
            audit_log_filter: Return only entries that match this filter. The URL has its members in
                brackets, with the indices of array items, for example
                `auditLogFilter[actor][0][type]=User`. Default: all entries.
            losantdomain: The domain scope of the request. Rarely needed: set it only if Losant
                instructs you to.
            checkpoint: The `checkpoint` of an unfinished walk, to resume it.
            since: The `checkpoint` of a finished walk, to read only entries added after it.
            overlap: The duration before the end of this walk that the next walk reads again, to
                find entries that appear with a delay or have timestamps of another clock; zero
                skips such entries. The checkpoint contains the ids of the entries in the overlap,
                about 45 bytes each.
            retention: The retention period of the service. Default: the documented one, with a
                tolerance of two days.
            concurrency: The number of time slices to read concurrently. Entries are yielded in
                order.
            on_undecodable: For an entry that does not match the OpenAPI document, `raise` raises an
                error with the checkpoints before and after it; `keep` yields an `UndecodedEntry`.
            order: Whether to yield the `newest` or the `oldest` entries first. Default: the order
                of `checkpoint`, or `newest`. It need not be the order of the walk in `since`.
            **options: Options of the calls; see `CallOptions`. `deadline` applies to the whole
                walk.

        Returns:
            A walk, which is an iterator over the entries.

        Raises:
            InvalidArgumentError: An argument or a checkpoint is invalid.
        """
        return self._walk(
            LIST_PAGES,
            {
                "org_id": org_id,
                "per_page": per_page,
                "start": start,
                "end": end,
                "audit_log_filter": audit_log_filter,
                "losantdomain": losantdomain,
            },
            options,
            checkpoint=checkpoint,
            since=since,
            overlap=overlap,
            retention=retention,
            concurrency=concurrency,
            on_undecodable=on_undecodable,
            order=order,
        )

    def follow(
        self,
        org_id: str,
        *,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        audit_log_filter: models.AuditLogFilter | models.AuditLogFilterDict | None = None,
        losantdomain: str | None = None,
        since: str | None = None,
        interval: float | dt.timedelta = 60,
        overlap: dt.timedelta = FOLLOW_OVERLAP,
        lag: float | dt.timedelta = 0,
        on_undecodable: Literal["raise", "keep"] = "raise",
        **options: Unpack[FollowOptions],
    ) -> AsyncFollow[models.AuditLog]:
        """Poll for new entries, and yield each of them once.

        Without `start` and `since`, it starts with entries that are recorded from now on. It runs
        until `close()` is called, which also interrupts a wait. Its `checkpoint` includes the entry
        that was yielded last. Transient failures, such as connection errors, 429 and 5xx, are
        logged as warnings and retried.

        Do not await it; iterate over it with `async for`.

        Args:
            org_id: ID associated with the organization.
            per_page: The number of entries per page. Losant documents no maximum; the response has
                the page size that the server used. The server's default is 100. The default in
                walks is 1000.
            audit_log_filter: Return only entries that match this filter. The URL has its members in
                brackets, with the indices of array items, for example
                `auditLogFilter[actor][0][type]=User`. Default: all entries.
            losantdomain: The domain scope of the request. Rarely needed: set it only if Losant
                instructs you to.
            start: An aware datetime, or milliseconds. The time of the first entries. Default: now.
            since: The `checkpoint` of a follow or a finished walk, to continue after it.
            interval: The time between requests for new entries, as seconds or a timedelta.
            overlap: The duration before the last request that each request reads again, to find
                entries that appear with a delay or have timestamps of another clock; zero skips
                such entries. The checkpoint contains the ids of the entries in the overlap, about
                45 bytes each.
            lag: The time by which entries are delayed, as seconds or a timedelta, so that late ones
                are yielded in order.
            on_undecodable: For an entry that does not match the OpenAPI document, `raise` raises an
                error with the checkpoints before and after it; `keep` yields an `UndecodedEntry`.
            **options: Options of the calls; see `FollowOptions`.

        Returns:
            A follow, which is an iterator over the entries.

        Raises:
            InvalidArgumentError: An argument or a checkpoint is invalid.
        """
        return self._follow(
            LIST_PAGES,
            {
                "org_id": org_id,
                "per_page": per_page,
                "start": start,
                "audit_log_filter": audit_log_filter,
                "losantdomain": losantdomain,
            },
            options,
            since=since,
            interval=interval,
            overlap=overlap,
            lag=lag,
            on_undecodable=on_undecodable,
        )


class AuditLogsResourceRaw:
    """Methods of `AuditLogsResource` that return a `RawResponse`."""

    def __init__(self, resource: AuditLogsResource) -> None:
        """Wrap the methods of a resource that returns raw responses."""
        self.get = raw(resource.get)
        self.list = raw(resource.list)


class AsyncAuditLogsResourceRaw:
    """Methods of `AsyncAuditLogsResource` that return a `RawResponse`."""

    def __init__(self, resource: AsyncAuditLogsResource) -> None:
        """Wrap the methods of a resource that returns raw responses."""
        self.get = async_raw(resource.get)
        self.list = async_raw(resource.list)
