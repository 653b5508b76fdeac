"""Diagnostics: problems of a document and their text in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

_WIDTH = 120  # characters shown of a source line; minified documents have only one line


class Severity(StrEnum):
    """The severity of a diagnostic: an error stops generation, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A position in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{printable(self.file)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one location.

    Attributes:
        code: The rule's stable code, as listed in `generator/lint/README.md`.
        severity: Whether the problem stops generation.
        location: The position of the faulty value or key.
        message: A statement of the problem, without a final period.
        hint: An instruction that fixes the problem.
        reading: How the document is read where the error is tolerated; empty if it cannot be.
        is_lossy: Whether that reading drops part of the document, which needs `--allow-partial`.
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

    def tolerate(self, *, partial: bool) -> Diagnostic:
        """Return an error as a warning if the document can be read despite it.

        Args:
            partial: Whether a reading may drop part of the document.
        """
        if not self.is_error or not self.reading or (self.is_lossy and not partial):
            return self
        hint = f"{self.hint} (until then {self.reading})"
        return Diagnostic(self.code, Severity.WARNING, self.location, self.message, hint)


class DocumentError(Exception):
    """A document with errors; carries all of its diagnostics."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Store the diagnostics in the order in which they are printed."""
        self.diagnostics = sort_diagnostics(diagnostics)
        super().__init__(f"{len(self.diagnostics)} problems in the document")


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort diagnostics by location and code, without duplicates."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda each: (each.location, each.code, each.message)))


def as_errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return all diagnostics as errors, for `strict = true`."""
    return tuple(
        Diagnostic(each.code, Severity.ERROR, each.location, each.message, each.hint)
        for each in diagnostics
    )


def as_warnings(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return all diagnostics as warnings, for faulty parts that are not generated."""
    return tuple(
        Diagnostic(each.code, Severity.WARNING, each.location, each.message, each.hint)
        for each in diagnostics
    )


def report(diagnostics: Iterable[Diagnostic], text_of: Callable[[str], str | None]) -> str:
    """Format diagnostics with source lines, carets and hints, and the counts at the end.

    Args:
        diagnostics: The diagnostics, in the order to print.
        text_of: Returns the text of a file by the name that locations use, or None.

    Returns:
        Lines that end in a newline; an empty string without diagnostics.
    """
    diagnostics = tuple(diagnostics)
    if not diagnostics:
        return ""
    lines_of: dict[str, list[str]] = {}
    for file in {each.location.file for each in diagnostics}:
        text = text_of(file)
        lines_of[file] = [] if text is None else text.split("\n")
    shown = [_with_excerpt(each, lines_of[each.location.file]) for each in diagnostics]
    errors = sum(each.is_error for each in diagnostics)
    counts = [_count(errors, "error"), _count(len(diagnostics) - errors, "warning")]
    return "\n".join([*shown, ", ".join(filter(None, counts)), ""])


def printable(text: str) -> str:
    """Escape control and bidirectional characters, which a terminal would act on or hide."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def _with_excerpt(diagnostic: Diagnostic, lines: list[str]) -> str:
    location = diagnostic.location
    head = f"{location}: {diagnostic.severity} {diagnostic.code}: {printable(diagnostic.message)}"
    shown = [head]
    if 0 < location.line <= len(lines):
        line, caret = _window(lines[location.line - 1].rstrip("\r"), location.column - 1)
        gutter = f"{location.line:>5} | "
        shown += [f"{gutter}{line}", f"{'|':>{len(gutter) - 1}} {' ' * caret}^"]
    return "\n".join([*shown, f"      hint: {printable(diagnostic.hint)}"])


def _window(line: str, column: int) -> tuple[str, int]:
    """Cut a long line around a column; return the piece and the column inside it."""
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    before = printable(line[start:column])
    piece = before + printable(line[column : start + _WIDTH])
    return piece, len(before)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
