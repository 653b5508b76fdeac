"""Output formats: JSON, JSONL, CSV, tables and raw bytes."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from shutil import get_terminal_size
from typing import Any, NamedTuple, cast

from .arguments import Reader
from .escaping import visible, without_formula
from .options import FORMATS, LIST
from .standard_output import write
from .usage import UsageError, unknown

_FIRST = 100  # entries that decide how wide the columns of a table are
_WIDEST = 40  # characters of a column on a terminal


class Format(NamedTuple):
    """An output format.

    Attributes:
        name: `json`, `jsonl`, `table`, `csv` or `raw`.
        columns: The members to print; empty for all.
        is_terminal: Whether stdout is a terminal.
        guards: Whether CSV cells that look like formulas are escaped.
    """

    name: str
    columns: tuple[str, ...]
    is_terminal: bool
    guards: bool = True


def read_format(given: Mapping[str, Any], known: Sequence[str]) -> Format:
    """Return the output format.

    Args:
        given: The options.
        known: The members of an entry; empty if they are unknown.

    Raises:
        UsageError: If the options are invalid.
    """
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    name = given.get("--output") or "auto"
    if name not in FORMATS:
        raise unknown("--output:", name, FORMATS)
    if name == "auto":
        name = "table" if is_terminal else "jsonl"
    text = given.get("--columns")
    columns = tuple(text.split(",")) if text is not None else ()
    for column in columns:
        if known and column not in known:
            raise unknown("--columns:", column, known)
    if columns and name == "raw":
        raise UsageError("--columns: not supported by --output raw; use another --output")
    return Format(name, columns, is_terminal, guards=not given.get("--csv-raw"))


def read_limit(reader: Reader) -> int | None:
    """Return the maximum number of entries to print; None for all.

    Raises:
        UsageError: If it is below 1.
    """
    limit: int | None = reader[LIST[0]]
    if limit is not None and limit < 1:
        raise UsageError(f"--limit: expected 1 or more, got {limit}")
    return limit


class Item:
    """A value to print.

    Args:
        load: A function that returns its JSON data.
        raw: The received bytes, or None.
    """

    def __init__(self, load: Callable[[], Any], raw: bytes | None = None) -> None:
        self._load = load
        self.raw = raw

    @cached_property
    def data(self) -> Any:
        """The JSON data."""
        return self._load()

    def members(self) -> Mapping[str, Any]:
        """Return the members of an object; another value is a member `value`."""
        data: Any = self.data
        return cast("Mapping[str, Any]", data) if isinstance(data, dict) else {"value": data}

    def chosen(self, columns: Sequence[str]) -> Any:
        """Return the data, restricted to the selected members."""
        if not columns:
            return self.data
        members = self.members()
        return {column: members.get(column) for column in columns}

    def text(self, columns: Sequence[str], indent: int | None = None) -> str:
        """Return the item as JSON, unchanged if possible."""
        if self.raw is not None and not columns and indent is None:
            return self.raw.decode("utf-8", "replace").replace("\r", " ").replace("\n", " ")
        separators = (",", ":") if indent is None else None
        return json.dumps(
            self.chosen(columns),
            ensure_ascii=False,
            indent=indent,
            separators=separators,
            default=str,
        )


def print_item(item: Item, form: Format) -> None:
    """Print one result."""
    if form.name == "json":
        text = item.text(form.columns, indent=2)
        write(f"{text}\n", is_terminal=form.is_terminal)
    elif form.name == "table":
        members = item.members()
        rows = [
            (visible(key), _cell(members.get(key)))
            for key in form.columns or members
            if form.columns or members[key] is not None
        ]
        margin = max((len(key) for key, _ in rows), default=0)
        write(
            "".join(f"{key:<{margin}}  {cell}\n" for key, cell in rows),
            is_terminal=form.is_terminal,
        )
    else:
        print_items(iter([item]), form, list(item.members()))


def print_items(items: Iterator[Item], form: Format, known: Sequence[str]) -> None:
    """Print entries while they are received.

    Args:
        items: The entries.
        form: The output format.
        known: The documented members of an entry.
    """
    for text in _texts(items, form, known):
        write(text, is_terminal=form.is_terminal)


def _texts(items: Iterator[Item], form: Format, known: Sequence[str]) -> Iterator[str | bytes]:
    match form.name:
        case "raw":
            return (
                each.raw + b"\n" if each.raw is not None else f"{each.text(())}\n" for each in items
            )
        case "json":
            return _array(items, form)
        case "csv":
            return _csv(items, form, known)
        case "table":
            return _table(items, form, known)
        case _:
            return (f"{each.text(form.columns)}\n" for each in items)


def _array(items: Iterator[Item], form: Format) -> Iterator[str]:
    separator = "["
    for item in items:
        yield f"{separator}\n{item.text(form.columns)}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def _csv(items: Iterator[Item], form: Format, known: Sequence[str]) -> Iterator[str]:
    first = next(items, None)
    columns = form.columns or tuple(known) or tuple(first.members() if first else ())
    if columns:
        yield _line(columns, form)
    for item in chain([first] if first else [], items):
        members = item.members()
        yield _line([_plain(members.get(column)) for column in columns], form)


def _line(cells: Iterable[str], form: Format) -> str:
    out = io.StringIO()
    guarded = map(without_formula, cells) if form.guards else cells
    csv.writer(out).writerow(guarded)  # It quotes the characters of its line terminator.
    return out.getvalue().removesuffix("\r\n") + "\n"


def _table(items: Iterator[Item], form: Format, known: Sequence[str]) -> Iterator[str]:
    first = list(islice(items, _FIRST))
    if not first:
        return
    columns = list(form.columns) or _columns(first, known)
    rows = [_row(item, columns) for item in first]
    widths = [
        max(len(visible(column)), *(len(row[index]) for row in rows))
        for index, column in enumerate(columns)
    ]
    if form.is_terminal:
        widths = _column_widths(widths, is_chosen=bool(form.columns))
    yield _align([visible(each) for each in columns], widths)
    for row in chain(rows, (_row(item, columns) for item in items)):
        yield _align(row, widths)


def _columns(first: Sequence[Item], known: Sequence[str]) -> list[str]:
    """Return the members whose values are scalars, in the order of the document."""
    names = list(known) or list(dict.fromkeys(key for item in first for key in item.members()))
    return [
        name
        for name in names
        if any(item.members().get(name) is not None for item in first)
        and not any(isinstance(item.members().get(name), dict | list) for item in first)
    ]


def _column_widths(widths: Sequence[int], *, is_chosen: bool) -> list[int]:
    """Return the widths of the columns that fit on the terminal, or of all selected columns."""
    left = get_terminal_size().columns
    found: list[int] = []
    for width in (min(each, _WIDEST) for each in widths):
        if found and not is_chosen and width + 2 > left:
            break
        found.append(width)
        left -= width + 2
    return found


def _row(item: Item, columns: Sequence[str]) -> list[str]:
    members = item.members()
    return [_cell(members.get(column)) for column in columns]


def _align(cells: Sequence[str], widths: Sequence[int]) -> str:
    cut = (
        cell if len(cell) <= width else f"{cell[: max(width - 1, 0)]}…"
        for cell, width in zip(cells, widths, strict=False)
    )
    padded = (f"{cell:<{width}}" for cell, width in zip(cut, widths, strict=False))
    return "  ".join(padded).rstrip() + "\n"


def _cell(value: Any) -> str:
    return visible(_plain(value))


def _plain(value: Any) -> str:
    """Return a value as text: a string without quotes, another value as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
