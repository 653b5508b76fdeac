"""Documentation of a package: Markdown pages, navigation, and `llms.txt`.

The pages consist of the chapters of the README, and of a page for each resource and for the models.

The table of pages is one module with the filters that only its templates use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from jinja2 import Environment

from ..planning.curl import placeholder
from ..planning.plan.operations import Operation, Resource, parameter
from ..planning.plan.package import Package
from ..python.code import Code, name
from ..python.reserved import Feature
from .formatting import format_markdown
from .texts import markdown
from .texts.clients import one_line
from .texts.package import plain

_SIGNATURE = 72  # characters on one line


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the documentation.

    Attributes:
        title: The title.
        path: The path of the file.
        template: The template; empty if the page consists of the recipes of the document.
        about: The task of the reader, as an infinitive without "to".
        following: The paths of the pages to read next, if they are present.
        is_chapter: Whether the template is a chapter of the README.
        group: The part of the navigation: `start`, `guides` or `reference`.
    """

    title: str
    path: str
    template: str
    about: str
    following: tuple[str, ...] = ()
    is_chapter: bool = True
    group: str = "guides"


_PAGES: tuple[tuple[Page, Callable[[Package], bool]], ...] = (
    (
        Page(
            "Overview",
            "index.md",
            "docs/index.md.jinja",
            "install the package and make a first call",
            is_chapter=False,
            group="start",
        ),
        lambda _: True,
    ),
    (
        Page(
            "Authentication",
            "authentication.md",
            "docs/authentication.md.jinja",
            "pass credentials, and look up the requirements of each operation",
            ("troubleshooting.md", "lists.md"),
            is_chapter=False,
            group="start",
        ),
        lambda _: True,
    ),
    (
        Page(
            "Lists",
            "lists.md",
            "chapters/lists.md.jinja",
            "read pages, filter, and iterate over entries",
            ("walks.md", "errors.md"),
        ),
        lambda package: package.has_pages,
    ),
    (
        Page(
            "Walks",
            "walks.md",
            "chapters/walks.md.jinja",
            "read a whole list, resume, and read new entries",
            ("archiving.md", "recipes.md"),
        ),
        lambda package: package.has_pages,
    ),
    (
        Page(
            "Following",
            "following.md",
            "chapters/follow.md.jinja",
            "read new entries as they are recorded",
            ("walks.md", "archiving.md"),
        ),
        lambda package: any(
            each.follow for group in package.resources for each in group.operations
        ),
    ),
    (
        Page(
            "Archiving",
            "archiving.md",
            "chapters/archiving.md.jinja",
            "archive a log before the service deletes it, and verify the archive",
            ("command-line.md", "recipes.md"),
        ),
        lambda package: package.archived_list is not None,
    ),
    (
        Page(
            "Apache Spark",
            "spark.md",
            "chapters/spark.md.jinja",
            "read many logs in parallel tasks, under one rate limit",
            ("walks.md", "archiving.md"),
        ),
        lambda package: bool(package.spark_lists),
    ),
    (
        Page("Recipes", "recipes.md", "", "copy complete examples", ("walks.md", "archiving.md")),
        lambda package: bool(package.service.recipes),
    ),
    (
        Page(
            "Command line",
            "command-line.md",
            "chapters/command.md.jinja",
            "call operations from a shell or from cron, and handle exit codes",
            ("archiving.md", "troubleshooting.md"),
        ),
        lambda package: bool(package.command),
    ),
    (
        Page(
            "Responses",
            "responses.md",
            "chapters/responses.md.jinja",
            "use models and unknown fields, status codes and headers",
            ("models.md", "errors.md"),
        ),
        lambda _: True,
    ),
    (
        Page(
            "Options",
            "options.md",
            "chapters/options.md.jinja",
            "set timeouts, retries, proxies and logging",
            ("errors.md", "testing.md"),
        ),
        lambda _: True,
    ),
    (
        Page(
            "Troubleshooting",
            "troubleshooting.md",
            "chapters/check.md.jinja",
            "diagnose connection problems",
            ("errors.md", "authentication.md"),
        ),
        lambda package: Feature.CHECK in package.features,
    ),
    (
        Page(
            "Testing",
            "testing.md",
            "chapters/testing.md.jinja",
            "test a program without the service",
            ("errors.md", "recipes.md"),
        ),
        lambda _: True,
    ),
    (
        Page(
            "Installation",
            "installation.md",
            "chapters/installation.md.jinja",
            "install from a private index, with pinned and verified files",
            ("authentication.md",),
        ),
        lambda _: True,
    ),
    (
        Page(
            "Errors",
            "errors.md",
            "chapters/errors.md.jinja",
            "look up the causes and remedies of errors",
            ("troubleshooting.md", "options.md"),
            group="reference",
        ),
        lambda _: True,
    ),
    (
        Page(
            "Models",
            "models.md",
            "docs/models.md.jinja",
            "look up the fields of a response",
            is_chapter=False,
            group="reference",
        ),
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
        text = package.service.recipes
        if page.template:
            text = templates.get_template(page.template).render(values)
        if page.is_chapter:
            text = f"{_with_page_links(markdown.lower_headings(text), pages)}\n"
        found[page.path] = text + _next_steps(page, pages)
    template = templates.get_template("docs/resources/%resource%.md.jinja")
    for resource in package.resources:
        path = f"resources/{resource.name}.md"
        found[path] = template.render(values, resource=resource)
    found = format_markdown(found)
    found["llms-full.txt"] = "\n".join(found.values())
    for file in ("mkdocs.yml", "llms.txt", "site.css", "site.js"):
        found[file] = templates.get_template(f"docs/{file}.jinja").render(values)
    return found


def _with_page_links(text: str, pages: Iterable[Page]) -> str:
    """Return a chapter whose links to other chapters of the README lead to their pages."""
    for page in pages:
        text = text.replace(f"](#{markdown.anchor(page.title)})", f"]({page.path})")
    return text


def _next_steps(page: Page, pages: Iterable[Page]) -> str:
    """Return the section with the pages to read next, or an empty text."""
    links = [
        f"- [{each.title}]({each.path}): {each.about}"
        for path in page.following
        for each in pages
        if each.path == path
    ]
    return "\n".join(["", "## Next steps", "", *links, ""]) if links else ""


def _texts(package: Package, pages: list[Page]) -> dict[str, Any]:
    navigation: dict[str, list[tuple[str, str]]] = {"start": [], "guides": [], "reference": []}
    for page in pages:
        navigation[page.group].append((page.title, page.path))
    resources = [(each.access, f"resources/{each.name}.md") for each in package.resources]
    navigation["reference"] = [*resources, *navigation["reference"]]
    return {
        "navigation": navigation,
        "pages": pages,
        "method_doc": partial(method_doc, dict(_sentences_of_fields(package))),
        "command_line": partial(command_line, dict(_usages(package))),
        "curl": partial(curl, package),
        "anchor": section_anchor,
        "docstring": docstring_text,
        "yaml_string": yaml_string,
        "line": line,
        "method_signature": method_signature,
    }


def yaml_string(text: str) -> Code:
    """Return a text as a string of YAML."""
    return Code(json.dumps(plain(text), ensure_ascii=False))


def line(text: str) -> Code:
    """Return a text on one line, for a table cell in Markdown."""
    return Code(markdown.in_table(plain(one_line(text))))


def section_anchor(heading: str) -> Code:
    """Return the anchor of a heading."""
    return Code(markdown.anchor(heading))


def docstring_text(text: str) -> Code:
    """Return a docstring as Markdown."""
    return plain(markdown.from_docstring(text))


def method_doc(sentences: Mapping[str, str], operation: Operation) -> Code:
    """Return the docstring of a method as Markdown, with the fields of its response.

    Args:
        sentences: A sentence about the fields of each model, by its name.
        operation: The operation.
    """
    text, errors, described = docstring_text(operation.doc).partition("\n### Errors\n")
    named = {*re.findall(r"\bmodels\.(\w+)", operation.returns)}
    fields = "\n".join(sentences[each] for each in sorted(named & sentences.keys()))
    if fields and "\n### Returns\n" not in text:
        text += "\n### Returns\n"
    return Code("\n".join(filter(None, [text, fields])) + errors + described)


def _sentences_of_fields(package: Package) -> Iterator[tuple[str, str]]:
    """Iterate over the models with fields, and a sentence about the fields of each."""
    for model in package.models:
        if model.fields:
            fields = ", ".join(f"`{field.name}`" for field in model.fields)
            link = f"[`{model.name}`](../models.md#{markdown.anchor(model.name)})"
            yield model.name, f"{link} has the fields {fields}.\n"


def method_signature(operation: Operation) -> Code:
    """Return the definition of a method, without a body; a long one has a line an argument."""
    arguments = [
        *(parameter(each) for each in operation.positional),
        *(["*"] if operation.keyword else []),
        *(parameter(each) for each in operation.keyword),
        "**options: CallOptions",
    ]
    returns = f"Page[{operation.returns}]" if operation.pagination else operation.returns
    text = f"def {name(operation.method)}({', '.join(arguments)}) -> {returns}: ..."
    if len(text) > _SIGNATURE:
        lines = "".join(f"    {each},\n" for each in arguments)
        text = f"def {name(operation.method)}(\n{lines}) -> {returns}: ..."
    return Code(text.replace("models.", ""))


def command_line(
    usages: Mapping[tuple[str, str, str], str],
    resource: Resource,
    operation: Operation,
    kind: str = "",
) -> str:
    """Return the usage of the command of an operation; empty without one.

    Args:
        usages: The usage of each command, by resource, method and kind.
        resource: The resource of the operation.
        operation: The operation.
        kind: The kind of the command: `follow`, or empty for the call itself.
    """
    return usages.get((resource.access, operation.method, kind), "")


def _usages(package: Package) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Iterate over the usages of commands; see `command_line`."""
    resources = {each.access: each for each in package.resources}
    for commands in package.commands:
        for kind, kinds in (("", {"call", "list"}), ("follow", {"follow"})):
            operations = resources[commands.resource].operations
            methods = [each.method for each in operations if not kind or each.follow]
            usages = [usage for each, usage in commands.usages if each in kinds]
            for method, usage in zip(methods, usages, strict=False):
                yield (commands.resource, method, kind), f"{package.command} {usage}"


def curl(package: Package, operation: Operation) -> Code:
    """Return the request of an operation as a curl command."""
    path = re.sub(r"\{([^{}]*)\}", lambda match: placeholder(match[1]), operation.path)
    method = f"-X {operation.http_method}" if operation.http_method != "GET" else ""
    url = f"'{package.service.base_url}{path}'"
    return plain(" ".join(filter(None, ["curl", method, *operation.curl, url])))
