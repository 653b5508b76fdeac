"""The connection check: the operation it calls, and the format of tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.planning.plan.operations import ConnectionCheck
from tests.support.planning import HEAD, plan_document

FINE = "responses: {'204': {description: Fine.}}"
PAGED = (
    "x-pagination: {style: page, request: {page: {parameter: page}}, response: {items: /pets}}, "
    "parameters: [{name: page, in: query, schema: {type: integer}}], "
    "responses: {'200': {description: Fine., content: {application/json: {schema: "
    "{type: object, properties: {pets: {type: array, items: {type: object, "
    "properties: {a: {type: string}}}}}}}}}}"
)
SCHEMES = """\
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    plain: {type: http, scheme: bearer}
    jwt: {type: http, scheme: bearer, bearerFormat: JWT}
    other: {type: http, scheme: bearer, bearerFormat: Opaque}
"""


def check(folder: Path, client: str, operation: str = FINE) -> ConnectionCheck | None:
    """Plan `pets.get`, after an operation of its method's name and beside one that pages."""
    head = HEAD.replace("version: 1.0.0", f"version: 1.0.0, x-client: {client}")
    _, package = plan_document(
        folder,
        "paths:\n"
        f"  /toys: {{get: {{operationId: toys.get, security: [{{other: []}}], {FINE}}}}}\n"
        f"  /pets: {{get: {{operationId: pets.get, {operation}}}}}\n"
        f"  /all: {{get: {{operationId: pets.list, security: [{{jwt: []}}], {PAGED}}}}}\n"
        f"{SCHEMES}",
        head=head,
    )
    return package.check


def test_check_calls_the_operation_of_the_client_extension(tmp_path: Path) -> None:
    found = check(tmp_path, "{check: pets.get}")
    assert found is not None
    assert (found.operation.id, found.resource, found.constant) == ("pets.get", "pets", "GET")
    assert found.token_format == ""


def test_check_of_a_paging_operation_requests_a_page(tmp_path: Path) -> None:
    found = check(tmp_path, "{check: pets.list}")
    assert found is not None
    assert (found.operation.id, found.constant, found.token_format) == (
        "pets.list",
        "LIST_PAGES",
        "JWT",
    )


@pytest.mark.parametrize("client", ["{}", "{check: pets.none}"])
def test_check_is_absent_without_a_known_operation(tmp_path: Path, client: str) -> None:
    assert check(tmp_path, client) is None


@pytest.mark.parametrize(
    ("security", "token_format"),
    [
        ("[{jwt: []}]", "JWT"),
        ("[{key: []}, {other: []}, {jwt: []}]", "Opaque"),
        ("[{plain: [], jwt: []}]", "JWT"),
        ("[{plain: []}]", ""),
        ("[]", ""),
    ],
)
def test_token_format_is_that_of_the_first_scheme_with_a_format(
    tmp_path: Path, security: str, token_format: str
) -> None:
    found = check(tmp_path, "{check: pets.get}", f"security: {security}, {FINE}")
    assert found is not None
    assert found.token_format == token_format
