"""The command `follow`, which prints new entries."""

from __future__ import annotations

import datetime as dt
import logging
import os
import select
import signal
import stat
import sys
import time
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from threading import Thread, get_ident
from types import FrameType
from typing import Any

from .arguments import Reader, reason
from .escaping import visible
from .failures import PipeClosed, Terminated, print_error
from .options import FOLLOW
from .requests import item_of, naming_options, open_client
from .signals import terminating_signals
from .standard_output import write
from .structure import Method, Option, Program, Resource
from .usage import UsageError

_OPTIONS = {each.flag: each for each in FOLLOW}
_CONTROLS = ("interval", "lag", "overlap")
_SHORTEST = dt.timedelta(seconds=0.1)
_EVERY = 1.0  # seconds between two states, while entries come


def follow(program: Program, resource: Resource, method: Method, given: Mapping[str, Any]) -> int:
    """Print entries until the process receives a signal, and save the state."""
    reader = Reader(given)
    arguments = reader.arguments((*method.positional, *method.options))
    for name in _CONTROLS:
        value = reader[_OPTIONS[f"--{name}"]]
        if value is not None:
            arguments[name] = value
    if arguments.get("interval", _SHORTEST) < _SHORTEST:
        raise UsageError(f"--interval: {given['--interval']!r} is too short; write 0.1s or more")
    state = _State(path := reader[_OPTIONS["--state"]])
    checkpoint = Option(f"--state {path}", "", "checkpoint")
    if state.since is not None:
        arguments["since"] = state.since
        for option in method.options:
            if option.flag == "--start":
                arguments.pop(option.name, None)
    _print_warnings()
    printing = _Printing()
    with (
        naming_options(program, (*method.positional, *method.options, *FOLLOW, checkpoint)),
        open_client(program, reader) as client,
    ):
        following = getattr(attrgetter(resource.name)(client), method.method)(**arguments)
        try:
            for entry in following:
                printing.print(entry)
                if state.is_due:
                    state.save(following.checkpoint)
        finally:
            printing.ignore_signals()
            if printing.is_whole:
                state.save(following.checkpoint_after(printing.last))
    raise AssertionError("only signals and errors end a follow")


class _Printing:
    """Output of lines on stdout that signals do not interrupt."""

    def __init__(self) -> None:
        self.is_whole = True
        self.last: object = None
        self._pending: type[BaseException] | None = None
        self._ends: dict[int, type[BaseException]] = {signal.SIGINT: KeyboardInterrupt}
        self._ends |= dict.fromkeys(terminating_signals(), Terminated)
        if sys.platform != "win32":
            self._ends[signal.SIGPIPE] = PipeClosed
        for number in self._ends:
            signal.signal(number, self._end)
        _watch_pipe()

    def print(self, entry: object) -> None:
        """Print an entry; a signal received meanwhile ends the command afterwards."""
        self.is_whole = False
        write(f"{item_of(entry).text(())}\n")
        self.last = entry
        self.is_whole = True
        if self._pending is not None:
            raise self._pending

    def ignore_signals(self) -> None:
        """Ignore further signals."""
        for number in self._ends:
            signal.signal(number, signal.SIG_IGN)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self._pending = self._ends[number]
        if self.is_whole:
            raise self._pending


def _watch_pipe() -> None:
    """Start to send SIGPIPE to this process when the reader of its stdout closes the pipe."""
    if sys.platform == "win32" or sys.stdout is None:
        return
    number = sys.stdout.fileno()
    if not stat.S_ISFIFO(os.fstat(number).st_mode):
        return

    main = get_ident()

    def watch() -> None:
        poll = select.poll()
        poll.register(number, 0)  # Hang-ups are always reported.
        poll.poll()
        signal.pthread_kill(main, signal.SIGPIPE)

    Thread(target=watch, daemon=True).start()


class _State:
    """The file with the position of a follow, if any.

    Raises:
        UsageError: If it is not a regular file or cannot be read, or its directory is not writable.
    """

    def __init__(self, path: str | None) -> None:
        self._path = None if path is None else Path(path)
        self._saved = 0.0
        self.since: str | None = None
        try:
            if self._path is not None and self._path.exists():
                if not self._path.is_file():  # Replacing a device would remove it.
                    raise UsageError(f"--state: {path!r} is not a regular file; name another one")
                self.since = self._path.read_text("utf-8").strip() or None
        except (OSError, ValueError) as error:
            raise UsageError(f"--state: cannot read {path!r}: {reason(error)}") from None
        if self._path is not None and not os.access(self._path.parent, os.W_OK):
            raise UsageError(f"--state: the directory of {path!r} does not exist or is read-only")

    @property
    def is_due(self) -> bool:
        """Whether there is a file that was not saved for some time."""
        return self._path is not None and time.monotonic() >= self._saved + _EVERY

    def save(self, checkpoint: str) -> None:
        """Replace the file; the checkpoint must include only printed lines."""
        if self._path is None:
            return
        temporary = self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        temporary.touch(0o600)
        with temporary.open("w", encoding="utf-8") as file:
            file.write(f"{checkpoint}\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)
        self._saved = time.monotonic()


class _Warnings(logging.Handler):
    """Warnings of the run time as lines on stderr."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a warning."""
        print_error(f"warning: {visible(' '.join(record.getMessage().split()))}")


def _print_warnings() -> None:
    logger = logging.getLogger(__name__.partition("._command.")[0].rpartition(".")[2])
    logger.addHandler(_Warnings(logging.WARNING))
    logger.propagate = False
