"""Python names for the names of a document, valid by construction.

A name is made of the words of the document's name, so that `orgId`, `org-id` and `OrgID` all read
`org_id`. What is no letter, digit or underscore in Python is left out; a name that would be empty
is spelled by its code points. Names are in the form that Python itself compares (NFKC).
"""

from __future__ import annotations

import itertools
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

_BREAKS = re.compile(
    r"""
    (?<=[a-z\d])(?=[A-Z])              # order|Id, sha256|Hash
    | (?<=[A-Z])(?=[A-Z][a-z])(?!(?<=[A-Z])[A-Z]s(?![a-z]))   # HTTP|Server, but not ID|s
    """,
    re.VERBOSE,
)
_SIGNS = re.compile(r"^([-+])(?=\d)")
_SIGN_WORDS = {"-": "minus ", "+": "plus "}

# Names of properties that no field can have: the decoder of JSON does not take them.
_NO_FIELD = re.compile(r'[\\"\x00-\x1f]|\A\(raw\)\Z')
# A field or parameter of such a name would hide a type that annotations beside it use.
TYPES = frozenset({"bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple"})
LONGEST = 80
# Letters that look like digits: linters want none of them as a name.
_AMBIGUOUS = frozenset({"l", "I", "O"})


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """Split a name into words, at separators and where upper case starts."""
    normal = unicodedata.normalize("NFKC", text)
    normal = _SIGNS.sub(lambda sign: _SIGN_WORDS[sign.group()], normal)
    return tuple(word for part in re.findall(r"[^\W_]+", normal) for word in _split(part))


def _split(part: str) -> list[str]:
    """Split where upper case starts a word, in any script that has it."""
    plain = "".join(_plain_case(char) for char in part)
    breaks = [0, *(match.start() for match in _BREAKS.finditer(plain)), len(part)]
    return [part[start:end] for start, end in itertools.pairwise(breaks)]


def _plain_case(char: str) -> str:
    if char.isdecimal():
        return "0"
    return "A" if char.isupper() else "s" if char == "s" else "a"


def identifier(text: str, reserved: Collection[str] = ()) -> str:
    """Give a snake_case name for a field, parameter, method or module.

    Args:
        text: The document's name.
        reserved: Names that have another meaning there; they get a trailing underscore, as do
            Python's keywords.
    """
    name = _valid("_".join(word.lower() for word in words(text)), text)
    name = f"n{name}" if name[0].isdecimal() else name
    taken = keyword.iskeyword(name) or name in reserved or name in _AMBIGUOUS
    return f"{name}_" if taken else name


def class_name(text: str) -> str:
    """Give a PascalCase name; upper case inside words is kept, as in `HTTPError`."""
    name = _valid("".join(word[:1].upper() + word[1:] for word in words(text)), text)
    name = f"N{name}" if name[0].isdecimal() else name
    return f"{name}_" if keyword.iskeyword(name) or name in _AMBIGUOUS else name


def is_class_name(text: str) -> bool:
    """Whether a class may be called so."""
    return text.isidentifier() and class_name(text) == text


def constant_name(text: str) -> str:
    """Give an UPPER_CASE name for a constant or an enum member."""
    if not text:
        return "EMPTY"
    name = _valid("_".join(word.upper() for word in words(text)), text)
    name = f"{name}_" if name in _AMBIGUOUS else name
    return f"N{name}" if name[0].isdecimal() else name


def can_be_field(wire_name: str) -> bool:
    """Whether a property can be a field of a model; another one is kept as an unknown one is."""
    return _NO_FIELD.search(wire_name) is None


def singular(name: str) -> str:
    """Give the name for one of many: `Entries` are made of `Entry`, a `Status` stays one."""
    for plural, single in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch")):
        if name.endswith(plural) and len(name) > len(plural) + 1:
            return name.removesuffix(plural) + single
    if name.endswith("s") and not name.endswith(("ss", "us", "is", "as")) and len(name) > 2:
        return name[:-1]
    return name


def distinct(wanted: Iterable[str], taken: Collection[str] = ()) -> list[str]:
    """Give each name once: a later one that is taken gets a number behind it."""
    used = set(taken)
    result: list[str] = []
    for name in wanted:
        candidate, number = name, 1
        while candidate in used:
            number += 1
            ending = f"_{number}" if name[-1:].isdecimal() else f"{number}"
            candidate = f"{name[: max(LONGEST - len(ending), 1)]}{ending}"
        used.add(candidate)
        result.append(candidate)
    return result


def _valid(name: str, text: str) -> str:
    """Drop what cannot stand in an identifier; spell a name that has nothing else."""
    if not f"a{name}".isidentifier():
        name = "".join(char for char in name if f"a{char}".isidentifier())
    name = name[:LONGEST].rstrip("_")
    return name or "x" + "_".join(f"{ord(char):x}" for char in text[:8])
