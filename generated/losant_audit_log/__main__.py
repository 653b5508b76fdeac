# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Command line: `losant-audit-log`, or `python -m losant_audit_log`."""

from __future__ import annotations

import sys

from ._command.program import run
from ._command.tables import PROGRAM

__all__ = ["main"]


def main() -> int:
    """Run the command line of this process.

    Returns:
        The exit code.
    """
    return run(PROGRAM, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
