"""Fixtures of the release tests."""

from tests.support.surfaces import surfaces_are_read_once

__all__ = ["surfaces_are_read_once"]
