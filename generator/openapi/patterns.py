"""Regular expressions: ECMA-262 written in Python, and those whose search takes forever.

Python's search goes back and tries again. Where a repeated part can itself take what several turns
of the repetition take, as in `(a+)+`, a text of thirty characters that does not match takes longer
than anybody waits. Such a pattern is told apart by its form: a repetition of something that is
nothing but another repetition, or that has two ways to be empty.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from importlib import import_module
from typing import Any, TypeAlias

_SET_OPERATORS = frozenset("[&~|")  # What Python may give a meaning inside a class one day.
_CLASSES = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}
_MANY = 20  # Turns from which on a repetition counts as endless.
_Item: TypeAlias = tuple[Any, Any]  # What `re` calls a node: its kind, and what it is made of.


def python_pattern(pattern: str) -> str | None:
    r"""Translate a regular expression of ECMA-262; None if Python has no equal, or takes forever.

    In Python `$` also fits before a line break at the end, and `\d` and `\w` fit letters and
    digits of every script; in ECMA-262 they do not.
    """
    translated: list[str] = []
    in_class = False
    for part in re.findall(r"\\.|.", pattern, re.DOTALL):
        if part in _CLASSES:
            translated.append(_CLASSES[part] if in_class else f"[{_CLASSES[part]}]")
        elif part == "$" and not in_class:
            translated.append(r"\Z")
        elif in_class and part in _SET_OPERATORS:
            translated.append(f"\\{part}")
        elif in_class and part == "]" and "".join(translated).endswith(("[", "[^")):
            return None  # An empty class, which Python cannot write.
        else:
            in_class = part == "[" or (in_class and part != "]")
            translated.append(part)
    text = "".join(translated)
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return None
    return None if explodes(text) else text


def explodes(pattern: str) -> bool:
    """Whether a pattern that Python can read takes forever for some texts, as its form shows."""
    parser: Any = import_module("re._parser")
    try:
        with warnings.catch_warnings():
            # Of what Python may read in another way one day, which is not the document's fault.
            warnings.simplefilter("ignore", FutureWarning)
            parsed: Iterable[_Item] = parser.parse(pattern)
        return _has_bad_repeat(list(parsed))
    except (re.error, RecursionError, OverflowError):
        return False


def _has_bad_repeat(items: Iterable[_Item]) -> bool:
    for kind, parts in items:
        if _is_endless(kind, parts) and _is_ambiguous(list(parts[2])):
            return True
        if any(_has_bad_repeat(list(each)) for each in _inside(kind, parts)):
            return True
    return False


def _is_endless(kind: Any, parts: Any) -> bool:
    """Whether something is repeated without end, and a search may go back into it."""
    if str(kind) not in {"MAX_REPEAT", "MIN_REPEAT"}:
        return False
    least, most, _ = parts
    return bool(int(most) >= _MANY and least != most)


def _is_ambiguous(items: list[_Item]) -> bool:
    """Whether repeating this can take one text in several ways."""
    for index, (kind, parts) in enumerate(items):
        others = [*items[:index], *items[index + 1 :]]
        if not all(_can_be_empty(*each) for each in others):
            continue
        if _is_endless(kind, parts) or any(
            _is_ambiguous(list(each)) for each in _inside(kind, parts, choices_only=True)
        ):
            return True
    return any(
        str(kind) == "BRANCH" and sum(_all_empty(list(each)) for each in parts[1]) > 1
        for kind, parts in items
    )


def _can_be_empty(kind: Any, parts: Any) -> bool:
    name = str(kind)
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return parts[0] == 0 or _all_empty(list(parts[2]))
    if name == "BRANCH":
        return any(_all_empty(list(each)) for each in parts[1])
    if name in {"SUBPATTERN", "ATOMIC_GROUP"}:
        return all(_all_empty(list(each)) for each in _inside(kind, parts))
    return name in {"AT", "ASSERT", "ASSERT_NOT"}


def _all_empty(items: list[_Item]) -> bool:
    return all(_can_be_empty(*each) for each in items)


def _inside(kind: Any, parts: Any, *, choices_only: bool = False) -> list[Any]:
    """Give the sequences inside an item; with `choices_only` those that may be all of it."""
    name = str(kind)
    if name == "SUBPATTERN":
        return [parts[3]]
    if name == "BRANCH":
        return list(parts[1])
    if name in {"MAX_REPEAT", "MIN_REPEAT"} or (name == "POSSESSIVE_REPEAT" and not choices_only):
        return [parts[2]]
    if choices_only:
        return []
    if name == "ATOMIC_GROUP":
        return [parts]
    return [parts[1]] if name in {"ASSERT", "ASSERT_NOT"} else []
