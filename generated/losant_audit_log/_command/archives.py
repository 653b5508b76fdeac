# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Commands on archives; only `--recount` and `--refetch` send requests."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from math import isfinite
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec

from .._runtime.core.service import ServiceError
from ..archive import Archive, ArchiveDamagedError, ArchiveError, Status, Verification
from ..archive.archive import archive_folders, find_archives
from .arguments import Reader
from .escaping import visible
from .failures import Exit, most_severe, report
from .options import ARCHIVE, READ, VERIFY
from .outputs import Item, print_item, print_items, read_format, read_limit
from .parsing import asks_for_help, group_help, parse, parser
from .standard_output import write
from .structure import Option, Program
from .times import duration_text
from .usage import UsageError

_DIR = Option("DIR", "The directory of an archive, or of several archives.", metavar="DIR")
_ID = Option("ID", "The id of an entry.")
_DOCS = {
    "verify": "Verify the integrity, completeness and authenticity of archives.",
    "status": "Print the state of archives, without network access.",
    "prove": "Print a proof that an entry is in the archive.",
    "read": "Print the entries of archives, in order of time.",
}
_STATUS = ("path", *Status.__struct_fields__, "token_expires")
_VERIFY = {each.flag: each for each in VERIFY}
_READ = {each.flag: each for each in READ}
_DIGITS = 4_000  # of integers, at most


def archive(program: Program, arguments: Sequence[str]) -> int:
    """Run a command on archives and return the exit code."""
    prog, first = f"{program.name} archive", arguments[0] if arguments else ""
    if text := group_help(prog, "Verify and read archives, and prove entries.", _DOCS, first):
        write(text)
        return Exit.DONE
    positional = (_DIR, _ID) if first == "prove" else (_DIR,)
    made = parser(f"{prog} {first}", _DOCS[first], positional, ARCHIVE[first])
    if asks_for_help(arguments[1:]):
        write(made.format_help())
        return Exit.DONE
    given = parse(made, arguments[1:])
    folder = Path(Reader(given)[_DIR])
    match first:
        case "verify":
            return _verify(program, folder, Reader(given))
        case "status":
            return _status(program, folder, given)
        case "prove":
            return _prove(folder, str(given[_ID.flag]))
        case _:
            return _read(program, folder, Reader(given))


def _verify(program: Program, folder: Path, reader: Reader) -> int:
    """Verify archives; an error in one does not stop the verification of the others."""
    options = {name: reader[_VERIFY[f"--{name}"]] for name in ("head", "signature", "key")}
    as_json = reader[_VERIFY["--format"]] == "json"
    options |= {"recount": reader.given["--recount"], "retention": reader[_VERIFY["--retention"]]}
    options["refetch"] = _percent(reader.given["--refetch"])
    codes: list[int] = []
    try:
        folders = archive_folders(folder)
    except ArchiveDamagedError as error:
        error.exit_code = Exit.FINDINGS
        return report(error, as_json=as_json)
    if (options["signature"] is None) != (options["key"] is None):
        raise UsageError("--signature and --key: pass both or neither")
    if len(folders) > 1 and (options["head"] or options["signature"]):
        raise UsageError("--head and --signature: pass the directory of a single archive")
    for path in folders:
        try:
            with ExitStack() as stack:
                found = Archive(path)
                if options["recount"] or options["refetch"]:
                    options["listing"] = _listing(program, found, reader, stack)
                result = found.verify(**options)
        except ServiceError as error:
            if isinstance(error, ArchiveDamagedError):
                error.exit_code = Exit.FINDINGS
            codes.append(report(error, as_json=as_json))
            if isinstance(error, ArchiveError):
                continue
            offline: dict[str, Any] = {**options, "recount": False, "refetch": 0}
            result = Archive(path).verify(**offline)
        codes.append(result.exit_code)
        write(_as_json(path, result) if as_json else _as_text(result))
    return Exit.FINDINGS if Exit.FINDINGS in codes else most_severe(codes)


def _percent(text: str | None) -> float:
    try:
        percent = float((text or "0").removesuffix("%"))
    except ValueError:
        percent = -1
    if not 0 <= percent <= 100:
        raise UsageError(f"--refetch: {text!r} is not a percentage; write 1%")
    return percent


def _listing(program: Program, found: Archive, reader: Reader, stack: ExitStack) -> Any:
    """Return the client method for the list of an archive."""
    from .requests import naming_options, open_client

    stack.enter_context(naming_options(program, VERIFY))
    for resource in program.resources:
        for method in resource.methods():
            if method.kind == "export" and method.operation == found.header.operation:
                client = stack.enter_context(open_client(program, reader))
                return getattr(attrgetter(resource.name)(client), method.method)
    raise UsageError(f"{found.path}: {program.name} has no list {found.header.operation!r}")


def _as_json(path: Path, result: Verification) -> str:
    data = {"path": str(path), **msgspec.to_builtins(result), "exit_code": result.exit_code}
    return f"{json.dumps(data)}\n"


def _as_text(result: Verification) -> str:
    """Return the verdicts, evidence and findings of a verification as lines.

    One damaged file can have a finding for each later seal. Equal ones become one line.
    """
    counts = f"{result.entries} entries, {result.seals} seals, size {result.size}"
    lines = [f"{result.origin}: {counts}, root {result.root}"]
    for concern in ("integrity", "completeness", "authenticity"):
        judged = getattr(result, concern)
        lines.append(f"{concern}: {judged.verdict}")
        lines += [f"    {each}" for each in judged.evidence]
    locations: dict[tuple[str, str], list[str]] = {}
    for each in result.findings:
        locations.setdefault((each.severity, each.message), []).append(each.location)
    for (severity, message), (first, *more) in locations.items():
        others = f" and {len(more)} more" if more else ""
        lines.append(f"{severity}: {first}{others}: {message}")
    return "".join(f"{visible(line)}\n" for line in lines)


def _status(program: Program, folder: Path, given: Mapping[str, Any]) -> int:
    """Print the state of archives; an error in one does not stop the others."""
    form, as_json = read_format(given, _STATUS), given["--output"] in {"json", "jsonl"}
    expires = _token_expires(program)
    codes: list[int] = []

    def describe(path: Path) -> Iterator[Item]:
        try:
            status = Archive(path).status()
        except ArchiveError as error:
            codes.append(report(error, as_json=as_json))
            return
        data = {"path": str(path), **msgspec.to_builtins(status), "token_expires": expires}
        if form.name == "table" and status.margin is not None:
            data["margin"] = duration_text(status.margin)
        yield Item(lambda: data)

    items = chain.from_iterable(map(describe, archive_folders(folder)))
    if form.name == "table" and not form.columns:
        for number, item in enumerate(items):
            write("\n" if number else "")
            print_item(item, form)
    else:
        print_items(items, form, _STATUS)
    return most_severe(codes)


def _token_expires(program: Program) -> str | None:
    """Return the expiry of the token in the environment, from its own claims."""
    from .._runtime.calls.secret import Secret

    token = os.environ.get(program.variable, "") if program.variable else ""
    expires = Secret(token).expires() if token else None
    try:
        return dt.datetime.fromtimestamp(expires, dt.UTC).isoformat() if expires else None
    except (ValueError, OverflowError, OSError):  # Outside the range of `datetime`.
        return None


def _prove(folder: Path, id_: str) -> int:
    errors: list[ArchiveError] = []
    for path in archive_folders(folder):
        try:
            write(Archive(path).prove(id_))
        except ArchiveError as error:
            errors.append(error)
        else:
            return Exit.DONE
    raise max(errors, key=attrgetter("exit_code"))  # Damage, if any.


def _decode(line: bytes) -> Any:
    """Return the JSON data of an entry, without unpaired surrogates and invalid bytes."""
    from .._runtime.paging.entry_decoding import replace_surrogates

    text = replace_surrogates(line).decode("utf-8", "replace")
    return json.loads(text, parse_float=_number, parse_int=_number)


def _number(text: str) -> float | str:
    """Return a number, or its text if it is out of Python's range."""
    is_integer = text.removeprefix("-").isdigit()
    if len(text) > _DIGITS or not (is_integer or isfinite(float(text))):
        return text
    return int(text) if is_integer else float(text)


def _read(program: Program, folder: Path, reader: Reader) -> int:
    read_format(reader.given, ())  # Wrong options come before a wrong folder.
    limit = read_limit(reader)
    archives = find_archives(folder)
    columns = next(
        (
            method.columns
            for resource in program.resources
            for method in resource.methods()
            if method.kind == "list" and method.operation == archives[0].header.operation
        ),
        (),
    )
    form = read_format(reader.given, columns)
    start, end = reader[_READ["--start"]], reader[_READ["--end"]]
    if start is not None and end is not None and start > end:
        raise UsageError("--start is after --end; swap them")
    lines = chain.from_iterable(each.entries(start, end) for each in archives)
    items = (Item(partial(_decode, line), line) for line in lines)
    print_items(islice(items, limit), form, columns)
    return Exit.DONE
