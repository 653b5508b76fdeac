"""Losant's published examples, for comparison in tests."""

from __future__ import annotations

from typing import Any, Final

ORG: Final = "575ed6e87ae143cd83dc4aa8"
ENTRY: Final = "57955788124b37010084c053"
INSTANCE: Final = "575ed6e87ae143cd83dc4aa8"
INSTANCE_ENTRY: Final = "586e9d5151265cb9d72f6ec6"

GET_PATH: Final = f"/orgs/{ORG}/audit-logs/{ENTRY}"
LIST_PATH: Final = f"/orgs/{ORG}/audit-logs"
INSTANCE_GET_PATH: Final = f"/instance/{INSTANCE}/audit-logs/{INSTANCE_ENTRY}"
INSTANCE_LIST_PATH: Final = f"/instance/{INSTANCE}/audit-logs"

AUDIT_LOG: Final[dict[str, Any]] = {
    "id": "586e9d5151265cb9d72f6ec6",
    "auditLogId": "586e9d5151265cb9d72f6ec6",
    "creationDate": "2016-06-13T04:00:00.000Z",
    "orgId": "575ed6e87ae143cd83dc4aa8",
    "primaryTargetId": "575ec8687ae143cd83dc4a97",
    "primaryTargetType": "Application",
    "primaryTargetName": "My Application",
    "actorId": "575ed70c7ae143cd83dc4aa9",
    "actorType": "User",
    "actorName": "actor@example.com",
    "requestResource": "application",
    "requestAction": "delete",
    "requestQueryParams": {},
    "requestBody": {},
    "requestPathParams": {"applicationId": "575ec8687ae143cd83dc4a97"},
    "responseBody": {"success": True},
    "responseStatus": 200,
}

AUDIT_LOGS: Final[dict[str, Any]] = {
    "items": [AUDIT_LOG],
    "count": 1,
    "totalCount": 4,
    "perPage": 1,
    "page": 0,
    "sortField": "creationDate",
    "sortDirection": "desc",
    "orgId": "575ed6e87ae143cd83dc4aa8",
}

INSTANCE_AUDIT_LOG: Final[dict[str, Any]] = {
    "id": "586e9d5151265cb9d72f6ec6",
    "instanceAuditLogId": "586e9d5151265cb9d72f6ec6",
    "creationDate": "2016-06-13T04:00:00.000Z",
    "instanceId": "575ed6e87ae143cd83dc4aa8",
    "primaryTargetId": "575ec8687ae143cd83dc4a97",
    "primaryTargetType": "Organization",
    "primaryTargetName": "My Org",
    "actorId": "575ed70c7ae143cd83dc4aa9",
    "actorType": "User",
    "actorName": "actor@example.com",
    "requestResource": "organization",
    "requestAction": "delete",
    "requestQueryParams": {},
    "requestBody": {},
    "requestPathParams": {"organizationId": "575ec8687ae143cd83dc4a97"},
    "responseBody": {"success": True},
    "responseStatus": 200,
}

INSTANCE_AUDIT_LOGS: Final[dict[str, Any]] = {
    "items": [INSTANCE_AUDIT_LOG],
    "count": 1,
    "totalCount": 4,
    "perPage": 1,
    "page": 0,
    "sortField": "creationDate",
    "sortDirection": "desc",
    "instanceId": "575ed6e87ae143cd83dc4aa8",
}

ERROR: Final[dict[str, Any]] = {"type": "NotFound", "message": "Application was not found"}
