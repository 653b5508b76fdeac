"""Archives that were forged with care: all hashes and links match."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def no_change(_: dict[str, Any]) -> None:
    """Leave a seal as it is."""


def relink(
    archive: Path,
    path: Path,
    lines: list[bytes],
    report: dict[int, Any] | None = None,
    change: Callable[[dict[str, Any]], None] = no_change,
) -> None:
    """Replace a file, and write all seals and the checkpoint anew, as a careful forger does."""
    leaves = list[bytes]()
    previous: dict[str, Any] | None = None
    for seal_path in sorted(archive.glob("seals/*")):
        seal = json.loads(seal_path.read_bytes())
        seal["prev"] = previous
        seal["report"] |= (report or {}).get(seal["seq"], {})
        own = list[bytes]()
        if seal["file"]:
            file = archive / seal["file"]["name"]
            own = gzip.decompress(file.read_bytes()).splitlines()
            if file == path:
                own = lines
                text = b"".join(line + b"\n" for line in own)
                stored = gzip.compress(text, mtime=0)
                file.write_bytes(stored)
                digest = hashlib.sha256(stored).hexdigest()
                sizes = {"bytes": len(text), "stored_bytes": len(stored), "sha256": digest}
                seal["file"] |= sizes
                if seal["service"]:
                    seal["service"]["total"] += len(own) - seal["entries"]
                seal["entries"] = len(own)
                entries = [json.loads(line) for line in own]
                ends = [
                    {"id": each["id"], "time": each["creationDate"]}
                    for each in (*entries[:1], *entries[-1:])
                    if seal["window"]
                ]
                seal["first"], seal["last"] = ends or (None, None)
        begin = len(leaves)
        leaves += [hashlib.sha256(b"\0" + line).digest() for line in own]
        seal["tree"] = {"from": begin, "to": len(leaves), "root": root(leaves)}
        change(seal)
        content = json.dumps(seal, sort_keys=True, separators=(",", ":")).encode()
        seal_path.write_bytes(content)
        leaves.append(hashlib.sha256(b"\0" + content).digest())
        previous = {"seq": seal["seq"], "sha256": hashlib.sha256(content).hexdigest()}
    origin = json.loads((archive / "archive.json").read_bytes())["origin"]
    (archive / "checkpoint").write_text(f"{origin}\n{len(leaves)}\n{root(leaves)}\n")


def root(leaves: list[bytes]) -> str:
    """Return the root of a tree as base64."""
    level = leaves or [hashlib.sha256(b"").digest()]
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\1" + b"".join(level[at : at + 2])).digest()
            if at + 1 < len(level)
            else level[at]
            for at in range(0, len(level), 2)
        ]
        level = pairs
    return base64.b64encode(level[0]).decode()
