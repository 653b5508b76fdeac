"""Signatures read by openapi-python-client are compared with the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.normalize import OperationReading
from generator.planning.libraries.operations import OperationsError, read_signatures
from tests.support.planning import reading

OPERATION = (
    "{operationId: pets.get, parameters: [{name: size, in: query, schema: {type: integer}}], "
    "responses: {'200': {description: Fine.}}}"
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> OperationReading:
    """An operation as normalized."""
    return reading(tmp_path_factory.mktemp("pets"), OPERATION)


def test_signature_has_all_parameters_in_path_order(read: OperationReading) -> None:
    [signature] = read_signatures([read])
    assert [each.wire_name for each in signature.parameters] == ["id", "part", "size"]


def with_another_method(read: OperationReading) -> OperationReading:
    return replace(read, method="fetch")


def with_another_status(read: OperationReading) -> OperationReading:
    return replace(read, responses=(replace(read.responses[0], status="fine"),))


def with_another_location(read: OperationReading) -> OperationReading:
    *others, last = read.parameters
    return replace(read, parameters=(*others, replace(last, location="nowhere")))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (with_another_method, "not read: pets.get"),
        (with_another_status, "pets.get: its parameters, body or answers were not all read"),
        (with_another_location, "Failed to parse OpenAPI document"),
    ],
)
def test_operation_that_the_library_does_not_read_completely_is_an_error(
    read: OperationReading, changed: Callable[[OperationReading], OperationReading], said: str
) -> None:
    with pytest.raises(OperationsError, match=said):
        read_signatures([changed(read)])
