"""Benchmark of decoding a page."""

from __future__ import annotations

import json
import time

import httpx

from losant_audit_log import Client
from tests.bench import stock
from tests.bench.log import Log
from tests.bench.measure import Effort, Measured, ratio, time_alternately
from tests.support.examples import ORG

SIZE = 1000


def measure(effort: Effort) -> Measured:
    """Compare with the standard library, and with the models that the two libraries generate."""
    stock.write(effort.folder)
    attrs_page = stock.untyped_module(f"{stock.CLIENT}.models").AuditLogs
    pydantic_page = stock.untyped_module(stock.MODELS).AuditLogs
    content = Log(SIZE).page({"perPage": str(SIZE)})
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    client = Client("t0ken", http_client=httpx.Client(transport=transport))
    answer = client.audit_logs.with_raw_response.list(ORG, per_page=SIZE)
    timings = time_alternately(
        {
            "ours": answer.parse,
            "json": lambda: json.loads(content),
            "stock": lambda: attrs_page.from_dict(json.loads(content)),
            "pydantic": lambda: pydantic_page.model_validate_json(content),
        },
        effort.of(100),
        frees=True,
        clock=time.process_time,
    )
    for peer in ("json", "stock", "pydantic"):
        yield f"decode.{peer}", ratio(timings, "ours", peer)
