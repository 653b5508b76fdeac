"""Resource and method in the path of an operation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from .vocabulary import (
    VERBS,
    Words,
    are_generic,
    is_plural,
    lower_words,
    singular,
)


def segments(path: str) -> list[str]:
    """Return the segments of a path, without a query or a fragment."""
    return [each for each in re.split(r"[?#]", path)[0].split("/") if each]


def static_segments(path: str) -> list[str]:
    """Return the fixed parts of the segments of a path, without parameters and empty ones."""
    fixed = (re.split(r"[{:]", each)[0] for each in segments(path))
    return [each for each in fixed if lower_words(each)]


def leading_generic(path: str) -> list[str]:
    """Return the first segments of a path if they name no resource, such as `api` and `v1`."""
    fixed = static_segments(path)
    return list(itertools.takewhile(lambda each: are_generic(lower_words(each)), fixed))


def noun(path: str) -> Words:
    """Return the words of the first segment that names a resource; empty if none does."""
    fixed = static_segments(path)
    return lower_words(next((each for each in fixed if not are_generic(lower_words(each))), ""))


def parents(path: str) -> set[Words]:
    """Return the names of the segments in front of parameters, in the singular."""
    pairs = itertools.pairwise(segments(path))
    return {singular(lower_words(each)) for each, behind in pairs if behind.startswith("{")}


def method_words(method: str, path: str, resource: Words) -> Words:
    """Return the method of an operation without an operationId, by its HTTP method and its path.

    `GET /users` lists, `GET /users/{id}` gets, `POST /users/{id}/activate` activates. The path
    below the resource becomes the object: `list_posts` for `GET /users/{id}/posts`.
    """
    below = _below(path, resource)
    last = below[-1] if below else noun(path) or resource
    is_item = "{" in "".join(segments(path)[-1:])
    is_collection = not is_item and is_plural(last[-1])
    if below and last[0] in VERBS:
        return (*last, *_join(map(singular, below[:-1])))
    if method == "post" and not is_item and not is_collection and (below or last[0] in VERBS):
        return (*last, *_join(map(singular, below[:-1])))
    verbs = {
        "get": ("list",) if is_collection else ("get",),
        "post": ("update",) if is_item else ("create",),
        "put": ("update",),
    }
    *outer, inner = (singular(each) for each in below) if below else ((),)
    inner = last if below and is_collection and method == "get" else inner
    return (*verbs.get(method, lower_words(method)), *_join(outer), *inner)


def _join(parts: Iterable[Words]) -> Words:
    return tuple(word for each in parts for word in each)


def _below(path: str, resource: Words) -> list[Words]:
    """Return the words of the fixed segments behind the one that names the resource."""
    fixed = [lower_words(each) for each in static_segments(path)]
    named = (index for index, each in enumerate(fixed) if singular(each) == singular(resource))
    return [each for each in fixed[next(named, -1) + 1 :] if not are_generic(each)]
