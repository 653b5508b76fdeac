"""Division of models, constraints and examples along the resources that use them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from graphlib import TopologicalSorter
from itertools import islice
from typing import NamedTuple

from ...python.code import Code
from ..plan.models import Constant
from ..plan.modules import Module
from ..plan.operations import Operation, Resource
from ..plan.package import Package

_WORD = re.compile(r"\w+")
_LATER = re.compile(r"lambda: \w+")
_USE = re.compile(r"\b(models|constraints)\.(\w+)")


class _Name(NamedTuple):
    """A name with its category: `models`, `constraints` or `examples`."""

    kind: str
    name: str


def divide(package: Package) -> tuple[Module, ...]:
    """Return the modules: one for each resource, one for shared names, and one for the others.

    Each imports only from the shared one: names that a shared model uses are shared, too. That one
    has its names in alphabetical order, which is the same wherever an operation is added.
    """
    inside = dict(_definitions(package))
    mocks = _mock_operations(package)
    examples = frozenset(each.name for each in package.examples)
    used = {
        each.name: (_uses(_texts(each)) & inside.keys()) | _examples_in(mocks[each.name], examples)
        for each in package.resources
    }
    shared, rest = (_free(name, used) for name in ("shared", "others"))
    owners = _owners(used, inside, rest)
    by_module: dict[str, set[_Name]] = {each: set() for each in (shared, *used, rest)}
    for name, found in owners.items():
        by_module[next(iter(found)) if len(found) == 1 else shared].add(name)
    sorted_package = _in_order_of_names(package)
    modules = (
        _module(
            sorted_package if module == shared else package,
            module,
            own,
            outside=_outside(own, inside),
            used=used.get(module, frozenset()) - own,
            mocks=mocks.get(module, ()),
        )
        for module, own in by_module.items()
    )
    return tuple(each for each in modules if by_module[each.name] or each.mock_operations)


def _in_order_of_names(package: Package) -> Package:
    """Return a plan whose definitions are in alphabetical order, but after those that they use."""
    aliases = _order((each.name, each.annotation) for each in package.aliases)
    constraints = _order((each.name, each.value) for each in package.constraints)
    return replace(
        package,
        models=tuple(sorted(package.models, key=lambda each: each.name)),
        enumerations=tuple(sorted(package.enumerations, key=lambda each: each.name)),
        aliases=tuple(sorted(package.aliases, key=lambda each: aliases[each.name])),
        mappings=tuple(sorted(package.mappings, key=lambda each: each.name)),
        constraints=tuple(sorted(package.constraints, key=lambda each: constraints[each.name])),
        examples=tuple(sorted(package.examples, key=lambda each: each.name)),
    )


def _order(definitions: Iterable[tuple[str, Code]]) -> dict[str, int]:
    """Return the numbers of definitions in order, by name."""
    values = dict(sorted(definitions))
    used = {
        name: sorted({*_WORD.findall(_LATER.sub("", value))} & values.keys() - {name})
        for name, value in values.items()
    }
    return {name: number for number, name in enumerate(TopologicalSorter(used).static_order())}


def _mock_operations(package: Package) -> dict[str, tuple[Code, ...]]:
    """Return the operations of the mock by resource."""
    waiting = iter(package.mock_operations)
    return {each.name: tuple(islice(waiting, len(each.operations))) for each in package.resources}


def _examples_in(texts: Iterable[str], examples: frozenset[str]) -> frozenset[_Name]:
    found = {word for text in texts for word in _WORD.findall(text)} & examples
    return frozenset(_Name("examples", each) for each in found)


def shared_module(package: Package) -> str:
    """Return the name of the module of shared names."""
    return _free("shared", {each.name for each in package.resources})


def _free(name: str, taken: Iterable[str]) -> str:
    return f"{name}_" if name in taken else name


def _module(
    package: Package,
    name: str,
    own: set[_Name],
    *,
    outside: frozenset[_Name],
    used: frozenset[_Name],
    mocks: tuple[Code, ...],
) -> Module:
    """Return a module.

    Args:
        package: The plan.
        name: The name of the module.
        own: The names that it defines.
        outside: The other names that its definitions use.
        used: The other names that its resource uses.
        mocks: The operations of the mock.
    """
    models, constraints, examples = (
        {each.name for each in own if each.kind == kind}
        for kind in ("models", "constraints", "examples")
    )
    return Module(
        name,
        models=tuple(each for each in package.models if each.name in models),
        enumerations=tuple(each for each in package.enumerations if each.name in models),
        aliases=tuple(each for each in package.aliases if each.name in models),
        mappings=tuple(each for each in package.mappings if each.name in models),
        constraints=tuple(each for each in package.constraints if each.name in constraints),
        imports=_names_of(outside, "models"),
        constraint_imports=_names_of(outside, "constraints"),
        constraint_exports=_names_of(used, "constraints"),
        examples=tuple(each for each in package.examples if each.name in examples),
        example_imports=_names_of(used, "examples"),
        mock_operations=mocks,
    )


def _names_of(names: Iterable[_Name], kind: str) -> tuple[str, ...]:
    return tuple(sorted(each.name for each in names if each.kind == kind))


def _outside(own: set[_Name], inside: Mapping[_Name, frozenset[_Name]]) -> frozenset[_Name]:
    """Return the names of other modules that definitions use without naming their package."""
    return frozenset(
        used for each in own for used in inside[each] if used.kind == each.kind and used not in own
    )


def _owners(
    used: Mapping[str, frozenset[_Name]], inside: Mapping[_Name, frozenset[_Name]], rest: str
) -> dict[_Name, set[str]]:
    """Return two resources at most that use each name, directly or not."""
    owners: dict[_Name, set[str]] = {name: set() for name in inside}

    def own(owner: str, names: Iterable[_Name]) -> None:
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            if owner not in owners[name] and len(owners[name]) < 2:
                owners[name].add(owner)
                waiting += inside[name]

    for resource, names in used.items():
        own(resource, names)
    own(rest, [name for name, found in owners.items() if not found])
    return owners


def _definitions(package: Package) -> Iterator[tuple[_Name, frozenset[_Name]]]:
    """Iterate over all names, each with those that its definition uses."""
    texts: dict[str, list[str]] = {each.name: [] for each in package.enumerations}
    texts |= {each.name: [field.annotation for field in each.fields] for each in package.models}
    texts |= {each.name: [each.annotation] for each in package.aliases}
    for mapping in package.mappings:
        texts[mapping.name] = [each.annotation for each in mapping.members]
    for name, found in texts.items():
        words = {word for text in found for word in _WORD.findall(text)} & texts.keys()
        yield _Name("models", name), frozenset(_Name("models", each) for each in words)
    constants = {each.name for each in package.constraints}
    for constant in package.constraints:
        words = {*_WORD.findall(constant.value)} & constants
        used = {_Name("constraints", each) for each in words} | _uses(_constant(constant))
        yield _Name("constraints", constant.name), frozenset(used)
    for example in package.examples:
        yield _Name("examples", example.name), frozenset()


def _uses(texts: Iterable[str]) -> frozenset[_Name]:
    return frozenset(_Name(*found) for text in texts for found in _USE.findall(text))


def _texts(resource: Resource) -> Iterator[str]:
    """Iterate over the code of a resource."""
    for constant in (*resource.parameters, *resource.aliases):
        yield from _constant(constant)
    for operation in resource.operations:
        yield from _code(operation)


def _code(operation: Operation) -> Iterator[str]:
    yield from (operation.call, operation.response_type, operation.returns, operation.async_returns)
    yield from (operation.signature, operation.walk_signature, operation.follow_signature)
    if operation.pagination is not None:
        yield from _constant(operation.pagination)
    if operation.headers is not None:
        yield from (each.annotation for each in operation.headers.fields)


def _constant(constant: Constant) -> Iterator[str]:
    yield constant.value
    yield constant.type or ""
