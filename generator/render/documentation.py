"""Documentation of a package: Markdown pages, navigation, and `llms.txt`.

The pages consist of the chapters of the README, and of a page for each resource and for the models.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from ..planning.plan.operations import Operation, Resource
from ..planning.plan.package import Package
from ..python.code import Code, name
from ..python.reserved import Feature
from .formatting import format_markdown
from .texts import markdown
from .texts.clients import one_line
from .texts.package import plain


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the documentation.

    Attributes:
        title: The title.
        path: The path of the file.
        template: The template.
        is_chapter: Whether the template is a chapter of the README.
        group: The part of the navigation: `start`, `guides` or `reference`.
    """

    title: str
    path: str
    template: str
    is_chapter: bool = True
    group: str = "guides"


_PAGES: tuple[tuple[Page, Callable[[Package], bool]], ...] = (
    (
        Page("Overview", "index.md", "docs/index.md.jinja", is_chapter=False, group="start"),
        lambda _: True,
    ),
    (
        Page(
            "Authentication",
            "authentication.md",
            "docs/authentication.md.jinja",
            is_chapter=False,
            group="start",
        ),
        lambda _: True,
    ),
    (Page("Lists", "lists.md", "chapters/lists.md.jinja"), lambda package: package.has_pages),
    (Page("Walks", "walks.md", "chapters/walks.md.jinja"), lambda package: package.has_pages),
    (
        Page("Archiving", "archiving.md", "chapters/archiving.md.jinja"),
        lambda package: package.archived_list is not None,
    ),
    (Page("Responses", "responses.md", "chapters/responses.md.jinja"), lambda _: True),
    (Page("Options", "options.md", "chapters/options.md.jinja"), lambda _: True),
    (Page("Errors", "errors.md", "chapters/errors.md.jinja", group="reference"), lambda _: True),
    (
        Page("Troubleshooting", "troubleshooting.md", "chapters/check.md.jinja"),
        lambda package: Feature.CHECK in package.features,
    ),
    (
        Page("Command line", "command-line.md", "chapters/command.md.jinja"),
        lambda package: bool(package.command),
    ),
    (Page("Testing", "testing.md", "chapters/testing.md.jinja"), lambda _: True),
    (Page("Installation", "installation.md", "chapters/installation.md.jinja"), lambda _: True),
    (
        Page("Models", "models.md", "docs/models.md.jinja", is_chapter=False, group="reference"),
        lambda _: True,
    ),
)


def documentation(
    package: Package, templates: Environment, context: Mapping[str, Any]
) -> dict[str, str]:
    """Return the files of the documentation by their paths.

    Args:
        package: The plan.
        templates: The template environment.
        context: The values that templates use.
    """
    pages = [page for page, is_present in _PAGES if is_present(package)]
    values = {**context, "package": package, **_texts(package, pages)}
    found: dict[str, str] = {}
    for page in pages:
        text = templates.get_template(page.template).render(values)
        found[page.path] = f"{markdown.lower_headings(text)}\n" if page.is_chapter else text
    if package.service.recipes:
        found["recipes.md"] = f"{markdown.lower_headings(package.service.recipes)}\n"
    template = templates.get_template("docs/resources/%resource%.md.jinja")
    for resource in package.resources:
        path = f"resources/{resource.name}.md"
        found[path] = template.render(values, resource=resource)
    found = {path: format_markdown(path, text) for path, text in found.items()}
    found["llms-full.txt"] = "\n".join(found.values())
    for file in ("mkdocs.yml", "llms.txt", "site.css", "site.js"):
        found[file] = templates.get_template(f"docs/{file}.jinja").render(values)
    return found


def _texts(package: Package, pages: list[Page]) -> dict[str, Any]:
    def curl_of(operation: Operation) -> Code:
        return curl(package, operation)

    def command_of(resource: Resource, operation: Operation) -> str:
        return command_line(package, resource, operation)

    navigation: dict[str, list[tuple[str, str]]] = {"start": [], "guides": [], "reference": []}
    for page in pages:
        navigation[page.group].append((page.title, page.path))
    if package.service.recipes:
        navigation["guides"].append(("Recipes", "recipes.md"))
    resources = [(each.name, f"resources/{each.name}.md") for each in package.resources]
    navigation["reference"] = [*resources, *navigation["reference"]]
    return {
        "navigation": navigation,
        "pages": [each for group in navigation.values() for each in group if each not in resources],
        "command_line": command_of,
        "yaml_string": yaml_string,
        "line": line,
        "method_doc": method_doc,
        "method_signature": method_signature,
        "curl": curl_of,
    }


def yaml_string(text: str) -> Code:
    """Return a text as a string of YAML."""
    return Code(json.dumps(plain(text), ensure_ascii=False))


def line(text: str) -> Code:
    """Return a text on one line, for a table cell in Markdown."""
    return Code(plain(one_line(text)).replace("|", "\\|"))


def method_doc(operation: Operation) -> Code:
    """Return the docstring of a method as Markdown."""
    return plain(markdown.from_docstring(operation.doc))


def method_signature(operation: Operation) -> Code:
    """Return the definition of a method, without a body."""
    signature = f"{operation.signature.removeprefix(', ')}, **options: CallOptions"
    returns = f"Page[{operation.returns}]" if operation.pagination else operation.returns
    text = f"def {name(operation.method)}({signature.removeprefix(', ')}) -> {returns}: ..."
    return Code(text.replace("models.", ""))


def command_line(package: Package, resource: Resource, operation: Operation) -> str:
    """Return how the command of an operation is called; an empty text without a command line."""
    for commands in package.commands:
        if commands.resource == resource.name:
            usages = [usage for kind, usage in commands.usages if kind in {"call", "list"}]
            return f"{package.command} {usages[resource.operations.index(operation)]}"
    return ""


def curl(package: Package, operation: Operation) -> Code:
    """Return the request of an operation as a curl command."""
    path = re.sub(r"\{([^{}]*)\}", lambda match: _placeholder(match[1]), operation.path)
    lines = [f"curl -X {operation.http_method}" if operation.http_method != "GET" else "curl"]
    if package.has_single_token:
        variable = f"{package.service.environment}_API_TOKEN"
        lines.append(f'-H "Authorization: Bearer ${variable}"')
    lines.append(f"'{package.service.base_url}{path}'")
    return plain(" ".join(lines))


def _placeholder(text: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).upper()
