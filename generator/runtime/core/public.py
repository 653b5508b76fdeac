"""Modules of public classes."""

from __future__ import annotations

import typing

import msgspec

_PACKAGE, _IS_COPIED, _ = __name__.partition("._runtime.")


def publish(*kinds: type) -> None:
    """Make the package the module of its public classes, in tracebacks and pickles."""
    for kind in kinds if _IS_COPIED else ():
        # Annotations are evaluated in the module of their class, as it is then.
        if "__annotations__" in vars(kind) and issubclass(kind, msgspec.Struct | Exception):
            kind.__annotations__ = typing.get_type_hints(kind, include_extras=True)
        kind.__module__ = _PACKAGE
