"""Media types of bodies and answers (M0xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.document import Node
from generator.json_types import is_array, is_object
from generator.rules.survey import Survey

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

_OPAQUE_FAMILIES = ("image/", "audio/", "video/", "font/", "application/vnd.")
_OPAQUE = frozenset({"application/zip", "application/gzip", "application/x-tar", "application/pdf"})


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for holder in survey.all("RequestBody", "Response", "Parameter", "Header"):
        yield from readable(holder)
        yield from supported(survey, holder)


def essence(text: str) -> str | None:
    """Give a media type in lower case without its parameters; None if it is none."""
    match = _MEDIA_TYPE.fullmatch(text)
    return f"{match[1]}/{match[2]}".lower() if match else None


def is_json(kind: str) -> bool:
    """Whether a media type, as `essence` gives it, is JSON; a range that includes JSON is, too."""
    return kind.endswith(("/json", "+json")) or kind in {"*/*", "application/*"}


def readable(holder: Node) -> Iterator[Diagnostic]:
    """A key that is no media type says nothing about how a body is written."""
    for text, media in (holder / "content").members():
        if essence(text) is None and not text.startswith("x-"):
            hint = "write a type and a subtype, such as 'application/json'"
            yield media.error("M001", f"{text!r} is no media type", hint, key=True)


def supported(survey: Survey, holder: Node) -> Iterator[Diagnostic]:
    """Any body can be bytes; but an object has to be written in a form that the client knows.

    Beside a type that the client knows, another one is only left out. An archive, an image or
    somebody's own format that claims to be an object can only mean bytes.
    """
    strange: list[tuple[str, Node]] = []
    known = False
    for text, media in (holder / "content").members():
        kind = essence(text)
        if kind is None:
            continue
        if can_carry_structure(kind) or not _is_structure(survey, media / "schema"):
            known = True
        else:
            strange.append((text, media))
    for text, media in strange:
        message = f"unsupported media type {text!r} for a schema that is an object or a list"
        hint = "write 'type: string' with 'format: binary' to handle it as bytes, or use JSON"
        make = media.warning if known or _is_opaque(text) else media.error
        yield make("M002", message, hint, key=True)


def can_carry_structure(kind: str) -> bool:
    """Whether the client can write or read more than bytes in a media type."""
    return (
        kind in _STRUCTURED
        or kind.startswith(("text/", "multipart/"))
        or kind.endswith(("+json", "/json", "+xml"))
    )


def _is_opaque(text: str) -> bool:
    kind = essence(text) or ""
    return kind.startswith(_OPAQUE_FAMILIES) or kind in _OPAQUE


def _is_structure(survey: Survey, schema: Node) -> bool:
    target = survey.follow(schema)
    if target is None or not is_object(target.value):
        return False
    kind = target.value.get("type")
    kinds = kind if is_array(kind) else [kind]
    return "object" in kinds or "array" in kinds or "properties" in target
