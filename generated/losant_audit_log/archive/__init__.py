# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Archives of lists in order of time, which others can verify.

Optional: `command` and generated code may import this package, and users may.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .archive import Archive, Day, Status, find_archives
    from .errors import (
        ArchiveDamagedError,
        ArchiveError,
        ArchiveIncompleteError,
        ArchiveLockedError,
    )
    from .exporting import ExportResult, Progress
    from .exports import Outcome, export, export_many
    from .verification import Assessment, Finding, Verification

__all__ = [
    "Archive",
    "ArchiveDamagedError",
    "ArchiveError",
    "ArchiveIncompleteError",
    "ArchiveLockedError",
    "Assessment",
    "Day",
    "ExportResult",
    "Finding",
    "Outcome",
    "Progress",
    "Status",
    "Verification",
    "export",
    "export_many",
    "find_archives",
]

_MODULES = ("errors", "verification", "archive", "exporting", "exports")
"""The modules with these names; each imports at most those before it."""


def __getattr__(name: str) -> object:
    """Import a name on first access."""
    from importlib import import_module

    for module in _MODULES if name in __all__ else ():
        found = vars(import_module(f".{module}", __name__))
        if name in found:
            globals()[name] = found[name]
            return found[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the names of this module, also of those that are not imported yet."""
    return sorted({*globals(), *__all__})
