"""Repairs of incomplete security schemes and of requirements without a scheme."""

from __future__ import annotations

from ..lint.security import BASIC, is_usable
from ..openapi.requirements import scheme_name
from ..openapi.survey import Survey
from .edits import Edits


def repair(survey: Survey, edits: Edits) -> None:
    """Convert Swagger's `basic`, and drop schemes that cannot be sent and requirements of them."""
    schemes = survey.document.root / "components" / "securitySchemes"
    usable: set[str] = set()
    for name, node in schemes.members():
        scheme = survey.follow(node)
        if scheme is not None and (scheme / "type").value == "basic":
            edits.put(scheme / "type", BASIC["type"])
            edits.put(scheme / "scheme", BASIC["scheme"])
            usable.add(name)
        elif scheme is not None and is_usable(scheme):
            if (scheme / "type").value == "http" and (scheme / "scheme").value is None:
                edits.put(scheme / "scheme", "bearer")
            usable.add(name)
        elif edits.partial:
            edits.remove(node)
    if edits.partial:
        for requirement in survey.all("SecurityRequirement"):
            for written, wanted in requirement.members():
                name = scheme_name(written, usable)
                if name not in usable and not name.startswith("x-"):
                    edits.remove(wanted)
