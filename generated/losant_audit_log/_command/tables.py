# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Commands of the command line, with their options and arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .structure import Method, Option, Program, Resource


def audit_logs_commands() -> tuple[Method, ...]:
    """Return the commands of `audit_logs`."""
    return (
        Method(
            command="get",
            kind="call",
            method="get",
            operation="auditLogs.get",
            constant="GET",
            doc="Retrieve one audit log entry.",
            positional=(
                Option("ORG_ID", "ID associated with the organization.", name="org_id"),
                Option(
                    "AUDIT_LOG_ID",
                    "ID associated with the audit log: the `id` of the entry.",
                    name="audit_log_id",
                ),
            ),
            options=(
                Option(
                    "--losantdomain",
                    (
                        "The domain scope of the request. Rarely needed: set it only"
                        " if Losant instructs you to."
                    ),
                    name="losantdomain",
                ),
            ),
            columns=(
                "id",
                "auditLogId",
                "creationDate",
                "orgId",
                "primaryTargetId",
                "primaryTargetType",
                "primaryTargetName",
                "secondaryTargetId",
                "secondaryTargetType",
                "secondaryTargetName",
                "actorId",
                "actorType",
                "actorName",
                "requestResource",
                "requestAction",
                "requestQueryParams",
                "requestBody",
                "requestPathParams",
                "responseBody",
                "responseStatus",
            ),
        ),
        Method(
            command="list",
            kind="list",
            method="list",
            operation="auditLogs.list",
            constant="LIST",
            doc="List the audit log entries of an organization.",
            positional=(Option("ORG_ID", "ID associated with the organization.", name="org_id"),),
            options=(
                Option(
                    "--sort-field",
                    (
                        "The field to sort the entries by. Only `creationDate` is"
                        " stable while new entries are recorded. The server's default"
                        " is 'creationDate'."
                    ),
                    name="sort_field",
                    values=("creationDate", "responseStatus", "actorName"),
                ),
                Option(
                    "--sort-direction",
                    (
                        "The sort direction: `desc` for newest (or largest) first,"
                        " `asc` for oldest (or smallest) first. The server's default"
                        " is 'desc'."
                    ),
                    name="sort_direction",
                    values=("asc", "desc"),
                ),
                Option(
                    "--page",
                    (
                        "The number of the page to return, counted from 0. The"
                        " server's default is 0."
                    ),
                    name="page",
                    kind="integer",
                ),
                Option(
                    "--per-page",
                    (
                        "The number of entries per page. Losant documents no maximum;"
                        " the response has the page size that the server used. The"
                        " server's default is 100."
                    ),
                    name="per_page",
                    kind="integer",
                ),
                Option(
                    "--start",
                    (
                        "Start of the time span, in milliseconds since"
                        " 1970-01-01T00:00:00Z. Default: the oldest entry."
                    ),
                    name="start",
                    kind="time",
                ),
                Option(
                    "--end",
                    (
                        "End of the time span, in milliseconds since"
                        " 1970-01-01T00:00:00Z. By default the span has no end, and"
                        " new entries shift the pages."
                    ),
                    name="end",
                    kind="time",
                ),
                Option(
                    "--audit-log-filter",
                    (
                        "Return only entries that match this filter. The URL has its"
                        " members in brackets, with the indices of array items, for"
                        " example `auditLogFilter[actor][0][type]=User`. Default: all"
                        " entries."
                    ),
                    name="audit_log_filter",
                    kind="json",
                ),
                Option(
                    "--audit-log-filter.primaryTarget.id",
                    "The identifier of the primary target.",
                    name="audit_log_filter",
                    path=(("primaryTarget", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.primaryTarget.type",
                    "The type of the primary target.",
                    name="audit_log_filter",
                    values=("Application", "Dashboard", "OrgInvite"),
                    path=(("primaryTarget", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.primaryTarget.name",
                    "The name of the primary target.",
                    name="audit_log_filter",
                    path=(("primaryTarget", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.id",
                    "The identifier of the secondary target.",
                    name="audit_log_filter",
                    path=(("secondaryTarget", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.type",
                    "The type of the secondary target.",
                    name="audit_log_filter",
                    values=(
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
                    ),
                    path=(("secondaryTarget", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.name",
                    "The name of the secondary target.",
                    name="audit_log_filter",
                    path=(("secondaryTarget", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.actor.id",
                    "The identifier of the actor.",
                    name="audit_log_filter",
                    path=(("actor", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.actor.type",
                    "The type of the actor.",
                    name="audit_log_filter",
                    values=("Application", "Device", "Flow", "User", "ApiToken"),
                    path=(("actor", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.actor.name",
                    "The name of the actor; for a user, the e-mail address.",
                    name="audit_log_filter",
                    path=(("actor", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.request.resource",
                    "The API resource, such as `application` or `devices`.",
                    name="audit_log_filter",
                    path=(("request", True), ("resource", False)),
                ),
                Option(
                    "--audit-log-filter.request.action",
                    "The action on the resource, such as `patch` or `delete`.",
                    name="audit_log_filter",
                    path=(("request", True), ("action", False)),
                ),
                Option(
                    "--audit-log-filter.responseCode",
                    (
                        "Conditions on the HTTP status code of the response. The"
                        " server may reject this list with status 400, because it"
                        " does not convert the strings of a URL to integers. If so,"
                        " omit it and compare `responseStatus` of the returned"
                        " entries."
                    ),
                    name="audit_log_filter",
                    kind="integer",
                    path=(("responseCode", True),),
                ),
                Option(
                    "--losantdomain",
                    (
                        "The domain scope of the request. Rarely needed: set it only"
                        " if Losant instructs you to."
                    ),
                    name="losantdomain",
                ),
            ),
            columns=(
                "id",
                "auditLogId",
                "creationDate",
                "orgId",
                "primaryTargetId",
                "primaryTargetType",
                "primaryTargetName",
                "secondaryTargetId",
                "secondaryTargetType",
                "secondaryTargetName",
                "actorId",
                "actorType",
                "actorName",
                "requestResource",
                "requestAction",
                "requestQueryParams",
                "requestBody",
                "requestPathParams",
                "responseBody",
                "responseStatus",
            ),
        ),
        Method(
            command="check",
            kind="check",
            method="check",
            operation="auditLogs.list",
            constant="LIST",
            doc=("Check the connection with one request, and diagnose problems."),
            positional=(Option("ORG_ID", "ID associated with the organization.", name="org_id"),),
        ),
        Method(
            command="export",
            kind="export",
            method="walk",
            operation="auditLogs.list",
            constant="LIST",
            doc="Create or update an archive of the list.",
            positional=(
                Option(
                    "ORG_ID", "ID associated with the organization.", name="org_id", repeated=True
                ),
            ),
        ),
        Method(
            command="follow",
            kind="follow",
            method="follow",
            operation="auditLogs.list",
            constant="LIST",
            doc="Print new entries as JSONL while they are recorded.",
            positional=(Option("ORG_ID", "ID associated with the organization.", name="org_id"),),
            options=(
                Option(
                    "--per-page",
                    (
                        "The number of entries per page. Losant documents no maximum;"
                        " the response has the page size that the server used. The"
                        " server's default is 100."
                    ),
                    name="per_page",
                    kind="integer",
                ),
                Option(
                    "--start",
                    "The time of the first entries. Default: now.",
                    name="start",
                    kind="time",
                ),
                Option(
                    "--audit-log-filter",
                    (
                        "Return only entries that match this filter. The URL has its"
                        " members in brackets, with the indices of array items, for"
                        " example `auditLogFilter[actor][0][type]=User`. Default: all"
                        " entries."
                    ),
                    name="audit_log_filter",
                    kind="json",
                ),
                Option(
                    "--audit-log-filter.primaryTarget.id",
                    "The identifier of the primary target.",
                    name="audit_log_filter",
                    path=(("primaryTarget", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.primaryTarget.type",
                    "The type of the primary target.",
                    name="audit_log_filter",
                    values=("Application", "Dashboard", "OrgInvite"),
                    path=(("primaryTarget", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.primaryTarget.name",
                    "The name of the primary target.",
                    name="audit_log_filter",
                    path=(("primaryTarget", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.id",
                    "The identifier of the secondary target.",
                    name="audit_log_filter",
                    path=(("secondaryTarget", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.type",
                    "The type of the secondary target.",
                    name="audit_log_filter",
                    values=(
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
                    ),
                    path=(("secondaryTarget", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.name",
                    "The name of the secondary target.",
                    name="audit_log_filter",
                    path=(("secondaryTarget", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.actor.id",
                    "The identifier of the actor.",
                    name="audit_log_filter",
                    path=(("actor", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.actor.type",
                    "The type of the actor.",
                    name="audit_log_filter",
                    values=("Application", "Device", "Flow", "User", "ApiToken"),
                    path=(("actor", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.actor.name",
                    "The name of the actor; for a user, the e-mail address.",
                    name="audit_log_filter",
                    path=(("actor", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.request.resource",
                    "The API resource, such as `application` or `devices`.",
                    name="audit_log_filter",
                    path=(("request", True), ("resource", False)),
                ),
                Option(
                    "--audit-log-filter.request.action",
                    "The action on the resource, such as `patch` or `delete`.",
                    name="audit_log_filter",
                    path=(("request", True), ("action", False)),
                ),
                Option(
                    "--audit-log-filter.responseCode",
                    (
                        "Conditions on the HTTP status code of the response. The"
                        " server may reject this list with status 400, because it"
                        " does not convert the strings of a URL to integers. If so,"
                        " omit it and compare `responseStatus` of the returned"
                        " entries."
                    ),
                    name="audit_log_filter",
                    kind="integer",
                    path=(("responseCode", True),),
                ),
                Option(
                    "--losantdomain",
                    (
                        "The domain scope of the request. Rarely needed: set it only"
                        " if Losant instructs you to."
                    ),
                    name="losantdomain",
                ),
            ),
        ),
    )


def instance_audit_logs_commands() -> tuple[Method, ...]:
    """Return the commands of `instance_audit_logs`."""
    return (
        Method(
            command="get",
            kind="call",
            method="get",
            operation="instanceAuditLogs.get",
            constant="GET",
            doc="Retrieve one instance audit log entry.",
            positional=(
                Option("INSTANCE_ID", "ID associated with the instance.", name="instance_id"),
                Option(
                    "INSTANCE_AUDIT_LOG_ID",
                    ("ID associated with the instance audit log: the `id` of the entry."),
                    name="instance_audit_log_id",
                ),
            ),
            options=(
                Option(
                    "--losantdomain",
                    (
                        "The domain scope of the request. Rarely needed: set it only"
                        " if Losant instructs you to."
                    ),
                    name="losantdomain",
                ),
            ),
            columns=(
                "id",
                "instanceAuditLogId",
                "creationDate",
                "instanceId",
                "primaryTargetId",
                "primaryTargetType",
                "primaryTargetName",
                "secondaryTargetId",
                "secondaryTargetType",
                "secondaryTargetName",
                "actorId",
                "actorType",
                "actorName",
                "requestResource",
                "requestAction",
                "requestQueryParams",
                "requestBody",
                "requestPathParams",
                "responseBody",
                "responseStatus",
            ),
        ),
        Method(
            command="list",
            kind="list",
            method="list",
            operation="instanceAuditLogs.list",
            constant="LIST",
            doc="List the audit log entries of an instance.",
            positional=(
                Option("INSTANCE_ID", "ID associated with the instance.", name="instance_id"),
            ),
            options=(
                Option(
                    "--sort-field",
                    (
                        "The field to sort the entries by. Only `creationDate` is"
                        " stable while new entries are recorded. The server's default"
                        " is 'creationDate'."
                    ),
                    name="sort_field",
                    values=("creationDate", "responseStatus", "actorName"),
                ),
                Option(
                    "--sort-direction",
                    (
                        "The sort direction: `desc` for newest (or largest) first,"
                        " `asc` for oldest (or smallest) first. The server's default"
                        " is 'desc'."
                    ),
                    name="sort_direction",
                    values=("asc", "desc"),
                ),
                Option(
                    "--page",
                    (
                        "The number of the page to return, counted from 0. The"
                        " server's default is 0."
                    ),
                    name="page",
                    kind="integer",
                ),
                Option(
                    "--per-page",
                    (
                        "The number of entries per page. Losant documents no maximum;"
                        " the response has the page size that the server used. The"
                        " server's default is 100."
                    ),
                    name="per_page",
                    kind="integer",
                ),
                Option(
                    "--start",
                    (
                        "Start of the time span, in milliseconds since"
                        " 1970-01-01T00:00:00Z. Default: the oldest entry."
                    ),
                    name="start",
                    kind="time",
                ),
                Option(
                    "--end",
                    (
                        "End of the time span, in milliseconds since"
                        " 1970-01-01T00:00:00Z. By default the span has no end, and"
                        " new entries shift the pages."
                    ),
                    name="end",
                    kind="time",
                ),
                Option(
                    "--audit-log-filter",
                    (
                        "Return only entries that match this filter. The URL has its"
                        " members in brackets, with the indices of array items, for"
                        " example `auditLogFilter[actor][0][type]=User`. Default: all"
                        " entries."
                    ),
                    name="audit_log_filter",
                    kind="json",
                ),
                Option(
                    "--audit-log-filter.primaryTarget.id",
                    "The identifier of the primary target.",
                    name="audit_log_filter",
                    path=(("primaryTarget", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.primaryTarget.type",
                    "The type of the primary target.",
                    name="audit_log_filter",
                    values=(
                        "Organization",
                        "ApiToken",
                        "User",
                        "InstanceCustomNode",
                        "NotificationRule",
                    ),
                    path=(("primaryTarget", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.primaryTarget.name",
                    "The name of the primary target.",
                    name="audit_log_filter",
                    path=(("primaryTarget", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.id",
                    "The identifier of the secondary target.",
                    name="audit_log_filter",
                    path=(("secondaryTarget", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.type",
                    "The type of the secondary target.",
                    name="audit_log_filter",
                    values=("OrgInvite", "ApiToken"),
                    path=(("secondaryTarget", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.name",
                    "The name of the secondary target.",
                    name="audit_log_filter",
                    path=(("secondaryTarget", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.actor.id",
                    "The identifier of the actor.",
                    name="audit_log_filter",
                    path=(("actor", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.actor.type",
                    "The type of the actor.",
                    name="audit_log_filter",
                    values=("User", "ApiToken"),
                    path=(("actor", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.actor.name",
                    "The name of the actor; for a user, the e-mail address.",
                    name="audit_log_filter",
                    path=(("actor", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.request.resource",
                    "The API resource, such as `organization`.",
                    name="audit_log_filter",
                    path=(("request", True), ("resource", False)),
                ),
                Option(
                    "--audit-log-filter.request.action",
                    "The action on the resource, such as `patch` or `delete`.",
                    name="audit_log_filter",
                    path=(("request", True), ("action", False)),
                ),
                Option(
                    "--audit-log-filter.responseCode",
                    (
                        "Conditions on the HTTP status code of the response. The"
                        " server may reject this list with status 400, because it"
                        " does not convert the strings of a URL to integers. If so,"
                        " omit it and compare `responseStatus` of the returned"
                        " entries."
                    ),
                    name="audit_log_filter",
                    kind="integer",
                    path=(("responseCode", True),),
                ),
                Option(
                    "--losantdomain",
                    (
                        "The domain scope of the request. Rarely needed: set it only"
                        " if Losant instructs you to."
                    ),
                    name="losantdomain",
                ),
            ),
            columns=(
                "id",
                "instanceAuditLogId",
                "creationDate",
                "instanceId",
                "primaryTargetId",
                "primaryTargetType",
                "primaryTargetName",
                "secondaryTargetId",
                "secondaryTargetType",
                "secondaryTargetName",
                "actorId",
                "actorType",
                "actorName",
                "requestResource",
                "requestAction",
                "requestQueryParams",
                "requestBody",
                "requestPathParams",
                "responseBody",
                "responseStatus",
            ),
        ),
        Method(
            command="export",
            kind="export",
            method="walk",
            operation="instanceAuditLogs.list",
            constant="LIST",
            doc="Create or update an archive of the list.",
            positional=(
                Option(
                    "INSTANCE_ID",
                    "ID associated with the instance.",
                    name="instance_id",
                    repeated=True,
                ),
            ),
        ),
        Method(
            command="follow",
            kind="follow",
            method="follow",
            operation="instanceAuditLogs.list",
            constant="LIST",
            doc="Print new entries as JSONL while they are recorded.",
            positional=(
                Option("INSTANCE_ID", "ID associated with the instance.", name="instance_id"),
            ),
            options=(
                Option(
                    "--per-page",
                    (
                        "The number of entries per page. Losant documents no maximum;"
                        " the response has the page size that the server used. The"
                        " server's default is 100."
                    ),
                    name="per_page",
                    kind="integer",
                ),
                Option(
                    "--start",
                    "The time of the first entries. Default: now.",
                    name="start",
                    kind="time",
                ),
                Option(
                    "--audit-log-filter",
                    (
                        "Return only entries that match this filter. The URL has its"
                        " members in brackets, with the indices of array items, for"
                        " example `auditLogFilter[actor][0][type]=User`. Default: all"
                        " entries."
                    ),
                    name="audit_log_filter",
                    kind="json",
                ),
                Option(
                    "--audit-log-filter.primaryTarget.id",
                    "The identifier of the primary target.",
                    name="audit_log_filter",
                    path=(("primaryTarget", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.primaryTarget.type",
                    "The type of the primary target.",
                    name="audit_log_filter",
                    values=(
                        "Organization",
                        "ApiToken",
                        "User",
                        "InstanceCustomNode",
                        "NotificationRule",
                    ),
                    path=(("primaryTarget", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.primaryTarget.name",
                    "The name of the primary target.",
                    name="audit_log_filter",
                    path=(("primaryTarget", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.id",
                    "The identifier of the secondary target.",
                    name="audit_log_filter",
                    path=(("secondaryTarget", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.type",
                    "The type of the secondary target.",
                    name="audit_log_filter",
                    values=("OrgInvite", "ApiToken"),
                    path=(("secondaryTarget", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.secondaryTarget.name",
                    "The name of the secondary target.",
                    name="audit_log_filter",
                    path=(("secondaryTarget", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.actor.id",
                    "The identifier of the actor.",
                    name="audit_log_filter",
                    path=(("actor", True), ("id", False)),
                ),
                Option(
                    "--audit-log-filter.actor.type",
                    "The type of the actor.",
                    name="audit_log_filter",
                    values=("User", "ApiToken"),
                    path=(("actor", True), ("type", False)),
                ),
                Option(
                    "--audit-log-filter.actor.name",
                    "The name of the actor; for a user, the e-mail address.",
                    name="audit_log_filter",
                    path=(("actor", True), ("name", False)),
                ),
                Option(
                    "--audit-log-filter.request.resource",
                    "The API resource, such as `organization`.",
                    name="audit_log_filter",
                    path=(("request", True), ("resource", False)),
                ),
                Option(
                    "--audit-log-filter.request.action",
                    "The action on the resource, such as `patch` or `delete`.",
                    name="audit_log_filter",
                    path=(("request", True), ("action", False)),
                ),
                Option(
                    "--audit-log-filter.responseCode",
                    (
                        "Conditions on the HTTP status code of the response. The"
                        " server may reject this list with status 400, because it"
                        " does not convert the strings of a URL to integers. If so,"
                        " omit it and compare `responseStatus` of the returned"
                        " entries."
                    ),
                    name="audit_log_filter",
                    kind="integer",
                    path=(("responseCode", True),),
                ),
                Option(
                    "--losantdomain",
                    (
                        "The domain scope of the request. Rarely needed: set it only"
                        " if Losant instructs you to."
                    ),
                    name="losantdomain",
                ),
            ),
        ),
    )


def archive(program: Program, arguments: Sequence[str]) -> int:
    """Run a command on archives."""
    from .archives import archive as _archive

    return _archive(program, arguments)


def export(program: Program, resource: Resource, method: Method, given: Mapping[str, Any]) -> int:
    """Run an export."""
    from .exports import export as _export

    return _export(program, resource, method, given)


def follow(program: Program, resource: Resource, method: Method, given: Mapping[str, Any]) -> int:
    """Run a follow."""
    from .follows import follow as _follow

    return _follow(program, resource, method, given)


PROGRAM = Program(
    name="losant-audit-log",
    version="0.1.0",
    doc="Command line of the Losant Audit Log API.",
    variable="LOSANT_API_TOKEN",
    variables=("LOSANT_API_TOKEN",),
    resources=(
        Resource(
            "audit-logs",
            "audit_logs",
            "The audit log of one organization, for its administrators.",
            audit_logs_commands,
        ),
        Resource(
            "instance-audit-logs",
            "instance_audit_logs",
            ("The audit log of one instance (a Losant installation), for its administrators."),
            instance_audit_logs_commands,
        ),
    ),
    archive=archive,
    export=export,
    follow=follow,
)
