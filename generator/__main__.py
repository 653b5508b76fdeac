"""The command line and its exit codes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from enum import IntEnum
from keyword import iskeyword
from pathlib import Path

from generator import config, output, pipeline
from generator.diff import command as diff
from generator.document import load
from generator.document.diagnostics import Diagnostic, DocumentError, printable, report
from generator.output import manifest
from generator.release import command as release
from generator.upstream import command as upstream


class Exit(IntEnum):
    """What the exit codes mean."""

    OK = 0
    DRIFT = 1
    PROBLEM = 2


# What a command gives for a problem, if that is not 2.
_PROBLEMS: dict[str, int] = {"diff": diff.Exit.PROBLEM}


class _UsageError(Exception):
    """The command cannot be carried out as it was given."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command and give its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    problem = _PROBLEMS.get(arguments[0] if arguments else "", Exit.PROBLEM)
    try:
        settings = config.load(Path.cwd())
        options = _parser(settings).parse_args(arguments)
        code: int = options.run(options, settings)
    except DocumentError as error:
        _show(error.diagnostics)
        return problem
    except (config.ConfigError, output.OutputError, OSError, _UsageError) as error:
        _say(f"error: {error}")
        return problem
    except SystemExit as ended:  # argparse has said what is wrong, or has shown the help.
        raise SystemExit(problem if ended.code else Exit.OK) from None
    except KeyboardInterrupt:
        _say("interrupted; nothing was written")
        return problem
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        _say(f"error: a fault of the generator: {type(error).__name__}: {error}")
        _say("nothing was written; `python -X dev -m generator ...` shows where it happened")
        return problem
    return code


def _parser(settings: config.Config) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Makes a typed httpx client package from an OpenAPI 3.0 or 3.1 document.",
        epilog="Exit codes: 0 done, 1 the package on disk is not what it should be, 2 a problem.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    document = argparse.ArgumentParser(add_help=False)
    document.add_argument(
        "--spec", type=Path, default=Path(settings.spec), metavar="FILE", help="the document"
    )
    package = argparse.ArgumentParser(add_help=False)
    package.add_argument(
        "--output",
        type=Path,
        default=Path(settings.output),
        metavar="DIR",
        help="the folder that holds the package",
    )
    package.add_argument(
        "--package", default=settings.package, metavar="NAME", help="the package's import name"
    )
    package.add_argument(
        "--allow-partial",
        action="store_true",
        help="leave out what cannot be generated, with a warning for each",
    )
    generate = commands.add_parser(
        "generate", parents=[document, package], help="write the package"
    )
    generate.add_argument(
        "--force", action="store_true", help="overwrite files that were edited by hand"
    )
    generate.set_defaults(run=_generate)
    check = commands.add_parser(
        "check", parents=[document, package], help="compare the package with its document"
    )
    check.set_defaults(run=_check)
    lint = commands.add_parser("lint", parents=[document], help="look for mistakes in a document")
    lint.set_defaults(run=_lint)
    diff.add_to(commands.add_parser)
    release.add_to(commands.add_parser)
    upstream.add_to(commands.add_parser)
    return parser


def _generate(options: argparse.Namespace, settings: config.Config) -> Exit:
    outcome = _build(options, settings)
    folder = options.output / options.package
    old = output.read_package(folder)
    edited = old.edited_files(outcome.files)
    if edited and not options.force:
        _say(
            "edited by hand, or not the generator's:",
            *(f"  {printable(str(folder / path))}" for path in edited),
        )
        _say("change the document or the generator instead, or overwrite them with --force")
        return Exit.DRIFT
    if output.compare(old.files, outcome.files):
        output.replace(folder, outcome.files, old)
    foreign = [path for path in old.foreign_files if path not in outcome.files]
    if foreign:
        _say(
            "left alone, since they are not the generator's:",
            *(f"  {printable(each)}" for each in foreign),
        )
    ours = {path: each for path, each in old.files.items() if path not in foreign}
    sys.stdout.write(output.diffstat(ours, outcome.files))
    print(f"{outcome.generated} of {outcome.operations} operations generated")
    return Exit.OK


def _check(options: argparse.Namespace, settings: config.Config) -> Exit:
    outcome = _build(options, settings)
    old = output.read_package(options.output / options.package)
    difference = output.compare(old.files, outcome.files)
    if not difference:
        print(f"{options.output / options.package} is what {options.spec} makes")
        return Exit.OK
    made_with = old.manifest.tools if old.manifest else {}
    for tool, version in manifest.tools().items():
        if tool in made_with and made_with[tool] != version:
            print(f"the package was made with {tool} {made_with[tool]}; here is {version}")
    sys.stdout.write(output.diff(old.files, outcome.files, options.package))
    for kind in ("changed", "missing", "unexpected"):
        paths: tuple[str, ...] = getattr(difference, kind)
        if paths:
            print(f"{kind}:", *(f"  {printable(path)}" for path in paths), sep="\n")
    print("drift: run `make generate` and commit what it writes")
    return Exit.DRIFT


def _lint(options: argparse.Namespace, settings: config.Config) -> Exit:
    _need_file(options.spec)
    strict = settings.is_strict_for(options.spec)
    warnings = pipeline.check_document(load(options.spec), strict=strict)
    _show(warnings)
    print(f"{options.spec}: no errors")
    return Exit.OK


def _build(options: argparse.Namespace, settings: config.Config) -> pipeline.Outcome:
    _need_file(options.spec)
    if not options.package.isidentifier() or iskeyword(options.package):
        message = f"--package {options.package!r} is no Python name"
        raise _UsageError(message)
    outcome = pipeline.build(
        options.spec,
        options.package,
        strict=settings.is_strict_for(options.spec) and not options.allow_partial,
        partial=options.allow_partial,
    )
    _show(outcome.warnings)
    return outcome


def _need_file(path: Path) -> None:
    if not path.is_file():
        message = f"--spec {path}: there is no such file"
        raise _UsageError(message)


def _show(diagnostics: Sequence[Diagnostic]) -> None:
    sys.stderr.write(report(diagnostics, _text_of))


def _text_of(name: str) -> str | None:
    try:
        return Path(name).read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return None


def _say(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
