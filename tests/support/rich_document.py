"""A small document with nearly every construct of OpenAPI and our extensions."""

from __future__ import annotations

import json
from typing import Any

Json = Any

_ERROR = {"$ref": "#/components/responses/Refused"}
_PET = {"$ref": "#/components/schemas/Pet"}

_LIST: Json = {
    "operationId": "pets.list",
    "tags": ["pets"],
    "summary": "List pets",
    "description": "List the pets.\n\nA second paragraph.",
    "externalDocs": {"url": "https://docs.example.com", "description": "More."},
    "security": [{"bearer-auth": ["pets.read"]}, {"bearer-auth": ["all.Pets"]}],
    "parameters": [
        {
            "name": "sortField",
            "in": "query",
            "description": "What to sort by.",
            "schema": {"type": "string", "enum": ["born", "name"], "default": "born"},
        },
        {
            "name": "sortDirection",
            "in": "query",
            "schema": {"type": "string", "enum": ["asc", "desc"], "default": "desc"},
        },
        {"name": "pageNo", "in": "query", "schema": {"type": "integer", "minimum": 0}},
        {"name": "perPage", "in": "query", "schema": {"type": "integer", "default": 10}},
        {"name": "since", "in": "query", "schema": {"type": "integer", "format": "int64"}},
        {"name": "until", "in": "query", "schema": {"type": "integer", "format": "int64"}},
        {
            "name": "where",
            "in": "query",
            "style": "deepObject",
            "explode": True,
            "x-deep-object": {"arrays": "indices"},
            "schema": {"$ref": "#/components/schemas/Filter"},
        },
    ],
    "x-pagination": {
        "style": "page",
        "request": {"page": {"parameter": "pageNo", "first": 0}, "size": {"parameter": "perPage"}},
        "response": {"items": "/entries", "total": "/count", "page": "/pageNo", "size": "/perPage"},
        "item": {"id": "/petNo", "time": "/born"},
        "order": {
            "field": {"parameter": "sortField", "value": "born"},
            "direction": {"parameter": "sortDirection", "ascending": "asc", "descending": "desc"},
            "ties": "unspecified",
        },
        "window": {
            "from": {"parameter": "since"},
            "to": {"parameter": "until"},
            "bounds": "unknown",
            "unit": "epoch-milliseconds",
            "retention": "P1Y",
        },
    },
    "x-codeSamples": [{"lang": "Shell", "label": "A label", "source": "curl https://example.com"}],
    "x-other": {"anything": ["at all", {"or": "nothing"}]},
    "responses": {
        "200": {
            "description": "A page.",
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/Pets"},
                    "examples": {"some": {"$ref": "#/components/examples/SomePets"}},
                }
            },
        },
        "4XX": _ERROR,
    },
}
_GET: Json = {
    "operationId": "pets.get",
    "tags": ["pets"],
    "summary": "Retrieve one pet.",
    "security": [{"bearer-auth": ["pets.read"]}],
    "parameters": [
        {
            "name": "petId",
            "in": "path",
            "required": True,
            "description": "Which pet.",
            "example": "ab12",
            "schema": {"type": "string", "pattern": "^[a-z0-9]{4}$"},
        },
        {
            "name": "X-Trace",
            "in": "header",
            "description": "A trace.",
            "schema": {"type": "string", "default": "none"},
        },
        {"name": "taste", "in": "cookie", "schema": {"type": "string", "const": "sweet"}},
        {
            "name": "shape",
            "in": "query",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Filter"}}},
        },
        {
            "name": "colors",
            "in": "query",
            "style": "pipeDelimited",
            "explode": False,
            "allowReserved": True,
            "schema": {"type": "array", "items": {"type": "string"}},
        },
    ],
    "responses": {
        "200": {
            "description": "The pet.",
            "headers": {"X-Left": {"description": "Left.", "schema": {"type": "integer"}}},
            "content": {"application/json": {"schema": _PET}},
            "links": {"again": {"operationId": "pets.get", "description": "Again."}},
        },
        "404": _ERROR,
        "default": {"description": "Else.", "x-evidence": "inferred"},
    },
}
_POST: Json = {
    "operationId": "pets.add",
    "tags": ["pets"],
    "description": "Add a pet.",
    "deprecated": True,
    "security": [],
    "requestBody": {
        "description": "The pet.",
        "required": True,
        "content": {
            "application/json": {"schema": _PET, "example": {"petNo": "ab12", "called": "Rex"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "photo": {"type": "string", "format": "binary"},
                        "about": {"$ref": "#/components/schemas/Filter"},
                    },
                },
                "encoding": {
                    "photo": {
                        "contentType": "image/png",
                        "headers": {"X-Part": {"schema": {"type": "string"}}},
                    }
                },
            },
        },
    },
    "responses": {
        "201": {"description": "Added.", "content": {"application/json": {"schema": _PET}}},
        "422": {
            "description": "No.",
            "content": {"application/problem+json": {"schema": {"type": "object"}}},
        },
    },
    "callbacks": {
        "added": {
            "{$request.body#/url}": {"post": {"responses": {"200": {"description": "Seen."}}}}
        }
    },
}
_STREAM: Json = {
    "summary": "Watch",
    "tags": ["events"],
    "responses": {
        "200": {
            "description": "Events.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
}
_SCHEMAS: Json = {
    "Pet": {
        "type": "object",
        "title": "Pet",
        "description": "An animal.\n\n- tame\n- wild",
        "required": ["petNo"],
        "properties": {
            "petNo": {"type": "string", "description": "Its id.", "examples": ["ab12"]},
            "called": {"type": ["string", "null"], "maxLength": 40, "x-sensitive": True},
            "born": {"type": "string", "format": "date-time"},
            "breed": {"type": "string", "enum": ["cat", "dog"], "default": "cat"},
            "size": {"type": "number", "minimum": 0, "multipleOf": 0.5},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "home": {"oneOf": [{"$ref": "#/components/schemas/House"}, {"type": "string"}]},
            "place": {"type": "array", "prefixItems": [{"type": "number"}], "maxItems": 2},
        },
        "patternProperties": {"^_": {}},
    },
    "Pets": {
        "type": "object",
        "required": ["entries"],
        "properties": {
            "entries": {"type": "array", "items": _PET},
            "count": {"type": "integer"},
            "pageNo": {"type": "integer"},
            "perPage": {"type": "integer"},
        },
    },
    "Filter": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            "breed": {"type": "array", "items": {"type": "string", "enum": ["cat", "dog"]}},
            "except": {"$ref": "#/components/schemas/Filter"},
        },
    },
    "House": {
        "oneOf": [{"$ref": "#/components/schemas/Barn"}, {"$ref": "#/components/schemas/Flat"}],
        "discriminator": {
            "propertyName": "sort",
            "mapping": {"barn": "#/components/schemas/Barn", "flat": "Flat"},
        },
    },
    "Barn": {
        "type": "object",
        "required": ["sort"],
        "properties": {"sort": {"const": "barn"}, "doors": {"type": "integer"}},
    },
    "Flat": {
        "allOf": [
            {"type": "object", "required": ["sort"], "properties": {"sort": {"type": "string"}}},
            {"type": "object", "properties": {"floor": {"type": "integer", "default": 0}}},
        ]
    },
    "Error": {
        "type": "object",
        "properties": {"type": {"type": "string"}, "message": {"type": "string"}},
    },
}
_DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {
        "title": "Pets",
        "version": "1.2.3",
        "summary": "Pets.",
        "description": "All pets.\n\n```\ncode\n```\n\n| a | b |\n| - | - |",
        "termsOfService": "https://example.com/terms",
        "contact": {"name": "Ann", "url": "https://example.com", "email": "ann@example.com"},
        "license": {"name": "MIT", "identifier": "MIT"},
        "x-client": {"error": "PetError", "environment": "PETS", "user-agent": "pets"},
    },
    "servers": [
        {
            "url": "https://{zone}.example.com/v1",
            "description": "Where it is.",
            "variables": {
                "zone": {"default": "eu", "enum": ["eu", "us"], "description": "The zone."}
            },
        }
    ],
    "tags": [
        {"name": "pets", "description": "Pets.", "externalDocs": {"url": "https://example.com/t"}}
    ],
    "paths": {
        "/pets": {"summary": "Pets", "get": _LIST, "post": _POST},
        "/pets/{petId}": {"get": _GET},
        "/events": {"get": _STREAM},
    },
    "webhooks": {
        "born-hook": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": _PET}}},
                "responses": {"200": {"description": "Thanks."}},
            }
        }
    },
    "components": {
        "schemas": _SCHEMAS,
        "responses": {
            "Refused": {
                "description": "Refused.",
                "content": {
                    "application/json": {
                        "schema": {"$ref": "#/components/schemas/Error"},
                        "example": {"type": "NotFound", "message": "None."},
                    }
                },
            }
        },
        "examples": {
            "SomePets": {
                "summary": "Some",
                "description": "Some pets.",
                "value": {
                    "entries": [{"petNo": "ab12", "called": "Rex", "breed": "dog"}],
                    "count": 1,
                },
            }
        },
        "securitySchemes": {
            "bearer-auth": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "JWT",
                "description": "A token.",
                "x-scopes": {"pets.read": "Read pets.", "all.Pets": "All."},
            },
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "oauth": {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {
                        "tokenUrl": "https://example.com/token",
                        "scopes": {"a": "A."},
                    }
                },
            },
        },
    },
    "x-generator": 1,
}


NAMES = (
    *("petId", "X-Trace", "taste", "shape", "colors", "where", "zone", "eu", "us"),
    *("sortField", "sortDirection", "pageNo", "perPage", "since", "until"),
    *("pets.list", "pets.get", "pets.add", "pets", "events", "pets.read", "all.Pets"),
    *("bearer-auth", "key", "oauth", "SomePets", "Refused", "again", "some", "born-hook"),
    *("Pet", "Pets", "Filter", "House", "Barn", "Flat", "Error", "barn", "flat", "sort"),
    *("petNo", "called", "born", "breed", "cat", "dog", "size", "labels", "home", "place"),
    *("entries", "count", "except", "doors", "floor", "photo", "about", "message"),
)
"""The names that its author chose; no keyword of OpenAPI is among them."""


def rich_document() -> Json:
    """Return the document, a new copy each time."""
    return json.loads(json.dumps(_DOCUMENT))
