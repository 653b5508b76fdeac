"""Values that the document fixes."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

_T = TypeVar("_T")

if TYPE_CHECKING:
    Constant: TypeAlias = _T
    """The only value that the document allows."""
else:

    class Constant:
        """Decodes as any value of the same type: a new one must not make a response invalid."""

        def __class_getitem__(cls, value: Any) -> type:
            """Return the type of the value of a `Literal`."""
            return type(typing.get_args(value)[0])
