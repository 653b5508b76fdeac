# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The audit log of one instance (an installation of Losant with all of its organizations).

The audit log of one instance (an installation of Losant with all of its organizations), for its
administrators.
"""

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

INSTANCE_ID = Parameter(
    name="instance_id",
    wire_name="instanceId",
    location="path",
    schema=String(pattern="^[A-Fa-f0-9]{24}\\Z"),
    required=True,
)
INSTANCE_AUDIT_LOG_ID = Parameter(
    name="instance_audit_log_id",
    wire_name="instanceAuditLogId",
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
    schema=constraints.INSTANCE_AUDIT_LOG_FILTER,
    deep=DeepObject(),
)

GET = Operation(
    name="instanceAuditLogs.get",
    method="GET",
    path=("/instance/", INSTANCE_ID, "/audit-logs/", INSTANCE_AUDIT_LOG_ID),
    parameters=(INSTANCE_ID, INSTANCE_AUDIT_LOG_ID, LOSANTDOMAIN),
    response=JsonResponse(models.InstanceAuditLog),
    errors={
        "400": models.Error,
        "401": models.Error,
        "403": models.Error,
        "404": models.Error,
        "429": models.Error,
        "5XX": models.Error,
    },
    scopes=REQUIRED["instanceAuditLogs.get"],
)
LIST = Operation(
    name="instanceAuditLogs.list",
    method="GET",
    path=("/instance/", INSTANCE_ID, "/audit-logs"),
    parameters=(
        INSTANCE_ID,
        SORT_FIELD,
        SORT_DIRECTION,
        PAGE,
        PER_PAGE,
        START,
        END,
        AUDIT_LOG_FILTER,
        LOSANTDOMAIN,
    ),
    response=JsonResponse(models.InstanceAuditLogs),
    errors={
        "400": models.Error,
        "401": models.Error,
        "403": models.Error,
        "404": models.Error,
        "429": models.Error,
        "5XX": models.Error,
    },
    scopes=REQUIRED["instanceAuditLogs.list"],
)
LIST_PAGES = Pagination(
    operation=LIST,
    item=models.InstanceAuditLog,
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


class InstanceAuditLogsResource(FollowedResource):
    """The audit log of one instance (an installation of Losant with all of its organizations).

    The audit log of one instance (an installation of Losant with all of its organizations), for its
    administrators.
    """

    @property
    def with_raw_response(self) -> InstanceAuditLogsResourceRaw:
        """The same methods, returning a `RawResponse`."""
        return InstanceAuditLogsResourceRaw(self._as_raw())

    def get(
        self,
        instance_id: str,
        instance_audit_log_id: str,
        *,
        losantdomain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> models.InstanceAuditLog:
        """Retrieve one instance audit log entry.

        `GET /instance/{instanceId}/audit-logs/{instanceAuditLogId}`

        Retrieves information on an instance audit log: one entry of an instance's log, with who did
        what to which target, the recorded request, and the recorded response.

        The token must include at least one of these scopes: `all.Instance`, `all.Instance.read`,
        `all.User`, `all.User.read`, `instanceAuditLog.*` or `instanceAuditLog.get`. Note the
        singular: the scope `instanceAuditLogs.get` permits the list, although this operation has
        the same name.

        Args:
            instance_id: ID associated with the instance.
            instance_audit_log_id: ID associated with the instance audit log: the `id` of the entry.
            losantdomain: The domain scope of the request. Rarely needed: leave it out unless Losant
                told you to set it.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            Instance audit log information, that is, the entry.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
            BadRequestError: 400: Error if malformed request, for example an identifier that is not
                24 hexadecimal digits or a sort field that does not exist (type `Validation`), or an
                `Accept-Version` header that asks for a version that the server does not serve (type
                `VersionNotAllowed`). Its `body` is `Error`.
            AuthenticationError: 401: The token is expired or not valid. Its `body` is `Error`.
            PermissionDeniedError: 403: The token has none of the scopes that permit this operation,
                or the request has no token, which also gets 403 and not 401. Its `body` is `Error`.
            NotFoundError: 404: Error if instance audit log was not found: the entry or the instance
                does not exist. Its `body` is `Error`.
            RateLimitError: 429: Too many requests: wait, then try again. Its `body` is `Error`.
            InternalServerError: 5XX: The server failed, or a proxy before it did; in the latter
                case the body need not be JSON. Its `body` is `Error`.
            APIConnectionError: No complete response was received.
            ResponseDecodeError: The response does not match the OpenAPI document.
        """
        return self._send(
            GET,
            {
                "instance_id": instance_id,
                "instance_audit_log_id": instance_audit_log_id,
                "losantdomain": losantdomain,
            },
            options,
        )

    def list(
        self,
        instance_id: str,
        *,
        sort_field: models.SortField | None = None,
        sort_direction: models.SortDirection | None = None,
        page: int | None = None,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        end: dt.datetime | int | None = None,
        audit_log_filter: models.InstanceAuditLogFilter
        | models.InstanceAuditLogFilterDict
        | None = None,
        losantdomain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[models.InstanceAuditLog]:
        """List the audit log entries of an instance.

        `GET /instance/{instanceId}/audit-logs`

        Returns one page of an instance's audit log, newest entries first by default, optionally
        within a time span and narrowed by a filter. Paging works as in the list of an organization.

        The token must include at least one of these scopes: `all.Instance`, `all.Instance.read`,
        `all.User`, `all.User.read`, `instanceAuditLogs.*` or `instanceAuditLogs.get`. Note the
        plural: `instanceAuditLog.get` permits reading single entries, not this list.

        A query parameter whose name the API does not know is ignored, not rejected: a misspelled
        filter name returns unfiltered entries, with status 200.

        Args:
            instance_id: ID associated with the instance.
            sort_field: The field to sort the entries by. `creationDate` is the only one by which a
                log can be walked through dependably while it grows. The server's default is
                'creationDate'.
            sort_direction: The direction to sort in: `desc` puts the newest (or the largest) first,
                `asc` the oldest (or the smallest). The server's default is 'desc'.
            page: Which page to return, counted from 0. The server's default is 0.
            per_page: How many entries to return per page. Losant publishes no upper limit; the
                response states the page size that the server used. The server's default is 100.
            start: An aware datetime, or milliseconds. Start of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Without it the span begins with the oldest entry.
            end: An aware datetime, or milliseconds. End of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Without it the span has no end, so entries that are written
                meanwhile shift the pages.
            audit_log_filter: Which entries to return: those that match the filter. In the URL it is
                written with brackets and with the number of each list item, for example
                `auditLogFilter[actor][0][type]=User`. Without it, all entries are returned.
            losantdomain: The domain scope of the request. Rarely needed: leave it out unless Losant
                told you to set it.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            One page of instance audit log entries. Iterating over it yields its entries and those
            of all further pages. The newest entries come first, unless `sort_field` or
            `sort_direction` says otherwise.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
            BadRequestError: 400: Error if malformed request, for example an identifier that is not
                24 hexadecimal digits or a sort field that does not exist (type `Validation`), or an
                `Accept-Version` header that asks for a version that the server does not serve (type
                `VersionNotAllowed`). Its `body` is `Error`.
            AuthenticationError: 401: The token is expired or not valid. Its `body` is `Error`.
            PermissionDeniedError: 403: The token has none of the scopes that permit this operation,
                or the request has no token, which also gets 403 and not 401. Its `body` is `Error`.
            NotFoundError: 404: Error if instance was not found. Its `body` is `Error`.
            RateLimitError: 429: Too many requests: wait, then try again. Its `body` is `Error`.
            InternalServerError: 5XX: The server failed, or a proxy before it did; in the latter
                case the body need not be JSON. Its `body` is `Error`.
            APIConnectionError: No complete response was received.
            ResponseDecodeError: The response does not match the OpenAPI document.
        """
        return self._page(
            LIST_PAGES,
            {
                "instance_id": instance_id,
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
        instance_id: str,
        *,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        end: dt.datetime | int | None = None,
        audit_log_filter: models.InstanceAuditLogFilter
        | models.InstanceAuditLogFilterDict
        | None = None,
        losantdomain: str | None = None,
        checkpoint: str | None = None,
        since: str | None = None,
        overlap: dt.timedelta = OVERLAP,
        retention: dt.timedelta | None = None,
        concurrency: int = 1,
        on_undecodable: Literal["raise", "keep"] = "raise",
        order: Literal["newest", "oldest"] | None = None,
        **options: Unpack[CallOptions],
    ) -> Walk[models.InstanceAuditLog]:
        """Walk through all entries, and raise an error if any entry may be missing.

        Same as iterating over `list()`, but the result has a `report` and a `checkpoint`, from
        which this or another process can resume the walk. The first request is sent when the
        iteration begins, and memory use is bounded.

        The newest entries come first; with `order="oldest"`, the oldest.

        Args:
            instance_id: ID associated with the instance.
            per_page: How many entries to return per page. Losant publishes no upper limit; the
                response states the page size that the server used. The server's default is 100.
                Walks request 1000 unless told.
            start: An aware datetime, or milliseconds. Start of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Without it the span begins with the oldest entry.
            end: An aware datetime, or milliseconds. End of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Without it the span has no end, so entries that are written
                meanwhile shift the pages.
            audit_log_filter: Which entries to return: those that match the filter. In the URL it is
                written with brackets and with the number of each list item, for example
                `auditLogFilter[actor][0][type]=User`. Without it, all entries are returned.
            losantdomain: The domain scope of the request. Rarely needed: leave it out unless Losant
                told you to set it.
            checkpoint: The `checkpoint` of an earlier walk, which this walk resumes.
            since: The `checkpoint` of a finished walk. This walk begins where that one ended.
            overlap: How long before that end the next walk reads again, to find entries that became
                visible late or that another clock stamped. The checkpoint holds the ids of the
                entries in it, about 45 bytes each. With zero, such entries are lost in silence.
            retention: How long the service keeps entries, if the document is wrong about it. None
                trusts the document, and tolerates entries that expire up to two days early.
            concurrency: The number of time slices to read concurrently. Entries stay in order.
            on_undecodable: `raise` to raise an error for an entry that does not match the OpenAPI
                document, with the checkpoints before and after it; `keep` to yield it as an
                `UndecodedEntry`.
            order: `newest` or `oldest` entries first. None keeps the order of `checkpoint`, and is
                `newest` without one. The walk in `since` may have another order.
            **options: Options of the calls; see `CallOptions`. A deadline applies to the whole
                walk.

        Returns:
            The walk, to iterate over.

        Raises:
            InvalidArgumentError: An argument or a checkpoint is invalid.
        """
        return self._walk(
            LIST_PAGES,
            {
                "instance_id": instance_id,
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
        instance_id: str,
        *,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        audit_log_filter: models.InstanceAuditLogFilter
        | models.InstanceAuditLogFilterDict
        | None = None,
        losantdomain: str | None = None,
        since: str | None = None,
        interval: float | dt.timedelta = 60,
        overlap: dt.timedelta = FOLLOW_OVERLAP,
        lag: float | dt.timedelta = 0,
        on_undecodable: Literal["raise", "keep"] = "raise",
        **options: Unpack[FollowOptions],
    ) -> Follow[models.InstanceAuditLog]:
        """Wait for new entries, and yield each as it comes, once.

        Without `start` and `since`, it begins with what is written from now on. It never ends by
        itself: `close()` ends it, and waits end at once. Its `checkpoint` counts the entry that was
        yielded last as delivered. Failures that may pass, such as connection errors, 429 and 5xx,
        are logged as warnings and waited out.

        Args:
            instance_id: ID associated with the instance.
            per_page: How many entries to return per page. Losant publishes no upper limit; the
                response states the page size that the server used. The server's default is 100.
                Walks request 1000 unless told.
            audit_log_filter: Which entries to return: those that match the filter. In the URL it is
                written with brackets and with the number of each list item, for example
                `auditLogFilter[actor][0][type]=User`. Without it, all entries are returned.
            losantdomain: The domain scope of the request. Rarely needed: leave it out unless Losant
                told you to set it.
            start: An aware datetime, or milliseconds. The time of the first entries, if it is not
                now.
            since: The `checkpoint` of a follow or a walk, which this follow continues.
            interval: The seconds, or a timedelta, from one request for new entries to the next.
            overlap: How long before the end of what was read each request reads again, to find
                entries that became visible late or that another clock stamped. The checkpoint holds
                the ids of the entries in it, about 45 bytes each. With zero, such entries are lost
                in silence.
            lag: The seconds, or a timedelta, for which entries are held back, so that those that
                become visible late are still in order.
            on_undecodable: `raise` to raise an error for an entry that does not match the OpenAPI
                document, with the checkpoints before and after it; `keep` to yield it as an
                `UndecodedEntry`.
            **options: Options of the calls; see `FollowOptions`.

        Returns:
            The follow, to iterate over.

        Raises:
            InvalidArgumentError: An argument or a checkpoint is invalid.
        """
        return self._follow(
            LIST_PAGES,
            {
                "instance_id": instance_id,
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


class AsyncInstanceAuditLogsResource(AsyncFollowedResource):
    """The audit log of one instance (an installation of Losant with all of its organizations).

    The audit log of one instance (an installation of Losant with all of its organizations), for its
    administrators.
    """

    @property
    def with_raw_response(self) -> AsyncInstanceAuditLogsResourceRaw:
        """The same methods, returning a `RawResponse`."""
        return AsyncInstanceAuditLogsResourceRaw(self._as_raw())

    async def get(
        self,
        instance_id: str,
        instance_audit_log_id: str,
        *,
        losantdomain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> models.InstanceAuditLog:
        """Retrieve one instance audit log entry.

        `GET /instance/{instanceId}/audit-logs/{instanceAuditLogId}`

        Retrieves information on an instance audit log: one entry of an instance's log, with who did
        what to which target, the recorded request, and the recorded response.

        The token must include at least one of these scopes: `all.Instance`, `all.Instance.read`,
        `all.User`, `all.User.read`, `instanceAuditLog.*` or `instanceAuditLog.get`. Note the
        singular: the scope `instanceAuditLogs.get` permits the list, although this operation has
        the same name.

        Args:
            instance_id: ID associated with the instance.
            instance_audit_log_id: ID associated with the instance audit log: the `id` of the entry.
            losantdomain: The domain scope of the request. Rarely needed: leave it out unless Losant
                told you to set it.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            Instance audit log information, that is, the entry.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
            BadRequestError: 400: Error if malformed request, for example an identifier that is not
                24 hexadecimal digits or a sort field that does not exist (type `Validation`), or an
                `Accept-Version` header that asks for a version that the server does not serve (type
                `VersionNotAllowed`). Its `body` is `Error`.
            AuthenticationError: 401: The token is expired or not valid. Its `body` is `Error`.
            PermissionDeniedError: 403: The token has none of the scopes that permit this operation,
                or the request has no token, which also gets 403 and not 401. Its `body` is `Error`.
            NotFoundError: 404: Error if instance audit log was not found: the entry or the instance
                does not exist. Its `body` is `Error`.
            RateLimitError: 429: Too many requests: wait, then try again. Its `body` is `Error`.
            InternalServerError: 5XX: The server failed, or a proxy before it did; in the latter
                case the body need not be JSON. Its `body` is `Error`.
            APIConnectionError: No complete response was received.
            ResponseDecodeError: The response does not match the OpenAPI document.
        """
        return await self._send(
            GET,
            {
                "instance_id": instance_id,
                "instance_audit_log_id": instance_audit_log_id,
                "losantdomain": losantdomain,
            },
            options,
        )

    def list(
        self,
        instance_id: str,
        *,
        sort_field: models.SortField | None = None,
        sort_direction: models.SortDirection | None = None,
        page: int | None = None,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        end: dt.datetime | int | None = None,
        audit_log_filter: models.InstanceAuditLogFilter
        | models.InstanceAuditLogFilterDict
        | None = None,
        losantdomain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncPages[models.InstanceAuditLog]:
        """List the audit log entries of an instance.

        `GET /instance/{instanceId}/audit-logs`

        Returns one page of an instance's audit log, newest entries first by default, optionally
        within a time span and narrowed by a filter. Paging works as in the list of an organization.

        The token must include at least one of these scopes: `all.Instance`, `all.Instance.read`,
        `all.User`, `all.User.read`, `instanceAuditLogs.*` or `instanceAuditLogs.get`. Note the
        plural: `instanceAuditLog.get` permits reading single entries, not this list.

        A query parameter whose name the API does not know is ignored, not rejected: a misspelled
        filter name returns unfiltered entries, with status 200.

        Await it for the first page, or iterate over all entries with `async for`.

        Args:
            instance_id: ID associated with the instance.
            sort_field: The field to sort the entries by. `creationDate` is the only one by which a
                log can be walked through dependably while it grows. The server's default is
                'creationDate'.
            sort_direction: The direction to sort in: `desc` puts the newest (or the largest) first,
                `asc` the oldest (or the smallest). The server's default is 'desc'.
            page: Which page to return, counted from 0. The server's default is 0.
            per_page: How many entries to return per page. Losant publishes no upper limit; the
                response states the page size that the server used. The server's default is 100.
            start: An aware datetime, or milliseconds. Start of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Without it the span begins with the oldest entry.
            end: An aware datetime, or milliseconds. End of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Without it the span has no end, so entries that are written
                meanwhile shift the pages.
            audit_log_filter: Which entries to return: those that match the filter. In the URL it is
                written with brackets and with the number of each list item, for example
                `auditLogFilter[actor][0][type]=User`. Without it, all entries are returned.
            losantdomain: The domain scope of the request. Rarely needed: leave it out unless Losant
                told you to set it.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            One page of instance audit log entries. Iterating over it yields its entries and those
            of all further pages. The newest entries come first, unless `sort_field` or
            `sort_direction` says otherwise.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
            BadRequestError: 400: Error if malformed request, for example an identifier that is not
                24 hexadecimal digits or a sort field that does not exist (type `Validation`), or an
                `Accept-Version` header that asks for a version that the server does not serve (type
                `VersionNotAllowed`). Its `body` is `Error`.
            AuthenticationError: 401: The token is expired or not valid. Its `body` is `Error`.
            PermissionDeniedError: 403: The token has none of the scopes that permit this operation,
                or the request has no token, which also gets 403 and not 401. Its `body` is `Error`.
            NotFoundError: 404: Error if instance was not found. Its `body` is `Error`.
            RateLimitError: 429: Too many requests: wait, then try again. Its `body` is `Error`.
            InternalServerError: 5XX: The server failed, or a proxy before it did; in the latter
                case the body need not be JSON. Its `body` is `Error`.
            APIConnectionError: No complete response was received.
            ResponseDecodeError: The response does not match the OpenAPI document.
        """
        return self._page(
            LIST_PAGES,
            {
                "instance_id": instance_id,
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
        instance_id: str,
        *,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        end: dt.datetime | int | None = None,
        audit_log_filter: models.InstanceAuditLogFilter
        | models.InstanceAuditLogFilterDict
        | None = None,
        losantdomain: str | None = None,
        checkpoint: str | None = None,
        since: str | None = None,
        overlap: dt.timedelta = OVERLAP,
        retention: dt.timedelta | None = None,
        concurrency: int = 1,
        on_undecodable: Literal["raise", "keep"] = "raise",
        order: Literal["newest", "oldest"] | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncWalk[models.InstanceAuditLog]:
        """Walk through all entries, and raise an error if any entry may be missing.

        Same as iterating over `list()`, but the result has a `report` and a `checkpoint`, from
        which this or another process can resume the walk. The first request is sent when the
        iteration begins, and memory use is bounded.

        The newest entries come first; with `order="oldest"`, the oldest.

        Do not await it; iterate over it with `async for`.

        Args:
            instance_id: ID associated with the instance.
            per_page: How many entries to return per page. Losant publishes no upper limit; the
                response states the page size that the server used. The server's default is 100.
                Walks request 1000 unless told.
            start: An aware datetime, or milliseconds. Start of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Without it the span begins with the oldest entry.
            end: An aware datetime, or milliseconds. End of the time span, in milliseconds since
                1970-01-01T00:00:00Z. Without it the span has no end, so entries that are written
                meanwhile shift the pages.
            audit_log_filter: Which entries to return: those that match the filter. In the URL it is
                written with brackets and with the number of each list item, for example
                `auditLogFilter[actor][0][type]=User`. Without it, all entries are returned.
            losantdomain: The domain scope of the request. Rarely needed: leave it out unless Losant
                told you to set it.
            checkpoint: The `checkpoint` of an earlier walk, which this walk resumes.
            since: The `checkpoint` of a finished walk. This walk begins where that one ended.
            overlap: How long before that end the next walk reads again, to find entries that became
                visible late or that another clock stamped. The checkpoint holds the ids of the
                entries in it, about 45 bytes each. With zero, such entries are lost in silence.
            retention: How long the service keeps entries, if the document is wrong about it. None
                trusts the document, and tolerates entries that expire up to two days early.
            concurrency: The number of time slices to read concurrently. Entries stay in order.
            on_undecodable: `raise` to raise an error for an entry that does not match the OpenAPI
                document, with the checkpoints before and after it; `keep` to yield it as an
                `UndecodedEntry`.
            order: `newest` or `oldest` entries first. None keeps the order of `checkpoint`, and is
                `newest` without one. The walk in `since` may have another order.
            **options: Options of the calls; see `CallOptions`. A deadline applies to the whole
                walk.

        Returns:
            The walk, to iterate over.

        Raises:
            InvalidArgumentError: An argument or a checkpoint is invalid.
        """
        return self._walk(
            LIST_PAGES,
            {
                "instance_id": instance_id,
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
        instance_id: str,
        *,
        per_page: int | None = None,
        start: dt.datetime | int | None = None,
        audit_log_filter: models.InstanceAuditLogFilter
        | models.InstanceAuditLogFilterDict
        | None = None,
        losantdomain: str | None = None,
        since: str | None = None,
        interval: float | dt.timedelta = 60,
        overlap: dt.timedelta = FOLLOW_OVERLAP,
        lag: float | dt.timedelta = 0,
        on_undecodable: Literal["raise", "keep"] = "raise",
        **options: Unpack[FollowOptions],
    ) -> AsyncFollow[models.InstanceAuditLog]:
        """Wait for new entries, and yield each as it comes, once.

        Without `start` and `since`, it begins with what is written from now on. It never ends by
        itself: `close()` ends it, and waits end at once. Its `checkpoint` counts the entry that was
        yielded last as delivered. Failures that may pass, such as connection errors, 429 and 5xx,
        are logged as warnings and waited out.

        Do not await it; iterate over it with `async for`.

        Args:
            instance_id: ID associated with the instance.
            per_page: How many entries to return per page. Losant publishes no upper limit; the
                response states the page size that the server used. The server's default is 100.
                Walks request 1000 unless told.
            audit_log_filter: Which entries to return: those that match the filter. In the URL it is
                written with brackets and with the number of each list item, for example
                `auditLogFilter[actor][0][type]=User`. Without it, all entries are returned.
            losantdomain: The domain scope of the request. Rarely needed: leave it out unless Losant
                told you to set it.
            start: An aware datetime, or milliseconds. The time of the first entries, if it is not
                now.
            since: The `checkpoint` of a follow or a walk, which this follow continues.
            interval: The seconds, or a timedelta, from one request for new entries to the next.
            overlap: How long before the end of what was read each request reads again, to find
                entries that became visible late or that another clock stamped. The checkpoint holds
                the ids of the entries in it, about 45 bytes each. With zero, such entries are lost
                in silence.
            lag: The seconds, or a timedelta, for which entries are held back, so that those that
                become visible late are still in order.
            on_undecodable: `raise` to raise an error for an entry that does not match the OpenAPI
                document, with the checkpoints before and after it; `keep` to yield it as an
                `UndecodedEntry`.
            **options: Options of the calls; see `FollowOptions`.

        Returns:
            The follow, to iterate over.

        Raises:
            InvalidArgumentError: An argument or a checkpoint is invalid.
        """
        return self._follow(
            LIST_PAGES,
            {
                "instance_id": instance_id,
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


class InstanceAuditLogsResourceRaw:
    """The methods of `InstanceAuditLogsResource`, returning a `RawResponse`."""

    def __init__(self, resource: InstanceAuditLogsResource) -> None:
        """Wrap the methods of a resource that returns raw responses."""
        self.get = raw(resource.get)
        self.list = raw(resource.list)


class AsyncInstanceAuditLogsResourceRaw:
    """The methods of `AsyncInstanceAuditLogsResource`, returning a `RawResponse`."""

    def __init__(self, resource: AsyncInstanceAuditLogsResource) -> None:
        """Wrap the methods of a resource that returns raw responses."""
        self.get = async_raw(resource.get)
        self.list = async_raw(resource.list)
