"""Versions, and which one a change asks for (Semantic Versioning 2.0.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.diff.change import Impact

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A released version: three numbers and nothing else."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def successors(self) -> tuple[Version, Version, Version]:
        """The next patch, minor and major version."""
        return (
            Version(self.major, self.minor, self.patch + 1),
            Version(self.major, self.minor + 1, 0),
            Version(self.major + 1, 0, 0),
        )

    def after(self, impact: Impact) -> Version:
        """Give the least version that may follow with a change.

        Before 1.0.0 a breaking change asks for a minor version and an addition for a patch: there
        the minor number takes the place of the major one.
        """
        patch, minor, major = self.successors
        if impact is Impact.BREAKING:
            return minor if self.major == 0 else major
        if impact is Impact.ADDITIVE and self.major > 0:
            return minor
        return patch


def parse(text: str) -> Version | None:
    """Read a version; None if it is not three numbers."""
    match = _VERSION.fullmatch(text)
    return Version(*(int(number) for number in match.groups())) if match else None
