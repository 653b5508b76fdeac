"""Hostile strings, and every position of a string in a document.

    for place in places(document):
        planted(document, {place: attack})

`PAYLOAD` is the code that the attacks try to execute: it leaves a mark that `was_hit` checks.
"""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from generator.document.json_values import is_array, is_object

MARK: Final = "pets_were_hit"
PAYLOAD: Final = f"__import__('builtins').__dict__.update({MARK}=1)"

ATTACKS: Final[dict[str, str]] = {
    # Out of a literal, a docstring, a comment, a name.
    "double quotes": f'"; {PAYLOAD}; "',
    "single quotes": f"'; {PAYLOAD}; '",
    "in brackets": f'")\n{PAYLOAD}\n("',
    "triple quotes": f'"""\n{PAYLOAD}\n"""',
    "triple single quotes": f"'''\n{PAYLOAD}\n'''",
    "quotes in a row": '""""""""""',
    "a backslash and quotes": f'\\"""\n{PAYLOAD}\n\\"""',
    "a backslash at the end": "the end\\",
    "a quote at the end": 'the "end"',
    "an expression": PAYLOAD,
    "an escaped name": "\\N{BULLET}\\x00\\u12\\777",
    "a line": f"\n{PAYLOAD}\n",
    "a line with a return": f"a\r{PAYLOAD}\rb",
    "a line with both": f"a\r\n{PAYLOAD}\r\nb",
    "a separator of lines": f"a\u2028{PAYLOAD}\u2028b",
    "a separator of paragraphs": f"a\u2029{PAYLOAD}\u2029b",
    "a next line": f"a\x85{PAYLOAD}\x85b",
    "a form feed": f"a\x0c{PAYLOAD}\x0bb\x1c{PAYLOAD}\x1db",
    "a comment": f"# -*- coding: utf-7 -*-\n{PAYLOAD}",
    "an import": "\nfrom .._runtime.nothing import x\nfrom ._runtime.no import y\nimport evil\n",
    "arguments": f"a: str = {PAYLOAD}, b",
    "a section of a docstring": f"Args:\n    x: {PAYLOAD}\n\nRaises:\n    y: z\n\n>>> {PAYLOAD}",
    # Into a template or a format.
    "a template": "{{ 7 * 7 }}{% include 'x' %}{# c #}{{ ''.__class__.__mro__ }}",
    "a template's end": "{% endraw %}{% endif %}{% endfor %}",
    "a format": "{0}{self.__class__.__init__.__globals__}{",
    "an old format": "%s %(x)s %n %",
    "braces": "}{{}}{",
    "a shell": f"$(touch {MARK})`touch {MARK}`; touch {MARK} | tee {MARK}",
    # Out of a folder, or into the place of a file of ours.
    "a path": f"../../../../{MARK}",
    "a path from the root": f"/{MARK}.py",
    "a path of Windows": f"..\\..\\{MARK}:x",
    "a dot": ".",
    "two dots": "..",
    "a module": "__init__",
    "a module of ours": "_runtime/http",
    "a device": "CON",
    "a library": "httpx",
    # Names that mean something.
    "a keyword": "import",
    "a constant": "None",
    "the receiver": "self",
    "a dunder": "__class__",
    "a type": "str",
    "a builtin": "print",
    "a slot": "__dict__",
    "our field": "to_dict",
    # What a terminal or an eye is deceived by.
    "bidirectional controls": "\u202e\u2066 evil \u2069\u202c",
    "escapes of a terminal": "\x1b[2J\x1b]0;x\x07\x08\x7f\x9b",
    "zeros": "a\0b\0",
    "nothing": "",
    "blanks": " \t ",
    "only line breaks": "\n\n\n",
    "width without": "\ufeff\u200b\u00ad",
    "combining": "\u0301\u20dd",
    "a look-alike": "\ufb01\uff21\u2460\u017f",
    "far away": "\U0001f600\U000e0041\U0010ffff",
    "no letters": "!?",
    "half a character": "a\ud800b",
    "code fences": f"```\n{PAYLOAD}\n```\n~~~",
    "mark-up": f"<script>{PAYLOAD}</script><!-- | --> [a](javascript:b)",
    "a header": "x\r\nX-Injected: 1\r\n\r\n<html>",
    "escapes of a URL": "%0d%0a%00%2e%2e%2f",
    # Too much.
    "long": "a" * 20_000,
    "long words": "word " * 5_000,
    "many digits": "9" * 5_000,
    "a huge number": "1e999",
    "an exploding expression": "^(a+)+$",
    "an exploding alternative": "(a|a|ab?)*(\\w|\\d)+c",
    "a broken expression": "(((*[",
    "a huge repeat": "(a{1000}){1000}{1000}",
    "nested groups": "(" * 500 + ")" * 500,
    # References.
    "itself": "#",
    "a file": "file:///etc/passwd",
    "another machine": "http://127.0.0.1:9/x.json#/a",
    "a device's file": "/dev/zero#/a",
    "itself again": "#/paths/~1pets",
    "a bad pointer": "#/~2/%ff/~",
    "any place": "#/info/title",
    # Words of the libraries.
    "a package": f"os.system('touch {MARK}')",
    "numbers": "1__000",
}


@dataclass(frozen=True, order=True)
class Spot:
    """A position in a document.

    Attributes:
        path: The keys that lead to it, each as a string.
        is_key: Whether the key itself is the position, instead of its value.
    """

    path: tuple[str, ...]
    is_key: bool

    def __str__(self) -> str:
        return f"{'key ' if self.is_key else ''}/{'/'.join(self.path)}"


def is_container(node: Any) -> bool:
    """Whether a node has children."""
    return is_object(node) or is_array(node)


def _members(node: Any) -> Iterable[tuple[Any, Any]]:
    return node.items() if is_object(node) else list(enumerate[Any](node))


def spots(document: Any) -> Iterator[Spot]:
    """Return every value without children, and every key."""

    def below(node: Any, path: tuple[str, ...]) -> Iterator[Spot]:
        for key, value in _members(node):
            inner = (*path, str(key))
            if is_object(node):
                yield Spot(inner, is_key=True)
            if is_container(value):
                yield from below(value, inner)
            else:
                yield Spot(inner, is_key=False)

    yield from below(document, ())


# Keywords whose values are prose or data, which may be anything.
_FREE: Final = frozenset(
    {
        *("title", "description", "summary", "termsOfService", "version", "identifier", "email"),
        *("label", "lang", "source", "default", "example", "bearerFormat", "pattern"),
        *("contentType", "user-agent", "error", "environment", "url"),
    }
)
_FREE_BELOW: Final = frozenset({"value", "example", "examples", "x-other", "contact", "license"})


def is_free(spot: Spot) -> bool:
    """Whether any string may be there without making another part of the document wrong."""
    is_below = bool(_FREE_BELOW.intersection(spot.path[:-1]))
    return not spot.is_key and (is_below or spot.path[-1] in _FREE)


# How a name may stand in a text: in a path, and in references.
_FORMS: Final = (
    *("{{{}}}", "/{}"),
    *(f"#/components/{kind}/{{}}" for kind in ("schemas", "examples", "responses")),
)


def rename_values(document: Any, names: Mapping[str, str]) -> Any:
    """Return a copy with other names wherever they are used, so that it stays valid."""

    def text(old: str) -> str:
        if old in names:
            return names[old]
        for pattern in _FORMS:
            for name, attack in names.items():
                new = attack if pattern[0] == "{" else _escape(attack)
                if old == pattern.format(name):
                    return pattern.format(new)
                if pattern[0] == "{":
                    old = old.replace(pattern.format(name), pattern.format(new))
        return old

    def copy(node: Any) -> Any:
        if is_object(node):
            return {text(key): copy(each) for key, each in node.items()}
        if is_array(node):
            return [copy(each) for each in node]
        return text(node) if isinstance(node, str) else node

    return copy(document)


def plant(document: Any, attacks: Mapping[Spot, Any]) -> Any:
    """Return a copy with other values and keys; references to renamed components are updated."""

    def copy(node: Any, path: tuple[str, ...]) -> Any:
        if is_object(node):
            return {
                attacks.get(Spot((*path, key), is_key=True), key): value_of(each, (*path, key))
                for key, each in node.items()
            }
        return [value_of(each, (*path, str(index))) for index, each in enumerate(node)]

    def value_of(value: Any, path: tuple[str, ...]) -> Any:
        spot = Spot(path, is_key=False)
        if spot in attacks:
            return attacks[spot]
        if is_container(value):
            return copy(value, path)
        return renamed.get(value, value) if isinstance(value, str) else value

    renamed = {
        f"#/{'/'.join(spot.path)}": f"#/{'/'.join((*spot.path[:-1], _escape(attack)))}"
        for spot, attack in attacks.items()
        if spot.is_key and spot.path[0] == "components"
    }
    return copy(document, ())


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def text_of(document: Any) -> str:
    """Write a document with every node in a line of its own."""
    return json.dumps(document, indent=1)


def lines(document: Any) -> dict[int, list[Spot]]:
    """Return the spots in each line of `text_of`, counted from 1; planting keeps the lines."""
    found: dict[int, list[Spot]] = {}
    line = 1  # The opening brace.

    def below(node: Any, path: tuple[str, ...]) -> None:
        nonlocal line
        for key, value in _members(node):
            line += 1
            inner = (*path, str(key))
            here = found.setdefault(line, [])
            if is_object(node):
                here.append(Spot(inner, is_key=True))
            if not is_container(value):
                here.append(Spot(inner, is_key=False))
            elif value:
                below(value, inner)
                line += 1

    below(document, ())
    return found


def was_hit() -> bool:
    """Whether a payload was executed in this process."""
    return hasattr(builtins, MARK)
