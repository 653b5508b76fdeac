# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Mock of the service for tests.

No other module of the package imports this one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from ._examples import MOCK_OPERATIONS
from ._runtime.mock.contents import Body, Entry
from ._runtime.mock.transport import Fault, FaultKind, MockTransport

__all__ = ["Entry", "Fault", "FaultKind", "MockTransport", "mock_transport"]

Fault.__module__ = MockTransport.__module__ = __name__  # In tracebacks and pickles.


def mock_transport(
    entries: Mapping[str, Iterable[Entry]] | None = None,
    *,
    answers: Mapping[str, Body] | None = None,
    faults: Iterable[Fault | FaultKind | int | None] = (),
    token: str | None = None,
    base_url: str | None = None,
    now: dt.datetime | None = None,
) -> MockTransport:
    """Return a transport that responds like the service, without a network.

    It validates paths, arguments, tokens and scopes, paginates, sorts, and applies time spans and
    documented filter conditions. Without `entries`, it returns the examples in the OpenAPI
    document, for any ID.

    ```python
    import httpx
    from losant_audit_log import Client
    from losant_audit_log.testing import mock_transport

    transport = mock_transport({"auditLogs.list": [...]}, faults=[503, None])
    with Client(token="test", http_client=httpx.Client(transport=transport)) as client:
        response = client.audit_logs.list("ORG_ID")

    transport.fail_next("timeout")
    transport.fail_next(status=429, retry_after=1)
    print(transport.requests)
    ```

    Args:
        entries: The entries of each paginated operation, by operationId: models, mappings with JSON
            names, or bytes, which are returned without validation. Operations that return a single
            entry look it up here by its ID. Call `transport.add(entry)` and
            `transport.remove(entry)` to change the entries during a walk.
        answers: The response body of each other operation, by operationId: a model, a mapping with
            JSON names, a string or bytes, or a list of them for a stream.
        faults: The faults of the first requests, in order: a `Fault`, its kind, a status code, or
            None for a success.
        token: The only valid token. By default every token is valid, except a JWT that is expired
            or has insufficient scopes.
        base_url: The base URL of the client, if its path differs from the documented one.
        now: The time of the service's clock. Default: the local clock.

    Returns:
        A transport for `httpx.Client` and `httpx.AsyncClient`, and for those of httpx2.

    Raises:
        InvalidArgumentError: An operation or fault is unknown, or an entry is invalid.
    """
    return MockTransport(
        MOCK_OPERATIONS,
        entries,
        answers=answers,
        faults=faults,
        token=token,
        base_url=base_url,
        now=now,
    )
