"""The proof: what was published can be installed from the index, and is what was built."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from generator.output import manifest
from generator.release.build import Built
from generator.release.failures import Exit, ReleaseError
from generator.release.target import Target

# What would let pip find our package elsewhere, or keep it from the index.
_ELSEWHERE = frozenset(
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


def prove(target: Target, project: str, package: str, built: Built, folder: Path) -> Path:
    """Install from the index into a clean environment, and look at what is there.

    Our package comes from the index alone, and is held against what was built. What it depends on
    comes from wherever this machine gets its packages.

    Args:
        target: The index.
        project: What it is called there.
        package: Its import name.
        built: What was built and uploaded.
        folder: An empty folder for the environment.

    Returns:
        The environment's Python.

    Raises:
        ReleaseError: If it cannot be installed, or is something else.
    """
    venv.create(folder / "venv")
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    # This environment's pip works for the other one, which is spared a pip of its own.
    options = ("--python", str(python), "--no-input", "--disable-pip-version-check")
    pip = (sys.executable, "-I", "-m", "pip", *options)
    wanted = f"{project}=={built.version}"
    environment = from_index_alone(target, os.environ)
    downloads = str(folder / "downloaded")
    _run(
        f"{wanted} cannot be installed from the index",
        [*pip, "download", "--quiet", "--no-deps", "--no-cache-dir", "--dest", downloads, wanted],
        environment,
        target,
    )
    [wheel] = (folder / "downloaded").iterdir()
    if manifest.digest(wheel.read_bytes()) != built.checksums.get(wheel.name):
        raise ReleaseError(Exit.UNPROVEN, f"the index gives another {wheel.name} than was built")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PUBLISH_")}
    failed = f"{wanted} cannot be installed"
    _run(failed, [*pip, "install", "--quiet", str(wheel)], clean, target)
    failed = f"what is installed as {wanted} is not what was generated"
    _run(failed, [str(python), "-I", "-m", f"{package}.verify"], clean, target)
    return python


def from_index_alone(target: Target, environment: Mapping[str, str]) -> dict[str, str]:
    """Give an environment in which pip knows one index; the password is in no argument."""
    parts = urlsplit(target.index_url)
    login = f"{quote(target.username, '')}:{quote(target.password, '')}@" if target.username else ""
    address = urlunsplit(parts._replace(netloc=f"{login}{parts.netloc}"))
    kept = {
        name: value
        for name, value in environment.items()
        if name not in _ELSEWHERE and not name.startswith("PUBLISH_")
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
        said = [line for line in done.stdout.splitlines() if line.strip()]
        errors = [line for line in said if line.startswith("ERROR:")] or said
        last = errors[-1] if errors else f"{Path(sys.executable).name} does not say why"
        for secret in {target.password, quote(target.password, "")} - {""}:
            last = last.replace(secret, "****")
        raise ReleaseError(Exit.UNPROVEN, f"{failed}: {last}")
