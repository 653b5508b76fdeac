"""The objects of OpenAPI 3.0, 3.1 and 3.2, with their fields' types.

`notation` defines the notation. The table is the union of all versions, because a document that
mixes them still has one reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..document import Node
from .notation import Alternative, Shape, shape
from .operations import METHODS

_SCHEMA = "Schema|boolean"
_SCHEMAS = f"[{_SCHEMA}]"
_NAMED_SCHEMAS = f"{{{_SCHEMA}}}"

_ENCODINGS = {
    "encoding": "{Encoding}",
    "prefixEncoding": "[Encoding]",
    "itemEncoding": "Encoding",
}

_TABLE: dict[str, dict[str, str]] = {
    "OpenAPI": {
        "openapi!": "string",
        "$self": "~string",
        "info!": "Info",
        "jsonSchemaDialect": "~string",
        "servers": "[Server]",
        "paths": "Paths",
        "webhooks": "{PathItem}",
        "components": "Components",
        "security": "[SecurityRequirement]",
        "tags": "~[Tag]",
        "externalDocs": "~ExternalDocumentation",
    },
    "Info": {
        "title?": "~string",
        "summary": "~string",
        "description": "~string",
        "termsOfService": "~string",
        "contact": "~Contact",
        "license": "~License",
        "version?": "~string",
    },
    "Contact": {"name": "~string", "url": "~string", "email": "~string"},
    "License": {"name?": "~string", "identifier": "~string", "url": "~string"},
    "ExternalDocumentation": {"description": "~string", "url?": "~string"},
    "Tag": {
        "name?": "~string",
        "summary": "~string",
        "description": "~string",
        "parent": "~string",
        "kind": "~string",
        "externalDocs": "~ExternalDocumentation",
    },
    "Server": {
        "url!": "string",
        "name": "~string",
        "description": "~string",
        "variables": "{ServerVariable}",
    },
    "ServerVariable": {"enum": "~[string]", "default?": "~string", "description": "~string"},
    "Components": {
        "schemas": _NAMED_SCHEMAS,
        "responses": "{Response}",
        "parameters": "{Parameter}",
        "examples": "{Example}",
        "requestBodies": "{RequestBody}",
        "headers": "{Header}",
        "securitySchemes": "{SecurityScheme}",
        "links": "~{Link}",
        "callbacks": "{Callback}",
        "pathItems": "{PathItem}",
        "mediaTypes": "{MediaType}",
    },
    "Paths": {"*": "PathItem"},
    "PathItem": {
        "$ref": "string",
        "summary": "~string",
        "description": "~string",
        **dict.fromkeys(METHODS, "Operation"),
        "additionalOperations": "{Operation}",
        "servers": "[Server]",
        "parameters": "[Parameter]",
    },
    "Operation": {
        "tags": "~[string]",
        "summary": "~string",
        "description": "~string",
        "externalDocs": "~ExternalDocumentation",
        "operationId": "string",
        "parameters": "[Parameter]",
        "requestBody": "RequestBody",
        "responses": "Responses",
        "callbacks": "{Callback}",
        "deprecated": "~boolean",
        "security": "[SecurityRequirement]",
        "servers": "[Server]",
    },
    "Parameter": {
        "name!": "string",
        "in!": "string",
        "description": "~string",
        "required": "boolean",
        "deprecated": "~boolean",
        "allowEmptyValue": "~boolean",
        "style": "string",
        "explode": "boolean",
        "allowReserved": "boolean",
        "schema": _SCHEMA,
        "example": "any",
        "examples": "~{Example}",
        "content": "{MediaType}",
    },
    "Header": {
        "description": "~string",
        "required": "boolean",
        "deprecated": "~boolean",
        "allowEmptyValue": "~boolean",
        "style": "string",
        "explode": "boolean",
        "allowReserved": "boolean",
        "schema": _SCHEMA,
        "example": "any",
        "examples": "~{Example}",
        "content": "{MediaType}",
    },
    "RequestBody": {"description": "~string", "content!": "{MediaType}", "required": "boolean"},
    "MediaType": {
        "$ref": "string",
        "description": "~string",
        "schema": _SCHEMA,
        "itemSchema": _SCHEMA,
        "example": "any",
        "examples": "~{Example}",
        **_ENCODINGS,
    },
    "Encoding": {
        **_ENCODINGS,
        "contentType": "string",
        "headers": "{Header}",
        "style": "string",
        "explode": "boolean",
        "allowReserved": "boolean",
    },
    "Responses": {"*": "Response"},
    "Response": {
        "summary": "~string",
        "description?": "~string",
        "headers": "{Header}",
        "content": "{MediaType}",
        "links": "~{Link}",
    },
    "Callback": {"*": "PathItem"},
    "Example": {
        "summary": "~string",
        "description": "~string",
        "value": "any",
        "dataValue": "any",
        "serializedValue": "~string",
        "externalValue": "~string",
    },
    "Link": {
        "operationRef": "~string",
        "operationId": "~string",
        "parameters": "any",
        "requestBody": "any",
        "description": "~string",
        "server": "~Server",
    },
    "SecurityScheme": {
        "type!": "string",
        "description": "~string",
        "name": "string",
        "in": "string",
        "scheme": "string",
        "bearerFormat": "~string",
        "flows": "OAuthFlows",
        "openIdConnectUrl": "~string",
        "oauth2MetadataUrl": "~string",
        "deprecated": "~boolean",
    },
    "OAuthFlows": dict.fromkeys(
        ("implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"),
        "OAuthFlow",
    ),
    "OAuthFlow": {
        "authorizationUrl": "~string",
        "deviceAuthorizationUrl": "~string",
        "tokenUrl": "~string",
        "refreshUrl": "~string",
        "scopes?": "{any}",
    },
    "SecurityRequirement": {"*": "[string]"},
    "Discriminator": {
        "propertyName?": "~string",
        "mapping": "~{string}",
        "defaultMapping": "~string",
    },
    "XML": {
        "name": "~string",
        "namespace": "~string",
        "prefix": "~string",
        "attribute": "~boolean",
        "wrapped": "~boolean",
        "nodeType": "~string",
    },
    "Schema": {
        **dict.fromkeys(
            ("$id", "$schema", "$anchor", "$dynamicRef", "$dynamicAnchor", "$comment"), "~string"
        ),
        **dict.fromkeys(("$recursiveRef", "$recursiveAnchor"), "any"),  # JSON Schema 2019-09
        **dict.fromkeys(("title", "description", "format", "pattern"), "~string"),
        **dict.fromkeys(("contentEncoding", "contentMediaType"), "~string"),
        **dict.fromkeys(("deprecated", "readOnly", "writeOnly"), "~boolean"),
        **dict.fromkeys(("nullable", "uniqueItems"), "~boolean"),
        **dict.fromkeys(("multipleOf", "maximum", "minimum"), "~number"),
        **dict.fromkeys(("exclusiveMaximum", "exclusiveMinimum"), "~number|boolean"),
        **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems"), "~integer"),
        **dict.fromkeys(("maxProperties", "minProperties"), "~integer"),
        **dict.fromkeys(("maxContains", "minContains"), "~integer"),
        **dict.fromkeys(("default", "const", "example", "$vocabulary"), "any"),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _SCHEMAS),
        **dict.fromkeys(("properties", "patternProperties"), _NAMED_SCHEMAS),
        **dict.fromkeys(("$defs", "definitions", "dependentSchemas"), _NAMED_SCHEMAS),
        **dict.fromkeys(("not", "if", "then", "else", "contains", "propertyNames"), _SCHEMA),
        **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), _SCHEMA),
        **dict.fromkeys(("contentSchema", "additionalProperties", "additionalItems"), _SCHEMA),
        "$ref": "string",
        "type": "string|[string]",
        "items": f"{_SCHEMA}|{_SCHEMAS}",
        "enum": "[any]",
        "examples": "any",  # a list in 3.1; many documents of 3.0 have a map or one value
        "required": "~[string]",
        "dependentRequired": "~{[string]}",
        "dependencies": "any",
        "discriminator": "~Discriminator",
        "xml": "~XML",
        "externalDocs": "~ExternalDocumentation",
    },
}

REFERENCEABLE = frozenset(
    {
        "Parameter",
        "Response",
        "RequestBody",
        "Header",
        "Example",
        "Link",
        "Callback",
        "SecurityScheme",
        "PathItem",
        "Schema",
    }
)
"""The objects that a `$ref` can replace."""

KEEP_SIBLINGS = frozenset({"Schema", "PathItem"})
"""The objects in which fields beside a `$ref` have a meaning."""

SHAPES: Mapping[str, Shape] = MappingProxyType(
    {kind: shape(fields) for kind, fields in _TABLE.items()}
)


def kind_at(node: Node) -> str:
    """Return the kind of the object that OpenAPI defines at a node's position; empty if none."""
    here = node.source.root
    allowed: tuple[Alternative, ...] = (Alternative("object", "OpenAPI"),)
    for key in node.pointer if "openapi" in here else ("x-",):
        found: Alternative | None = next((each for each in allowed if each.fits(here.value)), None)
        fields: Shape = SHAPES.get(found.kind, {}) if found else {}
        others = None if str(key).startswith("x-") else fields.get("*")
        known = fields.get(str(key), others)
        allowed = known.alternatives if known else found.members if found else ()
        here = here / key
    return next((each.kind for each in allowed if each.fits(here.value)), "")
