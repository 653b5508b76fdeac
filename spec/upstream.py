"""Adapter for Losant's own description of its API, the response to `GET` at the API's root.

The description is not OpenAPI. Resources have actions; the parameters and scopes of an action are
those of the root, the resource and the action together; a group of scopes contains other scopes,
and also suffices. The adapter converts the parts that `python -m generator upstream` compares. It
also accepts the file `lib/schemas/apiInfo.json` of Losant's JavaScript client: that has only the
resources, so scopes of groups and the content of definitions cannot be compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

# Deliberately not part of our document; see the remark there.
_HIDDEN = frozenset({"_actions", "_links", "_embedded"})


def to_openapi(definition: dict[str, Any]) -> dict[str, Any]:
    """Convert a definition to an OpenAPI document.

    Args:
        definition: The response of the API's root.

    Returns:
        A document with `paths` and `components.schemas`.
    """
    whole = definition if "resources" in definition else {"resources": definition}
    paths: dict[str, Any] = {}
    for resource in whole["resources"].values():
        for action in resource.get("actions", {}).values():
            path = f"{resource.get('path', '')}{action.get('path', '')}"
            method = str(action.get("method", "GET")).lower()
            paths.setdefault(path, {})[method] = _operation(whole, resource, action)
    schemas = whole.get("definitions", {})
    return {"paths": paths, "components": {"schemas": _moved(schemas)}}


def _operation(
    whole: dict[str, Any], resource: dict[str, Any], action: dict[str, Any]
) -> dict[str, Any]:
    parameters = [
        each
        for holder in (whole, resource, action)
        for each in holder.get("params", [])
        if each.get("name") not in _HIDDEN and not each.get("private")
    ]
    bodies = [each for each in parameters if each.get("in") == "body"]
    operation: dict[str, Any] = {
        "parameters": [_parameter(each) for each in parameters if each not in bodies],
        "security": [{"token": [scope]} for scope in _scopes(whole, resource, action)],
        "responses": {
            status: {"content": {"application/json": {"schema": _moved(each["schema"])}}}
            for status, each in action.get("responses", {}).items()
            if "schema" in each
        },
    }
    for body in bodies:
        schema = _moved(body.get("schema", {}))
        operation["requestBody"] = {"content": {"application/json": {"schema": schema}}}
    return operation


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter.get("schema") or {
        key: parameter[key] for key in ("type", "enum", "pattern", "items") if key in parameter
    }
    return {"name": parameter["name"], "in": parameter["in"], "schema": _moved(schema)}


def _scopes(
    whole: dict[str, Any], resource: dict[str, Any], action: dict[str, Any]
) -> Iterator[str]:
    """Iterate over the scopes, including groups, any one of which suffices."""
    own = [scope for each in (whole, resource, action) for scope in each.get("auth", [])]
    yield from dict.fromkeys(own)
    deprecated = whole.get("deprecatedAuthScopes", [])
    for group, members in whole.get("authGroups", {}).items():
        if group not in deprecated and group not in own and not set(own).isdisjoint(members):
            yield group


def _moved(value: Any) -> Any:
    """Return a value with references to `components/schemas`."""
    text = json.dumps(value).replace('"#/definitions/', '"#/components/schemas/')
    return json.loads(text)
