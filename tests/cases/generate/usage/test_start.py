"""Start-up cost of the command line."""

from __future__ import annotations

import subprocess
import sys

from tests.support.paths import ROOT


def test_command_line_does_not_import_the_libraries_of_unused_commands() -> None:
    heavy = ("datamodel_code_generator", "openapi_python_client", "griffe", "requests", "twine")
    program = f"import sys, generator.__main__; print([x for x in {heavy!r} if x in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
