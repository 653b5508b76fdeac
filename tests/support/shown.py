"""Everything that is visible of an error, to search it for secrets."""

from __future__ import annotations

import traceback
from typing import Any


class Shown:
    """Everything that tools which print tracebacks would show of an error.

    Attributes:
        messages: The messages of the errors in the chain.
        locals: The local variables in their tracebacks.
        errors: The errors of the chain.
    """

    def __init__(self, error: BaseException) -> None:
        self.messages: list[str] = []
        self.locals: list[str] = []
        self.errors: list[BaseException] = []
        self._follow(error)

    def _follow(self, error: BaseException | None) -> None:
        if error is None or error in self.errors:
            return
        self.errors.append(error)
        self.messages += [str(error), repr(error), repr(error.args), repr(vars(error))]
        captured = traceback.TracebackException.from_exception(error, capture_locals=True)
        self.locals += list(captured.format())
        for frame, _ in traceback.walk_tb(error.__traceback__):
            if "losant_audit_log" in frame.f_code.co_filename:  # One level deeper, as rich does.
                self.locals += [deep(value) for value in frame.f_locals.values()]
        self._follow(error.__cause__)
        self._follow(error.__context__)

    def __str__(self) -> str:
        return "\n".join(self.messages + self.locals)


def deep(value: Any) -> str:
    """Format a value like tools that inspect objects."""
    rich: Any = None if isinstance(value, type) else getattr(value, "__rich_repr__", None)
    return f"{value!r} {list(rich()) if rich else ''}"


def without_frames_of_the_test(error: BaseException) -> BaseException:
    """Remove the test's own frames from the traceback: they may contain secrets."""
    trace = error.__traceback__
    while trace is not None and "losant_audit_log" not in trace.tb_frame.f_code.co_filename:
        trace = trace.tb_next
    assert trace is not None
    return error.with_traceback(trace)
