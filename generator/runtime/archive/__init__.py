"""Archives of lists in order of time, which others can verify.

Users may import it; of the other packages only `command` may.
"""

from __future__ import annotations

from .archive import Archive, Day, Status, find_archives
from .errors import ArchiveDamagedError, ArchiveError, ArchiveIncompleteError, ArchiveLockedError
from .exporting import ExportResult, Progress
from .exports import Outcome, export, export_many
from .verification import Finding, Judgment, Verification

__all__ = [
    "Archive",
    "ArchiveDamagedError",
    "ArchiveError",
    "ArchiveIncompleteError",
    "ArchiveLockedError",
    "Day",
    "ExportResult",
    "Finding",
    "Judgment",
    "Outcome",
    "Progress",
    "Status",
    "Verification",
    "export",
    "export_many",
    "find_archives",
]
