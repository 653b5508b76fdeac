"""Program of `make docs`: build the documentation site, or serve it.

The source of the site is one directory of plain Markdown with one `mkdocs.yml`: the generated
pages, the hand-written chapters in `docs/` beside the document, the changelog, and `SECURITY.md`.
The site also contains these files themselves, because `llms.txt` refers to them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import config

_SOURCES = {".md", ".svg", ".txt", ".css", ".js", ".yml"}
_CONFIGURATION = "mkdocs.yml"
_CHANGELOG = "changelog.md"


def main(arguments: Sequence[str]) -> int:
    """Build the site into a folder, or serve it without one, and return the exit code."""
    try:
        files = source(config.load(Path.cwd()), Path.cwd())
    except (config.ConfigError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        if arguments:
            return build(files, Path(folder), Path(arguments[0]).absolute())
        write(files, Path(folder))
        return _mkdocs(Path(folder), "serve")


def build(files: Mapping[str, bytes], folder: Path, site: Path) -> int:
    """Build a site strictly, so that every link and anchor has a target.

    Args:
        files: The source of the site.
        folder: An empty folder for the source.
        site: The folder to build into, which is replaced.

    Returns:
        The exit code of mkdocs.
    """
    write(files, folder)
    code = _mkdocs(folder, "build", "--quiet", "--strict", "--site-dir", str(site))
    if code == 0:
        pages = {path: text for path, text in files.items() if path.endswith(".md")}
        write({path.removeprefix("docs/"): text for path, text in pages.items()}, site)
    return code


def source(settings: config.Config, root: Path) -> dict[str, bytes]:
    """Return the source of the site of a project, by paths: `mkdocs.yml`, and pages in `docs/`.

    Raises:
        OSError: If the documentation was not generated.
    """
    generated = _read(root / settings.output / "docs")
    if _CONFIGURATION not in generated:
        message = f"{settings.output}/docs is missing: set docs = true in [tool.generator], and "
        raise FileNotFoundError(f"{message}run `python -m generator generate`")
    chapters = _read((root / settings.spec).parent / "docs")
    for path in (root / "SECURITY.md", root / "CHANGELOG.md"):
        if path.is_file():
            chapters[path.name.lower()] = path.read_bytes()
    return assemble(generated, chapters)


def assemble(generated: Mapping[str, bytes], chapters: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the source of a site.

    Args:
        generated: The generated files.
        chapters: The hand-written ones, which are appended to the navigation, to `llms.txt` and,
            all but the changelog, to `llms-full.txt`.
    """
    files = {f"docs/{path}": text for path, text in {**generated, **chapters}.items()}
    pages = {
        path: title(text.decode())
        for path, text in sorted(chapters.items(), key=lambda each: each[0] == _CHANGELOG)
        if path.endswith(".md")
    }
    own = {path: each for path, each in pages.items() if path != _CHANGELOG}
    navigation = [f"      - {json.dumps(each)}: {path}" for path, each in own.items()]
    lines = ["  - Background:", *navigation] if navigation else []
    if _CHANGELOG in pages:
        lines.append(f"  - {json.dumps(pages[_CHANGELOG])}: {_CHANGELOG}")
    files[_CONFIGURATION] = files.pop(f"docs/{_CONFIGURATION}") + _text(lines)
    links = [f"- [{each}]({path})" for path, each in pages.items()]
    files["docs/llms-full.txt"] += b"".join(b"\n" + chapters[path] for path in own)
    files["docs/llms.txt"] += _text(["", "## Background", "", *links]) if links else b""
    return files


def title(text: str) -> str:
    """Return the first heading of a page."""
    match = re.search(r"^# (.+)$", text, re.MULTILINE)
    return match[1].strip() if match else "Untitled"


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)


def _read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in _SOURCES
    }


def _text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _mkdocs(folder: Path, *arguments: str) -> int:
    command = [sys.executable, "-m", "mkdocs", *arguments]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
