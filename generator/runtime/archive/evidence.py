"""External evidence: the service's counts and entries, and signatures."""

from __future__ import annotations

import base64
import json
import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from ..core.errors import IncompleteWalkError
from ..core.guards import is_mapping, is_sequence
from .errors import ArchiveDamagedError, ArchiveError
from .lines import Line, flatten
from .program import COMMAND
from .seals import SealFile
from .service import LogService
from .storage import read_lines
from .times import day_of, to_text
from .tree import sha256
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
        if total > held:  # Some may be archived without a day, or with another one.
            with suppress(IncompleteWalkError):
                received = _service_entries(verifier, service, window)
                held = total - sum(name not in verifier.names for name, _ in received)
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
    days = _days(verifier)
    windows = sorted(each for each in days if oldest is None or each[0] >= oldest)
    count = min(len(windows), max(1, round(len(windows) * percent / 100)))
    for window in sorted(chosen.sample(windows, count)):
        ours = {line.id: line.content for line in _lines(verifier, days[window])}
        theirs = dict(_service_entries(verifier, service, window))
        for name in sorted({*ours, *theirs}):
            _compare(verifier, to_text(window[0]), name, ours.get(name), theirs.get(name))
    verifier.evidence[INTEGRITY].append(f"compared the entries of {count} random days")


def check_signature(verifier: Verifier, signature: Path, key: Path, signed: list[Path]) -> None:
    """Check a signature of one of several files by `ssh-keygen -Y sign`.

    Raises:
        ArchiveError: If `ssh-keygen` is missing, or a file cannot be read.
    """
    try:
        kind, content, *_ = key.read_text().split()
        base64.b64decode(content).index(kind.encode())  # Raises for another kind of file.
        contents = [each.read_bytes() for each in signed if each.exists()]
        with tempfile.TemporaryDirectory() as folder:
            signers = Path(folder) / "allowed_signers"
            signers.write_text(f"{COMMAND} {kind} {content}\n")
            command = [
                *("ssh-keygen", "-Y", "verify", "-n", COMMAND, "-I", COMMAND),
                *("-f", str(signers), "-s", str(signature.resolve(strict=True))),
            ]
            run = partial(subprocess.run, command, capture_output=True, check=False)
            is_valid = any(run(input=each).returncode == 0 for each in contents)
    except OSError as error:
        raise ArchiveError(f"signature, key: {error.filename}: {error.strerror}") from None
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


def _lines(verifier: Verifier, files: list[SealFile]) -> Iterator[Line]:
    for file in [each.seal.file for each in files if each.seal.file]:
        with suppress(ArchiveDamagedError):  # The damage is found already.
            yield from verifier.reader.lines(read_lines(verifier.folder, file))


def _service_entries(
    verifier: Verifier, service: LogService, window: tuple[int, int]
) -> Iterator[tuple[str, bytes]]:
    """Iterate over the service's entries of a day, each by its id or hash."""
    for found in service.walk(*window):
        content = flatten(found.raw)
        line = verifier.reader.read(content)
        if line is None or window[0] <= line.milliseconds < window[1]:
            yield sha256(content) if line is None else line.id, content


def _times(
    verifier: Verifier, days: dict[tuple[int, int], list[SealFile]]
) -> Iterator[tuple[int, set[int]]]:
    for window in sorted(days, reverse=True):
        yield day_of(window[0]), {line.milliseconds for line in _lines(verifier, days[window])}


def _compare(
    verifier: Verifier, day: str, name: str, ours: bytes | None, theirs: bytes | None
) -> None:
    if ours is None and name in verifier.names:
        message = f"entry {name!r} is archived without a day or with another one"
        verifier.note(INTEGRITY, day, message)
    elif ours is None:
        verifier.damage(COMPLETENESS, day, f"entry {name!r} is missing from the archive")
    elif theirs is None:
        verifier.note(COMPLETENESS, day, f"entry {name!r} is missing from the service")
    elif ours != theirs:
        change = "other"
        with suppress(RecursionError, ValueError):  # Of invalid bytes or a huge number.
            change = _change(json.loads(ours), json.loads(theirs))
        if change == "added":
            verifier.note(INTEGRITY, day, f"entry {name!r} has new members at the service")
        elif change == "other":
            verifier.damage(INTEGRITY, day, f"entry {name!r} differs from that of the service")


def _change(before: Any, after: Any) -> str:
    """Return whether a JSON value is the `same`, has `added` members, or is `other`."""
    pairs, is_added = [(before, after)], False
    while pairs:
        before, after = pairs.pop()
        if is_mapping(before) and is_mapping(after) and before.keys() <= after.keys():
            pairs += [(value, after[name]) for name, value in before.items()]
            is_added |= len(after) > len(before)
        elif is_sequence(before) and is_sequence(after) and len(before) == len(after):
            pairs += zip(before, after, strict=True)
        elif type(before) is not type(after) or is_mapping(before) or before != after:
            return "other"
    return "added" if is_added else "same"
