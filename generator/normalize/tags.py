"""Tags: their order in an operation, and their ancestors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..document import Document
from ..document.json_values import array_at, is_object, text_at

_NOT_FOR_NAVIGATION = frozenset({"audience", "badge"})


@dataclass(frozen=True, slots=True)
class Tags:
    """The declared tags of a document.

    Attributes:
        parents: The parents of tags, by their names.
        kinds: The kinds of tags, by their names.
    """

    parents: Mapping[str, str]
    kinds: Mapping[str, str]

    def above(self, tag: str) -> tuple[str, ...]:
        """Return the tags that a tag is below, the outermost first."""
        return tuple(reversed(_above(tag, self.parents)))

    def by_relevance(self, tags: Iterable[str]) -> tuple[str, ...]:
        """Return the tags of an operation, first those that name its resource.

        Those are the tags for navigation, and of them the ones that no other one is below.
        """
        listed = [*tags]
        outer = {each for tag in listed for each in self.above(tag)}
        return tuple(
            sorted(
                listed,
                key=lambda each: (self.kinds.get(each, "") in _NOT_FOR_NAVIGATION, each in outer),
            )
        )


def read_tags(document: Document) -> Tags:
    """Return the declared tags of a document.

    The parent of a tag is declared as well, and no tag is below itself.
    """
    declared = [each for each in array_at(document.root.value, "tags") if is_object(each)]
    named = {text_at(each, "name"): each for each in declared}
    parents = {
        name: text_at(each, "parent")
        for name, each in named.items()
        if text_at(each, "parent") in named
    }
    return Tags(
        {name: each for name, each in parents.items() if name not in _above(name, parents)},
        {name: text_at(each, "kind") for name, each in named.items()},
    )


def _above(tag: str, parents: Mapping[str, str]) -> list[str]:
    """Return the tags that a tag is below, the innermost first; a circle has each of them once."""
    found: list[str] = []
    each = parents.get(tag, "")
    while each and each not in found:
        found.append(each)
        each = parents.get(each, "")
    return found
