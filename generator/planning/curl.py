"""Options of curl for credentials, required parameters and request bodies."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from ..document import Document, Node
from ..document.json_values import array_at, is_object
from ..normalize.operations import OperationReading
from ..normalize.request_bodies import MediaReading
from .mock import named_examples

_OPTIONS = {"query": "--url-query", "querystring": "--url-query", "header": "-H", "cookie": "-b"}
_SEPARATORS = {"query": "=", "querystring": "", "header": ": ", "cookie": "="}
_FORMS = {"form": "--data-urlencode", "multipart": "-F"}


def curl_options(
    document: Document, operation: OperationReading, credentials: Sequence[str]
) -> tuple[str, ...]:
    """Return the options of curl for a call with its required arguments only.

    Args:
        document: The document.
        operation: The operation.
        credentials: The options for its credentials.
    """
    found = list(credentials)
    for each in operation.parameters:
        if each.required and each.location in _OPTIONS:
            before = f"{each.wire_name}{_SEPARATORS[each.location]}"
            before = "+" if each.location == "querystring" else before  # It is sent as it is.
            value = f"{before}{placeholder(each.wire_name)}"
            found.append(f"{_OPTIONS[each.location]} {shlex.quote(value)}")
    if operation.body is not None and operation.body.media:
        media = operation.body.media[0]
        node = operation.body.node / "content" / media.media_type
        found += _body(document, media, node)
    return tuple(found)


def credential_option(option: str, before: str, variable: str) -> str:
    """Return an option of curl that sends the value of an environment variable.

    Args:
        option: The option.
        before: The text before the value.
        variable: The name of the variable.
    """
    escaped = re.sub(r'([$`\\"])', r"\\\1", before)
    return f'{option} "{escaped}${variable}"'


def placeholder(name: str) -> str:
    """Return a placeholder that is named after a parameter."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def _body(document: Document, media: MediaReading, node: Node) -> Iterator[str]:
    """Iterate over the options that send a request body: an example, or placeholders."""
    examples = named_examples(document, node)
    example: Any = examples[0][1] if examples else None
    if media.kind in _FORMS:
        fields = list(_fields(document, media, node, example))
        if fields:
            yield from (f"{_FORMS[media.kind]} {shlex.quote(each)}" for each in fields)
            return
    yield f"-H {shlex.quote(f'Content-Type: {media.media_type}')}"
    if media.kind == "json" and examples:
        yield f"-d {shlex.quote(json.dumps(example, ensure_ascii=False))}"
    else:
        yield "--data-binary @FILE"


def _fields(document: Document, media: MediaReading, node: Node, example: Any) -> Iterator[str]:
    """Iterate over the fields of a form, each as `name=value`, or `name=@FILE` for a file."""
    schema = document.resolve(node / "schema")
    if schema is None or not is_object(schema.value):
        return
    required = array_at(schema.value, "required")
    given: dict[str, Any] = example if is_object(example) else {}
    for name, each in (schema / "properties").members():
        resolved = document.resolve(each)
        if (required and name not in required) or resolved is None:
            continue
        value = resolved.value if is_object(resolved.value) else {}
        is_file = media.kind == "multipart" and (
            value.get("format") == "binary" or "contentMediaType" in value
        )
        text = given.get(name, placeholder(name))
        text = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
        yield f"{name}=@FILE" if is_file else f"{name}={text}"
