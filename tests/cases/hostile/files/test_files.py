"""Files, processes, sockets and modules that a document tries to reach.

Generation runs in a subprocess with an audit hook, which records every opened file, every process
and every socket.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.attacks import MARK, PAYLOAD
from tests.support.cli import CONFIGURATION, DOCUMENT, Project
from tests.support.importing import what_imports_do
from tests.support.paths import ROOT

_WATCHED = """
import json, os, sys, tempfile
from generator import normalize, render  # They load libraries, as the next line does.
from generator.planning import comparison
from generator.__main__ import main
seen, secret = [], sys.argv[1]
OUTSIDE = ('socket.', 'urllib.', 'http.', 'ftplib.', 'smtplib.', 'webbrowser.', 'pty.', 'os.system',
           'os.exec', 'os.spawn', 'os.posix_spawn', 'os.fork', 'shutil.unpack')
formatting = os.path.join(os.path.realpath(tempfile.gettempdir()), 'generator-')
def hook(event, arguments):
    if event.startswith(OUTSIDE):
        seen.append([event, repr(arguments)[:200]])
    elif event == 'subprocess.Popen' and os.path.basename(str(arguments[0])) not in ('ruff', 'git'):
        seen.append([event, repr(arguments)[:200]])
    elif event == 'open' and isinstance(arguments[0], (str, bytes)):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        writes = isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        folders = os.path.realpath('generated') + os.sep, formatting
        inside = path.startswith(folders)
        if path.startswith(secret) or (writes and not inside and path != os.devnull):
            seen.append([event, path])
sys.addaudithook(hook)
for package, spec in enumerate(sys.argv[2:]):
    code = main(['generate', '--allow-partial', '--spec', spec, '--package', f'p{package}'])
    print(json.dumps([code, seen]))
    seen.clear()
"""


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A private directory with a document that another document could refer to."""
    folder = tmp_path / "secret"
    folder.mkdir()
    (folder / "models.yaml").write_text("A: {type: string, description: hidden}\n", "utf-8")
    return folder


def generate_watched(
    made: Project, secret: Path, documents: dict[str, str]
) -> list[tuple[int, Any, str]]:
    """Generate from each of some documents; return the exit codes and recorded events."""
    configuration = CONFIGURATION.replace("strict = true", "strict = false")
    (made.root / "pyproject.toml").write_text(configuration, "utf-8")
    for name, text in documents.items():
        (made.spec.parent / name).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, str(secret), *(f"spec/{name}" for name in documents)],
        cwd=made.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "fault of the generator" not in done.stderr
    assert "hidden" not in done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return [(code, seen, done.stderr) for code, seen in lines]


def schemas(*described: Any) -> str:
    """Write a document that has only schemas."""
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "A", "version": "1"},
            "paths": {},
            "components": {"schemas": {f"S{n}": each for n, each in enumerate(described)}},
        }
    )


@pytest.mark.long
def test_references_outside_the_directory_of_the_document_are_rejected(
    new_project: Project, secret: Path
) -> None:
    link, folder_link = new_project.spec.parent / "link.yaml", new_project.spec.parent / "linked"
    link.symlink_to(secret / "models.yaml")
    folder_link.symlink_to(secret)
    pipe = new_project.spec.parent / "pipe.yaml"
    os.mkfifo(pipe)
    paths = [
        *("../../secret/models.yaml", str(secret / "models.yaml"), "link.yaml"),
        *("linked/models.yaml", "..%2F..%2Fsecret%2Fmodels.yaml", f"file://{secret}/models.yaml"),
        *("/dev/zero", "/dev/stdin", "/proc/self/environ", "pipe.yaml", ".", "", "a\0b.yaml"),
        *("http://127.0.0.1:9/models.yaml", "//127.0.0.1/models.yaml", "\\\\server\\share\\a.yaml"),
    ]
    documents = {
        f"{n}.json": schemas({"$ref": f"{path}#/A"}, {"$ref": f"./{path}#/A"})
        for n, path in enumerate(paths)
    }
    for code, seen, _ in generate_watched(new_project, secret, documents):
        assert (code, seen) == (2, [])
    assert not new_project.output.exists()


@pytest.mark.long
def test_keywords_that_libraries_would_import_or_execute_are_plain_data(
    new_project: Project, secret: Path
) -> None:
    """Keywords by which the libraries import, fetch or execute names in a document."""
    hostile = {
        "type": "object",
        "x-python-import": {"module": "os", "name": f"x\n{PAYLOAD}\n"},
        "x-python-type": PAYLOAD,
        "customTypePath": f"os.{PAYLOAD}",
        "customBasePath": "os.path.join",
        "x-enum-varnames": [PAYLOAD],
        "x-discriminator-value": PAYLOAD,
        "x-propertyNames": {"a": PAYLOAD},
        "$id": "http://127.0.0.1:9/a",
        "$schema": "http://127.0.0.1:9/schema",
        "$dynamicRef": "http://127.0.0.1:9/b",
        "$anchor": PAYLOAD,
        "$vocabulary": {"http://127.0.0.1:9/v": True},
        "properties": {
            "a": {"$id": "file:///etc/passwd", "default": PAYLOAD, "customTypePath": PAYLOAD},
            "b": {"type": "string", "format": PAYLOAD, "x-python-import": PAYLOAD},
            "c": {"type": "string", "contentEncoding": "base64", "contentMediaType": PAYLOAD},
            "d": {"externalValue": "http://127.0.0.1:9/d", "enum": [PAYLOAD, "b"]},
        },
    }
    documents = {
        "hostile.json": schemas(hostile, {"allOf": [hostile]}, {"type": "array", "items": hostile}),
        "tags.yaml": DOCUMENT.replace("'200'", f"!!python/object/apply:os.system ['touch {MARK}']"),
        "merge.yaml": DOCUMENT.replace("type: object", "<<: {type: object}"),
        "include.yaml": DOCUMENT.replace("title: Pets", "title: !include /etc/passwd"),
    }
    outcomes = generate_watched(new_project, secret, documents)
    assert [seen for _, seen, _ in outcomes] == [[]] * 4
    assert [code for code, _, _ in outcomes] == [0, 2, 0, 2]
    texts = "".join(path.read_text("utf-8") for path in (new_project.output / "p0").rglob("*.py"))
    assert "127.0.0.1" not in texts
    assert "customTypePath" not in texts


def ladder(make: Callable[[str], Any], steps: int) -> str:
    """Write schemas that each refer to the next one."""
    described = [make(f"#/components/schemas/S{n + 1}") for n in range(steps)]
    return schemas(*described, {"type": "string"})


@pytest.mark.long
def test_excessive_nesting_and_digits_are_rejected(new_project: Project, secret: Path) -> None:
    documents = {
        "deeper.json": '{"openapi":' + "[" * 100_000 + "]" * 100_000 + "}",
        "bomb.yaml": "\n".join(
            [
                "openapi: 3.1.0",
                "a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
                *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)),
            ]
        ),
        "digits.json": schemas({"type": "integer", "maximum": 0}).replace(": 0", f": {'9' * 9000}"),
        "references.json": ladder(lambda step: {"$ref": step}, 300),
    }
    for code, seen, _ in generate_watched(new_project, secret, documents):
        assert (code, seen) == (2, [])


@pytest.mark.slow
def test_unions_in_a_long_chain_are_rejected(new_project: Project, secret: Path) -> None:
    chain = ladder(lambda step: {"oneOf": [{"$ref": step}, {"type": "null"}]}, 2_000)
    [(code, seen, _)] = generate_watched(new_project, secret, {"unions.json": chain})
    assert (code, seen) == (2, [])


@pytest.mark.slow
def test_deep_nesting_and_large_numbers_are_accepted(new_project: Project, secret: Path) -> None:
    deep: Any = {"type": "string"}
    for _ in range(150):
        deep = {"type": "array", "items": deep}
    documents = {
        "deep.json": schemas(deep),
        "objects.json": ladder(lambda step: {"properties": {"a": {"$ref": step}}}, 2_000),
        "unions.json": ladder(lambda step: {"oneOf": [{"$ref": step}, {"type": "null"}]}, 500),
        "lists.json": ladder(lambda step: {"type": "array", "items": {"$ref": step}}, 300),
        "long.json": schemas({"type": "integer", "maximum": 10**400, "minimum": -(10**400)}),
    }
    for code, seen, errors in generate_watched(new_project, secret, documents):
        assert (code, seen) == (0, []), errors
    names = [f"p{n}" for n in range(len(documents))]
    assert what_imports_do(new_project.output, names, MARK) == []
