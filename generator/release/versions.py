"""Versions, and the version that a change requires (Semantic Versioning 2.0.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..diff.change import Impact

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A release version of three numbers, without suffixes."""

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
        """Return the lowest version that may follow with a change of some impact.

        Before 1.0.0 a breaking change requires a minor version and an addition a patch, because
        the minor number takes the role of the major one.
        """
        patch, minor, major = self.successors
        if impact is Impact.BREAKING:
            return minor if self.major == 0 else major
        if impact is Impact.ADDITIVE and self.major > 0:
            return minor
        return patch


def parse(text: str) -> Version | None:
    """Parse a version; return None if it is not three numbers."""
    match = _VERSION.fullmatch(text)
    return Version(*(int(number) for number in match.groups())) if match else None
