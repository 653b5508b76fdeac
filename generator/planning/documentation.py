"""The texts of docstrings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.normalise import OperationReading, ResponseReading
from generator.request_bodies import BodyReading
from generator.signatures import Argument

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
    scopes: Sequence[str],
    *,
    paged: bool,
) -> str:
    """Write the docstring of a method."""
    head = [summary(operation), f"`{operation.method.upper()} {operation.path}`"]
    if operation.doc and operation.doc.strip().rstrip(".") != operation.summary.rstrip("."):
        head.append(operation.doc.strip())
    if operation.deprecated:
        head.append("Deprecated: the document advises against using it.")
    if scopes:
        listed = ", ".join(f"`{scope}`" for scope in scopes)
        head.append(f"Any one of these scopes suffices: {listed}.")
    described = [f"    {each.name}: {_one_paragraph(each.doc)}" for each in arguments]
    described.append("    **options: What any call takes; see `CallOptions`.")
    sections = [
        "Args:\n" + "\n".join(described),
        f"Returns:\n    {_returned(operation.responses, paged=paged)}",
        "Raises:\n" + "\n".join(_raised(operation.responses)),
    ]
    return "\n\n".join([*head, *sections])


def summary(operation: OperationReading) -> str:
    """Give one line about an operation."""
    text = operation.summary or operation.doc.strip().split("\n")[0] or operation.id
    return text.strip().rstrip(".") + "."


def argument_doc(doc: str, default: Any) -> str:
    """Describe an argument."""
    text = _one_paragraph(doc)
    if default is not None:
        text = f"{text} The server's default is {default!r}."
    return text.strip() or "See the API's documentation."


def body_doc(body: BodyReading) -> str:
    """Describe the body of a request, and what it is sent as."""
    text = _one_paragraph(body.doc) or "The body of the request."
    listed = list(dict.fromkeys(f"`{each.media_type}`" for each in body.media))
    if len(listed) == 1:
        return f"{text} Sent as {listed[0]}."
    return f"{text} Sent as {', '.join(listed[:-1])} or {listed[-1]}."


def _returned(responses: Sequence[ResponseReading], *, paged: bool) -> str:
    success = [each for each in responses if each.status.startswith("2")]
    text = _one_paragraph(success[0].doc) if success and success[0].doc else "The answer."
    if paged:
        text += " Iterating over it gives its entries and those of all further pages."
    return text


def _raised(responses: Sequence[ResponseReading]) -> list[str]:
    lines = ["    InvalidArgumentError: An argument does not fit; nothing was sent."]
    for response in responses:
        status = response.status
        if status.startswith("2"):
            continue
        name = _ERRORS.get(status, "InternalServerError" if status[0] == "5" else "APIStatusError")
        lines.append(f"    {name}: {status}: {_first_sentence(response.doc)}")
    lines += [
        "    APIConnectionError: There was no answer.",
        "    ResponseDecodeError: The answer is not what the API promises.",
    ]
    return lines


def _first_sentence(text: str) -> str:
    """Cut a text after its first sentence."""
    paragraph = _one_paragraph(text)
    return paragraph.partition(". ")[0].rstrip(".") + "." if paragraph else "See the API."


def _one_paragraph(text: str) -> str:
    """Join a text's first paragraph into one line that ends in a full stop."""
    first = " ".join(text.strip().split("\n\n")[0].split())
    return first if not first or first.endswith((".", "!", "?", ":")) else f"{first}."
