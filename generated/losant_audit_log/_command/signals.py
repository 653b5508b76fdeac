# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Signals that end a command."""

from __future__ import annotations

import signal
import sys

from .failures import Terminated


def terminating_signals() -> list[int]:
    """Return the signals that terminate a command; no SIGHUP if `nohup` ignores it."""
    if sys.platform == "win32" or signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        return [signal.SIGTERM]
    return [signal.SIGTERM, signal.SIGHUP]


def handle_termination() -> None:
    """Begin to raise `Terminated` when one of these signals arrives."""
    for number in terminating_signals():
        signal.signal(number, _terminate)


def _terminate(*_: object) -> None:
    raise Terminated
