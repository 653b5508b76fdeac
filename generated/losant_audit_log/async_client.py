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
    """Asynchronous client for the Losant Audit Log API.

    Use it as a context manager, `async with AsyncClient() as client: ...`, or call `aclose()` to
    close its connections.

    Args:
        token: The API access token, or a callable or coroutine function that returns it, called
            before every attempt. Default: the environment variable `LOSANT_API_TOKEN`.
        base_url: The base URL of the API. Default: the environment variable `LOSANT_API_URL`, or
            https://api.losant.com.
        timeout: The timeout of each step of a request in seconds, or an `httpx.Timeout`.
        max_retries: The maximum number of retries after a transient failure.
        max_response_bytes: The maximum size of a decompressed response, or of an item of a stream.
        http_client: An `httpx.AsyncClient` (or one of httpx2) to send requests with. Closing this
            client does not close it. Its timeouts apply unless `timeout` is passed.
        default_headers: Headers of every request.
        on_attempt: A callable that is called with an `Attempt` after every attempt.

    Raises:
        InvalidArgumentError: If an argument is invalid.
    """

    @cached_property
    def audit_logs(self) -> AsyncAuditLogsResource:
        """The audit log of one organization, for its administrators."""
        return AsyncAuditLogsResource(self)

    @cached_property
    def instance_audit_logs(self) -> AsyncInstanceAuditLogsResource:
        """The audit log of one instance (a Losant installation), for its administrators."""
        return AsyncInstanceAuditLogsResource(self)

    async def check(self, org_id: str, **options: Unpack[CallOptions]) -> CheckResult:
        """Check the connection with one request, and diagnose problems.

        It sends `GET /orgs/{orgId}/audit-logs` once, without retries. Problems are returned with
        advice, not raised: a missing, malformed, expired or rejected token, a missing scope or
        role, a wrong base URL, a wrong local clock, and others.

        Args:
            org_id: ID associated with the organization.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            The diagnosis, which is truthy if the request succeeded.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
        """
        from ._runtime.check.page import check_page as _check
        from .resources.audit_logs import LIST_PAGES

        return await self.run(
            _check(self.client_settings, LIST_PAGES, {"org_id": org_id}, options, "JWT")
        )


publish(AsyncClient)
