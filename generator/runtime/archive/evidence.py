"""External evidence: the service's counts and entries, and signatures."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..core.guards import is_mapping, is_sequence
from .errors import ArchiveDamagedError, ArchiveError
from .lines import Line, LineReader
from .program import COMMAND
from .seals import SealFile
from .service import LogService
from .storage import CHECKPOINT, read_lines
from .times import day_of, to_text
from .verification import AUTHENTICITY, COMPLETENESS, INTEGRITY, Verifier


def recount(verifier: Verifier, service: LogService) -> None:
    """Compare the number of entries of each day with the service's current count."""
    days = _days(verifier)
    service.learn_bounds(_times(verifier, days))
    oldest = service.retained_from(service.now)
    compared = gone = 0
    for window, files in days.items():
        if oldest is not None and window[1] <= oldest:
            gone += 1
            continue
        held = sum(each.seal.entries + each.seal.elsewhere for each in files)
        total = service.total(*window, held)
        if total is None:
            continue
        compared += 1
        day, counts = to_text(window[0]), f"the service has {total} entries, the archive {held}"
        if total > held:
            verifier.damage(COMPLETENESS, day, f"{counts}: {total - held} are missing")
        elif total < held:
            message = f"{counts}: the service deleted {held - total}, or they expired"
            verifier.note(COMPLETENESS, day, message)
    evidence = verifier.evidence[COMPLETENESS]
    evidence[:] = [each for each in evidence if "--recount" not in each]
    evidence.append(f"compared {compared} days with the service; {gone} days have expired there")


def refetch(verifier: Verifier, service: LogService, percent: float, chosen: random.Random) -> None:
    """Download random days again, and compare their entries."""
    oldest = service.retained_from(service.now)
    days = {
        window: files
        for window, files in _days(verifier).items()
        if oldest is None or window[0] >= oldest
    }
    count = min(len(days), max(1, round(len(days) * percent / 100)))
    reader = LineReader(verifier.header.item.id, verifier.header.item.time)
    for window in sorted(chosen.sample(sorted(days), count)):
        ours = {line.id: line for line in _lines(verifier, reader, days[window])}
        theirs = {
            line.id: line
            for found in service.walk(*window)
            if (line := reader.read(found.raw)) and window[0] <= line.milliseconds < window[1]
        }
        for id_ in sorted({*ours, *theirs}):
            _compare(verifier, to_text(window[0]), id_, ours.get(id_), theirs.get(id_))
    verifier.evidence[INTEGRITY].append(f"compared the entries of {count} random days")


def check_signature(verifier: Verifier, signature: Path, key: Path, head: Path | None) -> None:
    """Check a signature of the checkpoint or the head by `ssh-keygen -Y sign`.

    Raises:
        ArchiveError: If `ssh-keygen` is missing, or a file cannot be read.
    """
    signed = [each for each in (verifier.folder / CHECKPOINT, head) if each and each.exists()]
    try:
        kind, content, *_ = key.read_text().split()
        contents = [each.read_bytes() for each in signed]
        with tempfile.TemporaryDirectory() as folder:
            signers = Path(folder) / "allowed_signers"
            signers.write_text(f"{COMMAND} {kind} {content}\n")
            command = [
                *("ssh-keygen", "-Y", "verify", "-n", COMMAND, "-I", COMMAND),
                *("-f", str(signers), "-s", str(signature.resolve(strict=True))),
            ]
            is_valid = any(
                subprocess.run(command, input=each, capture_output=True, check=False).returncode
                == 0
                for each in contents
            )
    except OSError as error:
        raise ArchiveError(f"signature: {error.filename}: {error.strerror}") from None
    except ValueError:
        raise ArchiveError(f"key: {key}: not an SSH public key") from None
    verifier.judged.add(AUTHENTICITY)
    if is_valid:
        verifier.evidence[AUTHENTICITY].append(f"the checkpoint is signed with the key in {key}")
    else:
        message = f"the checkpoint is not signed with the key in {key}"
        verifier.damage(AUTHENTICITY, str(signature), message)


def _days(verifier: Verifier) -> dict[tuple[int, int], list[SealFile]]:
    """Return the seals of each day by its window."""
    days: dict[tuple[int, int], list[SealFile]] = {}
    for each in verifier.seals:
        if each.seal.window:
            days.setdefault(each.seal.window.bounds, []).append(each)
    return days


def _lines(verifier: Verifier, reader: LineReader, files: list[SealFile]) -> Iterator[Line]:
    for file in [each.seal.file for each in files if each.seal.file]:
        with suppress(ArchiveDamagedError):  # The damage is found already.
            yield from reader.lines(read_lines(verifier.folder, file))


def _times(
    verifier: Verifier, days: dict[tuple[int, int], list[SealFile]]
) -> Iterator[tuple[int, set[int]]]:
    reader = LineReader(verifier.header.item.id, verifier.header.item.time)
    for window in sorted(days, reverse=True):
        lines = _lines(verifier, reader, days[window])
        yield day_of(window[0]), {line.milliseconds for line in lines}


def _compare(
    verifier: Verifier, day: str, id_: str, ours: Line | None, theirs: Line | None
) -> None:
    if ours is None and id_ in verifier.ids:
        verifier.note(INTEGRITY, day, f"entry {id_!r} is archived with another day")
    elif ours is None:
        verifier.damage(COMPLETENESS, day, f"entry {id_!r} is missing from the archive")
    elif theirs is None:
        verifier.note(COMPLETENESS, day, f"entry {id_!r} is missing from the service")
    else:
        change = _change(json.loads(ours.content), json.loads(theirs.content))
        if change == "added":
            verifier.note(INTEGRITY, day, f"entry {id_!r} has new members at the service")
        elif change == "other":
            verifier.damage(INTEGRITY, day, f"entry {id_!r} differs from that of the service")


def _change(before: Any, after: Any) -> str:
    """Return whether a JSON value is the `same`, has `added` members, or is `other`."""
    if is_mapping(before) and is_mapping(after):
        if not before.keys() <= after.keys():
            return "other"
        changes = {_change(value, after[name]) for name, value in before.items()}
        changes |= {"added"} if len(after) > len(before) else set()
    elif is_sequence(before) and is_sequence(after) and len(before) == len(after):
        changes = {_change(*pair) for pair in zip(before, after, strict=True)}
    else:
        return "same" if before == after and type(before) is type(after) else "other"
    return "other" if "other" in changes else "added" if "added" in changes else "same"
