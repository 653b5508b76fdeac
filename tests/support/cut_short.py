"""Generator process that is killed or denied resources by the system.

    with Killed(project.root) as killed:
        while killed.at_step(number): ...

A step is any operation that changes the disk: opening a file for writing, making, renaming or
removing a directory, setting a mode, or calling the system's library.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.support.cli import Ended
from tests.support.paths import ROOT

# What has taken long to load is loaded once; each attempt is a child of that process.
_KILLED: Final = """
import os, signal, sys
sys.argv = ['generator']
from generator.__main__ import main
from generator import render, planning, normalize
STEPS = ('os.mkdir', 'os.rename', 'os.remove', 'os.rmdir', 'os.chmod', 'os.utime', 'os.symlink',
         'shutil.', 'tempfile.mkdtemp', 'ctypes.dlsym', 'fcntl.flock')
def attempt(last):
    left = last
    def hook(event, arguments):
        nonlocal left
        is_step = event.startswith(STEPS)
        if event == 'open':
            mode, flags = arguments[1], arguments[2]
            is_step = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        if is_step:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)
    os._exit(main(['generate']))
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        sys.stdout = sys.stderr = open(os.devnull, 'w')
        attempt(int(line))
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""

# The right to write where the permissions forbid it is root's alone; a process can give it up.
_REFUSED: Final = """
import ctypes, os, resource, sys
largest, *command = sys.argv[1:]
if os.geteuid() == 0:
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        assert ctypes.CDLL(None, use_errno=True).prctl(24, capability, 0, 0, 0) == 0
if largest != '-':
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
    os.environ.pop('COVERAGE_PROCESS_CONFIG', None)  # Its data would not fit either.
os.execv(sys.executable, [sys.executable, '-m', 'generator', *command])
"""


class Killed:
    """Generates in a project repeatedly, and is killed at a step."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _KILLED],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._process.communicate()

    def at_step(self, number: int) -> bool:
        """Generate until a step; return whether the step was reached before the end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        assert code in {0, -9}
        return code == -9


def run_limited(root: Path, *arguments: str, largest_file: int | None = None) -> Ended:
    """Run a command with limited permissions or disk space.

    Args:
        root: The working directory.
        *arguments: The command.
        largest_file: The maximum file size in bytes, to simulate a full disk.
    """
    limit = "-" if largest_file is None else str(largest_file)
    done = subprocess.run(
        [sys.executable, "-c", _REFUSED, limit, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
