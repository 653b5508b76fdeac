# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Decoding of a request's arguments, the inverse of their encoding.

A URL contains only strings. The schema of each parameter determines their types; a string that
cannot be converted stays a string, so that validation rejects it as the service would.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ..arguments.parameters import Parameter, RequestBody
from ..core.errors import InvalidArgumentError
from .examples import MockOperation
from .parameters import RawPairs, convert_strings, from_header, from_pairs, from_path, raw_pairs


def read_arguments(
    mocked: MockOperation,
    path: Mapping[str, str],
    query: str,
    headers: Mapping[str, str],
    content: bytes,
) -> dict[str, Any]:
    """Decode and validate the arguments of a request.

    Args:
        mocked: The operation.
        path: The path segments of the path parameters, by parameter name, percent-encoded.
        query: The query, percent-encoded.
        headers: The request headers.
        content: The request body.

    Returns:
        The arguments as JSON data by their Python names, without those that are missing.

    Raises:
        InvalidArgumentError: If an argument does not match its schema, or a required one is
            missing.
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
            value = _encoded_value(parameter, path, pairs, headers, cookies)
            if value is not None and (value != "" or not parameter.allow_empty):
                value = parameter.schema.to_wire(convert_strings(parameter.schema, value), where)
        if value is not None:
            found[parameter.name] = value
        elif parameter.required:
            raise InvalidArgumentError(f"{where}: is required, but missing")
    return found


def _encoded_value(
    parameter: Parameter,
    path: Mapping[str, str],
    query: RawPairs,
    headers: Mapping[str, str],
    cookies: RawPairs,
) -> Any:
    """Return the strings of a parameter; None if it is missing."""
    if parameter.location == "path":
        return from_path(parameter, path[parameter.name])
    if parameter.location == "query":
        return from_pairs(parameter, query)
    if parameter.location == "cookie":
        return from_pairs(parameter, cookies, unquote)
    text = headers.get(parameter.wire_name)
    return None if text is None else from_header(parameter, text)
