"""Benchmark of one call: its time, and its calls of package functions."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import certifi
import httpx

from losant_audit_log import AsyncClient, Client
from tests.bench import floor, stock
from tests.bench.measure import (
    Effort,
    Measured,
    Value,
    exact,
    interleaved_async,
    ratio,
    time_alternately,
)
from tests.bench.server import serving
from tests.support.examples import ENTRY, GET_PATH, ORG
from tests.support.own_calls import own_calls

TOKEN = "t0ken"
_TRUST = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")  # of httpx; of requests, which losant-rest uses


def measure(effort: Effort) -> Measured:
    """Compare with the bare libraries and with Losant's own client."""
    authority, certificate = _certificates(effort.folder)
    with serving(1, certificate) as server, _trusting(authority):
        for scheme, url in (("http", server.http), ("https", server.https)):
            yield from _sync(scheme, url, effort)
            yield from asyncio.run(_async(scheme, url, effort))
        with Client(TOKEN, base_url=server.http) as client:
            client.audit_logs.get(ORG, ENTRY)
            with own_calls() as called:
                client.audit_logs.get(ORG, ENTRY)
        yield "calls.own", exact(len(called))
        yield "calls.own-async", exact(len(asyncio.run(_called_async(server.http))))


def _sync(scheme: str, url: str, effort: Effort) -> Measured:
    losant = stock.untyped_module("losant_rest").Client(auth_token=TOKEN, url=url)
    target = f"{url}{GET_PATH}"
    with Client(TOKEN, base_url=url) as client, httpx.Client(headers=floor.HEADERS) as bare:
        timings = time_alternately(
            {
                "ours": lambda: client.audit_logs.get(ORG, ENTRY),
                "bare": lambda: floor.get(bare, target),
                "losant": lambda: losant.audit_log.get(orgId=ORG, auditLogId=ENTRY),
            },
            effort.of(500),
        )
    yield f"calls.{scheme}", ratio(timings, "ours", "bare")
    yield f"calls.losant-{scheme}", ratio(timings, "ours", "losant")


async def _async(scheme: str, url: str, effort: Effort) -> list[tuple[str, Value]]:
    target = f"{url}{GET_PATH}"
    async with (
        AsyncClient(TOKEN, base_url=url) as client,
        httpx.AsyncClient(headers=floor.HEADERS) as bare,
    ):
        timings = await interleaved_async(
            {
                "ours": lambda: client.audit_logs.get(ORG, ENTRY),
                "bare": lambda: floor.get_async(bare, target),
            },
            effort.of(500),
        )
    return [(f"calls.async-{scheme}", ratio(timings, "ours", "bare"))]


async def _called_async(url: str) -> list[str]:
    async with AsyncClient(TOKEN, base_url=url) as client:
        await client.audit_logs.get(ORG, ENTRY)
        with own_calls() as called:
            await client.audit_logs.get(ORG, ENTRY)
    return called


def _certificates(folder: Path) -> tuple[Path, Path]:
    """Write a file of trusted certificates, and a server's key with its certificates.

    The benchmark's authority is added to the usual ones, so that a client that reads the file for
    each call takes the same time as with the service.
    """
    trustme = stock.untyped_module("trustme")
    authority, certificate = folder / "authority.pem", folder / "server.pem"
    issuer = trustme.CA()
    authority.write_bytes(Path(certifi.where()).read_bytes() + issuer.cert_pem.bytes())
    issued = issuer.issue_cert("127.0.0.1")
    issued.private_key_and_cert_chain_pem.write_to_path(str(certificate))
    return authority, certificate


@contextmanager
def _trusting(authority: Path) -> Generator[None, None, None]:
    """Make all clients trust an authority, in the way that users do."""
    before = {name: os.environ.get(name) for name in _TRUST}
    os.environ.update(dict.fromkeys(_TRUST, str(authority)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
