"""Differences between the public names of two packages, read by griffe.

Names are compared independently of the document, because a change of the generator can break
programs as well. Names of `_runtime` count if a public module exports them.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import griffe

from ..document.diagnostics import Location
from .change import Change, additive, breaking

# Values of constants are compared in the document; inherited names, where they are defined.
_IGNORED = frozenset({griffe.BreakageKind.ATTRIBUTE_CHANGED_VALUE})


@breaking
def python_breaks(what: str) -> str:
    """Programs that import or call the name as before fail, or do something else."""
    return what


@additive
def python_added() -> str:
    """Existing programs do not use the new name."""
    return "new name"


def compare(package: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[Change]:
    """Iterate over the differences between the public names of two packages.

    Args:
        package: The import name of both.
        old: The files of the old package, by their paths inside it.
        new: The files of the new package, by their paths inside it.
    """
    with tempfile.TemporaryDirectory() as folder:
        before = _read(package, old, Path(folder) / "old")
        after = _read(package, new, Path(folder) / "new")
        found = dict.fromkeys([*_breakages(package, before, after), *_additions(before, after)])
    yield from found


def _read(package: str, files: Mapping[str, bytes], folder: Path) -> griffe.Object:
    for path, content in files.items():
        if path.endswith(".py"):
            target = folder / package / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    logging.getLogger("griffe").setLevel(logging.CRITICAL)
    loader = griffe.GriffeLoader(search_paths=[folder], allow_inspection=False)
    loader.load(package)
    read = loader.modules_collection.members[package]
    divided = [
        each
        for name, each in read.members.items()
        if name in _DIVIDED and isinstance(each, griffe.Module)
    ]
    for module in divided:
        _use_classes(module, read)
    loader.resolve_aliases()
    for module in divided:
        members = module.members
        for part in [each for each, member in members.items() if isinstance(member, griffe.Module)]:
            del members[part]
    return read


def _use_classes(module: griffe.Module, package: griffe.Object) -> None:
    """Put classes in the place of their other names, which programs use like the classes."""
    for name, member in [*module.members.items()]:
        if isinstance(member, griffe.Module):
            _use_classes(member, package)
        elif isinstance(member, griffe.Attribute) and isinstance(member.value, griffe.ExprName):
            path = member.value.canonical_path
            inside = path.removeprefix(f"{package.path}.")
            if inside != path and isinstance(package[inside], griffe.Class | griffe.Alias):
                module.set_member(
                    name, griffe.Alias(name, path, lineno=member.lineno, parent=module)
                )


_DIVIDED = frozenset({"constants", "models", "scopes"})
"""The modules of a large package, between which names may move."""


def _breakages(package: str, old: griffe.Object, new: griffe.Object) -> Iterator[Change]:
    for each in griffe.find_breaking_changes(old, new):
        if each.kind in _IGNORED or _is_private(each.obj) or _is_deprecated_raw(each):
            continue
        path = _public_path(each.obj).removeprefix(f"{package}.")
        detail = each.kind.value[:1].lower() + each.kind.value[1:]
        values = [each.old_value, each.new_value]
        named = {str(getattr(value, "name", "")) for value in values} - {"", each.obj.name}
        yield python_breaks(_location(each.obj), path, f"{detail}{_name_list(sorted(named))}")


def _public_path(found: griffe.Object | griffe.Alias) -> str:
    """Return where programs find a name: not in one of the modules among which it is divided."""
    package, *parts = _definition(found).path.split(".")
    if (
        len(parts) > 2
        and parts[0] in _DIVIDED
        and not str(found.filepath).endswith(f"{parts[0]}.py")
    ):
        del parts[1]
    return ".".join([package, *parts])


def _definition(found: griffe.Object | griffe.Alias) -> griffe.Object | griffe.Alias:
    """Return where a name is defined: as an object, or as another name of a class."""
    while isinstance(found, griffe.Alias) and found.target_path.endswith(f".{found.name}"):
        found = found.target
    return found


def _is_deprecated_raw(found: griffe.Breakage) -> bool:
    """Whether a method for raw responses is defined in another way, because it is deprecated.

    It can be called as before: the arguments are those of the method without `Raw`.
    """
    kinds = {str(found.old_value), str(found.new_value)}
    parts = found.obj.path.split(".")
    return (
        found.kind is griffe.BreakageKind.OBJECT_CHANGED_KIND
        and {each.rpartition(".")[2].upper() for each in kinds} == {"ATTRIBUTE", "FUNCTION"}
        and parts[1:2] == ["resources"]
        and parts[-2].endswith("Raw")
    )


def _name_list(names: list[str]) -> str:
    return f": {', '.join(names)}" if names else ""


def _additions(old: griffe.Object, new: griffe.Object) -> Iterator[Change]:
    """Iterate over the new public names, without the members of new modules and classes."""
    for name, member in new.members.items():
        if name.startswith("_") or not member.is_public or _is_private(member):
            continue
        before = old.members.get(name)
        path = member.path.partition(".")[2]
        if before is None:
            yield python_added(_location(member), path)
        elif isinstance(member, griffe.Module | griffe.Class) and isinstance(before, griffe.Object):
            yield from _additions(before, member)


def _is_private(found: griffe.Object | griffe.Alias) -> bool:
    """Whether a name is internal.

    Internal are constants that describe operations to the run time, and the constructors behind
    `with_raw_response`.
    """
    _, *parts = found.path.split(".")
    is_constructor = parts[-1:] == ["__init__"] and parts[-2].endswith("Raw")
    is_in_resource = parts[:1] == ["resources"] and (parts[-1].isupper() or is_constructor)
    return is_in_resource or parts[:1] == ["constraints"]


def _location(found: griffe.Object | griffe.Alias) -> Location:
    found = _definition(found)
    line, file = found.lineno, found.filepath
    if isinstance(found, griffe.Alias) and found.parent is not None:
        line, file = found.alias_lineno, found.parent.filepath
    path = Path(str(file))
    package = found.path.partition(".")[0]
    inside = "/".join(path.parts[len(path.parts) - path.parts[::-1].index(package) - 1 :])
    return Location(inside, line or 1, 1)
