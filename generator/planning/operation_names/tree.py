"""The tree of resources, and the attributes that lead to them."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

Path: TypeAlias = tuple[str, ...]
"""The names of a resource and of those that it is below, the outermost first."""


def with_parents(paths: Iterable[Path]) -> list[Path]:
    """Return the paths of resources; those that a resource is below precede it."""
    found = (path[:length] for path in paths for length in range(1, len(path) + 1))
    return list(dict.fromkeys(found))


def attributes(paths: Iterable[Path], methods: Mapping[Path, Collection[str]]) -> dict[Path, str]:
    """Return the attributes that lead to each resource from the client, with dots.

    A resource that is below another gets a number if a method of that one has its name, or another
    resource the name of its module, in which dots are underscores.

    Args:
        paths: The paths of the resources, as `with_parents` returns them.
        methods: The names that the methods of resources have, by their paths.
    """
    listed = [*paths]
    modules = {path[0] for path in listed if len(path) == 1}
    found: dict[Path, str] = {}
    for path in listed:
        if len(path) == 1:
            found[path] = path[0]
            continue
        *_, last = path
        above = found[path[:-1]]
        numbered = (f"{last}{number}" for number in itertools.count(2))
        taken = methods.get(path[:-1], ())
        found[path] = next(
            f"{above}.{name}"
            for name in itertools.chain([last], numbered)
            if name not in taken and module_name(f"{above}.{name}") not in modules
        )
        modules.add(module_name(found[path]))
    return found


def module_name(access: str) -> str:
    """Return the name of the module of a resource, by the attributes that lead to it."""
    return access.replace(".", "_")
