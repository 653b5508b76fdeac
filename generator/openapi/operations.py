"""Where things are in an OpenAPI document: operations and their parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.document import Document, Node
from generator.document.json_values import is_object

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

# Headers that are no parameters, and what to do instead: OpenAPI says some of them in other ways,
# and what HTTP itself needs is set by every client.
IGNORED_HEADERS = {
    "authorization": "say it by a security scheme",
    "accept": "say it by the media types of the responses",
    "content-type": "say it by the media types of the request body",
    "host": "remove it: the client sets it",
    "content-length": "remove it: the client sets it",
    "transfer-encoding": "remove it: the client sets it",
}


@dataclass(frozen=True, slots=True)
class OperationNode:
    """An operation where it stands under `paths`.

    Attributes:
        path: The path template, such as `/orgs/{orgId}`.
        method: The HTTP method in lower case.
        node: The Operation Object.
        path_item: The Path Item Object, behind its reference if it is one.
    """

    path: str
    method: str
    node: Node
    path_item: Node


def operations_of(document: Document) -> Iterator[OperationNode]:
    """Give every operation under `paths`, in the document's order."""
    for path, item in (document.root / "paths").members():
        if path.startswith("x-"):
            continue
        path_item = document.resolve(item)
        if path_item is None:
            continue
        for method in METHODS:
            if is_object((path_item / method).value):
                yield OperationNode(path, method, path_item / method, path_item)


def parameters_of(document: Document, operation: OperationNode) -> list[Node]:
    """Give an operation's parameters, those of its path item included, references followed.

    A parameter of the operation replaces one of the path item with the same name and location.
    """
    found: dict[tuple[str, str], Node] = {}
    for holder in (operation.path_item, operation.node):
        for item in (holder / "parameters").items():
            parameter = document.resolve(item)
            if parameter is None:
                continue
            name, place = (parameter / "name").value, (parameter / "in").value
            if isinstance(name, str) and isinstance(place, str):
                found[name, place] = parameter
    return list(found.values())


def is_ignored_header(parameter: Node) -> bool:
    """Whether a parameter is none, but a header that is said in another way."""
    name = (parameter / "name").value
    return parameter.value.get("in") == "header" and str(name).lower() in IGNORED_HEADERS
