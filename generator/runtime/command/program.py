"""Entry point of the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import pairwise

from .failures import Exit, report
from .options import (
    ARCHIVE,
    CONNECTION,
    EXPORT,
    FOLLOW,
    HELP,
    LIST,
    OUTPUT,
    SENDING,
    TOKEN,
    VERSION,
)
from .parsing import Groups, asks_for_help, group_help, list_entries, parse, parser
from .standard_output import write
from .structure import Method, Option, Program, Resource
from .usage import UsageError, token_sources, unknown

_SHELL = Option("SHELL", "bash, zsh or fish.")


def run(program: Program, arguments: Sequence[str]) -> int:
    """Run a command line and return the exit code."""
    try:
        return _branch(program, arguments)
    except BaseException as error:
        if isinstance(error, GeneratorExit):
            raise
        secrets = [os.environ.get(each, "") for each in program.variables]
        return report(error, as_json=_wants_json(arguments), secrets=secrets)


def _wants_json(arguments: Sequence[str]) -> bool:
    """Whether errors are printed as JSON, including usage errors."""
    after = (f"{first}={second}" for first, second in pairwise(arguments))
    return not {"--output=json", "--output=jsonl"}.isdisjoint({*arguments, *after})


def _reject_token(program: Program, arguments: Sequence[str]) -> None:
    """Reject a token on the command line, without showing it."""
    if any(each.partition("=")[0] == "--token" for each in arguments):
        raise UsageError(
            "--token is not supported, because other users can read command lines: "
            f"{token_sources(program)}; revoke the token if others may have seen it"
        )


def _branch(program: Program, arguments: Sequence[str]) -> int:
    """Run the command that the first words name."""
    _reject_token(program, arguments)
    first, rest = arguments[0] if arguments else "", arguments[1:]
    if asks_for_help([first]):
        return _print_text(_top_help(program))
    if first == "--version":
        return _print_text(f"{program.name} {program.version}\n")
    for resource in program.resources:
        if resource.command == first:
            return _resource(program, resource, rest)
    if first == "archive" and program.archive is not None:
        from .signals import handle_termination

        handle_termination()
        return program.archive(program, rest)
    if first == "scopes":
        from .scopes import print_scopes

        return print_scopes(program, rest)
    if first == "completion":
        return _completion(program, rest)
    if not first:
        raise UsageError(f"missing command; see {program.name} --help")
    known = [name for name, _ in _commands(program)]
    what = "the command" if not first.startswith("-") else "before a command, the option"
    raise unknown(what, first.partition("=")[0], [*known, "--help", "--version"])


def _print_text(text: str) -> int:
    write(text)
    return Exit.DONE


def _top_help(program: Program) -> str:
    commands = f"commands:\n{list_entries(_commands(program))}"
    subject = "The token is" if program.has_single_token else "Credentials are"
    text = f"{subject} read from {', '.join(program.variables)}.\n" if program.variables else ""
    epilog = f"{commands}\n\n{text}See also: {program.name} COMMAND --help"
    made = parser(program.name, program.doc, groups=[("options", (HELP, VERSION))], epilog=epilog)
    return made.format_help()


def _commands(program: Program) -> list[tuple[str, str]]:
    """Return the commands with their descriptions."""
    own = [
        ("scopes", "Print the scopes that permit an operation."),
        ("completion", "Print a shell completion script."),
    ]
    if program.archive is not None:
        own.insert(0, ("archive", "Verify and read archives, and prove entries."))
    return [*((each.command, each.doc) for each in program.resources), *own]


def _resource(program: Program, resource: Resource, arguments: Sequence[str]) -> int:
    """Run a command of a resource."""
    methods = {each.command: each for each in resource.methods()}
    prog = f"{program.name} {resource.command}"
    first = arguments[0] if arguments else ""
    commands = {name: each.doc.partition("\n")[0] for name, each in methods.items()}
    if text := group_help(prog, resource.doc, commands, first):
        return _print_text(text)
    method = methods[first]
    made = parser(f"{prog} {first}", method.doc, method.positional, groups_of(program, method))
    rest = arguments[1:]
    if asks_for_help(rest):
        return _print_text(made.format_help())
    given = parse(made, rest)
    from .requests import call
    from .signals import handle_termination

    handle_termination()
    own = {"export": program.export, "follow": program.follow}.get(method.kind)
    return (own or call)(program, resource, method, given)


def groups_of(program: Program, method: Method) -> Groups:
    """Return the options of a command by their headings in the help."""
    connection: Sequence[Option] = CONNECTION
    if program.variable:
        connection = (*TOKEN, *CONNECTION)
    if method.kind == "check":
        connection = tuple(each for each in connection if each.flag != "--max-retries")
    output: Sequence[Option] = (*OUTPUT, *(LIST if method.kind == "list" else ()), HELP)
    if method.kind in {"export", "follow"}:
        output = (*(EXPORT if method.kind == "export" else FOLLOW), HELP)
        connection = (*(TOKEN if program.variable else ()), *SENDING)
    groups: list[tuple[str, Sequence[Option]]] = []
    if method.options:
        groups.append(("parameters", method.options))
    return [*groups, ("output", output), ("connection", connection)]


def _completion(program: Program, arguments: Sequence[str]) -> int:
    """Print a shell completion script."""
    from .completion import SHELLS, script

    made = parser(
        f"{program.name} completion",
        "Print a shell completion script.",
        [_SHELL],
        [("options", (HELP,))],
    )
    if asks_for_help(arguments):
        return _print_text(made.format_help())
    shell = str(parse(made, arguments)[_SHELL.flag])
    if shell not in SHELLS:
        raise unknown("the shell", shell, SHELLS)
    return _print_text(script(shell, program.name, _words(program)))


def _words(program: Program) -> dict[tuple[str, ...], list[str]]:
    """Return the possible next words by the previous ones."""
    from .completion import SHELLS

    found: dict[tuple[str, ...], list[str]] = {
        (): [*(name for name, _ in _commands(program)), "--help", "--version"],
        ("scopes",): [],
        ("completion",): [*SHELLS],
    }
    if program.archive is not None:
        found[("archive",)] = [*ARCHIVE]
        for command, groups in ARCHIVE.items():
            found["archive", command] = [each.flag for _, group in groups for each in group]
    for resource in program.resources:
        methods = resource.methods()
        found[(resource.command,)] = [each.command for each in methods]
        for method in methods:
            options = (each for _, group in groups_of(program, method) for each in group)
            found[resource.command, method.command] = [each.flag for each in options]
            if method.kind in {"call", "list"}:
                found[("scopes",)].append(method.operation)
    return found
