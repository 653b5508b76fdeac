"""Problems in a document: what they are and how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

_WIDTH = 120  # The longest piece of a source line that is shown; minified documents have one line.


class Severity(StrEnum):
    """How much a problem matters: an error stops generation, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{printable(self.file)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place.

    Attributes:
        code: The rule's stable code, as listed in `generator/lint/README.md`.
        severity: Whether the problem stops generation.
        location: Where the problem is.
        message: What is wrong, in one sentence without a full stop.
        hint: What to do about it.
        reading: What is done until then where the problem is tolerated; empty if nothing can be.
        is_lossy: Whether that reading leaves out something, which only `--allow-partial` does.
    """

    code: str
    severity: Severity
    location: Location
    message: str
    hint: str
    reading: str = ""
    is_lossy: bool = False

    @property
    def is_error(self) -> bool:
        """Whether the problem stops generation."""
        return self.severity is Severity.ERROR

    def tolerated(self, *, partial: bool) -> Diagnostic:
        """Give an error as a warning, if there is a sensible reading of what it is about.

        Args:
            partial: Whether a reading may leave out something.
        """
        if not self.is_error or not self.reading or (self.is_lossy and not partial):
            return self
        hint = f"{self.hint}; until then {self.reading}"
        return Diagnostic(self.code, Severity.WARNING, self.location, self.message, hint)


class DocumentError(Exception):
    """A document that cannot be used; carries every problem that was found."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the problems in the order in which they are shown."""
        self.diagnostics = in_order(diagnostics)
        super().__init__(f"{len(self.diagnostics)} problems in the document")


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place and code, and drop repetitions."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda each: (each.location, each.code, each.message)))


def as_errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Turn warnings into errors, as `strict = true` asks."""
    return tuple(
        Diagnostic(each.code, Severity.ERROR, each.location, each.message, each.hint)
        for each in diagnostics
    )


def as_warnings(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Turn errors into warnings, where what they are about is left out."""
    return tuple(
        Diagnostic(each.code, Severity.WARNING, each.location, each.message, each.hint)
        for each in diagnostics
    )


def report(diagnostics: Iterable[Diagnostic], text_of: Callable[[str], str | None]) -> str:
    """Show problems with their source line, a caret and a hint, and a count at the end.

    Args:
        diagnostics: What to show, in this order.
        text_of: Gives a file's text by the name that locations use, or None.

    Returns:
        Lines that end in a newline; an empty text if there is nothing to show.
    """
    diagnostics = tuple(diagnostics)
    if not diagnostics:
        return ""
    lines_of: dict[str, list[str]] = {}
    for file in {each.location.file for each in diagnostics}:
        text = text_of(file)
        lines_of[file] = [] if text is None else text.split("\n")
    shown = [_show(each, lines_of[each.location.file]) for each in diagnostics]
    errors = sum(each.is_error for each in diagnostics)
    counts = [_count(errors, "error"), _count(len(diagnostics) - errors, "warning")]
    return "\n".join([*shown, ", ".join(filter(None, counts)), ""])


def printable(text: str) -> str:
    """Replace what a terminal would act on or hide: control and bidirectional characters."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def _show(diagnostic: Diagnostic, lines: list[str]) -> str:
    place = diagnostic.location
    head = f"{place}: {diagnostic.severity} {diagnostic.code}: {printable(diagnostic.message)}"
    shown = [head]
    if 0 < place.line <= len(lines):
        line, caret = _window(lines[place.line - 1].rstrip("\r"), place.column - 1)
        gutter = f"{place.line:>5} | "
        shown += [f"{gutter}{line}", f"{'|':>{len(gutter) - 1}} {' ' * caret}^"]
    return "\n".join([*shown, f"      hint: {printable(diagnostic.hint)}"])


def _window(line: str, column: int) -> tuple[str, int]:
    """Cut a long line around a column; give the piece and the column inside it."""
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    before = printable(line[start:column])
    piece = before + printable(line[column : start + _WIDTH])
    return piece, len(before)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
