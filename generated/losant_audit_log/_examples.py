# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Examples in the OpenAPI document, which the test mock returns."""

from __future__ import annotations

from ._runtime.mock.examples import MockOperation
from ._runtime.mock.pages import PagedMockOperation
from ._runtime.mock.selection import select_entries
from .resources import audit_logs, instance_audit_logs

EXAMPLES_400 = {
    "malformedId": {
        "type": "Validation",
        "message": "orgId: does not match the pattern ^[A-Fa-f\\d]{24}$",
    }
}
EXAMPLES_401 = {
    "invalidToken": {"type": "Unauthorized", "message": "Invalid access token"},
    "expiredToken": {"type": "Unauthorized", "message": "Access token has expired"},
}
EXAMPLES_403 = {
    "missingScope": {"type": "Forbidden", "message": "Access is forbidden"},
    "noToken": {"type": "Forbidden", "message": "Access is forbidden"},
}
EXAMPLES_404 = {"notFound": {"type": "NotFound", "message": "Application was not found"}}
EXAMPLES_429 = {"tooManyRequests": {"message": "Too many requests"}}
EXAMPLES_5_XX = {"unexpected": {"type": "Error", "message": "Internal server error"}}

MOCK_OPERATIONS: tuple[MockOperation, ...] = (
    MockOperation(
        operation=audit_logs.GET,
        examples={
            "200": {
                "deletedApplication": {
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
            },
            "400": EXAMPLES_400,
            "401": EXAMPLES_401,
            "403": EXAMPLES_403,
            "404": EXAMPLES_404,
            "429": EXAMPLES_429,
            "5XX": EXAMPLES_5_XX,
        },
        source="auditLogs.list",
    ),
    PagedMockOperation(
        operation=audit_logs.LIST,
        pagination=audit_logs.LIST_PAGES,
        examples={
            "200": {
                "firstOfFour": {
                    "items": [
                        {
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
                    ],
                    "count": 1,
                    "totalCount": 4,
                    "perPage": 1,
                    "page": 0,
                    "sortField": "creationDate",
                    "sortDirection": "desc",
                    "orgId": "575ed6e87ae143cd83dc4aa8",
                }
            },
            "400": EXAMPLES_400,
            "401": EXAMPLES_401,
            "403": EXAMPLES_403,
            "404": EXAMPLES_404,
            "429": EXAMPLES_429,
            "5XX": EXAMPLES_5_XX,
        },
        defaults={
            "sort_field": "creationDate",
            "sort_direction": "desc",
            "page": 0,
            "per_page": 100,
        },
        count="count",
        select=select_entries,
    ),
    MockOperation(
        operation=instance_audit_logs.GET,
        examples={
            "200": {
                "deletedOrganization": {
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
            },
            "400": EXAMPLES_400,
            "401": EXAMPLES_401,
            "403": EXAMPLES_403,
            "404": EXAMPLES_404,
            "429": EXAMPLES_429,
            "5XX": EXAMPLES_5_XX,
        },
        source="instanceAuditLogs.list",
    ),
    PagedMockOperation(
        operation=instance_audit_logs.LIST,
        pagination=instance_audit_logs.LIST_PAGES,
        examples={
            "200": {
                "firstOfFour": {
                    "items": [
                        {
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
                    ],
                    "count": 1,
                    "totalCount": 4,
                    "perPage": 1,
                    "page": 0,
                    "sortField": "creationDate",
                    "sortDirection": "desc",
                    "instanceId": "575ed6e87ae143cd83dc4aa8",
                }
            },
            "400": EXAMPLES_400,
            "401": EXAMPLES_401,
            "403": EXAMPLES_403,
            "404": EXAMPLES_404,
            "429": EXAMPLES_429,
            "5XX": EXAMPLES_5_XX,
        },
        defaults={
            "sort_field": "creationDate",
            "sort_direction": "desc",
            "page": 0,
            "per_page": 100,
        },
        count="count",
        select=select_entries,
    ),
)
