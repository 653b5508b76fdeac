"""Terminal session with the installed wheel: archive, verify, tamper, verify, follow.

`PYTHONPATH=generated python -m tests.support.transcript` writes it into the documentation.
"""

from __future__ import annotations

import datetime as dt
import os
import pty
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from losant_audit_log.testing import mock_transport
from tests.support.examples import AUDIT_LOG, ORG
from tests.support.paths import ROOT
from tests.support.served import serve

PAGE = ROOT / "spec" / "docs" / "evidence.md"
COMMANDS = (
    f"losant-audit-log audit-logs export {ORG} --to archive --start 4d --progress none",
    "cp archive/checkpoint head",
    "losant-audit-log archive verify archive --head head",
    "file=$(ls archive/entries/day=*/000.jsonl.gz | tail -n 1)",
    "zcat $file | sed '1s/delete/patch/' | gzip -n > forged; mv forged $file",
    "losant-audit-log archive verify archive --head head; echo exit $?",
    f"losant-audit-log audit-logs follow {ORG} --start 6h | head -n 2 | cut -c 1-72",
)
_BLOCK = re.compile(r"(?<=```text\n)\$ pip install.*?(?=```)", re.DOTALL)
_VARYING = (
    (re.compile(r"[A-Za-z0-9+/]{43}="), "ROOT"),
    (re.compile(r"\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?"), "TIME"),
    (re.compile(r"[\w.]+-py3-none-any\.whl"), "WHEEL"),
    (
        re.compile(r"\d+ (entries|seals|leaves)|(size|only) \d+|(?<=[a-z0-9] )\d+ \d+(?= ROOT)"),
        "COUNT",
    ),
)
"""What differs from one run to the next, by the time of the day."""


def build(folder: Path) -> Path:
    """Build the wheel, and return its path."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], stdout=subprocess.DEVNULL, check=True)
    [path] = folder.glob("*.whl")
    return path


def run(wheel: Path, folder: Path) -> str:
    """Run the session in a clean environment, and return the output of the terminal."""
    venv.create(folder / "venv", with_pip=True)
    work = folder / "work"
    work.mkdir()
    (work / wheel.name).write_bytes(wheel.read_bytes())
    with serve(mock_transport({"auditLogs.list": _entries()})) as server:
        hidden = ("PYTHONPATH", "LOSANT_API_TOKEN")
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        environment |= {
            "PATH": f"{folder / 'venv' / 'bin'}:{os.environ['PATH']}",
            "LOSANT_API_TOKEN": "t0ken",
            "LOSANT_API_URL": server.url,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "COLUMNS": "100",
        }
        commands = (f"pip install -qq {wheel.name}", *COMMANDS)
        script = "\n".join(f"printf '%s\\n' {_quote(f'$ {each}')}\n{each}" for each in commands)
        return _terminal_output(script, work, environment)


def mask(text: str) -> str:
    """Return a transcript without the parts that differ between runs."""
    for pattern, name in _VARYING:
        text = pattern.sub(name, text)
    return text


def documented_transcript() -> str:
    """Return the transcript in the documentation."""
    [block] = _BLOCK.findall(PAGE.read_text("utf-8"))
    return str(block)


def _entries() -> list[dict[str, object]]:
    """Make an entry for each of the last 100 hours, the oldest first."""
    now = dt.datetime.now(dt.UTC)
    times = (now - dt.timedelta(hours=99.5 - number) for number in range(100))
    return [
        {**AUDIT_LOG, "id": f"{number:024x}", "creationDate": f"{time:%Y-%m-%dT%H:%M:%S}.000Z"}
        for number, time in enumerate(times)
    ]


def _quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _terminal_output(script: str, folder: Path, environment: dict[str, str]) -> str:
    """Return the output of a script in a terminal."""
    terminal, side = pty.openpty()
    with subprocess.Popen(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=side,
        stderr=side,
    ):
        os.close(side)
        parts = list[bytes]()
        try:
            while part := os.read(terminal, 65_536):
                parts.append(part)
        except OSError:  # Linux says so that the other side was closed.
            pass
    os.close(terminal)
    return b"".join(parts).decode().replace("\r\n", "\n")


def main() -> None:
    """Run the session, and write it into the documentation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shown = run(build(folder / "wheel"), folder)
    PAGE.write_text(_BLOCK.sub(lambda _: shown, PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
