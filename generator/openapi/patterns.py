"""Regular expressions: translation of ECMA-262 to Python, and catastrophic backtracking.

Python's search backtracks. If one iteration of a repeated group can match the same characters as
several iterations, as in `(a+)+`, the time for a string that does not match grows exponentially:
thirty characters take hours. The check looks at the structure of the pattern: it reports an
unbounded repetition of a group that is only another repetition, or that matches the empty string
in two ways.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from importlib import import_module
from string import ascii_letters
from typing import Any, TypeAlias

_SET_OPERATORS = frozenset("[&~|")  # reserved by Python for set operations in character classes
_CLASSES = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}
_NEGATED = {rf"\{each[1].upper()}": f"^{chars}" for each, chars in _CLASSES.items()}
_CONTROLS = {rf"\c{letter}": rf"\x{ord(letter) % 32:02x}" for letter in ascii_letters}
_PART = re.compile(
    r"\\[pP]\{[^}]*\}|\\k<\w+>|\\c[A-Za-z]|\(\?<(?![=!])|\\.|\[(?:\\.|[^\]\\])*\]|.", re.DOTALL
)
_PROPERTIES = frozenset({r"\p", r"\P"})
_LETTERS = {r"\p{L}": r"[^\W\d_]", r"\p{Letter}": r"[^\W\d_]", r"\p{Nd}": r"\d"}
_POSIX = re.compile(r"\[:\^?[a-z]+:\]$")  # the start of a class such as `[[:alpha:]]`
_EMPTY_CLASSES = {"": "(?!)", "^": r"[\s\S]"}  # Python has no syntax for them.
_LITERAL = re.compile(r"/\^.*\$/[a-z]*", re.DOTALL)
_MANY = 20  # iterations from which a repetition counts as unbounded
_Item: TypeAlias = tuple[Any, Any]  # a node of `re._parser`: the operation and its arguments


def python_pattern(pattern: str) -> str | None:
    r"""Translate a regular expression from ECMA-262 to Python.

    In Python `$` also matches before a newline at the end, and `\d` and `\w` match digits and
    letters of every script; in ECMA-262 they do not. Named groups have another syntax. Python has
    no `\p{L}`: it is translated to the word characters that are no digits, which includes
    characters such as `½`.

    Returns:
        The pattern, or None if Python has no equivalent or backtracking takes exponential time.
    """
    parts = [_translate(part) for part in _PART.findall(pattern)]
    if None in parts or is_literal(pattern):
        return None
    text = "".join(filter(None, parts))
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return None
    return None if backtracks_exponentially(text) else text


def is_literal(pattern: str) -> bool:
    """Whether a pattern is written as a literal of JavaScript, with slashes around it."""
    return _LITERAL.fullmatch(pattern) is not None


def _translate(part: str) -> str | None:
    """Translate a character, an escape or a character class; None if Python has no equivalent."""
    if part[0] == "[" and len(part) > 1:
        if _POSIX.search(part, 1):  # Meant as in POSIX; in ECMA-262 it matches other characters.
            return None
        return _character_class(_PART.findall(part[1:-1]))
    if part[:2] in _PROPERTIES:
        return _LETTERS.get(part)
    if part in {"$", "["}:  # A bracket without its end is no pattern.
        return r"\Z" if part == "$" else None
    if part == "(?<":
        return "(?P<"
    if part.startswith(r"\k<"):
        return f"(?P={part[3:-1]})"
    characters = (_CLASSES | _NEGATED | _CONTROLS).get(part)
    return part if characters is None else f"[{characters}]"


def _character_class(parts: list[str]) -> str | None:
    """Translate a character class; sets of letters become alternatives to the others."""
    sets = [_LETTERS.get(each) for each in parts if each[:2] in _PROPERTIES]
    others = "".join(
        f"\\{each}" if each in _SET_OPERATORS else (_CLASSES | _CONTROLS).get(each, each)
        for each in parts
        if each[:2] not in _PROPERTIES
    )
    if None in sets or (sets and others.startswith("^")):
        return None
    if not sets:
        return _EMPTY_CLASSES.get(others, f"[{others}]")
    return f"(?:{'|'.join([*filter(None, sets), *([f'[{others}]'] if others else [])])})"


def backtracks_exponentially(pattern: str) -> bool:
    """Whether a valid Python pattern takes exponential time on some strings, by its structure."""
    parser: Any = import_module("re._parser")
    try:
        with warnings.catch_warnings():
            # Python warns about syntax that it reserves; the document cannot know about that.
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
    """Whether an item is an unbounded repetition that a search can backtrack into."""
    if str(kind) not in {"MAX_REPEAT", "MIN_REPEAT"}:
        return False
    least, most, _ = parts
    return bool(int(most) >= _MANY and least != most)


def _is_ambiguous(items: list[_Item]) -> bool:
    """Whether repetitions of a sequence can match one string in several ways."""
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
    """Return the sequences inside an item; with `choices_only` those that can be all of it."""
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
