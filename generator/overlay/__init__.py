"""Overlays: files of corrections to a document of others.

It imports only `document`; the command line, `pipeline`, `upstream` and `release` may import this
package.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .. import document
from ..document import Document
from .actions import Application
from .reading import read_overlay


def load(path: Path, overlays: Sequence[Path] = ()) -> Document:
    """Read a document and apply overlays to its own file, in their order.

    Args:
        path: A YAML or JSON file.
        overlays: The overlays, which changed values have their locations in.

    Raises:
        DocumentError: If a file is not valid YAML 1.2 or JSON, or an overlay cannot be applied.
        OSError: If the document's own file or an overlay cannot be read.
    """
    loaded = document.load(path)
    if not overlays:
        return loaded
    application = Application(loaded)
    for each in overlays:
        application.apply(read_overlay(each, path))
    return application.result()
