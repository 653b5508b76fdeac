"""Lists in the plan that the data source of Apache Spark reads."""

from __future__ import annotations

from dataclasses import dataclass

from ...python.code import Code


@dataclass(frozen=True, slots=True)
class SparkList:
    """A list that the data source reads.

    Attributes:
        name: The value of the option `resource`.
        log: The description of the list for the run time.
        ids: The option with the values of its path arguments; empty without arguments.
        noun: What these values identify, in the plural; empty without arguments.
        example: A placeholder for one of them.
        id: The JSON Pointer of an entry's id.
    """

    name: str
    log: Code
    ids: str
    noun: str
    example: str
    id: str
