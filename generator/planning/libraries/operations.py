"""The operations of a document, read by openapi-python-client, which only this module imports.

The library gets a small document of the operations alone. In it every schema is the simplest one,
since models come from elsewhere and a schema that the library cannot read would cost an operation;
and every operation and parameter has a number for a name, so that none can collide. What the
library reads is held against what the document says: a difference is an error, never a silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint

from generator.document.json_values import JsonObject
from generator.normalize import OperationReading, ParameterReading
from generator.normalize.responses import ResponseReading

_OPERATION = "operation"
_PARAMETER = "parameter"
_BODY = {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}


class OperationsError(Exception):
    """The library did not read what the document says; the text names the operations."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What an operation takes and gives, in the order in which the library found it.

    Attributes:
        operation: The operation.
        parameters: Those of the path in the path's order, then query, header and cookie.
        responses: Those with a status first, then ranges, then the default.
    """

    operation: OperationReading
    parameters: tuple[ParameterReading, ...]
    responses: tuple[ResponseReading, ...]


def read_signatures(operations: Sequence[OperationReading]) -> tuple[Signature, ...]:
    """Have the library read all operations.

    Raises:
        OperationsError: If it drops an operation, a parameter, a body or an answer, or adds one.
    """
    config = Config.from_sources(
        ConfigFile(post_hooks=[]), MetaType.NONE, Path(), "utf-8", overwrite=False, output_path=None
    )
    data = GeneratorData.from_dict(_skeleton(operations), config=config)
    if isinstance(data, GeneratorError):
        message = f"{data.header}: {data.detail}"
        raise OperationsError(message)
    endpoints = {
        int(str(endpoint.name).removeprefix(_OPERATION)): endpoint
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    missing = [each.id for n, each in enumerate(operations) if n not in endpoints]
    if missing:
        message = f"not read: {', '.join(missing)}"
        raise OperationsError(message)
    return tuple(_signature(each, endpoints[n]) for n, each in enumerate(operations))


def _signature(operation: OperationReading, endpoint: Endpoint) -> Signature:
    found = [
        *endpoint.path_parameters,
        *endpoint.query_parameters,
        *endpoint.header_parameters,
        *endpoint.cookie_parameters,
    ]
    numbers = [int(str(each.python_name).removeprefix(_PARAMETER)) for each in found]
    order = [each.status_code.pattern for each in endpoint.responses]
    by_status = {response.status: response for response in operation.responses}
    is_read = (
        sorted(numbers) == list(range(len(operation.parameters)))
        and set(order) == set(by_status)
        and bool(endpoint.bodies) == (operation.body is not None)
    )
    if not is_read:
        message = f"{operation.id}: its parameters, body or answers were not all read"
        raise OperationsError(message)
    return Signature(
        operation=operation,
        parameters=tuple(operation.parameters[number] for number in numbers),
        responses=tuple(by_status[status] for status in order),
    )


def _skeleton(operations: Sequence[OperationReading]) -> JsonObject:
    paths: JsonObject = {}
    for number, operation in enumerate(operations):
        numbers = {
            each.wire_name: n
            for n, each in enumerate(operation.parameters)
            if each.location == "path"
        }
        in_path = "".join(  # The library refuses a path that has one of them twice.
            f"/{{{_PARAMETER}{numbers[name]}}}"
            for name in dict.fromkeys(re.findall(r"\{([^{}]*)\}", operation.path))
        )
        paths[f"/{_OPERATION}{number}{in_path}"] = {
            operation.method: {
                "operationId": f"{_OPERATION}{number}",
                "parameters": [
                    {
                        "name": f"{_PARAMETER}{n}",
                        "in": each.location,
                        "required": each.required,
                        "schema": {"type": "string"},
                    }
                    for n, each in enumerate(operation.parameters)
                ],
                **({"requestBody": _BODY} if operation.body is not None else {}),
                "responses": {each.status: {"description": ""} for each in operation.responses},
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "operations", "version": "1"},
        "paths": paths,
    }
