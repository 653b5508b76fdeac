"""The command line in the plan."""

from __future__ import annotations

from dataclasses import dataclass

from ...python.code import Code


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of a resource.

    Attributes:
        command: The name of the resource on the command line.
        resource: The attributes that lead to the resource from the client, with dots.
        function: The name of the function that returns the commands.
        doc: The description of the resource, as an expression.
        methods: The commands, as an expression.
        usages: The kind of each command, and how it is called.
    """

    command: str
    resource: str
    function: str
    doc: Code
    methods: Code
    usages: tuple[tuple[str, str], ...]
