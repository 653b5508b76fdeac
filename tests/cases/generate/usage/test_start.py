"""Starting a command costs what the command needs."""

from __future__ import annotations

import subprocess
import sys

from tests.support.paths import ROOT


def test_no_command_waits_for_the_libraries_of_another() -> None:
    heavy = ("datamodel_code_generator", "openapi_python_client", "griffe", "requests", "twine")
    program = f"import sys, generator.__main__; print([x for x in {heavy!r} if x in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
