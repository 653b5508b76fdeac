"""Rules about the media types of request bodies and responses (M0xx)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import is_array, is_object, text_at
from ..openapi.media_types import (
    FORM,
    OCTETS,
    can_carry_structure,
    essence,
    framing,
    includes_json,
    is_schema_in_content,
    is_text,
    media_type_of_key,
)
from ..openapi.survey import Survey, composed_schemas


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    bodies = set(survey.all("RequestBody"))
    for holder in survey.all("RequestBody", "Response", "Parameter", "Header"):
        has_forms = holder in bodies or (holder / "in").value == "querystring"
        yield from readable(holder)
        yield from sequential(holder)
        yield from supported_media_types(survey, holder, has_forms=has_forms)
        yield from applied_encodings(survey, holder)
    for body in survey.all("RequestBody"):
        yield from encodable(survey, body)
    for encoding in survey.all("Encoding"):
        yield from readable_parts(encoding)


def readable(holder: Node) -> Iterator[Diagnostic]:
    """Without a valid media type as its key, the encoding of a body is unknown."""
    for text, media in (holder / "content").members():
        if not essence(text) and not text.startswith("x-"):
            hint = "write a type and a subtype, such as 'application/json'"
            message = f"invalid media type {text!r}"
            reading = f"it is read as {media_type_of_key(text)!r}"
            if is_schema_in_content((holder / "content").value):
                reading = "it is read as the schema of 'application/json'"
            yield media.error("M001", message, hint, key=True, reading=reading)


def readable_parts(encoding: Node) -> Iterator[Diagnostic]:
    """The media types of a part are valid, or ranges."""
    named = (encoding / "contentType").value
    for text in named.split(",") if isinstance(named, str) else ():
        if not essence(text):
            message, hint = f"invalid media type {text!r}", "write a type such as 'text/plain'"
            reading = "it is sent as it is"
            yield (encoding / "contentType").error("M001", message, hint, reading=reading)


def sequential(holder: Node) -> Iterator[Diagnostic]:
    """Items belong to sequential media types only."""
    for text, media in (holder / "content").members():
        kind = essence(text)
        if "itemSchema" in media and not framing(kind) and not kind.startswith("multipart/"):
            message = f"'itemSchema' has no effect in {text!r}, which has no items"
            hint = "write 'schema', or a media type such as 'application/jsonl'"
            yield (media / "itemSchema").warning("M005", message, hint, key=True)


def supported_media_types(survey: Survey, holder: Node, *, has_forms: bool) -> Iterator[Diagnostic]:
    """An object in a media type that the client cannot encode or decode is bytes, or a string.

    Strings such as XML are usual beside JSON, which the client prefers. Forms are encoded in
    request bodies and as whole queries.
    """
    kinds = {essence(text) for text, _ in (holder / "content").members()}
    has_json = any(map(includes_json, kinds))
    for text, media in (holder / "content").members():
        kind = essence(text)
        if kind == OCTETS and _is_list_of_files(survey, media / "schema"):
            message = f"a list of files in {text!r}, which has no parts"
            hint = "use 'multipart/form-data'; until then the body is one file"
            yield media.warning("M002", message, hint, key=True)
        if not kind or not _is_structure(survey, media / "schema"):
            continue
        is_form = kind == FORM and has_forms
        if is_text(kind) and not framing(kind) and not is_form and not has_json:
            message = f"an object or a list in {text!r} is handled as a string"
            hint = "parse or write it in your program, or describe JSON beside it"
            yield media.warning("M002", message, hint, key=True)
        if can_carry_structure(kind):
            continue
        message = f"unsupported media type {text!r} for a schema of an object or a list"
        hint = "use JSON, or 'type: string' with 'format: binary' (it is handled as bytes)"
        yield media.warning("M002", message, hint, key=True)


def applied_encodings(survey: Survey, holder: Node) -> Iterator[Diagnostic]:
    """Encodings are of members of forms, whose schema describes them."""
    for text, media in (holder / "content").members():
        kind = essence(text)
        is_multipart = kind.startswith("multipart/")
        is_positional = not {"itemSchema", "prefixEncoding", "itemEncoding"}.isdisjoint(
            media.value if is_object(media.value) else ()
        )
        is_body = "requestBody" in holder.pointer
        if is_multipart and is_body and "schema" not in media and not is_positional:
            hint, reading = "add a schema of an object", "any fields are accepted"
            message = f"missing 'schema' of {text!r}"
            yield media.error("M004", message, hint, key=True, reading=reading)
        parts = list(composed_schemas(survey.document, media / "schema"))
        known = {name for part in parts for name, _ in (part / "properties").members()}
        has_parts = {"encoding": kind == FORM, "prefixEncoding": False, "itemEncoding": False}
        for keyword, has_effect in has_parts.items():
            if keyword in media and not has_effect and not is_multipart:
                message = f"{keyword!r} has no effect in {text!r}"
                yield (media / keyword).warning("M003", message, "remove it", key=True)
        for name, encoding in (media / "encoding").members():
            if kind != FORM and not is_multipart:
                break
            if known and name not in known:
                near = get_close_matches(name, sorted(known), n=1)
                hint = f"did you mean {near[0]!r}?" if near else "add it to the schema"
                message = f"encoding of {name!r}, which is no property of the schema"
                yield encoding.error("M003", message, hint, key=True, reading="it has no effect")


def encodable(survey: Survey, body: Node) -> Iterator[Diagnostic]:
    """An object in a form, in a media type other than JSON, has to be encoded by the caller."""
    for text, media in (body / "content").members():
        kind = essence(text)
        schema = survey.follow(media / "schema")
        if schema is None or (kind != FORM and not kind.startswith("multipart/")):
            continue
        for name, encoding in (media / "encoding").members():
            named = text_at(encoding.value, "contentType") if is_object(encoding.value) else ""
            kinds = [essence(each) for each in named.split(",") if essence(each)]
            if not kinds or any(includes_json(each or "") for each in kinds):
                continue
            members = (
                each.at("properties", name) for each in composed_schemas(survey.document, schema)
            )
            if any(_has_object(survey, each) for each in members):
                message = f"unsupported media type {named!r} for the object {name!r} of a form"
                hint = "use JSON, or 'type: string'; until then the method takes a str or bytes"
                yield (encoding / "contentType").warning("M002", message, hint)


def _has_object(survey: Survey, schema: Node) -> bool:
    """Whether a schema is an object or an array of objects."""
    items = survey.follow(schema / "items")
    value = schema.value if is_object(schema.value) else {}
    return (
        "properties" in value
        or value.get("type") == "object"
        or (items is not None and items is not schema and _is_structure(survey, items))
    )


def _is_list_of_files(survey: Survey, schema: Node) -> bool:
    target = survey.follow(schema)
    items = None if target is None else survey.follow(target / "items")
    found = items.value if items is not None and is_object(items.value) else {}
    return text_at(found, "format") == "binary"


def _is_structure(survey: Survey, schema: Node) -> bool:
    target = survey.follow(schema)
    if target is None or not is_object(target.value):
        return False
    kind = target.value.get("type")
    kinds = kind if is_array(kind) else [kind]
    return "object" in kinds or "array" in kinds or "properties" in target
