"""The service without a network, served on loopback and judged by Schemathesis, of others.

Schemathesis makes requests that the document allows, and some that it forbids, and holds each
answer against the document: none may be a failure of the server's, all must be documented and fit
their schemas, what is forbidden must be refused, and nothing may be told without the token.
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
from tests.support.served import served


def flat() -> Any:
    """Give the document with filters as what they are on the wire: each value a parameter.

    OpenAPI says nothing of lists in a filter, so Schemathesis would write them as nobody does. And
    the document sets no limit to the numbers of pages, but this service reads 64 bits.
    """
    document = copy.deepcopy(doc.document())
    for path in document["paths"].values():
        operation = path["get"]
        parameters = [doc.resolved(each) for each in operation["parameters"]]
        (filter_,) = [each for each in parameters if each["name"] == "auditLogFilter"] or [None]
        if filter_ is not None:
            parameters.remove(filter_)
            for place, schema in leaves(doc.resolved(filter_["schema"]), filter_["name"]):
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
    """Give every value of a filter with its place, the first item for a list."""
    if schema["type"] == "object":
        parts = schema["properties"].items()
        return [leaf for name, each in parts for leaf in leaves(each, f"{place}[{name}]")]
    if schema["type"] == "array":
        return leaves(schema["items"], f"{place}[0]")
    return [(place, schema)]


def judge(folder: Path, transport: MockTransport, *options: str) -> tuple[str, int]:
    """Give what Schemathesis says of a transport, and how many requests it made."""
    (folder / "openapi.json").write_text(json.dumps(flat()), "utf-8")
    with served(transport) as server:
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
def test_it_finds_nothing(tmp_path: Path) -> None:
    said, requests = judge(
        tmp_path, good(), "--phases=examples,fuzzing", "--seed=1", "--max-examples=5"
    )
    assert said.startswith("0\n"), said
    assert "Tested: 4" in said
    assert requests > 20


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nor_when_it_searches_long(tmp_path: Path) -> None:
    said, requests = judge(tmp_path, good(), "--max-examples=100")
    assert said.startswith("0\n"), said
    assert requests > 1000


@pytest.mark.slow
def test_it_would_find_something(tmp_path: Path) -> None:
    """A service that takes any token, with an entry that does not fit."""
    bad = mock_transport({"auditLogs.list": [b'{"id": 5}']})
    said, _ = judge(tmp_path, bad, "--phases=examples", "--seed=1")
    assert re.search(r"Failures:\n.*invalid authentication", said), said
    assert "Response violates schema" in said
