# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Models of the JSON objects of the API.

A received model keeps all of its data: see `raw`, `extra`, `to_dict()` and `to_json()`. A missing
field is `None`.
"""

from __future__ import annotations

import typing
from collections import abc
from typing import Any, Literal, TypeAlias

from ._runtime.models.model import Model, Open, Sensitive, Timestamp

AuditLogPrimaryTargetType: TypeAlias = Literal["Application", "Dashboard", "OrgInvite"]
"""The type of the primary target. New types are added over time."""

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
"""The type of the secondary target. New types are added over time."""

AuditLogActorType: TypeAlias = Literal["Application", "Device", "Flow", "User", "ApiToken"]
"""The type of the actor.

A person (`User`), an API token (`ApiToken`), or an application, device or workflow (`Flow`). New
types are added over time.
"""

AuditLogsSortDirection: TypeAlias = Literal["asc", "desc", "ASC", "DESC", ""]
"""The sort direction of the entries. Responses may have it in capitals, or empty."""

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
"""The type of the primary target. New types are added over time."""

InstanceAuditLogSecondaryTargetType: TypeAlias = Literal["OrgInvite", "ApiToken"]
"""The type of the secondary target. New types are added over time."""

InstanceAuditLogActorType: TypeAlias = Literal["User", "ApiToken"]
"""The type of the actor: a person (`User`) or an API token (`ApiToken`).

New types are added over time.
"""

InstanceAuditLogsSortDirection: TypeAlias = Literal["asc", "desc", "ASC", "DESC", ""]
"""The sort direction of the entries. Responses may have it in capitals, or empty."""

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

    A recorded request and its response, with the actor that sent the request and the resources
    (targets) that it concerned.

    Attributes:
        id: The identifier of the entry and of the recorded request, which Losant's user interface
            shows after "Req.".
        audit_log_id: The same value as `id`.
        creation_date: The time at which the entry was recorded.
        org_id: The identifier of the organization.
        primary_target_id: The identifier of the primary target: an application, a dashboard or an
            invitation. Missing if the request concerned the organization itself.
        primary_target_type: The type of the primary target. New types are added over time.
        primary_target_name: The name of the primary target at the time of the request.
        secondary_target_id: The identifier of the secondary target, a resource of the primary
            target, such as a device of an application. Missing if the request concerned the primary
            target itself.
        secondary_target_type: The type of the secondary target. New types are added over time.
        secondary_target_name: The name of the secondary target at the time of the request.
        actor_id: The identifier of the actor, which sent the request.
        actor_type: The type of the actor: a person (`User`), an API token (`ApiToken`), or an
            application, device or workflow (`Flow`). New types are added over time.
        actor_name: The name of the actor at the time of the request. For a user, the e-mail
            address.
        request_resource: The requested API resource, named as in Losant's API reference, such as
            `application`, `flow` or `devices`.
        request_action: The requested action, named as in Losant's API reference, such as `post`,
            `patch`, `delete` or `inviteMember`.
        request_query_params: The query parameters of the request, by name.
        request_body: The body of the request: usually an object, but any JSON value can occur.
            Secrets are redacted.
        request_path_params: The path parameters of the request, by name: the identifiers of the
            resource and of those that contain it.
        response_body: The body of the response: usually an object, but any JSON value can occur.
            Secrets are redacted.
        response_status: The HTTP status code of the response, such as 200, or 201 for a created
            resource. Some failed requests are recorded, too.
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
        items: The entries of this page, in the requested order.
        count: The number of entries on this page.
        total_count: The number of entries on all pages.
        per_page: The maximum number of entries on a page.
        page: The number of this page, counted from 0.
        sort_field: The field that the entries are sorted by.
        sort_direction: The sort direction of the entries. Responses may have it in capitals, or
            empty.
        org_id: The identifier of the organization.
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
    """A filter on the entries of an organization's audit log.

    It has one or more lists of conditions. An entry matches a list if it matches any one of its
    items, and an item if it has all values of the item.

    Attributes:
        primary_target: Conditions on the primary target, by id, type or name.
        secondary_target: Conditions on the secondary target, by id, type or name.
        actor: Conditions on the actor, by id, type or name.
        request: Conditions on the request, by resource or action.
        response_code: Conditions on the HTTP status code of the response. The server may reject
            this list with status 400, because it does not convert the strings of a URL to integers.
            If so, omit it and compare `responseStatus` of the returned entries.
    """

    primary_target: list[AuditLogFilterPrimaryTarget] | None = None
    secondary_target: list[AuditLogFilterSecondaryTarget] | None = None
    actor: list[AuditLogFilterActor] | None = None
    request: list[AuditLogFilterRequest] | None = None
    response_code: list[int] | None = None


class AuditLogFilterPrimaryTarget(Model, frozen=True, kw_only=True):
    """Object in the field `primary_target` of `AuditLogFilter`.

    Attributes:
        id: The identifier of the primary target.
        type: The type of the primary target.
        name: The name of the primary target.
    """

    id: str | None = None
    type: Open[AuditLogFilterPrimaryTargetType] | None = None
    name: str | None = None


class AuditLogFilterSecondaryTarget(Model, frozen=True, kw_only=True):
    """Object in the field `secondary_target` of `AuditLogFilter`.

    Attributes:
        id: The identifier of the secondary target.
        type: The type of the secondary target.
        name: The name of the secondary target.
    """

    id: str | None = None
    type: Open[AuditLogFilterSecondaryTargetType] | None = None
    name: str | None = None


class AuditLogFilterActor(Model, frozen=True, kw_only=True):
    """Object in the field `actor` of `AuditLogFilter`.

    Attributes:
        id: The identifier of the actor.
        type: The type of the actor.
        name: The name of the actor; for a user, the e-mail address.
    """

    id: str | None = None
    type: Open[AuditLogFilterActorType] | None = None
    name: str | None = None


class AuditLogFilterRequest(Model, frozen=True, kw_only=True):
    """Object in the field `request` of `AuditLogFilter`.

    Attributes:
        resource: The API resource, such as `application` or `devices`.
        action: The action on the resource, such as `patch` or `delete`.
    """

    resource: str | None = None
    action: str | None = None


class InstanceAuditLog(Model, frozen=True, kw_only=True, rename="camel"):
    """One entry of an instance's audit log.

    A recorded request and its response, with the actor that sent the request and the resources
    (targets) that it concerned.

    Attributes:
        id: The identifier of the entry and of the recorded request.
        instance_audit_log_id: The same value as `id`.
        creation_date: The time at which the entry was recorded.
        instance_id: The identifier of the instance.
        primary_target_id: The identifier of the primary target, such as an organization or a user.
        primary_target_type: The type of the primary target. New types are added over time.
        primary_target_name: The name of the primary target at the time of the request.
        secondary_target_id: The identifier of the secondary target, a resource of the primary
            target, such as an invitation to an organization. Missing if the request concerned the
            primary target itself.
        secondary_target_type: The type of the secondary target. New types are added over time.
        secondary_target_name: The name of the secondary target at the time of the request.
        actor_id: The identifier of the actor, which sent the request.
        actor_type: The type of the actor: a person (`User`) or an API token (`ApiToken`). New types
            are added over time.
        actor_name: The name of the actor at the time of the request. For a user, the e-mail
            address.
        request_resource: The requested API resource, named as in Losant's API reference.
        request_action: The requested action, named as in Losant's API reference, such as `post`,
            `patch` or `delete`.
        request_query_params: The query parameters of the request, by name.
        request_body: The body of the request: usually an object, but any JSON value can occur.
            Secrets are redacted.
        request_path_params: The path parameters of the request, by name: the identifiers of the
            resource and of those that contain it.
        response_body: The body of the response: usually an object, but any JSON value can occur.
            Secrets are redacted.
        response_status: The HTTP status code of the response, such as 200, or 201 for a created
            resource. Some failed requests are recorded, too.
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
        items: The entries of this page, in the requested order.
        count: The number of entries on this page.
        total_count: The number of entries on all pages.
        per_page: The maximum number of entries on a page.
        page: The number of this page, counted from 0.
        sort_field: The field that the entries are sorted by.
        sort_direction: The sort direction of the entries. Responses may have it in capitals, or
            empty.
        instance_id: The identifier of the instance.
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
    """A filter on the entries of an instance's audit log.

    It has one or more lists of conditions. An entry matches a list if it matches any one of its
    items, and an item if it has all values of the item.

    Attributes:
        primary_target: Conditions on the primary target, by id, type or name.
        secondary_target: Conditions on the secondary target, by id, type or name.
        actor: Conditions on the actor, by id, type or name.
        request: Conditions on the request, by resource or action.
        response_code: Conditions on the HTTP status code of the response. The server may reject
            this list with status 400, because it does not convert the strings of a URL to integers.
            If so, omit it and compare `responseStatus` of the returned entries.
    """

    primary_target: list[InstanceAuditLogFilterPrimaryTarget] | None = None
    secondary_target: list[InstanceAuditLogFilterSecondaryTarget] | None = None
    actor: list[InstanceAuditLogFilterActor] | None = None
    request: list[InstanceAuditLogFilterRequest] | None = None
    response_code: list[int] | None = None


class InstanceAuditLogFilterPrimaryTarget(Model, frozen=True, kw_only=True):
    """Object in the field `primary_target` of `InstanceAuditLogFilter`.

    Attributes:
        id: The identifier of the primary target.
        type: The type of the primary target.
        name: The name of the primary target.
    """

    id: str | None = None
    type: Open[InstanceAuditLogFilterPrimaryTargetType] | None = None
    name: str | None = None


class InstanceAuditLogFilterSecondaryTarget(Model, frozen=True, kw_only=True):
    """Object in the field `secondary_target` of `InstanceAuditLogFilter`.

    Attributes:
        id: The identifier of the secondary target.
        type: The type of the secondary target.
        name: The name of the secondary target.
    """

    id: str | None = None
    type: Open[InstanceAuditLogFilterSecondaryTargetType] | None = None
    name: str | None = None


class InstanceAuditLogFilterActor(Model, frozen=True, kw_only=True):
    """Object in the field `actor` of `InstanceAuditLogFilter`.

    Attributes:
        id: The identifier of the actor.
        type: The type of the actor.
        name: The name of the actor; for a user, the e-mail address.
    """

    id: str | None = None
    type: Open[InstanceAuditLogFilterActorType] | None = None
    name: str | None = None


class InstanceAuditLogFilterRequest(Model, frozen=True, kw_only=True):
    """Object in the field `request` of `InstanceAuditLogFilter`.

    Attributes:
        resource: The API resource, such as `organization`.
        action: The action on the resource, such as `patch` or `delete`.
    """

    resource: str | None = None
    action: str | None = None


class Error(Model, frozen=True, kw_only=True):
    """The body of an error response.

    Newer versions may add fields, such as `validationErrors` to a 400.

    Attributes:
        type: The type of the error, such as `NotFound` or `Validation`.
        message: A human-readable message, whose wording may change.
    """

    type: str | None = None
    message: str | None = None


class AuditLogFilterDict(typing.TypedDict, total=False):
    """Mapping with the JSON names of `AuditLogFilter`."""

    primaryTarget: abc.Sequence[AuditLogFilterPrimaryTarget | AuditLogFilterPrimaryTargetDict]
    secondaryTarget: abc.Sequence[AuditLogFilterSecondaryTarget | AuditLogFilterSecondaryTargetDict]
    actor: abc.Sequence[AuditLogFilterActor | AuditLogFilterActorDict]
    request: abc.Sequence[AuditLogFilterRequest | AuditLogFilterRequestDict]
    responseCode: abc.Sequence[int]


class AuditLogFilterPrimaryTargetDict(typing.TypedDict, total=False):
    """Mapping with the JSON names of `AuditLogFilterPrimaryTarget`."""

    id: str
    type: AuditLogFilterPrimaryTargetType
    name: str


class AuditLogFilterSecondaryTargetDict(typing.TypedDict, total=False):
    """Mapping with the JSON names of `AuditLogFilterSecondaryTarget`."""

    id: str
    type: AuditLogFilterSecondaryTargetType
    name: str


class AuditLogFilterActorDict(typing.TypedDict, total=False):
    """Mapping with the JSON names of `AuditLogFilterActor`."""

    id: str
    type: AuditLogFilterActorType
    name: str


class AuditLogFilterRequestDict(typing.TypedDict, total=False):
    """Mapping with the JSON names of `AuditLogFilterRequest`."""

    resource: str
    action: str


class InstanceAuditLogFilterDict(typing.TypedDict, total=False):
    """Mapping with the JSON names of `InstanceAuditLogFilter`."""

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
    """Mapping with the JSON names of `InstanceAuditLogFilterPrimaryTarget`."""

    id: str
    type: InstanceAuditLogFilterPrimaryTargetType
    name: str


class InstanceAuditLogFilterSecondaryTargetDict(typing.TypedDict, total=False):
    """Mapping with the JSON names of `InstanceAuditLogFilterSecondaryTarget`."""

    id: str
    type: InstanceAuditLogFilterSecondaryTargetType
    name: str


class InstanceAuditLogFilterActorDict(typing.TypedDict, total=False):
    """Mapping with the JSON names of `InstanceAuditLogFilterActor`."""

    id: str
    type: InstanceAuditLogFilterActorType
    name: str


class InstanceAuditLogFilterRequestDict(typing.TypedDict, total=False):
    """Mapping with the JSON names of `InstanceAuditLogFilterRequest`."""

    resource: str
    action: str
