# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Verification of the installed files against the manifest.

Run `python -m losant_audit_log.verify`. The exit code is 0 if the files match the manifest,
1 if they do not, and 2 if they cannot be verified.
"""

from __future__ import annotations

import sys
from pathlib import Path

from . import __version__
from ._runtime.integrity import Verdict, verify
from ._runtime.integrity import main as _main

__all__ = ["Verdict", "main", "verify"]


def main() -> int:
    """Verify the installed package and print the result.

    Returns:
        The exit code.
    """
    return _main(Path(__file__).parent, __version__)


if __name__ == "__main__":
    sys.exit(main())
