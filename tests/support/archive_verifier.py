"""Independent verifier of archives, written from the description of the format.

It imports nothing of the package, so that it verifies archives independently.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

UNFINISHED = "unfinished: "
_DAY = dt.timedelta(days=1)


def judge(folder: Path, *, head: str | None = None) -> list[str]:
    """Return the faults of an archive; those that begin with `UNFINISHED` are no damage."""
    return list(_faults(folder, head))


def _faults(folder: Path, head: str | None) -> Iterator[str]:
    described = (folder / "archive.json").read_bytes()
    archive = json.loads(described)
    paths = sorted((folder / "seals").glob("0*.json"))
    contents = [path.read_bytes() for path in paths]
    seals = [json.loads(content) for content in contents]
    expected = [f"{number:09}.json" for number in range(len(paths))]
    if [path.name for path in paths] != expected:
        yield f"the seals are {[path.name for path in paths]}"
    if any(_canonical(seal) != each for seal, each in zip(seals, contents, strict=True)):
        yield "a seal is not canonical"
    leaves: list[bytes] = []
    sizes = [0]
    ids: set[str] = set()
    previous: dict[str, Any] | None = None
    for number, (seal, content) in enumerate(zip(seals, contents, strict=True)):
        linked = {
            "seq": number,
            "v": 1,
            "origin": archive["origin"],
            "archive_sha256": hashlib.sha256(described).hexdigest(),
            "prev": previous,
        }
        yield from (f"{number}: {key}" for key, each in linked.items() if seal[key] != each)
        previous = {"seq": number, "sha256": hashlib.sha256(content).hexdigest()}
        lines: list[bytes] = []
        if seal["file"] is not None:
            stored = (folder / seal["file"]["name"]).read_bytes()
            yield from (f"{number}: {each}" for each in _stored_faults(seal["file"], stored))
            lines = gzip.decompress(stored).removesuffix(b"\n").split(b"\n")
        yield from (f"{number}: {each}" for each in _line_faults(seal, lines, archive, ids))
        begin = len(leaves)
        leaves += [hashlib.sha256(b"\0" + line).digest() for line in lines]
        root = base64.b64encode(_root(leaves)).decode()
        if seal["tree"] != {"from": begin, "to": len(leaves), "root": root}:
            yield f"{number}: tree"
        leaves.append(hashlib.sha256(b"\0" + content).digest())
        sizes.append(len(leaves))
    yield from _window_faults(seals)
    yield from _checkpoint_faults(folder, archive["origin"], leaves, sizes)
    yield from _file_faults(folder, {each["file"]["name"] for each in seals if each["file"]})
    if head is not None:
        origin, size, root = head.split("\n")[:3]
        found = base64.b64encode(_root(leaves[: int(size)])).decode()
        if origin != archive["origin"] or int(size) > len(leaves) or found != root:
            yield "the archive does not extend the head"


def _stored_faults(file: dict[str, Any], stored: bytes) -> Iterator[str]:
    text = gzip.decompress(stored)
    if hashlib.sha256(stored).hexdigest() != file["sha256"]:
        yield "hash of the file"
    if (len(stored), len(text)) != (file["stored_bytes"], file["bytes"]):
        yield "sizes of the file"
    if stored[4:8] != bytes(4) or not text.endswith(b"\n"):
        yield "the gzip header has a time, or the last line has no end"


def _window_faults(seals: list[dict[str, Any]]) -> Iterator[str]:
    days = [each["window"] for each in seals if each["kind"] == "day"]
    for before, after in pairwise(days):
        if before["to"] != after["from"]:
            yield f"a gap between {before['to']} and {after['from']}"
    for seal in seals:
        if seal["kind"] == "late" and (seal["window"] not in days or seal["service"] is not None):
            yield f"{seal['seq']}: a late seal with another window, or with a total"


def _line_faults(
    seal: dict[str, Any], lines: list[bytes], archive: dict[str, Any], ids: set[str]
) -> Iterator[str]:
    if len(lines) != seal["entries"]:
        yield "number of entries"
    if seal["kind"] == "unplaced":
        if seal["window"] is not None:
            yield "an unplaced seal with a window"
        return
    begin, end = (_time(seal["window"][key]) for key in ("from", "to"))
    if not begin < end <= begin + _DAY or (end.hour, end.minute, end.second) != (0, 0, 0):
        yield "the window is not a day"
    keys: list[tuple[dt.datetime, str]] = []
    for line in lines:
        entry = json.loads(line)
        id_, time = (_at(entry, archive["item"][key]) for key in ("id", "time"))
        keys.append((dt.datetime.fromisoformat(time), id_))
        if id_ in ids:
            yield f"{id_} occurs twice"
        ids.add(id_)
    if any(not begin <= time < end for time, _ in keys):
        yield "an entry outside the window"
    if keys != sorted(keys):
        yield "entries are not in order"
    ends: list[Any] = [{"id": id_, "time": _text(time)} for time, id_ in (*keys[:1], *keys[-1:])]
    if [seal["first"], seal["last"]] != (ends or [None, None]):
        yield "first or last"


def _checkpoint_faults(
    folder: Path, origin: str, leaves: list[bytes], sizes: list[int]
) -> Iterator[str]:
    path = folder / "checkpoint"
    if not path.exists():
        if len(sizes) > 1:
            yield f"{UNFINISHED if len(sizes) == 2 else ''}no checkpoint"
        return
    text = path.read_text()
    for behind, size in enumerate(sizes[:-3:-1]):
        root = base64.b64encode(_root(leaves[:size])).decode()
        if text == f"{origin}\n{size}\n{root}\n":
            if behind:
                yield f"{UNFINISHED}the checkpoint is one seal behind"
            return
    yield "the checkpoint is not that of the last seal"


def _file_faults(folder: Path, named: set[str]) -> Iterator[str]:
    found = {
        path.relative_to(folder).as_posix()
        for path in (folder / "entries").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    unsealed = sorted(found - named)
    for name in unsealed:
        yield f"{UNFINISHED if len(unsealed) == 1 else ''}{name} is in no seal"
    for path in folder.rglob(".*.tmp"):
        yield f"{UNFINISHED}{path.name}"


def _root(leaves: list[bytes]) -> bytes:
    """Return the hash of RFC 6962, as its section 2.1 defines it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + _root(leaves[:half]) + _root(leaves[half:])).digest()


def proves(proof: str, line: bytes) -> bool:
    """Whether a tlog-proof proves that a line is in the tree of its checkpoint."""
    head, note = proof.split("\n\n", 1)
    magic, extra, index_line, *path = head.split("\n")
    _, size, root = note.rstrip("\n").split("\n")
    index, last = int(index_line.removeprefix("index ")), int(size) - 1
    node = hashlib.sha256(b"\0" + line).digest()
    for each in map(base64.b64decode, path):
        while not index % 2 and index == last:
            index, last = index // 2, last // 2
        pair = each + node if index % 2 else node + each
        node = hashlib.sha256(b"\1" + pair).digest()
        index, last = index // 2, last // 2
    return (
        magic == "c2sp.org/tlog-proof@v1"
        and base64.b64decode(extra.removeprefix("extra ")) == line
        and base64.b64encode(node).decode() == root
    )


def _canonical(value: dict[str, Any]) -> bytes:
    """Return RFC 8785 for objects whose names are ASCII and whose numbers are integers."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _at(entry: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        entry = entry[step]
    return entry


def _time(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def _text(time: dt.datetime) -> str:
    time = time.astimezone(dt.UTC)
    return f"{time:%Y-%m-%dT%H:%M:%S}.{time.microsecond // 1000:03}Z"
