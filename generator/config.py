"""Configuration of the generator: `[tool.generator]` in pyproject.toml."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypedDict

from .document.json_values import is_array, is_object

_VALUES = {"names": ("short", "document"), "http": ("httpx", "httpx2")}
_NEEDED = ("spec", "overlays", "output")
_COMMAND = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TYPES: dict[str, type] = {"str": str, "bool": bool, "tuple[str, ...]": list}


DISTRIBUTION = "openapi-httpx-generator"
PROGRAM = "python -m generator" if __package__ == "generator" else DISTRIBUTION


def command(name: str) -> str:
    """Return how a command is called: as a target of our Makefile, or of the installed program."""
    return f"make {name}" if __package__ == "generator" else f"{PROGRAM} {name}"


class ConfigError(Exception):
    """An invalid configuration; the message has the position and the reason."""


class PackageSettings(TypedDict):
    """The arguments of `pipeline.build` and `pipeline.plan_package` that a project configures."""

    names: str
    command: str
    http: str


@dataclass(frozen=True, slots=True)
class Config:
    """The defaults of command-line options, and settings without an option.

    Attributes:
        spec: The path of the OpenAPI document.
        overlays: The paths of overlays, which are applied to the document in their order.
        output: The folder that contains the package.
        package: The import name of the package; the installed generator has no default.
        strict: Whether warnings are errors.
        names: The rule for names of resources and methods: `short`, or `document` for the names
            that operationIds and tags have.
        http: The HTTP library that the package is built on and depends on: `httpx2` or `httpx`.
        docs: Whether to write documentation beside the package, into `docs/`.
        consumer: A program that uses the package, run by the rehearsal of a release; or empty.
        command: The name of the package's command line, or empty for none.
        upstream: The adapter for the service's own description of its API; or empty.
        project: Whether to write a `pyproject.toml` beside the package, so that pip can install it.
    """

    spec: str = "spec/openapi.yaml"
    overlays: tuple[str, ...] = ()
    output: str = "generated"
    package: str = "losant_audit_log" if __package__ == "generator" else ""
    strict: bool = False
    names: str = "short"
    http: str = "httpx2"
    docs: bool = False
    consumer: str = ""
    upstream: str = ""
    command: str = ""
    project: bool = False

    @property
    def package_settings(self) -> PackageSettings:
        """The keys with influence on the content of a package, besides its name."""
        return PackageSettings(names=self.names, command=self.command, http=self.http)

    def is_strict_for(self, spec: Path) -> bool:
        """Whether warnings about a document are errors; only for the project's own document."""
        return self.strict and self._is_own(spec)

    def overlays_of(self, spec: Path) -> tuple[Path, ...]:
        """Return the overlays to apply to a document: none but to the project's own one."""
        return tuple(map(Path, self.overlays)) if self._is_own(spec) else ()

    def _is_own(self, spec: Path) -> bool:
        return os.path.realpath(spec) == os.path.realpath(self.spec)


def load(folder: Path) -> Config:
    """Return the configuration of a folder, or the defaults.

    It is that of the nearest pyproject.toml with a table [tool.generator], in the folder or above
    it. Paths in it are relative to that file, and those returned to the given folder.

    Raises:
        ConfigError: If the file cannot be parsed, or has an unknown key or an invalid value.
    """
    directory, found = load_project(folder)
    base = os.path.relpath(directory.resolve(), folder.resolve())
    return found if base == "." else _relative_to(base, found)


def load_project(folder: Path) -> tuple[Path, Config]:
    """Return the folder of the nearest configuration, and the configuration as the file has it.

    Without a configuration these are the given folder and the defaults.

    Raises:
        ConfigError: If the file cannot be parsed, or has an unknown key or an invalid value.
    """
    for directory in (folder, *folder.resolve().parents):
        shown = os.path.relpath(directory.resolve() / "pyproject.toml", folder.resolve())
        table = _table(directory / "pyproject.toml", shown)
        if table is not None:
            return directory, _config(table, shown)
    return folder, Config()


def is_configuration(path: Path) -> bool:
    """Whether a file has a table [tool.generator]."""
    try:
        return _table(path, path.name) is not None
    except ConfigError:
        return False


def _relative_to(base: str, found: Config) -> Config:
    """Return a configuration whose paths are relative to another folder."""

    def path(given: str) -> str:
        return str(Path(base, given)) if given else ""

    return replace(
        found,
        spec=path(found.spec),
        overlays=tuple(map(path, found.overlays)),
        output=path(found.output),
        consumer=path(found.consumer),
        upstream=path(found.upstream),
    )


def _table(path: Path, shown: str) -> object:
    """Return the table [tool.generator] of a file; None if there is no file or no table.

    Args:
        path: The file.
        shown: The path in messages.

    Raises:
        ConfigError: If the file cannot be parsed.
    """
    if not path.is_file():
        return None
    try:
        table: object = tomllib.loads(path.read_text("utf-8")).get("tool", {}).get("generator")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
        message = f"{shown} cannot be read: {error}"
        raise ConfigError(message) from None
    return table


def _config(table: object, shown: str) -> Config:
    """Return the configuration in a table.

    Args:
        table: The value of [tool.generator].
        shown: The path of its file in messages.

    Raises:
        ConfigError: If it has an unknown key or an invalid value.
    """
    known = {field.name: _TYPES[str(field.type)] for field in fields(Config)}
    if not is_object(table):
        message = f"{shown}: [tool.generator] must be a table"
        raise ConfigError(message)
    for key, value in table.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(known)}"
            message = f"{shown}: unknown key {key!r} in [tool.generator]; {hint}"
            raise ConfigError(message)
        problem = _problem(key, value, known[key])
        if problem:
            message = f"{shown}: {key} in [tool.generator] must be {problem}"
            raise ConfigError(message)
    found: dict[str, Any] = {
        key: tuple(each) if is_array(each) else each for key, each in table.items()
    }
    return Config(**found)


def _problem(key: str, value: object, expected: type) -> str:
    """Return the expected value of a key; empty if the value is valid."""
    if type(value) is not expected:
        return f"a {expected.__name__}, not {value!r}"
    if is_array(value) and not all(isinstance(each, str) for each in value):
        return "a list of strings"
    if key == "command" and value and not _COMMAND.fullmatch(str(value)):
        return (
            "a name of lowercase letters, digits and hyphens that starts with a letter, "
            f"not {value!r}"
        )
    if value not in _VALUES.get(key, (value,)):
        return f"{' or '.join(map(repr, _VALUES[key]))}, not {value!r}"
    texts = value if is_array(value) else [value]
    if any("\0" in str(each) for each in texts):
        return "without null characters"
    if key in _NEEDED and not all(texts):
        return "the path of a file" if key != "output" else "the path of a folder, such as '.'"
    return ""
