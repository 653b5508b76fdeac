"""Benchmark of generated lines of code, beside openapi-python-client."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterable
from pathlib import Path

from tests.bench import stock
from tests.bench.measure import Effort, Measured, exact
from tests.support.paths import GENERATOR, PACKAGE

_OURS_ALONE = frozenset({"_command", "_spark", "archive", "spark.py"})  # Others have none of them.
_SAME_FOR_ALL = ("client.py", "errors.py", "types.py")  # of openapi-python-client


def measure(effort: Effort) -> Measured:
    """Count lines of code: without blank lines, comments and docstrings."""
    stock.write_client(effort.folder)
    theirs = effort.folder / stock.CLIENT
    ours = _lines(path for path in PACKAGE.rglob("*.py") if _is_compared(path))
    others = _lines(
        path
        for path in theirs.rglob("*.py")
        if path.relative_to(theirs).as_posix() not in _SAME_FOR_ALL
    )
    yield "size.lines", exact(ours / others)


def _is_compared(path: Path) -> bool:
    """Whether a file is made of the document, and is part of the client."""
    inside = path.relative_to(PACKAGE)
    if inside.parts[0] in _OURS_ALONE:
        return False
    written = GENERATOR / "render" / "templates" / f"{inside}.jinja"
    return inside.parts[0] != "_runtime" or written.exists()


def _lines(paths: Iterable[Path]) -> int:
    return sum(lines_of_code(path.read_text("utf-8")) for path in paths)


def lines_of_code(text: str) -> int:
    """Count the lines that contain code."""
    said_nothing = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT}
    said_nothing |= {tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in said_nothing:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Expr(value=ast.Constant(value=str()), lineno=first, end_lineno=int(last)):
                lines.difference_update(range(first, last + 1))
            case _:
                pass
    return len(lines)
