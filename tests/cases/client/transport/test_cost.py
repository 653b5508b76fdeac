"""The cost of a call and of an import."""

from __future__ import annotations

import logging
import subprocess
import sys

import httpx
import pytest

from losant_audit_log import Client
from tests.support.examples import AUDIT_LOG, ENTRY, ORG
from tests.support.fault_server import Faults, answer
from tests.support.own_calls import own_calls
from tests.support.paths import ROOT

MOST_CALLS = 30
MOST_MODULES = 72
"""The limit of modules, beside one module for each tag of the document."""


@pytest.mark.parametrize("is_mocked", [True, False])
def test_get_calls_few_functions_of_the_package(
    faults: Faults, caplog: pytest.LogCaptureFixture, *, is_mocked: bool
) -> None:
    for name in ("httpx", "httpcore"):  # Each line that they log is searched for the token.
        caplog.set_level(logging.WARNING, name)
    faults.plan(answer(200, AUDIT_LOG))
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=AUDIT_LOG))
    with httpx.Client(transport=transport if is_mocked else None) as http:
        client = Client("t", base_url=faults.url, http_client=http)
        client.audit_logs.get(ORG, ENTRY)
        with own_calls() as called:
            client.audit_logs.get(ORG, ENTRY)
    assert len(called) <= MOST_CALLS, called


IMPORTED = """
import sys
import httpx, msgspec
before = set(sys.modules)
from losant_audit_log import Client
print(" ".join(sorted(set(sys.modules) - before)))
"""


def imported_modules(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ROOT / "generated")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.split()


def test_import_loads_few_modules_and_no_async_library() -> None:
    found = imported_modules(IMPORTED)
    shared = [name for name in found if not name.startswith("losant_audit_log.resources.")]
    assert len(shared) <= MOST_MODULES, shared
    assert not {name.partition(".")[0] for name in found} & {"anyio", "asyncio", "sniffio", "trio"}
    assert "losant_audit_log.async_client" not in found


def test_first_call_imports_no_further_module() -> None:
    call = f"""
http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=AUDIT_LOG)))
client = Client("t", http_client=http)
before = set(sys.modules)
client.audit_logs.get({ORG!r}, {ENTRY!r})
print("|", *(each for each in set(sys.modules) - before if "losant" in each))
"""
    assert imported_modules(f"{IMPORTED}\nAUDIT_LOG = {AUDIT_LOG!r}\n{call}")[-1] == "|"


def test_async_client_imports_the_async_libraries() -> None:
    client = "from losant_audit_log import AsyncClient; AsyncClient('t')"
    program = f"{IMPORTED}\n{client}\nprint('anyio' in sys.modules)"
    assert imported_modules(program)[-1] == "True"
