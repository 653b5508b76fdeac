"""Operations of a document and their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..document import Document, Node, UnresolvedReferenceError
from ..document.json_values import is_object
from .parameters import is_token, parameter_key

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The HTTP methods that are fields of a path item."""

TEMPLATE_EXPRESSION = re.compile(r"\{([^{}]*)\}")
"""A name in braces: a parameter in a path, or a variable in a server URL."""

# Headers that OpenAPI ignores as parameters, or that HTTP clients set themselves, with the
# construct to use instead.
IGNORED_HEADERS = {
    "authorization": "use a security scheme",
    "accept": "use the media types of the responses",
    "content-type": "use the media types of the request body",
    "host": "remove it: the client sets this header",
    "content-length": "remove it: the client sets this header",
    "transfer-encoding": "remove it: the client sets this header",
}


_EMPTY_STATUSES = frozenset({"204", "205", "304"})


@dataclass(frozen=True, slots=True)
class OperationNode:
    """An operation under `paths`.

    Attributes:
        path: The path template, such as `/orgs/{orgId}`.
        method: The HTTP method: in lowercase if a field of path items, else as it is sent.
        node: The Operation Object.
        path_items: The Path Item Object, and those that its references lead to.
    """

    path: str
    method: str
    node: Node
    path_items: tuple[Node, ...]


def operations_of(document: Document) -> Iterator[OperationNode]:
    """Iterate over the operations under `paths`, in the document's order."""
    for path, item in (document.root / "paths").members():
        if path.startswith("x-"):
            continue
        items = path_items(document, item)
        for method, node in methods_in(items):
            if is_object(node.value):
                yield OperationNode(path_of(path), method, node, items)


def path_items(document: Document, item: Node) -> tuple[Node, ...]:
    """Return a path item and those that its references lead to; empty if one has no target.

    The fields of a path item beside a reference add to those of the target.
    """
    try:
        return tuple(document.chain(item))
    except UnresolvedReferenceError:
        return ()


def methods_in(items: Iterable[Node]) -> Iterator[tuple[str, Node]]:
    """Iterate over the methods of a path item and its targets; of equal ones the first counts."""
    seen: set[str] = set()
    for item in items:
        for method, node in methods_of(item):
            if method not in seen:
                seen.add(method)
                yield method, node


def methods_of(path_item: Node) -> Iterator[tuple[str, Node]]:
    """Iterate over the methods of a path item and their operations.

    An additional operation whose method is a field of path items is read as that field.
    """
    for name, node in path_item.members():
        if name in METHODS:
            yield name, node
    for name, node in (path_item / "additionalOperations").members():
        method = name.lower()
        if method in METHODS and method not in path_item:
            yield method, node
        elif method not in METHODS and is_token(name):
            yield name, node


def sent_method(method: str) -> str:
    """Return a method of an operation as it is sent."""
    return method.upper() if method in METHODS else method


def path_of(key: str) -> str:
    """Return the path of a key of `paths`; without a slash it would change the server's name."""
    return key if key.startswith("/") else f"/{key}"


def has_content(status: str) -> bool:
    """Whether HTTP allows a response with a status code or range to have content."""
    return status not in _EMPTY_STATUSES and not status.startswith("1")


def parameters_of(document: Document, operation: OperationNode) -> list[Node]:
    """Return an operation's parameters and those of its path item, with references resolved.

    A parameter of the operation replaces one of the path item with the same name and location.
    """
    found: dict[tuple[str, str], Node] = {}
    for holder in (*reversed(operation.path_items), operation.node):
        for item in (holder / "parameters").items():
            parameter = document.resolve(item)
            if parameter is None:
                continue
            name, location = (parameter / "name").value, (parameter / "in").value
            if isinstance(name, str) and isinstance(location, str):
                found[parameter_key(name, location)] = parameter
    return list(found.values())


def is_ignored_header(parameter: Node) -> bool:
    """Whether a parameter is a header of `IGNORED_HEADERS`."""
    name = (parameter / "name").value
    return parameter.value.get("in") == "header" and str(name).lower() in IGNORED_HEADERS
