# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The client."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ._runtime.calls.options import CallOptions
from ._runtime.clients.client import BaseClient
from .resources.audit_logs import AuditLogsResource
from .resources.instance_audit_logs import InstanceAuditLogsResource

if TYPE_CHECKING:
    from ._runtime.check.connection import CheckResult


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

    def check(self, org_id: str, **options: Unpack[CallOptions]) -> CheckResult:
        """Try one call, and tell what stands in the way of others.

        It sends `GET /orgs/{orgId}/audit-logs` once, and never tries again. What it finds it does
        not raise, but gives: a token that is missing, malformed, expired or refused, a scope or a
        role that is missing, a wrong address, a wrong clock and more, each with what to do about
        it.

        Args:
            org_id: ID associated with the organization.
            **options: What any call takes; see `CallOptions`.

        Returns:
            What was found. It is true, as a condition, if nothing stands in the way.

        Raises:
            InvalidArgumentError: An argument does not fit; nothing was sent.
        """
        from ._runtime.check.connection import check
        from .resources.audit_logs import LIST_PAGES

        return self.run(check(self.settings, LIST_PAGES, {"org_id": org_id}, options, "JWT"))
