"""Docstrings of methods and arguments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ..normalize.operations import OperationReading
from ..normalize.request_bodies import BodyReading
from ..normalize.responses import ResponseReading
from ..normalize.security import Requirements
from ..openapi.operations import sent_method
from .plan.operations import Argument
from .responses import successes

OPTIONS_DOC = (
    "    **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`."
)
"""The description of the options that every method takes."""

_COMPOUND = re.compile(r"[a-z0-9][A-Z]|_")  # Such a name is no plain word.
_FILLER = frozenset(
    {
        "",
        "default response",
        "ok",
        "response",
        "success",
        "successful",
        "successful operation",
        "successful response",
        "the response",
    }
)
_WORD = re.compile(r"\w+")
_CODE_SPAN = re.compile(r"`[^`]+`")
_CODE = re.compile(r"(```.*?```|`[^`]+`)", re.DOTALL)
_ERRORS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "429": "RateLimitError",
}


def operation_doc(
    operation: OperationReading,
    arguments: Sequence[Argument],
    scopes: str,
    errors: Mapping[str, Sequence[str]],
    *,
    order: str = "",
    names: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the docstring of a method.

    The sentence about scopes is left out if the description names all of them.

    Args:
        operation: The operation.
        arguments: The arguments of the method.
        scopes: The sentence on its scopes.
        errors: The types of error bodies by status.
        order: The sentence on which entries come first, if the operation is paginated.
        names: The names of arguments by those of the document's parameters.
    """
    renamed = in_python(names)
    request = f"`{sent_method(operation.method)} {operation.path}`"
    first = summary(operation)
    head = [renamed(first), *([] if request in first else [request])]
    description = operation.doc.strip()
    if f"{description}.".startswith(first):
        description = description[len(first) :].strip()
    if description:
        head.append(renamed(description))
    if operation.deprecated:
        head.append("Deprecated in the OpenAPI document.")
    if not all(_is_named(each.strip("`"), operation.doc) for each in _CODE_SPAN.findall(scopes)):
        head.append(scopes)
    bodies = {status: _body_names(each) for status, each in errors.items()}
    if common := _common_body(bodies):
        head.append(f"The `body` of each documented error is {common}.")
        bodies = {}
    described = [f"    {each.name}: {_one_paragraph(each.doc)}" for each in arguments if each.doc]
    described.append(OPTIONS_DOC)
    returned = renamed(_return_doc(operation.responses, order=order))
    sections = [
        "Args:\n" + "\n".join(described),
        *([f"Returns:\n    {returned}"] if returned else []),
        "Raises:\n" + renamed("\n".join(_error_lines(operation.responses, bodies))),
    ]
    return "\n\n".join([*head, *sections])


def in_python(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that lets a text call arguments or fields by their names in Python.

    Names in URLs, JSON and code blocks remain, and so do plain words outside code spans.

    Args:
        names: The names in Python by those in the document.
    """
    changed = {wire: name for wire, name in names.items() if wire != name and wire.strip()}
    if not changed:
        return str
    # A word is looked up, so that the time for a text does not depend on the number of names.
    unusual = [name for name in changed if _WORD.fullmatch(name) is None]
    listed = "|".join([*map(re.escape, sorted(unusual, reverse=True)), r"\w+"])
    word = re.compile(rf"(?<![\w$./{{\"'?&\[-])({listed})(?![\w\[=(}}\"'/-])")

    def rename(text: str) -> str:
        pieces = _CODE.split(text)
        for index, piece in enumerate(pieces):
            is_span = piece.startswith("`")
            if not piece.startswith("```"):
                pieces[index] = word.sub(
                    lambda match, is_span=is_span: (
                        changed.get(match[1], match[1])
                        if is_span or _COMPOUND.search(match[1])
                        else match[1]
                    ),
                    piece,
                )
        return "".join(pieces)

    return rename


def _is_named(scope: str, text: str) -> bool:
    """Whether a text contains the name of a scope as a whole word."""
    quote = "" if re.search(r"[.:_]", scope) else "`"  # Plain words need quotes.
    pattern = rf"(?<![\w.]){quote}{re.escape(scope)}{quote}(?![\w*])(?!\.\w)"
    return re.search(pattern, text) is not None


def summary(operation: OperationReading) -> str:
    """Return a summary of an operation in one line."""
    text = operation.summary.strip() or operation.doc.strip().split("\n")[0]
    text = text or f"Send `{sent_method(operation.method)} {operation.path}`"
    return text.strip().rstrip(".") + "."


def argument_doc(doc: str, default: Any, *, deprecated: bool = False) -> str:
    """Return the description of an argument; empty if the document has none."""
    text = _one_paragraph(doc)
    text = f"Deprecated. {text}" if deprecated else text
    if default is not None:
        text = f"{text} The server's default is {default!r}."
    return text.strip()


def body_doc(body: BodyReading, *, is_nullable: bool = False) -> str:
    """Return the description of a request body, with its media types."""
    text = _one_paragraph(body.doc)
    if is_nullable:
        text += f" None sends null{'' if body.required else '; omit it to send no body'}."
    listed = list(dict.fromkeys(f"`{each.media_type}`" for each in body.media))
    if len(listed) == 1:
        return f"{text} Sent as {listed[0]}.".strip()
    return f"{text} Sent as {', '.join(listed[:-1])} or {listed[-1]}.".strip()


def _return_doc(responses: Sequence[ResponseReading], *, order: str) -> str:
    success = successes(responses)
    text = _first_paragraph(success[0].doc) if success else ""
    if order:
        text += f" Iterating over it yields its entries and those of all later pages. {order}"
    return text.strip()


def _first_paragraph(text: str) -> str:
    """Return the first paragraph of a description; empty if it only states success."""
    paragraph = _one_paragraph(text)
    return "" if paragraph.strip(".!").lower() in _FILLER else paragraph


def needs_all_scopes(security: Requirements) -> bool:
    """Whether a token needs all scopes of an operation, not any one of them."""
    alternatives = [[scope for _, scopes in each for scope in scopes] for each in security]
    return sum(map(bool, alternatives)) == 1 and any(len(each) > 1 for each in alternatives)


def scopes_doc(security: Requirements) -> str:
    """Return a sentence with the scopes of an operation; empty if it requires none."""
    alternatives = [tuple(scope for _, scopes in each for scope in scopes) for each in security]
    alternatives = list(dict.fromkeys(each for each in alternatives if each))
    listed = [" and ".join(f"`{scope}`" for scope in each) for each in alternatives]
    if not alternatives:
        return ""
    if len(alternatives) == 1 and len(alternatives[0]) > 1:
        needed = ", ".join(f"`{scope}`" for scope in alternatives[0])
        return f"Required scopes (all of): {needed}."
    return f"Required scopes (any one of): {', '.join(listed)}."


def _body_names(annotations: Sequence[str]) -> str:
    """Return the types of an error body as code spans; empty if they are unknown."""
    return " or ".join(f"`{each.replace('models.', '')}`" for each in annotations if each != "Any")


def _common_body(bodies: Mapping[str, str]) -> str:
    """Return the body type of all errors; empty if there are fewer than two errors."""
    common = set(bodies.values())
    return common.pop() if len(bodies) > 1 and len(common) == 1 else ""


def _error_lines(responses: Sequence[ResponseReading], bodies: Mapping[str, str]) -> list[str]:
    expected = {each.status for each in successes(responses)}
    lines = ["    InvalidArgumentError: An argument is invalid; no request was sent."]
    for response in responses:
        status = response.status
        if status in expected:
            continue
        name = _ERRORS.get(status, "InternalServerError" if status[0] == "5" else "APIStatusError")
        body = bodies.get(status)
        body_note = f" Its `body` is {body}." if body else ""
        sentence = _first_sentence(response.doc)
        lines.append(f"    {name}: {status}{f': {sentence}' if sentence else '.'}{body_note}")
    lines += [
        "    APIConnectionError: No complete response was received.",
        "    ResponseDecodeError: The response does not match the OpenAPI document.",
    ]
    return lines


def _first_sentence(text: str) -> str:
    """Return the first sentence of a text, with a period; empty for an empty text."""
    sentence = _one_paragraph(text).partition(". ")[0].rstrip(".")
    if not sentence:
        return ""
    return sentence if sentence.endswith(("!", "?")) else f"{sentence}."


def _one_paragraph(text: str) -> str:
    """Return the first paragraph of a text on one line, with a period."""
    first = " ".join(text.strip().split("\n\n")[0].split())
    return first if not first or first.endswith((".", "!", "?", ":")) else f"{first}."
