# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Parsing of the values of arguments."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from .parsing import MEMBERS
from .structure import Option
from .times import read_duration, read_time
from .usage import UsageError, unknown

_TRUTH = {"true": True, "false": False}


class Reader:
    """A reader of values, with one time for `now`.

    Args:
        given: The parsed strings, lists of strings and switches, by the flags of options.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self._now = dt.datetime.now(dt.UTC)

    def __getitem__(self, option: Option) -> Any:
        """Return the value of an option; None if it was omitted.

        Raises:
            UsageError: If the value is invalid.
        """
        text = self.given.get(option.flag)
        if text is None or option.kind == "switch":
            return text
        if option.repeated:
            return [self._value(option, each) for each in text]
        return self._value(option, text)

    def arguments(self, options: Iterable[Option]) -> dict[str, Any]:
        """Return the arguments of a Python method, except omitted ones.

        Raises:
            UsageError: If a value is invalid.
        """
        found: dict[str, Any] = {}
        for option in options:
            if not option.path and (value := self[option]) is not None:
                found[option.name] = value
        for option, text in self.given.get(MEMBERS) or ():
            whole = found.setdefault(option.name, {})
            if not isinstance(whole, dict):
                raise UsageError(f"{option.flag}: the filter is not a JSON object")
            _add_member(cast("dict[str, Any]", whole), option, self._value(option, text))
        return found

    def _value(self, option: Option, text: str) -> Any:
        if not text and option.metavar in {"DIR", "FILE"}:  # As from a variable that is not set.
            raise UsageError(f"{option.flag}: the value is empty; pass a path")
        if option.values and not option.name and text not in option.values:
            raise unknown(option.flag, text, option.values)
        if option.kind == "time":
            return read_time(text, option.flag, self._now)
        read = _KINDS.get(option.kind)
        return text if read is None else read(text, option.flag)


def _add_member(whole: dict[str, Any], option: Option, value: Any) -> None:
    """Add a member to a filter; if the last item already has it, to a new item."""
    target: Any = whole
    *parents, (last, is_list) = option.path
    for key, holds_list in parents:
        target = target.setdefault(key, [{}] if holds_list else {})
        if holds_list:
            if not is_list and last in target[-1] and key == parents[-1][0]:
                target.append({})
            target = target[-1]
    if is_list:
        target.setdefault(last, []).append(value)
    elif last in target:
        raise UsageError(f"{option.flag}: passed twice; pass it once")
    else:
        target[last] = value


def _integer(text: str, flag: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 300:
        raise UsageError(f"{flag}: {text!r} is not an integer")
    return int(text)


def _number(text: str, flag: str) -> int | float:
    value = _json_value(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UsageError(f"{flag}: {text!r} is not a number")
    return value


def _boolean(text: str, flag: str) -> bool:
    if text not in _TRUTH:
        raise UsageError(f"{flag}: {text!r} is neither true nor false")
    return _TRUTH[text]


def _seconds(text: str, flag: str) -> float:
    if text[-1:].isalpha():
        return read_duration(text, flag).total_seconds()
    return _number(text, flag)


def _json(text: str, flag: str) -> Any:
    """Return a JSON value: literal, from a file (`@FILE`), or from stdin (`-`)."""
    where = f"{flag} {text}" if text.startswith("@") or text == "-" else flag
    try:
        return json.loads(_content(text, flag), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where}: not valid JSON: {error}") from None


def _multipart(text: str, flag: str) -> Any:
    """Return the fields of a multipart form; `@FILE` is replaced by the bytes of a file."""
    fields = _json(text, flag)
    if not isinstance(fields, dict):
        return fields
    members = cast("dict[str, Any]", fields)
    return {
        key: _content(each, flag) if isinstance(each, str) and each.startswith("@") else each
        for key, each in members.items()
    }


def _text(text: str, flag: str) -> str:
    """Return a text request body."""
    try:
        return _content(text, flag).decode()
    except UnicodeDecodeError:
        raise UsageError(f"{flag}: {text} is not valid UTF-8") from None


def _any_body(text: str, flag: str) -> Any:
    """Return a request body: JSON, or bytes."""
    content = _content(text, flag)
    try:
        return json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return content


def _scalar(text: str, _flag: str) -> Any:
    value = _json_value(text)
    return text if value is None else value


def _json_value(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


def _content(text: str, flag: str) -> bytes:
    """Return the bytes of an argument: its own, of a file (`@FILE`), or of stdin (`-`)."""
    if text == "-":
        return sys.stdin.buffer.read()
    if not text.startswith("@"):
        return text.encode("utf-8", "surrogateescape")
    try:
        return Path(text[1:]).read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(f"{flag}: cannot read {text[1:]!r}: {reason(error)}") from None


def reason(error: Exception) -> str:
    """Return the reason of a file error, without the file name."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


_KINDS: Mapping[str, Callable[[str, str], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "seconds": _seconds,
    "duration": read_duration,
    "json": _json,
    "scalar": _scalar,
    "multipart": _multipart,
    "text-body": _text,
    "bytes": _content,
    "body": _any_body,
}
