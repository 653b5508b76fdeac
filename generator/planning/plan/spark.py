"""Lists that the data source of Apache Spark reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...python.code import Code, construct
from ...runtime.spark.logs import Log
from .operations import Operation, Resource

_NUMBER = re.compile(r"(?:int|float)\b|Literal\[-?\d")
_WORDS = {"app": "application", "org": "organization"}


@dataclass(frozen=True, slots=True)
class SparkList:
    """A list that the data source reads.

    Attributes:
        name: The value of the option `resource`.
        log: The description of the list for the run time.
        ids: The option with the values of its path arguments; empty without arguments.
        noun: The plural noun for the logs; empty without arguments.
        example: A placeholder for one of them.
        id: The JSON Pointer of an entry's id.
    """

    name: str
    log: Code
    ids: str
    noun: str
    example: str
    id: str


def spark_lists(resources: Iterable[Resource]) -> tuple[SparkList, ...]:
    """Return the lists that can be read slice by slice: by time, with ids."""
    found: list[SparkList] = []
    for resource in resources:
        lists = [each for each in resource.operations if each.is_archivable]
        for each in lists:
            key = resource.access if len(lists) == 1 else f"{resource.access}.{each.method}"
            found.append(_spark_list(key, resource, each))
    return tuple(found)


def _spark_list(key: str, resource: Resource, operation: Operation) -> SparkList:
    arguments = tuple(each.name for each in operation.positional)
    word = arguments[-1].rstrip("_").removesuffix("_id") if arguments else ""
    ids = _plural(word)
    words = " ".join(_WORDS.get(each, each) for each in word.split("_"))
    log = construct(
        Log,
        walk=f"{resource.access}.{operation.walk}",
        arguments=arguments,
        ids=ids,
        numbers=tuple(each.name for each in operation.positional if _NUMBER.match(each.annotation)),
    )
    return SparkList(
        name=key,
        log=log,
        ids=ids,
        noun=_plural(words),
        example="/".join(each.upper() for each in arguments),
        id=operation.listing.id if operation.listing else "",
    )


def _plural(word: str) -> str:
    """Return the plural of an English noun."""
    if not word or word.endswith("s"):
        return word
    return f"{word[:-1]}ies" if re.search("[^aeiou]y$", word) else f"{word}s"
