"""The mock transport, served on loopback and tested by Schemathesis.

Schemathesis makes requests that the document allows, and some that it forbids, and compares each
response with the document: no server errors, only documented responses that match their schemas,
forbidden requests rejected, and nothing returned without the token.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from losant_audit_log.testing import MockTransport, mock_transport
from tests.support import document as doc
from tests.support.callers import TOKEN
from tests.support.served import serve


def flat() -> Any:
    """Return the document with each value of a filter as a parameter of its own.

    OpenAPI does not define lists in a deep object, so Schemathesis would write them in another way.
    And the document sets no limit for page numbers, but this server reads 64 bits.
    """
    document = copy.deepcopy(doc.document())
    for path in document["paths"].values():
        operation = path["get"]
        parameters = [doc.resolve(each) for each in operation["parameters"]]
        (filter_,) = [each for each in parameters if each["name"] == "auditLogFilter"] or [None]
        if filter_ is not None:
            parameters.remove(filter_)
            for place, schema in leaves(doc.resolve(filter_["schema"]), filter_["name"]):
                parameters.append({"name": place, "in": "query", "schema": schema})
        pages = {"page", "perPage"}
        operation["parameters"] = [
            {**each, "schema": {**each["schema"], "maximum": 2**63 - 1}}
            if each["name"] in pages
            else each
            for each in parameters
        ]
    return document


# It insists on 401 for a request without a token, where the document says 403; that such a request
# is refused is the subject of another check.
CHECKS = ("--checks=all", "--exclude-checks=missing_required_header")


def leaves(schema: Any, place: str) -> list[tuple[str, Any]]:
    """Return every value of a filter with its position, the first item of each list."""
    if schema["type"] == "object":
        parts = schema["properties"].items()
        return [leaf for name, each in parts for leaf in leaves(each, f"{place}[{name}]")]
    if schema["type"] == "array":
        return leaves(schema["items"], f"{place}[0]")
    return [(place, schema)]


def judge(folder: Path, transport: MockTransport, *options: str) -> tuple[str, int]:
    """Return the output of Schemathesis for a transport, and the number of its requests."""
    (folder / "openapi.json").write_text(json.dumps(flat()), "utf-8")
    with serve(transport) as server:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", "openapi.json"),
                *("--url", server.url, "--header", f"Authorization: Bearer {TOKEN}"),
                *(*CHECKS, "--no-color", "--generation-database", "none", *options),
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return f"{done.returncode}\n{done.stdout}", len(server.requests)


def good() -> MockTransport:
    return mock_transport(token=TOKEN)


@pytest.mark.long
def test_schemathesis_finds_no_failure(tmp_path: Path) -> None:
    output, requests = judge(
        tmp_path, good(), "--phases=examples,fuzzing", "--seed=1", "--max-examples=5"
    )
    assert output.startswith("0\n"), output
    assert f"Tested: {len(doc.document()['paths'])}" in output
    assert requests > 20


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_schemathesis_finds_no_failure_in_a_long_search(tmp_path: Path) -> None:
    output, requests = judge(tmp_path, good(), "--max-examples=100")
    assert output.startswith("0\n"), output
    assert requests > 1000


@pytest.mark.slow
def test_schemathesis_reports_a_faulty_service(tmp_path: Path) -> None:
    """A service that accepts any token, with an invalid entry."""
    bad = mock_transport({"auditLogs.list": [b'{"id": 5}']})
    output, _ = judge(tmp_path, bad, "--phases=examples", "--seed=1")
    assert re.search(r"Failures:\n.*invalid authentication", output), output
    assert "Response violates schema" in output
