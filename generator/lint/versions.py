"""Keywords of another version of OpenAPI or another dialect (D016, T514, T515)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import is_array
from ..openapi.survey import Survey

_NEW_IN_3_1: Mapping[str, tuple[str, ...]] = {
    "OpenAPI": ("webhooks", "jsonSchemaDialect"),
    "Info": ("summary",),
    "License": ("identifier",),
    "Components": ("pathItems",),
    "Schema": (
        *("$id", "$schema", "$anchor", "$dynamicRef", "$dynamicAnchor", "$comment", "$defs"),
        *("const", "examples", "if", "then", "else", "prefixItems", "patternProperties"),
        *("contains", "minContains", "maxContains", "propertyNames", "definitions"),
        *("dependentSchemas", "dependentRequired", "dependencies", "additionalItems"),
        *("unevaluatedItems", "unevaluatedProperties"),
        *("contentEncoding", "contentMediaType", "contentSchema"),
    ),
}
"""Fields that OpenAPI 3.0 does not have."""

_NEW_IN_3_2: Mapping[str, tuple[str, ...]] = {
    "OpenAPI": ("$self",),
    "Tag": ("summary", "parent", "kind"),
    "Server": ("name",),
    "Components": ("mediaTypes",),
    "PathItem": ("query", "additionalOperations"),
    "MediaType": ("description", "itemSchema", "prefixEncoding", "itemEncoding"),
    "Encoding": ("encoding", "prefixEncoding", "itemEncoding"),
    "Response": ("summary",),
    "Example": ("dataValue", "serializedValue"),
    "SecurityScheme": ("oauth2MetadataUrl", "deprecated"),
    "OAuthFlows": ("deviceAuthorization",),
    "OAuthFlow": ("deviceAuthorizationUrl",),
    "Discriminator": ("defaultMapping",),
    "XML": ("nodeType",),
}
"""Fields that OpenAPI 3.0 and 3.1 do not have."""

_EXCLUSIVE = ("exclusiveMinimum", "exclusiveMaximum")
_DIALECTS = (
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
    "https://json-schema.org/draft/2020-12/schema",
)


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    version = "{}.{}".format(*survey.document.version)
    is_old = version == "3.0"
    if is_old:
        yield from later_fields(survey, _NEW_IN_3_1, version, "3.1")
    if version != "3.2":
        yield from later_fields(survey, _NEW_IN_3_2, version, "3.2")
        yield from later_parameters(survey, version)
    yield from nested_encodings(survey)
    for scheme in survey.all("SecurityScheme") if is_old else ():
        if (scheme / "type").value == "mutualTLS":
            yield _foreign(scheme / "type", "type: mutualTLS", "3.0", "as in OpenAPI 3.1")
    for schema in survey.all("Schema") if is_old else ():
        yield from old_schema(schema)
    for schema in survey.schemas_with("nullable", *_EXCLUSIVE) if not is_old else ():
        yield from new_schema(schema, version)
    for schema in survey.schemas_with("items", "$schema"):
        if is_array((schema / "items").value):
            reading = "as 'prefixItems'"
            yield _foreign(schema / "items", "items: [...]", version, reading)
        yield from dialect(schema / "$schema")
    yield from dialect(survey.document.root / "jsonSchemaDialect")


def later_fields(
    survey: Survey, fields: Mapping[str, tuple[str, ...]], version: str, later: str
) -> Iterator[Diagnostic]:
    """A field of a later version is read as in that version."""
    for kind, names in fields.items():
        for node in survey.all(kind):
            for name in node.value.keys() & names:
                reading = f"as in OpenAPI {later}"
                yield _foreign(node / name, name, version, reading, key=True)


def later_parameters(survey: Survey, version: str) -> Iterator[Diagnostic]:
    """A location or a style of OpenAPI 3.2 is read as in that version."""
    for parameter in survey.all("Parameter"):
        for keyword, value in (("in", "querystring"), ("style", "cookie")):
            if (parameter / keyword).value == value:
                what = f"{keyword}: {value}"
                yield _foreign(parameter / keyword, what, version, "as in OpenAPI 3.2")


def nested_encodings(survey: Survey) -> Iterator[Diagnostic]:
    """A part that has parts itself is not encoded."""
    for node in survey.all("Encoding"):
        for name in _NEW_IN_3_2["Encoding"]:
            if name in node:
                message = f"{name!r} inside of an encoding is not applied: the part is not divided"
                hint = (
                    "pass an UploadFile with the encoded parts and a content_type with the boundary"
                )
                yield (node / name).warning("D016", message, hint, key=True)


def old_schema(schema: Node) -> Iterator[Diagnostic]:
    """OpenAPI 3.0 has one type for each schema, and booleans as exclusive bounds."""
    if is_array((schema / "type").value):
        yield _foreign(schema / "type", "type: [...]", "3.0", "as in OpenAPI 3.1")
    elif (schema / "type").value == "null":
        yield _foreign(schema / "type", "type: 'null'", "3.0", "as in OpenAPI 3.1")
    if (schema / "required").value == []:
        yield _foreign(schema / "required", "required: []", "3.0", "as in OpenAPI 3.1")
    for node in _parts(schema):
        if isinstance(node.value, bool):
            yield _foreign(node, f"schema: {str(node.value).lower()}", "3.0", "as in OpenAPI 3.1")
    for bound in _EXCLUSIVE:
        if _is_number((schema / bound).value):
            yield _foreign(schema / bound, f"{bound}: NUMBER", "3.0", "as in OpenAPI 3.1")


def _parts(schema: Node) -> Iterator[Node]:
    """Iterate over the schemas inside of another, which OpenAPI 3.0 has as objects only."""
    yield from (schema / "items", schema / "not")
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from (schema / keyword).items()
    for _, node in (schema / "properties").members():
        yield node


def new_schema(schema: Node, version: str) -> Iterator[Diagnostic]:
    """Later versions have the type `null` and numbers as exclusive bounds."""
    if "nullable" in schema:
        yield _foreign(schema / "nullable", "nullable", version, "as in OpenAPI 3.0", key=True)
    for bound in _EXCLUSIVE:
        if isinstance((schema / bound).value, bool):
            yield _foreign(schema / bound, f"{bound}: true", version, "as in OpenAPI 3.0")


_HINTS = {
    "nullable": "write \"type: [..., 'null']\"",
    "const": "write 'enum' with one value",
    "examples": "write 'example'",
    "type: [...]": "write one type, with 'nullable: true' or 'oneOf' beside it",
    "type: 'null'": "write 'nullable: true' in the schema that may be null",
    "exclusiveMinimum: NUMBER": "write 'minimum' and 'exclusiveMinimum: true'",
    "exclusiveMaximum: NUMBER": "write 'maximum' and 'exclusiveMaximum: true'",
    "exclusiveMinimum: true": "write the number of 'minimum' as 'exclusiveMinimum'",
    "exclusiveMaximum: true": "write the number of 'maximum' as 'exclusiveMaximum'",
    "items: [...]": "write a schema of all items",
    "required: []": "remove it",
    "schema: true": "write '{}'",
    "schema: false": "write 'not: {}'",
}


def _foreign(node: Node, what: str, version: str, reading: str, *, key: bool = False) -> Diagnostic:
    message = f"OpenAPI {version} does not have {what!r}"
    needed = "3.2.0" if reading.endswith("3.2") else "3.1.0"
    hint = _HINTS.get(what, f"remove it, or write 'openapi: {needed}'")
    return node.error("T515", message, hint, key=key, reading=f"it is read {reading}")


def dialect(node: Node) -> Iterator[Diagnostic]:
    """Schemas are read in the dialect of OpenAPI 3.1, whichever they name."""
    if isinstance(node.value, str) and not node.value.rstrip("#").startswith(_DIALECTS):
        message = f"unsupported dialect {node.value!r}: schemas are read as those of OpenAPI 3.1"
        hint = f"remove it, or write {_DIALECTS[-1]!r}"
        yield node.warning("T514", message, hint)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
