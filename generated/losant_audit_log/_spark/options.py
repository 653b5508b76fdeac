# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Options of the data source, parsed and validated."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from .._runtime.core.errors import InvalidArgumentError
from .logs import Log
from .times import DAY, read_duration, read_time

T = TypeVar("T")

_SECRETS = re.compile(
    r"token|secret|password|credential|authori[sz]ation|bearer|api.?key", re.IGNORECASE
)
_JWT = re.compile(r"ey[\w-]{8,}\.[\w-]+\.", re.ASCII)
_FUNCTION = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")
_NAMES = (
    *("resource", "start", "end", "slice", "parallelism", "requestsPerSecond", "lag", "overlap"),
    *("maxPerTrigger", "retention", "perPage", "raw", "onUndecodable", "baseUrl", "tokenFrom"),
)
_COUNT = re.compile(r"\d{1,10}", re.ASCII)
_COMMENT = re.compile(r"(?:^|\s)#.*")
_LONGEST = 80  # characters of a value in a message
_SLOWEST = 0.001  # requests per second; a task waits up to twice the time between two of its own
_TIMESTAMP = "a date (UTC) or a timestamp with a UTC offset, such as 2026-11-26T08:00:00Z"
_DURATION = "a duration such as 90s, 15m, 6h or 7d"


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The options of a data source. Times and durations are milliseconds.

    Attributes:
        resource: The name of the list.
        logs: The path arguments of each log.
        start: The start, inclusive; None for the oldest available entries.
        end: The end, exclusive; None for the newest entries that are older than `lag`.
        slice: The duration that a task reads at least, and by whose multiples a stream advances.
        parallelism: The maximum number of tasks.
        rate: The maximum number of requests per second of all tasks; None without a limit.
        lag: The age at which entries are read.
        overlap: The duration before the start that is read again.
        max_per_trigger: The duration by which a batch of a stream advances at most.
        retention: The retention period of the service; None for the documented one.
        per_page: The number of entries per page; None for the default of walks.
        has_raw: Whether there is a column with the received bytes.
        keeps_undecodable: Whether entries that do not match the document are rows.
        base_url: The base URL of the service; None for that of the tasks' environment.
        token_from: The function that returns the token, as `module:function`; None for the
            environment of the tasks.
    """

    resource: str
    logs: tuple[tuple[str, ...], ...]
    start: int | None
    end: int | None
    slice: int
    parallelism: int
    rate: float | None
    lag: int
    overlap: int
    max_per_trigger: int
    retention: int | None
    per_page: int | None
    has_raw: bool
    keeps_undecodable: bool
    base_url: str | None
    token_from: str | None


def read_options(
    given: Mapping[str, str], logs: Mapping[str, Log], *, takes_token: bool = True
) -> Options:
    """Parse and validate options.

    Args:
        given: The options, whose names may be in lower case.
        logs: The lists by their names.
        takes_token: Whether the client takes a token, so that `tokenFrom` is an option.

    Raises:
        InvalidArgumentError: If an option is unknown or invalid. The error names it, its value and
            the remedy. It does not repeat a value that may be a secret.
    """
    texts = {name.lower(): text.strip() for name, text in given.items()}
    names = [each for each in _NAMES if takes_token or each != "tokenFrom"]
    known = {"tokenfrom", *(each.ids.lower() for each in logs.values())}
    _reject_secrets(texts, known, takes_token=takes_token)
    reader = _Reader(texts)
    resource = reader.one_of("resource", list(logs))
    log = logs[resource]
    _reject_unknown(texts, [*names, *([log.ids] if log.ids else [])], resource)
    size = reader.duration("slice", least=1) or DAY
    lag = reader.duration("lag")
    options = Options(
        resource=resource,
        logs=_read_logs(texts, log),
        start=reader.read("start", read_time, _TIMESTAMP),
        end=reader.read("end", read_time, _TIMESTAMP),
        slice=size,
        parallelism=reader.read("parallelism", _count, "a positive integer") or 4,
        rate=reader.read("requestsPerSecond", _rate, "a positive number"),
        lag=DAY if lag is None else lag,
        overlap=reader.duration("overlap") or 0,
        max_per_trigger=reader.duration("maxPerTrigger", least=1) or max(7 * DAY, size),
        retention=reader.duration("retention", least=1),
        per_page=reader.read("perPage", _count, "a positive integer"),
        has_raw=reader.one_of("raw", ["false", "true"]) == "true",
        keeps_undecodable=reader.one_of("onUndecodable", ["raise", "keep"]) == "keep",
        base_url=texts.get("baseurl") or None,
        token_from=reader.text("tokenFrom", _FUNCTION, "module:function"),
    )
    _check_together(options)
    return options


def _check_together(options: Options) -> None:
    """Raise if options contradict each other."""
    start, end = options.start, options.end
    if start is not None and end is not None and start >= end:
        raise InvalidArgumentError("start: not before end; swap them")
    if options.max_per_trigger < options.slice:
        message = "maxPerTrigger: less than slice, by which a stream advances; set it to slice"
        raise InvalidArgumentError(message)
    if options.rate is not None and options.rate < _SLOWEST:
        message = f"requestsPerSecond: expected {_SLOWEST} or more, got {options.rate}"
        raise InvalidArgumentError(message)
    if options.keeps_undecodable and not options.has_raw:
        message = "onUndecodable: 'keep' needs the received bytes; set raw to true as well"
        raise InvalidArgumentError(message)


def _reject_secrets(texts: Mapping[str, str], known: set[str], *, takes_token: bool) -> None:
    """Raise if an option seems to be a token: options are shown in plans, logs and the UI."""
    for name, text in texts.items():
        if _JWT.search(text) or (_SECRETS.search(name) and name not in known):
            fix = "set the environment variable of the token on the executors"
            other = ", or tokenFrom to module:function" if takes_token else ""
            message = f"{name}: options are visible in plans and logs, so a token cannot be one"
            raise InvalidArgumentError(f"{message}; {fix}{other}")


def _reject_unknown(texts: Mapping[str, str], names: list[str], resource: str) -> None:
    """Raise if an option is unknown."""
    known = {each.lower(): each for each in names}
    for name, text in texts.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            fix = f"did you mean {known[near[0]]!r}?" if near else f"use {', '.join(names)}"
            message = f"{name}: unknown option of {resource!r}, with value {_excerpt(text)}; {fix}"
            raise InvalidArgumentError(message)


class _Reader:
    """Reads options from texts by their names."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def read(self, name: str, parse: Callable[[str], T | None], expected: str) -> T | None:
        """Return a parsed option, or None without it."""
        text = self._texts.get(name.lower())
        if text is None:
            return None
        value = parse(text)
        if value is None:
            raise InvalidArgumentError(f"{name}: expected {expected}, got {_excerpt(text)}")
        return value

    def duration(self, name: str, *, least: int = 0) -> int | None:
        """Return a duration, or None without it."""
        value = self.read(name, read_duration, _DURATION)
        if value is not None and value < least:
            raise InvalidArgumentError(f"{name}: expected a positive duration, got {value}")
        return value

    def one_of(self, name: str, choices: list[str]) -> str:
        """Return one of some values; the first is the default."""
        known = {each.lower(): each for each in choices}
        expected = " or ".join(map(repr, choices))
        found = self.read(name, lambda text: known.get(text.lower()), expected)
        return choices[0] if found is None else found

    def text(self, name: str, pattern: re.Pattern[str], expected: str) -> str | None:
        """Return a text that matches a pattern, or None without it; errors do not repeat it."""
        text = self._texts.get(name.lower())
        if text is not None and not pattern.fullmatch(text):
            raise InvalidArgumentError(f"{name}: expected {expected}, got another text")
        return text


def _count(text: str) -> int | None:
    return int(text) if _COUNT.fullmatch(text) and 0 < int(text) < 2**31 else None


def _rate(text: str) -> float | None:
    try:
        rate = float(text.replace("_", "x"))
    except ValueError:
        return None
    return rate if rate > 0 and math.isfinite(rate) else None


def _read_logs(texts: Mapping[str, str], log: Log) -> tuple[tuple[str, ...], ...]:
    """Return the path arguments of each log: from an option, or from the file that it names."""
    if not log.ids:
        return ((),)
    text = texts.get(log.ids.lower(), "")
    example = "/".join(each.upper() for each in log.arguments)
    expected = f"expected {example}, several with commas between them, or a file with one a line"
    found = _ids_in(text, log.ids)
    if not found:
        raise InvalidArgumentError(f"{log.ids}: {expected}, got {_excerpt(text)}")
    logs = [tuple(each.split("/")) for each in found]
    for each in logs:
        if len(each) != len(log.arguments) or not all(each):
            raise InvalidArgumentError(f"{log.ids}: {expected}, got {'/'.join(each)!r}")
    return tuple(dict.fromkeys(logs))


def _ids_in(text: str, name: str) -> list[str]:
    """Return the values of an option, or the lines of the file that it names."""
    if not _is_file(text):
        return [each for part in text.split(",") if (each := part.strip())]
    try:
        lines = Path(text).read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        message = f"{name}: the file {_excerpt(text)} is unreadable: {error}"
        raise InvalidArgumentError(message) from None
    found = [each for line in lines if (each := _COMMENT.sub("", line).strip())]
    if not found:
        raise InvalidArgumentError(f"{name}: the file {_excerpt(text)} contains no ids")
    return found


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # A list of ids may be too long for a path.
        return False


def _excerpt(text: str) -> str:
    """Return a text for a message, which may be a list of thousands."""
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")
