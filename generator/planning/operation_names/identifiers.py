"""Resource and method in an operationId, in the style of any framework.

`read_identifier` recognizes, from the operation alone:

- names with separators: `pets.list`, `pets/list`, `pets#list`, and paths of modules;
- FastAPI: the function, the path and the HTTP method;
- Litestar: the path and the function;
- NestJS, gRPC and NSwag: the class and the function, `UsersController_findOne`;
- drf-spectacular: the path and the action; API Platform: the path and the HTTP method;
- Django Ninja: the module and the function;
- springfox and springdoc: the function, with `UsingGET` or a number; Spring Data REST.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...document.json_values import text_at
from ...normalize.operations import OperationReading
from ...openapi.operations import METHODS
from .paths import leading_generic, noun, segments, static_segments
from .vocabulary import (
    MODULES,
    ROLES,
    VERBS,
    Words,
    are_generic,
    is_version,
    lower_words,
    singular,
)

_SEPARATORS = ("/", ".", "#")
_CLASS_AND_FUNCTION = re.compile(r"([A-Z][A-Za-z0-9]*)_([A-Za-z]\w*)((?:\[\d+\])?)")
_USING = re.compile(r"(\w+)Using(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)(?:_\d+)?")
_DATA_REST = re.compile(
    r"(?:[a-z]+(Collection|Item)Resource|executeSearch|[a-z]+PropertyReference)-\w+-[a-z]+[\d_]*"
)
_DATA_REST_VERBS = {"post": "create", "put": "update"}
_ACTIONS = {
    "get": ("list", "retrieve"),
    "post": ("create",),
    "put": ("update",),
    "patch": ("partial_update",),
    "delete": ("destroy",),
}
_VERSION_AT_END = re.compile(r"(?<=\w)(_api)?_v\d+$")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An operationId, parsed.

    Attributes:
        resource: The resource, as the id writes it; empty if it names none.
        method: The method, as the id writes it; empty if the operation has no id.
        words: The words of the method, without additions of the framework.
        is_dotted: Whether the id is `resource.method`.
        is_path: Whether the id is a path of modules, such as `app.users.list`, or comes with a
            less specific tag.
        is_derived: Whether a framework has derived the id.
    """

    resource: str
    method: str
    words: Words
    is_dotted: bool = False
    is_path: bool = False
    is_derived: bool = False


def operation_id(operation: OperationReading) -> str:
    """Return the operationId in the document; empty if it was made up."""
    return text_at(operation.node.value, "operationId")


def read_identifier(operation: OperationReading) -> Identifier:
    """Return the reading of the operationId."""
    text = operation_id(operation)
    if not text:
        return Identifier("", "", ())
    separator = next((each for each in _SEPARATORS if each in text), ".")
    parts = [each for each in text.split(separator) if each]
    if len(parts) > 1:
        return _separate(parts, operation.path)
    for read in _READERS:
        found = read(text, operation)
        if found is not None:
            return found
    words = lower_words(text)
    if _is_controller(operation) and len(words) > 1 and words[-1].isdecimal():
        return Identifier("", text, words[:-1], is_derived=True)  # springdoc counts homonyms
    return Identifier("", text, words)


def role_removed(words: Words, roles: frozenset[str] = ROLES) -> Words:
    """Return the words of a class or a module without its role: `users` of `UsersController`."""
    if words[-2:] == ("view", "set"):
        words = (*words[:-2], "viewset")
    while len(words) > 1 and words[-1] in roles:
        words = words[:-1]
    return words


def _separate(parts: list[str], path: str) -> Identifier:
    """Read `resource.method`; of a path of modules, the last one and those that the path names."""
    *groups, method = parts
    if len(groups) == 1:
        return Identifier(groups[0], method, lower_words(method), is_dotted=True)
    modules = [role_removed(lower_words(each)) for each in groups]
    *outer, inner = [each for each in modules if not _is_technical(each)] or [()]
    in_path = {singular(lower_words(each)) for each in static_segments(path)}
    named = [*(each for each in outer if singular(each) in in_path), inner]
    resource = "_".join(word for each in named for word in each)
    return Identifier(resource, method, lower_words(method), is_path=True, is_derived=True)


def _is_technical(words: Words) -> bool:
    return are_generic(words) or (len(words) == 1 and words[0] in MODULES | ROLES)


def _fastapi(text: str, operation: OperationReading) -> Identifier | None:
    path = re.sub(r"\W", "_", operation.path)
    for method in METHODS:
        function = text.removesuffix(f"{path}_{method}")
        if function != text and function:
            function = _VERSION_AT_END.sub("", function)
            return Identifier("", function, lower_words(function), is_derived=True)
    return None


def _litestar(text: str, operation: OperationReading) -> Identifier | None:
    components = ""
    for each in segments(operation.path):
        component = each.strip("{}").title()
        if component not in components:  # Litestar leaves out what it has already.
            components += component
    path = re.sub(r"[\W_]", "", components).lower()
    function = text[len(path) :]
    is_title = text.isalnum() and text[0].isupper() and function[:1].isupper()
    if path and is_title and text.lower().startswith(path):
        return Identifier("", function, lower_words(function), is_derived=True)
    return None


def _springfox(text: str, _: OperationReading) -> Identifier | None:
    found = _USING.fullmatch(text)
    return found and Identifier("", found[1], lower_words(found[1]), is_derived=True)


def _data_rest(text: str, operation: OperationReading) -> Identifier | None:
    """Read Spring Data REST's `getItemResource-person-get`, of a path that has the plural."""
    found = _DATA_REST.fullmatch(text)
    if found is None:
        return None
    verb = "list" if found[1] == "Collection" and operation.method == "get" else operation.method
    words: Words = (_DATA_REST_VERBS.get(verb, verb),) if found[1] else ()
    if text.startswith("executeSearch-"):
        words = lower_words("".join(static_segments(operation.path)[-1:]))
    resource = "_".join(noun(operation.path))
    return Identifier(resource, text, words, is_path=True, is_derived=True)


def _class_and_function(text: str, operation: OperationReading) -> Identifier | None:
    """Read `UsersController_findOne_v1`, with the version of the path, and `Users_GetAll`.

    NestJS counts the paths of one function, as in `UsersController_findOne[1]`.
    """
    found = _CLASS_AND_FUNCTION.fullmatch(text)
    if found is None:
        return None
    group, words = lower_words(found[1]), lower_words(found[2])
    if group[0] in VERBS:
        return None
    if len(words) > 1 and is_version(words[-1]) and words[-1] in lower_words(operation.path):
        words = words[:-1]
    resource = role_removed(group)
    words = words if resource != group else (*group, *words)
    return Identifier("_".join(resource), found[2] + found[3], words, is_derived=True)


def _path_and_method(text: str, operation: OperationReading) -> Identifier | None:
    """Read an id that consists only of the path and the HTTP method."""
    says_no_more = lower_words(text) == (
        *lower_words(operation.path),
        *lower_words(operation.method),
    )
    return Identifier("", "", (), is_derived=True) if says_no_more else None


def _from_path(text: str, operation: OperationReading) -> Identifier | None:
    """Read an id with the path's `api` and `v1`, as `api_books_list` or `getApiBooks` have them."""
    words = lower_words(text)
    generic = [lower_words(each) for each in leading_generic(operation.path)]
    fixed = [lower_words(each) for each in static_segments(operation.path)]
    first = next(iter(fixed[len(generic) :]), ())
    for index in range(len(generic) if first else 0):
        start = tuple(word for each in generic[index:] for word in each)
        for head in ((), lower_words(operation.method)):
            if words[: len(head) + len(start) + len(first)] == (*head, *start, *first):
                rest = (*head, *words[len(head) + len(start) :])
                return Identifier("", text, _without_action(rest, operation), is_derived=True)
    shorter = _without_action(words, operation)
    if len(fixed) > 1 and shorter == tuple(word for each in fixed for word in each) != words:
        return Identifier("", text, shorter, is_derived=True)
    return None


def _without_action(words: Words, operation: OperationReading) -> Words:
    """Return words without drf-spectacular's action behind a verb, as in `mark_read_create`."""
    last = lower_words("".join(static_segments(operation.path)[-1:]))
    for action in map(lower_words, _ACTIONS.get(operation.method, ())):
        start = words[: -len(action)]
        is_action = words == (*start, *action) and start[-len(last) :] == last
        if last and is_action and last[0] in VERBS:
            return start
    return words


def _ninja(text: str, _: OperationReading) -> Identifier | None:
    """Read the function of `blog_api_list_posts`: it begins with a verb behind a module."""
    words = lower_words(text)
    if words[:1] and words[0] in VERBS:
        return None
    for index in range(1, len(words) - 1):
        if words[index] in MODULES and words[index + 1] in VERBS:
            return Identifier("", text, words[index + 1 :], is_derived=True)
    return None


def _is_controller(operation: OperationReading) -> bool:
    return any(lower_words(tag)[-1:] == ("controller",) for tag in operation.tags)


_READERS = (
    *(_path_and_method, _fastapi, _litestar, _springfox, _data_rest, _class_and_function),
    *(_from_path, _ninja),
)
