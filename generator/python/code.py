"""Python source code as a type, and functions that create it.

Strings of a document are untrusted until they are escaped for the context in which they are
printed: a literal, a docstring, a comment or a name. Templates print only `Code`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from functools import cache
from typing import cast

import msgspec

WIDTH = 100
"""The line length of generated source."""

# The separator of a union, brackets, and strings, inside which both are ignored.
_TOKEN = re.compile(r""" \| |"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\[\]]""")


class Code(str):
    """Python source code that this module created."""

    __slots__ = ()


def name(text: str) -> Code:
    """Return a name as code.

    Raises:
        ValueError: If it is not an identifier or a dotted name.
    """
    if not all(part.isidentifier() for part in text.split(".")):
        message = f"{text!r} is not a Python name"
        raise ValueError(message)
    return Code(text)


def literal(value: object) -> Code:
    """Return the literal of a string, bytes, a number, a boolean or None."""
    if value is None or isinstance(value, str | bytes | int | float | bool):
        return Code(repr(value))
    message = f"{type(value).__name__} has no literal"
    raise TypeError(message)


def expression(value: object) -> Code:
    """Return the expression of a value: code, a literal, or tuples, lists and dicts of them."""
    if isinstance(value, Code):
        return value
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        inside = ", ".join(expression(item) for item in items)
        return Code(f"({inside},)" if len(items) == 1 else f"({inside})")
    if isinstance(value, list):
        elements = cast("list[object]", value)
        return Code(f"[{', '.join(expression(item) for item in elements)}]")
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        pairs = (f"{expression(key)}: {expression(each)}" for key, each in members.items())
        return Code(f"{{{', '.join(pairs)}}}")
    return literal(value)


def construct(kind: type[msgspec.Struct], /, **arguments: object) -> Code:
    """Return a call that constructs a struct, without the arguments that equal the defaults.

    Raises:
        TypeError: If an argument is not a field of the struct.
    """
    fields = _fields(kind)
    if not set(arguments) <= set(fields):
        message = f"{kind.__name__} has no field {sorted(set(arguments) - set(fields))}"
        raise TypeError(message)
    printed = (
        f"{name}={expression(value)}"
        for name, value in arguments.items()
        if not _is_default(value, fields[name])
    )
    return Code(f"{kind.__name__}({', '.join(printed)})")


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}


def _is_default(value: object, field: msgspec.structs.FieldInfo) -> bool:
    if field.default_factory is not msgspec.NODEFAULT:
        return bool(value == field.default_factory())
    return type(value) is type(field.default) and bool(value == field.default)


def alternatives(annotation: Code) -> list[str]:
    """Return the alternatives of a union; nested unions stay whole."""
    found: list[str] = []
    depth = start = 0
    for token in _TOKEN.finditer(annotation):
        depth += (token[0] == "[") - (token[0] == "]")
        if token[0] == " | " and not depth:
            found.append(annotation[start : token.start()])
            start = token.end()
    return [*found, annotation[start:]]


def words(names: Iterable[str]) -> Code:
    """Return names as one string with spaces between them, in literals that fit on a line."""
    lines = textwrap.wrap(" ".join(map(name, names)), WIDTH - 16, break_long_words=False)
    ended = [f"{line} " for line in lines[:-1]] + (lines[-1:] or [""])
    return Code(f"({' '.join(map(literal, ended))})")


def docstring(text: str, indent: int = 0) -> Code:
    """Return a docstring with its quotes, its lines wrapped and indented by `indent` spaces."""
    lines = _wrap(_with_summary_line(_clean(text), WIDTH - indent - 6), WIDTH - indent)
    if len(lines) == 1 and len(lines[0]) <= WIDTH - indent - 6:
        return Code(f'"""{_ending(lines[0])}"""')
    margin = " " * indent
    body = "\n".join(f"{margin}{line}" if line else "" for line in lines)
    return Code(f'"""{body.lstrip()}\n{margin}"""')


def _with_summary_line(text: str, width: int) -> str:
    """Return a text that starts with a summary line.

    The summary is the first sentence. If that is too long for a line, it ends at a colon or
    semicolon, or it is cut, and the full paragraph follows.
    """
    first, _, rest = text.partition("\n\n")
    paragraph = " ".join(first.split())
    if len(paragraph) < width:
        return "\n\n".join(filter(None, (_sentence(paragraph), rest)))
    sentence, dot, further = paragraph.partition(". ")
    if dot and len(sentence) < width:
        return "\n\n".join(filter(None, (f"{sentence}.", further, rest)))
    head, colon, further = _at_colon(paragraph, width)
    if colon:
        return "\n\n".join(filter(None, (f"{head}.", f"{further[:1].upper()}{further[1:]}", rest)))
    ends = [paragraph.rfind(mark, 0, width) for mark in (":", ";", ",", " (", " ")]
    end = next(end for end in (*ends, width) if end > 0)
    return "\n\n".join(filter(None, (f"{paragraph[:end].rstrip(' ,')}.", first, rest)))


def _at_colon(paragraph: str, width: int) -> tuple[str, str, str]:
    """Split a paragraph at the first colon or semicolon outside brackets and code spans."""
    for match in re.finditer(r"[:;] ", paragraph[:width]):
        head = paragraph[: match.start()]
        if head.count("`") % 2 == 0 and head.count("(") == head.count(")") and ". " not in head:
            return head, match[0], paragraph[match.end() :]
    return paragraph, "", ""


def _sentence(text: str) -> str:
    """Return a text that ends with a period, question mark or exclamation mark."""
    return text if not text or text[-1] in ".?!" else f"{text.rstrip(':;,')}."


def _clean(text: str) -> str:
    """Escape a text for use between triple quotes."""
    lines = text.replace("\r\n", "\n").replace("\t", "    ").split("\n")
    printable = "\n".join(line if line.isprintable() else _printable(line) for line in lines)
    return printable.replace("\\", "\\\\").replace('"""', '\\"\\"\\"').strip()


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else _escape(char) for char in line)


def _escape(char: str) -> str:
    return " " if char.isspace() else f"U+{ord(char):04X}"


def _ending(line: str) -> str:
    return line[:-1] + '\\"' if line.endswith('"') else line


def _wrap(text: str, width: int) -> list[str]:
    """Wrap paragraphs and list items, but not tables, headings and code blocks."""
    lines: list[str] = []
    paragraph: list[str] = []
    fenced = False

    def finish() -> None:
        if paragraph:
            indent = paragraph[0][: len(paragraph[0]) - len(paragraph[0].lstrip())]
            further = indent + "  " if _is_item(paragraph[0]) else indent
            further = indent + "    " if _is_argument(paragraph[0]) else further
            joined = " ".join(line.strip() for line in paragraph)
            lines.extend(
                textwrap.wrap(
                    joined,
                    max(width, 40),
                    initial_indent=indent,
                    subsequent_indent=further,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )
            paragraph.clear()

    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith("```"):
            finish()
            fenced = not fenced
            lines.append(line.rstrip())
        elif fenced or stripped.startswith(("|", "#")) or not stripped:
            finish()
            lines.append(line.rstrip())
        elif _starts_anew(line, paragraph):
            finish()
            paragraph.append(line)
        else:
            paragraph.append(line)
    finish()
    return lines or [""]


def _starts_anew(line: str, paragraph: list[str]) -> bool:
    """Whether a line starts a new paragraph."""
    if _is_item(line) or _is_argument(line):
        return True
    return bool(paragraph) and _indent(line) != _indent(paragraph[-1])


def _is_item(line: str) -> bool:
    return line.lstrip().startswith(("- ", "* ", "+ "))


def _is_argument(line: str) -> bool:
    """Whether a line starts an entry of a Google-style section: `    name: Description`."""
    head, colon, _ = line.partition(": ")
    return bool(colon) and line.startswith("    ") and head.strip().lstrip("*").isidentifier()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
