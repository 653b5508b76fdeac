"""Files of a package: rendered templates, and run-time modules that are copied.

The path of a template mirrors the path of its output; only `pipeline` may import this package.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..planning.plan.package import Package
from ..python import code
from ..python.code import Code
from . import runtime_modules
from .documentation import documentation, yaml_string
from .formatting import format_markdown, format_python
from .texts.clients import one_line
from .texts.package import package_texts, plain

_VERSION = re.compile(
    r"v?\d+(\.\d+)*([-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d*)?(-\d+|[-_.]?(post|rev|r)[-_.]?\d*)?"
    r"([-_.]?dev[-_.]?\d*)?(\+[a-z0-9]+([-_.][a-z0-9]+)*)?",
    re.IGNORECASE,
)
"""Versions that Python accepts, after PEP 440."""
TEMPLATES = Path(__file__).parent / "templates"
RUNTIME = Path(__file__).parents[1] / "runtime"
_RESOURCE = "%resource%"
_MODULE = "%module%"
_PARTS = frozenset(
    f"{part}.jinja" for part in ("_banner", "_constants", "_lazy", "_models", "_scopes")
)
"""Templates that others include."""


def render(package: Package) -> dict[str, bytes]:
    """Return the files of a package by their paths inside it, without those that describe it."""
    templates = environment()
    context = {"package": package, **package_texts(package)}
    banner = templates.get_template("_banner.jinja").render(context)
    rendered: dict[str, str] = {}
    for name in templates.list_templates(filter_func=_is_file):
        template, output = templates.get_template(name), name.removesuffix(".jinja")
        if _RESOURCE in name:
            for resource in package.resources:
                path = output.replace(_RESOURCE, resource.name)
                rendered[path] = template.render(context, resource=resource)
        elif _MODULE in name:
            for module in package.modules:
                path = output.replace(_MODULE, module.name)
                rendered[path] = template.render(context, module=module)
        else:
            rendered[output] = template.render(context)
    rendered = {path: text for path, text in rendered.items() if text.strip()}
    rendered = _format_files(rendered)
    whole = ("archive",) if package.archived_list else ()
    modules = runtime_modules.needed_modules(RUNTIME, rendered, whole, package.http)
    copied = {path: f"{banner}{text}" for path, text in modules.items()}
    beside = [path for path in copied if not path.startswith(f"{runtime_modules.FOLDER}/")]
    files = copied | _format_files({path: copied[path] for path in beside}) | rendered
    files["py.typed"] = ""
    return {path: text.encode() for path, text in files.items()}


def _format_files(files: dict[str, str]) -> dict[str, str]:
    """Return files with their Python formatted, without unused imports."""
    python = {path: text for path, text in files.items() if path.endswith(".py")}
    markdown = {path: text for path, text in files.items() if path.endswith(".md")}
    return files | format_python(python) | format_markdown(markdown)


def render_documentation(package: Package) -> dict[str, bytes]:
    """Return the files of the documentation by their paths, without the manifest."""
    context = package_texts(package)
    files = documentation(package, environment(), context)
    return {path: text.encode() for path, text in files.items()}


def render_project(package: Package, materials: str) -> str:
    """Return the `pyproject.toml` of a package.

    Args:
        package: The plan.
        materials: The file name of its bill of materials.
    """
    version = package.service.version
    context = {
        "package": package,
        "yaml_string": yaml_string,
        "distribution": package.distribution,
        "requirements": [yaml_string(each) for each in package.requirements],
        "extras": [(name, [*map(yaml_string, each)]) for name, each in package.extras],
        "sbom": yaml_string(f"{package.name}/{materials}"),
        "description": f"Typed Python client of the API {one_line(package.service.title)!r}",
        "version": "" if _VERSION.fullmatch(version) else "0",
    }
    return environment().get_template("project/pyproject.toml.jinja").render(context)


def _is_file(name: str) -> bool:
    """Whether a template is a file of the package, not of the documentation or a part of others."""
    is_other = name.startswith(("chapters/", "docs/", "project/")) or name in _PARTS
    return name.endswith(".jinja") and not is_other


@cache
def environment() -> Environment:
    """Return the template environment, which prints only `Code`."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        finalize=_only_code,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters: Mapping[str, Any] = {
        "name": code.name,
        "literal": code.literal,
        "docstring": code.docstring,
        "text": plain,
        "words": code.words,
    }
    templates.filters.update(filters)
    return templates


def _only_code(value: object) -> object:
    """Return a value that is `Code`; raise a TypeError for any other value."""
    if isinstance(value, Code):
        return value
    message = f"a template prints a {type(value).__name__}, expected Code: {value!r}; add a filter"
    raise TypeError(message)
