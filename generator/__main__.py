"""Command line of the generator and its exit codes.

The commands are one module because they share options, paths, messages and exit codes.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from keyword import iskeyword
from pathlib import Path
from unicodedata import normalize

from . import missing

try:
    from . import __version__, config, output, pipeline
    from .diff import command as diff
    from .document.diagnostics import Diagnostic, DocumentError, printable, report
    from .document.json_values import is_object, object_at, text_at
    from .initial import command as initial
    from .output import manifest, project_file
    from .overlay import load
    from .python.names import words
    from .python.reserved import MODULE_NAMES
    from .release import command as release
    from .upstream import command as upstream
except ModuleNotFoundError as error:
    if not missing(error):
        raise
    print(missing(error), file=sys.stderr)
    raise SystemExit(2) from None


class Exit(IntEnum):
    """The exit codes."""

    OK = 0
    DRIFT = 1
    PROBLEM = 2


# The exit codes of commands for a problem, if not 2.
_PROBLEMS: dict[str, int] = {"diff": diff.Exit.PROBLEM}

# What runs without a configuration, even below an invalid one.
_UNCONFIGURED = {"init", "verify-release", "--version", "--help", "-h"}


class _UsageError(Exception):
    """Invalid arguments of a command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    with _rare_collections():
        return _main(arguments)


@contextmanager
def _rare_collections() -> Generator[None]:
    """Search for garbage more rarely: almost all that a command makes, it needs until the end."""
    usual = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


_THRESHOLDS = (20_000, 20, 20)


def _main(arguments: Sequence[str] | None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    command = arguments[0] if arguments else ""
    problem = _PROBLEMS.get(command, Exit.PROBLEM)
    try:
        settings = config.Config() if command in _UNCONFIGURED else config.load(Path.cwd())
        options = _parser(settings).parse_args(arguments)
        code: int = options.run(options, settings)
    except DocumentError as error:
        _print_diagnostics(error.diagnostics)
        return problem
    except (config.ConfigError, output.OutputError, OSError, _UsageError) as error:
        _print_error(f"error: {error}")
        return problem
    except SystemExit as ended:  # argparse has printed the error, or the help.
        raise SystemExit(problem if ended.code else Exit.OK) from None
    except KeyboardInterrupt:
        _print_error("interrupted; nothing was written")
        return problem
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        if isinstance(error, ModuleNotFoundError) and missing(error):
            _print_error(missing(error))
            return problem
        _print_error(f"error: a bug in the generator: {type(error).__name__}: {error}")
        module = __package__ or "generator"
        _print_error(f"nothing was written; for a traceback run `python -X dev -m {module} ...`")
        return problem
    return code


def _parser(settings: config.Config) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=config.PROGRAM,
        description="Generate a typed httpx client package from an OpenAPI document (3.0 to 3.2).",
        epilog="Exit codes: 0 done, 1 the package on disk differs or was edited, 2 a problem.",
    )
    version = f"{config.DISTRIBUTION} {__version__}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    document = argparse.ArgumentParser(add_help=False)
    document.add_argument(
        "--spec",
        type=Path,
        default=Path(settings.spec),
        metavar="FILE",
        help="the OpenAPI document",
    )
    document.add_argument(
        "--overlay",
        type=Path,
        action="append",
        metavar="FILE",
        help="a file of corrections to the document (OpenAPI Overlay 1.0 or 1.1); may be repeated",
    )
    package = argparse.ArgumentParser(add_help=False)
    package.add_argument(
        "--output",
        type=Path,
        default=Path(settings.output),
        metavar="DIR",
        help="the directory that contains the package",
    )
    package.add_argument(
        "--package", default=settings.package, metavar="NAME", help="the package's import name"
    )
    package.add_argument(
        "--allow-partial",
        action="store_true",
        help="omit operations that cannot be generated, with warnings",
    )
    generate = commands.add_parser(
        "generate", parents=[document, package], help="write the package"
    )
    generate.add_argument(
        "--force", action="store_true", help="overwrite files that were edited by hand"
    )
    generate.add_argument(
        "--project",
        action="store_true",
        default=settings.project,
        help="write a pyproject.toml beside the package, so that pip can install it",
    )
    generate.set_defaults(run=_generate)
    check = commands.add_parser(
        "check", parents=[document, package], help="compare the package with its document"
    )
    check.set_defaults(run=_check, project=settings.project)
    lint = commands.add_parser("lint", parents=[document], help="report mistakes in a document")
    lint.set_defaults(run=_lint)
    initial.add_to(commands.add_parser)
    diff.add_to(commands.add_parser)
    release.add_to(commands.add_parser)
    upstream.add_to(commands.add_parser)
    return parser


def _generate(options: argparse.Namespace, settings: config.Config) -> Exit:
    outcome = _build(options, settings)
    outputs = [
        (each, files, output.read_package(each)) for each, files in _outputs(options, outcome)
    ]
    _, files, package = outputs[0]
    is_same = package.files.get(options.spec.name) == files[options.spec.name]
    other = "" if is_same else _other_document(options, settings, package.manifest)
    project = project_file.read(options.output) if outcome.project else None
    owners = {folder: old.manifest.package for folder, _, old in outputs[1:] if old.manifest}
    if project is not None:
        owners[options.output / project_file.NAME] = project_file.package_of(project)
    other = other or _other_package(options, owners)
    if other and not options.force:
        _print_error(other)
        return Exit.DRIFT
    edited = [
        printable(str(folder / path))
        for folder, files, old in outputs
        for path in old.edited_files(files)
    ]
    if project is not None and project != outcome.project and project_file.is_edited(project):
        edited.append(printable(str(options.output / project_file.NAME)))
    if edited and not options.force:
        _print_error("edited by hand, or not generated:", *(f"  {each}" for each in edited))
        _print_error("change the document or the generator instead, or use --force to overwrite")
        return Exit.DRIFT
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    for folder, files, old in outputs:
        if output.compare(old.files, files):
            output.replace(folder, files, old)
        else:
            output.clean_up(folder)
        foreign = [path for path in old.foreign_files if path not in files]
        if foreign:
            _print_error(
                "left unchanged, because they are not generated:",
                *(f"  {printable(each)}" for each in foreign),
            )
        prefix = "" if files is outcome.files else f"{folder.name}/"
        ours = {path: each for path, each in old.files.items() if path not in foreign}
        before |= {prefix + path: each for path, each in ours.items()}
        after |= {prefix + path: each for path, each in files.items()}
    if outcome.project:
        if project != outcome.project:
            project_file.write(options.output, outcome.project)
        before |= {} if project is None else {project_file.NAME: project}
        after[project_file.NAME] = outcome.project
    sys.stdout.write(output.diffstat(before, after))
    print(f"{outcome.generated} of {outcome.operations} operations generated")
    return Exit.OK


def _other_package(options: argparse.Namespace, owners: Mapping[Path, str]) -> str:
    """Return the error if output belongs to another package in the same directory.

    Args:
        options: The arguments of the command.
        owners: The unique files of an output directory, each with its package.
    """
    for path, owner in owners.items():
        package = options.output / owner
        if owner not in {"", options.package} and (package / manifest.NAME).is_file():
            return (
                f"{path} belongs to {package}: choose another --output, or use --force to "
                "replace it"
            )
    return ""


def _other_document(
    options: argparse.Namespace, settings: config.Config, old: manifest.Manifest | None
) -> str:
    """Return the error if the package on disk belongs to another document."""
    if old is None or not old.document:
        return ""
    has_same_name = old.document == options.spec.name
    if has_same_name and options.spec.resolve() == Path(settings.spec).resolve():
        return ""  # The document of the project may become another one.
    package = options.output / options.package
    before, old_paths = _identity(package / old.document)
    now, paths = _identity(options.spec, _overlays(options, settings))
    if not before or before == now or (has_same_name and old_paths & paths):
        return ""
    return (
        f"{package} was generated from {old.document} ({before}), not from {options.spec.name} "
        f"({now}): choose another --output or --package, or use --force"
    )


def _identity(path: Path, overlays: Sequence[Path] = ()) -> tuple[str, set[str]]:
    """Return the title and the paths of a document; empty ones if it cannot be read."""
    try:
        root = load(path, overlays).root.value
    except (DocumentError, OSError):
        return "", set()
    document = root if is_object(root) else {}
    return text_at(object_at(document, "info"), "title"), set(object_at(document, "paths"))


def _outputs(
    options: argparse.Namespace, outcome: pipeline.Outcome
) -> list[tuple[Path, dict[str, bytes]]]:
    """Return the folders to write, each with its files."""
    package = (options.output / options.package, outcome.files)
    if not outcome.documentation:
        return [package]
    return [package, (options.output / "docs", outcome.documentation)]


def _check(options: argparse.Namespace, settings: config.Config) -> Exit:
    outcome = _build(options, settings)
    codes = [_check_folder(folder, files) for folder, files in _outputs(options, outcome)]
    project = project_file.read(options.output)
    if outcome.project and project != outcome.project:
        kind = "missing" if project is None else "changed"
        print(f"{kind}: {options.output / project_file.NAME}")
        codes.append(True)
    if any(codes):
        print(f"drift: run `{config.command('generate')}` and commit the result")
        return Exit.DRIFT
    print(f"{options.output / options.package} is up to date with {options.spec}")
    return Exit.OK


def _check_folder(folder: Path, files: dict[str, bytes]) -> bool:
    """Print how a folder differs from its generated files, and return whether it does."""
    old = output.read_package(folder)
    difference = output.compare(old.files, files)
    if not difference:
        return False
    made_with = old.manifest.tools if old.manifest else {}
    for tool, version in manifest.tools().items():
        if tool in made_with and made_with[tool] != version:
            print(f"generated with {tool} {made_with[tool]}, but {version} is installed")
    sys.stdout.write(output.diff(old.files, files, folder.name))
    for kind in ("changed", "missing", "unexpected"):
        paths: tuple[str, ...] = getattr(difference, kind)
        if paths:
            print(f"{kind}:", *(f"  {printable(path)}" for path in paths), sep="\n")
    return True


def _lint(options: argparse.Namespace, settings: config.Config) -> Exit:
    overlays = _overlays(options, settings)
    _need_files(options.spec, overlays)
    strict = settings.is_strict_for(options.spec)
    warnings = pipeline.check_document(load(options.spec, overlays), strict=strict)
    _print_diagnostics(warnings)
    print(f"{options.spec}: no errors")
    return Exit.OK


def _build(options: argparse.Namespace, settings: config.Config) -> pipeline.Outcome:
    overlays = _overlays(options, settings)
    _need_files(options.spec, overlays)
    if not options.package:
        message = "missing --package: pass it, or set `package` in [tool.generator]"
        raise _UsageError(message)
    is_imported_so = normalize("NFKC", options.package) == options.package
    if not (options.package.isidentifier() and is_imported_so) or iskeyword(options.package):
        message = f"--package {options.package!r} is not a valid Python name"
        raise _UsageError(message)
    if options.package in MODULE_NAMES:
        message = (
            f"--package {options.package!r} is the name of a module that Python or the package "
            "itself imports: choose another name"
        )
        raise _UsageError(message)
    if not words(options.package):
        message = f"--package {options.package!r} has neither a letter nor a digit"
        raise _UsageError(message)
    if options.project and config.is_configuration(options.output / project_file.NAME):
        message = (
            f"--output {options.output}: the pyproject.toml of the package would replace the "
            "configuration there: choose another --output, or set `project = false`"
        )
        raise _UsageError(message)
    outcome = pipeline.build(
        options.spec,
        options.package,
        strict=settings.is_strict_for(options.spec) and not options.allow_partial,
        partial=options.allow_partial,
        docs=settings.docs,
        project=options.project,
        overlays=overlays,
        **settings.package_settings,
    )
    _print_diagnostics(outcome.warnings)
    return outcome


def _overlays(options: argparse.Namespace, settings: config.Config) -> tuple[Path, ...]:
    """Return the overlays of the command line, or else those of the project's own document."""
    if options.overlay is not None:
        return tuple(options.overlay)
    return settings.overlays_of(options.spec)


def _need_files(spec: Path, overlays: Sequence[Path]) -> None:
    for option, path in (("--spec", spec), *(("--overlay", each) for each in overlays)):
        if path.is_file():
            continue
        if str(path).startswith(_URLS):
            message = f"{option} {path}: a URL; download it, and pass the file"
        elif str(path) == "-" or path.exists():
            message = f"{option} {path}: not a regular file; save it as one, and pass its path"
        else:
            message = f"{option} {path}: file not found"
        raise _UsageError(message)


_URLS = ("http:", "https:", "file:")


def _print_diagnostics(diagnostics: Sequence[Diagnostic]) -> None:
    sys.stderr.write(report(diagnostics, _text_of))


def _text_of(name: str) -> str | None:
    try:
        return Path(name).read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return None


def _print_error(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
