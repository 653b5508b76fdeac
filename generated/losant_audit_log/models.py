# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The JSON objects of the API.

A received object keeps all of its data: see `raw`, `extra`, `to_dict()` and `to_json()`. A missing
field reads as `None`.
"""

from __future__ import annotations

import typing
from collections import abc
from typing import Any, Literal, TypeAlias

from ._runtime.models.model import Model, Open, Sensitive, Timestamp

AuditLogPrimaryTargetType: TypeAlias = Literal["Application", "Dashboard", "OrgInvite"]
"""What kind of thing the primary target is. New kinds appear over time."""

AuditLogSecondaryTargetType: TypeAlias = Literal[
    "ApiToken",
    "ApplicationCertificateAuthority",
    "ApplicationCertificate",
    "ApplicationKey",
    "Credential",
    "Dashboard",
    "DataTable",
    "Device",
    "DeviceRecipe",
    "Event",
    "ExperienceDomain",
    "ExperienceEndpoint",
    "ExperienceGroup",
    "ExperienceSlug",
    "ExperienceUser",
    "ExperienceVersion",
    "ExperienceView",
    "File",
    "Flow",
    "Integration",
    "Notebook",
    "PrivateFile",
    "ResourceJob",
    "Webhook",
]
"""What kind of thing the secondary target is. New kinds appear over time."""

AuditLogActorType: TypeAlias = Literal["Application", "Device", "Flow", "User", "ApiToken"]
"""What kind of thing made the request.

A person (`User`), a token (`ApiToken`), or an application, device or workflow (`Flow`). New kinds
appear over time.
"""

AuditLogsSortDirection: TypeAlias = Literal["asc", "desc", "ASC", "DESC", ""]
"""The direction that the entries are sorted in.

Answers may spell it in capitals or leave it empty.
"""

AuditLogFilterPrimaryTargetType: TypeAlias = Literal["Application", "Dashboard", "OrgInvite"]
"""The type of the primary target."""

AuditLogFilterSecondaryTargetType: TypeAlias = Literal[
    "ApiToken",
    "ApplicationCertificateAuthority",
    "ApplicationCertificate",
    "ApplicationKey",
    "Credential",
    "Dashboard",
    "DataTable",
    "Device",
    "DeviceRecipe",
    "Event",
    "ExperienceDomain",
    "ExperienceEndpoint",
    "ExperienceGroup",
    "ExperienceSlug",
    "ExperienceUser",
    "ExperienceVersion",
    "ExperienceView",
    "File",
    "Flow",
    "Integration",
    "Notebook",
    "PrivateFile",
    "ResourceJob",
    "Webhook",
]
"""The type of the secondary target."""

AuditLogFilterActorType: TypeAlias = Literal["Application", "Device", "Flow", "User", "ApiToken"]
"""The type of the actor."""

InstanceAuditLogPrimaryTargetType: TypeAlias = Literal[
    "Organization", "ApiToken", "User", "InstanceCustomNode", "NotificationRule"
]
"""What kind of thing the primary target is. New kinds appear over time."""

InstanceAuditLogSecondaryTargetType: TypeAlias = Literal["OrgInvite", "ApiToken"]
"""What kind of thing the secondary target is. New kinds appear over time."""

InstanceAuditLogActorType: TypeAlias = Literal["User", "ApiToken"]
"""What kind of thing made the request: a person (`User`) or a token (`ApiToken`).

New kinds appear over time.
"""

InstanceAuditLogsSortDirection: TypeAlias = Literal["asc", "desc", "ASC", "DESC", ""]
"""The direction that the entries are sorted in.

Answers may spell it in capitals or leave it empty.
"""

InstanceAuditLogFilterPrimaryTargetType: TypeAlias = Literal[
    "Organization", "ApiToken", "User", "InstanceCustomNode", "NotificationRule"
]
"""The type of the primary target."""

InstanceAuditLogFilterSecondaryTargetType: TypeAlias = Literal["OrgInvite", "ApiToken"]
"""The type of the secondary target."""

InstanceAuditLogFilterActorType: TypeAlias = Literal["User", "ApiToken"]
"""The type of the actor."""

SortField: TypeAlias = Literal["creationDate", "responseStatus", "actorName"]

SortDirection: TypeAlias = Literal["asc", "desc"]


class AuditLog(Model, frozen=True, kw_only=True, rename="camel"):
    """One entry of an organization's audit log.

    Who (actor) asked for what (request) on which thing (primary target, and secondary target within
    it), and how it was answered (response).

    Attributes:
        id: Identifies the entry. It is also the id of the recorded request, the number that
            Losant's own screens show after "Req.".
        audit_log_id: The same value as `id`.
        creation_date: When the entry was recorded.
        org_id: The organization whose log the entry is in.
        primary_target_id: The application, dashboard or invitation that the request was about.
            Missing when it was about the organization itself.
        primary_target_type: What kind of thing the primary target is. New kinds appear over time.
        primary_target_name: The name of the primary target, as it was recorded.
        secondary_target_id: The thing within the primary target that the request was about, for
            example a device of an application. Missing when it was about the primary target itself.
        secondary_target_type: What kind of thing the secondary target is. New kinds appear over
            time.
        secondary_target_name: The name of the secondary target, as it was recorded.
        actor_id: Who made the request.
        actor_type: What kind of thing made the request: a person (`User`), a token (`ApiToken`), or
            an application, device or workflow (`Flow`). New kinds appear over time.
        actor_name: The name of the actor, as it was recorded. For a user, the e-mail address.
        request_resource: The API resource that was asked, by the name that Losant's API reference
            uses, such as `application`, `flow` or `devices`.
        request_action: What it was asked to do, by the name that Losant's API reference uses, such
            as `post`, `patch`, `delete` or `inviteMember`.
        request_query_params: The query parameters of the request, by name.
        request_body: The body of the request: nearly always an object, but any JSON value can
            occur. Secrets are redacted.
        request_path_params: The path parameters of the request, by name: the identifiers of
            everything on the way to what was asked for.
        response_body: The body of the answer: mostly an object, sometimes an array, and any JSON
            value can occur. Secrets are redacted.
        response_status: The HTTP status of the answer. Not only 200: creating something can give
            201, and failed requests are recorded now and then.
    """

    id: str | None = None
    audit_log_id: str | None = None
    creation_date: Timestamp | None = None
    org_id: str | None = None
    primary_target_id: str | None = None
    primary_target_type: Open[AuditLogPrimaryTargetType] | None = None
    primary_target_name: str | None = None
    secondary_target_id: str | None = None
    secondary_target_type: Open[AuditLogSecondaryTargetType] | None = None
    secondary_target_name: str | None = None
    actor_id: str | None = None
    actor_type: Open[AuditLogActorType] | None = None
    actor_name: str | None = None
    request_resource: str | None = None
    request_action: str | None = None
    request_query_params: dict[str, Any] | None = None
    request_body: Sensitive[Any] | None = None
    request_path_params: dict[str, Any] | None = None
    response_body: Sensitive[Any] | None = None
    response_status: int | None = None


class AuditLogs(Model, frozen=True, kw_only=True, rename="camel"):
    """One page of an organization's audit log.

    Attributes:
        items: The entries of this page, in the order that was asked for.
        count: How many entries this page holds.
        total_count: How many entries all pages hold together.
        per_page: How many entries a page holds at most.
        page: The number of this page, counted from 0.
        sort_field: The field that the entries are sorted by.
        sort_direction: The direction that the entries are sorted in. Answers may spell it in
            capitals or leave it empty.
        org_id: The organization whose log this is.
    """

    items: list[AuditLog] | None = None
    count: int | None = None
    total_count: int | None = None
    per_page: int | None = None
    page: int | None = None
    sort_field: str | None = None
    sort_direction: Open[AuditLogsSortDirection] | None = None
    org_id: str | None = None


class AuditLogFilter(Model, frozen=True, kw_only=True, rename="camel"):
    """Which entries of an organization's audit log to return.

    Give one or more lists. An entry is meant to match a list when it matches any one of its items,
    and an item when it agrees with everything in it.

    Attributes:
        primary_target: The thing that the request was about, by id, type or name.
        secondary_target: The thing within the primary target, by id, type or name.
        actor: Who made the request, by id, type or name.
        request: What was asked for, by resource or action.
        response_code: The HTTP status of the answer. The server may refuse this list with status
            400: it reads the numbers of a URL as text and may then miss the integers that it
            expects. If so, leave it out and compare `responseStatus` yourself.
    """

    primary_target: list[AuditLogFilterPrimaryTarget] | None = None
    secondary_target: list[AuditLogFilterSecondaryTarget] | None = None
    actor: list[AuditLogFilterActor] | None = None
    request: list[AuditLogFilterRequest] | None = None
    response_code: list[int] | None = None


class AuditLogFilterPrimaryTarget(Model, frozen=True, kw_only=True):
    """The field `primary_target` of `AuditLogFilter`.

    Attributes:
        id: The identifier of the primary target.
        type: The type of the primary target.
        name: The name of the primary target.
    """

    id: str | None = None
    type: Open[AuditLogFilterPrimaryTargetType] | None = None
    name: str | None = None


class AuditLogFilterSecondaryTarget(Model, frozen=True, kw_only=True):
    """The field `secondary_target` of `AuditLogFilter`.

    Attributes:
        id: The identifier of the secondary target.
        type: The type of the secondary target.
        name: The name of the secondary target.
    """

    id: str | None = None
    type: Open[AuditLogFilterSecondaryTargetType] | None = None
    name: str | None = None


class AuditLogFilterActor(Model, frozen=True, kw_only=True):
    """The field `actor` of `AuditLogFilter`.

    Attributes:
        id: The identifier of the actor.
        type: The type of the actor.
        name: The name of the actor; for a user, the e-mail address.
    """

    id: str | None = None
    type: Open[AuditLogFilterActorType] | None = None
    name: str | None = None


class AuditLogFilterRequest(Model, frozen=True, kw_only=True):
    """The field `request` of `AuditLogFilter`.

    Attributes:
        resource: The API resource, such as `application` or `devices`.
        action: The action on the resource, such as `patch` or `delete`.
    """

    resource: str | None = None
    action: str | None = None


class InstanceAuditLog(Model, frozen=True, kw_only=True, rename="camel"):
    """One entry of an instance's audit log.

    Who (actor) asked for what (request) on which thing (primary target, and secondary target within
    it), and how it was answered (response).

    Attributes:
        id: Identifies the entry. It is also the id of the recorded request.
        instance_audit_log_id: The same value as `id`.
        creation_date: When the entry was recorded.
        instance_id: The instance whose log the entry is in.
        primary_target_id: The thing that the request was about, such as an organization or a user.
        primary_target_type: What kind of thing the primary target is. New kinds appear over time.
        primary_target_name: The name of the primary target, as it was recorded.
        secondary_target_id: The thing within the primary target that the request was about, for
            example an invitation to an organization. Missing when it was about the primary target
            itself.
        secondary_target_type: What kind of thing the secondary target is. New kinds appear over
            time.
        secondary_target_name: The name of the secondary target, as it was recorded.
        actor_id: Who made the request.
        actor_type: What kind of thing made the request: a person (`User`) or a token (`ApiToken`).
            New kinds appear over time.
        actor_name: The name of the actor, as it was recorded. For a user, the e-mail address.
        request_resource: The API resource that was asked, by the name that Losant's API reference
            uses.
        request_action: What it was asked to do, by the name that Losant's API reference uses, such
            as `post`, `patch` or `delete`.
        request_query_params: The query parameters of the request, by name.
        request_body: The body of the request: nearly always an object, but any JSON value can
            occur. Secrets are redacted.
        request_path_params: The path parameters of the request, by name: the identifiers of
            everything on the way to what was asked for.
        response_body: The body of the answer: mostly an object, sometimes an array, and any JSON
            value can occur. Secrets are redacted.
        response_status: The HTTP status of the answer. Not only 200: creating something can give
            201, and failed requests are recorded now and then.
    """

    id: str | None = None
    instance_audit_log_id: str | None = None
    creation_date: Timestamp | None = None
    instance_id: str | None = None
    primary_target_id: str | None = None
    primary_target_type: Open[InstanceAuditLogPrimaryTargetType] | None = None
    primary_target_name: str | None = None
    secondary_target_id: str | None = None
    secondary_target_type: Open[InstanceAuditLogSecondaryTargetType] | None = None
    secondary_target_name: str | None = None
    actor_id: str | None = None
    actor_type: Open[InstanceAuditLogActorType] | None = None
    actor_name: str | None = None
    request_resource: str | None = None
    request_action: str | None = None
    request_query_params: dict[str, Any] | None = None
    request_body: Sensitive[Any] | None = None
    request_path_params: dict[str, Any] | None = None
    response_body: Sensitive[Any] | None = None
    response_status: int | None = None


class InstanceAuditLogs(Model, frozen=True, kw_only=True, rename="camel"):
    """One page of an instance's audit log.

    Attributes:
        items: The entries of this page, in the order that was asked for.
        count: How many entries this page holds.
        total_count: How many entries all pages hold together.
        per_page: How many entries a page holds at most.
        page: The number of this page, counted from 0.
        sort_field: The field that the entries are sorted by.
        sort_direction: The direction that the entries are sorted in. Answers may spell it in
            capitals or leave it empty.
        instance_id: The instance whose log this is.
    """

    items: list[InstanceAuditLog] | None = None
    count: int | None = None
    total_count: int | None = None
    per_page: int | None = None
    page: int | None = None
    sort_field: str | None = None
    sort_direction: Open[InstanceAuditLogsSortDirection] | None = None
    instance_id: str | None = None


class InstanceAuditLogFilter(Model, frozen=True, kw_only=True, rename="camel"):
    """Which entries of an instance's audit log to return.

    Give one or more lists. An entry is meant to match a list when it matches any one of its items,
    and an item when it agrees with everything in it.

    Attributes:
        primary_target: The thing that the request was about, by id, type or name.
        secondary_target: The thing within the primary target, by id, type or name.
        actor: Who made the request, by id, type or name.
        request: What was asked for, by resource or action.
        response_code: The HTTP status of the answer. The server may refuse this list with status
            400: it reads the numbers of a URL as text and may then miss the integers that it
            expects. If so, leave it out and compare `responseStatus` yourself.
    """

    primary_target: list[InstanceAuditLogFilterPrimaryTarget] | None = None
    secondary_target: list[InstanceAuditLogFilterSecondaryTarget] | None = None
    actor: list[InstanceAuditLogFilterActor] | None = None
    request: list[InstanceAuditLogFilterRequest] | None = None
    response_code: list[int] | None = None


class InstanceAuditLogFilterPrimaryTarget(Model, frozen=True, kw_only=True):
    """The field `primary_target` of `InstanceAuditLogFilter`.

    Attributes:
        id: The identifier of the primary target.
        type: The type of the primary target.
        name: The name of the primary target.
    """

    id: str | None = None
    type: Open[InstanceAuditLogFilterPrimaryTargetType] | None = None
    name: str | None = None


class InstanceAuditLogFilterSecondaryTarget(Model, frozen=True, kw_only=True):
    """The field `secondary_target` of `InstanceAuditLogFilter`.

    Attributes:
        id: The identifier of the secondary target.
        type: The type of the secondary target.
        name: The name of the secondary target.
    """

    id: str | None = None
    type: Open[InstanceAuditLogFilterSecondaryTargetType] | None = None
    name: str | None = None


class InstanceAuditLogFilterActor(Model, frozen=True, kw_only=True):
    """The field `actor` of `InstanceAuditLogFilter`.

    Attributes:
        id: The identifier of the actor.
        type: The type of the actor.
        name: The name of the actor; for a user, the e-mail address.
    """

    id: str | None = None
    type: Open[InstanceAuditLogFilterActorType] | None = None
    name: str | None = None


class InstanceAuditLogFilterRequest(Model, frozen=True, kw_only=True):
    """The field `request` of `InstanceAuditLogFilter`.

    Attributes:
        resource: The API resource, such as `organization`.
        action: The action on the resource, such as `patch` or `delete`.
    """

    resource: str | None = None
    action: str | None = None


class Error(Model, frozen=True, kw_only=True):
    """What the API answers when it cannot do what was asked.

    Newer versions may add further fields, such as `validationErrors` to an error 400.

    Attributes:
        type: The kind of error, for programs, such as `NotFound` or `Validation`.
        message: What went wrong, for people. The wording may change.
    """

    type: str | None = None
    message: str | None = None


class AuditLogFilterDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `AuditLogFilter`."""

    primaryTarget: abc.Sequence[AuditLogFilterPrimaryTarget | AuditLogFilterPrimaryTargetDict]
    secondaryTarget: abc.Sequence[AuditLogFilterSecondaryTarget | AuditLogFilterSecondaryTargetDict]
    actor: abc.Sequence[AuditLogFilterActor | AuditLogFilterActorDict]
    request: abc.Sequence[AuditLogFilterRequest | AuditLogFilterRequestDict]
    responseCode: abc.Sequence[int]


class AuditLogFilterPrimaryTargetDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `AuditLogFilterPrimaryTarget`."""

    id: str
    type: AuditLogFilterPrimaryTargetType
    name: str


class AuditLogFilterSecondaryTargetDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `AuditLogFilterSecondaryTarget`."""

    id: str
    type: AuditLogFilterSecondaryTargetType
    name: str


class AuditLogFilterActorDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `AuditLogFilterActor`."""

    id: str
    type: AuditLogFilterActorType
    name: str


class AuditLogFilterRequestDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `AuditLogFilterRequest`."""

    resource: str
    action: str


class InstanceAuditLogFilterDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `InstanceAuditLogFilter`."""

    primaryTarget: abc.Sequence[
        InstanceAuditLogFilterPrimaryTarget | InstanceAuditLogFilterPrimaryTargetDict
    ]
    secondaryTarget: abc.Sequence[
        InstanceAuditLogFilterSecondaryTarget | InstanceAuditLogFilterSecondaryTargetDict
    ]
    actor: abc.Sequence[InstanceAuditLogFilterActor | InstanceAuditLogFilterActorDict]
    request: abc.Sequence[InstanceAuditLogFilterRequest | InstanceAuditLogFilterRequestDict]
    responseCode: abc.Sequence[int]


class InstanceAuditLogFilterPrimaryTargetDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `InstanceAuditLogFilterPrimaryTarget`."""

    id: str
    type: InstanceAuditLogFilterPrimaryTargetType
    name: str


class InstanceAuditLogFilterSecondaryTargetDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `InstanceAuditLogFilterSecondaryTarget`."""

    id: str
    type: InstanceAuditLogFilterSecondaryTargetType
    name: str


class InstanceAuditLogFilterActorDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `InstanceAuditLogFilterActor`."""

    id: str
    type: InstanceAuditLogFilterActorType
    name: str


class InstanceAuditLogFilterRequestDict(typing.TypedDict, total=False):
    """A mapping with the JSON names of `InstanceAuditLogFilterRequest`."""

    resource: str
    action: str
