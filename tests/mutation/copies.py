"""Mutants of the run time, of which packages have copies.

The mutants are made in `generator/runtime`. Tests import the copies in packages; these are mapped
to the modules that they were copied from.
"""

from __future__ import annotations

from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

from tests.support.paths import COPIED_FOLDERS

_RUNTIME = Path("generator", "runtime")
_PACKAGE = Path("generated", "losant_audit_log")


def untyped_module(module: str) -> Any:
    """Import a module of mutmut, which has no type information."""
    return import_module(f"mutmut.{module}")


def answer_to_sources() -> list[Path]:
    """Copy the mutants into the package.

    Returns:
        The mutated modules.
    """
    trampoline = untyped_module("mutation.trampoline")
    wrap, record = trampoline.wrap_in_trampoline, trampoline.record_trampoline_hit

    def wrap_copy(*arguments: Any, **options: Any) -> Any:
        decorate = wrap(*arguments, **options)

        def decorate_copy(function: Any) -> Any:
            module, function.__module__ = function.__module__, _source(function.__module__)
            wrapper = decorate(function)
            wrapper.__module__ = module  # Pickle looks for it there.
            return wrapper

        return decorate_copy

    def record_source(name: str, caller: str | None = None) -> None:
        module, _, function = name.rpartition(".")
        record(f"{_source(module)}.{function}", caller)

    trampoline.wrap_in_trampoline = wrap_copy
    trampoline.record_trampoline_hit = record_source
    mutated = [path.with_suffix("") for path in Path("generator").rglob("*.py.meta")]
    for path in mutated:
        for folder, source in COPIED_FOLDERS.items():
            if path.is_relative_to(_RUNTIME / source):
                copy = _PACKAGE / folder / path.relative_to(_RUNTIME / source)
                if copy.exists():
                    copy.write_bytes(path.read_bytes())
    return mutated


def _source(module: str) -> str:
    """Return the module that a package's module was copied from."""
    folder = copied_folder(module)
    if folder is None:
        return module
    within = module.split(".")[2:]
    return ".".join(filter(None, ["generator.runtime", COPIED_FOLDERS[folder], *within]))


def copied_folder(module: str) -> str | None:
    """Return the folder of the run time that a package's module is in, or None."""
    return next((each for each in module.split(".")[1:2] if each in COPIED_FOLDERS), None)


def make_packages_once() -> None:
    """Build and compile a package once: mutants of the run time affect neither step."""
    from generator import pipeline

    build, compiled = pipeline.build, SourceFileLoader.source_to_code
    outcomes: dict[Any, pipeline.Outcome] = {}
    codes: dict[bytes, CodeType] = {}

    def build_once(spec: Path, package: str, **options: Any) -> pipeline.Outcome:
        key = (spec.read_bytes(), package, *options.items())
        if key not in outcomes:
            outcomes[key] = build(spec, package, **options)
        return outcomes[key]

    def compile_once(self: SourceFileLoader, data: Any, path: Any, **options: Any) -> CodeType:
        if bytes(data) not in codes:
            codes[bytes(data)] = compiled(self, data, path, **options)
        return codes[bytes(data)]

    pipeline.build = build_once
    SourceFileLoader.source_to_code = compile_once  # type: ignore[assignment, method-assign] # for every import
