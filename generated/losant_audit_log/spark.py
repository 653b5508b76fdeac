# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Data source for Apache Spark 4, in batches and in streams.

It requires the extra `spark`. No other module of the package imports this one.
"""

from __future__ import annotations

from collections.abc import Callable

from ._spark.logs import Log, Service
from ._spark.source import data_source
from .client import Client

__all__ = ["LosantAuditLog"]


def _open_client(token: Callable[[], str] | None, base_url: str | None) -> Client:
    return Client(token, base_url=base_url)


LosantAuditLog = data_source(
    "LosantAuditLog",
    __name__,
    """Data source for Apache Spark with the lists of the Losant Audit Log API.

    Pass it to `spark.dataSource.register`; the format is `losant_audit_log`.
    """,
    Service(
        format="losant_audit_log",
        logs={
            "audit_logs": Log(walk="audit_logs.walk", arguments=("org_id",), ids="orgs"),
            "instance_audit_logs": Log(
                walk="instance_audit_logs.walk", arguments=("instance_id",), ids="instances"
            ),
        },
        open_client=_open_client,
        variable="LOSANT_API_TOKEN",
    ),
)
