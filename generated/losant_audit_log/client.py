# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The client."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import BaseClient
from .resources.audit_logs import AuditLogsResource
from .resources.instance_audit_logs import InstanceAuditLogsResource


class Client(BaseClient):
    """A client for the Losant Audit Log API.

    The token comes from the argument `token`, or from the environment variable `LOSANT_API_TOKEN`;
    the address from `base_url`, from `LOSANT_API_URL`, or from the document
    (https://api.losant.com).

    Use it as a context manager, `with Client() as client: ...`, or call `close()` in the end.
    """

    @cached_property
    def audit_logs(self) -> AuditLogsResource:
        """The audit log of one organization, for its administrators."""
        return AuditLogsResource(self)

    @cached_property
    def instance_audit_logs(self) -> InstanceAuditLogsResource:
        """The audit log of one instance.

        The audit log of one instance (an installation of Losant with all of its organizations), for
        its administrators.
        """
        return InstanceAuditLogsResource(self)
