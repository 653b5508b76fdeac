"""Tags that are below themselves."""

from __future__ import annotations

from pathlib import Path

from tests.support.planning import plan_document

DOCUMENT = """\
tags:
- {name: dogs, parent: cats}
- {name: cats, parent: owls}
- {name: owls, parent: dogs}
- {name: ants, parent: ants}
- {name: food, parent: cats}
paths:
"""


def test_tags_of_a_circle_have_no_parents(tmp_path: Path) -> None:
    names = ("dogs", "cats", "owls", "ants", "food")
    paths = "".join(
        f"  /{each}: {{get: {{tags: [{each}], operationId: {each}, responses: {{'204': {{}}}}}}}}\n"
        for each in names
    )
    _, package = plan_document(tmp_path, DOCUMENT + paths)
    found = {each.access for each in package.resources}
    assert found == {"dogs", "cats", "owls", "ants", "cats.food"}
