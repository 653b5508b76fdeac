# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Parsers of commands, built by argparse from the tables."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NoReturn

from .options import HELP
from .structure import Option
from .usage import UsageError, unknown

Groups = Sequence[tuple[str, Sequence[Option]]]
"""Options by their headings in the help."""

MEMBERS = "members"
"""The key of the members of filters, in the order of the command line."""

_METAVARS = {
    "integer": "N",
    "number": "N",
    "seconds": "SECONDS",
    "duration": "DURATION",
    "time": "TIME",
    "boolean": "true|false",
    "json": "JSON|@FILE",
    "multipart": "JSON|@FILE|-",
    "text-body": "TEXT|@FILE|-",
    "bytes": "@FILE|-",
    "body": "JSON|@FILE|-",
}


_FORMS = {
    "time": "A TIME is 2026-11-26T08:00:00Z, 2026-11-26 (UTC), now, or an age: 90s, 15m, 6h, 7d.",
    "duration": "A DURATION is a number with a unit: 90s, 15m, 6h, 7d.",
}


class Parser(argparse.ArgumentParser):
    """A parser that raises its errors, without the values of unknown options."""

    def __init__(self, prog: str, doc: str, epilog: str = "") -> None:
        form = argparse.RawDescriptionHelpFormatter if epilog else argparse.HelpFormatter
        super().__init__(
            prog,
            description=_description(doc),
            allow_abbrev=False,
            add_help=False,
            formatter_class=form,
        )
        self.flags: list[str] = []

    def add_options(self, heading: str, options: Sequence[Option]) -> None:
        """Add a group of options."""
        group = self.add_argument_group(heading)
        for option in options:
            flags = [option.flag, *(["-h"] if option.flag == "--help" else [])]
            self.flags += flags
            if option.kind == "switch":
                doc = _escape(option.doc)
                group.add_argument(*flags, dest=option.flag, action="store_true", help=doc)
                continue
            known = f" One of: {', '.join(option.values)}." if option.values else ""
            group.add_argument(
                *flags,
                dest=MEMBERS if option.path else option.flag,
                action="append" if option.path or option.repeated else "store",
                type=partial(_member, option) if option.path else str,
                required=option.required,
                metavar=_metavar(option),
                help=_escape(option.doc + known),
            )

    def error(self, message: str) -> NoReturn:
        """Raise an error instead of exiting."""
        raise UsageError(f"{message}; see {self.prog} --help")


def parser(
    prog: str, doc: str, positional: Sequence[Option] = (), groups: Groups = (), epilog: str = ""
) -> Parser:
    """Return the parser of a command.

    Args:
        prog: The command with its resource.
        doc: The description.
        positional: The positional arguments.
        groups: The options.
        epilog: The end of the help.
    """
    made = Parser(prog, doc, epilog)
    for option in positional:
        doc, several = _escape(option.doc), "+" if option.repeated else None
        made.add_argument(option.flag, help=doc, nargs=several)
    for heading, options in groups:
        made.add_options(heading, options)
    words = [f"{each.flag}..." if each.repeated else each.flag for each in positional]
    required = [each for _, options in groups for each in options if each.required]
    words += [f"{each.flag} {_metavar(each)}" for each in required]
    words = [prog, *words, "COMMAND ..." if epilog else "[OPTIONS]"]
    made.usage = _escape(" ".join(words))
    kinds = {each.kind for _, options in groups for each in options}
    made.epilog = _description(epilog) or " ".join(
        text for kind, text in _FORMS.items() if kind in kinds
    )
    return made


def parse(made: Parser, arguments: Sequence[str]) -> dict[str, object]:
    """Return the parsed arguments by the flags of options.

    Raises:
        UsageError: If the arguments are invalid. The message never contains values of unknown
            options, which may be secrets.
    """
    given, extra = made.parse_known_args(arguments)
    extra, see = [each for each in extra if each != "--"], f"see {made.prog} --help"
    for each in extra:
        if each.startswith("-") and len(each) > 1 and each in _options(arguments):
            raise unknown("the option", each.partition("=")[0], made.flags, see)
    if extra:
        raise UsageError(f"unexpected arguments: {len(extra)}; {see}")
    return vars(given)


def asks_for_help(arguments: Sequence[str]) -> bool:
    """Whether the arguments of a command ask for its help."""
    return not {"-h", "--help"}.isdisjoint(_options(arguments))


def group_help(prog: str, doc: str, commands: Mapping[str, str], first: str) -> str:
    """Return the help of a group of commands if it is requested, else an empty string.

    Raises:
        UsageError: If the first argument is not one of the commands.
    """
    if asks_for_help([first]):
        listed = list_entries(commands.items())
        epilog = f"commands:\n{listed}\n\nSee also: {prog} COMMAND --help"
        return parser(prog, doc, groups=[("options", (HELP,))], epilog=epilog).format_help()
    if not first:
        raise UsageError(f"missing command; see {prog} --help")
    if first not in commands:
        raise unknown("the command", first, commands)
    return ""


def _options(arguments: Sequence[str]) -> Sequence[str]:
    """Return the arguments before `--`; those after it are positional."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _metavar(option: Option) -> str:
    return option.metavar or _METAVARS.get(option.kind, "TEXT")


def _member(option: Option, text: str) -> tuple[Option, str]:
    return option, text


def _description(text: str) -> str:
    """Return a description for argparse, which expands only `%(prog)s` in it."""
    return _escape(text) if "%(prog)" in text else text


def _escape(text: str) -> str:
    return text.replace("%", "%%")


def list_entries(entries: Iterable[tuple[str, str]]) -> str:
    """Return names with their descriptions, in two columns."""
    from shutil import get_terminal_size
    from textwrap import wrap

    entries = list(entries)
    width = max(get_terminal_size().columns - 2, 40)
    margin = min(max((len(name) for name, _ in entries), default=0) + 4, 30)
    lines: list[str] = []
    for name, doc in entries:
        folded = wrap(doc, width - margin) or [""]
        if len(name) + 4 > margin:
            lines.append(f"  {name}")
        else:
            folded[0] = f"  {name:<{margin - 2}}{folded[0]}"
            lines.append(folded.pop(0))
        lines += [" " * margin + each for each in folded]
    return "\n".join(line.rstrip() for line in lines)
