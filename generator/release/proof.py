"""Verification that the published package equals the built one."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from ..output import manifest
from .build import Built
from .failures import Exit, ReleaseError
from .target import Target

# Variables that could let pip use another source than the index.
_OTHER_SOURCES = frozenset(
    f"PIP_{name}"
    for name in (
        "CONFIG_FILE",
        "CONSTRAINT",
        "EXTRA_INDEX_URL",
        "FIND_LINKS",
        "INDEX_URL",
        "NO_BINARY",
        "NO_INDEX",
        "ONLY_BINARY",
        "PRE",
        "REQUIREMENT",
        "TARGET",
        "USER",
    )
)

# pip runs the build backend of an sdist, with our environment and before we compare its checksum.
_WHEELS = ("--quiet", "--only-binary", ":all:")


def verify_installation(
    target: Target, project: str, package: str, built: Built, folder: Path
) -> Path:
    """Install the package from the index into a clean environment, and verify it.

    The package comes from the index alone, and must equal the built one. Its dependencies come
    from the usual source of this machine.

    Args:
        target: The index.
        project: The name of the distribution.
        package: The import name.
        built: The distributions that were built and uploaded.
        folder: An empty folder for the environment.

    Returns:
        The Python interpreter of the environment.

    Raises:
        ReleaseError: If the package cannot be installed, or differs from the built one.
    """
    venv.create(folder / "venv")
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    # Use our own pip with `--python`: creating the environment without pip is faster.
    options = ("--python", str(python), "--no-input", "--disable-pip-version-check")
    pip = (sys.executable, "-I", "-m", "pip", *options)
    wanted = f"{project}=={built.version}"
    environment = from_index_alone(target, os.environ)
    downloads = str(folder / "downloaded")
    _run(
        f"{wanted} cannot be installed from the index",
        [*pip, "download", *_WHEELS, "--no-deps", "--no-cache-dir", "--dest", downloads, wanted],
        environment,
        target,
    )
    [wheel] = (folder / "downloaded").iterdir()
    if manifest.digest(wheel.read_bytes()) != built.checksums.get(wheel.name):
        message = f"{wheel.name} from the index differs from the built one"
        raise ReleaseError(Exit.UNPROVEN, message)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PUBLISH_")}
    failed = f"{wanted} cannot be installed"
    _run(failed, [*pip, "install", *_WHEELS, str(wheel)], clean, target)
    failed = f"the installed {wanted} differs from the generated package"
    _run(failed, [str(python), "-I", "-m", f"{package}.verify"], clean, target)
    return python


def from_index_alone(target: Target, environment: Mapping[str, str]) -> dict[str, str]:
    """Return environment variables by which pip uses only the index.

    The password is passed in a variable, because other users can see command-line arguments.
    """
    parts = urlsplit(target.index_url)
    login = f"{quote(target.username, '')}:{quote(target.password, '')}@" if target.username else ""
    address = urlunsplit(parts._replace(netloc=f"{login}{parts.netloc}"))
    kept = {
        name: value
        for name, value in environment.items()
        if name not in _OTHER_SOURCES and not name.startswith("PUBLISH_")
    }
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": address}


def _run(failed: str, command: list[str], environment: Mapping[str, str], target: Target) -> None:
    done = subprocess.run(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR:")] or lines
        last = errors[-1] if errors else "no error output"
        for secret in {target.password, quote(target.password, "")} - {""}:
            last = last.replace(secret, "****")
        raise ReleaseError(Exit.UNPROVEN, f"{failed}: {last}")
