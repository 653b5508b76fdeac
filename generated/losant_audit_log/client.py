# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The synchronous client."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ._public import publish
from ._runtime.calls.options import CallOptions
from ._runtime.clients.client import BaseClient
from .resources.audit_logs import AuditLogsResource
from .resources.instance_audit_logs import InstanceAuditLogsResource

if TYPE_CHECKING:
    from ._runtime.check.connection import CheckResult


class Client(BaseClient):
    """A client for the Losant Audit Log API.

    The token is the argument `token`, or the environment variable `LOSANT_API_TOKEN`. The base URL
    is the argument `base_url`, or the environment variable `LOSANT_API_URL`, or
    https://api.losant.com.

    Use it as a context manager, `with Client() as client: ...`, or call `close()` when it is no
    longer needed.

    Args:
        token: The API access token, or a callable that returns one, called for every attempt.
            Default: the environment variable `LOSANT_API_TOKEN`.
        base_url: The base URL of the service. Default: the environment variable, or the API's own.
        timeout: Seconds for each step of a request, or an `httpx.Timeout`.
        max_retries: Maximum number of retries after a transient failure.
        max_response_bytes: Maximum size of a decompressed response, or of an item of a stream.
        http_client: An `httpx.Client` to use, or one of httpx2. It is not closed with this client.
            Its timeouts apply unless `timeout` is given.
        default_headers: Headers to send with every request.
        on_attempt: A callable that receives an `Attempt` after every attempt.

    Raises:
        InvalidArgumentError: If an argument is invalid.
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
        """Check the connection with one call, and diagnose any problem.

        It sends `GET /orgs/{orgId}/audit-logs` once, without retries. It returns what it finds
        instead of raising it: a missing, malformed, expired or rejected token, a missing scope or
        role, a wrong base URL, a wrong local clock and more, each with advice.

        Args:
            org_id: ID associated with the organization.
            **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

        Returns:
            The diagnosis. It is truthy if the call succeeded.

        Raises:
            InvalidArgumentError: An argument is invalid; no request was sent.
        """
        from ._runtime.check.page import check_page as _check
        from .resources.audit_logs import LIST_PAGES

        return self.run(
            _check(self.client_settings, LIST_PAGES, {"org_id": org_id}, options, "JWT")
        )


publish(Client)
