"""Archives of lists in order of time, which others can verify.

`export` brings an archive up to date; `Archive` reads, verifies and proves. No other module of the
package imports this one, except its command line.
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
