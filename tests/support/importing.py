"""Imports of generated packages in a subprocess that records their side effects.

An audit hook records every started process, every socket, and every file that is opened for
writing, created, renamed or removed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

_PROGRAM = """
import sys
sys.dont_write_bytecode = True
import builtins, importlib, json, pkgutil, warnings
import httpx, msgspec  # what they do when they are imported is not the packages' doing
import asyncio, concurrent.futures, email.utils, uuid, zlib
warnings.simplefilter('error')
folder, mark, names = sys.argv[1], sys.argv[2], sys.argv[3:]
sys.path.insert(0, folder)
FORBIDDEN = ('os.', 'subprocess.', 'socket.', 'shutil.', 'urllib.', 'ftplib.', 'ctypes.',
             'pty.', 'webbrowser.', 'tempfile.', 'signal.', 'sqlite3.')
FINE = ('os.listdir', 'os.scandir', 'os.walk')
seen = []
def hook(event, arguments):
    if event == 'open':
        writes = isinstance(arguments[1], str) and set(arguments[1]) & set('wax+')
        if writes or (isinstance(arguments[2], int) and arguments[2] & 0o3):
            seen.append([name, event, repr(arguments)[:200]])
    elif event.startswith(FORBIDDEN) and event not in FINE:
        seen.append([name, event, repr(arguments)[:200]])
name = ''
sys.addaudithook(hook)
for name in names:
    try:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f'{name}.'):
            try:
                importlib.import_module(module.name)
            except ImportError as error:
                if (error.name or '').partition('.')[0] != 'pyspark':  # It is an extra.
                    raise
        for public in package.__all__:
            getattr(package, public)
    except BaseException as error:
        seen.append([name, type(error).__name__, str(error)[:400]])
    if hasattr(builtins, mark):
        seen.append([name, 'executed', mark])
        delattr(builtins, mark)
    for module in [each for each in sys.modules if each.partition('.')[0] == name]:
        del sys.modules[module]
json.dump(seen, sys.stdout)
"""


def what_imports_do(folder: Path, packages: Iterable[str], mark: str) -> list[list[str]]:
    """Import every module of some packages in a new process.

    Args:
        folder: The directory of the packages.
        packages: Their names.
        mark: A name in `builtins` that must not appear.

    Returns:
        The forbidden side effects: the package, the event, and its arguments.
    """
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(folder), mark, *packages],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen: list[list[str]] = json.loads(done.stdout)
    return seen


def broken_syntax(folder: Path, configuration: Path) -> list[str]:
    """Return ruff's findings about syntax, names and hidden characters of some packages."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise"),
            *(f"--config={configuration}", "--select=E9,F,PLE", str(folder)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return [line for line in done.stdout.splitlines() if ".py:" in line]
