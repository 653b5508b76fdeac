# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""For the tests of programs that use this package: the service without a network.

Nothing else in the package imports this module.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from ._examples import MOCK_OPERATIONS
from ._runtime.mock.contents import Body, Entry
from ._runtime.mock.transport import Fault, FaultKind, MockTransport

__all__ = ["Entry", "Fault", "FaultKind", "MockTransport", "mock_transport"]


def mock_transport(
    entries: Mapping[str, Iterable[Entry]] | None = None,
    *,
    answers: Mapping[str, Body] | None = None,
    faults: Iterable[Fault | FaultKind | int | None] = (),
    token: str | None = None,
    base_url: str | None = None,
    now: dt.datetime | None = None,
) -> MockTransport:
    """Make a transport that answers as the service would, without a network.

    It checks paths, arguments, tokens and scopes, pages, sorts, and keeps to spans of time and to
    those conditions of filters whose meaning is known. What it answers are the entries that it is
    given, else the document's examples, under whatever ids are asked for.

    ```python
    import httpx
    from losant_audit_log import Client
    from losant_audit_log.testing import mock_transport

    transport = mock_transport({"auditLogs.list": [...]}, faults=[503, None])
    with Client(token="test", http_client=httpx.Client(transport=transport)) as client:
        answer = client.audit_logs.list("ORG_ID")

    transport.fail_next("timeout")
    transport.fail_next(status=429, retry_after=1)
    print(transport.requests)
    ```

    Args:
        entries: Entries by the operationId of what lists them: models, mappings in wire form, or
            bytes that are given as they are, fit or not. What gives one entry finds it here as
            well, by its id.
        answers: Answers by the operationId of what does not list anything: models, mappings in wire
            form, texts or bytes, and a list of them for what is read item by item.
        faults: How the first requests fail, one by one: a `Fault`, its kind, a status, or None for
            one that does not.
        token: The only token that is good. Without it any one is, but a readable JWT must not be
            expired, and must have one of the scopes.
        base_url: The address that the client was given, if its path is not the document's.
        now: What the service's clock says; else it is the local one.

    Returns:
        A transport for `httpx.Client` and `httpx.AsyncClient`.

    Raises:
        InvalidArgumentError: There is no such operation or fault, or an entry does not fit.
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
