"""Valid Python names for the names of a document.

A name consists of the words of the document's name, so that `orgId`, `org-id` and `OrgID` all
become `org_id`. Characters that Python identifiers cannot have are dropped; a name that would be
empty consists of the code points instead. Names are normalized to NFKC, as Python compares them.
"""

from __future__ import annotations

import itertools
import keyword
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

_BREAKS = re.compile(
    r"""
    (?<=[a-z\d])(?=[A-Z])              # order|Id, sha256|Hash
    | (?<=[A-Z])(?=[A-Z][a-z])(?!(?<=[A-Z])[A-Z]s(?![a-z]))   # HTTP|Server, but not ID|s
    """,
    re.VERBOSE,
)
_WORD_STARTS = re.compile(r"_|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIGNS = re.compile(r"^([-+])(?=\d)")
_SIGN_WORDS = {"-": "minus ", "+": "plus "}

# Names of properties that msgspec does not accept as JSON names of fields.
_NO_FIELD = re.compile(r'[\\"\x00-\x1f]|\A\(raw\)\Z')
# A field or parameter with one of these names would hide a type in the annotations beside it.
TYPES = frozenset({"bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple"})
LONGEST = 80
# Letters that look like digits: linters reject them as names (E741).
_AMBIGUOUS = frozenset({"l", "I", "O"})


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """Split a name into words at separators and where uppercase starts."""
    normal = unicodedata.normalize("NFKC", text)
    normal = _SIGNS.sub(lambda sign: _SIGN_WORDS[sign.group()], normal)
    return tuple(word for part in re.findall(r"[^\W_]+", normal) for word in _split(part))


def _split(part: str) -> list[str]:
    """Split where uppercase starts a word, in every script with letter case."""
    plain = "".join(_plain_case(char) for char in part)
    breaks = [0, *(match.start() for match in _BREAKS.finditer(plain)), len(part)]
    return [part[start:end] for start, end in itertools.pairwise(breaks)]


def _plain_case(char: str) -> str:
    if char.isdecimal():
        return "0"
    return "A" if char.isupper() else "s" if char == "s" else "a"


def identifier(text: str, reserved: Collection[str] = ()) -> str:
    """Return a snake_case name for a field, parameter, method or module.

    Args:
        text: The name in the document.
        reserved: Names with another meaning in that scope; they get a trailing underscore, as
            Python's keywords do.
    """
    name = _valid("_".join(word.lower() for word in words(text)), text)
    name = f"n{name}" if name[0].isdecimal() else name
    taken = keyword.iskeyword(name) or name in reserved or name in _AMBIGUOUS
    return f"{name}_" if taken else name


def class_name(text: str) -> str:
    """Return a PascalCase name; uppercase inside words is kept, as in `HTTPError`."""
    name = _valid("".join(word[:1].upper() + word[1:] for word in words(text)), text)
    name = f"N{name}" if name[0].isdecimal() else name
    return f"{name}_" if keyword.iskeyword(name) or name in _AMBIGUOUS else name


def is_class_name(text: str) -> bool:
    """Whether a string is a valid class name in PascalCase."""
    return text.isidentifier() and class_name(text) == text


def constant_name(text: str) -> str:
    """Return an UPPER_CASE name for a constant or an enum member."""
    if not text:
        return "EMPTY"
    name = _valid("_".join(word.upper() for word in words(text)), text)
    name = f"{name}_" if name in _AMBIGUOUS else name
    return f"N{name}" if name[0].isdecimal() else name


def can_be_field(wire_name: str) -> bool:
    """Whether a property can be a field of a model; others are kept like unknown properties."""
    return _NO_FIELD.search(wire_name) is None


def singular(name: str) -> str:
    """Return the singular of an English name: `Entries` becomes `Entry`, `Status` stays."""
    for plural, single in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch")):
        if name.endswith(plural) and len(name) > len(plural) + 1:
            return name.removesuffix(plural) + single
    if name.endswith("s") and not name.endswith(("ss", "us", "is", "as")) and len(name) > 2:
        return name[:-1]
    return name


def distinct(wanted: Iterable[str], taken: Collection[str] = ()) -> list[str]:
    """Return unique names; a name that is already used gets a number appended."""
    reserved = taken if isinstance(taken, AbstractSet) else frozenset(taken)
    used: set[str] = set()
    numbers: dict[str, int] = {}  # the last number of each name; lower ones are used
    result: list[str] = []
    for name in wanted:
        candidate, number = name, numbers.get(name, 1)
        while candidate in used or candidate in reserved:
            number += 1
            ending = f"_{number}" if name[-1:].isdecimal() else f"{number}"
            candidate = f"{_cut(name, LONGEST - len(ending))}{ending}"
        numbers[name] = number
        used.add(candidate)
        result.append(candidate)
    return result


def distinct_pairs(items: Iterable[T], wanted: Callable[[T], str]) -> list[tuple[str, T]]:
    """Return items with unique names.

    Args:
        items: The items.
        wanted: Returns the preferred name of an item.
    """
    items = list(items)
    return list(zip(distinct(map(wanted, items)), items, strict=True))


def shortest(texts: Iterable[str]) -> str:
    """Return the shortest of names or other texts; of several, the first in the alphabet."""
    return min(texts, key=lambda text: (len(text), text))


def _valid(name: str, text: str) -> str:
    """Drop characters that identifiers cannot have; use the code points if nothing is left."""
    if not f"a{name}".isidentifier():
        name = "".join(char for char in name if f"a{char}".isidentifier())
    name = _cut(name, LONGEST)
    return name or "x" + "_".join(f"{ord(char):x}" for char in text[:8])


def _cut(name: str, longest: int) -> str:
    """Cut a name behind a word, unless the first word alone is longer."""
    if len(name) <= longest:
        return name
    ends = [match.start() for match in _WORD_STARTS.finditer(name, 1, longest + 1)]
    return name[: ends[-1] if ends else longest].rstrip("_")
