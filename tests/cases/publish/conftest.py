"""Fixtures of the publish tests."""

import pytest

from tests.support.cli import Project
from tests.support.editing import git
from tests.support.surfaces import surfaces_are_read_once

__all__ = ["ready", "surfaces_are_read_once"]


@pytest.fixture
def ready(ready: Project) -> Project:
    """A project that can be published as 1.0.0: its commit has the tag."""
    git(ready.root, "tag", "v1.0.0")
    return ready
