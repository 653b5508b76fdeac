"""Evidence from elsewhere: the service's totals and entries, and a signature."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..core.guards import is_mapping, is_sequence
from .errors import ArchiveError
from .lines import Line, LineReader
from .program import COMMAND
from .seals import SealFile
from .service import LogService
from .storage import CHECKPOINT, read_lines
from .times import day_of, to_text
from .verification import AUTHENTICITY, COMPLETENESS, INTEGRITY, Verifier


def recount(verifier: Verifier, service: LogService) -> None:
    """Compare the number of entries of each day with what the service counts now."""
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
        day, now = to_text(window[0]), f"the service counts {total} entries, the archive has {held}"
        if total > held:
            verifier.damage(COMPLETENESS, day, f"{now}: {total - held} are missing")
        elif total < held:
            verifier.note(COMPLETENESS, day, f"{now}: {held - total} were deleted or expired there")
    evidence = verifier.evidence[COMPLETENESS]
    evidence[:] = [each for each in evidence if "--recount" not in each]
    evidence.append(f"the service counted {compared} days now; {gone} are older than it keeps")


def refetch(verifier: Verifier, service: LogService, percent: float, chosen: random.Random) -> None:
    """Read random days again, and compare their entries."""
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
            for found in service.walk(*window)[1]
            if (line := reader.read(found.raw)) and window[0] <= line.milliseconds < window[1]
        }
        for id_ in sorted({*ours, *theirs}):
            _compare(verifier, to_text(window[0]), id_, ours.get(id_), theirs.get(id_))
    verifier.evidence[INTEGRITY].append(f"{count} random days were read again and compared")


def check_signature(verifier: Verifier, signature: Path, key: Path, head: Path | None) -> None:
    """Check a signature that `ssh-keygen -Y sign` made over the checkpoint, or over the head.

    Raises:
        ArchiveError: If there is no `ssh-keygen`, or a file cannot be read.
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
        raise ArchiveError(f"key: {key}: not a public key of SSH") from None
    verifier.judged.add(AUTHENTICITY)
    if is_valid:
        verifier.evidence[AUTHENTICITY].append(f"the key in {key} signed the checkpoint")
    else:
        message = f"the key in {key} did not sign this checkpoint"
        verifier.damage(AUTHENTICITY, str(signature), message)


def _days(verifier: Verifier) -> dict[tuple[int, int], list[SealFile]]:
    """Return the seals of each day, by its window."""
    days: dict[tuple[int, int], list[SealFile]] = {}
    for each in verifier.seals:
        if each.seal.window:
            days.setdefault(each.seal.window.bounds, []).append(each)
    return days


def _lines(verifier: Verifier, reader: LineReader, files: list[SealFile]) -> Iterator[Line]:
    for each in files:
        for content in read_lines(verifier.folder, each.seal.file) if each.seal.file else ():
            line = reader.read(content)
            if line is not None:
                yield line


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
        verifier.note(INTEGRITY, day, f"entry {id_!r} was on another day when it was archived")
    elif ours is None:
        verifier.damage(COMPLETENESS, day, f"the service has entry {id_!r}, the archive has not")
    elif theirs is None:
        verifier.note(COMPLETENESS, day, f"the service has entry {id_!r} no more")
    else:
        match _change(json.loads(ours.content), json.loads(theirs.content)):
            case "added":
                verifier.note(INTEGRITY, day, f"entry {id_!r} has more members at the service now")
            case "other":
                verifier.damage(INTEGRITY, day, f"entry {id_!r} is another one at the service now")
            case _:
                pass


def _change(before: Any, after: Any) -> str:
    """Return whether a JSON value is the `same`, has `added` members, or is an `other` one."""
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
