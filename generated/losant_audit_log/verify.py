# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Says whether the files of this package are those that were generated.

Run it with `python -m losant_audit_log.verify`. Its exit code is 0 if they are,
1 if they are not, 2 if that cannot be told.
"""

from __future__ import annotations

import sys
from pathlib import Path

from . import __version__
from ._runtime.integrity import Verdict, verify
from ._runtime.integrity import main as _main

__all__ = ["Verdict", "main", "verify"]


def main() -> int:
    """Verify this package, and print what was found.

    Returns:
        The exit code.
    """
    return _main(Path(__file__).parent, __version__)


if __name__ == "__main__":
    sys.exit(main())
