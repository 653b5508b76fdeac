"""Short names: an engineer's name for an operation, from that operation alone.

The resource is the first meaningful one of: the operationId, if it is `resource.method` or
names a class; the tags; the path. `api`, `default` and versions are no resources. The method is
the rest of the operationId without the path, the HTTP method, the class and the resource.
"""

from __future__ import annotations

import re

from ...normalize.operations import OperationReading
from . import paths
from .identifiers import Identifier, read_identifier, role_removed
from .vocabulary import (
    PREPOSITIONS,
    VERBS,
    Words,
    are_generic,
    is_version,
    lower_words,
    singular,
    starts_with,
    without_noun,
)

_TAG_ROLES = frozenset({"api", "controller", "resource", "rest"})
_LEVELS = re.compile(r"[/.:>|]+|\s-\s")


def resource_text(operation: OperationReading) -> str:
    """Return the short name of the resource of an operation."""
    identifier = read_identifier(operation)
    if identifier.is_dotted or (identifier.is_path and identifier.resource):
        return identifier.resource
    tag = _tag(operation)
    if tag and role_removed(lower_words(tag)) != lower_words(identifier.resource):
        return tag
    if identifier.resource:
        return identifier.resource
    noun = paths.noun(operation.path)
    if _is_under_tag_api(operation, identifier, noun):
        return "api"
    return "_".join(noun or _object(identifier.words) or ("root",))


def method_texts(operation: OperationReading, resource: str) -> list[str]:
    """Return the short name of the method of an operation, and longer ones for clashes.

    Args:
        operation: The operation.
        resource: The name of its resource.
    """
    identifier = read_identifier(operation)
    noun = lower_words(resource)
    if identifier.is_dotted:
        return [identifier.method]
    if not identifier.words:
        words = paths.method_words(operation.method, operation.path, noun)
        return ["_".join(words), operation.id]
    words = identifier.words
    if starts_with(words, noun):
        words = words[len(noun) :]
    shorter = without_noun(words, noun) if len(words) > 1 else words
    if _is_about_parent(shorter, words, operation.path):
        shorter = words
    if not shorter or singular(shorter) == singular(noun):
        shorter = paths.method_words(operation.method, operation.path, noun)
    texts = (shorter, words, lower_words(identifier.method))
    owned = [f"{identifier.resource}_{'_'.join(words)}"] if identifier.resource else []
    return [*("_".join(each) for each in texts), *owned, operation.id]


def _is_about_parent(shorter: Words, words: Words, path: str) -> bool:
    """Whether a method without its noun is about another one: `create_store` for orders of it."""
    is_start = shorter == words[: len(shorter)] != words
    found: set[Words] = paths.parents(path) if is_start else set()
    return any(singular(shorter)[-len(each) :] == each for each in found - {shorter})


def _tag(operation: OperationReading) -> str:
    """Return the resource that the first tag names which is not generic; empty if none does."""
    return next((name for name in map(tag_text, operation.tags) if name), "")


def tag_text(tag: str) -> str:
    """Return the short name of the resource that a tag names; empty if the tag is generic."""
    levels = _LEVELS.split(tag)
    while levels and are_generic(lower_words(levels[0])):
        levels = levels[1:]
    words = lower_words(" ".join(levels))
    if len(words) > 1 and is_version(words[0]):
        words = words[1:]
    return "_".join(role_removed(words, _TAG_ROLES)) if words else ""


def _is_under_tag_api(operation: OperationReading, identifier: Identifier, noun: Words) -> bool:
    """Whether `api` is a tag that nothing has derived, and no other name is better.

    Such as for `GET /report` with the operationId `report`, where the path repeats the method.
    """
    is_chosen = any(lower_words(tag) == ("api",) for tag in operation.tags)
    if not is_chosen or identifier.is_derived or paths.leading_generic(operation.path):
        return False
    return bool(identifier.words) and without_noun(identifier.words, noun) in {
        identifier.words,
        (),
    }


def _object(words: Words) -> Words:
    """Return the noun behind the verb: `item` of `get_item_by_id`."""
    if not words or words[0] not in VERBS:
        return ()
    behind = words[1:]
    end = next((index for index, word in enumerate(behind) if word in PREPOSITIONS), len(behind))
    return behind[:end]
