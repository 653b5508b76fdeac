"""The generator's configuration: `[tool.generator]` in pyproject.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from generator.document.json_values import is_object

_TYPES: dict[str, type] = {"str": str, "bool": bool}


class ConfigError(Exception):
    """A configuration that cannot be used; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the command line need not say.

    Attributes:
        spec: The document.
        output: The folder that the package is written into.
        package: The package's import name.
        strict: Whether warnings are errors.
        consumer: A program that uses the package, which a rehearsal of a release runs; or empty.
        upstream: The adapter that reads the service's own description of itself; or empty.
    """

    spec: str = "spec/openapi.yaml"
    output: str = "generated"
    package: str = "losant_audit_log"
    strict: bool = False
    consumer: str = ""
    upstream: str = ""

    def is_strict_for(self, spec: Path) -> bool:
        """Whether warnings about a document are errors; about others' documents they never are."""
        return self.strict and spec.resolve() == Path(self.spec).resolve()


def load(folder: Path) -> Config:
    """Read the configuration of a folder; without one everything has its default.

    Raises:
        ConfigError: If it has a key or a value that means nothing.
    """
    path = folder / "pyproject.toml"
    if not path.is_file():
        return Config()
    try:
        table: Any = tomllib.loads(path.read_text("utf-8")).get("tool", {}).get("generator", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
        message = f"pyproject.toml cannot be read: {error}"
        raise ConfigError(message) from None
    known = {field.name: _TYPES[str(field.type)] for field in fields(Config)}
    if not is_object(table):
        message = "pyproject.toml: [tool.generator] must be a table"
        raise ConfigError(message)
    for key, value in table.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            message = f"pyproject.toml: unknown key {key!r} in [tool.generator]; {hint}"
            raise ConfigError(message)
        if type(value) is not known[key]:
            message = f"pyproject.toml: {key} in [tool.generator] must be a {known[key].__name__}"
            raise ConfigError(message)
    return Config(**table)
