"""Media types of bodies and answers (M0xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.document import Node
from generator.document.diagnostics import Diagnostic
from generator.document.json_values import is_array, is_object
from generator.openapi.survey import Survey

_WORD = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_MEDIA_TYPE = re.compile(rf"\s*({_WORD})/({_WORD})\s*(;.*)?", re.DOTALL)

# What can carry a structure: as itself, as fields of a form, or as a text that the caller writes.
_STRUCTURED = frozenset(
    {
        "*/*",
        "application/*",
        "application/json",
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonl",
        "application/jsonlines",
        "application/x-jsonlines",
        "application/json-seq",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/octet-stream",
    }
)

_FAMILIES = {
    "application": "application/*",
    "audio": "audio/*",
    "image": "image/*",
    "video": "video/*",
    "text": "text/plain",
    "plain": "text/plain",
    "string": "text/plain",
    "html": "text/html",
    "csv": "text/csv",
    "form": "application/x-www-form-urlencoded",
    "formdata": "multipart/form-data",
    "multipart": "multipart/form-data",
    "binary": "application/octet-stream",
    "file": "application/octet-stream",
}

_FRAMINGS = {
    "text/event-stream": "events",
    "application/json-seq": "sequence",
    **dict.fromkeys(
        (
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonl",
            "application/jsonlines",
            "application/x-jsonlines",
            "application/stream+json",
            "application/x-json-stream",
        ),
        "lines",
    ),
}


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for holder in survey.all("RequestBody", "Response", "Parameter", "Header"):
        yield from readable(holder)
        yield from supported(survey, holder)


def essence(text: str) -> str | None:
    """Give a media type in lower case without its parameters; None if it is none."""
    match = _MEDIA_TYPE.fullmatch(text)
    return f"{match[1]}/{match[2]}".lower() if match else None


def meant(text: str) -> str:
    """Give the media type that a key of `content` is, or that is meant by it."""
    if essence(text) is not None or text.startswith("x-"):
        return text
    word = text.strip().strip("*./").lower()
    if not word:
        return "*/*"
    if word in _FAMILIES:
        return _FAMILIES[word]
    return f"application/{word}" if word.isalnum() else "application/octet-stream"


def is_schema_in_content(content: Node) -> bool:
    """Whether `content` holds what belongs into a media type."""
    return is_object(content.value) and is_object(content.value.get("schema"))


def is_json(kind: str) -> bool:
    """Whether a media type, as `essence` gives it, is JSON; a range that includes JSON is, too."""
    return kind.endswith(("/json", "+json")) or kind in {"*/*", "application/*"}


def framing(kind: str) -> str:
    """Tell how a media type, as `essence` gives it, separates items.

    Returns:
        `events`, `lines` or `sequence`; empty if it is no stream.
    """
    return _FRAMINGS.get(kind, "sequence" if kind.endswith("+json-seq") else "")


def readable(holder: Node) -> Iterator[Diagnostic]:
    """A key that is no media type says nothing about how a body is written."""
    for text, media in (holder / "content").members():
        if essence(text) is None and not text.startswith("x-"):
            hint = "write a type and a subtype, such as 'application/json'"
            message = f"{text!r} is no media type"
            reading = f"it is read as {meant(text)!r}"
            if is_schema_in_content(holder / "content"):
                reading = "it is read as the schema of 'application/json'"
            yield media.error("M001", message, hint, key=True, reading=reading)


def supported(survey: Survey, holder: Node) -> Iterator[Diagnostic]:
    """An object has to be written in a form that the client knows; anything else is only bytes."""
    for text, media in (holder / "content").members():
        kind = essence(text)
        if kind is None or can_carry_structure(kind) or not _is_structure(survey, media / "schema"):
            continue
        message = f"unsupported media type {text!r} for a schema that is an object or a list"
        hint = "it is handled as bytes: say so by 'type: string', 'format: binary', or use JSON"
        yield media.warning("M002", message, hint, key=True)


def can_carry_structure(kind: str) -> bool:
    """Whether the client can write or read more than bytes in a media type."""
    return (
        kind in _STRUCTURED
        or kind.startswith(("text/", "multipart/"))
        or kind.endswith(("+json", "/json", "+xml"))
    )


def _is_structure(survey: Survey, schema: Node) -> bool:
    target = survey.follow(schema)
    if target is None or not is_object(target.value):
        return False
    kind = target.value.get("type")
    kinds = kind if is_array(kind) else [kind]
    return "object" in kinds or "array" in kinds or "properties" in target
