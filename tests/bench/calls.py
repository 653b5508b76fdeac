"""One call: how long a `get` takes, and how many functions of ours take part."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx

from losant_audit_log import AsyncClient, Client
from tests.bench import floor, stock
from tests.bench.measure import (
    Effort,
    Measured,
    exact,
    interleaved,
    interleaved_async,
    ratio,
)
from tests.bench.server import serving
from tests.support.examples import ENTRY, GET_PATH, ORG
from tests.support.own_calls import own_calls

TOKEN = "t0ken"


def measure(effort: Effort) -> Measured:
    """Compare with the bare libraries and with Losant's own client."""
    authority, certificate = _certificates(effort.folder)
    context = ssl.create_default_context(cafile=authority)
    with serving(1, certificate) as server, _trusting(authority):
        yield from _sync("http", server.http, None, effort)
        yield from _sync("https", server.https, context, effort)
        with asyncio.Runner() as runner:
            yield from runner.run(_async("http", server.http, None, effort))
            yield from runner.run(_async("https", server.https, context, effort))


def _sync(scheme: str, url: str, context: ssl.SSLContext | None, effort: Effort) -> Measured:
    losant = stock.imported("losant_rest").Client(auth_token=TOKEN, url=url)
    target = f"{url}{GET_PATH}"
    with (
        _client(url, context) as client,
        httpx.Client(headers=floor.HEADERS, verify=context or True) as bare,
    ):
        timings = interleaved(
            {
                "ours": lambda: client.audit_logs.get(ORG, ENTRY),
                "bare": lambda: floor.get(bare, target),
                "losant": lambda: losant.audit_log.get(orgId=ORG, auditLogId=ENTRY),
            },
            effort.of(500),
        )
        yield f"calls.{scheme}", ratio(timings, "ours", "bare")
        yield f"calls.losant-{scheme}", ratio(timings, "ours", "losant")
        if context is None:
            with own_calls() as called:
                client.audit_logs.get(ORG, ENTRY)
            yield "calls.own", exact(len(called))


async def _async(
    scheme: str, url: str, context: ssl.SSLContext | None, effort: Effort
) -> Measured:
    target = f"{url}{GET_PATH}"
    async with (
        _async_client(url, context) as client,
        httpx.AsyncClient(headers=floor.HEADERS, verify=context or True) as bare,
    ):
        timings = await interleaved_async(
            {
                "ours": lambda: client.audit_logs.get(ORG, ENTRY),
                "bare": lambda: floor.get_async(bare, target),
            },
            effort.of(500),
        )
        found = [(f"calls.async-{scheme}", ratio(timings, "ours", "bare"))]
        if context is None:
            with own_calls() as called:
                await client.audit_logs.get(ORG, ENTRY)
            found.append(("calls.own-async", exact(len(called))))
        return iter(found)


def _client(url: str, context: ssl.SSLContext | None) -> Client:
    """Make a client as users do; one for https is told to trust the server."""
    http = None if context is None else httpx.Client(verify=context)
    return Client(TOKEN, base_url=url, http_client=http)


def _async_client(url: str, context: ssl.SSLContext | None) -> AsyncClient:
    http = None if context is None else httpx.AsyncClient(verify=context)
    return AsyncClient(TOKEN, base_url=url, http_client=http)


def _certificates(folder: Path) -> tuple[Path, Path]:
    """Write an authority's certificate, and a server's key with its certificates."""
    trustme = stock.imported("trustme")
    authority, certificate = folder / "authority.pem", folder / "server.pem"
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(authority))
    ca.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(certificate))
    return authority, certificate


@contextmanager
def _trusting(authority: Path) -> Generator[None, None, None]:
    """Let requests, which losant-rest uses, trust an authority."""
    before = os.environ.get("REQUESTS_CA_BUNDLE")
    os.environ["REQUESTS_CA_BUNDLE"] = str(authority)
    try:
        yield
    finally:
        del os.environ["REQUESTS_CA_BUNDLE"]
        if before is not None:
            os.environ["REQUESTS_CA_BUNDLE"] = before
