# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The asynchronous client."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ._public import publish
from ._runtime.calls.options import CallOptions
from ._runtime.clients.async_client import BaseAsyncClient
from .resources.audit_logs import AsyncAuditLogsResource
from .resources.instance_audit_logs import AsyncInstanceAuditLogsResource

if TYPE_CHECKING:
    from ._runtime.check.connection import CheckResult


class AsyncClient(BaseAsyncClient):
    """An asynchronous client for the Losant Audit Log API.

    The token is the argument `token`, or the environment variable `LOSANT_API_TOKEN`. The base URL
    is the argument `base_url`, or the environment variable `LOSANT_API_URL`, or
    https://api.losant.com.

    Use it as a context manager, `async with AsyncClient() as client: ...`, or call `aclose()` when
    it is no longer needed.
    """

    @cached_property
    def audit_logs(self) -> AsyncAuditLogsResource:
        """The audit log of one organization, for its administrators."""
        return AsyncAuditLogsResource(self)

    @cached_property
    def instance_audit_logs(self) -> AsyncInstanceAuditLogsResource:
        """The audit log of one instance.

        The audit log of one instance (an installation of Losant with all of its organizations), for
        its administrators.
        """
        return AsyncInstanceAuditLogsResource(self)

    async def check(self, org_id: str, **options: Unpack[CallOptions]) -> CheckResult:
        """Check the connection with one call, and diagnose any problem.

        Same as `Client.check`, but must be awaited.
        """
        from ._runtime.check.connection import check as _check
        from .resources.audit_logs import LIST_PAGES

        return await self.run(
            _check(self.client_settings, LIST_PAGES, {"org_id": org_id}, options, "JWT")
        )


publish(AsyncClient)
