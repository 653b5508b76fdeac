# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Schemas for the validation of arguments."""

from __future__ import annotations

from typing import get_args

from . import models
from ._runtime.arguments.composites import Array, Object
from ._runtime.arguments.schemas import Integer, String

SORT_FIELD = String(enum=get_args(models.SortField))

SORT_DIRECTION = String(enum=get_args(models.SortDirection))

AUDIT_LOG_FILTER_PRIMARY_TARGET_TYPE = String(enum=get_args(models.AuditLogFilterPrimaryTargetType))

AUDIT_LOG_FILTER_PRIMARY_TARGET = Object(
    properties={
        "id": String(pattern="^[A-Fa-f0-9]{24}\\Z"),
        "type": AUDIT_LOG_FILTER_PRIMARY_TARGET_TYPE,
        "name": String(max_length=1024),
    },
    additional=None,
)

AUDIT_LOG_FILTER_SECONDARY_TARGET_TYPE = String(
    enum=get_args(models.AuditLogFilterSecondaryTargetType)
)

AUDIT_LOG_FILTER_SECONDARY_TARGET = Object(
    properties={
        "id": String(pattern="^[A-Fa-f0-9]{24}\\Z"),
        "type": AUDIT_LOG_FILTER_SECONDARY_TARGET_TYPE,
        "name": String(max_length=1024),
    },
    additional=None,
)

AUDIT_LOG_FILTER_ACTOR_TYPE = String(enum=get_args(models.AuditLogFilterActorType))

AUDIT_LOG_FILTER_ACTOR = Object(
    properties={
        "id": String(pattern="^[A-Fa-f0-9]{24}\\Z"),
        "type": AUDIT_LOG_FILTER_ACTOR_TYPE,
        "name": String(max_length=1024),
    },
    additional=None,
)

AUDIT_LOG_FILTER_REQUEST = Object(
    properties={"resource": String(max_length=1024), "action": String(max_length=1024)},
    additional=None,
)

AUDIT_LOG_FILTER = Object(
    properties={
        "primaryTarget": Array(items=AUDIT_LOG_FILTER_PRIMARY_TARGET, max_items=20),
        "secondaryTarget": Array(items=AUDIT_LOG_FILTER_SECONDARY_TARGET, max_items=20),
        "actor": Array(items=AUDIT_LOG_FILTER_ACTOR, max_items=20),
        "request": Array(items=AUDIT_LOG_FILTER_REQUEST, max_items=20),
        "responseCode": Array(items=Integer(minimum=100, maximum=599), max_items=20),
    },
    additional=None,
)

INSTANCE_AUDIT_LOG_FILTER_PRIMARY_TARGET_TYPE = String(
    enum=get_args(models.InstanceAuditLogFilterPrimaryTargetType)
)

INSTANCE_AUDIT_LOG_FILTER_PRIMARY_TARGET = Object(
    properties={
        "id": String(pattern="^[A-Fa-f0-9]{24}\\Z"),
        "type": INSTANCE_AUDIT_LOG_FILTER_PRIMARY_TARGET_TYPE,
        "name": String(max_length=1024),
    },
    additional=None,
)

INSTANCE_AUDIT_LOG_FILTER_SECONDARY_TARGET_TYPE = String(
    enum=get_args(models.InstanceAuditLogFilterSecondaryTargetType)
)

INSTANCE_AUDIT_LOG_FILTER_SECONDARY_TARGET = Object(
    properties={
        "id": String(pattern="^[A-Fa-f0-9]{24}\\Z"),
        "type": INSTANCE_AUDIT_LOG_FILTER_SECONDARY_TARGET_TYPE,
        "name": String(max_length=1024),
    },
    additional=None,
)

INSTANCE_AUDIT_LOG_FILTER_ACTOR_TYPE = String(enum=get_args(models.InstanceAuditLogFilterActorType))

INSTANCE_AUDIT_LOG_FILTER_ACTOR = Object(
    properties={
        "id": String(pattern="^[A-Fa-f0-9]{24}\\Z"),
        "type": INSTANCE_AUDIT_LOG_FILTER_ACTOR_TYPE,
        "name": String(max_length=1024),
    },
    additional=None,
)

INSTANCE_AUDIT_LOG_FILTER_REQUEST = Object(
    properties={"resource": String(max_length=1024), "action": String(max_length=1024)},
    additional=None,
)

INSTANCE_AUDIT_LOG_FILTER = Object(
    properties={
        "primaryTarget": Array(items=INSTANCE_AUDIT_LOG_FILTER_PRIMARY_TARGET, max_items=20),
        "secondaryTarget": Array(items=INSTANCE_AUDIT_LOG_FILTER_SECONDARY_TARGET, max_items=20),
        "actor": Array(items=INSTANCE_AUDIT_LOG_FILTER_ACTOR, max_items=20),
        "request": Array(items=INSTANCE_AUDIT_LOG_FILTER_REQUEST, max_items=20),
        "responseCode": Array(items=Integer(minimum=100, maximum=599), max_items=20),
    },
    additional=None,
)
