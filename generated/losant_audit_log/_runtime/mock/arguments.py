# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""From a request back to the arguments of an operation: the opposite of encoding them.

A URL holds nothing but texts. What they mean is what the document says of each parameter, and what
does not fit stays a text, so that it is refused as the service would refuse it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ..arguments.parameters import Parameter, RequestBody
from ..core.errors import InvalidArgumentError
from .examples import MockOperation
from .parameters import RawPairs, from_header, from_pairs, from_path, raw_pairs, typed


def read_arguments(
    mocked: MockOperation,
    path: Mapping[str, str],
    query: str,
    headers: Mapping[str, str],
    content: bytes,
) -> dict[str, Any]:
    """Read and check the arguments of a request.

    Args:
        mocked: The operation that was called.
        path: The texts in the place of the path's parameters, by the parameters' names, still
            percent-encoded.
        query: The query, percent-encoded.
        headers: The request's headers.
        content: The request's body.

    Returns:
        Their wire forms by the names that they have in Python; what was not given is missing.

    Raises:
        InvalidArgumentError: If the document forbids one of them, or one is missing.
    """
    found: dict[str, Any] = {}
    pairs, cookies = raw_pairs(query), raw_pairs(headers.get("cookie", ""), ";")
    for parameter in mocked.operation.parameters:
        if parameter.location == "content-type":
            continue
        where = parameter.wire_name or parameter.name
        if isinstance(parameter, RequestBody):
            value = mocked.read_body(parameter, headers, content) if mocked.read_body else None
        else:
            value = _given(parameter, path, pairs, headers, cookies)
            if value is not None and (value != "" or not parameter.allow_empty):
                value = parameter.schema.to_wire(typed(parameter.schema, value), where)
        if value is not None:
            found[parameter.name] = value
        elif parameter.required:
            raise InvalidArgumentError(f"{where}: it is missing")
    return found


def _given(
    parameter: Parameter,
    path: Mapping[str, str],
    query: RawPairs,
    headers: Mapping[str, str],
    cookies: RawPairs,
) -> Any:
    """Give the texts that a parameter has; None if it is not there."""
    if parameter.location == "path":
        return from_path(parameter, path[parameter.name])
    if parameter.location == "query":
        return from_pairs(parameter, query)
    if parameter.location == "cookie":
        return from_pairs(parameter, cookies, unquote)
    text = headers.get(parameter.wire_name)
    return None if text is None else from_header(parameter, text)
