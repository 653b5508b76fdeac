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

_MODULES = {
    "archive": ("Archive", "Day", "Status", "find_archives"),
    "errors": (
        "ArchiveDamagedError",
        "ArchiveError",
        "ArchiveIncompleteError",
        "ArchiveLockedError",
    ),
    "exporting": ("ExportResult", "Progress"),
    "exports": ("Outcome", "export", "export_many"),
    "verification": ("Finding", "Assessment", "Verification"),
}


def __getattr__(name: str) -> object:
    """Import a name on first access."""
    from importlib import import_module

    for module, names in _MODULES.items():
        if name in names:
            value: object = getattr(import_module(f".{module}", __name__), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the names of this module, also of those that are not imported yet."""
    return sorted({*globals(), *__all__})
