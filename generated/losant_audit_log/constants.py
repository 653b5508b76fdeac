# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Constants with the documented values of the API's enumerations.

Responses may contain other values, which are returned as strings. Requests accept only these.
"""

from __future__ import annotations

from typing import Final


class AuditLogPrimaryTargetType:
    """The type of the primary target. New types are added over time."""

    APPLICATION: Final = "Application"
    DASHBOARD: Final = "Dashboard"
    ORG_INVITE: Final = "OrgInvite"


class AuditLogSecondaryTargetType:
    """The type of the secondary target. New types are added over time."""

    API_TOKEN: Final = "ApiToken"
    APPLICATION_CERTIFICATE_AUTHORITY: Final = "ApplicationCertificateAuthority"
    APPLICATION_CERTIFICATE: Final = "ApplicationCertificate"
    APPLICATION_KEY: Final = "ApplicationKey"
    CREDENTIAL: Final = "Credential"
    DASHBOARD: Final = "Dashboard"
    DATA_TABLE: Final = "DataTable"
    DEVICE: Final = "Device"
    DEVICE_RECIPE: Final = "DeviceRecipe"
    EVENT: Final = "Event"
    EXPERIENCE_DOMAIN: Final = "ExperienceDomain"
    EXPERIENCE_ENDPOINT: Final = "ExperienceEndpoint"
    EXPERIENCE_GROUP: Final = "ExperienceGroup"
    EXPERIENCE_SLUG: Final = "ExperienceSlug"
    EXPERIENCE_USER: Final = "ExperienceUser"
    EXPERIENCE_VERSION: Final = "ExperienceVersion"
    EXPERIENCE_VIEW: Final = "ExperienceView"
    FILE: Final = "File"
    FLOW: Final = "Flow"
    INTEGRATION: Final = "Integration"
    NOTEBOOK: Final = "Notebook"
    PRIVATE_FILE: Final = "PrivateFile"
    RESOURCE_JOB: Final = "ResourceJob"
    WEBHOOK: Final = "Webhook"


class AuditLogActorType:
    """The type of the actor.

    A person (`User`), an API token (`ApiToken`), or an application, device or workflow (`Flow`).
    New types are added over time.
    """

    APPLICATION: Final = "Application"
    DEVICE: Final = "Device"
    FLOW: Final = "Flow"
    USER: Final = "User"
    API_TOKEN: Final = "ApiToken"


class AuditLogsSortDirection:
    """The sort direction of the entries. Responses may have it in capitals, or empty."""

    Asc: Final = "asc"
    Desc: Final = "desc"
    ASC: Final = "ASC"
    DESC: Final = "DESC"
    EMPTY: Final = ""


class AuditLogFilterPrimaryTargetType:
    """The type of the primary target."""

    APPLICATION: Final = "Application"
    DASHBOARD: Final = "Dashboard"
    ORG_INVITE: Final = "OrgInvite"


class AuditLogFilterSecondaryTargetType:
    """The type of the secondary target."""

    API_TOKEN: Final = "ApiToken"
    APPLICATION_CERTIFICATE_AUTHORITY: Final = "ApplicationCertificateAuthority"
    APPLICATION_CERTIFICATE: Final = "ApplicationCertificate"
    APPLICATION_KEY: Final = "ApplicationKey"
    CREDENTIAL: Final = "Credential"
    DASHBOARD: Final = "Dashboard"
    DATA_TABLE: Final = "DataTable"
    DEVICE: Final = "Device"
    DEVICE_RECIPE: Final = "DeviceRecipe"
    EVENT: Final = "Event"
    EXPERIENCE_DOMAIN: Final = "ExperienceDomain"
    EXPERIENCE_ENDPOINT: Final = "ExperienceEndpoint"
    EXPERIENCE_GROUP: Final = "ExperienceGroup"
    EXPERIENCE_SLUG: Final = "ExperienceSlug"
    EXPERIENCE_USER: Final = "ExperienceUser"
    EXPERIENCE_VERSION: Final = "ExperienceVersion"
    EXPERIENCE_VIEW: Final = "ExperienceView"
    FILE: Final = "File"
    FLOW: Final = "Flow"
    INTEGRATION: Final = "Integration"
    NOTEBOOK: Final = "Notebook"
    PRIVATE_FILE: Final = "PrivateFile"
    RESOURCE_JOB: Final = "ResourceJob"
    WEBHOOK: Final = "Webhook"


class AuditLogFilterActorType:
    """The type of the actor."""

    APPLICATION: Final = "Application"
    DEVICE: Final = "Device"
    FLOW: Final = "Flow"
    USER: Final = "User"
    API_TOKEN: Final = "ApiToken"


class InstanceAuditLogPrimaryTargetType:
    """The type of the primary target. New types are added over time."""

    ORGANIZATION: Final = "Organization"
    API_TOKEN: Final = "ApiToken"
    USER: Final = "User"
    INSTANCE_CUSTOM_NODE: Final = "InstanceCustomNode"
    NOTIFICATION_RULE: Final = "NotificationRule"


class InstanceAuditLogSecondaryTargetType:
    """The type of the secondary target. New types are added over time."""

    ORG_INVITE: Final = "OrgInvite"
    API_TOKEN: Final = "ApiToken"


class InstanceAuditLogActorType:
    """The type of the actor: a person (`User`) or an API token (`ApiToken`).

    New types are added over time.
    """

    USER: Final = "User"
    API_TOKEN: Final = "ApiToken"


class InstanceAuditLogsSortDirection:
    """The sort direction of the entries. Responses may have it in capitals, or empty."""

    Asc: Final = "asc"
    Desc: Final = "desc"
    ASC: Final = "ASC"
    DESC: Final = "DESC"
    EMPTY: Final = ""


class InstanceAuditLogFilterPrimaryTargetType:
    """The type of the primary target."""

    ORGANIZATION: Final = "Organization"
    API_TOKEN: Final = "ApiToken"
    USER: Final = "User"
    INSTANCE_CUSTOM_NODE: Final = "InstanceCustomNode"
    NOTIFICATION_RULE: Final = "NotificationRule"


class InstanceAuditLogFilterSecondaryTargetType:
    """The type of the secondary target."""

    ORG_INVITE: Final = "OrgInvite"
    API_TOKEN: Final = "ApiToken"


class InstanceAuditLogFilterActorType:
    """The type of the actor."""

    USER: Final = "User"
    API_TOKEN: Final = "ApiToken"


class SortField:
    """Values in the argument `sort_field` of `audit_logs.list()`."""

    CREATION_DATE: Final = "creationDate"
    RESPONSE_STATUS: Final = "responseStatus"
    ACTOR_NAME: Final = "actorName"


class SortDirection:
    """Values in the argument `sort_direction` of `audit_logs.list()`."""

    ASC: Final = "asc"
    DESC: Final = "desc"
